"""Raw answers as a spreadsheet, for the people whose work it is to read them.

Cells hold option keys, so that editions and years add up. A cell that a spreadsheet would run as
a formula gets an apostrophe in front: what a person wrote is read, never executed. Words that
wait for a safeguarding reader, or that the reader keeps back, stay out; which of the two is not
said.
"""

import csv
import io

from sqlalchemy import and_, select
from sqlalchemy.orm import Session

from engage.consultations import local_date
from surveys import queries, respondents
from surveys.cells import safe
from surveys.models import Answer, AnswerHold, ReadForSafety, Response, Survey, SurveyVersion
from surveys.questionnaire import Questionnaire
from surveys.questions import Values
from surveys.respondents import Statement

ABOUT = ("response", "version", "edition", "channel", "kind", "help", "sent_on")
HELD = "[held]"


def answers_csv(session: Session, survey: Survey) -> str:
    """Return every answer sent to a survey, one row a response, as CSV with a header.

    Responses are in the order of their random ids: the file's order says nothing about when
    somebody answered, and only the day of sending is in it.
    """
    documents = _documents(session, survey)
    codes = _codes(session, survey, documents)
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([*ABOUT, *codes])
    given, shown = _answers(session, survey), _shown(session)
    for row in session.execute(_responses(survey)):
        read = documents[row.version_id]
        answers = given.get(row.id, {})
        about = (row.id, row.number, row.edition, row.channel, row.kind, row.help or "")
        cells = [
            _cell(read, code, answers.get(code, ()), may_be_shown=(row.id, code) in shown)
            for code in codes
        ]
        writer.writerow(safe([*map(str, about), local_date(row.submitted_at).isoformat(), *cells]))
    return out.getvalue()


def _cell(read: Questionnaire, code: str, values: Values, *, may_be_shown: bool) -> str:
    question = read.questions.get(code)
    if question is None:
        return ""
    if not may_be_shown and question.is_read(values):
        return HELD
    return question.export(values)


def _codes(
    session: Session, survey: Survey, documents: dict[str, Questionnaire]
) -> tuple[str, ...]:
    """Return the codes of the newest version in its order, then those only older ones asked."""
    newest = queries.current_document(session, survey)
    asked = (newest, *documents.values())
    return tuple(
        dict.fromkeys(
            code for read in asked for code, question in read.questions.items() if question.is_asked
        )
    )


def _documents(session: Session, survey: Survey) -> dict[str, Questionnaire]:
    versions = session.execute(
        select(SurveyVersion.id, SurveyVersion.document_hash)
        .where(SurveyVersion.survey_id == survey.id)
        .order_by(SurveyVersion.number.desc())
    )
    return {
        version_id: respondents.questionnaire(session, version_id, document_hash)
        for version_id, document_hash in versions
    }


def _responses(survey: Survey) -> Statement:
    return (
        select(
            Response.id, SurveyVersion.id.label("version_id"), SurveyVersion.number,
            Response.edition, Response.channel, Response.kind, Response.help,
            Response.submitted_at,
        )
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(
            SurveyVersion.survey_id == survey.id,
            Response.submitted_at.is_not(None),
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
        )
        .order_by(Response.id)
    )  # fmt: skip


def _answers(session: Session, survey: Survey) -> dict[str, dict[str, Values]]:
    found: dict[str, dict[str, Values]] = {}
    rows = session.execute(
        select(Answer.response_id, Answer.question, Answer.value)
        .join(Response, Response.id == Answer.response_id)
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .where(SurveyVersion.survey_id == survey.id)
        .order_by(Answer.response_id, Answer.question, Answer.position)
    )
    for response_id, question, value in rows:
        row = found.setdefault(response_id, {})
        row[question] = (*row.get(question, ()), value)
    return found


def _shown(session: Session) -> frozenset[tuple[str, str]]:
    """Return response and question of the words that a person has read and let go."""
    held = and_(
        AnswerHold.response_id == ReadForSafety.response_id,
        AnswerHold.question == ReadForSafety.question,
        AnswerHold.released_at.is_(None),
    )
    read = select(ReadForSafety.response_id, ReadForSafety.question).where(
        ~select(AnswerHold.response_id).where(held).exists()
    )
    return frozenset((response_id, question) for response_id, question in session.execute(read))
