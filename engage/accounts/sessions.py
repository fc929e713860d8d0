"""When a signed-in session ends: after half an hour of nothing, or twelve hours at the latest."""

import datetime as dt
from collections.abc import MutableMapping
from typing import Any

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
BEGAN = "signed_in_at"
SEEN = "seen_at"


def begin(session: MutableMapping[str, Any], now: dt.datetime) -> None:
    """Note when somebody signed in."""
    session[BEGAN] = session[SEEN] = int(now.timestamp())


def has_ended(session: MutableMapping[str, Any], now: dt.datetime) -> bool:
    """Tell whether the session is over; one that never noted its beginning is."""
    began, seen = session.get(BEGAN), session.get(SEEN)
    if not isinstance(began, int) or not isinstance(seen, int):
        return True
    instant = now.timestamp()
    return instant - began >= LONGEST.total_seconds() or instant - seen >= IDLE.total_seconds()


def keep_alive(session: MutableMapping[str, Any], now: dt.datetime) -> None:
    """Note that the person is still there."""
    session[SEEN] = int(now.timestamp())


def end(session: MutableMapping[str, Any]) -> None:
    """Forget the times of a session that is over."""
    session.pop(BEGAN, None)
    session.pop(SEEN, None)
