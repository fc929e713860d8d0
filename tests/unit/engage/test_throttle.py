"""Guessing is slowed down; nothing about anybody is kept."""

import datetime as dt

from engage import throttle
from engage.throttle import Throttle

NOW = dt.datetime(2026, 3, 2, 12, tzinfo=dt.UTC)
WINDOW = dt.timedelta(minutes=10)


def test_wrong_attempts_run_out_and_come_back() -> None:
    door = Throttle(limit=2, window=WINDOW)
    for _ in range(2):
        assert door.allows("a", NOW)
        door.count("a", NOW)
    assert not door.allows("a", NOW)
    assert door.allows("b", NOW)
    assert door.allows("a", NOW + WINDOW)


def test_memory_is_limited() -> None:
    door = Throttle(limit=1, window=WINDOW)
    for number in range(throttle.PEOPLE_REMEMBERED + 1):
        door.count(str(number), NOW)
    assert len(door._attempts) == throttle.PEOPLE_REMEMBERED  # noqa: SLF001  # the promise is about memory
    assert door.allows("0", NOW)


def test_sources_are_not_kept_as_they_are() -> None:
    door = Throttle(limit=1, window=WINDOW)
    door.count("192.0.2.7", NOW)
    assert "192.0.2.7" not in repr(vars(door))


def test_the_salt_changes_with_the_day_so_that_yesterday_says_nothing() -> None:
    door = Throttle(limit=1, window=WINDOW)
    door.count("192.0.2.7", NOW)
    before = dict(door._attempts)  # noqa: SLF001  # the promise is about memory
    tomorrow = NOW + dt.timedelta(days=1)
    assert door.allows("192.0.2.7", tomorrow)
    door.count("192.0.2.7", tomorrow)
    assert not before.keys() & door._attempts.keys()  # noqa: SLF001  # the promise is about memory
