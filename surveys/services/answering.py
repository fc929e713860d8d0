"""Writing a response, page by page, until it is sent.

Respondents' acts are not audited: an audit trail of anonymous people would be a trail to them.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Protocol

from sqlalchemy import case, delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import codes, queries, respondents, routing, signals
from surveys.models import Answer, Response, Survey
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import Edition, Question, Values
from surveys.respondents import Answering
from surveys.services.errors import AlreadySentError, SurveyError, SurveyNotOpenError

RECEIPT_ATTEMPTS = 8
ON_SCREEN = {"standard": "online_std", "easy": "online_er"}


class TheResponse(Protocol):
    """A response as the services need it: the row or the light reading of it."""

    @property
    def id(self) -> str:
        """Return the response's id."""


def start_response(
    session: Session,
    survey: Survey,
    *,
    edition: Edition,
    channel: str,
    now: dt.datetime,
) -> Response:
    """Begin a response: somebody has said yes. Raises SurveyNotOpenError."""
    consultation = session.get_one(Consultation, survey.consultation_id)
    _require_open(respondents.survey_state(survey, consultation.closes_on, now))
    response = Response(
        survey_version_id=queries.current_version(session, survey).id,
        edition=edition,
        channel=channel,
        kind="individual",
        notice_version=consultation.privacy_notice_version,
        started_at=now,
    )
    session.add(response)
    session.flush()
    return response


def record_page(
    session: Session,
    response: TheResponse,
    page: Page,
    form_values: Sequence[str],
    *,
    now: dt.datetime,
    stored: Values | None = None,
) -> Values:
    """Keep one page's answer, or remove it when nothing was given; return what is stored.

    A view that has already read the response and its answers hands them in, so that saving
    costs no second reading. Raises AnswerError in the words of the edition, SurveyNotOpenError
    and AlreadySentError.
    """
    writing = _writing(session, response, now)
    code = page.question.code
    before = respondents.answer(session, writing.id, code) if stored is None else stored
    values = page.question.parse(form_values, writing.edition, before)
    if values != before:
        _keep(session, writing.id, page.question, values)
    if writing.reached != page.id:
        session.execute(
            update(Response).where(Response.id == writing.id).values(reached=page.id),
            execution_options={"synchronize_session": False},
        )
    return values


def switch_edition(
    session: Session, response: TheResponse, edition: Edition, *, now: dt.datetime
) -> None:
    """Show the rest in the other edition; answers are the same in both, so none changes.

    The channel of answers given on screen follows; paper typed in stays paper.
    """
    writing = _writing(session, response, now)
    on_screen = Response.channel.in_(tuple(ON_SCREEN.values()))
    channel = case((on_screen, ON_SCREEN[edition]), else_=Response.channel)
    session.execute(
        update(Response).where(Response.id == writing.id).values(edition=edition, channel=channel),
        execution_options={"synchronize_session": False},
    )
    _forget(session, response)


def discard(session: Session, response: TheResponse) -> None:
    """Remove a response that was never sent, with its answers: somebody has changed their mind."""
    session.execute(
        delete(Response).where(Response.id == response.id, Response.submitted_at.is_(None)),
        execution_options={"synchronize_session": False},
    )


def submit(session: Session, response: TheResponse, *, secret: str, now: dt.datetime) -> str:
    """Send the answers and return the receipt code; sending twice changes nothing.

    Answers no longer on the path are left out. Raises SurveyNotOpenError.
    """
    found = _found(session, response)
    if found.submitted_at is not None:
        return receipt_code(session, response, secret=secret)
    _require_open(found.state(now))
    read = respondents.questionnaire(session, found.version_id, found.document_hash)
    counted = _leave_out(session, found.id, read)
    code, receipt = _free_receipt(session, found.id, secret)
    sent = session.execute(
        update(Response)
        .where(Response.id == found.id, Response.submitted_at.is_(None))
        .values(submitted_at=now, receipt_hmac=receipt, **_who_answered(read, counted))
        .returning(Response.id),
        execution_options={"synchronize_session": False},
    )
    _forget(session, response)
    if sent.first() is None:  # somebody pressed twice, and the other press came first
        return receipt_code(session, response, secret=secret)
    texts = tuple(asked for asked in counted if read.questions[asked].is_text)
    signals.submitted.send(session, response_id=found.id, questions=texts, now=now)
    return code


def receipt_code(session: Session, response: TheResponse, *, secret: str) -> str:
    """Return the code of a sent response; raise SurveyError when it was not sent."""
    stored = session.scalar(select(Response.receipt_hmac).where(Response.id == response.id))
    for attempt in range(RECEIPT_ATTEMPTS):
        code = codes.make(response.id, secret=secret, attempt=attempt)
        if stored is not None and codes.seal(code, secret=secret) == stored:
            return code
    message = "These answers have not been sent, so there is no code yet."
    raise SurveyError(message)


def _require_open(state: respondents.State) -> None:
    if state == "not_open":
        message = "This survey is not open yet."
        raise SurveyNotOpenError(message)
    if state == "closed":
        message = "This survey has closed."
        raise SurveyNotOpenError(message)


def _writing(session: Session, response: TheResponse, now: dt.datetime) -> Answering:
    """Return a response that may still be written to; raise the named error otherwise."""
    found = response if isinstance(response, Answering) else _found(session, response)
    if found.submitted_at is not None:
        message = "Your answers have been sent already."
        raise AlreadySentError(message)
    _require_open(found.state(now))
    return found


def _found(session: Session, response: TheResponse) -> Answering:
    found = respondents.answering(session, response.id)
    if found is None:
        message = "These answers are not there any more."
        raise SurveyError(message)
    return found


def _forget(session: Session, response: TheResponse) -> None:
    """Let a row that was changed by a statement be read anew."""
    if isinstance(response, Response):
        session.expire(response)


def _keep(session: Session, response_id: str, question: Question, values: Values) -> None:
    """Write an answer so that two clicks at once leave one answer, not an error."""
    if question.is_many or not values:
        session.execute(
            delete(Answer).where(
                Answer.response_id == response_id,
                Answer.question == question.code,
                Answer.position >= len(values),
            ),
            execution_options={"synchronize_session": False},
        )
    if not values:
        return
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    rows = [
        {"response_id": response_id, "question": question.code, "position": number, "value": value}
        for number, value in enumerate(values)
    ]
    upsert = dialect.insert(Answer).values(rows)
    session.execute(
        upsert.on_conflict_do_update(
            index_elements=["response_id", "question", "position"],
            set_={"value": upsert.excluded.value},
        )
    )


def _leave_out(session: Session, response_id: str, read: Questionnaire) -> dict[str, Values]:
    """Delete answers off the path and return those that count."""
    given = respondents.answers(session, response_id)
    counted = routing.on_path_answers(read, given)
    gone = given.keys() - counted.keys()
    if gone:
        session.execute(
            delete(Answer).where(Answer.response_id == response_id, Answer.question.in_(gone))
        )
    return counted


def _free_receipt(session: Session, response_id: str, secret: str) -> tuple[str, str]:
    """Return a code nobody else has, with its seal; 40 bits leave collisions rare, not absent."""
    for attempt in range(RECEIPT_ATTEMPTS):
        code = codes.make(response_id, secret=secret, attempt=attempt)
        receipt = codes.seal(code, secret=secret)
        taken = select(Response.id).where(Response.receipt_hmac == receipt)
        if session.scalar(taken) is None:
            return code, receipt
    message = "We could not make a code for these answers. Please send them again."
    raise SurveyError(message)


def _who_answered(read: Questionnaire, counted: Mapping[str, Values]) -> dict[str, str]:
    """Return how the person answered, from the questions that ask it."""
    columns = {"help_used": "help", "respondent_kinds": "kind"}
    return {
        columns[question.list_name]: counted[code][0]
        for code, question in read.questions.items()
        if question.list_name in columns and counted.get(code)
    }
