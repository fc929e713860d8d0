"""Children under 13 take part as the plan says: with a grown-up, in a session, or alone."""

import datetime as dt
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import queries, services
from surveys.gathering import sessions
from surveys.models import Response
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

AGE = {
    "id": "age",
    "question": {
        "code": "YA1",
        "kind": "single",
        "text": {"standard": "How old are you?", "easy": "How old are you?"},
        "picture": "age",
        "facts": True,
        "list": "young_person_ages",
    },
}


@pytest.fixture
def young(
    session: Session,
    client: CheckedClient,
    plan: Consultation,
    source: dict[str, Any],
    now: dt.datetime,
) -> Walker:
    source = {**source, "audience": "young_person", "pages": [AGE, *source["pages"]]}
    survey = services.import_survey(session, plan, source, "young", actor="officer", now=now)
    services.open_survey(session, survey, actor="officer", now=now, production=False)
    session.commit()
    return Walker(client, "young")


@pytest.mark.parametrize("band", ["under_8", "8_10", "11_13"])
def test_a_child_under_13_is_asked_for_a_grown_up(
    young: Walker, session: Session, band: str
) -> None:
    young.says_yes("easy")
    page = young.answers("age", band)
    assert page.h1 == "Is a grown-up with you?"
    for path in ("q/word", "check"):
        assert young.get(path).h1 == "Is a grown-up with you?"
    assert young.post("grown-up", answer="yes").path.endswith("/q/told")
    assert session.scalars(select(Response.adult_present)).all() == [True]
    assert young.get("q/word").path.endswith("/q/word")


def test_without_a_grown_up_nothing_is_kept_and_nobody_is_blamed(
    young: Walker, session: Session
) -> None:
    young.says_yes()
    young.answers("age", "8_10")
    page = young.post("grown-up", answer="no")
    assert page.path.endswith("/not-alone")
    assert "You have done nothing wrong." in page.main
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_older_people_and_a_corrected_age_meet_no_step(young: Walker) -> None:
    young.says_yes()
    assert young.answers("age", "8_10").h1 == "Is a grown-up with you?"
    assert young.get("q/age").h1 == "How old are you?"
    assert young.answers("age", "14_15").path.endswith("/q/told")


def test_the_plan_may_leave_children_to_sessions_alone(
    young: Walker, session: Session, plan: Consultation
) -> None:
    plan.under_13 = "session_only"
    session.commit()
    young.says_yes()
    page = young.answers("age", "8_10")
    assert page.h1 == "You can take part in a group"
    assert page.buttons() == ["Finish, and keep nothing"]
    young.post("grown-up", answer="yes")
    assert session.scalar(select(func.count()).select_from(Response)) == 0


def test_the_plan_may_let_children_answer_alone(
    young: Walker, session: Session, plan: Consultation
) -> None:
    plan.under_13 = "alone"
    session.commit()
    young.says_yes()
    assert young.answers("age", "under_8").path.endswith("/q/told")


def test_children_whom_the_plan_leaves_to_sessions_answer_in_one(
    young: Walker, session: Session, plan: Consultation, now: dt.datetime
) -> None:
    plan.under_13 = "session_only"
    survey = queries.survey_by_slug(session, "young")
    assert survey is not None
    held = sessions.open_session(
        session, survey, label="School council", place_type="school", channel="voh_school",
        held_on=now.date(), facilitator=factories.UserFactory().id, now=now,
    )  # fmt: skip
    session.commit()
    young.client.get(f"/join/{held.code}")
    young.says_yes("easy")
    assert young.answers("age", "8_10").path.endswith("/q/told")
    assert young.get("grown-up").h1 != "You can take part in a group"
    young.answers("word", "Sunny")
    assert young.sends().h1 == "Thank you"
    response = session.scalars(select(Response)).one()
    assert (response.session_id, response.channel) == (held.id, "voh_school")
    assert response.submitted_at is not None


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_way_out_comes_first_on_pages_of_young_people_and_of_safety(
    young: Walker, edition: str
) -> None:
    young.says_yes(edition)
    for path in ("", "q/age", "check", "help-now"):
        links = young.get(path).html.select("body a[href]")
        assert links[1]["href"] == "https://www.bbc.co.uk/weather"
        assert links[1]["rel"] == ["noreferrer", "nofollow"]
        assert links[1].get_text(strip=True) == "Leave this page now"
        drawn = links[1].select("svg use")
        assert [str(one["href"]).rpartition("#")[2] for one in drawn] == (
            ["leave"] if edition == "easy" else []
        )


def test_parents_see_the_way_out_on_safety_pages_only(walker: Walker) -> None:
    walker.says_yes()
    assert walker.get("q/word").html.select_one("a.leave") is None
    assert walker.get("help-now").html.select_one("a.leave") is not None
