"""How much is asked of the same people at once."""

import datetime as dt
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from reports.engagement.measured import Measure, count
from reports.words import wording
from surveys import queries
from surveys.models import Survey

YEAR = dt.timedelta(days=365)


def lines(session: Session, plan: Consultation) -> Iterator[Measure]:
    """Yield for each audience which other surveys were open to it, and the minutes they take."""
    for survey in queries.surveys_of(session, plan.id):
        name = wording.audience(survey.audience)
        of = f"{name[0].upper()}{name[1:]}"
        beside = _open_between(session, survey, plan.opens_on, plan.closes_on)
        yield count(
            "at_once", of, len(beside), f"{_minutes(session, beside)} minutes together",
            "Ask together, or one after the other." if len(beside) > 1 else "",
        )  # fmt: skip
        within = _open_between(session, survey, plan.closes_on - YEAR, plan.closes_on)
        minutes = _minutes(session, within)
        yield Measure(
            "in_year", of, f"{minutes} min", wording.plural(len(within), "survey", "surveys"),
            number=minutes,
        )  # fmt: skip


def _minutes(session: Session, surveys: Sequence[Survey]) -> int:
    return sum(queries.current_document(session, one).minutes for one in surveys)


def _open_between(session: Session, survey: Survey, first: dt.date, last: dt.date) -> list[Survey]:
    """Return a survey and those of the same audience that were open on any of some days."""
    rows = session.execute(
        select(Survey, Consultation)
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .where(
            Survey.audience == survey.audience,
            Survey.id != survey.id,
            Survey.opened_at.is_not(None),
            Consultation.opens_on <= last,
            Consultation.closes_on >= first,
        )
        .order_by(Survey.slug)
    )
    return [survey, *(other for other, beside in rows if _ended(other, beside) >= first)]


def _ended(survey: Survey, plan: Consultation) -> dt.date:
    return survey.closed_at.date() if survey.closed_at else plan.closes_on
