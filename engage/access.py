"""Who may open what: every endpoint is on this list once, and what is not listed is refused."""

from typing import Any, Literal

from flask import Flask, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user, logout_user

from engage.accounts import sessions
from engage.orm import utc_now

Level = Literal["public", "respondent", "staff", "officer", "analyst", "approver", "administrator"]

ROLE_OF: dict[str, str] = {
    "officer": "engagement_officer",
    "analyst": "analyst",
    "approver": "approver",
    "administrator": "administrator",
}

# Public pages may be kept by browsers, respondent pages
# hold somebody's answers and may not, staff pages need an account, and the rest one of its roles.
ACCESS: dict[str, Level] = {
    "static": "public",
    "pages.home": "public",
    "pages.accessibility": "public",
    "pages.privacy": "public",
    "pages.cookies": "public",
    "pages.contact": "public",
    "pages.complaints": "public",
    "pages.credits_": "public",
    "pictures.sprite": "public",
    "public.index": "public",
    "public.report": "public",
    "public.easy_read": "public",
    "public.pdf": "public",
    "receipts.ask": "respondent",
    "receipts.show": "respondent",
    "receipts.take_out": "respondent",
    "receipts.taken_out": "respondent",
    "respond.start": "respondent",
    "respond.take_part": "respondent",
    "respond.no_thanks": "respondent",
    "respond.question": "respondent",
    "respond.answer": "respondent",
    "respond.edition": "respondent",
    "respond.help_now": "respondent",
    "respond.check": "respondent",
    "respond.send": "respondent",
    "respond.thanks": "respondent",
    "security.login": "public",
    "security.logout": "public",
    "desk.home": "staff",
    "desk.consultation": "staff",
    "desk.job": "staff",
    "survey_desk.surveys": "staff",
    "survey_desk.preview": "staff",
    "survey_desk.open_survey": "officer",
    "survey_desk.close_survey": "officer",
    "survey_desk.answers": "analyst",
    "workbench.overview": "analyst",
    "workbench.analyse": "analyst",
    "workbench.theme": "analyst",
    "workbench.rename": "analyst",
    "workbench.approve": "analyst",
    "workbench.merge": "analyst",
    "workbench.retire": "analyst",
    "report_desk.overview": "staff",
    "report_desk.build": "officer",
    "report_desk.front": "officer",
    "report_desk.save_front": "officer",
    "report_desk.entry": "officer",
    "report_desk.save_entry": "officer",
    "report_desk.quote": "officer",
    "report_desk.confirm": "approver",
    "report_desk.publish": "approver",
    "workbench.read_next": "analyst",
    "workbench.read": "analyst",
    "workbench.code": "analyst",
}


def init_app(app: Flask) -> None:
    """Ask the list before every request."""
    app.before_request(_ask)


def level_of(endpoint: str | None) -> Level | None:
    """Return the list an endpoint is on, or None if it is on none."""
    return ACCESS.get(endpoint or "")


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
    if level != "staff" and not current_user.has_role(ROLE_OF[level]):
        abort(403)
    return None


def _to_sign_in(**reason: str) -> ResponseReturnValue:
    """Send the person to sign in, and back to the page they wanted if it can be shown again."""
    values: dict[str, Any] = dict(reason)
    if request.method == "GET":
        values["next"] = request.full_path.rstrip("?")
    return redirect(url_for("security.login", **values), 303)
