"""Answers that a person set aside as being about something else; counted, and undone as easily."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.prepared_store import SetAside
from analysis.models.store import AnalysisRun, ProposedCoding
from engage import audit
from engage.limits import Limit

Answer = tuple[str, str]
REASON = Limit(400)


class SetAsideError(ValueError):
    """An answer cannot be set aside as asked; the message says what to do."""


def answers(session: Session) -> set[Answer]:
    """Return (response id, question) of every answer that is off topic by a person's word."""
    rows = session.execute(
        select(SetAside.response_id, SetAside.question).where(SetAside.undone_at.is_(None))
    )
    return {(row.response_id, row.question) for row in rows}


def of_run(session: Session, run: AnalysisRun) -> list[tuple[SetAside, str]]:
    """Return what is off topic among a run's answers, with the redacted words of each."""
    rows = session.execute(
        select(SetAside, ProposedCoding.shown_text, ProposedCoding.set_aside_reason)
        .join(
            ProposedCoding,
            (ProposedCoding.response_id == SetAside.response_id)
            & (ProposedCoding.question == SetAside.question),
        )
        .where(ProposedCoding.run_id == run.id, SetAside.undone_at.is_(None))
        .order_by(SetAside.decided_at, SetAside.id, ProposedCoding.segment)
    )
    found: dict[str, tuple[SetAside, str]] = {}
    for decision, words, reason in rows:
        shown = "" if reason == "held" else words
        before = found[decision.id][1] + " " if decision.id in found else ""
        found[decision.id] = (decision, before + shown)
    return list(found.values())


def set_aside(
    session: Session, run: AnalysisRun, answer: Answer, *, why: str, actor: str, now: dt.datetime
) -> SetAside:
    """Say that an answer is about something else; the next analysis leaves it aside, counted.

    Raises:
        SetAsideError: there is no reason or one that is too long, or the run has no such answer.
    """
    if not why.strip():
        message = "Say what it is about instead."
        raise SetAsideError(message)
    if mistake := REASON.mistake(why.strip()):
        raise SetAsideError(mistake)
    known = session.scalar(
        select(ProposedCoding.response_id)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.response_id == answer[0],
            ProposedCoding.question == answer[1],
        )
        .limit(1)
    )
    if known is None:
        message = "This answer is not in the newest analysis."
        raise SetAsideError(message)
    made = SetAside(
        response_id=answer[0], question=answer[1], why=why.strip(),
        decided_by=actor, decided_at=now,
    )  # fmt: skip
    session.add(made)
    session.flush()
    _note(session, "set_aside", made, actor=actor, now=now)
    return made


def undo(session: Session, decision: SetAside, *, actor: str, now: dt.datetime) -> SetAside:
    """Take it back: the next analysis reads the answer again."""
    if decision.undone_at is None:
        decision.undone_at, decision.undone_by = now, actor
        session.flush()
        _note(session, "took_set_aside_back", decision, actor=actor, now=now)
    return decision


def _note(session: Session, verb: str, decision: SetAside, *, actor: str, now: dt.datetime) -> None:
    audit.record(
        session, actor=actor, verb=verb, object_type="answer",
        object_id=f"{decision.response_id}:{decision.question}", now=now,
    )  # fmt: skip
