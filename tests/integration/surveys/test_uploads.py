"""Pictures and recordings are kept clean, follow their answer, and belong to one person."""

import datetime as dt
import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import answers
from surveys import document, queries, services
from surveys.models import Answer, Response, Survey, Upload
from surveys.questions import AnswerError, Question, Sent
from surveys.services import uploads
from tests.kinds import EVERY_KIND


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(EVERY_KIND)


@pytest.fixture
def response(session: Session, survey: Survey, now: dt.datetime) -> Response:
    return services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )


def drawing(colour: str = "red") -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "PNG")
    return out.getvalue()


def asked(session: Session, survey: Survey, code: str) -> Question:
    return queries.current_document(session, survey).questions[code]


def kept(session: Session, survey: Survey, response: Response, now: dt.datetime) -> Upload:
    question = asked(session, survey, "TQ16")
    return uploads.keep(session, response.id, question, drawing(), "IMG_0001.png", now=now)


def record(
    session: Session, survey: Survey, response: Response, sent: Sent, now: dt.datetime
) -> tuple[str, ...]:
    page = queries.current_document(session, survey).page_of("TQ16")
    return services.record_page(session, response, page, sent, now=now)


def test_a_picture_is_kept_clean_and_without_its_name(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    upload = kept(session, survey, response, now)
    assert (upload.kind, upload.media_type) == ("picture", "image/jpeg")
    assert upload.size == len(upload.content)
    assert not upload.may_print
    assert b"IMG_0001" not in upload.content


def test_what_is_permitted_follows_the_answer(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    upload = kept(session, survey, response, now)
    sent = {"answer": [upload.id], "answer_words": ["A castle"], "answer_print": ["yes"]}
    values = record(session, survey, response, {**sent, "answer_name": ["Sky"]}, now)
    assert values == (upload.id, "=A castle", "print:yes", "name:Sky")
    assert (upload.may_print, upload.may_print_name, upload.may_print_age) == (True, "Sky", None)
    assert upload.description == "A castle"
    record(session, survey, response, {**sent, "answer_print": ["no"]}, now)
    assert (upload.may_print, upload.may_print_name) == (False, None)


def test_a_new_picture_takes_the_place_of_the_old_one(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    old, new = (kept(session, survey, response, now) for _ in range(2))
    record(session, survey, response, {"answer": [new.id]}, now)
    assert session.scalars(select(Upload.id)).all() == [new.id]
    assert old.id != new.id
    record(session, survey, response, {}, now)
    assert session.scalars(select(Upload.id)).all() == []
    assert session.scalars(select(Answer)).all() == []


def test_nobody_can_answer_with_somebody_elses_picture(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    theirs = kept(session, survey, response, now)
    mine = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    with pytest.raises(AnswerError, match="could not find your file"):
        record(session, survey, mine, {"answer": [theirs.id]}, now)


def test_a_question_for_a_voice_takes_no_picture(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    question = asked(session, survey, "TQ17")
    with pytest.raises(AnswerError, match="cannot read this recording"):
        uploads.keep(session, response.id, question, drawing(), "voice.mp3", now=now)


def test_nobody_can_fill_the_database_with_files(
    session: Session,
    survey: Survey,
    response: Response,
    now: dt.datetime,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MOST_KEPT", 2)
    kept(session, survey, response, now)
    kept(session, survey, response, now)
    with pytest.raises(AnswerError, match="many files"):
        kept(session, survey, response, now)


def test_words_about_a_picture_and_for_other_are_read_for_safety_and_analysed(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    read = queries.current_document(session, survey)
    upload = kept(session, survey, response, now)
    record(session, survey, response, {"answer": [upload.id], "answer_words": ["My bus"]}, now)
    other = {"answer": ["school"], "answer_words": ["My aunt"]}
    services.record_page(session, response, read.page_of("TQ19"), other, now=now)
    services.submit(session, response, secret="s", now=now)
    services.close_survey(session, survey, actor="officer", now=now)
    snapshot = queries.latest_snapshot(session, survey.consultation_id)
    assert snapshot is not None
    found = {text.question: text.text for text in queries.free_text(session, snapshot.id)}
    assert found == {"TQ16": "My bus", "TQ19": "My aunt"}


def test_a_recording_and_the_words_beside_it_are_one_text_of_one_person(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    upload = Upload(
        response_id=response.id, question="TQ17", kind="voice", media_type="audio/mp4", size=3,
        sha256="0" * 64, content=b"abc",
    )  # fmt: skip
    session.add(upload)
    session.flush()
    page = queries.current_document(session, survey).page_of("TQ17")
    sent = {"answer": [upload.id], "answer_words": ["More about my bus"]}
    services.record_page(session, response, page, sent, now=now)
    services.submit(session, response, secret="s", now=now)
    services.close_survey(session, survey, actor="officer", now=now)
    services.transcribe(session, upload, "My bus is late", actor="analyst", now=now)
    snapshot = queries.latest_snapshot(session, survey.consultation_id)
    assert snapshot is not None
    (found,) = answers.documents(session, snapshot.id)
    assert found.id == answers.document_id(response.id, "TQ17")
    assert found.text == "My bus is late\nMore about my bus"
