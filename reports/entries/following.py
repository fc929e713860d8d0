"""Following an answer through its year: an owner, evidence, dated steps, and what is due when."""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit, taxonomy
from engage.consultations import local_date
from reports.checks.rules import later
from reports.entries import drafting, standing
from reports.models import Entry, Publication, Report, StatusEvent, owners
from reports.models.life import EntryTag, Measure

TAG_LISTS = ("outcome_bees", "promises", "service_areas")
REVIEW_MONTHS = (3, 6, 12)
REMIND_BEFORE = dt.timedelta(days=14)


class FollowUpError(ValueError):
    """Something cannot be kept as it is; the message says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Evidence:
    """One measure as it is typed: where it began, where it is, on which day, and who says so."""

    name: str
    baseline: str
    current: str
    as_at: dt.date
    source: str


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How far an answer is on a day, what shows it, and when it is looked at next.

    `review_month` is 3, 6 or 12 where this is one of the reviews of the year.
    """

    on_date: dt.date
    note: str
    evidence: str = ""
    next_check: dt.date | None = None
    review_month: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Owed:
    """One thing that is due: an answer, a deed, a check, or the review after 3, 6 or 12 months.

    Attributes:
        what: "answer", "deed", "check" or "review".
        months: 3, 6 or 12 for a review, else 0.
    """

    entry: Entry
    what: str
    due_on: dt.date
    months: int = 0

    @property
    def text(self) -> str:
        """Say what is owed in plain words."""
        words = {
            "answer": "Write the answer",
            "deed": "Do it, or say why not",
            "check": "Check it and say how far it is",
        }
        return words.get(self.what, f"Review after {self.months} months")


def assign(
    session: Session,
    entry: Entry,
    *,
    role: str,
    body: str,
    answer_by: dt.date,
    address: str = "",
    actor: str,
    now: dt.datetime,
) -> Entry:
    """Give an entry to an owner, a role and a body, with a day by which the answer is written.

    The address is where the mail of that post goes, for this entry and every other of it; an
    empty one is forgotten.
    """
    if not role.strip() or not body.strip():
        message = "Name the role and the body. A person may leave; a role stays."
        raise FollowUpError(message)
    if answer_by < local_date(now):
        message = "Choose a day for the answer that is still to come."
        raise FollowUpError(message)
    entry.owner_role, entry.owner_org = role.strip(), body.strip()
    entry.assigned_on, entry.answer_by = local_date(now), answer_by
    owners.keep_mailbox(session, role.strip(), body.strip(), address.strip(), actor=actor, now=now)
    session.flush()
    _note(session, "assigned_entry", entry, actor=actor, now=now)
    return entry


def link(
    session: Session,
    entry: Entry,
    codes: Mapping[str, Iterable[str]],
    *,
    actor: str,
    now: dt.datetime,
) -> Entry:
    """Say which bees, promises and areas of service an entry is about; others are taken off."""
    wanted = {(name, code) for name in TAG_LISTS for code in codes.get(name, ())}
    known = {
        (name, term.code) for name in TAG_LISTS for term in taxonomy.terms(name, local_date(now))
    }
    if wanted - known:
        message = "Choose from the lists."
        raise FollowUpError(message)
    kept = [tag for tag in entry.tags if (tag.taxonomy, tag.code) in wanted]
    there = {(tag.taxonomy, tag.code) for tag in kept}
    entry.tags = kept + [EntryTag(taxonomy=n, code=c) for n, c in sorted(wanted - there)]
    session.flush()
    _note(session, "linked_entry", entry, actor=actor, now=now)
    return entry


def add_measure(
    session: Session, entry: Entry, found: Evidence, *, actor: str, now: dt.datetime
) -> Measure:
    """Add evidence with where it began, where it is, on which day, and who says so."""
    words = {
        name: getattr(found, name).strip() for name in ("name", "baseline", "current", "source")
    }
    if not all(words.values()):
        message = "Give the measure, where it began, where it is now, and the source."
        raise FollowUpError(message)
    if found.as_at > local_date(now):
        message = "The day of the value cannot be in the future."
        raise FollowUpError(message)
    measure = Measure(
        entry_id=entry.id, position=len(entry.measures) + 1, as_at=found.as_at, **words
    )
    session.add(measure)
    session.flush()
    session.expire(entry, ["measures"])
    _note(session, "added_measure", entry, actor=actor, now=now)
    return measure


def add_step(
    session: Session, entry: Entry, step: Progress, *, actor: str, now: dt.datetime
) -> StatusEvent:
    """Say how far an answer is on a day, and when it is looked at next."""
    if not step.note.strip():
        message = "Say in a sentence how far it is."
        raise FollowUpError(message)
    if step.on_date > local_date(now):
        message = "A step has happened already. Its day cannot be in the future."
        raise FollowUpError(message)
    if step.review_month is not None and step.review_month not in REVIEW_MONTHS:
        message = "Reviews are after 3, 6 and 12 months."
        raise FollowUpError(message)
    entry.last_reviewed = step.on_date
    entry.review_due = step.next_check or entry.review_due
    return drafting.set_status(
        session, entry, on_date=step.on_date, note=step.note.strip(),
        evidence=step.evidence.strip(), review_month=step.review_month, actor=actor, now=now,
    )  # fmt: skip


def owed(session: Session, report: Report, today: dt.date) -> list[Owed]:
    """Return what is due for each entry until a fortnight from now, the latest first."""
    first = session.scalar(
        select(Publication.published_at)
        .where(Publication.report_id == report.id)
        .order_by(Publication.version)
        .limit(1)
    )
    began = local_date(first) if first else None
    found = [one for entry in report.entries for one in _of_entry(entry, began)]
    soon = [one for one in found if one.due_on <= today + REMIND_BEFORE]
    return sorted(soon, key=lambda one: (one.due_on, one.entry.position))


def _of_entry(entry: Entry, began: dt.date | None) -> Sequence[Owed]:
    if entry.response_type is None:
        return [Owed(entry, "answer", entry.answer_by)] if entry.answer_by else []
    found = []
    if entry.due_on and standing.standing(entry).status not in {"done", "cant"}:
        found.append(Owed(entry, "deed", entry.due_on))
    if entry.review_due:
        found.append(Owed(entry, "check", entry.review_due))
    if began:
        kept = {event.review_month for event in entry.events}
        found += [
            Owed(entry, "review", later(began, months), months)
            for months in REVIEW_MONTHS
            if months not in kept
        ]
    return found


def _note(session: Session, verb: str, entry: Entry, *, actor: str, now: dt.datetime) -> None:
    audit.record(session, actor=actor, verb=verb, object_type="entry", object_id=entry.id, now=now)
