"""What the safeguarding desk reads: the words, where they came from, and by when to read them."""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, func, or_, select
from sqlalchemy.orm import Session, aliased

from engage.accounts import User
from engage.consultations import Consultation
from engage.safeguarding import clock
from engage.safeguarding.acts import Act, log_of
from engage.safeguarding.models import (
    TOGETHER_BELOW,
    SafeguardingDuty,
    SafeguardingItem,
    SafeguardingLog,
)
from engage.settings import Settings
from surveys import respondents
from surveys.ages import YOUNG_AUDIENCE
from surveys.models import (
    Answer,
    Artefact,
    FacilitatedSession,
    LeftOutWords,
    Response,
    Survey,
    SurveyVersion,
    Upload,
)
from surveys.questions import words_to_read
from surveys.respondents import Statement

WAITING, SECOND, SETTLED = "waiting", "second", "settled"


@dataclasses.dataclass(frozen=True)
class Line:
    """One text as the list shows it: where it came from and by when, never what it says.

    Attributes:
        due: by when it must have been read.
        holder: who reads it, as the plan says until somebody is assigned; deputy after.
        read_at: when somebody first decided about these words, if anybody has.
    """

    item: SafeguardingItem
    survey: Survey
    consultation: Consultation
    is_young: bool
    due: dt.datetime
    holder: str
    deputy: str
    from_session: bool

    @property
    def read_at(self) -> dt.datetime | None:
        """Return when somebody read these words and decided."""
        return self.item.decided_at

    def is_late(self, now: dt.datetime) -> bool:
        """Tell whether the words were read too late, or are unread although it is time."""
        return (self.read_at or now) > self.due


@dataclasses.dataclass(frozen=True)
class Context:
    """What is known about a text beside its words; never who wrote it, nor a receipt code."""

    question: str
    area: str
    files: tuple[Upload, ...]
    held_session: FacilitatedSession | None
    withdrawn: bool
    log: tuple[Act, ...]


def lines(
    session: Session, settings: Settings, *where: ColumnElement[bool], limit: int | None = None
) -> list[Line]:
    """Return texts with their place and clock, those to be read first on top."""
    order = (SafeguardingItem.order_score.desc(), SafeguardingItem.created_at, SafeguardingItem.id)
    rows = session.execute(_placed().where(*where).order_by(*order).limit(limit)).all()
    return [_line(row, settings) for row in rows]


def line_of(session: Session, item: SafeguardingItem, settings: Settings) -> Line:
    """Return one text with its place and clock."""
    return lines(session, settings, SafeguardingItem.id == item.id)[0]


def is_state(state: str) -> ColumnElement[bool]:
    """Return the condition for texts that are "waiting", wait for a "second" or are "settled"."""
    return {
        WAITING: SafeguardingItem.decision.is_(None),
        SECOND: SafeguardingItem.decision.is_not(None) & SafeguardingItem.settled_at.is_(None),
        SETTLED: SafeguardingItem.settled_at.is_not(None),
    }[state]


def may_be_together() -> ColumnElement[bool]:
    """Return the condition for low texts of which a whole page may be taken as read.

    The worker must have looked at them, and pictures and recordings are opened one by one.
    """
    made = aliased(Artefact)
    drawn = select(made.id).where(
        made.id == SafeguardingItem.artefact_id, made.upload_id.is_not(None)
    )
    sent = select(Upload.id).where(
        Upload.response_id == SafeguardingItem.response_id,
        Upload.question == SafeguardingItem.question,
    )
    return and_(
        is_state(WAITING),
        SafeguardingItem.order_score < TOGETHER_BELOW,
        SafeguardingItem.is_weighed,
        ~drawn.exists(),
        ~sent.exists(),
    )


def words_of(session: Session, items: Iterable[SafeguardingItem]) -> dict[str, str]:
    """Return the words of each item by its id; empty for a picture that nobody described."""
    chosen = list(items)
    answers = _answers(session, [item for item in chosen if item.response_id])
    made = {item.artefact_id for item in chosen if item.artefact_id}
    noted = dict(
        session.execute(select(Artefact.id, Artefact.words).where(Artefact.id.in_(made))).all()
    )
    return {
        item.id: noted.get(item.artefact_id, "")
        if item.artefact_id
        else answers.get((item.response_id or "", item.question), "")
        for item in chosen
    }


def digest(words: str) -> str:
    """Return a fingerprint of words, so that a decision is about the words that were shown."""
    return hashlib.sha256(words.encode()).hexdigest()


def context(session: Session, line: Line) -> Context:
    """Return what helps to judge one text, and everything that was done about it."""
    item = line.item
    response = session.get(Response, item.response_id) if item.response_id else None
    artefact = session.get(Artefact, item.artefact_id) if item.artefact_id else None
    held_id = artefact.session_id if artefact else response.session_id if response else None
    return Context(
        question=_asked(session, line, response),
        area=_area(session, response),
        files=_files(session, item, artefact),
        held_session=session.get(FacilitatedSession, held_id) if held_id else None,
        withdrawn=bool(response and response.withdrawn_at)
        or bool(artefact and artefact.removed_on),
        log=log_of(session, SafeguardingLog.item_id == item.id),
    )


def share_in_time(found: Sequence[Line], now: dt.datetime) -> tuple[int, int]:
    """Return how many texts were read in time, of those that are read or already late."""
    judged = [line for line in found if line.read_at or line.is_late(now)]
    return sum(not line.is_late(now) for line in judged), len(judged)


def _placed() -> Statement:
    """Join every item to its survey, by way of a response or of a session."""
    version, held = aliased(SurveyVersion), aliased(FacilitatedSession)
    reader, deputy = aliased(User), aliased(User)
    return (
        select(
            SafeguardingItem, Survey, Consultation, Response.session_id.label("session_id"),
            reader.display_name.label("reader"), deputy.display_name.label("deputy"),
        )
        .outerjoin(Response, Response.id == SafeguardingItem.response_id)
        .outerjoin(version, version.id == Response.survey_version_id)
        .outerjoin(Artefact, Artefact.id == SafeguardingItem.artefact_id)
        .outerjoin(held, held.id == Artefact.session_id)
        .join(Survey, Survey.id == func.coalesce(version.survey_id, held.survey_id))
        .join(Consultation, Consultation.id == Survey.consultation_id)
        .outerjoin(SafeguardingDuty, SafeguardingDuty.id == _duty())
        .outerjoin(reader, reader.id == SafeguardingDuty.reader_id)
        .outerjoin(deputy, deputy.id == SafeguardingDuty.deputy_id)
    )  # fmt: skip


def duty_for(session: Session, survey_id: str) -> SafeguardingDuty | None:
    """Return who reads the words of a survey, if somebody is assigned."""
    of_survey = select(SafeguardingDuty).join(Survey, Survey.id == survey_id)
    return session.scalar(of_survey.where(SafeguardingDuty.id == _duty()))


def _duty() -> ColumnElement[str]:
    """Find the duty for a survey: its own if it has one, else that of the consultation."""
    mine = aliased(SafeguardingDuty)
    return (
        select(mine.id)
        .where(
            mine.consultation_id == Survey.consultation_id,
            or_(mine.survey_id == Survey.id, mine.survey_id.is_(None)),
        )
        .order_by(mine.survey_id.is_(None))
        .limit(1)
        .correlate(Survey)
        .scalar_subquery()
    )


def _line(row: Row[*tuple[Any, ...]], settings: Settings) -> Line:
    item, survey, plan = row.SafeguardingItem, row.Survey, row.Consultation
    allowed = clock.days_for(survey.audience, settings)
    return Line(
        item=item,
        survey=survey,
        consultation=plan,
        is_young=survey.audience == YOUNG_AUDIENCE,
        due=clock.due(item.created_at, allowed),
        holder=row.reader or plan.safeguarding_reader or "",
        deputy=row.deputy or "",
        from_session=item.artefact_id is not None or row.session_id is not None,
    )


def _answers(session: Session, items: Sequence[SafeguardingItem]) -> dict[tuple[str, str], str]:
    ids = {item.response_id for item in items}
    said: dict[str, str] = {
        upload_id: " ".join(part for part in (transcript, description) if part)
        for upload_id, transcript, description in session.execute(
            select(Upload.id, Upload.transcript, Upload.description).where(
                Upload.response_id.in_(ids)
            )
        )
    }
    values: dict[tuple[str, str], list[str]] = {}
    rows = session.execute(
        select(Answer.response_id, Answer.question, Answer.value)
        .where(Answer.response_id.in_(ids))
        .order_by(Answer.response_id, Answer.question, Answer.position)
    )
    for response_id, question, value in rows:
        values.setdefault((response_id, question), []).append(said.get(value, value))
    read = {key: words_to_read(tuple(v for v in found if v)) for key, found in values.items()}
    return read | _left_out(session, ids)


def _left_out(session: Session, ids: set[str | None]) -> dict[tuple[str, str], str]:
    """Return words on questions that a later answer led away from: no answers, but to be read."""
    found = select(LeftOutWords).where(LeftOutWords.response_id.in_(ids))
    return {(row.response_id, row.question): row.words for row in session.scalars(found)}


def _files(
    session: Session, item: SafeguardingItem, artefact: Artefact | None
) -> tuple[Upload, ...]:
    mine = and_(Upload.response_id == item.response_id, Upload.question == item.question)
    wanted = Upload.id == artefact.upload_id if artefact else mine
    return tuple(session.scalars(select(Upload).where(wanted).order_by(Upload.id)))


def _asked(session: Session, line: Line, response: Response | None) -> str:
    if response is None:
        return ""
    version = session.get_one(SurveyVersion, response.survey_version_id)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    question = read.questions.get(line.item.question)
    return question.text.standard if question else line.item.question


def _area(session: Session, response: Response | None) -> str:
    """Return the area that somebody chose, in words; nothing if they did not say."""
    if response is None:
        return ""
    version = session.get_one(SurveyVersion, response.survey_version_id)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    given: Mapping[str, tuple[str, ...]] = respondents.answers(session, response.id)
    return ", ".join(
        part
        for code, question in read.questions.items()
        if question.kind == "area" and given.get(code)
        for part in question.summary(given[code], "standard")
    )
