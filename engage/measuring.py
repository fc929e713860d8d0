"""Taking our own measures: every room's together with the clock of reading for safety."""

import datetime as dt

from sqlalchemy.orm import Session

from engage import consultations
from engage.consultations import Consultation, local_date
from engage.safeguarding import reading
from engage.settings import Settings
from reports.engagement import gathering, keeping
from reports.engagement.measured import Measure
from surveys.models import Survey


def take(
    session: Session, plan: Consultation, *, settings: Settings, now: dt.datetime
) -> tuple[Measure, ...]:
    """Take every measure of a consultation."""
    mine = reading.lines(session, settings, Survey.consultation_id == plan.id)
    in_time = reading.share_in_time(mine, now)
    return gathering.measures(session, plan, read_in_time=in_time, settings=settings, now=now)


def keep_due(session: Session, *, settings: Settings, now: dt.datetime) -> int:
    """Keep this month's measures of each consultation that has begun; return how many lines."""
    kept = 0
    for plan in consultations.everything(session):
        if plan.opens_on <= local_date(now) and keeping.is_due(session, plan, now):
            found = take(session, plan, settings=settings, now=now)
            kept += keeping.keep(session, plan, found, now=now)
    return kept
