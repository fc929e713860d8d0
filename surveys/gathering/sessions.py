"""Facilitated sessions: a meeting in which somebody helps a group to answer.

What is counted is the people in the room. Responses, sheets of paper and what was made in the
room stand beside that number and are never added to it: the same people made them.
"""

import dataclasses
import datetime as dt
import secrets
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation, local_date
from surveys import signals
from surveys.models import (
    CHANNELS,
    MOST_HEADS,
    PLACE_TYPES,
    Artefact,
    FacilitatedSession,
    PaperSheet,
    Response,
    Survey,
)
from surveys.questions.words import tidy
from surveys.services.errors import SurveyError

#: No vowels, so that no word comes out, and nothing that looks like something else on a wall.
WALL_ALPHABET = "CDFGHJKMNPRTWXY34679"
WALL_LENGTH = 6
LONGEST_LABEL = 120
LONGEST_HELP = 400
LONGEST_NOTE = 4_000


class SessionError(SurveyError):
    """A session cannot be changed as asked; the message says why."""


@dataclasses.dataclass(frozen=True)
class Totals:
    """What sessions brought, each in its own unit. There is no sum of them: people made things.

    Attributes:
        heads: people in the rooms, once for each session they were in.
        responses: questionnaires that were sent in sessions, on a screen or on paper.
        sheets: how many of these came on paper.
        artefacts: sticky notes, drawings and the like.
    """

    sessions: int
    heads: int
    responses: int
    sheets: int
    artefacts: int


def open_session(
    session: Session,
    survey: Survey,
    *,
    label: str,
    place_type: str,
    channel: str,
    held_on: dt.date,
    facilitator: str,
    now: dt.datetime,
) -> FacilitatedSession:
    """Open a session with a code for the wall. Raises SessionError."""
    label = " ".join(tidy(label).split())
    if not label or len(label) > LONGEST_LABEL:
        message = f"Give the session a name of up to {LONGEST_LABEL} letters."
        raise SessionError(message)
    if place_type not in PLACE_TYPES or channel not in CHANNELS:
        message = "Choose a kind of place and a channel from the lists."
        raise SessionError(message)
    opened = FacilitatedSession(
        survey_id=survey.id, facilitator_id=facilitator, code=_wall_code(session), label=label,
        place_type=place_type, channel=channel, held_on=held_on, opened_at=now,
    )  # fmt: skip
    session.add(opened)
    session.flush()
    audited(session, opened, "open", actor=facilitator, now=now)
    return opened


def record_session(
    session: Session,
    held: FacilitatedSession,
    *,
    heads: int | None,
    help_given: str = "",
    raised_on_day: bool | None = None,
    raised_reference: str = "",
    actor: str,
    now: dt.datetime,
) -> FacilitatedSession:
    """Keep how many people were in the room, who helped how, and whether a worry was passed on."""
    require_open(held)
    if heads is not None and not 1 <= heads <= MOST_HEADS:
        message = f"Write how many people were in the room: 1 to {MOST_HEADS}."
        raise SessionError(message)
    held.heads = heads
    reference = tidy(raised_reference)[:LONGEST_LABEL] if raised_on_day else ""
    written = (tidy(help_given)[:LONGEST_HELP], reference)
    for words, before in zip(written, (held.help_given, held.raised_reference), strict=True):
        _let_read(session, held, words, before, now)
    held.help_given, held.raised_reference = written
    held.raised_on_day = raised_on_day
    session.flush()
    audited(session, held, "record", actor=actor, now=now)
    return held


def read_back(
    session: Session,
    held: FacilitatedSession,
    *,
    on: dt.date,
    note: str = "",
    actor: str,
    now: dt.datetime,
) -> FacilitatedSession:
    """Note that the group was asked "did we write this down right?", and what it said."""
    require_open(held)
    words = tidy(note)[:LONGEST_NOTE]
    _let_read(session, held, words, held.read_back_note, now)
    held.read_back_on, held.read_back_note = on, words
    session.flush()
    audited(session, held, "read_back", actor=actor, now=now)
    return held


def close_session(
    session: Session, held: FacilitatedSession, *, actor: str, now: dt.datetime
) -> FacilitatedSession:
    """Close a session: its code opens nothing any more. Raises SessionError without heads."""
    require_open(held)
    if held.heads is None:
        message = "Write how many people were in the room before you close the session."
        raise SessionError(message)
    held.closed_at = now
    session.flush()
    audited(session, held, "close", actor=actor, now=now)
    return held


def require_open(held: FacilitatedSession) -> None:
    """Raise SessionError for a closed session: what was handed over stays as it is."""
    if held.closed_at is not None:
        message = "This session is closed."
        raise SessionError(message)


def sessions_of(
    session: Session, survey: Survey, facilitator: str | None = None
) -> Sequence[FacilitatedSession]:
    """Return the sessions of a survey, newest first; of one facilitator if one is named."""
    found = select(FacilitatedSession).where(FacilitatedSession.survey_id == survey.id)
    if facilitator is not None:
        found = found.where(FacilitatedSession.facilitator_id == facilitator)
    ordered = found.order_by(FacilitatedSession.held_on.desc(), FacilitatedSession.opened_at.desc())
    return session.scalars(ordered).all()


def open_by_code(session: Session, typed: str) -> tuple[FacilitatedSession, Survey] | None:
    """Return the open session of a wall code, however it was typed."""
    code = plain(typed)
    return _open(session, FacilitatedSession.code == code) if code else None


def plain(typed: str) -> str:
    """Return the signs of a wall code as it was typed."""
    return "".join(sign for sign in typed.upper() if sign.isalnum())[:LONGEST_LABEL]


def slug_of(session: Session, session_id: str) -> str:
    """Return the address of the survey of a session, open or closed; nothing for an unknown one."""
    found = (
        select(Survey.slug)
        .join(FacilitatedSession, FacilitatedSession.survey_id == Survey.id)
        .where(FacilitatedSession.id == session_id)
    )
    return session.scalar(found) or ""


def open_by_id(session: Session, session_id: str) -> tuple[FacilitatedSession, Survey] | None:
    """Return a session that is open, with its survey."""
    return _open(session, FacilitatedSession.id == session_id)


def spaced(code: str) -> str:
    """Return a wall code in two halves, as it is easiest to read from afar."""
    half = WALL_LENGTH // 2
    return f"{code[:half]} {code[half:]}"


def totals_of(session: Session, held: FacilitatedSession) -> Totals:
    """Return what one session brought."""
    return _totals(session, select(FacilitatedSession.id).where(FacilitatedSession.id == held.id))


def session_totals(session: Session, consultation: Consultation) -> Totals:
    """Return what all sessions of a consultation brought, each in its own unit."""
    return _totals(
        session,
        select(FacilitatedSession.id)
        .join(Survey, Survey.id == FacilitatedSession.survey_id)
        .where(Survey.consultation_id == consultation.id),
    )


def audited(
    session: Session, held: FacilitatedSession, verb: str, *, actor: str, now: dt.datetime
) -> None:
    """Record what was done with a session: ids and a verb, never words."""
    audit.record(session, actor=actor, verb=verb, object_type="session", object_id=held.id, now=now)


def _let_read(
    session: Session, held: FacilitatedSession, words: str, before: str, now: dt.datetime
) -> None:
    """Queue what somebody noted about a session for the safeguarding reader.

    The note itself may be changed later. So the reader gets these very words, as something said in
    the room that is on no list and in no count.
    """
    if not words or words == before:
        return
    said = Artefact(
        session_id=held.id, position=0, kind="spoken", words=words, removed_on=local_date(now)
    )
    session.add(said)
    session.flush()
    signals.artefact_kept.send(session, artefact_id=said.id, question="", words=words, now=now)


def _open(session: Session, wanted: Any) -> tuple[FacilitatedSession, Survey] | None:
    row = session.execute(
        select(FacilitatedSession, Survey)
        .join(Survey, Survey.id == FacilitatedSession.survey_id)
        .where(wanted, FacilitatedSession.closed_at.is_(None))
    ).one_or_none()
    return (row[0], row[1]) if row else None


def _totals(session: Session, chosen: Select[str]) -> Totals:
    counted = (
        Response.session_id.in_(chosen), Response.submitted_at.is_not(None),
        Response.withdrawn_at.is_(None), Response.left_out_at.is_(None),
    )  # fmt: skip
    on_paper = select(PaperSheet.response_id).where(PaperSheet.response_id.is_not(None))
    held = select(func.count(), func.sum(FacilitatedSession.heads))
    sessions, heads = session.execute(held.where(FacilitatedSession.id.in_(chosen))).one()
    sent = select(func.count()).select_from(Response).where(*counted)
    made = select(func.sum(Artefact.copies)).where(
        Artefact.session_id.in_(chosen), Artefact.removed_on.is_(None)
    )
    return Totals(
        sessions=sessions,
        heads=heads or 0,
        responses=session.scalar(sent) or 0,
        sheets=session.scalar(sent.where(Response.id.in_(on_paper))) or 0,
        artefacts=session.scalar(made) or 0,
    )


def _wall_code(session: Session) -> str:
    """Return a code that no session has ever had, so that an old poster opens nothing new."""
    while True:
        drawn = "".join(secrets.choice(WALL_ALPHABET) for _ in range(WALL_LENGTH))
        same = FacilitatedSession.code == drawn
        if session.scalar(select(FacilitatedSession.id).where(same)) is None:
            return drawn
