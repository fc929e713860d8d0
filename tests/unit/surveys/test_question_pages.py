"""Every kind of question, drawn in every edition, is a page that everybody can use."""

import functools
from collections.abc import Iterator
from typing import Any

import jinja2
import pytest
from bs4 import BeautifulSoup, Tag
from markupsafe import escape

from engage import resources
from surveys import screens
from surveys.questions import (
    KINDS,
    LANGUAGES,
    AnswerError,
    Edition,
    Line,
    Passage,
    Question,
    Shown,
    is_simple,
    shown,
)
from tests.kinds import BAD, DISTRICTS, GOOD, TALKING, ask, every_kind, option
from tests.pages import check_page

SHOWN: tuple[Edition, ...] = ("standard", "easy", "plain", "pl")
SPRITE = "/pictures/all.svg"
HINT = Passage(("A hint.",), (Line("A hint.", "yes"),), dict.fromkeys(LANGUAGES, ("A hint.",)))

kinds = pytest.mark.parametrize("kind", KINDS)
editions = pytest.mark.parametrize("edition", SHOWN)


@functools.cache
def templates() -> jinja2.Environment:
    """Return the templates as the pages use them, without an application."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(str(resources.templates())),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
    )
    made.globals["_"] = lambda words, **values: escape(words) % values if values else words
    made.filters["linked"] = screens.linked
    return made


def drawn(made: Shown, macro: str = "screen") -> str:
    template: Any = templates().get_template(made.question.template).module
    return str(getattr(template, macro)(made))


def page(question: Question, edition: Edition, **more: Any) -> BeautifulSoup:
    """Draw a question, check it as a page, and return it."""
    sprite = SPRITE if edition == "easy" else ""
    made = shown(question, edition, sprite=sprite, **more)
    html = (
        '<!DOCTYPE html><html lang="en-GB" dir="ltr"><head>'
        f"<title>{escape(made.heading)}</title></head>"
        f"<body><form>{drawn(made)}</form></body></html>"
    )
    check_page(html)
    return BeautifulSoup(html, "html.parser")


def refused(question: Question, edition: Edition) -> dict[str, Any]:
    sent = BAD[question.kind][0]
    with pytest.raises(AnswerError) as wrong:
        question.parse(sent, edition)
    error = wrong.value
    return {"sent": sent, "error": error.message.in_(edition), "wrong": error.fields}


def described_by(found: Tag) -> list[str]:
    """Return what describes a control: its own descriptions, and those of its sets."""
    sets = found.find_parents("fieldset")
    return " ".join(str(one.get("aria-describedby", "")) for one in (*sets, found)).split()


def controls(soup: BeautifulSoup) -> Iterator[Tag]:
    yield from soup.select("input:not([type=hidden]), select, textarea")


@editions
@kinds
def test_a_page_has_its_heading_and_labels(kind: str, edition: Edition) -> None:
    question = ask(kind)
    soup = page(question, edition)
    assert len(soup.find_all("h1")) == 1
    assert soup.h1 is not None
    assert soup.h1.get_text(strip=True) == question.text.in_(edition)
    for group in soup.find_all("fieldset"):
        legend = group.find("legend")
        assert legend is not None
        assert legend.get_text(strip=True)
    names = {str(control.get("name")) for control in controls(soup)}
    fields = set(question.fields(edition)) | ({"answer-file"} if question.takes_file else set())
    assert names == fields - ({"answer"} if question.takes_file else set())


@editions
@kinds
def test_everything_described_is_there(kind: str, edition: Edition) -> None:
    for asked in (q for q in every_kind().questions.values() if q.kind == kind):
        if edition == "pl":
            continue
        soup = page(asked, edition)
        ids = {str(found["id"]) for found in soup.select("[id]")}
        for found in soup.select("[aria-describedby]"):
            assert set(str(found["aria-describedby"]).split()) <= ids


@editions
@pytest.mark.parametrize("kind", BAD)
def test_an_error_stands_at_the_field_that_the_summary_links_to(
    kind: str, edition: Edition
) -> None:
    question = ask(kind)
    wrong = refused(question, edition)
    soup = page(question, edition, **wrong)
    target = soup.find(id=wrong["wrong"][0])
    assert isinstance(target, Tag)
    assert target in list(controls(soup))
    messages = soup.select(".error-message")
    assert [message.get_text(" ", strip=True) for message in messages] == [
        f"Error: {wrong['error']}"
    ]
    described = target.get("aria-describedby") or target.find_parent("fieldset")
    assert described
    holders = soup.select(f"[aria-describedby~='{messages[0]['id']}']")
    assert any(target is holder or target in holder.find_all(True) for holder in holders)


@editions
@kinds
def test_what_was_answered_is_on_the_page_again(kind: str, edition: Edition) -> None:
    question = ask(kind)
    sent, values = GOOD[kind]
    soup = page(question, edition, values=values)
    again: dict[str, list[str]] = {}
    for control in soup.select("input, select, textarea"):
        name = str(control.get("name"))
        if control.name == "select":
            again[name] = [str(found["value"]) for found in control.select("option[selected]")]
        elif control.name == "textarea":
            again[name] = [control.get_text().removeprefix("\n")]
        elif control.get("type") not in {"radio", "checkbox"} or control.has_attr("checked"):
            again.setdefault(name, []).append(str(control.get("value", "")))
    assert question.parse(again, edition, values) == values
    assert question.parse(sent, edition) == values


@kinds
def test_easy_read_has_a_picture_for_each_option_and_no_other_edition_has_any(kind: str) -> None:
    question = ask(kind)
    names = question.pictures
    easy = page(question, "easy")
    used = {str(use["href"]).partition("#")[2] for use in easy.select("use")}
    assert used <= names
    assert question.picture in used
    if kind != "scale10":  # a number is its own picture
        assert all(choice.find("svg") for choice in easy.select(".choice"))
    for edition in ("standard", "plain"):
        assert not page(question, edition).select("svg")


@kinds
def test_nothing_is_chosen_before_somebody_chooses(kind: str) -> None:
    for edition in ("standard", "easy"):
        assert not page(ask(kind), edition).select("[checked], option[selected]")


@pytest.mark.parametrize("kind", ["agree5", "faces3", "single", "matrix", "votes", "yes_no"])
def test_easy_read_offers_at_most_four_degrees(kind: str) -> None:
    soup = page(ask(kind), "easy")
    for group in soup.select("fieldset:not([data-fact-list])"):
        assert len(group.select("input[type=radio]")) <= 4


def test_other_say_what_has_its_own_box() -> None:
    for kind in ("single", "multi"):
        soup = page(ask(kind, options=TALKING, facts=True), "easy", values=("other", "=my aunt"))
        box = soup.find(id="answer_words")
        assert isinstance(box, Tag)
        assert box["value"] == "my aunt"
        assert soup.find("label", attrs={"for": "answer_words"})


def test_a_long_list_opens_without_scripts_and_shows_what_is_chosen() -> None:
    role = every_kind().questions["TQ18"]
    soup = page(role, "standard", values=("senco",))
    opened = soup.select("details[open]")
    assert [found.summary.get_text(strip=True) for found in opened if found.summary] == [
        "Schools, colleges and early years"
    ]
    assert len(soup.select("details")) == 5
    assert len(soup.select("input[type=radio]")) == len(role.options)
    assert len({str(found["id"]) for found in soup.select("input")}) == len(role.options)
    assert soup.select("#answer")


def test_the_postcode_helper_asks_the_server_and_names_what_it_found() -> None:
    area = ask("area")
    sent = area.assist({"answer_postcode": ["SG5"]}, "standard")
    soup = page(area, "standard", sent=sent)
    button = soup.select_one("button[name=then][value=find]")
    assert button is not None
    assert soup.select(".notice[autofocus]")
    assert [found["value"] for found in soup.select("fieldset > .choices input")] == ["E07000099"]
    assert not soup.select("[checked]")
    first_button = soup.select("button")[0]
    assert not first_button.get("name")  # the Enter key goes on
    narrowed = page(area, "standard", sent={"answer_postcode": ("SG1",)})
    assert len(narrowed.select("fieldset > .choices input")) == 2
    assert len(narrowed.select("details input")) == len(area.options) - 2


def test_a_picture_that_was_sent_is_shown_again() -> None:
    values = GOOD["picture"][1]
    soup = page(ask("picture"), "easy", values=values, uploads_at="/s/tiny/upload/")
    image = soup.select_one("img")
    assert image is not None
    assert image["src"] == "/s/tiny/upload/0a1b"
    assert image["alt"]
    hidden = soup.select_one("input[type=hidden][name=answer]")
    assert hidden is not None
    assert hidden["value"] == "0a1b"


@editions
@kinds
def test_the_paper_has_the_same_words_and_the_numbers_that_are_typed(
    kind: str, edition: Edition
) -> None:
    question = ask(kind)
    sprite = "printed" if edition == "easy" else ""
    made = shown(question, edition, sprite=sprite)
    soup = BeautifulSoup(drawn(made, "paper"), "html.parser")
    assert soup.h2 is not None
    assert soup.h2.get_text(strip=True) == question.text.in_(edition)
    assert not soup.select("input, select, textarea, button, [id]")
    assert bool(soup.select(".picture")) == bool(sprite)
    for number, one in enumerate(question.offered(edition), start=1):
        line = soup.select_one(f"li:has(.number:-soup-contains-own('{number}'))")
        if question.kind not in {"picture", "recording"} and question.options:
            assert line is not None
            assert question.label(one, edition) in line.get_text(" ", strip=True)
    places = ".box, .write-line, .write-short, .draw-box"
    assert bool(soup.select(places)) == question.is_asked


def test_paper_prints_a_line_for_what_other_means() -> None:
    made = shown(ask("multi", options=TALKING), "standard")
    assert len(BeautifulSoup(drawn(made, "paper"), "html.parser").select("li .write-line")) == 1


@kinds
def test_hostile_words_stay_words(kind: str) -> None:
    script = "<script>alert(1)</script>"
    question = ask(kind)
    sent = {name: [script] for name in question.fields("standard")}
    for edition in ("standard", "easy"):
        soup = page(question, edition, sent=sent, error=script)
        assert not soup.select("script")


def test_an_option_that_easy_read_lacks_is_not_drawn() -> None:
    finer = (option("high", picture="", easy_as="a"), option("a"), option("b"))
    soup = page(ask("single", options=finer), "easy", values=("high",))
    assert [found["value"] for found in soup.select("[checked]")] == ["a"]
    assert len(soup.select("input")) == 2


@editions
@pytest.mark.parametrize("kind", [kind for kind in KINDS if KINDS[kind].is_asked])
def test_the_first_field_of_every_page_says_the_hint(kind: str, edition: Edition) -> None:
    question = ask(kind, hint=HINT)
    for part in question.parts(edition) or ((),):
        soup = page(question, edition, part=part)
        assert soup.find(id="answer-hint")
        assert "answer-hint" in described_by(next(controls(soup)))


@pytest.mark.parametrize("edition", ["standard", "pl"])
def test_the_lists_of_a_ranking_stand_in_a_set_named_by_the_question(edition: Edition) -> None:
    soup = page(ask("ranking"), edition)
    (group,) = soup.select("fieldset")
    assert group.select("legend > h1")
    assert len(group.select("select")) == len(soup.select("select")) == 2


@editions
def test_the_unit_of_a_number_is_said_with_its_box(edition: Edition) -> None:
    soup = page(ask("number"), edition)
    (box,) = controls(soup)
    said = [soup.find(id=name) for name in described_by(box)]
    unit = "pl hours" if edition == "pl" else "hours"
    assert [found.get_text() for found in said if found] == [unit]
    assert not described_by(next(controls(page(ask("number", unit=None), edition))))


@editions
def test_each_wrong_box_of_a_date_says_so_and_the_right_one_does_not(edition: Edition) -> None:
    sent = {"answer_day": ["27"], "answer_month": ["x"], "answer_year": ["1066"]}
    with pytest.raises(AnswerError) as wrong:
        ask("date").parse(sent, edition)
    error = wrong.value
    soup = page(ask("date"), edition, sent=sent, error="Check it", wrong=error.fields)
    for name in ("answer_day", "answer_month", "answer_year"):
        box = soup.find(id=name)
        assert isinstance(box, Tag)
        assert bool(box.get("aria-invalid")) == (name != "answer_day")
        assert ("answer-error" in described_by(box)) == (name != "answer_day")
    assert error.field == "answer_month"


@editions
def test_none_of_these_comes_behind_or_on_the_page_and_on_paper(edition: Edition) -> None:
    question = ask("multi", exclusive="c")
    soup = page(question, edition)
    (either,) = soup.select("fieldset .or")
    assert either.get_text(strip=True) == "or"
    boxes = [str(box["value"]) for box in either.find_all_next("input")]
    assert boxes == ["c"]
    paper = BeautifulSoup(drawn(shown(question, edition), "paper"), "html.parser")
    lines = [line.get_text(" ", strip=True) for line in paper.select("li")]
    assert lines[-2] == "or"
    assert not page(ask("multi"), edition).select(".or")


@editions
@pytest.mark.parametrize(
    ("kind", "more", "standard", "easy", "both"),
    [
        ("picture", {}, {"JPEG", "PNG"}, {"photo", "phone"}, {"12 MB"}),
        ("recording", {}, {"MP3", "MP4"}, {"recording", "video"}, {"20 MB", "60 MB", "5"}),
        ("recording", {"media": ("voice",)}, {"MP3"}, {"phone"}, {"20 MB", "5"}),
    ],
)
def test_which_files_can_be_sent_is_said_before_one_is_chosen(
    kind: str,
    more: dict[str, object],
    standard: set[str],
    easy: set[str],
    both: set[str],
    edition: Edition,
) -> None:
    question = ask(kind, **more)
    soup = page(question, edition, part=(question.parts(edition) or ((),))[0])
    told = soup.find(id="answer-told")
    assert isinstance(told, Tag)
    words = told.get_text(" ")
    assert all(one in words for one in both | (easy if is_simple(edition) else standard))
    assert ("60 MB" in words) == ("60 MB" in both)
    box = soup.find(id="answer")
    assert isinstance(box, Tag)
    assert "answer-told" in described_by(box)
    assert box in told.find_all_next("input")
    assert bool(told.select("svg")) == (edition == "easy")


@pytest.mark.parametrize("edition", ["easy", "plain"])
def test_easy_words_show_the_list_of_places_first_and_help_only_when_asked(
    edition: Edition,
) -> None:
    area = ask("area")
    soup = page(area, edition)
    names = [str(control["name"]) for control in controls(soup)]
    assert names == ["answer"] * len(DISTRICTS) + ["answer_postcode"]
    (folded,) = soup.select("details")
    assert not folded.has_attr("open")
    assert folded.select("#answer_postcode")
    helped = page(area, edition, sent=area.assist({"answer_postcode": ["SG5"]}, edition))
    note = helped.select_one(".notice[autofocus]")
    assert note is not None
    assert next(controls(helped)) in note.find_all_next("input")
    again = page(area, edition, **refused(area, edition))
    assert again.select("details[open] #answer_postcode")
