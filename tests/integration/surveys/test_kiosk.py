import datetime as dt

import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.gathering import kiosk, sessions
from surveys.models import FacilitatedSession, Response, Survey
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

pytestmark = pytest.mark.usefixtures("survey")


@pytest.fixture
def held(session: Session, survey: Survey, now: dt.datetime) -> FacilitatedSession:
    user = factories.UserFactory(with_roles=["facilitator"])
    opened = sessions.open_session(
        session, survey, label="A", place_type="school", channel="event",
        held_on=now.date(), facilitator=user.id, now=now,
    )  # fmt: skip
    session.commit()
    return opened


@pytest.fixture
def tablet(app: Flask, held: FacilitatedSession) -> str:
    with app.test_request_context():
        return kiosk.address(held.id)


def test_the_next_person_finds_nothing_of_the_last_one(
    client: CheckedClient, session: Session, walker: Walker, tablet: str, held: FacilitatedSession
) -> None:
    client.get(tablet)
    walker.says_yes()
    walker.answers("told")
    thanks = walker.sends()
    assert "BEE-" in thanks.text
    assert "Next person" in thanks.text
    assert thanks.headers["Refresh"] == "120; url=/s/tiny/next-person"
    assert "no-store" in thanks.headers["Cache-Control"]
    start = walker.get("next-person")
    assert "BEE-" not in start.text
    assert "Carry on" not in start.text
    assert walker.get("thanks").path == "/s/tiny/"
    assert walker.get("check").path == "/s/tiny/"
    response = session.scalars(select(Response)).one()
    assert (response.session_id, response.channel) == (held.id, "event")


def test_a_person_who_walked_away_leaves_nothing_on_the_screen(
    client: CheckedClient, walker: Walker, tablet: str
) -> None:
    client.get(tablet)
    walker.says_yes()
    walker.answers("moved", "yes")
    page = walker.get("q/moved")
    assert page.chosen() == ["yes"]
    assert page.headers["Refresh"].startswith("1800")
    assert page.html.body is not None
    assert page.html.body["data-kiosk"] == str(kiosk.IDLE_SECONDS)
    assert page.html.body["data-kiosk-to"] == "/s/tiny/next-person"
    assert page.html.body["data-keep"] == "off"
    walker.get("next-person")
    assert walker.get("q/moved").path == "/s/tiny/"


def test_the_way_out_of_a_shared_screen_leads_to_its_start_and_not_elsewhere(
    client: CheckedClient, walker: Walker, tablet: str
) -> None:
    client.get(tablet)
    walker.says_yes("easy")
    walker.answers("moved", "yes")
    way_out = walker.get("help-now").html.select_one("a.leave")
    assert way_out is not None
    assert way_out["href"] == "/s/tiny/next-person"
    start = walker.get("next-person")
    assert start.path == "/s/tiny/"
    assert "Carry on" not in start.text


def test_two_people_at_one_tablet_are_two_responses(
    client: CheckedClient, session: Session, tablet: str
) -> None:
    for _ in range(2):
        client.get(tablet)
        walker = Walker(client, "tiny")
        walker.says_yes()
        walker.sends()
    sent = session.scalars(select(Response).where(Response.submitted_at.is_not(None))).all()
    assert len(sent) == 2


def test_the_cookie_of_a_shared_screen_goes_with_the_browser(
    client: CheckedClient, walker: Walker, tablet: str
) -> None:
    client.get(tablet)
    walker.says_yes()
    cookie = client.get_cookie("engage_answers", path="/s/tiny/")
    assert cookie is not None
    assert cookie.max_age is None


def test_a_tablet_stops_when_its_session_is_closed(
    client: CheckedClient, session: Session, tablet: str, held: FacilitatedSession, now: dt.datetime
) -> None:
    client.get(tablet)
    sessions.record_session(session, held, heads=3, actor="f", now=now)
    sessions.close_session(session, held, actor="f", now=now)
    session.commit()
    for address in ("/s/tiny/next-person", tablet, "/kiosk/forged"):
        reply = client.get(address)
        assert reply.status_code == 404
        assert "This session is over" in reply.get_data(as_text=True)


def test_other_devices_do_not_start_again_by_themselves(
    client: CheckedClient, walker: Walker
) -> None:
    walker.says_yes()
    page = walker.get("q/moved")
    assert "Refresh" not in page.headers
    assert page.html.body is not None
    assert not page.html.body.has_attr("data-kiosk")
    assert client.get("/s/tiny/next-person").location == "/s/tiny/"


def test_a_page_of_the_last_person_that_is_sent_again_shows_nothing_of_them(
    client: CheckedClient, session: Session, walker: Walker, tablet: str
) -> None:
    client.get(tablet)
    walker.says_yes()
    walker.answers("moved", "yes")
    walker.answers("more", "Our secret")
    old = walker.token
    walker.get("next-person")
    for path, data in (
        ("q/more", {"answer": "Our secret", "page": "more"}),
        ("q/moved", {"answer": "no", "page": "moved"}),
        ("edition", {"page": "moved", "answer": "yes"}),
        ("editions", {"page": "moved", "answer": "yes"}),
        ("check", {}),
        ("later", {}),
        ("take-part", {"answer": "yes"}),
    ):
        again = walker.client.post(
            f"/s/tiny/{path}", data={"token": old, **data}, follow_redirects=True
        )
        assert again.request.path == "/s/tiny/", path
        assert "Our secret" not in again.get_data(as_text=True)
        assert "Carry on" not in again.get_data(as_text=True)
    last = session.scalars(select(Response)).one()
    assert (last.submitted_at, last.return_hmac) == (None, None)


def test_the_next_person_is_safe_when_the_browser_lost_what_made_it_a_shared_screen(
    client: CheckedClient, walker: Walker, tablet: str
) -> None:
    client.get(tablet)
    walker.says_yes()
    walker.answers("moved", "yes")
    client.delete_cookie("engage_came", path="/s/tiny/")
    assert walker.get("check").path == "/s/tiny/"
    assert "Carry on" not in walker.get().text
    walker.get("next-person")
    assert client.get_cookie("engage_answers", path="/s/tiny/") is None


def test_a_tablet_of_a_closed_session_begins_nothing_and_forgets(
    client: CheckedClient, session: Session, walker: Walker, tablet: str, held: FacilitatedSession,
    now: dt.datetime,
) -> None:  # fmt: skip
    client.get(tablet)
    walker.says_yes()
    walker.answers("moved", "yes")
    sessions.record_session(session, held, heads=3, actor="f", now=now)
    sessions.close_session(session, held, actor="f", now=now)
    session.commit()
    assert client.get(tablet).status_code == 404
    for name in ("engage_answers", "engage_came"):
        assert client.get_cookie(name, path="/s/tiny/") is None
    assert "Carry on" not in walker.get().text


def test_a_code_to_come_back_keeps_a_shared_screen_shared(
    client: CheckedClient, app: Flask, walker: Walker, tablet: str
) -> None:
    elsewhere = Walker(app.test_client(), "tiny")
    elsewhere.says_yes()
    elsewhere.answers("moved", "yes")
    shown = elsewhere.post("later").html.select_one("strong.receipt")
    assert shown is not None
    client.get(tablet)
    walker.get("come-back")
    page = walker.post("come-back", code=shown.get_text())
    assert page.path.startswith("/s/tiny/q/")
    assert page.html.body is not None
    assert page.html.body["data-kiosk"] == str(kiosk.IDLE_SECONDS)
    walker.get("next-person")
    assert "Carry on" not in walker.get().text


def test_a_session_that_was_closed_leaves_nothing_on_its_tablet(
    client: CheckedClient, session: Session, walker: Walker, tablet: str, held: FacilitatedSession
) -> None:
    client.get(tablet)
    walker.says_yes()
    walker.answers("moved", "yes")
    footer = walker.get("q/moved").html.footer
    assert footer is not None
    assert not footer.find_all("a")
    held.heads = 1
    held.closed_at = held.opened_at + dt.timedelta(minutes=1)
    session.commit()
    assert client.get("/s/tiny/next-person").status_code == 404
    assert walker.get("check").path == "/s/tiny/"
