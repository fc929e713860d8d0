"""Writing the draft: who said what, what is done about it, and which words are quoted."""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun, Theme
from engage import audit
from engage.consultations import Consultation, local_date
from reports.checks.rules import PROMISES, REFUSALS
from reports.documents.document import RESPONSE_TYPES
from reports.entries.standing import standing
from reports.findings import evidence
from reports.models import REASON_LENGTH, Entry, EntryQuote, Report, StatusEvent
from reports.words import addresses

MOST_QUOTES = 3
NO_STATUS = "Write an answer first: an entry without one has no status."


class ThemeNotApprovedError(ValueError):
    """Only themes that a person approved may reach a report."""


class FindingsNotApprovedError(ValueError):
    """An answer was written before anybody approved what families said."""


class ReplyIncompleteError(ValueError):
    """A promise or refusal lacks what makes it honest; says what, as (field, sentence)."""

    def __init__(self, *missing: tuple[str, str]) -> None:
        super().__init__(" ".join(sentence for _, sentence in missing))
        self.missing = missing


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """What stands on the front of the report, in both editions."""

    title: str
    easy_title: str
    summary: str
    easy_summary: str
    not_heard: str
    easy_not_heard: str
    next_update: dt.date | None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Saying:
    """The first band: what families said, in both editions, and what some said differently."""

    title: str
    easy_title: str
    said_text: str
    said_easy: str
    also_said: str = ""
    reg56_category: str | None = None


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """The second band: what is done about it. Field names are those of the entry table."""

    response_type: str
    we_did_text: str
    we_did_easy: str
    because_kind: str | None = None
    because_text: str = ""
    because_easy: str = ""
    instead_text: str = ""
    instead_easy: str = ""
    evidence_text: str = ""
    difference: str = ""
    owner_role: str = ""
    owner_org: str = ""
    decided_by: str = ""
    decided_on: dt.date | None = None
    started_on: dt.date | None = None
    due_on: dt.date | None = None
    done_on: dt.date | None = None
    caused_by: str | None = None
    review_due: dt.date | None = None


def create_report(
    session: Session, consultation: Consultation, *, actor: str, now: dt.datetime
) -> Report:
    """Open the draft of a consultation, or return the one that is already there."""
    existing = find_report(session, consultation)
    if existing is not None:
        return existing
    report = Report(
        consultation_id=consultation.id,
        slug=addresses.free_slug(consultation.slug),
        title=f"You said, we did: {consultation.title}",
        easy_title="You said, we did",
        created_at=now,
    )
    session.add(report)
    session.flush()
    _note(session, "opened_report", "report", report.id, actor=actor, now=now)
    return report


def find_report(session: Session, consultation: Consultation) -> Report | None:
    """Return the consultation's report, if somebody has opened one."""
    return session.scalar(select(Report).where(Report.consultation_id == consultation.id))


def write_front(
    session: Session, report: Report, front: Front, *, actor: str, now: dt.datetime
) -> Report:
    """Keep what stands on the front."""
    _assign(report, front)
    session.flush()
    _note(session, "wrote_front", "report", report.id, actor=actor, now=now)
    return report


def draft_entry(
    session: Session,
    report: Report,
    themes: Sequence[Theme],
    *,
    actor: str,
    now: dt.datetime,
    key: str = "",
) -> Entry:
    """Open an entry for one or several approved themes; the first gives its title and ambition.

    Raises KeyReservedError for a key that is part of another address.
    """
    if not themes or any(theme.approved_at is None or theme.retired_at for theme in themes):
        message = "Approve the theme first. Only approved themes reach a report."
        raise ThemeNotApprovedError(message)
    first = themes[0]
    entry = Entry(
        report=report,
        position=_next_position(session, report),
        key=addresses.key_for(key, first.name, {entry.key for entry in report.entries}),
        title=first.name,
        easy_title=first.easy_name,
        ambition=first.ambition,
        themes=list(themes),
    )
    session.add(entry)
    session.flush()
    _note(session, "drafted_entry", "entry", entry.id, actor=actor, now=now)
    return entry


def write_saying(
    session: Session, entry: Entry, saying: Saying, *, actor: str, now: dt.datetime
) -> Entry:
    """Keep what families said, in both editions."""
    _assign(entry, saying)
    session.flush()
    _note(session, "wrote_entry", "entry", entry.id, actor=actor, now=now)
    return entry


def respond_to(
    session: Session, entry: Entry, reply: Reply, *, actor: str, now: dt.datetime
) -> Entry:
    """Keep what is done about it; a changed status becomes a dated step of the history.

    Raises ReplyIncompleteError where the table would refuse: done without a day, a promise
    without an owner and a date, a refusal without a reason; FindingsNotApprovedError while nobody
    has approved what families said, so that an answer cannot shape the findings.
    """
    if entry.report.findings_approved_at is None:
        message = "Approve the findings first. What people said is agreed before it is answered."
        raise FindingsNotApprovedError(message)
    _require_whole(reply)
    before = RESPONSE_TYPES.get(entry.response_type or "")
    _assign(entry, reply)
    entry.last_reviewed = local_date(now)
    session.flush()
    _note(session, "answered_entry", "entry", entry.id, actor=actor, now=now)
    if RESPONSE_TYPES[reply.response_type] != before:
        set_status(session, entry, on_date=_status_date(reply, now), actor=actor, now=now)
    return entry


def set_status(
    session: Session,
    entry: Entry,
    *,
    on_date: dt.date,
    actor: str,
    now: dt.datetime,
    note: str = "",
    evidence: str = "",
    review_month: int | None = None,
) -> StatusEvent:
    """Add a dated step to the entry's history, with the status that its answer has now."""
    if entry.response_type is None:
        raise ReplyIncompleteError(("response_type", NO_STATUS))
    step = StatusEvent(
        entry_id=entry.id,
        status=standing(entry).status,
        on_date=on_date,
        note=note,
        evidence=evidence,
        review_month=review_month,
        recorded_by=actor,
        recorded_at=now,
    )
    session.add(step)
    session.flush()
    session.expire(entry, ["events"])
    _note(session, "set_status", "entry", entry.id, actor=actor, now=now)
    return step


def add_quote(
    session: Session,
    entry: Entry,
    run: AnalysisRun,
    coding: tuple[str, str, int],
    *,
    actor: str,
    now: dt.datetime,
) -> EntryQuote:
    """Pick a clause (response, question, segment) for print.

    Raises QuoteNotAllowedError unless its writer said yes, nobody holds it, it belongs to the
    entry's themes, and at least ten people of that audience raised them.
    """
    closed_on = entry.report.consultation.closes_on
    allowed = evidence.quotable(session, run, entry.themes, closed_on)
    chosen = next((c for c in allowed if (c.response_id, c.question, c.segment) == coding), None)
    if chosen is None:
        message = "These words may not be printed. Choose from the list."
        raise evidence.QuoteNotAllowedError(message)
    if len(entry.quotes) >= MOST_QUOTES:
        message = f"An entry has at most {MOST_QUOTES} quotes. Take one out first."
        raise evidence.QuoteNotAllowedError(message)
    quote = EntryQuote(
        entry_id=entry.id, response_id=chosen.response_id, question=chosen.question,
        segment=chosen.segment, position=len(entry.quotes), text=chosen.text,
        attribution=chosen.attribution, permission="yes", picked_by=actor, picked_at=now,
    )  # fmt: skip
    entry.quotes.append(quote)
    session.flush()
    _note(session, "picked_quote", "entry", entry.id, actor=actor, now=now)
    return quote


def drop_quote(
    session: Session, entry: Entry, coding: tuple[str, str, int], *, actor: str, now: dt.datetime
) -> Entry:
    """Take a quote out of the draft; what was published with it stays as it was."""
    entry.quotes = [q for q in entry.quotes if (q.response_id, q.question, q.segment) != coding]
    session.flush()
    _note(session, "dropped_quote", "entry", entry.id, actor=actor, now=now)
    return entry


def _require_whole(reply: Reply) -> None:
    if missing := _missing(reply):
        raise ReplyIncompleteError(*missing)


def _missing(reply: Reply) -> tuple[tuple[str, str], ...]:
    """Return what each kind of answer cannot be without, by field."""
    kind = reply.response_type
    promised, refused = kind in PROMISES, kind in REFUSALS
    short = len(reply.because_text.strip()) < REASON_LENGTH
    asked = (
        (kind not in RESPONSE_TYPES, "response_type", "Choose how far the answer is."),
        (kind == "done" and not reply.done_on, "done_on", "Say on which day it was done."),
        (promised and not reply.owner_role.strip(), "owner_role", "Say which post will do it."),
        (promised and not reply.owner_org.strip(), "owner_org", "Say which body will do it."),
        (promised and not reply.due_on, "due_on", "Say by when it will be done."),
        (refused and not reply.because_kind, "because_kind", "Choose the kind of reason."),
        (refused and short, "because_text", f"Explain why in at least {REASON_LENGTH} letters."),
    )
    return tuple((field, sentence) for missing, field, sentence in asked if missing)


def _status_date(reply: Reply, now: dt.datetime) -> dt.date:
    known = {"done": reply.done_on, "doing": reply.started_on}.get(reply.response_type)
    return known or reply.decided_on or local_date(now)


def _assign(row: Entry | Report, values: Front | Saying | Reply) -> None:
    for field in dataclasses.fields(values):
        value = getattr(values, field.name)
        setattr(row, field.name, value.strip() if isinstance(value, str) else value)


def _next_position(session: Session, report: Report) -> int:
    last = session.scalar(select(func.max(Entry.position)).where(Entry.report_id == report.id))
    return (last or 0) + 1


def _note(
    session: Session, verb: str, kind: str, identity: str, *, actor: str, now: dt.datetime
) -> None:
    audit.record(session, actor=actor, verb=verb, object_type=kind, object_id=identity, now=now)
