import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from engage.desk_home import shown_total
from engage.orm import utc_now
from engage.safeguarding import SafeguardingItem
from tests.factories import (
    NOW,
    AnswerFactory,
    ConsultationFactory,
    JobFactory,
    ResponseFactory,
    SnapshotFactory,
    SurveyFactory,
    SurveyVersionFactory,
)
from tests.people import Staff


@pytest.fixture
def officer(staff: Callable[..., Staff]) -> Staff:
    person = staff("engagement_officer")
    person.signs_in()
    return person


def words(person: Staff, address: str) -> str:
    reply = person.opens(address)
    assert reply.status_code == 200
    return " ".join(reply.get_data(as_text=True).split())


def test_an_empty_desk_says_what_to_do(officer: Staff) -> None:
    assert "There is no consultation yet." in words(officer, "/desk/")


def test_the_desk_says_what_needs_a_person_next(officer: Staff, session: Session) -> None:
    today = utc_now().date()
    ConsultationFactory(
        slug="planned", title="Planned one", opens_on=today + dt.timedelta(9),
        closes_on=today + dt.timedelta(10),
    )  # fmt: skip
    ConsultationFactory(slug="closed", title="Closed one", closed=True)
    session.commit()
    desk = words(officer, "/desk/")
    assert "Wait for the opening day." in desk
    assert '<a href="/desk/consultations/closed/themes/">Start the analysis.</a>' in desk


def test_texts_that_wait_for_a_safeguarding_reader_are_counted(
    officer: Staff, session: Session
) -> None:
    for _ in range(2):
        answer = AnswerFactory()
        session.add(
            SafeguardingItem(
                response_id=answer.response_id, question=answer.question, created_at=NOW
            )
        )
    session.commit()
    assert "Waiting to be read for safeguarding: 2 texts." in words(officer, "/desk/")


def test_a_consultation_shows_its_plan_and_surveys(officer: Staff, session: Session) -> None:
    consultation = ConsultationFactory(slug="strategy", title="SEND strategy", closed=True)
    SurveyFactory(consultation_id=consultation.id, slug="parents")
    session.commit()
    page = words(officer, "/desk/consultations/strategy/")
    assert "SEND strategy" in page
    assert "Parents and carers" in page
    assert "1 February 2026" in page
    assert "Special category condition" in page


@pytest.mark.parametrize(
    ("counts", "says"),
    [
        ([], "0"),
        ([0, 0], "0"),
        ([7, 0, 5], "12"),
        ([3], "fewer than 5"),
        ([4, 0], "fewer than 5"),
        ([4, 1], "fewer than 9"),
        ([20, 2], "more than 20"),
    ],
)
def test_no_total_tells_a_small_count(counts: list[int], says: str) -> None:
    assert shown_total(counts, 5) == says


@pytest.mark.parametrize("address", ["/desk/", "/desk/consultations/strategy/"])
def test_answers_are_counted_in_the_words_of_the_list_of_surveys(
    officer: Staff, session: Session, address: str
) -> None:
    consultation = ConsultationFactory(slug="strategy")
    survey = SurveyFactory(consultation_id=consultation.id)
    version = SurveyVersionFactory(survey_id=survey.id)
    ResponseFactory.create_batch(2, survey_version_id=version.id, submitted=True)
    session.commit()
    assert "fewer than 5" in words(officer, address)
    ResponseFactory.create_batch(5, survey_version_id=version.id, submitted=True, edition="easy")
    session.commit()
    assert "more than 5" in words(officer, address)


def test_a_consultation_that_is_not_there_is_not_found(officer: Staff) -> None:
    assert officer.opens("/desk/consultations/nothing/").status_code == 404
    assert officer.opens("/desk/jobs/nothing").status_code == 404


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({}, "Analysis is waiting for a worker"),
        ({"started_at": NOW, "stage": "Reading", "done": 3, "total": 7}, "Reading: 3 of 7"),
        ({"started_at": NOW}, "It has just begun"),
        (
            {"started_at": NOW, "finished_at": NOW, "outcome": "failed", "error": "Too few."},
            "What went wrong: Too few.",
        ),
        ({"started_at": NOW, "finished_at": NOW, "outcome": "succeeded"}, "Analysis is done"),
    ],
)
def test_a_job_says_how_far_it_is(
    officer: Staff, session: Session, values: dict[str, Any], says: str
) -> None:
    job = JobFactory(kind="analyse", **values)
    session.commit()
    page = words(officer, f"/desk/jobs/{job.id}")
    assert says in page
    assert ("Check again" in page) is (job.outcome is None)
    assert "http-equiv" not in page
    assert "Refresh" not in officer.opens(f"/desk/jobs/{job.id}").headers


@pytest.mark.parametrize(
    ("values", "says"),
    [
        ({"started_at": NOW}, "See how far the analysis is."),
        (
            {"started_at": NOW, "finished_at": NOW, "outcome": "failed", "error": "Too few."},
            "The analysis failed. See why.",
        ),
    ],
)
def test_a_job_that_needs_a_look_comes_first(
    officer: Staff, session: Session, values: dict[str, Any], says: str
) -> None:
    snapshot = SnapshotFactory()
    job = JobFactory(kind="analyse", subject_id=snapshot.id, **values)
    session.commit()
    assert f'<a href="/desk/jobs/{job.id}">{says}</a>' in words(officer, "/desk/")


@pytest.mark.parametrize(
    ("kind", "leads_to"), [("analyse", "themes/"), ("remind_owners", ""), ("take_words_out", "")]
)
def test_a_finished_job_leads_on_to_what_its_reader_may_open(
    staff: Callable[..., Staff], session: Session, kind: str, leads_to: str
) -> None:
    analyst = staff("analyst")
    analyst.signs_in()
    snapshot = SnapshotFactory()
    done = {"started_at": NOW, "finished_at": NOW, "outcome": "succeeded"}
    job = JobFactory(kind=kind, subject_id=snapshot.id, **done)
    session.commit()
    page = words(analyst, f"/desk/jobs/{job.id}")
    slug = session.get_one(Consultation, snapshot.consultation_id).slug
    assert (f"/desk/consultations/{slug}/{leads_to}" in page) is bool(leads_to)
