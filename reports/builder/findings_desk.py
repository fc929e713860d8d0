"""Staff views of the findings: which questions a report prints, in which order, by which groups."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from reports.findings import choosing
from reports.findings.choosing import FindingError, Listed
from reports.findings.tally import BY, GROUPED, By
from reports.models import Report
from reports.publishing import services

blueprint = Blueprint("findings_desk", __name__, url_prefix="/desk/consultations/<slug>/report")
STEPS = {"up": -1, "down": 1, "top": -1_000_000}


@blueprint.get("/builder/findings")
def choose(slug: str) -> str:
    """Show every question with fixed answers, in order, and what is printed of it."""
    report = _report(slug)
    surveys: dict[str, list[Listed]] = {}
    for one in choosing.listed(db.session(), report):
        surveys.setdefault(one.title, []).append(one)
    return render_template(
        "reports/builder/findings.html",
        plan=report.consultation,
        surveys=surveys,
        grouped=GROUPED,
        at=request.args.get("at", ""),
        way=request.args.get("way", ""),
        demo=report.consultation.is_demo,
    )


@blueprint.post("/builder/findings/<questionnaire>/<code>")
def arrange(slug: str, questionnaire: str, code: str) -> Response:
    """Move a question, print it or leave it out, or show it by groups of people."""
    report, act = _report(slug), request.form.get("act", "")
    try:
        said = _done(report, questionnaire, code, act)
    except FindingError as mistake:
        db.session.rollback()
        flash(str(mistake), "error")
        return redirect(url_for(".choose", slug=slug), 303)
    db.session.commit()
    flash(f"{code}: {said}", "done")
    at = f"finding-{questionnaire}-{code}"
    return redirect(url_for(".choose", slug=slug, at=at, way=act, _anchor=at), 303)


def _done(report: Report, questionnaire: str, code: str, act: str) -> str:
    """Do what the button says, and say what is so now."""
    session, which, now = db.session(), (questionnaire, code), utc_now()
    actor = current_user.id
    if act in STEPS:
        choosing.move_finding(session, report, *which, STEPS[act], actor=actor, now=now)
        return "its place is changed."
    if act == "show":
        choosing.include_finding(session, report, *which, actor=actor, now=now)
        return "it will be printed."
    if act == "hide":
        choosing.leave_out_finding(session, report, *which, actor=actor, now=now)
        return "it is left out. Its answers are kept."
    if act == "group":
        by = _by(request.form.get("by", ""))
        choosing.group_finding(session, report, *which, by, actor=actor, now=now)
        return "it is shown by groups." if by else "it is shown of all together."
    return abort(400)


def _by(chosen: str) -> By | None:
    return next((by for by in BY if by == chosen), None)


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)
