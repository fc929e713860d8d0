"""Reading surveys and snapshots: statements only, nothing is changed here."""

import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, and_, distinct, func, select
from sqlalchemy.orm import Session

from surveys.models import (
    Answer,
    AnswerHold,
    ReadForSafety,
    Response,
    Snapshot,
    SnapshotResponse,
    Survey,
    SurveyVersion,
    Upload,
)
from surveys.questionnaire import Questionnaire
from surveys.questions import EDITIONS, Edition
from surveys.respondents import Statement, questionnaire

QUOTE_QUESTION = "QP1"
QUOTE_YES = "yes"
AGE_LIST = "young_person_ages"
ADULT_AGE = 18


@dataclasses.dataclass(frozen=True)
class FreeText:
    """One answer in own words, with everything that decides what may be done with it.

    Attributes:
        held: a person must read it for safety before it may be analysed.
        read: a person has read it for safety and let it leave the desk.
        may_quote: the person said yes to QP1.
        under_18: written by an under-18, or by a young person who did not say their age.
    """

    response_id: str
    question: str
    audience: str
    text: str
    edition: Edition
    held: bool
    may_quote: bool
    under_18: bool
    read: bool

    @property
    def may_be_shown(self) -> bool:
        """Tell whether these words may stand in a cloud, a quote, an export or a figure."""
        return self.read and not self.held


def survey_by_slug(session: Session, slug: str) -> Survey | None:
    """Return the survey at that address, if there is one."""
    return session.scalar(select(Survey).where(Survey.slug == slug))


def surveys_of(session: Session, consultation_id: str) -> Sequence[Survey]:
    """Return the surveys of a consultation in a constant order."""
    statement = select(Survey).where(Survey.consultation_id == consultation_id)
    return session.scalars(statement.order_by(Survey.audience, Survey.slug)).all()


def current_version(session: Session, survey: Survey) -> SurveyVersion:
    """Return the newest version of a survey; every survey has one from its import on."""
    statement = select(SurveyVersion).where(SurveyVersion.survey_id == survey.id)
    return session.scalars(statement.order_by(SurveyVersion.number.desc()).limit(1)).one()


def current_document(session: Session, survey: Survey) -> Questionnaire:
    """Return the questionnaire that new respondents get."""
    version = current_version(session, survey)
    return questionnaire(session, version.id, version.document_hash)


def responses_so_far(session: Session, survey_id: str) -> dict[Edition, int]:
    """Return how many responses were sent in each edition and not taken back."""
    rows = session.execute(
        select(Response.edition, func.count())
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(SurveyVersion.survey_id == survey_id, *_counts())
        .group_by(Response.edition)
    )
    counted = {row[0]: row[1] for row in rows}
    return {edition: counted.get(edition, 0) for edition in EDITIONS}


def held_answers(session: Session, survey_id: str) -> frozenset[tuple[str | None, str]]:
    """Return response and question of every answer that waits for a safeguarding reader."""
    rows = session.execute(
        select(AnswerHold.response_id, AnswerHold.question)
        .join(Response, Response.id == AnswerHold.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(SurveyVersion.survey_id == survey_id, AnswerHold.released_at.is_(None))
    )
    return frozenset((response_id, question) for response_id, question in rows)


def latest_snapshot(session: Session, consultation_id: str) -> Snapshot | None:
    """Return the newest snapshot of a consultation, if one was taken."""
    statement = select(Snapshot).where(Snapshot.consultation_id == consultation_id)
    return session.scalars(statement.order_by(Snapshot.taken_at.desc()).limit(1)).first()


def respondents_by_audience(session: Session, snapshot_id: str) -> dict[str, int]:
    """Return how many people of each audience stand behind a snapshot."""
    rows = session.execute(
        people(snapshot_id, select(Survey.audience, func.count(Response.id)))
        .group_by(Survey.audience)
        .order_by(Survey.audience)
    )
    return {row[0]: row[1] for row in rows}


def people_in(session: Session, snapshot_id: str) -> list[str]:
    """Return the ids of the responses of a snapshot that count, in the order of the ids."""
    statement = people(snapshot_id, select(Response.id)).order_by(Response.id)
    return list(session.scalars(statement))


def question_counts(
    session: Session, snapshot_id: str, audience: str, question: str
) -> dict[str, int]:
    """Return how many people gave each answer; people, so nobody counts twice for one answer."""
    columns = select(Answer.value, func.count(distinct(Answer.response_id)))
    rows = session.execute(
        _answered(snapshot_id, columns, audience, question).group_by(Answer.value)
    )
    return {row[0]: row[1] for row in rows}


def question_base(session: Session, snapshot_id: str, audience: str, question: str) -> int:
    """Return how many people of an audience answered a question at all."""
    columns = select(func.count(distinct(Answer.response_id)))
    return session.scalar(_answered(snapshot_id, columns, audience, question)) or 0


def question_wordings(session: Session, snapshot_id: str) -> dict[str, str]:
    """Return what the questions of a snapshot asked, by code, in the standard edition."""
    return {
        code: question.text.standard
        for _, read in snapshot_documents(session, snapshot_id)
        for code, question in read.questions.items()
    }


def free_text(session: Session, snapshot_id: str, *only: ColumnElement[bool]) -> list[FreeText]:
    """Return answers in own words of a snapshot (`only` such), ordered by response and question.

    What is said in a recording counts as its words once a person has written it down.
    """
    documents = dict(snapshot_documents(session, snapshot_id))
    codes = {code for read in documents.values() for code in read.text_codes}
    wanted = Answer.question.in_(codes), *only
    rows = session.execute(_free_text_rows(snapshot_id).where(*wanted)).all()
    facts = _facts(session, snapshot_id, documents)
    found: dict[tuple[str, str], FreeText] = {}
    for row in rows:
        answer, words = (row.response_id, row.question), _words(documents[row.version_id], row)
        if answer in found and words:
            more = f"{found[answer].text}\n{words}"
            found[answer] = dataclasses.replace(found[answer], text=more)
        elif words:
            found[answer] = _free_text(row, words, facts)
    return list(found.values())


def _free_text(row: Any, words: str, facts: "_Facts") -> FreeText:
    return FreeText(
        response_id=row.response_id,
        question=row.question,
        audience=row.audience,
        text=words,
        edition=row.edition,
        held=row.held,
        may_quote=facts.may_quote(row.response_id),
        under_18=row.audience == "young_person" and not facts.is_adult(row.response_id),
        read=row.read,
    )


def _words(read: Questionnaire, row: Any) -> str:
    """Return the own words in one stored value, or in what was said in a recording."""
    said: str = row.value
    if row.is_transcript:
        return said if row.question in read.text_codes else ""
    return read.own_words(row.question, said)


@dataclasses.dataclass(frozen=True)
class _Facts:
    """Answers that decide what may be done with somebody's words."""

    quotable: frozenset[str]
    adults: frozenset[str]

    def may_quote(self, response_id: str) -> bool:
        return response_id in self.quotable

    def is_adult(self, response_id: str) -> bool:
        return response_id in self.adults


def _facts(session: Session, snapshot_id: str, documents: Mapping[str, Questionnaire]) -> _Facts:
    age_codes = {code for read in documents.values() for code in _age_codes(read)}
    columns = select(Answer.response_id, Answer.question, Answer.value)
    statement = _joined_answers(snapshot_id, columns)
    wanted = Answer.question.in_({QUOTE_QUESTION, *age_codes})
    rows = session.execute(statement.where(wanted)).all()
    return _Facts(
        quotable=frozenset(r for r, q, v in rows if q == QUOTE_QUESTION and v == QUOTE_YES),
        adults=frozenset(r for r, q, v in rows if q in age_codes and is_adult_age(v)),
    )


def _age_codes(read: Questionnaire) -> Iterator[str]:
    for code, question in read.questions.items():
        if question.list_name == AGE_LIST:
            yield code


def is_adult_age(band: str) -> bool:
    """Tell whether an age band such as "18_25" starts at 18; anything unclear counts as a child."""
    first = band.partition("_")[0]
    return first.isdigit() and int(first) >= ADULT_AGE


def snapshot_documents(session: Session, snapshot_id: str) -> Iterator[tuple[str, Questionnaire]]:
    """Yield the id of each version that a snapshot's people answered, with its questionnaire."""
    versions = session.execute(
        select(SurveyVersion.id, SurveyVersion.document_hash)
        .join(Response, Response.survey_version_id == SurveyVersion.id)
        .join(SnapshotResponse, SnapshotResponse.response_id == Response.id)
        .where(SnapshotResponse.snapshot_id == snapshot_id)
        .distinct()
    ).all()
    for version_id, document_hash in versions:
        yield version_id, questionnaire(session, version_id, document_hash)


def _free_text_rows(snapshot_id: str) -> Statement:
    held = and_(
        AnswerHold.response_id == Answer.response_id,
        AnswerHold.question == Answer.question,
        AnswerHold.released_at.is_(None),
    )
    read = and_(
        ReadForSafety.response_id == Answer.response_id,
        ReadForSafety.question == Answer.question,
    )
    said = and_(Upload.id == Answer.value, Upload.transcript.is_not(None))
    columns = select(
        Answer.response_id, Answer.question,
        func.coalesce(Upload.transcript, Answer.value).label("value"), Survey.audience,
        Response.edition, SurveyVersion.id.label("version_id"),
        AnswerHold.response_id.is_not(None).label("held"),
        ReadForSafety.response_id.is_not(None).label("read"),
        Upload.id.is_not(None).label("is_transcript"),
    )  # fmt: skip
    return (
        _joined_answers(snapshot_id, columns)
        .outerjoin(AnswerHold, held)
        .outerjoin(ReadForSafety, read)
        .outerjoin(Upload, said)
        .order_by(Answer.response_id, Answer.question, Answer.position)
    )


def people(snapshot_id: str, columns: Statement) -> Statement:
    """Join from a snapshot to the people in it who have not taken their answers back."""
    return (
        columns.select_from(SnapshotResponse)
        .join(Response, Response.id == SnapshotResponse.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(SnapshotResponse.snapshot_id == snapshot_id, *_counts())
    )


def _joined_answers(snapshot_id: str, columns: Statement) -> Statement:
    return people(snapshot_id, columns).join(Answer, Answer.response_id == Response.id)


def _answered(snapshot_id: str, columns: Statement, audience: str, question: str) -> Statement:
    return _joined_answers(snapshot_id, columns).where(
        Survey.audience == audience, Answer.question == question
    )


def _counts() -> tuple[Any, ...]:
    return (
        Response.submitted_at.is_not(None),
        Response.withdrawn_at.is_(None),
        Response.left_out_at.is_(None),
    )
