"""From a receipt code forwards: themes, answers, and never the words themselves."""

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from reports import receipts
from reports.models import Report
from reports.throttle import Throttle
from surveys import codes
from surveys.models import Answer, Response, SnapshotResponse
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient, token_of

ASK = "/your-answers"
TAKE_OUT, TAKEN_OUT = f"{ASK}/take-out", f"{ASK}/taken-out"


@pytest.fixture(autouse=True)
def _nobody_tried_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(receipts, "wrong_codes", Throttle(limit=8, window=receipts.WINDOW))


def code_of(scenario: Scenario, audience: str, place: int) -> str:
    """Return the code that this person was shown."""
    return codes.make(scenario.responses[audience][place].id, secret=SECRET)


def test_a_code_leads_to_themes_and_their_answers(
    client: CheckedClient, published: Report, scenario: Scenario
) -> None:
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 12)}).text
    assert "Your words went into 1 theme" in page
    assert made.WAITING.name in page
    assert made.BUSES.name not in page, "this person did not write about it"
    assert made.UNREAD.name not in page, "nobody approved it"
    entry = scenario.entry(published, made.WAITING)
    assert entry.we_did_text in page
    assert f'href="/you-said-we-did/send-strategy/#{entry.key}"' in page


def test_the_words_themselves_are_never_shown(
    client: CheckedClient, published: Report, scenario: Scenario
) -> None:
    del published
    reply = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)})
    assert "as they were written" not in reply.text
    assert made.WAITING.words[0] not in reply.text
    assert reply.headers["Cache-Control"] == "private, no-store"


def test_a_code_may_be_typed_as_people_type(
    client: CheckedClient, published: Report, scenario: Scenario
) -> None:
    del published
    typed = code_of(scenario, "parent_carer", 0).lower().replace("-", " ")
    assert client.send(ASK, {"code": typed}).status_code == 200


@pytest.mark.parametrize("code", ["", "BEE", "BEE-0000-0000-1", "x" * 500, "BEE-0000-0000-0"])
def test_a_wrong_code_is_answered_kindly(client: CheckedClient, code: str) -> None:
    reply = client.send(ASK, {"code": code})
    assert reply.status_code == 400
    assert "There is a problem" in reply.text
    assert "Error: See where your words went" in reply.text


def test_guessing_is_stopped_after_a_few_wrong_codes(client: CheckedClient) -> None:
    for _ in range(8):
        assert client.send(ASK, {"code": "BEE-0000-0000-0"}).status_code == 400
    reply = client.send(ASK, {"code": "BEE-0000-0000-0"})
    assert reply.status_code == 429
    assert "Please wait ten minutes" in reply.text


def test_before_publication_the_page_says_when_to_come_back(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    scenario.consultation.answer_due = NOW.date()
    session.commit()
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "due by 2 March 2026" in page


def test_a_withdrawn_response_is_told_that_it_does_not_count(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    scenario.responses["parent_carer"][0].withdrawn_at = NOW
    session.commit()
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "We leave them out when we count again" in page
    assert "Take my answers out" not in page, "it has been done"
    assert made.WAITING.name not in page


def send_with(client: CheckedClient, page: str, address: str, code: str) -> TestResponse:
    """Press a button of a page that holds a code, as its form does it."""
    return client.post(address, data={"csrf_token": token_of(page), "code": code})


def test_counted_answers_are_left_out_and_what_stays_is_said(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    response, code = scenario.responses["parent_carer"][0], code_of(scenario, "parent_carer", 0)
    page = client.send(ASK, {"code": code}).text
    assert "Take my answers out" in page
    page = send_with(client, page, TAKE_OUT, code).text
    assert "Yes, take my answers out" in page
    assert "Pages that are already published stay as they are." in page
    session.expire_all()
    assert response.withdrawn_at is None, "asking is not doing"
    for _ in range(2):
        reply = send_with(client, page, TAKEN_OUT, code)
        assert "We leave your answers out when we count again." in reply.text
        assert reply.headers["Cache-Control"] == "private, no-store"
    session.expire_all()
    assert response.withdrawn_at is not None
    assert answers_of(session, response)
    assert "You took these answers out" in send_with(client, page, TAKE_OUT, code).text


def test_answers_that_nobody_counted_are_erased(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    response, code = scenario.responses["parent_carer"][0], code_of(scenario, "parent_carer", 0)
    mine = SnapshotResponse.response_id == response.id
    session.execute(delete(SnapshotResponse).where(mine))
    session.commit()
    page = client.send(ASK, {"code": code}).text
    page = send_with(client, page, TAKE_OUT, code).text
    assert "We have not counted your answers yet." in page
    page = send_with(client, page, TAKEN_OUT, code).text
    assert "We have deleted your answers." in page
    assert "already published" not in page
    session.expire_all()
    assert answers_of(session, response) == []


@pytest.mark.parametrize("address", ["/your-answers/take-out", "/your-answers/taken-out"])
def test_nothing_is_taken_out_without_a_code_or_a_token(
    client: CheckedClient, session: Session, scenario: Scenario, address: str
) -> None:
    session.commit()
    page = client.get(ASK).text
    assert send_with(client, page, address, "BEE-0000-0000-0").status_code == 400
    assert (
        client.post(address, data={"code": code_of(scenario, "parent_carer", 0)}).status_code == 400
    )
    assert client.get(address).status_code == 405
    session.expire_all()
    assert scenario.responses["parent_carer"][0].withdrawn_at is None


def answers_of(session: Session, response: Response) -> list[Answer]:
    """Return what is stored of somebody's answers."""
    return list(session.scalars(select(Answer).where(Answer.response_id == response.id)))
