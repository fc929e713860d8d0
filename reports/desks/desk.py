"""Staff views of the report: what is written, what the rules say, and publishing it."""

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import Form

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage import audit, jobs
from engage.consultations import local_date
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from engage.settings import Settings
from reports.checks import rules
from reports.desks.forms import EntryForm, FrontForm, SayingForm, entry_form
from reports.documents.document import RESPONSE_TYPES, STATUS_WORDS, from_json
from reports.entries import standing
from reports.findings import evidence
from reports.findings.evidence import Candidate
from reports.formats.source import TAKEN_OUT
from reports.models import Entry, EntryQuote, Publication, Report
from reports.publishing import checking, drafts, services, takeouts
from reports.words import excerpts, wording
from reports.words.excerpts import WHOLE
from surveys import pictures

QUOTES_SHOWN = 12
LONGEST_SEGMENT = 6
blueprint = Blueprint("report_desk", __name__, url_prefix="/desk/consultations/<slug>/report")


@blueprint.get("/")
def overview(slug: str) -> str:
    """Show every entry with its status and what the rules say about it."""
    plan = plan_or_404(slug)
    report = services.find_report(db.session(), plan)
    findings = _findings(report) if report else ()
    newest = services.latest(db.session(), report) if report else None
    return render_template(
        "reports/desk_overview.html",
        plan=plan,
        report=report,
        of_report=[f for f in findings if not f.entry],
        of_entry=_by_entry(findings),
        approved=len(queries.approved_themes(db.session(), plan.id)),
        latest=newest,
        review=services.to_review(db.session(), report) if report else frozenset(),
        stands=standing.standing,
        draft=drafts.kept(db.session(), report) if report else None,
        since=_since(newest) if newest else (),
        demo=plan.is_demo,
        **_words(),
    )


@blueprint.post("/build")
def build(slug: str) -> Response:
    """Open the report, with an entry for every approved theme that has none."""
    try:
        services.build(db.session(), plan_or_404(slug), actor=current_user.id, now=utc_now())
    except services.NotAnalysedError as mistake:
        flash(str(mistake), "error")
        return _to("overview", slug)
    db.session.commit()
    flash("The entries are ready to be written.", "done")
    return _to("overview", slug)


@blueprint.get("/front")
def front(slug: str) -> str:
    """Show what stands on the front of the report."""
    report = _report(slug)
    return _front_page(report, FrontForm(obj=report))


@blueprint.post("/front")
def save_front(slug: str) -> Any:
    """Keep what stands on the front of the report."""
    report = _report(slug)
    form = FrontForm(request.form)
    if not form.validate():
        return _front_page(report, form), 400
    services.write_front(db.session(), report, form.front(), actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("The front of the report is saved.", "done")
    return _to("overview", slug)


@blueprint.get("/entries/<key>")
def entry(slug: str, key: str) -> str:
    """Show one entry to write in, with its evidence, quotes and rules."""
    found = _entry(slug, key)
    return _entry_page(found, entry_form(found, local_date(utc_now())))


@blueprint.post("/entries/<key>")
def save_entry(slug: str, key: str) -> Any:
    """Keep what was written, or only try it; what cannot be kept comes back with its sentence."""
    form = entry_form(_entry(slug, key), local_date(utc_now()), request.form)
    if not form.validate():
        return _entry_page(_entry(slug, key), form), 400
    try:
        _write(_entry(slug, key), form)
    except services.ReplyIncompleteError as mistake:
        db.session.rollback()
        for name, sentence in mistake.missing:
            form[name].errors = [sentence]
        return _entry_page(_entry(slug, key), form), 400
    if request.form.get("act") == "check":
        tried = _by_entry(_findings(_report(slug))).get(key, [])
        db.session.rollback()
        return _entry_page(_entry(slug, key), form, tried=tried)
    db.session.commit()
    flash("The entry is saved.", "done")
    return _to("entry", slug, key=key)


@blueprint.post("/entries/<key>/quote")
def quote(slug: str, key: str) -> Response:
    """Pick a quote for print, or take one out."""
    found = _entry(slug, key)
    coding = _coding(request.form.get("coding", ""))
    try:
        if request.form.get("act") == "drop":
            services.drop_quote(db.session(), found, coding, actor=current_user.id, now=utc_now())
        else:
            run = services.latest_run(db.session(), found.report.consultation_id)
            services.add_quote(
                db.session(), found, run, coding, actor=current_user.id, now=utc_now()
            )
    except ValueError as mistake:
        flash(str(mistake), "error")
        return _to("entry", slug, key=key)
    db.session.commit()
    flash("The quotes are saved.", "done")
    return _to("entry", slug, key=key)


@blueprint.get("/publish")
def confirm(slug: str) -> str:
    """Show what publishing will do, and every rule that stops it."""
    report = _report(slug)
    findings = _findings(report)
    latest = services.latest(db.session(), report)
    return render_template(
        "reports/desk_publish.html",
        plan=report.consultation,
        report=report,
        blocks=rules.blocks(findings),
        warnings=[finding for finding in findings if finding.weight == "warn"],
        titles={found.key: found.title for found in report.entries},
        version=latest.version + 1 if latest else 1,
        demo=report.consultation.is_demo,
    )


@blueprint.post("/publish")
def publish(slug: str) -> Response:
    """Ask the worker to publish; the rules are asked again when it does."""
    report = _report(slug)
    broken = rules.blocks(_findings(report))
    if broken:
        flash("The report cannot be published yet. See what is missing.", "error")
        return _to("confirm", slug)
    job = jobs.enqueue(db.session(), "publish", report.id, asked_by=current_user.id, now=utc_now())
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


def _write(found: Entry, form: SayingForm) -> None:
    actor, now = current_user.id, utc_now()
    if isinstance(form, EntryForm) and form.is_begun:
        services.respond_to(db.session(), found, form.reply(), actor=actor, now=now)
    services.write_saying(db.session(), found, form.saying(), actor=actor, now=now)


def _entry_page(found: Entry, form: Form, tried: list[rules.Finding] | None = None) -> str:
    """Show an entry beside what people wrote, and record who read it before it is shown."""
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="entry", object_id=found.id,
        now=utc_now(),
    )  # fmt: skip
    plan, session = found.report.consultation, db.session()
    run = queries.latest_run(session, plan.id)
    picked = {(q.response_id, q.question, q.segment) for q in found.quotes}
    offered = evidence.quotable(session, run, found.themes, plan.closes_on) if run else ()
    return render_template(
        "reports/desk_entry.html",
        plan=plan,
        entry=found,
        form=form,
        findings=_by_entry(_findings(found.report)).get(found.key, []) if tried is None else tried,
        tried=tried is not None,
        voices=services.entry_voices(session, found, run, _settings()) if run else (),
        taken_out=takeouts.taken_back(session, [quote.response_id for quote in found.quotes]),
        taken_words=TAKEN_OUT,
        pictures=pictures.table().values(),
        quotes=_as_printed(session, found, run),
        offered=_different(
            one for one in offered if (one.response_id, one.question, one.segment) not in picked
        )[:QUOTES_SHOWN],
        demo=plan.is_demo,
        **_words(),
    )


def _as_printed(
    session: Session, found: Entry, run: AnalysisRun | None
) -> list[tuple[EntryQuote, str]]:
    """Return the quotes in use with the words as readers see them."""
    cuts = evidence.cuts_of(session, run, found.quotes) if run else [WHOLE] * len(found.quotes)
    return [(q, excerpts.shown(q.text, cut)) for q, cut in zip(found.quotes, cuts, strict=True)]


def _different(offered: Iterable[Candidate]) -> list[Candidate]:
    """Keep one of each wording: shared text of a campaign would fill the list."""
    first: dict[str, Candidate] = {}
    for one in offered:
        first.setdefault(" ".join(one.text.casefold().split()), one)
    return list(first.values())


def _front_page(report: Report, form: FrontForm) -> str:
    plan = report.consultation
    return render_template(
        "reports/desk_front.html", plan=plan, form=form, pictures=pictures.table().values(),
        demo=plan.is_demo,
    )  # fmt: skip


def _since(newest: Publication) -> tuple[str, ...]:
    """Say what became of the newest version, without counting its figures again."""
    document = from_json(newest.document)
    return tuple(checking.since(db.session(), newest, document, local_date(utc_now())))


def _findings(report: Report) -> tuple[rules.Finding, ...]:
    """Return what the rules say of the draft, what stops publication first."""
    found = services.check(db.session(), report, settings=_settings(), now=utc_now())
    return tuple(sorted(found, key=lambda one: one.weight != "block"))


def _by_entry(findings: tuple[rules.Finding, ...]) -> dict[str, list[rules.Finding]]:
    found: dict[str, list[rules.Finding]] = {}
    for finding in findings:
        found.setdefault(finding.entry, []).append(finding)
    return found


def _coding(typed: str) -> tuple[str, str, int]:
    response_id, _, rest = typed.partition("/")
    question, _, segment = rest.partition("/")
    if not (segment.isdecimal() and len(segment) <= LONGEST_SEGMENT):
        abort(400)
    return response_id, question, int(segment)


def _report(slug: str) -> Report:
    return services.find_report(db.session(), plan_or_404(slug)) or abort(404)


def _entry(slug: str, key: str) -> Entry:
    report = _report(slug)
    statement = select(Entry).where(Entry.report_id == report.id, Entry.key == key)
    return db.session.scalar(statement) or abort(404)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings


def _words() -> dict[str, Any]:
    return {
        "status_words": STATUS_WORDS,
        "status_of": RESPONSE_TYPES,
        "date": wording.date,
    }


def _to(endpoint: str, slug: str, key: str | None = None) -> Response:
    return redirect(url_for(f".{endpoint}", slug=slug, key=key), 303)
