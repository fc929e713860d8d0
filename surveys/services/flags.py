"""Signs that a person should look at a response. A sign excludes nothing by itself.

Nothing about a device or an address is kept, so none of that is a sign: thirty children on one
connection are thirty people.
"""

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Row, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage import audit
from surveys.models import AnswerMark, Response, ResponseFlag, SurveyVersion
from surveys.models.flags import FLAG_DECISIONS
from surveys.questionnaire import Questionnaire
from surveys.questions import Values
from surveys.questions.words import tidy
from surveys.services.errors import SurveyError

QUICK_PART = 3  # a third of the minutes that a questionnaire says it takes
LONG_WORDS = 8
MANY_ANSWERS = 10
SHORT_TIME = dt.timedelta(minutes=10)
TYPED_BY_THEMSELVES = frozenset({"online_std", "online_er", "bsl"})
UNDO = ""


class FlagError(SurveyError):
    """A decision about a response lacks something; the message says what."""


def raise_flags(
    session: Session,
    response_id: str,
    questionnaire: Questionnaire,
    answers: Mapping[str, Values],
    started_at: dt.datetime,
    now: dt.datetime,
) -> tuple[str, ...]:
    """Note the signs about a response that is being sent, and return their kinds.

    Costs a few indexed look-ups, however many answers there are.
    """
    about = _about(session, response_id)
    kinds: list[str] = []
    by_themselves = about.channel in TYPED_BY_THEMSELVES and about.session_id is None
    if by_themselves and is_very_quick(questionnaire, answers, now - started_at):
        kinds.append("very_quick")
        _flag(session, [response_id], "very_quick", now)
    for kind, mark in marks(about.survey_id, questionnaire, answers):
        if kind == "same_answers" and about.session_id is not None:
            continue  # a group that talks things over answers alike
        other = _earlier(session, mark, response_id, kind, now)
        _mark(session, mark, response_id)
        if other is not None and kind not in kinds:
            kinds.append(kind)
            _flag(session, [other, response_id], kind, now)
    return tuple(kinds)


def is_very_quick(
    questionnaire: Questionnaire, answers: Mapping[str, Values], took: dt.timedelta
) -> bool:
    """Tell whether most questions were answered in under a third of the time it says it takes."""
    asked = sum(question.is_asked for question in questionnaire.questions.values())
    given = sum(1 for values in answers.values() if values)
    return given * 2 > asked and took < dt.timedelta(minutes=questionnaire.minutes) / QUICK_PART


def marks(
    survey_id: str, questionnaire: Questionnaire, answers: Mapping[str, Values]
) -> Iterable[tuple[str, str]]:
    """Yield kind and fingerprint of what would be a sign if somebody else sent the very same."""
    chosen: list[tuple[str, list[str]]] = []
    for code, values in sorted(answers.items()):
        question = questionnaire.questions.get(code)
        if question is None or not values:
            continue
        words = question.own_words(values).lower().split()
        if len(words) >= LONG_WORDS:
            yield "same_words", _fingerprint("words", survey_id, code, " ".join(words))
        if not words:
            chosen.append((code, list(values)))
    if len(chosen) >= MANY_ANSWERS:
        yield "same_answers", _fingerprint("answers", survey_id, chosen)


def decide(  # a decision is nothing without who, when, what and why
    session: Session,
    response_id: str,
    kind: str,
    decision: str,
    reason: str,
    *,
    actor: str,
    now: dt.datetime,
) -> Response:
    """Keep a response, leave it out of everything counted, or undo either (UNDO).

    Raises FlagError without a reason for leaving out, or where there is no such sign.
    """
    flag = session.get(ResponseFlag, (response_id, kind))
    if flag is None or decision not in {*FLAG_DECISIONS, UNDO}:
        message = "There is no such sign, or no such decision."
        raise FlagError(message)
    reason = tidy(reason)
    if decision == "leave_out" and not reason:
        message = "Say why these answers are left out."
        raise FlagError(message)
    flag.decision = decision or None
    flag.decided_by, flag.decided_at = (actor, now) if decision else (None, None)
    flag.reason = reason
    session.flush()
    response = session.get_one(Response, response_id)
    _follow(session, response, now)
    audit.record(
        session, actor=actor, verb=f"flag_{decision or 'undone'}", object_type="response",
        object_id=response_id, now=now,
    )  # fmt: skip
    return response


def forget_marks(session: Session, response_id: str) -> None:
    """Delete the signs and fingerprints of answers that were taken out."""
    for table in (AnswerMark, ResponseFlag):
        session.execute(delete(table).where(table.response_id == response_id))


def _follow(session: Session, response: Response, now: dt.datetime) -> None:
    """Leave the response out as long as one decision says so."""
    out = session.scalars(
        select(ResponseFlag.reason).where(
            ResponseFlag.response_id == response.id, ResponseFlag.decision == "leave_out"
        )
    ).first()
    response.left_out_because = out
    response.left_out_at = None if out is None else response.left_out_at or now
    session.flush()


def _about(session: Session, response_id: str) -> Row[str, str, str | None]:
    return session.execute(
        select(SurveyVersion.survey_id, Response.channel, Response.session_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(Response.id == response_id)
    ).one()


def _earlier(
    session: Session, mark: str, response_id: str, kind: str, now: dt.datetime
) -> str | None:
    """Return another response with this mark; for mere choices only if sent a moment ago."""
    found = (
        select(AnswerMark.response_id)
        .join(Response, Response.id == AnswerMark.response_id)
        .where(
            AnswerMark.mark == mark,
            AnswerMark.response_id != response_id,
            Response.withdrawn_at.is_(None),
        )
    )
    if kind == "same_answers":
        found = found.where(Response.submitted_at >= now - SHORT_TIME)
    return session.scalar(found.limit(1))


def _mark(session: Session, mark: str, response_id: str) -> None:
    row = {"mark": mark, "response_id": response_id}
    session.execute(_dialect(session).insert(AnswerMark).values(row).on_conflict_do_nothing())


def _flag(session: Session, response_ids: list[str], kind: str, now: dt.datetime) -> None:
    rows = [
        {"response_id": found, "kind": kind, "raised_at": now, "reason": ""}
        for found in response_ids
    ]
    session.execute(_dialect(session).insert(ResponseFlag).values(rows).on_conflict_do_nothing())


def _dialect(session: Session) -> Any:
    return postgresql if session.get_bind().dialect.name == "postgresql" else sqlite


def _fingerprint(*parts: object) -> str:
    spelled = json.dumps(parts, ensure_ascii=True, separators=(",", ":"))
    return hashlib.sha256(spelled.encode()).hexdigest()
