"""How sure a share is, against known values, and when two shares may be compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from reports.findings import intervals
from reports.findings.intervals import Share


@pytest.mark.parametrize(
    ("value", "base", "low", "high"),
    [
        (0, 20, 0.0, 0.1611),  # Newcombe 1998, table I: his method 3
        (1, 29, 0.0061, 0.1718),
        (15, 148, 0.0624, 0.1605),
        (81, 263, 0.2553, 0.3662),
        (20, 20, 0.8389, 1.0),
    ],
)
def test_the_interval_is_that_of_wilson(value: int, base: int, low: float, high: float) -> None:
    assert intervals.wilson(value, base) == pytest.approx((low, high), abs=5e-5)


@given(base=st.integers(1, 3000), data=st.data())
def test_the_interval_agrees_with_scipy(base: int, data: st.DataObject) -> None:
    value = data.draw(st.integers(0, base))
    known = binomtest(value, base).proportion_ci(method="wilson")
    assert intervals.wilson(value, base) == pytest.approx((known.low, known.high), abs=1e-9)


@given(base=st.integers(10, 3000), data=st.data())
def test_in_a_hundred_the_interval_is_never_narrower_than_it_is(
    base: int, data: st.DataObject
) -> None:
    value = data.draw(st.integers(0, base))
    (low, high), (least, most) = intervals.wilson(value, base), intervals.in_hundred(value, base)
    assert least <= 100 * low <= 100 * value / base <= 100 * high <= most


@pytest.mark.parametrize(
    ("value", "base", "words"),
    [
        (3, 9, ""),
        (None, 100, ""),
        (5, 10, "50%"),
        (999, 1000, "over 99%"),
        (1000, 1000, "100%"),
        (1, 1000, "under 1%"),
        (0, 1000, "0%"),
    ],
)
def test_a_per_cent_is_whole_and_never_of_fewer_than_ten(
    value: int | None, base: int, words: str
) -> None:
    assert intervals.percent(value, base) == words


def test_the_interval_is_said_in_plain_words() -> None:
    said = intervals.sentence(230, 400, "parent_carer")
    assert said == "That is between 52 and 63 in 100 parent carers who answer like this."
    assert not intervals.sentence(4, 9, "parent_carer")


def test_shares_are_compared_only_when_their_intervals_do_not_meet() -> None:
    close = [Share("parent carers", 60, 100), Share("professionals", 50, 100)]
    apart = [Share("parent carers", 80, 100), Share("professionals", 20, 100)]
    small = [Share("parent carers", 80, 100), Share("professionals", 1, 9)]
    assert intervals.comparison(close, "“Yes”") == (
        "Too few to compare who said “Yes”: the differences may be chance."
    )
    assert intervals.comparison(apart, "“Yes”") == (
        "Parent carers said “Yes” more often (80 of 100, 80%) than professionals (20 of 100, 20%)."
    )
    assert intervals.comparison(small, "“Yes”").startswith("Too few to compare")
    assert not intervals.comparison(apart[:1], "“Yes”")


def test_more_groups_need_a_larger_difference() -> None:
    two = [Share("a", 34, 50), Share("b", 19, 50)]
    many = [*two, *(Share(name, 27, 50) for name in "cdefgh")]
    assert "more often" not in intervals.comparison(many, "“Yes”")
    assert intervals.differ(*[Share("a", 36, 50), Share("b", 14, 50)])


@pytest.mark.parametrize(
    ("now", "words"),
    [(80, "a larger share now"), (20, "a smaller share now"), (52, "too few to compare")],
)
def test_then_and_now_differ_only_by_more_than_chance(now: int, words: str) -> None:
    assert intervals.change(Share("", 50, 100), Share("", now, 100)) == words
