"""What happened to your words: from a receipt code to themes, and from themes to answers.

The page never shows what somebody wrote: whoever finds a code must not learn anything from it.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, make_response, render_template, request
from flask import Response as HttpResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import Theme
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from reports import wording
from reports.document import STATUS_WORDS, Entry, from_json
from reports.models import Report
from reports.services import latest
from reports.throttle import Throttle
from surveys.codes import CodeError
from surveys.models import Response, SnapshotResponse, Survey, SurveyVersion
from surveys.services import response_for_receipt, withdraw

blueprint = Blueprint("receipts", __name__)
UNKNOWN = "We do not know this code. Check each letter and number."
TOO_OFTEN = "Too many wrong codes. Please wait ten minutes and try again."
WINDOW = dt.timedelta(minutes=10)
wrong_codes = Throttle(limit=8, window=WINDOW)


class _NotFoundError(ValueError):
    """No response belongs to what was typed; the message says so kindly."""

    def __init__(self, message: str, status: int) -> None:
        self.status = status
        super().__init__(message)


@dataclasses.dataclass(frozen=True, slots=True)
class ThemeAnswered:
    """One theme that somebody's words went into, and the published answers to it."""

    name: str
    entries: tuple[Entry, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Trail:
    """Where one person's words went; `slug` is empty while nothing has been published."""

    consultation: str
    answered_on: dt.date
    withdrawn: bool
    themes: tuple[ThemeAnswered, ...]
    slug: str
    is_demo: bool
    answer_due: dt.date | None


@blueprint.get("/your-answers")
def ask() -> HttpResponse:
    """Ask for the code that was shown when the answers were sent."""
    return _shown(code="", mistake="", trail=None)


@blueprint.post("/your-answers")
def show() -> HttpResponse:
    """Show what happened to the answers behind a code, or say kindly that it is not known."""
    code = _typed()
    try:
        found = _response(code)
    except _NotFoundError as mistake:
        return _shown(code=code, mistake=str(mistake), trail=None, status=mistake.status)
    return _shown(code=code, mistake="", trail=trail_of(db.session(), found))


@blueprint.post("/your-answers/take-out")
def take_out() -> HttpResponse:
    """Say what taking the answers out will do, and ask whether to do it."""
    return _asked_for("reports/take_out.html")


@blueprint.post("/your-answers/taken-out")
def taken_out() -> HttpResponse:
    """Take the answers out, and say what was done and what cannot be undone."""
    return _asked_for("reports/taken_out.html", withdraw)


def _asked_for(template: str, act: Callable[..., Response] | None = None) -> HttpResponse:
    """Show a page about the response behind a code, after doing what was asked."""
    code, session = _typed(), db.session()
    try:
        found = _response(code)
    except _NotFoundError as mistake:
        return _shown(code=code, mistake=str(mistake), trail=None, status=mistake.status)
    counted = is_counted(session, found)
    if act is not None:
        act(session, found, now=utc_now())
        db.session.commit()
    elif found.withdrawn_at is not None:
        return _shown(code=code, mistake="", trail=trail_of(session, found))
    trail = trail_of(session, found)
    return _private(render_template(template, code=code, counted=counted, trail=trail))


def is_counted(session: Session, response: Response) -> bool:
    """Tell whether a response is in a snapshot: it can then be left out, but not erased."""
    held = select(SnapshotResponse.response_id).where(SnapshotResponse.response_id == response.id)
    return session.scalar(held.limit(1)) is not None


def _typed() -> str:
    return request.form.get("code", "").strip()[:40]


def _response(code: str) -> Response:
    """Return the response behind a code; every wrong code counts against guessing."""
    now, source = utc_now(), request.remote_addr or ""
    if not wrong_codes.allows(source, now):
        raise _NotFoundError(TOO_OFTEN, 429)
    try:
        found = response_for_receipt(db.session(), code, secret=_secret())
    except CodeError as error:
        wrong_codes.count(source, now)
        raise _NotFoundError(str(error), 400) from error
    if found is None:
        wrong_codes.count(source, now)
        raise _NotFoundError(UNKNOWN, 400)
    return found


def trail_of(session: Session, response: Response) -> Trail:
    """Follow a response to its approved themes and the newest published answers to them."""
    plan = _consultation(session, response)
    report = session.scalar(select(Report).where(Report.consultation_id == plan.id))
    publication = latest(session, report) if report else None
    entries = from_json(publication.document).entries if publication else ()
    themes = [] if response.withdrawn_at else _themes(session, plan, response)
    sent = response.submitted_at or response.started_at
    return Trail(
        consultation=plan.title,
        answered_on=sent.date(),
        withdrawn=response.withdrawn_at is not None,
        themes=tuple(
            ThemeAnswered(t.name, tuple(e for e in entries if t.id in e.theme_ids)) for t in themes
        ),
        slug=report.slug if report and publication else "",
        is_demo=plan.is_demo,
        answer_due=plan.answer_due,
    )


def _themes(session: Session, plan: Consultation, response: Response) -> list[Theme]:
    run = queries.latest_run(session, plan.id)
    return queries.themes_of_response(session, run, response.id) if run else []


def _consultation(session: Session, response: Response) -> Consultation:
    return session.scalars(
        select(Consultation)
        .join(Survey, Survey.consultation_id == Consultation.id)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(SurveyVersion.id == response.survey_version_id)
    ).one()


def _shown(*, code: str, mistake: str, trail: Trail | None, status: int = 200) -> HttpResponse:
    context: dict[str, Any] = {"code": code, "mistake": mistake, "trail": trail}
    html = render_template(
        "reports/your_answers.html", **context, date=wording.date, status_words=STATUS_WORDS
    )
    return _private(html, status)


def _private(html: str, status: int = 200) -> HttpResponse:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _secret() -> str:
    secret: str = current_app.extensions["engage_settings"].secret_key
    return secret
