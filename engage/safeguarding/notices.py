"""Telling whoever is on duty that there are words to read: once a working day, and nothing else.

The message holds no word, no number and no survey: a mailbox is no place for a case.
"""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.accounts import User
from engage.audit import AuditEvent
from engage.consultations import HERE, local_date
from engage.mail import Message
from engage.safeguarding import reading
from engage.safeguarding.clock import is_working_day
from engage.safeguarding.models import SafeguardingItem
from engage.settings import Settings

SUBJECT = "There are words to read"
VERB = "told_duty"
TEXT = """There are words to read for safety.

Sign in and read them: {home}/desk/safeguarding/

This message says nothing about them, on purpose. It comes at most once a working day.
"""


def to_tell(session: Session, *, settings: Settings, actor: str, now: dt.datetime) -> list[str]:
    """Return the addresses of who must hear today that words wait, and note that they now do.

    The reader hears when words wait, the deputy when some of them are late. Nobody hears twice on
    one day, or on a day when offices are closed. Commit before sending.
    """
    if not is_working_day(local_date(now)):
        return []
    waiting = reading.lines(session, settings, SafeguardingItem.settled_at.is_(None))
    late = {line.survey.id for line in waiting if line.is_late(now)}
    on_duty: set[str] = set()
    for survey_id in {line.survey.id for line in waiting}:
        duty = reading.duty_for(session, survey_id)
        if duty is not None:
            on_duty.add(duty.reader_id)
            on_duty |= {duty.deputy_id or ""} if survey_id in late else set()
    first = [one for one in sorted(on_duty - {""}) if not _was_told(session, one, now)]
    for user_id in first:
        audit.record(
            session, actor=actor, verb=VERB, object_type="user", object_id=user_id, now=now
        )
    return sorted(session.scalars(select(User.email).where(User.id.in_(first))))


def message(address: str, home: str) -> Message:
    """Write the message; `home` is where people reach this installation."""
    return Message(address, SUBJECT, TEXT.format(home=home))


def _was_told(session: Session, user_id: str, now: dt.datetime) -> bool:
    """Tell whether somebody has been told on this day."""
    midnight = dt.datetime.combine(local_date(now), dt.time(), tzinfo=HERE)
    told = select(AuditEvent.sequence).where(
        AuditEvent.verb == VERB, AuditEvent.object_id == user_id, AuditEvent.at >= midnight
    )
    return session.scalar(told.limit(1)) is not None
