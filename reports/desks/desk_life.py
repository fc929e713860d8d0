"""Staff views of an entry's life: findings, decision, owner, evidence, steps, and families."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import Form

from engage import audit, jobs, taxonomy
from engage.consultations import local_date
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from reports.desks.life_forms import AssignForm, DecisionForm, MeasureForm, StepForm, values
from reports.documents import sentences
from reports.documents.document import STATUS_WORDS
from reports.documents.familywords import REDACTED, VERDICT_WORDS
from reports.entries import approvals, following, standing
from reports.loop import reminding
from reports.models import Entry, Report, owners
from reports.models.life import CoOwner, FamilyVerdict, SignOff
from reports.publishing import drafts, services, takeouts
from reports.words import wording

blueprint = Blueprint("report_life", __name__, url_prefix="/desk/consultations/<slug>/report")
TAG_TITLES = {
    "outcome_bees": "Outcome bees",
    "promises": "Promises of the strategy",
    "service_areas": "Areas of service",
}
FORMS: dict[str, type[Form]] = {"assign": AssignForm, "measure": MeasureForm, "step": StepForm}


@blueprint.post("/findings")
def approve(slug: str) -> Response:
    """Approve what families said, so that answers can be written."""
    report = _report(slug)
    try:
        approvals.approve_findings(db.session(), report, actor=current_user.id, now=utc_now())
    except approvals.ApprovalError as mistake:
        flash(str(mistake), "error")
    else:
        db.session.commit()
        flash("The findings are approved. The answers can be written now.", "done")
    return redirect(url_for("report_desk.overview", slug=slug), 303)


@blueprint.get("/decision")
def decision(slug: str) -> str:
    """Show what a decision has to consider, and the form to record it."""
    report = _report(slug)
    return _decision_page(report, DecisionForm(data={"decided_by": report.consultation.decided_by}))


@blueprint.post("/decision")
def decide(slug: str) -> Any:
    """Record a decision, with every theme that is approved by now."""
    report, form = _report(slug), DecisionForm(request.form)
    if not form.validate():
        return _decision_page(report, form), 400
    try:
        approvals.record_decision(
            db.session(), report, **values(form), actor=current_user.id, now=utc_now()
        )
    except approvals.ApprovalError as mistake:
        return _decision_page(report, form, str(mistake)), 400
    db.session.commit()
    flash("The decision is recorded.", "done")
    return redirect(url_for("report_desk.overview", slug=slug), 303)


@blueprint.get("/due")
def due(slug: str) -> str:
    """List what owners owe now or within a fortnight, the latest first."""
    report, today = _report(slug), local_date(utc_now())
    return render_template(
        "reports/desk_due.html",
        plan=report.consultation,
        owed=[
            (one, owners.mailbox_of(db.session(), one.entry.owner_role, one.entry.owner_org))
            for one in following.owed(db.session(), report, today)
        ],
        reminded={one.id: reminding.reminders(db.session(), one) for one in report.entries},
        outcomes=reminding.OUTCOMES,
        today=today,
        date=wording.date,
        demo=report.consultation.is_demo,
    )


@blueprint.get("/entries/<key>/follow-up")
def follow_up(slug: str, key: str) -> str:
    """Show an entry's owner, links, evidence, steps and what families say of it."""
    return _page(_entry(slug, key))


@blueprint.post("/entries/<key>/owner")
def assign(slug: str, key: str) -> Any:
    """Give the entry to a role and a body."""
    return _kept(slug, key, "assign", following.assign, "The entry is assigned.")


@blueprint.post("/entries/<key>/measures")
def add_measure(slug: str, key: str) -> Any:
    """Add a piece of evidence."""
    return _kept(slug, key, "measure", _measure, "The evidence is added.")


@blueprint.post("/entries/<key>/steps")
def add_step(slug: str, key: str) -> Any:
    """Say how far it is on a day."""
    return _kept(slug, key, "step", _step, "The step is kept. Publish it with the next version.")


@blueprint.post("/entries/<key>/links")
def link(slug: str, key: str) -> Any:
    """Say what the entry is about."""
    found = _entry(slug, key)
    codes = {name: request.form.getlist(name) for name in following.TAG_LISTS}
    try:
        following.link(db.session(), found, codes, actor=current_user.id, now=utc_now())
    except following.FollowUpError as mistake:
        return _page(found, mistake=str(mistake)), 400
    return _done(slug, key, "The links are saved.")


@blueprint.post("/entries/<key>/slots")
def open_slot(slug: str, key: str) -> Any:
    """Give bodies a place to sign. There is no view that takes a place away."""
    found = _entry(slug, key)
    for code in request.form.getlist("body"):
        wanted = CoOwner.consultation_id == found.report.consultation_id, CoOwner.code == code
        body = db.session.scalar(select(CoOwner).where(*wanted)) or abort(400)
        approvals.open_slot(db.session(), found, body, actor=current_user.id, now=utc_now())
    return _done(slug, key, "They can sign now.")


@blueprint.post("/entries/<key>/verdicts/<verdict>/redaction")
def redact(slug: str, key: str, verdict: str) -> Any:
    """Take the words of a verdict out, with a reason; its value stays."""
    found, given = _entry(slug, key), db.session.get(FamilyVerdict, verdict)
    if given is None or given.entry_id != found.id:
        abort(404)
    done = "The words are taken out. The verdict stays."
    return _redacted(slug, found, given, approvals.redact_verdict, done)


@blueprint.post("/entries/<key>/signatures/<signed>/redaction")
def redact_refusal(slug: str, key: str, signed: str) -> Any:
    """Take the words of a refusal to sign out, with a reason; the refusal stays."""
    found, given = _entry(slug, key), db.session.get(SignOff, signed)
    if given is None or given.entry_id != found.id:
        abort(404)
    done = "The words are taken out. The refusal stays."
    return _redacted(slug, found, given, approvals.redact_refusal, done)


def _redacted(slug: str, found: Entry, given: Any, take: Callable[..., object], done: str) -> Any:
    session, actor, now = db.session(), current_user.id, utc_now()
    printed = takeouts.publications_printing(session, given)
    try:
        take(session, given, reason=request.form.get("reason", ""), actor=actor, now=now)
    except approvals.ApprovalError as mistake:
        return _page(found, mistake=str(mistake)), 400
    for publication in printed:
        jobs.enqueue(session, takeouts.JOB, publication.id, asked_by=actor, now=now)
    drafts.erase(session, found.report.consultation_id)
    return _done(slug, found.key, done)


def _kept(slug: str, key: str, name: str, keep: Callable[..., object], done: str) -> Any:
    """Keep one form of the page, or show the page again with what was typed."""
    found, form = _entry(slug, key), FORMS[name](request.form)
    if not form.validate():
        return _page(found, {name: form}), 400
    try:
        keep(db.session(), found, **values(form), actor=current_user.id, now=utc_now())
    except ValueError as mistake:
        db.session.rollback()
        return _page(_entry(slug, key), {name: form}, str(mistake)), 400
    return _done(slug, key, done)


def _measure(session: Session, found: Entry, *, actor: str, now: dt.datetime, **typed: Any) -> Any:
    evidence = following.Evidence(**typed)
    return following.add_measure(session, found, evidence, actor=actor, now=now)


def _step(session: Session, found: Entry, *, actor: str, now: dt.datetime, **typed: Any) -> Any:
    month = int(typed.pop("review_month") or 0) or None
    step = following.Progress(**typed, review_month=month)
    return following.add_step(session, found, step, actor=actor, now=now)


def _done(slug: str, key: str, words: str) -> Response:
    db.session.commit()
    flash(words, "done")
    return redirect(url_for(".follow_up", slug=slug, key=key), 303)


def _page(found: Entry, bound: dict[str, Form] | None = None, mistake: str = "") -> str:
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="entry", object_id=found.id,
        now=utc_now(),
    )  # fmt: skip
    plan, session = found.report.consultation, db.session()
    owner = {"role": found.owner_role, "body": found.owner_org, "answer_by": found.answer_by}
    owner["address"] = owners.mailbox_of(session, found.owner_role, found.owner_org)
    forms = {"assign": AssignForm(data=owner), "measure": MeasureForm(), "step": StepForm()}
    today = local_date(utc_now())
    return render_template(
        "reports/desk_follow_up.html",
        plan=plan,
        entry=found,
        forms={**forms, **(bound or {})},
        mistake=mistake,
        stands=standing.standing(found),
        signatures=standing.signatures(found),
        bodies=approvals.co_owners(session, plan.id),
        slotted={slot.co_owner_id for slot in found.slots},
        lists=[(n, TAG_TITLES[n], taxonomy.terms(n, today)) for n in following.TAG_LISTS],
        chosen={(tag.taxonomy, tag.code) for tag in found.tags},
        demo=plan.is_demo,
        date=wording.date,
        status_words=STATUS_WORDS,
        verdict_words=VERDICT_WORDS,
        redacted=REDACTED,
        signed=sentences.signature,
        reminders=reminding.reminders(session, found),
        outcomes=reminding.OUTCOMES,
        address=owner["address"],
    )


def _decision_page(report: Report, form: Form, mistake: str = "") -> str:
    return render_template(
        "reports/desk_decision.html",
        plan=report.consultation,
        report=report,
        form=form,
        mistake=mistake,
        themes=approvals.considered_themes(db.session(), report),
        demo=report.consultation.is_demo,
    )


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)


def _entry(slug: str, key: str) -> Entry:
    statement = select(Entry).where(Entry.report_id == _report(slug).id, Entry.key == key)
    return db.session.scalar(statement) or abort(404)
