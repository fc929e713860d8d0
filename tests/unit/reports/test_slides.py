"""The slides, read back: titles, alternative text, reading order and language."""

import io
from typing import Any

import pptx
import pytest

from reports.documents.document import EASY_BANDS
from reports.formats import slides
from reports.formats.deck import COLUMN_ACROSS, MOST_LINES, MOST_ROWS, packed
from tests.published import DOCUMENT, QUOTE, source

PICTURE, COLUMNS = 13, 5


@pytest.fixture(scope="module")
def deck() -> Any:
    return pptx.Presentation(io.BytesIO(slides.write(source())))


def test_every_slide_has_a_title_of_its_own_that_is_read_first(deck: Any) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert all(titles)
    assert len(set(titles)) == len(titles)
    for slide in deck.slides:
        names = [shape.shape_id for shape in slide.shapes]
        assert names[0] == slide.shapes.title.shape_id
        assert slide.shapes[-1].name == "Foot"


def test_every_picture_says_what_it_shows(deck: Any) -> None:
    shown = [
        shape for slide in deck.slides for shape in slide.shapes if shape.shape_type == PICTURE
    ]
    alts = [shape._element.nvPicPr.cNvPr.get("descr") for shape in shown]  # noqa: SLF001  # no other way
    assert all(alts)
    assert any("by 14 of 20 parent carers" in alt for alt in alts)


def test_words_are_in_english_and_large(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            for paragraph in shape.text_frame.paragraphs if shape.has_text_frame else ():
                for run in paragraph.runs:
                    assert run._r.rPr.get("lang") == "en-GB"  # noqa: SLF001  # as above
                    assert run.font.size.pt >= (14 if shape.name == "Foot" else 24)


def test_the_notes_hold_the_whole_of_what_the_slide_says_in_short(deck: Any) -> None:
    notes = " ".join(slide.notes_slide.notes_text_frame.text for slide in deck.slides)
    assert QUOTE in notes
    for entry in DOCUMENT.entries:
        assert entry.said in notes
        assert entry.answer.text in notes
        assert entry.answer.because in notes


def test_a_draft_says_so_on_every_slide() -> None:
    draft = "DRAFT. 62% of comments coded."
    made = pptx.Presentation(io.BytesIO(slides.write(source(draft=draft))))
    for slide in made.slides:
        assert draft in " ".join(s.text_frame.text for s in slide.shapes if s.has_text_frame)


def test_nothing_stands_outside_the_slide(deck: Any) -> None:
    for slide in deck.slides:
        for shape in slide.shapes:
            assert 0 <= shape.left <= shape.left + shape.width <= deck.slide_width
            assert 0 <= shape.top <= shape.top + shape.height <= deck.slide_height


def test_words_and_pictures_do_not_lie_over_each_other(deck: Any) -> None:
    pictured = [slide for slide in deck.slides if "Picture" in [s.name for s in slide.shapes]]
    assert pictured
    for slide in pictured:
        *words, _ = (shape for shape in slide.shapes if shape.has_text_frame)
        shown = [shape for shape in slide.shapes if shape.name == "Picture"]
        for place, one in enumerate([*words[1:], *shown]):
            assert not any(_meet(one, other) for other in [*words[1:], *shown][:place])
        assert all(shape.width >= deck.slide_width / 4 for shape in words)


def _meet(one: Any, other: Any) -> bool:
    return (
        one.left < other.left + other.width
        and other.left < one.left + one.width
        and one.top < other.top + other.height
        and other.top < one.top + one.height
    )


def test_what_was_said_stands_beside_what_is_done_about_it(deck: Any) -> None:
    beside = [slide for slide in deck.slides if len(slide.placeholders) == COLUMNS]
    assert len(beside) == len(DOCUMENT.entries)
    for slide, entry in zip(beside, DOCUMENT.entries, strict=True):
        _, asked, said, band, done = (shape.text_frame.text for shape in slide.placeholders)
        assert asked == "You said"
        assert entry.said_easy[0].text in said
        assert f"{band}." == EASY_BANDS[entry.answer.status].text
        assert entry.answer.easy[0].text in done


def test_that_nobody_was_asked_is_said_once_with_the_number_of_answers(deck: Any) -> None:
    unasked = sum(not entry.verdict.given for entry in DOCUMENT.entries)
    words = [shape.text_frame.text for s in deck.slides for shape in s.placeholders]
    said = [text for text in words if "We do not know yet" in text]
    of = f"about {unasked} of {len(DOCUMENT.entries)} answers."
    assert [of in text for text in said] == [True]


@pytest.mark.parametrize("lines", range(20))
@pytest.mark.parametrize("words", ["line", "a line that is so long that it takes two rows there"])
def test_slides_hold_every_line_once_and_no_more_than_fit(lines: int, words: str) -> None:
    first = [f"{words} {number}" for number in range(lines)]
    parts = [("Why", ["because"]), ("Long", [f"more {number}" for number in range(9)])]
    slides = packed(first, parts, across=COLUMN_ACROSS)
    said = [line for some in slides for line, is_heading in some if not is_heading]
    assert said == [*first, "because", *(f"more {number}" for number in range(9))]
    assert all(0 < len(some) <= MOST_LINES for some in slides)
    assert not any(some[-1][1] for some in slides)
    rows = [sum(1 + (len(line) > COLUMN_ACROSS) for line, _ in some) for some in slides]
    assert max(rows) <= MOST_ROWS
