"""Who may open what: every endpoint is on this list once, and what is not listed is refused."""

from typing import Any

from flask import Flask, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from engage.access_list import ACCESS, ROLE_OF, STAND_INS, Level
from engage.accounts import sessions
from engage.orm import utc_now


def init_app(app: Flask) -> None:
    """Ask the list before every request, and let pages ask it before they show a link."""
    app.before_request(_ask)
    app.jinja_env.globals["may_reach"] = may_reach


def level_of(endpoint: str | None) -> Level | None:
    """Return the list an endpoint is on, or None if it is on none."""
    return ACCESS.get(endpoint or "")


def may_reach(endpoint: str) -> bool:
    """Tell whether the person at hand may open a page, so that no link leads to a refusal."""
    level = level_of(endpoint)
    if level is None or level in {"public", "respondent"}:
        return level is not None
    if not current_user.is_authenticated:
        return False
    return level == "staff" or any(current_user.has_role(role) for role in roles_of(level))


def _ask() -> ResponseReturnValue | None:
    """Let the request through, send the person to sign in, or refuse."""
    if request.endpoint is None:
        return None
    level = level_of(request.endpoint)
    if level in {"public", "respondent"}:
        return None
    if level is None:
        abort(403)
    return _ask_staff(level)


def _ask_staff(level: Level) -> ResponseReturnValue | None:
    now = utc_now()
    if not current_user.is_authenticated:
        return _to_sign_in()
    if sessions.has_ended(session, now):
        logout_user()
        sessions.end(session)
        return _to_sign_in(ended="1")
    sessions.keep_alive(session, now)
    if level != "staff" and not any(current_user.has_role(role) for role in roles_of(level)):
        abort(403)
    return None


def roles_of(level: str) -> frozenset[str]:
    """Return the roles that open the pages of a level."""
    return frozenset({ROLE_OF[level]}) | STAND_INS.get(level, frozenset())


def _to_sign_in(**reason: str) -> ResponseReturnValue:
    """Send the person to sign in, and back to the page they wanted if it can be shown again."""
    values: dict[str, Any] = dict(reason)
    if request.method == "GET":
        values["next"] = request.full_path.rstrip("?")
    return redirect(url_for("security.login", **values), 303)
