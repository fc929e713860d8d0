"""Telling each contact once for each milestone, and letting people leave.

A row is claimed, and the claim committed, before a message is handed over. Whoever is killed in
between leaves a row of which nobody can say whether the message went: it becomes "unsure", is
listed for an officer, and is never sent again by itself. So people are told at most once.
"""

import csv
import dataclasses
import datetime as dt
import hashlib
import io
import random
import secrets
from collections.abc import Sequence
from typing import cast

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation, local_date
from engage.orm import new_id
from surveys import queries
from surveys.cells import safe
from surveys.models import FOR_AN_OFFICER, REACHED, Contact, Telling, Told
from surveys.services.contacts import remove_contact
from surveys.services.errors import SurveysNotClosedError
from surveys.services.shuffling import lock
from surveys.services.told import forget, mark_of

BY_MAIL = "email"
LAST = "12_months"
TOKEN_BYTES = 24
WHY = {
    "by_hand": "cannot be told by e-mail",
    "refused": "the address was refused",
    "unsure": "may have been told or not",
}
COLUMNS = ("number", "kind", "address", "format", "why")


@dataclasses.dataclass(frozen=True, slots=True)
class Claim:
    """The right and the duty to tell one contact now.

    Attributes:
        row_id: the row to settle afterwards.
        token: what the link to leave holds; it is nowhere else.
    """

    row_id: str
    address: str
    wanted: str
    token: str


def begin(
    session: Session, consultation: Consultation, milestone: str, *, actor: str, now: dt.datetime
) -> Telling:
    """Open a round, or go on with it: every contact without a row gets one, in random order.

    Raises SurveysNotClosedError while people can still answer.
    """
    if any(survey.closed_at is None for survey in queries.surveys_of(session, consultation.id)):
        message = "Close the surveys first: contacts are read once nobody can answer any more."
        raise SurveysNotClosedError(message)
    lock(session, cast("Table", Told.__table__))
    telling = find(session, consultation.id, milestone)
    if telling is None:
        telling = Telling(
            consultation_id=consultation.id, milestone=milestone,
            salt=secrets.token_bytes(32), began_on=local_date(now),
        )  # fmt: skip
        session.add(telling)
        session.flush()
    _add_rows(session, telling)
    _audit(session, telling, actor=actor, verb="tell_contacts", now=now)
    return telling


def find(session: Session, consultation_id: str, milestone: str) -> Telling | None:
    """Return the round of a milestone, if it has begun."""
    mine = (Telling.consultation_id == consultation_id, Telling.milestone == milestone)
    return session.scalar(select(Telling).where(*mine))


def not_listed(session: Session, consultation_id: str, telling: Telling | None) -> list[Contact]:
    """Return the contacts that a round has no row for: all of them before it has begun."""
    contacts = session.scalars(select(Contact).where(Contact.consultation_id == consultation_id))
    if telling is None:
        return list(contacts)
    there = set(session.scalars(select(Told.mark).where(Told.telling_id == telling.id)))
    return [one for one in contacts if mark_of(telling, one.address) not in there]


def waiting(session: Session, telling: Telling) -> list[tuple[str, str]]:
    """Return (row id, address) of who is still to be told, in the order of the numbers."""
    by_mark = _by_mark(session, telling)
    rows = session.execute(
        select(Told.id, Told.mark)
        .where(Told.telling_id == telling.id, Told.state == "waiting")
        .order_by(Told.number)
    )
    return [(row.id, by_mark[row.mark].address) for row in rows if row.mark in by_mark]


def claim(session: Session, telling: Telling, row_id: str, address: str) -> Claim | None:
    """Take one contact in one statement, so that of two workers only one tells it.

    Returns None for a contact that has been taken or has left meanwhile. Commit before sending.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    taken = session.scalar(
        update(Told)
        .where(Told.id == row_id, Told.state == "waiting", Told.mark.is_not(None))
        .values(state="sending", token_hash=hash_of(token))
        .returning(Told.id)
        .execution_options(synchronize_session=False)
    )
    if taken is None:
        return None
    mine = (Contact.consultation_id == telling.consultation_id, Contact.address == address)
    contact = session.scalars(select(Contact).where(*mine)).first()
    if contact is None:
        session.execute(delete(Told).where(Told.id == row_id))
        return None
    return Claim(row_id, address, contact.format, token)


def settle(
    session: Session, row_id: str, state: str, *, now: dt.datetime, other_words: bool = False
) -> None:
    """Write down how it went; back to "waiting" only if surely nothing was sent."""
    changes: dict[str, object] = {"state": state, "other_words": other_words}
    changes["told_on"] = local_date(now) if state in REACHED else None
    if state == "waiting":
        changes["token_hash"] = None
    session.execute(update(Told).where(Told.id == row_id).values(**changes))


def doubt(session: Session, telling: Telling) -> None:
    """Call those "unsure" whose message an earlier attempt had in its hands when it ended."""
    dropped = (Told.telling_id == telling.id, Told.state == "sending")
    session.execute(update(Told).where(*dropped).values(state="unsure"))


def finish(session: Session, telling: Telling, *, actor: str, now: dt.datetime) -> int:
    """After the report on the first year delete the contacts that were told; return how many.

    Those left over for an officer go when the officer is done, or on their last day.
    """
    if telling.milestone != LAST:
        return 0
    by_mark = _by_mark(session, telling)
    done = select(Told.mark).where(Told.telling_id == telling.id, Told.state.in_(REACHED))
    gone = [by_mark[mark] for mark in session.scalars(done) if mark in by_mark]
    for contact in gone:
        forget(session, telling.consultation_id, contact.address)
    if gone:
        ids = [contact.id for contact in gone]
        session.execute(delete(Contact).where(Contact.id.in_(ids)))
        _audit(session, telling, actor=actor, verb="delete_contacts", now=now)
    return len(gone)


def leave(session: Session, token: str, *, now: dt.datetime) -> bool:
    """Take whoever holds this token off the list; tell whether the token is one of ours.

    A second time changes nothing and is answered like the first.
    """
    row = by_token(session, token)
    if row is None:
        return False
    telling = session.get_one(Telling, row.telling_id)
    contact = _by_mark(session, telling).get(row.mark or "")
    if contact is not None:
        consultation = session.get_one(Consultation, telling.consultation_id)
        remove_contact(session, consultation, contact.address, actor="contact", now=now)
    return True


def by_token(session: Session, token: str) -> Told | None:
    """Return the row that a link to leave belongs to."""
    return session.scalar(select(Told).where(Told.token_hash == hash_of(token)))


def counts(session: Session, telling: Telling) -> dict[str, int]:
    """Return how many rows of a round are in each state."""
    rows = session.execute(
        select(Told.state, func.count())
        .where(Told.telling_id == telling.id)
        .group_by(Told.state)
        .order_by(Told.state)
    )
    return {row[0]: row[1] for row in rows}


def for_officer(session: Session, telling: Telling, *, actor: str, now: dt.datetime) -> str:
    """Return who has to be told by a person, with address and reason, as CSV; it is recorded."""
    _audit(session, telling, actor=actor, verb="export_contacts", now=now)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row, contact in _left_over(session, telling):
        why = WHY.get(row.state, "told, but not in this format")
        writer.writerow(safe([str(row.number), contact.kind, contact.address, contact.format, why]))
    return out.getvalue()


def numbers_left(session: Session, telling: Telling) -> list[tuple[int, str]]:
    """Return number and reason of who has to be told by a person, without any address."""
    return [
        (row.number, WHY.get(row.state, "told, but not in this format"))
        for row, _ in _left_over(session, telling)
    ]


def told_by_hand(session: Session, telling: Telling, *, actor: str, now: dt.datetime) -> int:
    """Note that an officer has told who could not be told by e-mail; return how many.

    Addresses that were refused stay "refused": nobody was told. After the report on the first
    year every contact that is left is deleted with it.
    """
    done = session.scalars(
        update(Told)
        .where(Told.telling_id == telling.id, Told.state == "by_hand")
        .values(state="told_by_hand", told_on=local_date(now))
        .returning(Told.id)
        .execution_options(synchronize_session=False)
    ).all()
    _audit(session, telling, actor=actor, verb="told_by_hand", now=now)
    if telling.milestone == LAST:
        forget(session, telling.consultation_id)
        mine = Contact.consultation_id == telling.consultation_id
        session.execute(delete(Contact).where(mine))
        _audit(session, telling, actor=actor, verb="delete_contacts", now=now)
    return len(done)


def hash_of(token: str) -> str:
    """Return what is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _left_over(session: Session, telling: Telling) -> Sequence[tuple[Told, Contact]]:
    by_mark = _by_mark(session, telling)
    rows = session.scalars(
        select(Told)
        .where(Told.telling_id == telling.id, Told.mark.is_not(None))
        .where(Told.state.in_(FOR_AN_OFFICER) | Told.other_words)
        .order_by(Told.number)
    )
    return [(row, by_mark[row.mark]) for row in rows if row.mark in by_mark]


def _by_mark(session: Session, telling: Telling) -> dict[str, Contact]:
    mine = select(Contact).where(Contact.consultation_id == telling.consultation_id)
    return {mark_of(telling, one.address): one for one in session.scalars(mine)}


def _add_rows(session: Session, telling: Telling) -> None:
    fresh = not_listed(session, telling.consultation_id, telling)
    random.SystemRandom().shuffle(fresh)
    last = session.scalar(select(func.max(Told.number)).where(Told.telling_id == telling.id)) or 0
    rows = [
        {
            "id": new_id(), "telling_id": telling.id, "number": number, "other_words": False,
            "mark": mark_of(telling, contact.address),
            "state": "waiting" if contact.kind == BY_MAIL else "by_hand",
        }
        for number, contact in enumerate(fresh, last + 1)
    ]  # fmt: skip
    if rows:
        session.execute(insert(Told), rows)


def _audit(session: Session, telling: Telling, *, actor: str, verb: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="consultation",
        object_id=telling.consultation_id, now=now,
    )  # fmt: skip
