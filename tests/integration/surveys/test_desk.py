"""Staff open, close, read and export surveys; what is refused says why."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.consultations import Consultation
from surveys import pictures, services
from surveys.desk import surveys as desk
from surveys.models import Survey
from tests.integration.surveys.walker import Page, Walker
from tests.pages import CheckedClient
from tests.people import Staff

HOME = "/desk/consultations/tiny-plan/surveys/"


@pytest.fixture
def officer(staff: Callable[..., Staff]) -> CheckedClient:
    person = staff("engagement_officer", "analyst")
    person.signs_in()
    return person.client


def test_staff_see_every_survey_with_its_state(officer: CheckedClient, survey: Survey) -> None:
    page = Page(officer.get(HOME))
    assert "A tiny survey" in page.main
    assert "Open, version 1" in page.main
    assert page.html.find(id=survey.slug) is not None


@pytest.mark.parametrize("role", ["facilitator", "engagement_officer", "analyst", "approver"])
@pytest.mark.usefixtures("survey")
def test_no_link_of_the_desk_leads_to_a_refusal(staff: Callable[..., Staff], role: str) -> None:
    person = staff(role)
    person.signs_in()
    for start in ("/desk/consultations/tiny-plan/", HOME):
        page = Page(person.opens(start))
        links = [str(link["href"]) for link in page.html.select(".rail a, main a")]
        refused = [link for link in links if person.client.get(link).status_code == 403]
        assert refused == []


def test_each_link_of_a_survey_says_which_survey_it_is_about(
    officer: CheckedClient, survey: Survey
) -> None:
    section = Page(officer.get(HOME)).html.find(id=survey.slug)
    assert section is not None
    said = [link.get_text(" ", strip=True) for link in section.find_all(["a", "button"])]
    assert all("A tiny survey" in words for words in said)
    assert len(said) == len(set(said))


def test_an_officer_closes_and_opens_again(
    officer: CheckedClient, session: Session, survey: Survey
) -> None:
    officer.send(f"{HOME}tiny/close", page=HOME)
    session.refresh(survey)
    assert survey.closed_at is not None
    assert "Closed" in Page(officer.get(HOME)).main
    assert officer.send(f"{HOME}tiny/open", page=HOME).status_code == 303
    session.refresh(survey)
    assert survey.closed_at is None


def test_an_officer_pauses_and_goes_on(
    officer: CheckedClient, session: Session, survey: Survey
) -> None:
    officer.send(f"{HOME}tiny/pause", page=HOME)
    session.refresh(survey)
    assert survey.paused_at is not None
    said = Page(officer.get(HOME)).main
    assert "Paused" in said
    assert "Go on after the pause" in said
    assert officer.send(f"{HOME}tiny/resume", page=HOME).status_code == 303
    session.refresh(survey)
    assert survey.paused_at is None


def test_a_survey_of_young_people_stays_shut_without_a_safeguarding_reader(
    app: Flask,
    officer: CheckedClient,
    session: Session,
    plan: Consultation,
    source: dict[str, Any],
    now: dt.datetime,
) -> None:
    young = {**source, "audience": "young_person"}
    survey = services.import_survey(session, plan, young, "young", actor="officer", now=now)
    session.commit()
    app.extensions["engage_settings"] = dataclasses.replace(
        app.extensions["engage_settings"], mode="production"
    )
    page = Page(officer.send(f"{HOME}young/open", page=HOME))
    assert page.title.startswith("Error: ")
    assert "who will read" in page.main
    session.refresh(survey)
    assert survey.opened_at is None


def test_closing_what_never_opened_is_refused(officer: CheckedClient, imported: Survey) -> None:
    page = Page(officer.send(f"{HOME}{imported.slug}/close", page=HOME))
    assert "has not been opened" in page.main


@pytest.mark.parametrize("edition", ["standard", "easy"])
@pytest.mark.usefixtures("imported")
def test_both_editions_can_be_read_before_anybody_is_asked(
    officer: CheckedClient, edition: str
) -> None:
    page = Page(officer.get(f"{HOME}tiny/preview?edition={edition}"))
    assert "Only after TQ1: yes" in page.main
    assert bool(page.html.select("main svg")) == (edition == "easy")


def test_taking_the_raw_answers_leaves_a_mark(
    officer: CheckedClient, session: Session, survey: Survey
) -> None:
    reply = officer.get(f"{HOME}{survey.slug}/answers.csv")
    assert reply.mimetype == "text/csv"
    assert reply.get_data(as_text=True).startswith("response,version")
    marks = session.scalars(select(audit.AuditEvent.verb).where(audit.AuditEvent.verb == "export"))
    assert len(marks.all()) == 1


@pytest.mark.usefixtures("imported")
def test_what_is_not_there_is_not_found(officer: CheckedClient) -> None:
    assert officer.get("/desk/consultations/nowhere/surveys/").status_code == 404
    assert officer.get(f"{HOME}nowhere/preview").status_code == 404


def test_without_surveys_the_list_says_what_to_do(
    officer: CheckedClient, plan: Consultation
) -> None:
    assert plan.slug in HOME
    assert "engage survey import" in Page(officer.get(HOME)).main


def test_a_count_that_points_at_somebody_is_not_shown() -> None:
    assert [desk.shown_count(n, 5) for n in (0, 1, 4, 5)] == [
        "0",
        "fewer than 5",
        "fewer than 5",
        "5",
    ]


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_survey_that_is_not_open_says_when(
    client: CheckedClient, imported: Survey, edition: str
) -> None:
    walker = Walker(client, imported.slug)
    page = walker.get(f"?edition={edition}")
    assert page.h1 == "This survey is not open yet"
    assert not page.html.select("main form")


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_a_closed_survey_says_so_and_what_comes_next(
    walker: Walker, session: Session, survey: Survey, now: dt.datetime, edition: str
) -> None:
    walker.says_yes()
    services.close_survey(session, survey, actor="officer", now=now)
    session.commit()
    page = walker.get(f"?edition={edition}")
    assert page.h1 == "This survey has closed"
    assert "what we heard by" in page.main
    assert walker.get("q/moved").h1 == "This survey has closed"
    assert walker.answers("moved", "yes").h1 == "This survey has closed"
    assert walker.says_yes().h1 == "This survey has closed"


def test_the_cookie_of_a_shared_device_goes_with_the_browser(
    client: CheckedClient,
    session: Session,
    plan: Consultation,
    source: dict[str, Any],
    now: dt.datetime,
) -> None:
    young = {**source, "audience": "young_person", "default_edition": "easy"}
    survey = services.import_survey(session, plan, young, "young", actor="officer", now=now)
    services.open_survey(session, survey, actor="officer", now=now, production=False)
    session.commit()
    walker = Walker(client, "young")
    assert "Go to the main part" in walker.says_yes("").text
    cookie = client.get_cookie("engage_answers", path="/s/young/")
    assert cookie is not None
    assert cookie.http_only
    assert cookie.max_age is None
    page = walker.answers("moved", "yes", then="later")
    assert "until you close this browser" in page.main


def test_the_cookie_of_a_parent_lasts_two_weeks_and_holds_only_the_id(
    walker: Walker, session: Session
) -> None:
    del session
    walker.says_yes()
    cookie = walker.client.get_cookie("engage_answers", path="/s/tiny/")
    assert cookie is not None
    assert cookie.max_age == 14 * 24 * 3600
    assert walker.client.get_cookie("engage_answers", path="/") is None


@pytest.mark.parametrize("squeezed", ["gzip", "identity"])
def test_pictures_are_kept_for_a_year(client: CheckedClient, squeezed: str) -> None:
    reply = client.get(pictures.address(["no", "yes"]), headers={"Accept-Encoding": squeezed})
    assert reply.mimetype == "image/svg+xml"
    assert "immutable" in reply.headers["Cache-Control"]
    assert ("Content-Encoding" in reply.headers) == (squeezed == "gzip")


@pytest.mark.parametrize("code", ["dragon.", "AA", "A", "yes..no", "_" * 200, "\u00e9"])
def test_pictures_that_no_address_names_are_not_found(client: CheckedClient, code: str) -> None:
    assert client.get(f"/pictures/{code}.svg").status_code == 404


def test_pictures_of_another_table_are_not_shown_as_these(client: CheckedClient) -> None:
    address = pictures.address(["no", "yes"]).partition("?")[0]
    assert client.get(address).status_code == 200
    assert client.get(f"{address}?v=00000000").status_code == 404
