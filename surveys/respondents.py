"""What a respondent's pages read: few Core statements, and each questionnaire built only once.

Building ORM objects or reading a questionnaire's document on every request would cost more than
everything else on the page. The statements are built once, when this module is imported: building
one costs more than running it. A visit and everything answered so far come with one statement.
"""

import dataclasses
import datetime as dt
import json
from typing import Any, Literal

from sqlalchemy import Select, Text, and_, bindparam, cast, func, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation, local_date
from surveys import document
from surveys.models import Answer, LeftOutWords, Response, Survey, SurveyVersion
from surveys.prepared import Database, Prepared
from surveys.questionnaire import Questionnaire
from surveys.questions import Edition, Values

State = Literal["not_open", "open", "paused", "closed"]
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
    paused_at: dt.datetime | None
    grace_days: int
    closes_on: dt.date
    consultation_id: str
    is_demo: bool
    under_13: str
    version_id: str
    document_hash: str

    def state(self, now: dt.datetime) -> State:
        """Return "not_open", "open", "paused" or "closed", derived from dates."""
        return survey_state(self, self.closes_on, now)

    def is_late(self, now: dt.datetime) -> bool:
        """Tell whether the last day of the plan is over; days of grace may still be left."""
        return local_date(now) > self.closes_on


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
    adult_present: bool | None
    session_id: str | None
    survey_id: str
    slug: str
    audience: str
    opened_at: dt.datetime | None
    closed_at: dt.datetime | None
    paused_at: dt.datetime | None
    grace_days: int
    closes_on: dt.date
    is_demo: bool
    under_13: str

    def state(self, now: dt.datetime) -> State:
        """Return whether its survey is "not_open", "open", "paused" or "closed"."""
        return survey_state(self, self.closes_on, now)

    def is_late(self, now: dt.datetime) -> bool:
        """Tell whether the last day of the plan is over; days of grace may still be left."""
        return local_date(now) > self.closes_on


def survey_state(survey: Survey | Place | Answering, closes_on: dt.date, now: dt.datetime) -> State:
    """Return how a survey stands: staff decide, and the plan's last day closes too.

    Days of grace after the last day count as open; answers in them are marked as late.
    """
    if survey.opened_at is None or now < survey.opened_at:
        return "not_open"
    if survey.closed_at is not None and survey.closed_at <= now:
        return "closed"
    if local_date(now) > closes_on + dt.timedelta(days=survey.grace_days or 0):
        return "closed"
    return "paused" if survey.paused_at is not None and survey.paused_at <= now else "open"


def place(session: Session, slug: str) -> Place | None:
    """Return what the public pages of a survey need, with its newest version."""
    row = session.execute(_PLACE, {"slug": slug}).one_or_none()
    return Place(*row) if row else None


def answering(session: Database, response_id: str) -> Answering | None:
    """Return a response as its own pages need it, if it exists and was not withdrawn."""
    row = session.execute(_ANSWERING, {"response_id": response_id}).one_or_none()
    return Answering(*row) if row else None


def reading(database: Database, response_id: str) -> tuple[Answering, dict[str, Values]] | None:
    """Return a response with everything answered so far, by question, with one statement."""
    row = _READING[dialect_of(database)].row(database, {"response_id": response_id})
    if row is None:
        return None
    *facts, given = row
    found: dict[str, Values] = {}
    for question, _position, value in sorted(json.loads(given or "[]")):
        found[question] = (*found.get(question, ()), value)
    return Answering(*facts), found


def dialect_of(database: Database) -> str:
    """Return "sqlite" or "postgresql"."""
    bound = database.get_bind() if isinstance(database, Session) else database
    return str(bound.dialect.name)


def notice_version(session: Session, response_id: str) -> str | None:
    """Return the version of the privacy notice that a response was begun with."""
    return session.scalar(select(Response.notice_version).where(Response.id == response_id))


def answers(session: Database, response_id: str) -> dict[str, Values]:
    """Return everything one person has answered so far, by question."""
    found: dict[str, list[str]] = {}
    for question, value in session.execute(_ANSWERS, {"response_id": response_id}):
        found.setdefault(question, []).append(value)
    return {question: tuple(values) for question, values in found.items()}


def left_out_words(session: Session, response_id: str) -> dict[str, str]:
    """Return words off the path by question, for the safeguarding reader and nobody else."""
    rows = select(LeftOutWords.question, LeftOutWords.words)
    mine = rows.where(LeftOutWords.response_id == response_id)
    return {row[0]: row[1] for row in session.execute(mine)}


def answer(session: Database, response_id: str, question: str) -> Values:
    """Return what one person has answered to one question so far."""
    asked = {"response_id": response_id, "question": question}
    return tuple(session.scalars(_ANSWER, asked))


def questionnaire(session: Database, version_id: str, document_hash: str) -> Questionnaire:
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


def _of_a_place() -> Statement:
    newest = _newest_version().subquery()
    return (
        select(
            Survey.id, Survey.slug, Survey.audience, Survey.opened_at, Survey.closed_at,
            Survey.paused_at, Survey.grace_days, Consultation.closes_on, Survey.consultation_id,
            Consultation.is_demo, Consultation.under_13,
            SurveyVersion.id, SurveyVersion.document_hash,
        )
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .join(newest, newest.c.survey_id == Survey.id)
        .join(
            SurveyVersion,
            and_(SurveyVersion.survey_id == Survey.id, SurveyVersion.number == newest.c.number),
        )
        .where(Survey.slug == bindparam("slug"))
    )  # fmt: skip


def _of_a_response(*more: Any) -> Statement:
    return (
        select(
            Response.id, Response.edition, SurveyVersion.id, SurveyVersion.document_hash,
            Response.started_at, Response.submitted_at, Response.reached,
            Response.adult_present, Response.session_id,
            Survey.id, Survey.slug, Survey.audience, Survey.opened_at, Survey.closed_at,
            Survey.paused_at, Survey.grace_days,
            Consultation.closes_on, Consultation.is_demo, Consultation.under_13, *more,
        )
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .where(Response.id == bindparam("response_id"), Response.withdrawn_at.is_(None))
    )  # fmt: skip


def _given(collected: Any) -> Any:
    return select(collected).where(Answer.response_id == Response.id).scalar_subquery()


_PARTS = (Answer.question, Answer.position, Answer.value)
_PLACE = _of_a_place()
_ANSWERING = _of_a_response()
#: All answers of a response in one cell: as rows, each would repeat every fact of the response.
_READING = {
    name: Prepared(_of_a_response(_given(collected)))
    for name, collected in (
        ("postgresql", cast(func.json_agg(func.json_build_array(*_PARTS)), Text)),
        ("sqlite", cast(func.json_group_array(func.json_array(*_PARTS)), Text)),
    )
}
_ANSWERS = (
    select(Answer.question, Answer.value)
    .where(Answer.response_id == bindparam("response_id"))
    .order_by(Answer.question, Answer.position)
)
_ANSWER = (
    select(Answer.value)
    .where(Answer.response_id == bindparam("response_id"), Answer.question == bindparam("question"))
    .order_by(Answer.position)
)
