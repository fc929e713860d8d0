"""What readers do: decide, agree, take a page as read; and who reads, and how long it is kept."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from engage import audit
from engage.accounts import User
from engage.consultations import Consultation, local_date
from engage.safeguarding import outputs, reading
from engage.safeguarding.decisions import DECISIONS, NO_CONCERN, TOGETHER
from engage.safeguarding.models import (
    TOGETHER_BELOW,
    SafeguardingDuty,
    SafeguardingItem,
    SafeguardingLog,
)
from engage.safeguarding.turns import take_turn
from engage.safeguarding.verdicts import (
    ReadAlreadyError,
    SafeguardingError,
    SamePersonError,
    Verdict,
    WordsChangedError,
    require_reason,
    require_whole,
)
from surveys import services
from surveys.models import Survey

READERS = ("safeguarding_reader", "safeguarding_deputy")


def decide(
    session: Session,
    item: SafeguardingItem,
    verdict: Verdict,
    *,
    actor: str,
    now: dt.datetime,
    keep_days: int,
) -> SafeguardingItem:
    """Keep what a reader decides about one text; a settled one can be decided anew.

    "No concern" about high words takes effect only once somebody else agrees (`confirm`). Raises
    SafeguardingError in plain words for a verdict that lacks something, and ReadAlreadyError where
    somebody decided after this reader had opened the text: a referral is never undone unseen.
    """
    require_whole(verdict, now)
    _require_standing(session, item, verdict.stands, actor)
    _require_seen(session, item, verdict.words)
    item.decision, item.decided_at, item.decided_by = verdict.decision, now, actor
    item.returns = verdict.returns or verdict.decision == NO_CONCERN
    item.confirmed_at = item.confirmed_by = item.settled_at = None
    _log(session, item, "decided", verdict, actor=actor, now=now, keep_days=keep_days)
    if item.decision == NO_CONCERN and item.is_high:
        _keep_back(session, item, now)
    else:
        _settle(session, item, now)
    return item


def confirm(
    session: Session,
    item: SafeguardingItem,
    *,
    reason: str,
    words: str,
    stands: str | None = None,
    actor: str,
    now: dt.datetime,
    keep_days: int,
) -> SafeguardingItem:
    """Agree as the second reader that there is no concern; somebody who disagrees decides anew.

    What stood when they opened the text must still stand, as in `decide`: a referral that somebody
    made and took back meanwhile is one they have not seen. Raises ReadAlreadyError.
    """
    _require_standing(session, item, stands, actor)
    if not item.awaits_second:
        message = "This no longer waits for a second reader. Open it again."
        raise ReadAlreadyError(message)
    if item.decided_by == actor:
        message = "You read this first. Another person must agree."
        raise SamePersonError(message)
    require_reason(reason)
    _require_seen(session, item, words)
    item.confirmed_at, item.confirmed_by = now, actor
    agreed = Verdict(decision=NO_CONCERN, reason=reason, words=words, returns=True)
    _log(session, item, "confirmed", agreed, actor=actor, now=now, keep_days=keep_days)
    _settle(session, item, now)
    return item


def read_together(
    session: Session,
    seen: Mapping[str, str],
    *,
    actor: str,
    now: dt.datetime,
    keep_days: int,
) -> int:
    """Take a page of low texts as read: item ids with the fingerprint of the words shown.

    All or none: raises SafeguardingError if one of them changed, was read meanwhile or stands
    too high to be taken together with others. Returns how many there were.
    """
    take_turn(session, seen)
    wanted = select(SafeguardingItem).where(SafeguardingItem.id.in_(seen))
    items = session.scalars(wanted.execution_options(populate_existing=True)).all()
    if not items or len(items) != len(seen):
        message = "Something on this page is gone. Load the page again."
        raise ReadAlreadyError(message)
    texts = reading.words_of(session, items)
    for item in items:
        if item.decision is not None:
            message = "Somebody has read one of these meanwhile. Load the page again."
            raise ReadAlreadyError(message)
        if item.order_score >= TOGETHER_BELOW:
            message = "One of these must be opened by itself. Load the page again."
            raise SafeguardingError(message)
        _require_same(texts[item.id], seen[item.id])
    for item in items:
        item.decision, item.decided_at, item.decided_by = NO_CONCERN, now, actor
        item.returns = True
        fine = Verdict(decision=NO_CONCERN, reason=TOGETHER, words=seen[item.id], returns=True)
        _log(session, item, "read_together", fine, actor=actor, now=now, keep_days=keep_days)
        _settle(session, item, now)
    return len(items)


def assign(
    session: Session,
    consultation: Consultation,
    *,
    reader: User,
    deputy: User | None = None,
    survey: Survey | None = None,
    actor: str,
    now: dt.datetime,
) -> SafeguardingDuty:
    """Say who reads the words of a consultation, or of one survey of it, and who stands in."""
    people = [person for person in (reader, deputy) if person is not None]
    if any(not any(person.has_role(role) for role in READERS) for person in people):
        message = f"A reader needs an account with one of the roles: {', '.join(READERS)}."
        raise SafeguardingError(message)
    if deputy is not None and deputy.id == reader.id:
        message = "The deputy must be somebody else."
        raise SamePersonError(message)
    survey_id = survey.id if survey else None
    if survey is not None and survey.consultation_id != consultation.id:
        message = "That survey belongs to another consultation."
        raise SafeguardingError(message)
    same = (
        SafeguardingDuty.consultation_id == consultation.id,
        SafeguardingDuty.survey_id.is_not_distinct_from(survey_id),
    )
    duty = session.scalar(select(SafeguardingDuty).where(*same))
    if duty is None:
        duty = SafeguardingDuty(consultation_id=consultation.id, survey_id=survey_id)
        session.add(duty)
    duty.reader_id, duty.deputy_id = reader.id, deputy.id if deputy else None
    duty.assigned_at, duty.assigned_by = now, actor
    session.flush()
    _note(session, "assign", duty.id, actor=actor, now=now, kind="safeguarding_duty")
    return duty


def erase_old(session: Session, *, actor: str, now: dt.datetime) -> int:
    """Erase what need not be kept any longer: old acts, and words that people have taken out.

    An act goes when its day has come. The words of a response that was taken out go once nothing
    about them has to be kept. Returns how many acts went.
    """
    today = local_date(now)
    gone = session.scalars(
        delete(SafeguardingLog)
        .where(SafeguardingLog.keep_until < today)
        .returning(SafeguardingLog.item_id)
    ).all()
    for item_id in sorted(set(gone)):
        item = session.get_one(SafeguardingItem, item_id)
        kept = select(SafeguardingLog.id).where(SafeguardingLog.item_id == item_id).limit(1)
        if item.settled_at is not None and item.response_id and session.scalar(kept) is None:
            services.erase_read_words(session, item.response_id, item.question)
        _note(session, "erase_old", item_id, actor=actor, now=now)
    return len(gone)


def _settle(session: Session, item: SafeguardingItem, now: dt.datetime) -> None:
    """Let a decision take effect: the words come back or stay out, and what may go is erased."""
    item.settled_at = now
    session.flush()
    if item.response_id is None:
        _settle_artefact(session, item, now)
        return
    if item.returns:
        services.release(session, item.response_id, item.question, now=now)
        services.mark_read(session, item.response_id, item.question, now=now)
    else:
        _keep_back(session, item, now)
    if item.decision == NO_CONCERN:
        services.erase_read_words(session, item.response_id, item.question)


def _settle_artefact(session: Session, item: SafeguardingItem, now: dt.datetime) -> None:
    if item.returns and item.artefact_id:
        services.release_artefact(session, item.artefact_id, now=now)
    else:
        _keep_back(session, item, now)


def _keep_back(session: Session, item: SafeguardingItem, now: dt.datetime) -> None:
    session.flush()
    if item.response_id is not None:
        outputs.keep_back(session, item.response_id, item.question, now=now)
    elif item.artefact_id is not None:
        services.hold_artefact(session, item.artefact_id, now=now)


def _require_seen(session: Session, item: SafeguardingItem, seen: str) -> None:
    _require_same(reading.words_of(session, [item])[item.id], seen)


def _require_standing(
    session: Session, item: SafeguardingItem, seen: str | None, actor: str
) -> None:
    """Raise ReadAlreadyError unless what stood when a reader opened the text stands still."""
    take_turn(session, [item.id])
    session.refresh(item)
    if seen is None or item.standing == seen:
        return
    message = "Somebody else has decided about this since you opened it, and nothing of yours is"
    if actor == (item.confirmed_by or item.decided_by):
        message = "You have decided about this since you opened this page, and nothing more is"
    message += " saved. What was done stands at the end. Decide again only if it has to change."
    raise ReadAlreadyError(message)


def _require_same(words: str, seen: str) -> None:
    if reading.digest(words) != seen:
        message = "The words have changed since you opened them. Read them again."
        raise WordsChangedError(message)


def _log(  # an act is nothing without who, when, what and why
    session: Session,
    item: SafeguardingItem,
    verb: str,
    verdict: Verdict,
    *,
    actor: str,
    now: dt.datetime,
    keep_days: int,
) -> None:
    refers = DECISIONS[verdict.decision].refers
    session.add(
        SafeguardingLog(
            item_id=item.id, at=now, by=actor, verb=verb, decision=verdict.decision,
            reason=verdict.reason.strip(), words_hash=verdict.words,
            reference=verdict.reference.strip() if refers else "",
            referred_at=verdict.referred_at if refers else None,
            referred_by=verdict.referred_by.strip() if refers else "",
            keep_until=local_date(now) + dt.timedelta(days=keep_days),
        )
    )  # fmt: skip
    _note(session, verb, item.id, actor=actor, now=now)


def _note(
    session: Session,
    verb: str,
    object_id: str,
    *,
    actor: str,
    now: dt.datetime,
    kind: str = "safeguarding_item",
) -> None:
    """Keep that something was done, and never what was decided."""
    audit.record(session, actor=actor, verb=verb, object_type=kind, object_id=object_id, now=now)
