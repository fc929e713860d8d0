"""Figures that must not be added refuse, and say why."""

import pytest

from reports.counting.adding import Amount, CannotBeAddedError, total

PLANS = Amount("pupils with a plan", 9804, "people", frozenset({"with_plan"}))
SUPPORT = Amount("pupils with support", 31966, "people", frozenset({"sen_support"}))
OLDER = Amount("16 to 25 with a plan", 3146, "people", frozenset({"with_plan"}))
HEADS = Amount("people in the room", 130, "contacts")
SCHOOLS = Amount("schools", 524, "schools", frozenset({"schools"}))
SHARE = Amount("pupils with SEN", 18.5, "per cent")


def test_counts_of_different_people_add_up() -> None:
    both = total([PLANS, SUPPORT])

    assert both.value == 41770
    assert both.name == "pupils with a plan and pupils with support"
    assert both.holds == {"with_plan", "sen_support"}


@pytest.mark.parametrize(
    ("one", "other", "says"),
    [
        (PLANS, HEADS, "counts people and “people in the room” counts contacts"),
        (PLANS, SCHOOLS, "counts schools"),
        (PLANS, OLDER, "would be counted twice"),
        (PLANS + SUPPORT, OLDER, "can hold the same people (with_plan)"),
        (SHARE, SHARE, "shares have no sum"),
    ],
)
def test_what_must_not_be_added_refuses(one: Amount, other: Amount, says: str) -> None:
    for first, second in ((one, other), (other, one)):
        with pytest.raises(CannotBeAddedError) as refused:
            first + second
        assert "side by side" in str(refused.value) or "Add the people" in str(refused.value)
    with pytest.raises(CannotBeAddedError, match=says.replace("(", r"\(").replace(")", r"\)")):
        one + other


def test_nothing_has_no_sum() -> None:
    with pytest.raises(ValueError, match="not enough values"):
        total([])
