"""Keeping words out of analysis, and off every output, until a person has read them for safety."""

import datetime as dt

from sqlalchemy import delete
from sqlalchemy.orm import Session

from surveys.models import AnswerHold, Artefact, ReadForSafety


def hold(session: Session, response_id: str, question: str, *, now: dt.datetime) -> AnswerHold:
    """Keep one answer out of analysis; holding it again after a release starts a new hold."""
    held = session.get(AnswerHold, (response_id, question))
    if held is None:
        held = AnswerHold(response_id=response_id, question=question, held_at=now)
        session.add(held)
    elif held.released_at is not None:
        held.held_at, held.released_at = now, None
    session.flush()
    return held


def release(session: Session, response_id: str, question: str, *, now: dt.datetime) -> None:
    """Let one answer join analysis; releasing what is not held changes nothing."""
    held = session.get(AnswerHold, (response_id, question))
    if held is not None and held.released_at is None:
        held.released_at = now
        session.flush()


def hold_artefact(session: Session, artefact_id: str, *, now: dt.datetime) -> Artefact:
    """Keep something that a session made from everybody but its facilitator, until it is read."""
    made = session.get_one(Artefact, artefact_id)
    if not made.is_held:
        made.held_at, made.released_at = now, None
        session.flush()
    return made


def release_artefact(session: Session, artefact_id: str, *, now: dt.datetime) -> None:
    """Let something that a session made be seen; releasing what is not held changes nothing."""
    made = session.get_one(Artefact, artefact_id)
    if made.is_held:
        made.released_at = now
        session.flush()


def mark_read(session: Session, response_id: str, question: str, *, now: dt.datetime) -> None:
    """Let words that a person has read for safety leave the desk; a hold still keeps them back."""
    session.merge(ReadForSafety(response_id=response_id, question=question, read_at=now))
    session.flush()


def mark_unread(session: Session, response_id: str, question: str) -> None:
    """Take words off every output again, because they changed or somebody thinks otherwise."""
    session.execute(
        delete(ReadForSafety).where(
            ReadForSafety.response_id == response_id, ReadForSafety.question == question
        )
    )
