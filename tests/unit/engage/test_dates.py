import datetime as dt

from engage.dates import day, moment


def test_a_day_is_written_without_a_leading_nought() -> None:
    assert day(dt.date(2026, 5, 1)) == "1 May 2026"
    assert day(None) == ""


def test_a_moment_is_written_by_the_clock_in_britain() -> None:
    assert moment(dt.datetime(2026, 7, 1, 8, 5, tzinfo=dt.UTC)) == "1 July 2026 at 09:05"
    assert moment(dt.datetime(2026, 1, 1, 8, 5, tzinfo=dt.UTC)) == "1 January 2026 at 08:05"
    assert moment(None) == ""
