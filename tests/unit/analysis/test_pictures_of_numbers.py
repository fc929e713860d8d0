"""Charts and word clouds: what a screen reader, a printer and a repeat run get."""

import re
from xml.etree import ElementTree as ET

from analysis.pictures.charts import bars_svg
from analysis.pictures.wordclouds import HEIGHT, MOST_WORDS, WIDTH, cloud_svg, words_by_people

SVG = "{http://www.w3.org/2000/svg}"


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314  # our own drawing


def test_a_chart_begins_with_its_alternative_text() -> None:
    root = parsed(bars_svg([("Waiting", 14, "14"), ("Buses", 7, "7")], title="Top: 14"))
    assert root[0].tag == f"{SVG}title"
    assert root[0].text == "Top: 14"


def test_each_bar_has_its_label_and_number_as_text() -> None:
    drawn = bars_svg([("Waiting for <help> & hope", 14, "14")], title="t")
    words = "".join(parsed(drawn).itertext())
    assert "Waiting for <help> & hope" in words
    assert "14" in words


def test_long_labels_are_wrapped_and_kept_whole() -> None:
    label = "Health help in time: autism, ADHD, mental health and speech therapy"
    drawn = parsed(bars_svg([(label, 3, "3")], title="t"))
    texts = [text.text or "" for text in drawn.iter(f"{SVG}text")]
    assert " ".join(texts[:-1]) == label


def test_bars_are_proportional() -> None:
    root = parsed(bars_svg([("a", 20, "20"), ("b", 5, "5")], title="t"))
    widths = [float(r.get("width") or 0) for r in root.iter(f"{SVG}rect")]
    assert abs(widths[4] * 4 - widths[2]) < 1


def test_hidden_numbers_have_no_length() -> None:
    chart = parsed(bars_svg([("a", 10, "10"), ("c", 0, "[c]")], title="t"))
    widths = [float(rect.attrib["width"]) for rect in chart.iter(f"{SVG}rect")]
    assert widths[-1] == 0


def test_a_wider_drawing_wraps_later() -> None:
    label = "Health help in time: autism, ADHD, mental health and speech"
    lines = [
        len(list(parsed(bars_svg([(label, 1, "1")], title="t", width=w)).iter(f"{SVG}text")))
        for w in (262, 900)
    ]
    assert lines == [3, 2]


def test_nothing_to_draw_is_nothing() -> None:
    assert bars_svg([], title="t") == ""
    assert bars_svg([("a", 0, "0")], title="t") == ""


def test_labels_cannot_break_out_of_a_chart() -> None:
    chart = bars_svg([("<script>", 1, "&")], title='"<b>"')
    assert "<script>" not in chart
    assert "style=" not in chart


def test_words_are_counted_by_people_without_placeholders_or_grammar() -> None:
    said = {
        "a": ["The bus, the BUS and the bus", "[name] waits"],
        "b": ["Bus\u2019s late"],
        "c": ["I\u2019ve six of them, they've nine and we would've ten"],
    }
    assert words_by_people(said) == {"bus": 2, "waits": 1}


def test_a_cloud_is_the_same_every_time_and_in_any_order() -> None:
    words = {f"word{chr(97 + n)}": n + 1 for n in range(20)}
    assert cloud_svg(words) == cloud_svg(dict(reversed(words.items())))


def test_a_cloud_names_its_largest_word_first() -> None:
    cloud = parsed(cloud_svg({"bus": 12, "taxi": 7}))
    assert cloud[0].tag == f"{SVG}title"
    assert cloud[0].text == "Word cloud of 2 words. The largest is “bus”, used by 12 people."


def test_a_cloud_holds_at_most_forty_level_words_that_do_not_touch() -> None:
    words = {f"{chr(97 + n % 26)}long{chr(97 + n // 26)}word": 100 - n for n in range(60)}
    cloud = cloud_svg(words)
    texts = list(parsed(cloud).iter(f"{SVG}text"))
    assert len(texts) == MOST_WORDS
    assert "rotate" not in cloud
    assert "style=" not in cloud
    boxes = [
        (float(t.attrib["x"]), float(t.attrib["y"]), float(t.attrib["textLength"])) for t in texts
    ]
    assert all(x >= 0 and x + width <= WIDTH and 0 < y <= HEIGHT for x, y, width in boxes)
    for i, (x, y, width) in enumerate(boxes):
        for other_x, other_y, other_width in boxes[i + 1 :]:
            apart = x + width <= other_x or other_x + other_width <= x
            assert apart or abs(y - other_y) > 5


def test_no_words_make_no_cloud() -> None:
    assert cloud_svg({}) == ""


def test_words_of_more_people_are_larger() -> None:
    sizes = dict(
        re.findall(r'font-size="(\d+)"[^>]*>(\w+)<', cloud_svg({"much": 50, "less": 20, "few": 5}))
    )
    by_word = {word: int(size) for size, word in sizes.items()}
    assert by_word["much"] > by_word["less"] > by_word["few"]
