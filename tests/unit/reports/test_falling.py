"""A measure that falls back to where it began, or beyond, proposes to open its answer again."""

import datetime as dt

import pytest

from reports.documents.familywords import Measured
from reports.entries.falling import fallen


def over_time(baseline: str, *values: str) -> list[Measured]:
    return [
        Measured("Plans on time", baseline, value, dt.date(2026, 1 + month, 1), "SEN2")
        for month, value in enumerate(values)
    ]


@pytest.mark.parametrize(
    "readings",
    [
        over_time("38%", "89%", "38%"),
        over_time("38%", "89%", "30%"),
        over_time("6.7%", "3.7%", "6.7%"),
        over_time("1,200 days", "300 days", "1,250 days"),
    ],
)
def test_a_measure_back_where_it_began_or_beyond_has_fallen(readings: list[Measured]) -> None:
    (sentence,) = fallen(readings)
    assert f"is {readings[-1].current} on 1 February 2026" in sentence
    assert f"was {readings[0].current} on 1 January 2026" in sentence
    assert "Decide whether" in sentence


@pytest.mark.parametrize(
    "readings",
    [
        [],
        over_time("38%", "89%"),
        over_time("38%", "89%", "60%"),
        over_time("6.7%", "3.7%", "5%"),
        over_time("38%", "30%", "20%"),
        over_time("38%", "38%", "38%"),
        over_time("no measure yet", "89%", "30%"),
        over_time("38%", "good", "bad"),
    ],
)
def test_a_measure_that_is_still_better_or_cannot_be_compared_proposes_nothing(
    readings: list[Measured],
) -> None:
    assert fallen(readings) == ()


def test_the_order_of_entry_does_not_matter_and_each_name_is_its_own_measure() -> None:
    first, last = over_time("38%", "89%", "30%")
    other = Measured("Calls", "5", "9", dt.date(2026, 3, 1), "log")
    assert len(fallen([last, first, other])) == 1
