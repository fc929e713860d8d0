"""Reminding owners by mail of what is due: once before a day and once after it, and on request.

A reminder is written down and committed before its mail is handed over. Whoever is killed in
between leaves one of which nobody can say whether it went: it is not sent again by itself. A mail
holds the titles of entries, what is owed and by when; never what somebody wrote or said.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import Connection, Engine, delete, select, tuple_, update
from sqlalchemy.orm import Session

from engage import audit, jobs
from engage.consultations import local_date
from engage.mail import (
    MailError,
    Message,
    NotNowError,
    RefusedError,
    Sender,
    UnsureError,
    sender_for,
)
from engage.settings import Settings
from reports.entries import following
from reports.entries.following import Owed
from reports.loop import mails
from reports.models import Entry, Report, owners
from reports.models.owners import Reminder
from reports.words import wording

ALL, ONE = "remind_owners", "remind_owner"
SUBJECT = "What is due: “You said, we did”"
OPENING = "You are named as the owner of what follows."
CLOSING = """How to answer: sign in, open the page above and say how far it is. Without an account
write to {contact}. If it is not yours any more, say so, and who has it now.

What is late is shown to everybody by itself: {home}/you-said-we-did/ledger

You get a mail like this once before a day and once when it has passed, and when a colleague asks
for it."""
OUTCOMES = {
    "listed": "listed for somebody to pass on",
    "sent": "reminded by e-mail",
    "refused": "not reached: the address was refused",
    "unsure": "perhaps reminded: the line broke",
}
Key = tuple[str, str, dt.date, str]


@dataclasses.dataclass(frozen=True, slots=True)
class Letter:
    """One mail to one post: everything that it owes now."""

    address: str
    owed: tuple[Owed, ...]
    keys: tuple[Key, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Reminded:
    """What came of it.

    Attributes:
        sent: how many mails were handed over.
        failed: how many were not, with why; an error holds no address.
        without: how many things nobody could be reminded of, because no address is known.
    """

    sent: int
    failed: tuple[str, ...]
    without: int


def reminders(session: Session, entry: Entry) -> Sequence[Reminder]:
    """Return of what the owner of an entry was reminded, the newest first."""
    mine = select(Reminder).where(Reminder.entry_id == entry.id)
    return session.scalars(mine.order_by(Reminder.reminded_at.desc(), Reminder.due_on)).all()


def ask(
    session: Session,
    subject: Report | Entry,
    *,
    settings: Settings,
    actor: str,
    now: dt.datetime,
) -> jobs.Job:
    """Ask the worker to remind every owner of a report, or the one of an entry.

    Raises NoWayToSendError where nobody has said how mail leaves.
    """
    sender_for(settings)
    kind = ALL if isinstance(subject, Report) else ONE
    return jobs.enqueue(session, kind, subject.id, asked_by=actor, now=now)


@jobs.handler(ALL)
def remind_owners(
    session: Session,
    job: jobs.Job,
    progress: jobs.ProgressCallback,
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Remind the owners of a report of what they have not been reminded of."""
    actor, report_id, bind = job.asked_by, job.subject_id, session.get_bind()
    session.rollback()  # what was read is read; nothing may wait for this transaction
    progress("Reminding owners", 0, 1)
    done = remind(bind, report_id, settings=settings, actor=actor, now=now)
    progress(said(done), 1, 1)


@jobs.handler(ONE)
def remind_owner(
    session: Session,
    job: jobs.Job,
    progress: jobs.ProgressCallback,
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Remind the owner of one entry of everything it owes, because a person asked for it."""
    actor, entry_id, bind = job.asked_by, job.subject_id, session.get_bind()
    report_id = session.get_one(Entry, entry_id).report_id
    session.rollback()  # as above
    progress("Reminding the owner", 0, 1)
    done = remind(bind, report_id, settings=settings, actor=actor, now=now, entry_id=entry_id)
    progress(said(done), 1, 1)


def said(done: Reminded) -> str:
    """Say in a sentence what came of it, without an address."""
    parts = [f"Mails sent: {done.sent}."]
    if done.failed:
        parts.append(f"Not sent: {len(done.failed)}. {' '.join(sorted(set(done.failed)))}")
    if done.without:
        parts.append(f"No address is known for {done.without}.")
    if not (done.sent or done.failed or done.without):
        parts.append("Nothing is owed within a fortnight that was not mailed already.")
    return " ".join(parts)


def remind(
    bind: Engine | Connection,
    report_id: str,
    *,
    settings: Settings,
    actor: str,
    now: dt.datetime,
    entry_id: str = "",
) -> Reminded:
    """Claim what is due, send one mail to each post, and write down how it went.

    With an entry its owner is reminded again, at most once a day; else each thing once before
    its day and once after it.
    """
    sender, failed = sender_for(settings), []
    with Session(bind) as session, session.begin():
        letters, without = _claim(session, report_id, entry_id, actor=actor, now=now)
        report = session.get_one(Report, report_id)
        written = [(_write(one, report, mails.home_of(settings), now), one) for one in letters]
    for message, letter in written:
        outcome, why = _send(sender, message)
        failed += [why] if why else []
        with Session(bind) as session, session.begin():
            _settle(session, letter, outcome, actor=actor, now=now)
    return Reminded(len(written) - len(failed), tuple(failed), without)


def due(
    session: Session, report: Report, now: dt.datetime, entry_id: str = ""
) -> Iterator[tuple[Key, Owed]]:
    """Yield what nobody has been reminded of at this stage, with the name of the reminder."""
    today = local_date(now)
    for one in following.owed(session, report, today):
        if entry_id not in {"", one.entry.id}:
            continue
        stage = today.isoformat() if entry_id else ("late" if one.due_on < today else "soon")
        key = (one.entry.id, f"{one.what}{one.months or ''}", one.due_on, stage)
        if session.get(Reminder, key) is None:
            yield key, one


def _claim(
    session: Session, report_id: str, entry_id: str, *, actor: str, now: dt.datetime
) -> tuple[list[Letter], int]:
    """Write down what will be sent; it stays "unsure" until it is known how it went."""
    by_address: dict[str, list[tuple[Key, Owed]]] = {}
    without = 0
    for key, one in due(session, session.get_one(Report, report_id), now, entry_id):
        address = owners.mailbox_of(session, one.entry.owner_role, one.entry.owner_org)
        if not address:
            without += 1
            continue
        by_address.setdefault(address, []).append((key, one))
        session.add(_reminder(key, "unsure", actor=actor, now=now))
    session.flush()
    letters = [
        Letter(address, tuple(one for _, one in found), tuple(key for key, _ in found))
        for address, found in sorted(by_address.items())
    ]
    return letters, without


def chase(session: Session, report: Report, *, actor: str, now: dt.datetime) -> list[Owed]:
    """Return what nobody has been reminded of yet at this stage, and note that it was listed."""
    fresh = list(due(session, report, now))
    for key, one in fresh:
        session.add(_reminder(key, "listed", actor=actor, now=now))
        _note(session, one.entry.id, actor=actor, now=now)
    session.flush()
    return [one for _, one in fresh]


def _reminder(key: Key, outcome: str, *, actor: str, now: dt.datetime) -> Reminder:
    entry_id, what, due_on, stage = key
    return Reminder(
        entry_id=entry_id, what=what, due_on=due_on, stage=stage, outcome=outcome,
        reminded_by=actor, reminded_at=now,
    )  # fmt: skip


def _send(sender: Sender, message: Message) -> tuple[str, str]:
    """Send one mail; return how it went ("" if surely nothing was sent) and why not."""
    try:
        sender.send(message)
    except RefusedError as error:
        return "refused", str(error)
    except NotNowError as error:
        return "", str(error)
    except (UnsureError, MailError) as error:
        return "unsure", str(error)
    return "sent", ""


def _settle(
    session: Session, letter: Letter, outcome: str, *, actor: str, now: dt.datetime
) -> None:
    columns = (Reminder.entry_id, Reminder.what, Reminder.due_on, Reminder.stage)
    mine = tuple_(*columns).in_(letter.keys)
    if not outcome:
        session.execute(delete(Reminder).where(mine))
        return
    session.execute(update(Reminder).where(mine).values(outcome=outcome))
    for entry_id in dict.fromkeys(key[0] for key in letter.keys):
        _note(session, entry_id, actor=actor, now=now)


def _note(session: Session, entry_id: str, *, actor: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb="reminded_owner", object_type="entry", object_id=entry_id,
        now=now,
    )  # fmt: skip


def _write(letter: Letter, report: Report, home: str, now: dt.datetime) -> Message:
    today, plan = local_date(now), report.consultation
    desk = f"{home}/desk/consultations/{plan.slug}/report/entries"
    lines = [
        f"- {one.entry.title}\n  {one.text}: {_by(one.due_on, today)}\n"
        f"  {desk}/{one.entry.key}/follow-up"
        for one in letter.owed
    ]
    closing = CLOSING.format(contact=plan.contact, home=home)
    text = "\n\n".join([OPENING, plan.title, *lines, closing])
    return Message(letter.address, SUBJECT, f"{text}\n")


def _by(day: dt.date, today: dt.date) -> str:
    late = ". This is late" if day < today else ""
    return f"by {wording.date(day)}{late}."
