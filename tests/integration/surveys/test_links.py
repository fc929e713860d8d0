import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from surveys.gathering import links
from surveys.models import Response, Survey, SurveyVersion
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient
from tests.people import Staff

SomebodyWith = Callable[..., Staff]

pytestmark = pytest.mark.usefixtures("survey")


@pytest.fixture
def poster(session: Session, survey: Survey, now: dt.datetime) -> str:
    made = links.make_link(session, survey, "DSPL 4", "event", actor="officer", now=now)
    session.commit()
    return f"/g/{made.token}"


def test_a_link_leads_to_the_survey_and_its_channel_is_remembered(
    client: CheckedClient, session: Session, walker: Walker, poster: str
) -> None:
    reply = client.get(poster)
    assert (reply.status_code, reply.location) == (303, "/s/tiny/")
    walker.says_yes()
    response = session.scalars(select(Response)).one()
    assert response.channel == "event"
    assert response.link_id is not None


def test_a_link_of_the_web_lets_the_channel_follow_the_edition(
    client: CheckedClient, session: Session, survey: Survey, walker: Walker, now: dt.datetime
) -> None:
    made = links.make_link(session, survey, "Newsletter", "online_std", actor="o", now=now)
    session.commit()
    client.get(f"/g/{made.token}")
    walker.says_yes("easy")
    assert session.scalars(select(Response.channel)).one() == "online_er"


def test_a_wrong_link_is_answered_kindly(client: CheckedClient) -> None:
    reply = client.get("/g/nothing")
    assert reply.status_code == 404
    assert "We cannot find this page" in reply.get_data(as_text=True)


def test_a_label_is_used_once_and_a_channel_must_be_known(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    links.make_link(session, survey, "DSPL 4", "event", actor="o", now=now)
    for label, channel in (("dspl  4", "event"), ("", "event"), ("School", "pigeon")):
        with pytest.raises(links.LinkError):
            links.make_link(session, survey, label, channel, actor="o", now=now)


def test_few_people_of_a_link_are_not_counted_out_loud(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    version = session.scalars(select(SurveyVersion)).one()
    made = links.make_link(session, survey, "DSPL 4", "event", actor="o", now=now)
    sent = {"submitted": True, "survey_version_id": version.id, "link_id": made.id}
    factories.ResponseFactory.create_batch(4, **sent)
    assert links.counted_links(session, survey, 5)[0].people == "fewer than 5"
    factories.ResponseFactory(**sent)
    assert links.counted_links(session, survey, 5)[0].people == "5"


def test_an_officer_makes_a_link_and_takes_its_qr_code_and_poster(
    staff: SomebodyWith, survey: Survey, session: Session
) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    desk = "/desk/consultations/tiny-plan/surveys/tiny/links"
    officer.client.send(desk, {"label": "DSPL 4", "channel": "event"})
    link = links.links_of(session, survey)[0]
    assert "DSPL 4" in officer.opens(desk).get_data(as_text=True)
    svg = officer.opens(f"{desk}/{link.id}/qr.svg")
    png = officer.opens(f"{desk}/{link.id}/qr.png")
    pdf = officer.opens(f"{desk}/{link.id}/poster.pdf")
    assert svg.data.startswith(b"<svg")
    assert png.data.startswith(b"\x89PNG")
    assert pdf.data.startswith(b"%PDF")
    assert officer.opens(f"{desk}/{link.id}/qr.exe").status_code == 404
    assert officer.client.send(desk, {"label": "", "channel": "event"}).status_code == 400
