"""What the holder of a receipt code may do."""

import datetime as dt

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from surveys import codes
from surveys.models import Answer, Response, SnapshotResponse
from surveys.services.errors import SurveyError


def response_for_receipt(session: Session, code: str, *, secret: str) -> Response | None:
    """Return the response of a receipt code; None when no response has it.

    Raises CodeError when what was typed cannot be a code.
    """
    receipt = codes.seal(codes.parse(code), secret=secret)
    return session.scalar(select(Response).where(Response.receipt_hmac == receipt))


def withdraw(session: Session, response: Response, *, now: dt.datetime) -> Response:
    """Take a response out of everything counted from now on.

    Answers that no snapshot rests on are erased at once. Those in a snapshot stay behind it
    until its reports are mended, and are counted nowhere new.
    """
    if response.submitted_at is None:
        message = "Only answers that were sent can be taken out."
        raise SurveyError(message)
    if response.withdrawn_at is None:
        response.withdrawn_at = now
    in_snapshot = select(SnapshotResponse).where(SnapshotResponse.response_id == response.id)
    if session.execute(in_snapshot.limit(1)).first() is None:
        session.execute(delete(Answer).where(Answer.response_id == response.id))
    return response
