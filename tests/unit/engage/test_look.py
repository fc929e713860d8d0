"""The style sheet keeps its promises: small, ours alone, and readable in both colour schemes."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from types import SimpleNamespace

import jinja2
import pytest
from markupsafe import escape

from engage import resources

SHEETS = {
    name: (resources.static() / "css" / name).read_text(encoding="utf-8")
    for name in ("pages.css", "bench.css", "engage.css")
}
RULES = re.sub(r"/\*.*?\*/", "", "\n".join(SHEETS.values()), flags=re.DOTALL)
PUBLIC_LAYOUTS = ["layouts/public.html", "layouts/respond.html", "layouts/easy.html"]
LAYOUTS = [*PUBLIC_LAYOUTS, "layouts/desk.html"]
# What is written, and the grounds it is written on.
PAIRS = [
    *(
        (text, ground)
        for text in ("ink", "slate", "accent", "done", "error")
        for ground in ("paper", "sand")
    ),
    ("paper", "accent"),
    ("paper", "error"),
    ("paper", "ink"),
    ("coal", "support"),
]


def colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--(\w+): (#[0-9a-f]{3,6});", block))


def schemes() -> Iterator[tuple[str, dict[str, str]]]:
    screen, printed = SHEETS["engage.css"].split("@media print")
    light, dark = screen.split("@media (prefers-color-scheme: dark)", 1)
    day = colours(light)
    yield "light", day
    yield "dark", day | colours(dark)
    yield "print", day | colours(printed)


def luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(d * 2 for d in colour[1:])
    channels = [int(digits[i : i + 2], 16) / 255 for i in (0, 2, 4)]
    red, green, blue = (
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_computed_as_the_standard_says() -> None:
    assert contrast("#000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#fff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("pair", PAIRS, ids="-on-".join)
@pytest.mark.parametrize(("scheme", "values"), list(schemes()), ids=["light", "dark", "print"])
def test_every_pair_of_text_and_ground_keeps_seven_to_one(
    scheme: str, values: dict[str, str], pair: tuple[str, str]
) -> None:
    text, ground = pair
    assert contrast(values[text], values[ground]) >= 7, f"{text} on {ground} in {scheme}"


def test_every_colour_of_text_is_one_that_the_pairs_cover() -> None:
    written = set(re.findall(r"(?<![-\w])color: var\(--(\w+)\)", RULES))
    assert written <= {text for text, _ in PAIRS}


def test_every_ground_is_one_that_the_pairs_cover() -> None:
    grounds = set(re.findall(r"background: var\(--(\w+)\)", RULES))
    assert grounds <= {ground for _, ground in PAIRS}


def test_outlines_of_controls_keep_three_to_one_in_both_schemes() -> None:
    for scheme, values in schemes():
        assert contrast(values["slate"], values["paper"]) >= 3, scheme
        assert contrast(values["accent"], values["sand"]) >= 3, scheme


@pytest.mark.parametrize("name", SHEETS)
def test_a_style_sheet_stays_small(name: str) -> None:
    assert len(SHEETS[name].encode()) <= 15_000


def test_the_style_sheet_loads_nothing_else() -> None:
    assert "url(" not in RULES
    assert "@import" not in RULES


def test_nothing_is_forced_outside_print() -> None:
    for sheet in SHEETS.values():
        assert "!important" not in sheet.split("@media print")[0]


def test_nothing_moves_and_nothing_speaks_in_capitals_or_italics() -> None:
    for word in ("animation", "transition", "uppercase", "italic", "justify;"):
        assert word not in RULES


def test_text_is_never_cut_off() -> None:
    cutting = re.findall(r"[^{}]+\{[^{}]*overflow: hidden[^{}]*\}", RULES)
    assert all("visually-hidden" in rule or "thead" in rule for rule in cutting)


def test_braces_balance() -> None:
    assert RULES.count("{") == RULES.count("}")


class Page(HTMLParser):
    """What a layout says of itself, without a browser."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def environment() -> jinja2.Environment:
    loader = jinja2.FileSystemLoader(resources.templates())
    made = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)
    made.globals["_"] = lambda words, **values: escape(words) % values if values else words
    made.globals["csrf_token"] = lambda: "token"
    made.globals["may_reach"] = lambda _endpoint: True
    made.globals["static_file"] = "/static/{}".format
    return made


def rendered(layout: str, **context: object) -> str:
    source = (
        f'{{% extends "{layout}" %}}{{% block title %}}A page{{% endblock %}}'
        "{% block main %}<h1>A page</h1>{% endblock %}"
    )
    return environment().from_string(source).render(**context)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_layout_needs_nothing_from_its_page_but_a_title(layout: str) -> None:
    source = rendered(layout)
    page = Page(source)
    assert page.all("html") == [{"lang": "en-GB", "dir": "ltr"}]
    assert "<title>A page \N{EN DASH} Engage</title>" in source
    assert page.all("main") == [{"id": "main", "tabindex": "-1"}]
    assert page.all("a")[0]["href"] == "#main"
    assert [link["rel"] for link in page.all("link")] == ["stylesheet", "stylesheet", "icon"]
    assert not page.all("script")
    assert "style=" not in source
    assert 'aria-label="Back"' not in source


@pytest.mark.parametrize("layout", LAYOUTS)
def test_invented_pages_say_so_and_stay_out_of_search_engines(layout: str) -> None:
    assert "noindex" not in rendered(layout)
    source = rendered(layout, demo=True)
    assert "Everything here is invented" in source
    assert {"name": "robots", "content": "noindex"} in Page(source).all("meta")


@pytest.mark.parametrize("layout", PUBLIC_LAYOUTS)
def test_help_is_in_the_footer_of_every_public_page(layout: str) -> None:
    links = [attrs["href"] for attrs in Page(rendered(layout)).all("a")]
    for needed in ("/contact", "/accessibility", "/privacy", "/cookies", "/complaints", "/credits"):
        assert needed in links


def test_the_page_one_is_on_is_marked_in_the_navigation() -> None:
    source = rendered("layouts/public.html", request=SimpleNamespace(path="/your-answers"))
    marked = [attrs["href"] for attrs in Page(source).all("a") if "aria-current" in attrs]
    assert marked == ["/your-answers"]


def test_the_rail_shows_what_it_is_given_and_marks_the_task() -> None:
    nav = [
        {"href": "/desk/", "text": "Your desk"},
        {"href": "/x", "text": "Themes", "current": True},
    ]
    source = rendered("layouts/desk.html", nav=nav)
    marked = [attrs["href"] for attrs in Page(source).all("a") if "aria-current" in attrs]
    assert marked == ["/x"]


def test_the_rail_shows_the_life_of_the_consultation_at_hand() -> None:
    plan = SimpleNamespace(slug="send-plan", title="SEND plan")
    links = [a["href"] for a in Page(rendered("layouts/desk.html", consultation=plan)).all("a")]
    room = "/desk/consultations/send-plan"
    assert {f"{room}/", f"{room}/themes", f"{room}/report"} <= set(links)


def test_signing_out_is_a_guarded_post() -> None:
    person = SimpleNamespace(is_authenticated=True)
    page = Page(rendered("layouts/desk.html", current_user=person))
    [form] = page.all("form")
    assert (form["method"], form["action"]) == ("post", "/desk/sign-out")
    assert form["aria-label"] == "Sign out"
    assert {"type": "hidden", "name": "csrf_token", "value": "token"} in page.all("input")


def component(call: str, name: str, **context: object) -> str:
    macro = call.split("(", 1)[0]
    source = f'{{% from "components/{name}.html" import {macro} %}}{{{{ {call} }}}}'
    return environment().from_string(source).render(**context)


def test_a_people_bar_draws_twenty_cells_and_never_hides_a_few() -> None:
    for share, full in ((0, 0), (1, 1), (41, 8), (100, 20)):
        source = component(f"people_bar('Parents', '1 of 2', {share})", "people_bar")
        filled = re.search(r'<svg width="(\d+)"', source)
        assert (int(filled[1]) if filled else 0) == full * 28
    assert component("people_cells()", "people_bar").count("z") == 20


def test_each_status_has_a_shape_of_its_own() -> None:
    kinds = ("done", "doing", "planned", "cant", "finding")
    shapes = {
        component(f"status('{kind}', 'Word')", "status").split("<path", 1)[1] for kind in kinds
    }
    assert len(shapes) == len(kinds)


def test_components_escape_what_people_wrote() -> None:
    nasty = "<script>"
    for call, name in [
        ("button(x, 'a', x)", "buttons"),
        ("error_summary([{'href': '#a', 'text': x}])", "errors"),
        ("line(x, 'listen', '/p.svg')", "easy"),
        ("table(x, [x, x], [[x, x]])", "tables"),
        ("status('done', x)", "status"),
        ("progress(1, 2, x)", "progress"),
        ("notice(x)", "panel"),
        ("people_bar(x, x, 5)", "people_bar"),
    ]:
        assert nasty not in component(call, name, x=nasty)


def test_an_error_summary_takes_the_focus_and_speaks_up() -> None:
    source = component("error_summary([{'href': '#a', 'text': 'Choose one'}])", "errors")
    [box] = Page(source).all("div")
    assert box["role"] == "alert"
    assert box["tabindex"] == "-1"
    assert "autofocus" in box
    assert component("error_summary([])", "errors") == ""


def test_a_table_names_its_rows_and_columns() -> None:
    source = component("table('Ages', ['Age', 'People'], [['7', 12]], [1])", "tables")
    page = Page(source)
    assert [cell["scope"] for cell in page.all("th")] == ["col", "col", "row"]
    assert page.all("td") == [{"data-label": "People", "class": "number"}]
    assert "<caption>Ages</caption>" in source
