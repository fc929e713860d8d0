"""Staff views that remind owners by mail: all of them of what is new, or one of what it owes."""

from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage.db import db
from engage.found import plan_or_404
from engage.mail import NoWayToSendError
from engage.orm import utc_now
from reports.loop import reminding
from reports.models import Entry, Report
from reports.publishing import services

blueprint = Blueprint("reminding_desk", __name__, url_prefix="/desk/consultations/<slug>/report")


@blueprint.post("/due/remind")
def remind_all(slug: str) -> Response:
    """Ask the worker to remind every owner of what they have not been reminded of."""
    return _asked(_report(slug), url_for("report_life.due", slug=slug))


@blueprint.post("/entries/<key>/remind")
def remind_one(slug: str, key: str) -> Response:
    """Ask the worker to remind the owner of one entry, today and once more."""
    mine = select(Entry).where(Entry.report_id == _report(slug).id, Entry.key == key)
    found = db.session.scalar(mine) or abort(404)
    return _asked(found, url_for("report_life.follow_up", slug=slug, key=key))


def _asked(subject: Report | Entry, back: str) -> Response:
    settings: Any = current_app.extensions["engage_settings"]
    actor, now = current_user.id, utc_now()
    try:
        job = reminding.ask(db.session(), subject, settings=settings, actor=actor, now=now)
    except NoWayToSendError as mistake:
        db.session.rollback()
        flash(str(mistake), "error")
        return redirect(back, 303)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)
