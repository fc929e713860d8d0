"""Keeping the pictures and recordings that people send, cleaned, with what they permit."""

import hashlib
from collections.abc import Mapping

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from surveys import cleaning
from surveys.models import Upload
from surveys.questions import AnswerError, Message, Question, Values
from surveys.questions.files import LOST, ONLY_WORDS, Recording, permissions

MOST_KEPT = 20
TOO_MANY = Message(
    "You have sent many files. Please go on without another",
    "You sent a lot of files. Please go on now",
)


def keep(
    session: Session,
    response_id: str,
    question: Question,
    content: bytes,
) -> Upload:
    """Clean a file and keep it until its page is saved; raise AnswerError in plain words.

    Neither the name of the file nor the time is kept: both can tell who somebody is.
    """
    sent = select(func.count()).select_from(Upload).where(Upload.response_id == response_id)
    if (session.scalar(sent) or 0) >= MOST_KEPT:
        raise AnswerError(TOO_MANY)
    allowed = question.allowed if isinstance(question, Recording) else ("picture",)
    cleaned = cleaning.clean(content, allowed)
    upload = Upload(
        response_id=response_id,
        question=question.code,
        kind=cleaned.kind,
        media_type=cleaned.media_type,
        size=len(cleaned.content),
        sha256=hashlib.sha256(cleaned.content).hexdigest(),
        content=cleaned.content,
    )
    session.add(upload)
    session.flush()
    return upload


def forget_unused(session: Session, response_id: str, answers: Mapping[str, Values]) -> None:
    """Delete the files of a response that none of its answers names any more."""
    named = {values[0] for values in answers.values() if values}
    unused = (Upload.response_id == response_id, Upload.id.not_in(named))
    session.execute(delete(Upload).where(*unused), execution_options={"synchronize_session": False})


def settle(session: Session, response_id: str, question: Question, values: Values) -> None:
    """Let the files of a question follow its answer: one stays, with what the person permits.

    Raises AnswerError when the answer names a file that is not this person's.
    """
    kept = values[0] if values and values[0] != ONLY_WORDS else ""
    mine = (Upload.response_id == response_id, Upload.question == question.code)
    if kept:
        upload = session.scalar(select(Upload).where(Upload.id == kept, *mine))
        if upload is None:
            raise AnswerError(LOST)
        allowed = permissions(values)
        upload.description = question.own_words(values)
        upload.may_print = allowed.get("print") == "yes"
        upload.may_print_name = allowed.get("name")
        upload.may_print_age = allowed.get("age")
        session.flush()
    session.execute(
        delete(Upload).where(*mine, Upload.id != kept),
        execution_options={"synchronize_session": False},
    )
