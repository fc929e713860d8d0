"""Taking answers out: every table that holds something of a person is looked at."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.orm import Base
from engage.safeguarding import HOLD_FROM, SafeguardingItem
from surveys import document, queries, services
from surveys.models import (
    Answer,
    AnswerMark,
    EqualityAnswer,
    PaperSheet,
    Response,
    SheetScan,
    SnapshotResponse,
    Upload,
)
from surveys.signals import submitted
from tests.conftest import SECRET
from tests.factories import NOW, ConsultationFactory, ResponseFactory, SnapshotFactory, UserFactory

WORDS = "He was restrained and he is scared of going back to school."


@pytest.fixture
def response(app: Flask, session: Session) -> Response:
    """Return a sent response with something in every table that can hold something of it."""
    del app  # safeguarding listens
    source = document.load(document.shipped()["young-people"])
    page = next(page for page in source["pages"] if page["question"]["code"] == "YP12")
    page["question"]["kind"] = "recording"
    plan = ConsultationFactory()
    survey = services.import_survey(session, plan, source, "young", actor="o", now=NOW)
    version = queries.current_version(session, survey)
    made: Response = ResponseFactory(submitted=True, survey_version_id=version.id)
    upload = Upload(
        response_id=made.id, question="YP12", kind="voice", media_type="audio/ogg", size=3,
        sha256="0" * 64, description="me", content=b"abc",
    )  # fmt: skip
    session.add(upload)
    session.flush()
    values = {"YP01": "11_13", "YP13": WORDS, "YP12": upload.id, "QP1": "yes"}
    session.add_all(
        Answer(response_id=made.id, question=question, position=0, value=value)
        for question, value in values.items()
    )
    session.add(AnswerMark(mark="m", response_id=made.id))
    sheet = PaperSheet(
        survey_version_id=version.id, edition="easy", code="SHEET-1", printed_on=NOW.date(),
        response_id=made.id, keyed_by=UserFactory().id, keyed_on=NOW.date(),
    )  # fmt: skip
    session.add(sheet)
    session.flush()
    session.add(SheetScan(sheet_id=sheet.id, media_type="image/png", content=b"scan"))
    services.keep_equality(
        session, plan.id, made.id, "EQ2", ("yes",), wording="2026-1", secret=SECRET, now=NOW
    )
    session.flush()
    return made


def rows(session: Session, table: type[Base], *where: Any) -> int:
    return session.scalar(select(func.count()).select_from(table).where(*where)) or 0


def left(session: Session, response: Response) -> dict[str, int]:
    """Count what is left of a person in each table."""
    mine = [Answer, AnswerMark, Upload]
    found = {
        table.__tablename__: rows(session, table, table.response_id == response.id)  # type: ignore[attr-defined]  # each has it
        for table in mine
    }
    return {
        **found,
        "equality_answer": rows(session, EqualityAnswer),
        "sheet_scan": rows(session, SheetScan),
    }


def in_snapshot(session: Session, response: Response) -> str:
    snapshot = SnapshotFactory(responses=1)
    session.add(SnapshotResponse(snapshot_id=snapshot.id, response_id=response.id))
    session.flush()
    return str(snapshot.id)


def test_nothing_is_left_of_answers_that_nobody_counted(
    session: Session, response: Response
) -> None:
    assert all(left(session, response).values())
    services.withdraw(session, response, secret=SECRET, now=NOW)
    assert left(session, response) == dict.fromkeys(left(session, response), 0)


def test_words_that_wait_for_a_safeguarding_reader_stay_for_that_reader(
    session: Session, response: Response
) -> None:
    submitted.send(session, response_id=response.id, questions=("YP13",), now=NOW)
    services.withdraw(session, response, secret=SECRET, now=NOW)
    kept = session.execute(select(Answer.question, Answer.value)).all()
    assert [tuple(row) for row in kept] == [("YP13", WORDS)]
    assert rows(session, SafeguardingItem) == 1
    item = session.scalars(select(SafeguardingItem)).one()
    item.decided_at, item.decided_by, item.decision = NOW, "reader", "no_concern"
    item.confirmed_at, item.confirmed_by = NOW, "second reader"
    item.returns, item.settled_at = True, NOW
    session.flush()
    services.erase_read_words(session, response.id, "YP13")
    assert rows(session, Answer) == 0


def test_words_already_read_without_concern_do_not_stay(
    session: Session, response: Response
) -> None:
    submitted.send(session, response_id=response.id, questions=("YP13",), now=NOW)
    item = session.scalars(select(SafeguardingItem)).one()
    item.decided_at, item.decided_by, item.decision = NOW, "reader", "no_concern"
    item.confirmed_at, item.confirmed_by = NOW, "second reader"
    item.returns, item.settled_at = True, NOW
    session.flush()
    services.withdraw(session, response, secret=SECRET, now=NOW)
    assert rows(session, Answer) == 0


def test_words_of_a_recording_outlast_it_only_for_that_reader(
    session: Session, response: Response
) -> None:
    upload = session.scalars(select(Upload)).one()
    services.transcribe(session, upload, "somebody hits me", actor="analyst", now=NOW)
    services.withdraw(session, response, secret=SECRET, now=NOW)
    assert rows(session, Upload) == 0
    kept = session.execute(select(Answer.question, Answer.value)).all()
    assert [tuple(row) for row in kept] == [("YP12", "somebody hits me")]


def test_counted_answers_stay_behind_their_snapshot_but_count_no_more(
    session: Session, response: Response
) -> None:
    snapshot = in_snapshot(session, response)
    assert queries.free_text(session, snapshot)
    services.withdraw(session, response, secret=SECRET, now=NOW)
    found = left(session, response)
    assert found.pop("answer") == 4
    assert found == dict.fromkeys(found, 0), "pictures, scans and equality answers go all the same"
    assert queries.free_text(session, snapshot) == []
    assert queries.people_in(session, snapshot) == []
    assert queries.respondents_by_audience(session, snapshot) == {}


def test_taking_out_twice_changes_nothing_more(session: Session, response: Response) -> None:
    services.withdraw(session, response, secret=SECRET, now=NOW)
    services.withdraw(session, response, secret=SECRET, now=NOW.replace(year=2027))
    assert response.withdrawn_at == NOW


def test_only_sent_answers_can_be_taken_out(session: Session) -> None:
    with pytest.raises(services.SurveyError):
        services.withdraw(session, ResponseFactory(), secret=SECRET, now=NOW)


# --- What is said in a recording ------------------------------------------------------------


def test_a_transcript_counts_as_the_persons_words_and_is_read_for_safety(
    session: Session, response: Response
) -> None:
    snapshot = in_snapshot(session, response)
    before = {row.question for row in queries.free_text(session, snapshot)}
    upload = session.scalars(select(Upload)).one()
    assert upload.id not in {row.text for row in queries.free_text(session, snapshot)}
    services.transcribe(session, upload, " I like the swimming ", actor="analyst", now=NOW)
    found = {row.question: row for row in queries.free_text(session, snapshot)}
    assert "YP12" in found.keys() - before or found["YP12"].text.endswith("I like the swimming")
    assert (found["YP12"].text, found["YP12"].may_quote) == ("I like the swimming", True)
    item = session.scalars(select(SafeguardingItem)).one()
    assert item.question == "YP12"
    assert item.order_score < HOLD_FROM


def test_a_new_transcript_is_read_anew(session: Session, response: Response) -> None:
    upload = session.scalars(select(Upload)).one()
    services.transcribe(session, upload, "I like it", actor="analyst", now=NOW)
    item = session.scalars(select(SafeguardingItem)).one()
    item.decided_at, item.decided_by, item.decision = NOW, "reader", "no_concern"
    item.confirmed_at, item.confirmed_by = NOW, "second reader"
    item.returns, item.settled_at = True, NOW
    session.flush()
    services.transcribe(session, upload, "he hit me", actor="analyst", now=NOW)
    assert (item.decided_at, item.settled_at) == (None, None)
    assert item.order_score >= HOLD_FROM
    assert upload.transcribed_by == "analyst"
    in_snapshot(session, response)


def test_a_transcript_without_words_is_none(session: Session, response: Response) -> None:
    del response
    upload = session.scalars(select(Upload)).one()
    with pytest.raises(services.SurveyError):
        services.transcribe(session, upload, "  ", actor="analyst", now=NOW)
