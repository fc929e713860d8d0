"""A share beside the county's is said in fixed words, and never more than chance allows."""

import pytest

from reports.findings.intervals import wilson
from reports.representation.comparing import LIMITS, compare


@pytest.mark.parametrize(
    ("people", "base", "population", "size"),
    [
        (285, 405, 0.2347, "more"),
        (120, 405, 0.7653, "fewer"),
        (50, 200, 0.25, "about"),
        (12, 40, 0.25, "about"),  # an index of 120
        (20, 60, 0.25, "about"),  # an index of 133 that chance could have made
        (29, 29, 0.1, "too_few"),
        (0, 30, 0.3, "fewer"),
        (0, 30, 0.001, "about"),
    ],
)
def test_a_share_is_more_fewer_or_about(
    people: int, base: int, population: float, size: str
) -> None:
    assert compare(people, base, population).size == size


def test_index_and_gap_are_whole_numbers() -> None:
    found = compare(285, 405, 9804 / 41770)

    assert (found.index, found.gap) == (300, 47)
    assert round(100 * found.low) == 66
    assert round(100 * found.high) == 75


@pytest.mark.parametrize(
    ("people", "base", "low", "high"),
    [
        (0, 10, 0.0, 0.2775),
        (5, 10, 0.2366, 0.7634),
        (10, 10, 0.7225, 1.0),
        (81, 263, 0.2553, 0.3662),
    ],
)
def test_the_interval_is_that_of_wilson(people: int, base: int, low: float, high: float) -> None:
    assert wilson(people, base) == pytest.approx((low, high), abs=0.0001)


def test_the_limits_are_printed_as_they_are_used() -> None:
    assert "index of 125 or more" in LIMITS
    assert "index of 80 or less" in LIMITS
    assert "Under 30 people" in LIMITS
