import datetime as dt
from typing import Any

import pytest

from engage.accounts import sessions

NOW = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)


def begun() -> dict[str, Any]:
    session: dict[str, Any] = {}
    sessions.begin(session, NOW)
    return session


def test_a_session_that_never_began_is_over() -> None:
    assert sessions.has_ended({}, NOW)
    assert sessions.has_ended({"signed_in_at": "yesterday", "seen_at": 0}, NOW)


@pytest.mark.parametrize(("minutes", "over"), [(0, False), (29, False), (30, True), (600, True)])
def test_it_ends_after_half_an_hour_of_nothing(minutes: int, over: bool) -> None:
    assert sessions.has_ended(begun(), NOW + dt.timedelta(minutes=minutes)) is over


def test_it_ends_after_twelve_hours_even_of_work() -> None:
    session = begun()
    for quarter in range(1, 48):
        moment = NOW + dt.timedelta(minutes=15 * quarter)
        assert not sessions.has_ended(session, moment)
        sessions.keep_alive(session, moment)
    assert sessions.has_ended(session, NOW + dt.timedelta(hours=12))


def test_ending_forgets_the_clocks() -> None:
    session = begun()
    sessions.end(session)
    assert session == {}
