"""Staff views of telling people: how far it is, starting it, and who is left for an officer."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, make_response, redirect, render_template
from flask import Response as FlaskResponse
from flask_security import current_user
from werkzeug.wrappers import Response

from engage.db import db
from engage.found import plan_or_404
from engage.mail import NoWayToSendError
from engage.orm import utc_now
from engage.settings import Settings
from reports.documents.told import ToldRate
from reports.loop import telling
from reports.models import Report
from reports.publishing import services, told_measure
from surveys.models import MILESTONES, Telling
from surveys.services import SurveysNotClosedError, delete_on
from surveys.services import telling as rounds

blueprint = Blueprint(
    "telling_desk", __name__, url_prefix="/desk/consultations/<slug>/report/telling"
)
ENDINGS = (telling.TellingError, SurveysNotClosedError, NoWayToSendError)
NAMES = {
    "published": "What was published",
    "6_months": "The report after 6 months",
    "12_months": "The report after 12 months",
}


@blueprint.get("/")
def show(slug: str) -> str:
    """Show who would be told now, who was, and who is left over; never an address."""
    report = _report(slug)
    return render_template(
        "reports/desk_telling.html",
        plan=report.consultation,
        demo=report.consultation.is_demo,
        names=NAMES,
        delete_on=delete_on(report.consultation),
        rounds=[_round(one) for one in _rounds(report)],
        rates=_rates(report),
        by=_settings().mail.by,
        **_now(report),
    )


@blueprint.post("/")
def tell(slug: str) -> Response:
    """Ask the worker to tell everybody who waits."""
    actor, now = current_user.id, utc_now()
    try:
        job = telling.ask(db.session(), _report(slug), settings=_settings(), actor=actor, now=now)
    except ENDINGS as mistake:
        db.session.rollback()
        flash(str(mistake), "error")
        return _back(slug)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/<milestone>.csv")
def left_over(slug: str, milestone: str) -> FlaskResponse:
    """Hand out who has to be told by a person; that it was read is recorded."""
    opened = _telling(slug, milestone)
    text = rounds.for_officer(db.session(), opened, actor=current_user.id, now=utc_now())
    db.session.commit()
    response = make_response(text)
    response.mimetype = "text/csv"
    response.headers["Content-Disposition"] = f'attachment; filename="to-tell-{milestone}.csv"'
    return response


@blueprint.post("/<milestone>/by-hand")
def told_by_hand(slug: str, milestone: str) -> Response:
    """Note that an officer has told the others."""
    opened = _telling(slug, milestone)
    number = telling.told_by_hand(db.session(), opened, actor=current_user.id, now=utc_now())
    db.session.commit()
    flash(f"Noted as told by you: {number}.", "done")
    return _back(slug)


def _now(report: Report) -> dict[str, Any]:
    """Return what telling now would do, or why it cannot be done."""
    try:
        return {"preview": telling.preview(db.session(), report), "why_not": ""}
    except telling.TellingError as mistake:
        return {"preview": None, "why_not": str(mistake)}


def _rounds(report: Report) -> list[Telling]:
    consultation = report.consultation_id
    found = (rounds.find(db.session(), consultation, milestone) for milestone in MILESTONES)
    return [one for one in found if one is not None]


def _round(opened: Telling) -> dict[str, Any]:
    return {
        "milestone": opened.milestone,
        "began_on": opened.began_on,
        "states": rounds.counts(db.session(), opened),
        "left_over": rounds.numbers_left(db.session(), opened),
    }


def _rates(report: Report) -> tuple[ToldRate, ...]:
    return told_measure.rates(db.session(), report.consultation_id, _settings().threshold)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)


def _telling(slug: str, milestone: str) -> Telling:
    return rounds.find(db.session(), _report(slug).consultation_id, milestone) or abort(404)


def _back(slug: str) -> Response:
    return redirect(f"/desk/consultations/{slug}/report/telling/", 303)
