"""Pictures and recordings are kept clean, follow their answer, and belong to one person."""

import datetime as dt
import io
from typing import Any

import pytest
from PIL import Image
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.preparation import answers, identity
from surveys import document, queries, services
from surveys.models import Answer, Response, Survey, Upload
from surveys.questions import AnswerError, Question, Sent
from surveys.respond import answering
from surveys.services import uploads
from tests.integration.surveys.walker import Page, Walker
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


def kept(session: Session, survey: Survey, response: Response) -> Upload:
    question = asked(session, survey, "TQ16")
    return uploads.keep(session, response.id, question, drawing())


def record(
    session: Session, survey: Survey, response: Response, sent: Sent, now: dt.datetime
) -> tuple[str, ...]:
    page = queries.current_document(session, survey).page_of("TQ16")
    return services.record_page(session, response, page, sent, now=now)


def test_a_picture_is_kept_clean_and_without_its_name(
    session: Session, survey: Survey, response: Response
) -> None:
    upload = kept(session, survey, response)
    assert (upload.kind, upload.media_type) == ("picture", "image/jpeg")
    assert upload.size == len(upload.content)
    assert not upload.may_print
    assert b"IMG_0001" not in upload.content


def test_what_is_permitted_follows_the_answer(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    upload = kept(session, survey, response)
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
    old, new = (kept(session, survey, response) for _ in range(2))
    record(session, survey, response, {"answer": [new.id]}, now)
    assert session.scalars(select(Upload.id)).all() == [new.id]
    assert old.id != new.id
    record(session, survey, response, {}, now)
    assert session.scalars(select(Upload.id)).all() == []
    assert session.scalars(select(Answer)).all() == []


def test_nobody_can_answer_with_somebody_elses_picture(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    theirs = kept(session, survey, response)
    mine = services.start_response(
        session, survey, edition="standard", channel="online_std", now=now
    )
    with pytest.raises(AnswerError, match="could not find your file"):
        record(session, survey, mine, {"answer": [theirs.id]}, now)


def test_a_question_for_a_voice_takes_no_picture(
    session: Session, survey: Survey, response: Response
) -> None:
    question = asked(session, survey, "TQ17")
    with pytest.raises(AnswerError, match="cannot read this recording"):
        uploads.keep(session, response.id, question, drawing())


def test_nobody_can_fill_the_database_with_files(
    session: Session,
    survey: Survey,
    response: Response,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(uploads, "MOST_KEPT", 2)
    kept(session, survey, response)
    kept(session, survey, response)
    with pytest.raises(AnswerError, match="many files"):
        kept(session, survey, response)


def test_words_about_a_picture_and_for_other_are_read_for_safety_and_analysed(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    read = queries.current_document(session, survey)
    upload = kept(session, survey, response)
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
    assert found.id == identity.document_id(response.id, "TQ17")
    assert found.text == "My bus is late\nMore about my bus"


def test_files_that_no_answer_names_are_gone_when_the_answers_are_sent(
    session: Session, survey: Survey, response: Response, now: dt.datetime
) -> None:
    upload = kept(session, survey, response)
    record(session, survey, response, {"answer": [upload.id]}, now)
    kept(session, survey, response)  # its page was never saved
    services.submit(session, response, secret="s", now=now)
    assert session.scalars(select(Upload.id)).all() == [upload.id]


def page_of(walker: Walker) -> Page:
    page = walker.says_yes()
    while page.html.select_one("input[type=file]") is None:
        page = walker.post(f"q/{page.hidden('page')}", then="skip", page=page.hidden("page"))
    return page


def sends(walker: Walker, page: Page, path: str, **more: Any) -> Page:
    asked = page.hidden("page")
    file = {"answer-file": (io.BytesIO(drawing()), "a.png")}
    return walker.post(path.replace("?", asked), page=asked, **file, **more)


def test_a_mistake_beside_a_file_keeps_the_file_also_in_another_edition(
    walker: Walker, session: Session
) -> None:
    page = page_of(walker)
    long = "x" * 20_000
    for path in ("q/?", "edition"):
        again = sends(walker, page, path, answer_words=long, edition="standard")
        kept_file = session.scalars(select(Upload.id).order_by(Upload.id)).all()
        assert "empty" not in again.main
        assert again.hidden("answer") in kept_file
        assert again.typed() == long


def test_a_file_stays_with_its_page_on_the_way_to_other_editions(
    walker: Walker, session: Session
) -> None:
    page = page_of(walker)
    editions = sends(walker, page, "editions", answer_words="My bus")
    (upload,) = session.scalars(select(Upload.id)).all()
    assert editions.hidden("answer") == upload
    walker.post("edition", page=page.hidden("page"), edition="standard", answer=upload)
    assert session.scalars(select(Answer.value).where(Answer.value == upload)).all() == [upload]


def test_what_is_permitted_on_the_page_of_a_file_is_kept_with_it(
    walker: Walker, session: Session
) -> None:
    page = page_of(walker)
    said = {"answer_words": "A castle", "answer_print": "yes", "answer_name": "Sky"}
    for _ in range(2):
        sends(walker, page, "q/?", **said)
    (upload,) = session.scalars(select(Upload)).all()
    assert (upload.may_print, upload.may_print_name) == (True, "Sky")
    assert upload.description == "A castle"


def test_files_are_slowed_down_for_each_person_and_each_connection(
    walker: Walker, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = answering.FILES_WINDOW
    monkeypatch.setattr(answering, "FILES_OF_RESPONSE", answering.Throttle(2, window))
    page = page_of(walker)
    for _ in range(2):
        sends(walker, page, "q/?")
    assert "many files" in sends(walker, page, "q/?").main
    monkeypatch.setattr(answering, "FILES_OF_RESPONSE", answering.Throttle(9, window))
    monkeypatch.setattr(answering, "FILES_OF_ADDRESS", answering.Throttle(0, window))
    assert "many files" in sends(walker, page, "q/?").main
    assert len(session.scalars(select(Upload.id)).all()) == 1
