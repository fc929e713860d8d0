"""What people decide about shared text: every decision is one more line of the trail."""

import datetime as dt

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.models.copies_store import CopyDecision, CopyGroup
from analysis.preparation.copies import Answer, readable
from engage import audit
from engage.consultations import Consultation


class CopyError(ValueError):
    """A decision about shared text cannot be taken as it is; the message says what to do."""


class ReasonMissingError(CopyError):
    """Saying that a group is no campaign needs a reason."""


class NotInGroupError(CopyError):
    """The answer is not one of the group's."""


def confirm(
    session: Session, consultation: Consultation, group: CopyGroup, *, why: str = "",
    actor: str, now: dt.datetime,
) -> CopyDecision:  # fmt: skip
    """Say that a group is a campaign: from the next analysis its words count once."""
    return _decide(session, consultation, group, "confirmed", why, actor=actor, now=now)


def refuse(
    session: Session, consultation: Consultation, group: CopyGroup, *, why: str,
    actor: str, now: dt.datetime,
) -> CopyDecision:  # fmt: skip
    """Say that a group is no campaign: each of its answers is analysed; raise without a reason."""
    if not why.strip():
        message = "Say why this is not a campaign."
        raise ReasonMissingError(message)
    return _decide(session, consultation, group, "not_a_campaign", why, actor=actor, now=now)


def undo(
    session: Session, consultation: Consultation, group: CopyGroup, *, why: str = "",
    actor: str, now: dt.datetime,
) -> CopyDecision:  # fmt: skip
    """Take the last decision about a group back: it is undecided again."""
    return _decide(session, consultation, group, "undone", why, actor=actor, now=now)


def move(
    session: Session, consultation: Consultation, group: CopyGroup, answer: Answer, *,
    out: bool, why: str = "", actor: str, now: dt.datetime,
) -> CopyDecision:  # fmt: skip
    """Take one answer out of a group, or put it back; raise NotInGroupError for another's."""
    members = readable(session, group, consultation.id)
    if answer not in {(member.response_id, member.question) for member in members}:
        message = "This answer is not in the group."
        raise NotInGroupError(message)
    verb = "taken_out" if out else "put_back"
    return _decide(session, consultation, group, verb, why, answer, actor=actor, now=now)


def _decide(
    session: Session, consultation: Consultation, group: CopyGroup, verb: str, why: str,
    answer: Answer | None = None, *, actor: str, now: dt.datetime,
) -> CopyDecision:  # fmt: skip
    latest = session.scalar(
        select(func.max(CopyDecision.number)).where(CopyDecision.consultation_id == consultation.id)
    )
    response_id, question = answer or (None, None)
    decision = CopyDecision(
        consultation_id=consultation.id, group_id=group.id, key=group.key,
        number=(latest or 0) + 1, verb=verb, response_id=response_id, question=question,
        why=why.strip(), decided_by=actor, decided_at=now,
    )  # fmt: skip
    session.add(decision)
    session.flush()
    audit.record(
        session, actor=actor, verb=verb, object_type="copy_group", object_id=group.id, now=now
    )
    return decision
