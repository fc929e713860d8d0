"""Whether the browser may keep unsent words reaches every question page, also one drawn before."""

import datetime as dt
from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import services
from surveys.gathering import kiosk, sessions
from surveys.models import Survey
from tests import factories
from tests.integration.surveys.walker import Page, Walker
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("survey")


@pytest.fixture
def young(session: Session, plan: Consultation, source: dict[str, Any], now: dt.datetime) -> Survey:
    made = {**source, "audience": "young_person"}
    survey = services.import_survey(session, plan, made, "young", actor="o", now=now)
    services.open_survey(session, survey, actor="o", now=now, production=False)
    session.commit()
    return survey


@pytest.fixture
def session_doors(app: Flask, session: Session, survey: Survey, now: dt.datetime) -> dict[str, str]:
    """Return the addresses by which people come to a session: on their own, or a shared screen."""
    user = factories.UserFactory(with_roles=["facilitator"])
    held = sessions.open_session(
        session, survey, label="A", place_type="school", channel="event", held_on=now.date(),
        facilitator=user.id, now=now,
    )  # fmt: skip
    session.commit()
    with app.test_request_context():
        return {"join": f"/join/{held.code}", "kiosk": kiosk.address(held.id)}


def kept(page: Page) -> str:
    assert page.html.body is not None
    return str(page.html.body["data-keep"])


def begins(app: Flask, slug: str, door: str = "") -> Walker:
    app.test_client_class = CheckedClient
    client = app.test_client()
    assert isinstance(client, CheckedClient)
    if door:
        client.get(door)
    walker = Walker(client, slug)
    walker.says_yes()
    return walker


def test_unsent_words_are_kept_as_the_place_allows(
    app: Flask, young: Survey, session_doors: dict[str, str]
) -> None:
    """The second time round everybody is shown pages that were drawn for others before."""
    for _ in range(2):
        people = {
            "on": begins(app, "tiny"),
            "off": begins(app, "tiny", session_doors["kiosk"]),
        }
        asked = (begins(app, young.slug), begins(app, "tiny", session_doors["join"]))
        for path in ("q/word", "q/more"):
            for expected, walker in people.items():
                assert kept(walker.get(path)) == expected
            for walker in asked:
                page = walker.get(path)
                assert kept(page) == "ask"
                script = page.html.select_one("head script")
                assert script is not None
                assert script.has_attr("data-own-device")


def test_pages_without_own_words_keep_nothing(app: Flask) -> None:
    walker = begins(app, "tiny")
    for path in ("q/moved", "check", "help-now"):
        assert kept(walker.get(path)) == "off"


def test_a_page_with_a_mistake_keeps_unsent_words_too(app: Flask) -> None:
    walker = begins(app, "tiny")
    page = walker.answers("more", "x" * 4001)
    assert page.title.startswith("Error: ")
    assert kept(page) == "on"
