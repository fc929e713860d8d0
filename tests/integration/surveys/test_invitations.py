import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import inspect, select, text
from sqlalchemy.orm import Session

from surveys.gathering import invitations
from surveys.models import Invitation, Response, Survey
from tests.conftest import SECRET
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient
from tests.people import Staff

SomebodyWith = Callable[..., Staff]

pytestmark = pytest.mark.usefixtures("survey")


@pytest.fixture
def tokens(session: Session, survey: Survey, now: dt.datetime) -> tuple[str, ...]:
    made = invitations.make_invitations(
        session, survey, 20, secret=SECRET, actor="officer", now=now
    )
    session.commit()
    return made


def used(session: Session) -> list[dt.date]:
    session.expire_all()
    return list(session.scalars(select(Invitation.used_on).where(Invitation.used_on.is_not(None))))


def test_an_invitation_is_used_when_the_answers_are_sent_and_not_before(
    client: CheckedClient, session: Session, walker: Walker, tokens: tuple[str, ...]
) -> None:
    assert client.get(f"/i/{tokens[0]}").location == "/s/tiny/"
    walker.says_yes()
    assert used(session) == []
    walker.sends()
    assert len(used(session)) == 1
    again = client.get(f"/i/{tokens[0]}")
    assert again.status_code == 410
    assert "has been used" in again.get_data(as_text=True)
    assert client.get(f"/i/{tokens[1].upper()}").location == "/s/tiny/"


def test_two_people_with_one_invitation_are_one_response(
    client: CheckedClient, session: Session, tokens: tuple[str, ...]
) -> None:
    walkers = [Walker(client, "tiny"), Walker(client.application.test_client(), "tiny")]
    for walker in walkers:
        walker.client.get(f"/i/{tokens[0]}")
        walker.says_yes()
    assert walkers[0].sends().status == 200
    late = walkers[1].sends()
    assert "invitation" in late.main
    sent = session.scalars(select(Response).where(Response.submitted_at.is_not(None))).all()
    assert (len(sent), len(used(session))) == (1, 1)


@pytest.mark.parametrize("edition", ["standard", "easy"])
def test_somebody_whose_invitation_was_used_meanwhile_keeps_their_answers_and_is_told(
    client: CheckedClient, session: Session, tokens: tuple[str, ...], edition: str
) -> None:
    late = Walker(client, "tiny")
    client.get(f"/i/{tokens[0]}")
    late.says_yes(edition)
    late.answers("word", "Sunny")
    first = Walker(client.application.test_client(), "tiny")
    first.client.get(f"/i/{tokens[0]}")
    first.says_yes()
    first.sends()
    page = late.sends()
    assert page.status == 409
    easy = edition == "easy"
    assert page.h1 == (
        "This invitation was used before" if easy else "This invitation was used already"
    )
    assert "Sunny" in page.main
    assert ("We have kept your answers." if easy else "still saved") in page.main
    assert page.html.select_one("main a[href='mailto:listening@example.org']") is not None
    assert "Sunny" in late.get("check").main
    sent = session.scalars(select(Response).where(Response.submitted_at.is_not(None))).all()
    assert len(sent) == 1
    assert late.sends().status == 409


def test_a_code_to_come_back_with_does_not_lose_the_invitation(
    client: CheckedClient, session: Session, tokens: tuple[str, ...]
) -> None:
    first = Walker(client, "tiny")
    client.get(f"/i/{tokens[0]}")
    first.says_yes()
    first.answers("word", "Sunny")
    page = first.post("later")
    assert "open your invitation there first" in page.main
    code = page.html.select_one("strong.receipt")
    assert code is not None
    later = Walker(client.application.test_client(), "tiny")
    later.client.get(f"/i/{tokens[0]}")
    later.get("come-back")
    later.post("come-back", code=code.get_text())
    assert later.sends().status == 200
    assert len(used(session)) == 1


def test_an_unknown_invitation_is_answered_kindly(client: CheckedClient) -> None:
    reply = client.get("/i/nothing-like-it")
    assert reply.status_code == 404
    assert "cannot find this invitation" in reply.get_data(as_text=True)


def test_nothing_that_is_kept_leads_from_an_invitation_to_a_response(
    session: Session, tokens: tuple[str, ...], now: dt.datetime
) -> None:
    columns = {one["name"] for one in inspect(session.get_bind()).get_columns("invitation")}
    assert columns == {"token_hmac", "survey_id", "made_on", "used_on"}
    kept = set(session.scalars(select(Invitation.token_hmac)))
    assert not kept & set(tokens)
    sealed = invitations.seal(tokens[3], secret=SECRET)
    assert invitations.spend(session, sealed, now=now)
    assert not invitations.spend(session, sealed, now=now)
    session.commit()
    if session.get_bind().dialect.name == "postgresql":
        marks = session.execute(text("SELECT DISTINCT xmin::text FROM invitation")).all()
        assert len(marks) == 1  # every row was written in the same act, so none stands out
    else:
        with pytest.raises(Exception, match="rowid"):
            session.execute(text("SELECT rowid FROM invitation"))


def test_there_is_a_limit_to_invitations(
    session: Session, survey: Survey, now: dt.datetime
) -> None:
    for count in (0, invitations.MOST + 1):
        with pytest.raises(invitations.InvitationError):
            invitations.make_invitations(session, survey, count, secret="s", actor="o", now=now)


def test_the_list_is_handed_out_once(staff: SomebodyWith) -> None:
    officer = staff("engagement_officer")
    officer.signs_in()
    desk = "/desk/consultations/tiny-plan/surveys/tiny/invitations"
    reply = officer.client.send(desk, {"count": "3"})
    lines = reply.get_data(as_text=True).split()
    assert lines[0] == "address"
    assert len(lines) == 4
    page = officer.opens(desk).get_data(as_text=True)
    assert lines[1] not in page
    assert officer.client.send(desk, {"count": "many"}).status_code == 400
