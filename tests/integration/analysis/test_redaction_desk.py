from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.redacted_store import RedactionDecision
from analysis.models.store import AnalysisRun
from analysis.preparation import answers, identity, redactions
from analysis.redaction import redact
from engage.audit import AuditEvent
from reports.findings import evidence
from reports.publishing import takeouts
from surveys.models import Response
from surveys.services import hold
from tests.factories import NOW
from tests.integration.reports.scenario import CLUBS, Scenario
from tests.pages import CheckedClient
from tests.people import Staff

DESK = "/desk/consultations/send-strategy/redaction/"
READ = "/desk/consultations/send-strategy/themes/read/"


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


@pytest.fixture
def answer(session: Session, run: AnalysisRun, scenario: Scenario) -> tuple[str, str]:
    """Return an answer whose clauses hold its own words, as a run of the machine leaves them."""
    first = queries.examples(session, run.id, scenario.themes[CLUBS.name], 1)[0]
    found = first.response_id, first.question
    clauses = queries.clauses(session, run.id, found)
    for clause in clauses:
        clause.redacted_text = ""
    clauses[0].redacted_text = redact(original_of(session, run, found)).text
    session.commit()
    return found


def original_of(session: Session, run: AnalysisRun, answer: tuple[str, str]) -> str:
    found = answers.original(session, run.snapshot_id, answer)
    assert found is not None
    return found


def page_of(answer: tuple[str, str]) -> str:
    return f"{DESK}{answer[0]}/{answer[1]}"


@pytest.mark.usefixtures("analyst")
def test_words_are_ticked_out_and_every_page_obeys(
    client: CheckedClient, session: Session, run: AnalysisRun, answer: tuple[str, str]
) -> None:
    original = original_of(session, run, answer)
    word = max(original.split(), key=len).strip(".,")
    start = original.index(word)
    sent = {"words": f"{start}-{start + len(word)}", "kind": "name", "why": "It is a nickname."}
    assert client.send(page_of(answer), sent, page=page_of(answer)).status_code == 303
    session.expire_all()
    shown = client.get(f"{READ}{answer[0]}/{answer[1]}").get_data(as_text=True)
    assert "[name]" in shown
    clauses = BeautifulSoup(shown, "html.parser").select(".clause")
    assert clauses
    assert all(word not in clause.get_text() for clause in clauses)
    page = client.get(page_of(answer)).get_data(as_text=True)
    assert "It is a nickname." in page
    decision = session.scalars(select(RedactionDecision)).one()
    assert (decision.start_at, decision.kind) == (start, "name")
    assert original_of(session, run, answer) == original


def test_a_decision_reaches_clauses_quotes_clouds_and_the_next_run(
    session: Session, run: AnalysisRun, scenario: Scenario, answer: tuple[str, str]
) -> None:
    original = original_of(session, run, answer)
    word = max(original.split(), key=len).strip(".,")
    start = original.index(word)
    redactions.decide(
        session, run, answer, original, [(start, start + len(word), "name")],
        why="A nickname.", actor="a", now=NOW,
    )  # fmt: skip
    themes = [scenario.themes[CLUBS.name]]
    quotes = evidence.quotable(session, run, themes, NOW.date())
    mine = [quote.text for quote in quotes if (quote.response_id, quote.question) == answer]
    assert all(word not in text for text in mine)
    read = [clause.shown_text for clause in queries.clauses(session, run.id, answer)]
    assert "[name]" in " ".join(read)
    document = next(
        one
        for one in answers.documents(session, run.snapshot_id)
        if identity.answer_of(one.id) == answer
    )
    assert [wish.kind for wish in document.overrides] == ["name"]


def test_quotes_from_before_a_decision_are_still_taken_out(
    session: Session, run: AnalysisRun, answer: tuple[str, str]
) -> None:
    original = original_of(session, run, answer)
    redactions.decide(
        session, run, answer, original, [(0, 3, "name")], why="Why.", actor="a", now=NOW
    )
    assert takeouts.publications_quoting(session, answer[0]) == []


def test_taking_a_label_away_and_adding_it_again_keeps_both_in_the_trail(
    session: Session, run: AnalysisRun, answer: tuple[str, str]
) -> None:
    original = original_of(session, run, answer)
    for kind in ("name", None):
        redactions.decide(
            session, run, answer, original, [(0, 3, kind)], why="Why.", actor="a", now=NOW
        )
    assert [one.kind for one in redactions.trail(session, answer)] == ["name", None]
    assert all(span.start >= 3 for span in redactions.spans_now(session, answer, original))
    verbs = set(session.scalars(select(AuditEvent.verb)))
    assert {"added_redaction", "took_redaction_away"} <= verbs


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize(
    ("typed", "told", "at"),
    [
        ({"words": "0-3", "kind": "name", "why": " "}, "Say why", "why"),
        ({"kind": "name", "why": "Because."}, "Tick the words", "words"),
        ({"words": "0-99999", "kind": "name", "why": "Because."}, "not in this answer", "words"),
        ({"words": "0-3", "kind": "nonsense", "why": "Because."}, "not in this answer", "words"),
    ],
)
def test_a_mistake_stands_where_it_was_made_with_what_was_typed(
    client: CheckedClient, answer: tuple[str, str], typed: dict[str, str], told: str, at: str
) -> None:
    reply = client.send(page_of(answer), typed, page=page_of(answer))
    page = BeautifulSoup(reply.get_data(as_text=True), "html.parser")
    assert reply.status_code == 400
    links = page.select(f'.error-summary a[href="#{at}"]')
    assert [told in link.get_text() for link in links] == [True]
    assert [told in said.get_text() for said in page.select(".error-message")] == [True]
    assert page.select_one(f'#{at}[aria-describedby="{at}-error"]')
    assert typed["why"].strip() in page.get_text()
    assert page.find(["h1", "h2"]) == page.h1


@pytest.mark.usefixtures("analyst")
def test_a_flag_puts_a_comment_on_the_list_and_a_check_takes_it_off(
    client: CheckedClient, session: Session, run: AnalysisRun, answer: tuple[str, str]
) -> None:
    client.send(f"{page_of(answer)}/flag", page=f"{READ}{answer[0]}/{answer[1]}")
    assert "Flagged by a reader" in client.get(DESK).get_data(as_text=True)
    client.send(f"{page_of(answer)}/checked", page=page_of(answer))
    assert "Flagged by a reader" not in client.get(DESK).get_data(as_text=True)
    assert redactions.to_look_at(session, run) == []


@pytest.mark.usefixtures("analyst")
def test_reading_the_original_is_recorded(
    client: CheckedClient, session: Session, answer: tuple[str, str]
) -> None:
    client.get(page_of(answer))
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "read_original")).one()
    assert event.object_id == ":".join(answer)


@pytest.mark.usefixtures("analyst")
@pytest.mark.parametrize("why", ["withdrawn", "held"])
def test_words_taken_back_or_held_are_not_on_this_desk(
    client: CheckedClient, session: Session, answer: tuple[str, str], why: str
) -> None:
    if why == "held":
        hold(session, *answer, now=NOW)
    else:
        session.get_one(Response, answer[0]).withdrawn_at = NOW
    session.commit()
    assert client.get(page_of(answer)).status_code == 404


def test_only_analysts_see_the_original(
    staff: Callable[..., Staff], client: CheckedClient, answer: tuple[str, str]
) -> None:
    staff("engagement_officer").signs_in()
    assert client.get(DESK).status_code == 403
    assert client.get(page_of(answer)).status_code == 403


def test_a_run_keeps_where_it_took_words_out_and_counts_them(
    session: Session, run: AnalysisRun
) -> None:
    documents = {
        identity.answer_of(one.id): one for one in answers.documents(session, run.snapshot_id)
    }
    for _ in range(2):
        redactions.keep_spans(session, run, documents)
    expected = sum(
        len(redactions.spans_now(session, answer, one.text)) for answer, one in documents.items()
    )
    assert sum(redactions.counts_by_kind(session, run).values()) == expected
