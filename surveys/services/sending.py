"""Sending the answers, the code that is shown once, and the code to come back with before that."""

import datetime as dt
from collections.abc import Mapping

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys import codes, respondents, routing, signals
from surveys.gathering import invitations
from surveys.models import Answer, LeftOutWords, Response
from surveys.prepared import Database
from surveys.questionnaire import Questionnaire
from surveys.questions import Values
from surveys.screens import ANSWERS_KEPT_DAYS
from surveys.services import flags, uploads
from surveys.services.answering import (
    TheResponse,
    change,
    forget,
    require_open,
    the_response,
    writing_to,
)
from surveys.services.errors import InvitationUsedError, SurveyError

RECEIPT_ATTEMPTS = 8
KEPT = dt.timedelta(days=ANSWERS_KEPT_DAYS)


def submit(
    session: Session,
    response: TheResponse,
    *,
    secret: str,
    now: dt.datetime,
    on_paper: bool = False,
    invitation: str = "",
    receipt: str = "",
) -> str:
    """Send the answers and return the receipt code; sending twice changes nothing.

    Answers no longer on the path are left out. Raises SurveyNotOpenError, except for answers on
    paper: they were written earlier than they are keyed. Raises InvitationUsedError when somebody
    has answered with this invitation (its keyed hash) before. Whoever answered on paper holds their
    `receipt` already.
    """
    found = the_response(session, response)
    if found.submitted_at is not None:
        return receipt_code(session, response, secret=secret)
    if not on_paper:
        require_open(found.state(now))
    read = respondents.questionnaire(session, found.version_id, found.document_hash)
    counted, unasked = _leave_out(session, found.id, read, found.audience)
    code, sealed = _free_receipt(session, found.id, secret, receipt)
    late = found.is_late(now)
    sent = session.execute(
        update(Response)
        .where(Response.id == found.id, Response.submitted_at.is_(None))
        .values(
            submitted_at=now, receipt_hmac=sealed, return_hmac=None, is_late=late,
            **_who_answered(read, counted),
        )
        .returning(Response.id),
        execution_options={"synchronize_session": False},
    )  # fmt: skip
    forget(session, response)
    if sent.first() is None:  # somebody pressed twice, and the other press came first
        return receipt_code(session, response, secret=secret)
    if invitation and not invitations.spend(session, invitation, now=now):
        message = "These answers came by an invitation that has been used already."
        raise InvitationUsedError(message)
    flags.raise_flags(session, found.id, read, counted, found.started_at, now)
    texts = *unasked, *(a for a, said in counted.items() if read.questions[a].is_read(said))
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


def change_receipt(session: Session, response: Response, *, secret: str) -> str:
    """Give sent answers another code, and return it; the one they had opens nothing any more."""
    code, response.receipt_hmac = _free_receipt(session, response.id, secret, "")
    session.flush()
    return code


def return_code(session: Database, response: TheResponse, *, secret: str, now: dt.datetime) -> str:
    """Return the code with which somebody comes back to unsent answers, on any device.

    It is the same code each time somebody asks. Raises AlreadySentError and SurveyNotOpenError.
    """
    writing = writing_to(session, response, now)
    kept = shown_return_code(session, writing, secret=secret)
    if kept:
        return kept
    for attempt in range(RECEIPT_ATTEMPTS):
        code = codes.make_return(writing.id, secret=secret, attempt=attempt)
        sealed = codes.seal(code, secret=secret)
        if session.scalar(select(Response.id).where(Response.return_hmac == sealed)) is None:
            change(session, writing.id, return_hmac=sealed)
            forget(session, response)
            return code
    message = "We could not make a code for these answers. Please try again."
    raise SurveyError(message)


def shown_return_code(session: Database, response: TheResponse, *, secret: str) -> str:
    """Return the code to come back with, if somebody has asked for one; else nothing."""
    stored = session.scalar(select(Response.return_hmac).where(Response.id == response.id))
    for attempt in range(RECEIPT_ATTEMPTS if stored else 0):
        code = codes.make_return(response.id, secret=secret, attempt=attempt)
        if codes.seal(code, secret=secret) == stored:
            return code
    return ""


def response_to_come_back_to(
    session: Session, typed: str, *, secret: str, now: dt.datetime
) -> respondents.Answering | None:
    """Return the unsent response of a code; None for a code that is wrong, too old or used up.

    Raises CodeError when what was typed cannot be a code.
    """
    sealed = codes.seal(codes.parse(typed, codes.RETURN_PREFIX), secret=secret)
    found = session.scalar(
        select(Response.id).where(
            Response.return_hmac == sealed,
            Response.submitted_at.is_(None),
            Response.started_at > now - KEPT,
        )
    )
    return respondents.answering(session, found) if found else None


def _leave_out(
    session: Session, response_id: str, read: Questionnaire, audience: str
) -> tuple[dict[str, Values], tuple[str, ...]]:
    """Delete answers off the path, and files that no answer names; return the answers that count.

    Also returns the questions off the path whose words stay, apart, for the safeguarding reader.
    """
    given = respondents.answers(session, response_id)
    counted = routing.on_path_answers(read, given, audience)
    gone = {code: said for code, said in given.items() if code not in counted}
    mine = (Answer.response_id == response_id, Answer.question.in_(gone))
    if gone:
        session.execute(delete(Answer).where(*mine))
    words = keep_for_reader(session, response_id, read, gone)
    if any(question.takes_file for question in read.questions.values()):
        uploads.forget_unused(session, response_id, counted)
    session.flush()
    return counted, words


def keep_for_reader(
    session: Session, response_id: str, read: Questionnaire, gone: Mapping[str, Values]
) -> tuple[str, ...]:
    """Keep the words in answers that are taken away, for the safeguarding reader and nobody else.

    Returns the questions that have such words.
    """
    words = {
        code: text
        for code, said in gone.items()
        if code in read.questions and (text := read.questions[code].own_words(said))
    }
    for code, text in words.items():
        session.merge(LeftOutWords(response_id=response_id, question=code, words=text))
    session.flush()
    return tuple(words)


def _free_receipt(
    session: Session, response_id: str, secret: str, given: str = ""
) -> tuple[str, str]:
    """Return a code nobody else has, with its seal; 40 bits leave collisions rare, not absent."""
    drawn = (
        codes.make(response_id, secret=secret, attempt=attempt)
        for attempt in range(RECEIPT_ATTEMPTS)
    )
    for code in (given, *drawn) if given else drawn:
        sealed = codes.seal(code, secret=secret)
        taken = select(Response.id).where(Response.receipt_hmac == sealed)
        if session.scalar(taken) is None:
            return code, sealed
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
