"""What is promised in words: who counts as a child, and the privacy notice that comes along."""

from pathlib import Path
from typing import Any

import pytest
import yaml

import engage
from surveys import ages, document, easyread, equality, notice, pictures, questionnaire
from surveys.questions import Line
from tests.factories import NOW

SHIPPED = sorted(path.stem for path in notice.FOLDER.glob("*.yaml"))
PLAN = Path(engage.__file__).parent / "demo" / "plan.yaml"


# --- Ages -----------------------------------------------------------------------------------


def asking(audience: str) -> questionnaire.Questionnaire:
    """Return the shipped block of equality questions, told for whom, with a question of age."""
    source: dict[str, Any] = document.load(document.EQUALITY)
    made = {name: part for name, part in source.items() if name not in {"version", "under_16"}}
    question = {
        "code": "YP01", "kind": "single", "facts": True, "list": "young_person_ages",
        "picture": "age", "text": {"standard": "How old are you?", "easy": "How old are you?"},
        "options": [
            {"key": key, "standard": key, "easy": key, "picture": "age"}
            for key in ("under_8", "14_15", "16_17")
        ],
    }  # fmt: skip
    made["pages"] = [{"id": "age", "question": question}]
    return questionnaire.build({**made, "audience": audience})


@pytest.mark.parametrize(
    ("audience", "band", "child"),
    [
        ("young_person", "under_8", True),
        ("young_person", "14_15", True),
        ("young_person", "16_17", False),
        ("young_person", "", True),
        ("parent_carer", "", False),
        ("parent_carer", "14_15", True),
    ],
)
def test_who_may_be_a_child_counts_as_one(audience: str, band: str, child: bool) -> None:
    answers = {"YP01": (band,)} if band else {}
    assert ages.may_be_under_16(asking(audience), answers) == child
    assert ages.age_known(asking(audience), answers) == bool(band)


# --- The notice -----------------------------------------------------------------------------


@pytest.mark.parametrize("version", SHIPPED)
def test_a_shipped_notice_can_be_used(version: str) -> None:
    read = notice.read(notice.shipped(version) or {})
    assert read.version == version
    for part in (None, *read.details):
        assert read.pictures("easy", part) <= pictures.table().keys()
    assert read.pictures("standard") == set()


def test_a_detail_has_a_number() -> None:
    read = notice.read(notice.shipped("2026-10") or {})
    assert read.part("1") is read.details[0]
    assert [read.part(number) for number in ("", "0", "99", "x", "-1")] == [None] * 5


@pytest.mark.parametrize("version", SHIPPED)
def test_the_short_layer_is_short(version: str) -> None:
    read = notice.read(notice.shipped(version) or {})
    assert sum(len(text.split()) for text in read.short.standard) < 110
    assert len(read.short.easy) <= 10


def lines_of(version: str) -> list[Line]:
    read = notice.read(notice.shipped(version) or {})
    return [*read.short.easy, *(line for part in read.details for line in part.body.easy)]


@pytest.mark.parametrize("version", SHIPPED)
def test_its_easy_words_are_easy(version: str) -> None:
    texts = [line.text for line in lines_of(version)]
    found = [advice for text in texts for advice in easyread.review_line(text)]
    assert [(one.rule, one.text) for one in found] == []
    assert list(easyread.review_whole(texts)) == []


def test_the_demo_shows_a_notice_that_is_there() -> None:
    plans = yaml.safe_load(PLAN.read_text(encoding="utf-8"))["consultations"]
    assert {plan["privacy_notice_version"] for plan in plans} <= set(SHIPPED)


@pytest.mark.parametrize(
    "broken",
    [
        {},
        {"version": "1"},
        {"short": {"standard": ["Words."], "easy": []}},
        {"details": []},
        {"details": [{"heading": {"standard": "A", "easy": "A", "picture": "list"}, "body": {}}]},
        {"title": {"standard": "A", "easy": ""}},
        {"short": {"standard": ["Words."], "easy": [{"text": "Words.", "picture": ""}]}},
    ],
)
def test_a_notice_that_lacks_something_is_refused(broken: dict[str, Any]) -> None:
    whole = notice.shipped("2026-10") or {}
    made = {**whole, **broken} if broken and "version" not in broken else broken
    with pytest.raises(notice.NoticeError):
        notice.read(made)


# --- The equality block ---------------------------------------------------------------------


def test_the_easy_words_of_the_equality_questions_are_easy() -> None:
    read = equality.block(NOW.date()).questionnaire
    texts = [*read.start.in_("easy"), *(asked.text.easy for asked in read.questions.values())]
    found = [advice for text in texts for advice in easyread.review_line(text)]
    assert [(one.rule, one.text) for one in found] == []


def test_no_picture_stands_for_a_group_of_people() -> None:
    read = equality.block(NOW.date()).questionnaire
    for code, asked in read.questions.items():
        if code.startswith(("EQ4", "EQ5")):
            drawn = {option.picture for option in asked.options if option.key != "pns"}
            assert len(drawn) == 1, code


def test_a_question_says_which_answers_lead_to_it() -> None:
    block = equality.block(NOW.date())
    assert block.gate_of("EQ3") == ("EQ2", frozenset({"yes"}))
    assert block.gate_of("EQ2") is None


def test_the_block_is_no_survey() -> None:
    assert "equality" not in document.shipped()
