"""What a sheet says: numbers, routing in plain sentences, and words in each edition."""

import dataclasses
import datetime as dt
import functools
import types
from pathlib import Path
from typing import Any

import pytest

from engage import taxonomy
from surveys import document
from surveys.conditions import Answered, Condition, ForAudience, Not, Together
from surveys.paperwork import keyedsheet, paper, paperroutes, qrcodes
from surveys.questionnaire import Questionnaire, build
from surveys.questions import Edition

CODE, RECEIPT = "SHEET-7K4Q-92XD-V", "BEE-4H7M-0QXT-9"
DAY = dt.date(2026, 4, 30)
YES = Answered("TQ1", ("yes",))
BADLY = Answered("TQ1b", ("badly",))


@pytest.fixture
def plan() -> Any:
    return types.SimpleNamespace(
        title="Help with SEND", is_demo=False, contact="The participation team",
        findings_due=None, answer_due=None, closes_on=DAY,
    )  # fmt: skip


@pytest.fixture
def read() -> Questionnaire:
    """Return a small questionnaire whose second question hangs on the first."""
    wording = {"standard": "Words", "easy": "Words"}
    passage = {"standard": ["Words."], "easy": [{"text": "Words.", "picture": "think"}]}
    yes_no = [
        {"key": "yes", "standard": "Yes", "easy": "Yes", "picture": "yes"},
        {"key": "no", "standard": "No", "easy": "No", "picture": "no"},
    ]
    planned = [
        {
            "key": "very_well",
            "standard": "Very well",
            "editions": ["standard"],
            "easy_as": "well",
        },
        {"key": "well", "standard": "Well", "easy": "Yes", "picture": "yes"},
        {"key": "badly", "standard": "Badly", "easy": "No", "picture": "no"},
    ]
    source = {
        "schema": 1, "code": "small", "audience": "parent_carer",
        "default_edition": "standard", "minutes": 3,
        "title": {"standard": "A small survey", "easy": "A small survey"},
        **dict.fromkeys(("start", "keeping_safe", "end", "no_thanks", "help_now"), passage),
        "pages": [
            {"id": "moved", "question": _asked("TQ1", "single", wording, yes_no)},
            {
                "id": "how",
                "when": {"question": "TQ1", "any_of": ["yes"]},
                "question": _asked("TQ1b", "single", wording, planned),
            },
            {
                "id": "else",
                "when": {"question": "TQ1b", "any_of": ["badly"]},
                "question": _asked("TQ1c", "long_text", wording),
            },
            {"id": "safe", "question": _asked("TQ4", "yes_sometimes_no", wording)},
        ],
    }  # fmt: skip
    return build(document.complete(source, functools.partial(taxonomy.terms, on=DAY)))


def _asked(
    code: str, kind: str, text: dict[str, str], options: list[dict[str, Any]] | None = None
) -> dict[str, Any]:
    asked: dict[str, Any] = {"code": code, "kind": kind, "text": text, "picture": "think"}
    if options:
        asked |= {"options": options, "facts": True}
    return asked


def setting(edition: Edition = "standard", **changes: Any) -> paper.Setting:
    whole = paper.Setting(
        edition=edition, large=False, organisation="Test partnership",
        address="https://engage.example.org/s/small/",
        answers_address="https://engage.example.org/your-answers", notice_version="1",
    )  # fmt: skip
    return dataclasses.replace(whole, **changes)


def printed(read: Questionnaire, edition: Edition = "standard") -> dict[str, Any]:
    return {one.page.id: one for one in paper.printed_questions(read, edition)}


def test_an_answer_that_skips_questions_says_where_to_go(read: Questionnaire) -> None:
    questions = printed(read)
    assert [one.number for one in questions.values()] == [1, 2, 3, 4]
    assert questions["moved"].after == ("If you ticked “No”, go to question 4.",)
    assert questions["how"].before == (
        "Answer this question only if you ticked “Yes” at question 1.",
    )
    assert questions["how"].after == ("If you ticked “Very well” or “Well”, go to question 4.",)
    assert questions["safe"].before == questions["safe"].after == ()


def test_easy_read_says_it_in_its_own_words_and_options(read: Questionnaire) -> None:
    questions = printed(read, "easy")
    assert questions["moved"].after == ("Did you tick “No”? Then go to question 4.",)
    assert questions["how"].after == ("Did you tick “Yes”? Then go to question 4.",)


def test_the_end_is_named_when_no_question_is_left(read: Questionnaire) -> None:
    short = dataclasses.replace(read, pages=read.pages[:3])
    assert printed(short)["moved"].after == ("If you ticked “No”, go to the end.",)


def test_many_answers_that_lead_to_one_place_are_said_the_other_way_round(
    read: Questionnaire,
) -> None:
    only_sometimes = Answered("TQ4", ("yes",))
    extra = dataclasses.replace(
        read.pages[2], id="more", when=only_sometimes,
        question=dataclasses.replace(read.pages[2].question, code="TQ9"),
    )  # fmt: skip
    last = dataclasses.replace(
        read.pages[2], id="last", when=None,
        question=dataclasses.replace(read.pages[2].question, code="TQ10"),
    )  # fmt: skip
    four = dataclasses.replace(read, pages=(read.pages[3], extra, last))
    said = printed(four)["safe"].after
    assert said == ("If you ticked “Sometimes” or “No” or “I don't know”, go to question 3.",)
    many = [f"“{n}”" for n in range(5)]
    assert len(many) > paperroutes.MOST_NAMED


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (Not(YES), "you did not tick “Yes” at question 1"),
        (
            Together((YES, BADLY), is_all=True),
            "you ticked “Yes” at question 1 and you ticked “Badly” at question 2",
        ),
        (
            Not(Together((YES, BADLY), is_all=True)),
            "you did not tick “Yes” at question 1 or you did not tick “Badly” at question 2",
        ),
        (
            Together((ForAudience(("parent_carer",)), YES), is_all=True),
            "you ticked “Yes” at question 1",
        ),
        (Not(Not(YES)), "you ticked “Yes” at question 1"),
    ],
)  # fmt: skip
def test_every_condition_becomes_a_sentence(
    read: Questionnaire, when: Condition, said: str
) -> None:
    pages = (*read.pages[:3], dataclasses.replace(read.pages[3], when=when))
    changed = dataclasses.replace(read, pages=pages)
    assert printed(changed)["safe"].before == (f"Answer this question only if {said}.",)


@pytest.mark.parametrize(
    "when",
    [
        ForAudience(("professional",)),
        Answered("TQ1b", ("very_well",)),  # easy read does not offer it
        Answered("TQ77", ("yes",)),
        Together((YES, ForAudience(("professional",))), is_all=True),
    ],
)
def test_what_nobody_can_reach_is_not_printed(read: Questionnaire, when: Condition) -> None:
    pages = (*read.pages[:3], dataclasses.replace(read.pages[3], when=when))
    changed = dataclasses.replace(read, pages=pages)
    assert "safe" not in printed(changed, "easy")


def test_what_everybody_of_this_audience_reaches_has_no_condition(read: Questionnaire) -> None:
    when = Together((YES, ForAudience(("parent_carer",))), is_all=False)
    pages = (*read.pages[:3], dataclasses.replace(read.pages[3], when=when))
    assert printed(dataclasses.replace(read, pages=pages))["safe"].before == ()


@pytest.mark.parametrize("edition", ["standard", "easy", "plain"])
def test_a_sheet_holds_consent_help_and_the_slip_to_keep(
    read: Questionnaire, plan: Any, edition: Edition
) -> None:
    html = paper.sheet_html(read, plan, setting(edition), CODE, RECEIPT)
    assert 'lang="en-GB" dir="ltr"' in html
    for words in ("Do you want to take part?", "Your code", RECEIPT, "The participation team"):
        assert words in html
    assert html.count("<h1") == html.count(RECEIPT) == 1
    assert "<title>QR code: the online form</title>" in html
    assert ('class="picture' in html) == (edition == "easy")


def test_without_an_address_the_sheet_says_so_and_has_no_code_to_scan(
    read: Questionnaire, plan: Any
) -> None:
    html = paper.sheet_html(read, plan, setting(address="", answers_address=""), CODE, RECEIPT)
    assert "is not set yet" in html
    assert "<svg" not in html


def test_an_invented_example_and_a_draft_say_what_they_are(read: Questionnaire, plan: Any) -> None:
    plan.is_demo = True
    html = paper.sheet_html(read, plan, setting(is_draft=True), CODE, RECEIPT)
    assert "<title>Invented example:" in html
    assert "nobody has checked this translation" in html


def test_a_date_is_written_in_the_language_of_the_edition() -> None:
    assert paper.last_day(DAY, "standard") == "30 April 2026"
    assert paper.last_day(DAY, "pl") == "30 kwietnia 2026"


def test_more_pictures_or_larger_print_make_more_pages(read: Questionnaire) -> None:
    pages = [
        paper.estimated_pages(read, edition, large=large)
        for edition, large in (("standard", False), ("standard", True), ("easy", False))
    ]
    assert pages == sorted(pages)


def test_boxes_on_paper_and_their_lines_are_large_enough() -> None:
    css = (Path(paper.resources.templates()) / "surveys" / "paper.css").read_text(encoding="utf-8")
    assert "width: 9mm; height: 9mm" in css
    assert ".pictured .asked .picture { width: 24mm; height: 24mm; }" in css
    assert "font-size: 16pt" in css
    assert "break-inside: avoid" in css


def test_a_qr_code_says_what_it_is() -> None:
    drawn = qrcodes.svg("https://engage.example.org/s/a/?b=1&c", title="Form & more")
    assert drawn.startswith("<svg")
    assert "<title>Form &amp; more</title>" in drawn


# --- Reading what was typed ------------------------------------------------------------------


def test_numbers_as_printed_become_answers(read: Questionnaire) -> None:
    reading = keyedsheet.read_sheet(
        read, "standard", {"TQ1": "1", "TQ1b": "3", "TQ1c": "More time", "TQ4": "4"}
    )
    assert reading.values == {
        "TQ1": ("yes",),
        "TQ1b": ("badly",),
        "TQ1c": ("More time",),
        "TQ4": ("dont_know",),
    }
    assert reading.mistakes == {}
    assert reading.off_path == ()


def test_numbers_mean_what_is_printed_in_the_edition_of_the_sheet(read: Questionnaire) -> None:
    reading = keyedsheet.read_sheet(read, "easy", {"TQ1": "1", "TQ1b": "2"})
    assert reading.values["TQ1b"] == ("badly",)


def test_a_mistake_names_its_question_and_keeps_the_others(read: Questionnaire) -> None:
    reading = keyedsheet.read_sheet(read, "standard", {"TQ1": "7", "TQ4": "1"})
    assert set(reading.mistakes) == {"TQ1"}
    assert "from 1 to 2" in reading.mistakes["TQ1"]
    assert reading.values == {"TQ4": ("yes",)}


def test_answers_off_the_path_are_told_apart(read: Questionnaire) -> None:
    reading = keyedsheet.read_sheet(read, "standard", {"TQ1": "2", "TQ1b": "3", "TQ4": "1"})
    assert reading.off_path == ("TQ1b",)
    assert set(reading.sent) - set(reading.off_path) == {"TQ1", "TQ4"}


def test_the_boxes_show_numbers_labels_and_what_was_typed(read: Questionnaire) -> None:
    lines = keyedsheet.lines(read, "standard", {"TQ1": "9"}, {"TQ1": "wrong"})
    assert [(line.number, line.name) for line in lines][:2] == [(1, "q-TQ1"), (2, "q-TQ1b")]
    assert [(one.number, one.text) for one in lines[0].options] == [(1, "Yes"), (2, "No")]
    assert (lines[0].typed, lines[0].mistake) == ("9", "wrong")
    assert lines[2].has_words
    assert keyedsheet.typed_in({"q-TQ1": "1", "csrf_token": "x"}) == {"TQ1": "1"}
