"""From a receipt code: one's answers, what became of one's words, and the way out."""

import re

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import delete, select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from engage.jobs import Job
from engage.settings import Settings
from reports.formats.source import TAKEN_OUT as TAKEN_WORDS
from reports.models import Report
from reports.public import receipts
from reports.publishing import takeouts
from surveys import codes
from surveys.models import Answer, Response, SnapshotResponse
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient, token_of

ASK = "/your-answers"
WORDS, TAKE_OUT, TAKEN_OUT = f"{ASK}/words", f"{ASK}/take-out", f"{ASK}/taken-out"
WRITTEN = "Words as they were written"
WRONG = "BEE-0000-0000-0"


@pytest.fixture(autouse=True)
def _nobody_tried_before(monkeypatch: pytest.MonkeyPatch) -> None:
    window = receipts.WINDOW
    monkeypatch.setattr(receipts, "wrong_codes", receipts.Throttle(8, window))
    guard = receipts.Guard(calm=12, tight=3, alarm=50, window=window)
    monkeypatch.setattr(receipts, "wrong_addresses", guard)


def code_of(scenario: Scenario, audience: str, place: int) -> str:
    """Return the code that this person was shown."""
    return codes.make(scenario.responses[audience][place].id, secret=SECRET)


def note_of(page: str) -> str:
    found = re.search(r'name="note" value="([^"]+)"', page)
    return found[1] if found else ""


def press(client: CheckedClient, page: str, address: str, **more: str) -> TestResponse:
    """Press a button of a page that holds a note, as its form does it."""
    data = {"csrf_token": token_of(page), "note": note_of(page), **more}
    return client.post(address, data=data)


def answers_of(session: Session, response: Response) -> list[Answer]:
    """Return what is stored of somebody's answers."""
    return list(session.scalars(select(Answer).where(Answer.response_id == response.id)))


def without_picture(page: str) -> list[str]:
    """Return the lines outside forms that stand without a picture."""
    lines = BeautifulSoup(page, "html.parser").select("main p:not(form p)")
    return [line.get_text() for line in lines if not (line.parent and line.parent.find("svg"))]


# --- What a code shows ----------------------------------------------------------------------


def test_a_code_leads_to_themes_and_their_answers(
    client: CheckedClient, published: Report, scenario: Scenario
) -> None:
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 12)}).text
    assert "Your words went into these themes" in page
    assert made.WAITING.name in page
    assert made.BUSES.name not in page, "this person did not write about it"
    assert made.UNREAD.name not in page, "nobody approved it"
    entry = scenario.entry(published, made.WAITING)
    assert entry.we_did_text in page
    assert f'href="/you-said-we-did/send-strategy/#{entry.key}"' in page


def test_closed_answers_are_shown_in_the_words_of_their_edition(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    response = scenario.responses["parent_carer"][0]
    session.add(Answer(response_id=response.id, question="PC09", position=0, value="agree"))
    session.commit()
    code = code_of(scenario, "parent_carer", 0)
    standard = client.send(ASK, {"code": code}).text
    assert "When I contact services I get a clear and kind answer in good time." in standard
    assert "Agree" in standard
    response.edition = "easy"
    session.commit()
    easy = client.send(ASK, {"code": code}).text
    assert "I get a clear and kind answer when I ask." in easy
    assert "<h1>Your answers</h1>" in easy
    assert "#code" in easy or "easy-line" in easy


def test_own_words_need_the_code_a_second_time(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    code = code_of(scenario, "parent_carer", 0)
    first = client.send(ASK, {"code": code})
    assert WRITTEN not in first.text
    assert code not in first.text, "nobody can read it off the screen"
    assert "Your own words are not shown here." in first.text
    assert first.headers["Cache-Control"] == "private, no-store"
    wrong = press(client, first.text, WORDS, code=WRONG)
    assert (wrong.status_code, WRITTEN in wrong.text) == (400, False)
    other = press(client, first.text, WORDS, code=code_of(scenario, "parent_carer", 1))
    assert (other.status_code, WRITTEN in other.text) == (400, False)
    assert "not the code of these answers" in other.text
    assert press(client, "", WORDS, code=code).status_code == 400, "without a token"
    assert WRITTEN in press(client, first.text, WORDS, code=code).text


def test_each_form_of_the_page_is_named_by_the_heading_above_it(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    text = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    page = BeautifulSoup(text, "html.parser")
    named = [
        page.select_one(f"h2#{form.get('aria-labelledby')}") for form in page.select("main form")
    ]
    assert [heading.get_text() if heading else "" for heading in named] == [
        "See your own words too",
        "Do you want to take your answers out?",
    ]


def test_who_was_counted_already_is_not_promised_a_day_that_is_over(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    text = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "You can take them out altogether until" not in text
    assert "Numbers that are already published stay as they are" in text
    session.execute(delete(SnapshotResponse))
    session.commit()
    text = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "You can take them out altogether until" in text


def test_a_browser_keeps_no_page_with_words_that_were_just_taken_out(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    first = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    sure = press(client, first, TAKE_OUT)
    assert "Clear-Site-Data" not in sure.headers
    assert press(client, sure.text, TAKEN_OUT).headers["Clear-Site-Data"] == '"cache"'


def test_the_page_before_a_code_is_known_can_be_easy_read(client: CheckedClient) -> None:
    assert 'href="/your-answers?edition=easy"' in client.get(ASK).text
    easy = client.get(f"{ASK}?edition=easy").text
    assert "Write your code here." in easy
    assert "use href" in easy
    plain = client.get(f"{ASK}?edition=plain").text
    assert "Write your code here." in plain
    reply = client.post(ASK, data={"csrf_token": token_of(easy), "code": WRONG, "edition": "easy"})
    assert "Write your code here." in reply.text


def test_a_code_may_be_typed_as_people_type(
    client: CheckedClient, published: Report, scenario: Scenario
) -> None:
    del published
    typed = code_of(scenario, "parent_carer", 0).lower().replace("-", " ")
    assert client.send(ASK, {"code": typed}).status_code == 200


@pytest.mark.parametrize("code", ["", "BEE", "BEE-0000-0000-1", "x" * 500, WRONG])
def test_a_wrong_code_is_answered_kindly(client: CheckedClient, code: str) -> None:
    reply = client.send(ASK, {"code": code})
    assert reply.status_code == 400
    assert "There is a problem" in reply.text
    assert "Error: See where your words went" in reply.text


def test_before_publication_the_page_says_when_to_come_back(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    scenario.consultation.answer_due = NOW.date()
    session.commit()
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "due by 2 March 2026" in page


# --- Guessing -------------------------------------------------------------------------------


def test_the_same_wrong_code_is_stopped_after_a_few_times(client: CheckedClient) -> None:
    for _ in range(8):
        assert client.send(ASK, {"code": WRONG}).status_code == 400
    reply = client.send(ASK, {"code": WRONG})
    assert reply.status_code == 429
    assert "Please wait ten minutes" in reply.text


def test_guessing_different_codes_from_one_address_is_stopped_too(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    page = client.get(ASK).text
    token = token_of(page)
    seen = []
    for number in range(13):
        wrong = codes.make(f"nobody {number}", secret="another")
        seen.append(client.post(ASK, data={"csrf_token": token, "code": wrong}).status_code)
    assert seen == [400] * 12 + [429]
    there = code_of(scenario, "parent_carer", 0)
    assert client.post(ASK, data={"csrf_token": token, "code": there}).status_code == 429


def test_somebody_who_guesses_from_many_addresses_locks_nobody_else_out(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.commit()
    token = token_of(client.get(ASK).text)

    def tries(code: str, address: str) -> int:
        data = {"csrf_token": token, "code": code}
        return client.post(ASK, data=data, environ_base={"REMOTE_ADDR": address}).status_code

    wrong = (codes.make(str(number), secret="x") for number in range(100))
    for number in range(50):
        assert tries(next(wrong), f"192.0.2.{number}") == 400
    assert [tries(next(wrong), "198.51.100.7") for _ in range(4)] == [400, 400, 400, 429]
    assert tries(code_of(scenario, "parent_carer", 0), "198.51.100.8") == 200


def test_one_connection_cannot_guess_from_many_addresses_of_its_own(
    client: CheckedClient,
) -> None:
    token = token_of(client.get(ASK).text)
    seen = [
        client.post(
            ASK,
            data={"csrf_token": token, "code": codes.make(str(number), secret="x")},
            environ_base={"REMOTE_ADDR": f"2001:db8:1:2:{number:x}::1"},
        ).status_code
        for number in range(13)
    ]
    assert seen == [400] * 12 + [429]


# --- Taking answers out ---------------------------------------------------------------------


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
    assert "What you answered" not in page


def test_the_page_prints_the_last_day(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    session.execute(delete(SnapshotResponse))
    session.commit()
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    assert "until 1 February 2026, when the survey closes" in page


def test_counted_answers_are_left_out_and_what_stays_is_said(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    response, code = scenario.responses["parent_carer"][0], code_of(scenario, "parent_carer", 0)
    page = client.send(ASK, {"code": code}).text
    asked = press(client, page, TAKE_OUT).text
    assert "Yes, take my answers out" in asked
    assert "Numbers that are already published stay as they are" in asked
    assert "stay with that person for as long as safeguarding rules say" in asked
    session.expire_all()
    assert response.withdrawn_at is None, "asking is not doing"
    for _ in range(2):
        reply = press(client, asked, TAKEN_OUT)
        assert "We leave your answers out when we count again." in reply.text
        assert reply.headers["Cache-Control"] == "private, no-store"
    session.expire_all()
    assert response.withdrawn_at is not None
    assert answers_of(session, response)
    assert "You took these answers out" in press(client, page, TAKE_OUT).text


def test_answers_that_nobody_counted_are_erased(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    response, code = scenario.responses["parent_carer"][0], code_of(scenario, "parent_carer", 0)
    mine = SnapshotResponse.response_id == response.id
    session.execute(delete(SnapshotResponse).where(mine))
    session.commit()
    page = client.send(ASK, {"code": code}).text
    asked = press(client, page, TAKE_OUT).text
    assert "We have not counted your answers yet." in asked
    done = press(client, asked, TAKEN_OUT).text
    assert "We have deleted your answers." in done
    assert "already published" not in done
    session.expire_all()
    assert answers_of(session, response) == []


@pytest.mark.parametrize("edition", ["easy", "plain"])
def test_the_whole_way_out_can_be_read_in_easy_words(
    client: CheckedClient, session: Session, scenario: Scenario, edition: str
) -> None:
    scenario.responses["young_person"][0].edition = edition
    session.commit()
    page = client.send(ASK, {"code": code_of(scenario, "young_person", 0)}).text
    assert "You can change your mind." in page
    asked = press(client, page, TAKE_OUT).text
    assert "We will take your words off our website." in asked
    assert "That person may keep those words." in asked
    done = press(client, asked, TAKEN_OUT).text
    assert "Your words are off our website." in done
    assert ("use href" in asked) == (edition == "easy")
    if edition == "easy":
        assert [without_picture(one) for one in (page, asked, done)] == [[], [], []]


@pytest.mark.parametrize("address", [TAKE_OUT, TAKEN_OUT])
def test_nothing_is_taken_out_without_a_note_or_a_token(
    client: CheckedClient, session: Session, scenario: Scenario, address: str
) -> None:
    session.commit()
    code = code_of(scenario, "parent_carer", 0)
    page = client.send(ASK, {"code": code}).text
    forged = {"csrf_token": token_of(page), "note": "forged", "code": code}
    assert client.post(address, data=forged).status_code == 400
    assert client.post(address, data={"note": note_of(page)}).status_code == 400
    assert client.get(address).status_code == 405
    session.expire_all()
    assert scenario.responses["parent_carer"][0].withdrawn_at is None


# --- Quotes leave live pages ----------------------------------------------------------------


@pytest.fixture
def quoted(
    session: Session, report: Report, scenario: Scenario, settings: object, no_pdf: None
) -> Report:
    """Return a published report that quotes the first parent."""
    del no_pdf
    response = scenario.responses["parent_carer"][0]
    coding = (response.id, "PC06", 0)
    made.services.add_quote(
        session, scenario.entry(report, made.WAITING), scenario.run, coding,
        actor=made.ACTOR, now=made.NOW,
    )  # fmt: skip
    made.services.publish(session, report, settings=settings, actor=made.ACTOR, now=made.NOW)  # type: ignore[arg-type]  # the fixture of that name
    session.commit()
    return report


PAGE = "/you-said-we-did/send-strategy/"
QUOTE = f"“{made.WAITING.words[0]}\N{NO-BREAK SPACE}…”"


def test_a_quote_leaves_the_live_page_and_every_version_of_it(
    client: CheckedClient, session: Session, quoted: Report, scenario: Scenario
) -> None:
    before = client.get(PAGE)
    assert QUOTE in before.text
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    press(client, page, TAKEN_OUT)
    for address in (PAGE, f"{PAGE}v1/"):
        after = client.get(address, headers={"If-None-Match": before.headers["ETag"]})
        assert after.status_code == 200, "a browser that kept the page is told to draw it anew"
        assert QUOTE not in after.text
        assert TAKEN_WORDS in after.text
    session.expire_all()
    assert made.WAITING.words[0] in quoted.publications[0].document, (
        "the stored version is as it was"
    )


def test_no_pdf_with_the_words_is_handed_out_and_a_new_one_is_made(
    client: CheckedClient,
    session: Session,
    quoted: Report,
    scenario: Scenario,
    settings: Settings,
) -> None:
    assert client.get(f"{PAGE}report.pdf").status_code == 200
    page = client.send(ASK, {"code": code_of(scenario, "parent_carer", 0)}).text
    press(client, page, TAKEN_OUT)
    gone = client.get(f"{PAGE}report.pdf")
    assert (gone.status_code, gone.location) == (302, PAGE)
    job = session.scalars(select(Job).where(Job.kind == takeouts.JOB)).one()
    assert job.subject_id == quoted.publications[0].id
    takeouts.write_anew(session, job, lambda *_: None, settings=settings)
    session.commit()
    assert client.get(f"{PAGE}report.pdf").data.startswith(b"%PDF")
    assert client.get(PAGE).status_code == 200, "the new file is no drawing"


def test_somebody_elses_answers_taken_out_leave_the_quote(
    client: CheckedClient, quoted: Report, scenario: Scenario
) -> None:
    del quoted
    page = client.send(ASK, {"code": code_of(scenario, "professional", 8)}).text
    press(client, page, TAKEN_OUT)
    assert QUOTE in client.get(PAGE).text
