"""What the holder of a receipt code may do."""

import datetime as dt

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from surveys import codes, signals
from surveys.models import (
    Answer,
    LeftOutWords,
    PaperSheet,
    Response,
    SheetScan,
    SnapshotResponse,
    Survey,
    SurveyVersion,
    Upload,
)
from surveys.services.equality import forget_equality
from surveys.services.errors import SurveyError
from surveys.services.flags import forget_marks


def response_for_receipt(session: Session, code: str, *, secret: str) -> Response | None:
    """Return the response of a receipt code; None when no response has it.

    Raises CodeError when what was typed cannot be a code.
    """
    receipt = codes.seal(codes.parse(code), secret=secret)
    return session.scalar(select(Response).where(Response.receipt_hmac == receipt))


def withdraw(session: Session, response: Response, *, secret: str, now: dt.datetime) -> Response:
    """Take a response out of everything counted from now on.

    Pictures, recordings, scans and equality answers are erased at once, and so are answers that
    no snapshot rests on. Those in a snapshot stay behind it until its reports are mended, and
    are counted nowhere new. Words that wait for a safeguarding reader stay for that reader.
    """
    if response.submitted_at is None:
        message = "Only answers that were sent can be taken out."
        raise SurveyError(message)
    if response.withdrawn_at is None:
        response.withdrawn_at = now
    session.flush()
    needed = _still_read(session, response.id)
    _erase_files(session, response.id, needed)
    forget_equality(session, _consultation_of(session, response), response.id, secret=secret)
    forget_marks(session, response.id)
    if not is_in_snapshot(session, response.id):
        kept = Answer.question.in_(needed)
        session.execute(delete(Answer).where(Answer.response_id == response.id, ~kept))
    unread = LeftOutWords.question.in_(needed)
    session.execute(delete(LeftOutWords).where(LeftOutWords.response_id == response.id, ~unread))
    return response


def erase_read_words(session: Session, response_id: str, question: str) -> None:
    """Erase words that nobody has to read for safety any more: off the path, or taken out."""
    mine = (LeftOutWords.response_id == response_id, LeftOutWords.question == question)
    session.execute(delete(LeftOutWords).where(*mine))
    response = session.get(Response, response_id)
    if response and response.withdrawn_at and not is_in_snapshot(session, response_id):
        session.execute(
            delete(Answer).where(Answer.response_id == response_id, Answer.question == question)
        )


def is_in_snapshot(session: Session, response_id: str) -> bool:
    """Tell whether a response is in a snapshot: it can then be left out, but not erased."""
    held = select(SnapshotResponse.response_id).where(SnapshotResponse.response_id == response_id)
    return session.scalar(held.limit(1)) is not None


def _still_read(session: Session, response_id: str) -> frozenset[str]:
    """Return the questions whose words somebody still has to read for safety."""
    told = signals.withdrawn.send(session, response_id=response_id)
    return frozenset(question for _, codes_ in told for question in codes_ or ())


def _erase_files(session: Session, response_id: str, needed: frozenset[str]) -> None:
    """Erase pictures, recordings and scans; words still to be read take their recording's place."""
    mine = Upload.response_id == response_id
    for upload in session.scalars(select(Upload).where(mine, Upload.question.in_(needed))):
        if upload.transcript:
            session.execute(
                update(Answer)
                .where(Answer.response_id == response_id, Answer.value == upload.id)
                .values(value=upload.transcript)
            )
    session.execute(delete(Upload).where(mine))
    sheets = select(PaperSheet.id).where(PaperSheet.response_id == response_id)
    session.execute(delete(SheetScan).where(SheetScan.sheet_id.in_(sheets)))


def _consultation_of(session: Session, response: Response) -> str:
    return session.scalars(
        select(Survey.consultation_id)
        .join(SurveyVersion, SurveyVersion.survey_id == Survey.id)
        .where(SurveyVersion.id == response.survey_version_id)
    ).one()
