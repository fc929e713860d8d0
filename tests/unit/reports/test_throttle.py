"""Guessing is slowed down; nothing about anybody is kept."""

import datetime as dt

from reports import throttle
from reports.throttle import Throttle

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
