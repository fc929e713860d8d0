"""Writing down what is said in a recording or stands in a drawing, so that it can be analysed."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from surveys import signals
from surveys.models import Answer, Response, SurveyVersion, Upload
from surveys.questions.words import tidy
from surveys.services.errors import SurveyError


def uploads_of(session: Session, survey_id: str) -> list[Upload]:
    """Return what people sent as pictures, voices or videos and have not taken back.

    In the order of their random ids, which says nothing about when somebody answered.
    """
    return list(
        session.scalars(
            select(Upload)
            .join(Response, Response.id == Upload.response_id)
            .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
            .where(
                SurveyVersion.survey_id == survey_id,
                Response.submitted_at.is_not(None),
                Response.withdrawn_at.is_(None),
                select(Answer.response_id)
                .where(Answer.response_id == Upload.response_id, Answer.value == Upload.id)
                .exists(),
            )
            .order_by(Upload.id)
        )
    )


def transcribe(
    session: Session, upload: Upload, words: str, *, actor: str, now: dt.datetime
) -> Upload:
    """Keep what is said, as a person wrote it down; it goes to the safeguarding queue at once.

    Raises SurveyError for an upload without a response and for a transcript without words.
    """
    words = tidy(words)
    if not words or upload.response_id is None:
        message = "Write down what is said, or leave the page."
        raise SurveyError(message)
    upload.transcript, upload.transcribed_by = words, actor
    session.flush()
    signals.transcribed.send(
        session, response_id=upload.response_id, question=upload.question,
        words=upload.transcript, now=now,
    )  # fmt: skip
    audit.record(
        session, actor=actor, verb="transcribe", object_type="upload",
        object_id=upload.id, now=now,
    )  # fmt: skip
    return upload
