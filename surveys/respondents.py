"""What a respondent's pages read: few Core statements, and each questionnaire built only once.

Building ORM objects or reading a questionnaire's document on every request would cost more than
everything else on the page.
"""

import dataclasses
import datetime as dt
from typing import Any, Literal

from sqlalchemy import Select, and_, func, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation, local_date
from surveys import document
from surveys.models import Answer, Response, Survey, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import Edition, Values

State = Literal["not_open", "open", "closed"]
Statement = Select[*tuple[Any, ...]]
VERSIONS_KEPT = 64

_built: dict[str, Questionnaire] = {}


@dataclasses.dataclass(frozen=True)
class Place:
    """What every public page of a survey needs to know, read with one statement."""

    survey_id: str
    slug: str
    audience: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    closes_on: dt.date
    consultation_id: str
    is_demo: bool
    version_id: str
    document_hash: str

    def state(self, now: dt.datetime) -> State:
        """Return "not_open", "open" or "closed", derived from dates."""
        return survey_state(self, self.closes_on, now)


@dataclasses.dataclass(frozen=True)
class Answering:
    """A response while it is being written, without the cost of an ORM object."""

    id: str
    edition: Edition
    version_id: str
    document_hash: str
    started_at: dt.datetime
    submitted_at: dt.datetime | None
    reached: str | None
    slug: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    closes_on: dt.date
    is_demo: bool

    def state(self, now: dt.datetime) -> State:
        """Return whether its survey is "not_open", "open" or "closed"."""
        return survey_state(self, self.closes_on, now)


def survey_state(survey: Survey | Place | Answering, closes_on: dt.date, now: dt.datetime) -> State:
    """Return "not_open", "open" or "closed": staff decide, and the plan's last day closes too."""
    if survey.opened_at is None or now < survey.opened_at:
        return "not_open"
    if survey.closed_at is not None and survey.closed_at <= now:
        return "closed"
    return "closed" if local_date(now) > closes_on else "open"


def place(session: Session, slug: str) -> Place | None:
    """Return what the public pages of a survey need, with its newest version."""
    newest = _newest_version().subquery()
    statement: Statement = (
        select(
            Survey.id, Survey.slug, Survey.audience, Survey.opened_at, Survey.closed_at,
            Consultation.closes_on, Survey.consultation_id, Consultation.is_demo,
            SurveyVersion.id, SurveyVersion.document_hash,
        )
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .join(newest, newest.c.survey_id == Survey.id)
        .join(
            SurveyVersion,
            and_(SurveyVersion.survey_id == Survey.id, SurveyVersion.number == newest.c.number),
        )
        .where(Survey.slug == slug)
    )  # fmt: skip
    row = session.execute(statement).one_or_none()
    return Place(*row) if row else None


def answering(session: Session, response_id: str) -> Answering | None:
    """Return a response as its own pages need it, if it exists and was not withdrawn."""
    statement: Statement = (
        select(
            Response.id, Response.edition, SurveyVersion.id, SurveyVersion.document_hash,
            Response.started_at, Response.submitted_at, Response.reached,
            Survey.slug, Survey.opened_at, Survey.closed_at,
            Consultation.closes_on, Consultation.is_demo,
        )
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .where(Response.id == response_id, Response.withdrawn_at.is_(None))
    )  # fmt: skip
    row = session.execute(statement).one_or_none()
    return Answering(*row) if row else None


def answers(session: Session, response_id: str) -> dict[str, Values]:
    """Return everything one person has answered so far, by question."""
    rows = session.execute(
        select(Answer.question, Answer.value)
        .where(Answer.response_id == response_id)
        .order_by(Answer.question, Answer.position)
    )
    found: dict[str, list[str]] = {}
    for question, value in rows:
        found.setdefault(question, []).append(value)
    return {question: tuple(values) for question, values in found.items()}


def answer(session: Session, response_id: str, question: str) -> Values:
    """Return what one person has answered to one question so far."""
    statement = select(Answer.value).where(
        Answer.response_id == response_id, Answer.question == question
    )
    return tuple(session.scalars(statement.order_by(Answer.position)))


def questionnaire(session: Session, version_id: str, document_hash: str) -> Questionnaire:
    """Return a version's questionnaire; it is read and built once in each process."""
    found = _built.get(document_hash)
    if found is None:
        text = session.scalar(select(SurveyVersion.document).where(SurveyVersion.id == version_id))
        if text is None:
            message = "This version of the questionnaire is not in the database."
            raise LookupError(message)
        found = _remember(document_hash, document.read(text))
    return found


def _remember(document_hash: str, read: Questionnaire) -> Questionnaire:
    """Keep a built questionnaire; versions never change, so it can never be stale."""
    if len(_built) >= VERSIONS_KEPT:
        _built.pop(next(iter(_built)))
    return _built.setdefault(document_hash, read)


def _newest_version() -> Statement:
    number = func.max(SurveyVersion.number).label("number")
    return select(SurveyVersion.survey_id, number).group_by(SurveyVersion.survey_id)
