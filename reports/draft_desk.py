"""Staff views of the draft's files: ask for them, and get them."""

from flask import Blueprint, abort, make_response, redirect
from flask import Response as FlaskResponse
from flask_security import current_user
from werkzeug.wrappers import Response

from engage import audit, jobs
from engage.consultations import by_slug
from engage.db import db
from engage.orm import utc_now
from reports import drafts, services
from reports.models import Report

blueprint = Blueprint("draft_desk", __name__, url_prefix="/desk/consultations/<slug>/report/draft")


@blueprint.post("/")
def build(slug: str) -> Response:
    """Ask the worker for every format of the draft."""
    report, now = _report(slug), utc_now()
    job = jobs.enqueue(db.session(), drafts.JOB, report.id, asked_by=current_user.id, now=now)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/draft.zip")
def file(slug: str) -> FlaskResponse:
    """Hand out the newest set, and record who took it: it holds words that nobody approved."""
    report = _report(slug)
    made = db.session.get(drafts.DraftFiles, report.id) or abort(404)
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="draft", object_id=report.id,
        now=utc_now(),
    )  # fmt: skip
    response = make_response(made.content)
    response.mimetype = "application/zip"
    name = f"{report.slug}-{drafts.FILE}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _report(slug: str) -> Report:
    plan = by_slug(db.session(), slug) or abort(404)
    return services.find_report(db.session(), plan) or abort(404)
