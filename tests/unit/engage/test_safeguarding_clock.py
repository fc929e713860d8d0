"""Working days in Britain, over weekends, bank holidays and the change of the clocks."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engage.consultations import HERE
from engage.safeguarding import clock


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=HERE)


@pytest.mark.parametrize(
    ("came", "days", "due"),
    [
        ("2026-03-02T14:05", 1, "2026-03-03T14:05"),
        ("2026-03-06T16:00", 1, "2026-03-09T16:00"),  # Friday to Monday
        ("2026-03-07T11:00", 1, "2026-03-10T00:00"),  # Saturday counts as Monday's first minute
        ("2026-04-02T15:00", 1, "2026-04-07T15:00"),  # over Easter
        ("2026-12-24T10:00", 1, "2026-12-29T10:00"),  # Boxing Day is made good on Monday
        ("2026-12-24T10:00", 3, "2026-12-31T10:00"),
        ("2026-03-27T09:00", 1, "2026-03-30T09:00"),  # the clocks go forward in between
        ("2026-10-23T09:00", 1, "2026-10-26T09:00"),  # and back
    ],
)
def test_the_clock_runs_on_working_days(came: str, days: int, due: str) -> None:
    assert clock.due(at(came), days) == at(due)


@given(
    st.integers(0, 1400 * 24 * 60).map(
        lambda minutes: at("2025-01-01") + dt.timedelta(minutes=minutes)
    ),
    st.integers(1, 10),
)
def test_more_days_never_end_sooner(came: dt.datetime, days: int) -> None:
    assert came < clock.due(came, days) < clock.due(came, days + 1)


def test_a_year_without_known_holidays_makes_the_clock_faster_not_slower() -> None:
    assert clock.is_working_day(dt.date(2040, 12, 25))
    assert not clock.is_working_day(dt.date(2026, 12, 25))
