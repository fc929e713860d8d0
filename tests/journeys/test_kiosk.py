"""A shared tablet goes from hand to hand: nobody meets the answers of the person before."""

import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.accounts.services import find_user
from engage.db import db
from surveys import queries
from surveys.gathering import kiosk, sessions
from surveys.models import Response
from tests.journeys import seed
from tests.journeys.visitors import NewVisitor

SURVEY = "/s/young-people/"


@pytest.fixture
def tablet_address(site: Flask) -> str:
    """The address that a facilitator opens on the tablet, for a session that is open."""
    now = dt.datetime.now(dt.UTC)
    with site.app_context(), Session(db.engine) as session:
        survey = queries.survey_by_slug(session, "young-people")
        officer = find_user(session, seed.EMAIL)
        assert survey is not None
        assert officer is not None
        held = sessions.open_session(
            session, survey, label="School council", place_type="school", channel="voh_school",
            held_on=now.date(), facilitator=officer.id, now=now,
        )  # fmt: skip
        session.commit()
        with site.test_request_context():
            return kiosk.address(held.id)


def sent(site: Flask) -> int:
    with site.app_context(), Session(db.engine) as session:
        counted = select(func.count()).select_from(Response)
        return session.scalar(counted.where(Response.channel == "voh_school")) or 0


@pytest.mark.parametrize("scripts", [True, False])
def test_the_next_person_never_meets_the_last_persons_answers(
    site: Flask, new_visitor: NewVisitor, tablet_address: str, scripts: bool
) -> None:
    before = sent(site)
    tablet = new_visitor(scripts=scripts)
    tablet.open(tablet_address)
    assert tablet.path == SURVEY
    tablet.press("Yes")
    while "age" not in tablet.path:
        tablet.press("Continue")
    tablet.choose("16_17")
    tablet.press("Continue")
    tablet.open(f"{SURVEY}check")
    assert "16" in tablet.said
    tablet.press("Send my answers")
    assert "BEE-" in tablet.said

    tablet.page.locator("main").get_by_role("link", name="Next person").click()
    assert tablet.path == SURVEY
    assert "BEE-" not in tablet.said
    for _ in range(4):
        tablet.page.go_back()
        assert tablet.path in {SURVEY, f"{SURVEY}no-thanks"}
        assert "BEE-" not in tablet.said
        assert tablet.page.locator("input:checked").count() == 0

    tablet.open(tablet_address)
    tablet.press("Yes")
    tablet.open(f"{SURVEY}q/age")
    assert tablet.page.locator("input:checked").count() == 0
    assert sent(site) == before + 2  # two people, two responses; the second is not sent yet


def test_a_tablet_that_nobody_touches_starts_again(
    new_visitor: NewVisitor, tablet_address: str
) -> None:
    tablet = new_visitor()
    tablet.page.clock.install()
    tablet.open(tablet_address)
    tablet.press("Yes")
    tablet.page.clock.run_for(kiosk.IDLE_SECONDS * 1_000 + 500)
    assert "Are you still there?" in tablet.page.locator("[role=alert]").inner_text()
    tablet.page.clock.run_for(21_000)
    tablet.page.wait_for_url(f"**{SURVEY}*")
    assert tablet.path == SURVEY
