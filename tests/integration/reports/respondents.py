"""People who answered the small consultation, each with words and a choice about being quoted."""

import datetime as dt
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy.orm import Session

import surveys
from engage.consultations import Consultation
from engage.orm import new_id
from surveys import codes, document
from surveys.models import Answer, ReadForSafety, Response, Survey
from surveys.queries import current_version
from surveys.services import import_survey
from tests.factories import NOW

DOCUMENTS = Path(surveys.__file__).parent / "documents"
ACTOR = "demo analyst"
FILES = {
    "parent_carer": ("parent_carers.yaml", "PC06"),
    "professional": ("professionals.yaml", "PR07"),
    "young_person": ("young_people.yaml", "YP12"),
}


def send_in(
    session: Session, plan: Consultation, audience: str, count: int, secret: str
) -> list[Response]:
    """Bring an audience's survey in, and let so many people answer it."""
    file, question = FILES[audience]
    source = document.load(DOCUMENTS / file)
    survey: Survey = import_survey(
        session, plan, source, f"{plan.slug[0]}-{audience}", actor=ACTOR, now=NOW
    )
    version = current_version(session, survey)
    return persons(session, version.id, question, range(count), secret)


def persons(
    session: Session, version_id: str, question: str, places: Iterable[int], secret: str
) -> list[Response]:
    """Store what people sent: all responses in one trip, then all answers."""
    sent = dt.datetime(2026, 1, 10, 12, tzinfo=dt.UTC)
    sent_in = [(place, _response(version_id, place, sent, secret)) for place in places]
    session.add_all(response for _, response in sent_in)
    session.flush()
    for place, response in sent_in:
        permission = "yes" if place % 2 == 0 else "no"
        texts = {question: "Words as they were written, with a name in them.", "QP1": permission}
        session.add_all(
            Answer(response_id=response.id, question=code, position=0, value=value)
            for code, value in texts.items()
        )
        session.add(ReadForSafety(response_id=response.id, question=question, read_at=sent))
    session.flush()
    return [response for _, response in sent_in]


def _response(version_id: str, place: int, sent: dt.datetime, secret: str) -> Response:
    response_id = new_id()
    return Response(
        id=response_id, survey_version_id=version_id, edition="standard", kind="individual",
        notice_version="1", channel="paper_std" if place % 5 == 4 else "online_std",
        started_at=sent, submitted_at=sent,
        receipt_hmac=codes.seal(codes.make(response_id, secret=secret), secret=secret),
    )  # fmt: skip
