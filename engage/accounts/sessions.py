"""Signed-in sessions: read where there is one, ended after half an hour of nothing or twelve."""

import datetime as dt
from collections.abc import MutableMapping
from typing import Any

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin

IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=12)
BEGAN = "signed_in_at"
SEEN = "seen_at"


class OnlyWhereThereIsOne(SecureCookieSessionInterface):
    """Flask's own sessions, at no cost to people who have none: nearly everybody who answers."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Read the cookie of a session; without one there is nothing to read."""
        if self.get_cookie_name(app) not in request.cookies:
            return self.session_class()
        return super().open_session(app, request)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Write what was put into a session; of one that nobody touched there is nothing to say."""
        if session or session.modified or session.accessed:
            super().save_session(app, session, response)


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
