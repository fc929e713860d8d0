"""The linter notices what the guides warn of, and leaves plain lines alone."""

import pytest

from surveys import easyread


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("We ask " + "you and you " * 5 + "what you think.", "long"),
        ("You can stop. You can skip.", "two ideas"),
        ("You do not have no choice.", "double negative"),
        ("We heard from 50% of people.", "per cent"),
        ("Your ISP is a plan.", "initials"),
        ("Your plan was written last year.", "passive"),
    ],
)
def test_a_hard_line_earns_advice(line: str, rule: str) -> None:
    found = list(easyread.review_line(line, "here"))
    assert [(advice.where, advice.rule) for advice in found] == [("here", rule)]
    assert all(advice.text.endswith(".") for advice in found)


@pytest.mark.parametrize(
    "line",
    [
        "You can skip any question.",
        "Some children have an EHC plan.",
        "Call Childline free on 0800 1111.",
        "We will not say your name.",
        "",
    ],
)
def test_a_plain_line_earns_none(line: str) -> None:
    assert list(easyread.review_line(line)) == []


def test_long_words_raise_the_grade_of_the_whole() -> None:
    hard = ["Interagency accountability necessitates multidisciplinary assessment."]
    assert {advice.rule for advice in easyread.review_whole(hard)} == {"grade"}
    assert list(easyread.review_whole(["You can stop.", "We ask you."])) == []


def test_a_mean_over_ten_words_is_said() -> None:
    long = ["We ask you what you think of us and of all we do."]
    assert {advice.rule for advice in easyread.review_whole(long)} == {"mean"}


def test_nothing_has_no_grade() -> None:
    assert easyread.grade([]) == 0
    assert easyread.mean_words([]) == 0


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("school", 1),
        ("college", 2),
        ("asked", 1),
        ("wanted", 2),
        ("ideas", 2),
        ("999", 3),
        ("the", 1),
    ],
)
def test_syllables(word: str, count: int) -> None:
    assert easyread.syllables(word) == count
