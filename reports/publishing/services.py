"""The verbs of the reports room: build a draft, check it, publish it."""

import dataclasses
import datetime as dt
from collections.abc import Callable

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import frame, queries
from analysis.models.store import AnalysisRun
from engage import audit, jobs
from engage.consultations import Consultation, local_date
from engage.settings import Settings
from reports.checks import rules
from reports.counting import wordcounts
from reports.documents import editions, printed
from reports.documents.document import Document, Voice, from_json, to_json
from reports.entries.approvals import approve_findings, record_decision
from reports.entries.drafting import (
    FindingsNotApprovedError,
    Front,
    Reply,
    ReplyIncompleteError,
    Saying,
    ThemeNotApprovedError,
    add_quote,
    create_report,
    draft_entry,
    drop_quote,
    find_report,
    respond_to,
    set_status,
    write_front,
    write_saying,
)
from reports.models import Entry, Publication, PublicationFile, Report
from reports.publishing import (
    compose,
    counts,
    figurerows,
    inspection,
    known,
    recounting,
    takeouts,
    whole,
)
from reports.publishing.compose import Composed
from reports.words import canonical


class NotAnalysedError(ValueError):
    """There is no analysis to report on yet."""


class RulesBrokenError(ValueError):
    """The report breaks rules that stop publication; `findings` says which and what to do."""

    def __init__(self, findings: tuple[rules.Finding, ...]) -> None:
        self.findings = findings
        lines = [f"{f.entry}: {f.sentence}" if f.entry else f.sentence for f in findings]
        super().__init__("The report cannot be published yet. " + " ".join(lines))


class PublicationRefusedError(ValueError):
    """A publication asked for earlier was refused; the message can be read by all staff."""

    def __init__(self) -> None:
        super().__init__("The report breaks rules. Open its page to see which.")


def build(session: Session, consultation: Consultation, *, actor: str, now: dt.datetime) -> Report:
    """Open the report if there is none, with an entry for every approved theme that has none.

    What people already wrote is left as it is, so building again is safe.
    """
    latest_run(session, consultation.id)
    report = create_report(session, consultation, actor=actor, now=now)
    answered = {theme.id for entry in report.entries for theme in entry.themes}
    for theme in queries.approved_themes(session, consultation.id):
        if theme.id not in answered:
            draft_entry(session, report, [theme], actor=actor, now=now)
    session.expire(report, ["entries"])
    return report


def check(
    session: Session, report: Report, *, settings: Settings, now: dt.datetime
) -> tuple[rules.Finding, ...]:
    """Apply every rule to the draft as it stands."""
    run = queries.latest_run(session, report.consultation_id)
    made = _tally(session, report, run, settings) if run else None
    return _check(session, report, made, settings=settings, now=now)


def _check(
    session: Session,
    report: Report,
    made: counts.Tally | None,
    *,
    settings: Settings,
    now: dt.datetime,
) -> tuple[rules.Finding, ...]:
    facts = inspection.report_facts(session, report, made, settings)
    return rules.check(facts, local_date(now))


def _tally(session: Session, report: Report, run: AnalysisRun, settings: Settings) -> counts.Tally:
    """Count themes and entries alone, for whoever writes about them."""
    before = [wordcounts.without(one) for one in known.printed_before(session, report)]
    return counts.tally(session, report, run, settings, before)


def _whole(
    session: Session, report: Report, run: AnalysisRun, settings: Settings, now: dt.datetime
) -> counts.Tally:
    before = known.printed_before(session, report)
    return whole.tally(session, report, run, before, settings=settings, now=now)


def entry_voices(
    session: Session, entry: Entry, run: AnalysisRun, settings: Settings
) -> tuple[Voice, ...]:
    """Return who raised an entry's themes, as the published page will say it."""
    return counts.voices(_tally(session, entry.report, run, settings), entry)


def publish(  # a publication is nothing without who, when and where
    session: Session,
    report: Report,
    *,
    settings: Settings,
    actor: str,
    now: dt.datetime,
    note: str = "",
    progress: Callable[[str, int, int], None] = lambda *_: None,
) -> Publication:
    """Freeze the draft as a new version with its figures and files.

    Raises NotAnalysedError without a run, RulesBrokenError with a sentence for every broken rule
    and FiguresDoNotMatchError when a number is not what counting gives. Earlier versions stay as
    they are.
    """
    run = latest_run(session, report.consultation_id)
    made = _whole(session, report, run, settings, now)
    broken = rules.blocks(_check(session, report, made, settings=settings, now=now))
    if broken:
        raise RulesBrokenError(broken)
    composed = _composed(session, report, made, settings=settings, now=now, note=note)
    recounting.require(session, composed.document, run, settings=settings, now=now)
    files = _files(composed.document, progress)  # before the first write: a PDF holds no lock
    publication = _store(session, report, run, composed, actor=actor, now=now)
    _keep(session, publication, files)
    audit.record(
        session, actor=actor, verb="published", object_type="publication",
        object_id=publication.id, now=now,
    )  # fmt: skip
    if takeouts.told_of(session, publication, settings.threshold):
        jobs.enqueue(session, takeouts.TELL_JOB, publication.id, asked_by=actor, now=now)
    return publication


def next_document(
    session: Session, report: Report, *, settings: Settings, now: dt.datetime, note: str = ""
) -> Document:
    """Put the next version together from the draft as it stands; nothing is kept.

    Raises NotAnalysedError without a run.
    """
    run = latest_run(session, report.consultation_id)
    made = _whole(session, report, run, settings, now)
    return _composed(session, report, made, settings=settings, now=now, note=note).document


def _composed(  # as above
    session: Session,
    report: Report,
    made: counts.Tally,
    *,
    settings: Settings,
    now: dt.datetime,
    note: str,
) -> Composed:
    newest = latest(session, report)
    composed = compose.composed(
        session, report, made, settings=settings, now=now, note=note,
        version=newest.version + 1 if newest else 1,
    )  # fmt: skip
    if newest is None:
        return composed
    old = {fact.key: fact for fact in printed.ledger(from_json(newest.document))}
    return dataclasses.replace(composed, document=printed.with_revisions(composed.document, old))


@jobs.handler("publish")
def publish_report(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Publish a report off the request; the job and its publication are committed together."""
    progress("Making the pages and the files", 0, 1)
    report = session.get_one(Report, job.subject_id)
    try:
        publish(session, report, settings=settings, actor=job.asked_by, now=now, progress=progress)
    except RulesBrokenError:
        raise PublicationRefusedError from None  # its findings may quote a name
    progress("Published", 1, 1)


def latest_run(session: Session, consultation_id: str) -> AnalysisRun:
    """Return the newest run, or raise NotAnalysedError."""
    run = queries.latest_run(session, consultation_id)
    if run is None:
        message = "Analyse the answers first: a report rests on an analysis."
        raise NotAnalysedError(message)
    return run


def latest(session: Session, report: Report) -> Publication | None:
    """Return the newest version of a report, or None before the first."""
    return session.scalar(
        select(Publication)
        .where(Publication.report_id == report.id)
        .order_by(Publication.version.desc())
        .limit(1)
    )


def to_review(session: Session, report: Report) -> frozenset[str]:
    """Return the keys of entries whose themes people have changed since the newest version."""
    newest = latest(session, report)
    if newest is None:
        return frozenset()
    changed = frame.changed_since(session, report.consultation_id, newest.published_at)
    return frozenset(
        entry.key for entry in report.entries if any(theme.id in changed for theme in entry.themes)
    )


def _store(  # one row and everything that hangs on it
    session: Session,
    report: Report,
    run: AnalysisRun,
    composed: Composed,
    *,
    actor: str,
    now: dt.datetime,
) -> Publication:
    document, made = composed.document, composed.made
    text = to_json(document)
    publication = Publication(
        report_id=report.id, version=document.cover.version, snapshot_id=run.snapshot_id,
        run_id=run.id, document=text, document_hash=canonical.digest(text), published_at=now,
        published_by=actor, note=document.note,
        counted=editions.to_text(made.counted, made.shown),
    )  # fmt: skip
    session.add(publication)
    session.flush()
    figurerows.store(session, publication, document)
    return publication


def _files(document: Document, progress: Callable[[str, int, int], None]) -> list[PublicationFile]:
    from reports.publishing import filing  # noqa: PLC0415  # heavy: only who publishes pays

    return filing.everything(document, progress)


def _keep(session: Session, publication: Publication, files: list[PublicationFile]) -> None:
    for file in files:
        file.publication_id = publication.id
    session.add_all(files)
    session.flush()


__all__ = [
    "FindingsNotApprovedError", "Front", "NotAnalysedError", "PublicationRefusedError", "Reply",
    "ReplyIncompleteError", "RulesBrokenError", "Saying", "ThemeNotApprovedError", "add_quote",
    "approve_findings", "build", "check", "create_report", "draft_entry", "drop_quote",
    "entry_voices", "find_report", "latest", "latest_run", "next_document", "publish",
    "publish_report", "record_decision", "respond_to", "set_status", "write_front", "write_saying",
]  # fmt: skip
