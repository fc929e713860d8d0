"""Telling people what happened, without knowing what they said.

A contact shares no key, order or time with a response. The code that keeps one never has a
response at hand: the browser does not send the cookie of the answers to its page. With every new
contact all contacts of the consultation are written anew in one transaction: in random order,
with new random ids, and with the same day. So no row says when it came, and on PostgreSQL neither
do the hidden columns of a row. Nobody reads contacts before every survey has closed, so that
nobody can compare the list of one day with that of the next.

What remains, for whoever holds the database itself and not only this program: copies made on
different days can be compared; deleted rows stay in the files until the database clears them
away; a consultation with a single answer and a single contact hides nothing; and a wish that
only one person can have (a letter in Urdu where one person answered in Urdu) says what it says.
"""

import csv
import datetime as dt
import io
from typing import cast

from sqlalchemy import Table, delete, func, select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation, local_date
from engage.orm import new_id
from surveys import queries
from surveys.cells import safe
from surveys.models import CONTACT_KINDS, Contact
from surveys.services.errors import SurveyError, SurveysNotClosedError
from surveys.services.shuffling import write_anew
from surveys.services.told import forget

FORMATS = ("standard", "easy", "large_print", "bsl", "pl", "ro", "ur")
KEPT_AFTER_ANSWER = dt.timedelta(days=400)
COLUMNS = ("kind", "address", "format")


def keep_contact(
    session: Session,
    consultation_id: str,
    *,
    kind: str,
    address: str,
    wanted: str,
    now: dt.datetime,
) -> int:
    """Keep where and how somebody wants to be told; return how many contacts there are.

    The same address again changes the format that is wanted. Raises SurveyError for a kind or
    format that nobody offers.
    """
    if kind not in CONTACT_KINDS or wanted not in FORMATS:
        message = "Choose how we should tell you, and in which format."
        raise SurveyError(message)
    row = {
        "id": new_id(), "consultation_id": consultation_id, "kind": kind,
        "address": address, "format": wanted, "given_on": local_date(now),
    }  # fmt: skip
    return _write_anew(session, consultation_id, address, now, row)


def export_contacts(
    session: Session, consultation: Consultation, *, actor: str, now: dt.datetime
) -> str:
    """Return the contacts of a consultation as CSV, in the order of the alphabet; it is recorded.

    Raises SurveysNotClosedError while people can still answer.
    """
    if any(survey.closed_at is None for survey in queries.surveys_of(session, consultation.id)):
        message = "Close the surveys first: contacts are read once nobody can answer any more."
        raise SurveysNotClosedError(message)
    _audit(session, consultation, actor=actor, verb="export_contacts", now=now)
    mine = select(Contact).where(Contact.consultation_id == consultation.id)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    for row in session.scalars(mine.order_by(Contact.kind, Contact.address)):
        writer.writerow(safe([row.kind, row.address, row.format]))
    return out.getvalue()


def remove_contact(
    session: Session, consultation: Consultation, address: str, *, actor: str, now: dt.datetime
) -> int:
    """Take out an address at its owner's wish; return how many contacts were taken out."""
    before = _how_many(session, consultation)
    after = _write_anew(session, consultation.id, address.strip(), now)
    forget(session, consultation.id, address.strip())
    _audit(session, consultation, actor=actor, verb="remove_contact", now=now)
    return before - after


def delete_contacts(
    session: Session, consultation: Consultation, *, actor: str, now: dt.datetime
) -> int:
    """Delete every contact of a consultation; return how many there were."""
    gone = _how_many(session, consultation)
    if gone:
        session.execute(delete(Contact).where(Contact.consultation_id == consultation.id))
        forget(session, consultation.id)
        _audit(session, consultation, actor=actor, verb="delete_contacts", now=now)
    return gone


def delete_old_contacts(session: Session, *, actor: str, now: dt.datetime) -> int:
    """Delete the contacts of every consultation whose day has come; return how many."""
    held = session.scalars(select(Contact.consultation_id).distinct()).all()
    old = (session.get_one(Consultation, held_for) for held_for in held)
    return sum(
        delete_contacts(session, plan, actor=actor, now=now)
        for plan in old
        if local_date(now) >= delete_on(plan)
    )


def delete_on(consultation: Consultation) -> dt.date:
    """Return the day on which contacts go: a month after the report on the first year is due."""
    return (consultation.answer_due or consultation.closes_on) + KEPT_AFTER_ANSWER


def _how_many(session: Session, consultation: Consultation) -> int:
    mine = select(func.count()).where(Contact.consultation_id == consultation.id)
    return session.scalar(mine) or 0


def _write_anew(
    session: Session,
    consultation_id: str,
    address: str,
    now: dt.datetime,
    *more: dict[str, object],
) -> int:
    """Write the contacts of a consultation anew, without those of an address."""
    return write_anew(
        session,
        cast("Table", Contact.__table__),
        Contact.consultation_id == consultation_id,
        keep=lambda row: str(row["address"]).lower() != address.lower(),
        change={"id": new_id, "given_on": local_date(now)},
        more=more,
    )


def _audit(
    session: Session, consultation: Consultation, *, actor: str, verb: str, now: dt.datetime
) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="consultation",
        object_id=consultation.id, now=now,
    )  # fmt: skip
