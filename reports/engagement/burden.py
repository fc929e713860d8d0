"""How much is asked of the same people at once."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from reports.engagement.measured import Measure
from reports.words import wording
from surveys import queries
from surveys.models import Survey


def lines(session: Session, plan: Consultation) -> Iterator[Measure]:
    """Yield for each audience which other surveys were open to it, and the minutes they take."""
    for survey in queries.surveys_of(session, plan.id):
        others = _at_once(session, plan, survey)
        minutes = sum(queries.current_document(session, one).minutes for one in (survey, *others))
        name = wording.audience(survey.audience)
        yield Measure(
            "answering", "Asked at once", f"{name[0].upper()}{name[1:]}",
            "Surveys that were open to the same people on any of the same days.",
            wording.plural(1 + len(others), "survey", "surveys"),
            f"{minutes} minutes together, as the surveys themselves say",
            "Ask together, or one after the other." if others else "",
        )  # fmt: skip


def _at_once(session: Session, plan: Consultation, survey: Survey) -> list[Survey]:
    rows = session.execute(
        select(Survey, Consultation)
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .where(
            Survey.audience == survey.audience,
            Survey.id != survey.id,
            Survey.opened_at.is_not(None),
            Consultation.opens_on <= plan.closes_on,
            Consultation.closes_on >= plan.opens_on,
        )
        .order_by(Survey.slug)
    )
    return [other for other, beside in rows if _ended(other, beside) >= plan.opens_on]


def _ended(survey: Survey, plan: Consultation) -> dt.date:
    return survey.closed_at.date() if survey.closed_at else plan.closes_on
