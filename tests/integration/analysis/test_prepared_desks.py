from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.copies_store import CopyDecision, CopyGroup
from analysis.models.prepared_store import SetAside, Translation
from analysis.models.store import AnalysisRun, ProposedCoding, Reading
from analysis.preparation import copies, offtopic, translations
from engage.audit import AuditEvent, verify
from surveys.models import Response
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.analysis import prepared
from tests.integration.analysis.prepared import ADDING, COPIES, OWN, POLISH, SHARED
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient
from tests.people import Staff

DESK = "/desk/consultations/send-strategy/"


@pytest.fixture
def scenario(session: Session) -> Scenario:
    return prepared.consultation(session, SECRET)


@pytest.fixture
def run(session: Session, scenario: Scenario) -> AnalysisRun:
    return prepared.analysed(session, scenario)


@pytest.fixture
def analyst(staff: Callable[..., Staff], run: AnalysisRun) -> Staff:
    del run
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


@pytest.fixture
def group(session: Session, run: AnalysisRun) -> CopyGroup:
    return session.scalars(select(CopyGroup).where(CopyGroup.run_id == run.id)).one()


def aside(session: Session, run: AnalysisRun) -> dict[str, int]:
    return queries.set_aside(session, run.id)


def said(session: Session, run: AnalysisRun) -> list[str]:
    return list(
        session.scalars(
            select(ProposedCoding.redacted_text).where(
                ProposedCoding.run_id == run.id, ProposedCoding.set_aside_reason.is_(None)
            )
        )
    )


# --- Shared text ------------------------------------------------------------------------------


@pytest.mark.usefixtures("analyst")
def test_sixty_identical_emails_become_one_campaign(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun, group: CopyGroup
) -> None:
    page = f"{DESK}campaigns/{group.id}"
    assert "60 submissions using shared text" in client.get(f"{DESK}campaigns/").text
    shown = client.get(page).text
    assert shown.count("Added: </span>My own child") == ADDING
    assert "52 copies are set aside" in shown
    assert client.send(f"{page}/decide", {"decision": "confirm"}, page=page).status_code == 303
    session.expire_all()
    after = prepared.analysed(session, scenario)
    assert after.id != run.id
    assert after.documents == after.themed + after.set_aside == 80
    assert aside(session, after)["duplicate"] == COPIES - 1
    ((_, effect),) = copies.submissions(session, after)
    assert (effect.texts, effect.people, effect.once, effect.additions) == (60, 60, 1, ADDING)
    words = said(session, after)
    assert sum(text.startswith(OWN) for text in words) == ADDING
    assert sum(SHARED.startswith(text[:40]) for text in words) == 1
    assert verify(session).ok


@pytest.mark.usefixtures("analyst")
def test_what_is_no_campaign_is_analysed_answer_by_answer_until_that_is_undone(
    client: CheckedClient, session: Session, scenario: Scenario, group: CopyGroup
) -> None:
    page = f"{DESK}campaigns/{group.id}"
    refused = client.send(f"{page}/decide", {"decision": "refuse", "why": " "}, page=page)
    assert refused.status_code == 400
    assert "Say why this is not a campaign." in refused.text
    client.send(f"{page}/decide", {"decision": "refuse", "why": "one meeting"}, page=page)
    session.expire_all()
    after = prepared.analysed(session, scenario)
    assert "duplicate" not in aside(session, after)
    assert "one meeting" in client.get(page).text
    client.send(f"{page}/decide", {"decision": "undo"}, page=page)
    session.expire_all()
    assert copies.standing(session, scenario.consultation.id) == {}
    verbs = session.scalars(select(CopyDecision.verb).order_by(CopyDecision.number)).all()
    assert verbs == ["not_a_campaign", "undone"]


@pytest.mark.usefixtures("analyst")
def test_one_text_is_taken_out_and_put_back(
    client: CheckedClient, session: Session, scenario: Scenario, group: CopyGroup
) -> None:
    page = f"{DESK}campaigns/{group.id}"
    member = next(member for member in group.members if member.additions)
    move = f"{page}/move/{member.response_id}/{member.question}"
    client.send(f"{page}/decide", {"decision": "confirm"}, page=page)
    client.send(move, {"out": "1"}, page=page)
    session.expire_all()
    assert "59 submissions" in client.get(page).text
    after = prepared.analysed(session, scenario)
    whole = [text for text in said(session, after) if text.startswith("As a parent")]
    assert len(whole) == 2
    client.send(move, {"out": "0"}, page=page)
    session.expire_all()
    assert copies.taken_out(session, scenario.consultation.id) == set()
    assert client.send(f"{page}/move/nobody/PC06", {"out": "1"}, page=page).status_code == 404


@pytest.mark.usefixtures("analyst")
def test_words_taken_back_leave_the_group(
    client: CheckedClient, session: Session, group: CopyGroup
) -> None:
    session.get_one(Response, group.members[0].response_id).withdrawn_at = NOW
    session.commit()
    assert "59 submissions" in client.get(f"{DESK}campaigns/{group.id}").text


# --- Translations -----------------------------------------------------------------------------


def waiting(session: Session, run: AnalysisRun, language: str) -> translations.Waiting:
    return next(w for w in translations.answers(session, run) if w.language == language)


def test_an_answer_in_a_language_the_machine_reads_is_placed_in_pencil(
    session: Session, run: AnalysisRun
) -> None:
    polish, welsh = waiting(session, run, "pl"), waiting(session, run, "cy")
    assert polish.place
    assert not welsh.place
    assert aside(session, run)["other_language"] == 1
    coding = session.scalars(
        select(ProposedCoding).where(ProposedCoding.response_id == polish.response_id)
    ).one()
    assert (coding.needs_review, coding.set_aside_reason) == (True, None)


@pytest.mark.usefixtures("analyst")
def test_a_translation_joins_at_the_next_run_and_the_original_stays(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    found = waiting(session, run, "pl")
    listed = client.get(f"{DESK}translations/").text
    assert "Not checked, needs translation" in listed
    assert "2 of 2 wait" in listed
    page = f"{DESK}translations/{found.response_id}/{found.question}"
    assert client.send(page, {"words": "  "}, page=page).status_code == 400
    words = "The school bus is always late and nobody tells us about it."
    assert client.send(page, {"words": words}, page=page).status_code == 303
    session.expire_all()
    after = prepared.analysed(session, scenario)
    assert words in said(session, after)
    listed = client.get(f"{DESK}translations/").text
    assert "Translated" in listed
    assert POLISH[:30] in listed
    assert session.scalars(select(Translation)).one().translated_by
    client.send(f"{page}/take-back", page=page)
    session.expire_all()
    assert translations.newest(session) == {}
    assert "taken back" in client.get(page).text


@pytest.mark.usefixtures("analyst")
def test_a_translated_answer_is_placed_at_once_where_a_person_says(
    client: CheckedClient, session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    found = waiting(session, run, "cy")
    theme = queries.themes(session, scenario.consultation.id)[0]
    page = f"{DESK}translations/{found.response_id}/{found.question}"
    client.send(page, {"words": "More support at school.", "themes": [theme.id]}, page=page)
    session.expire_all()
    answer = (found.response_id, found.question)
    assert session.get(Reading, answer) is not None
    assert queries.themes_of_answer(session, run, answer) == [theme]


# --- Off topic, and suggestions ---------------------------------------------------------------


@pytest.mark.usefixtures("analyst")
def test_an_answer_is_set_aside_by_a_person_counted_and_undone(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    coding = session.scalars(
        select(ProposedCoding).where(ProposedCoding.redacted_text.startswith("The bus"))
    ).first()
    assert coding is not None
    page = f"{DESK}suggestions/off-topic/{coding.response_id}/{coding.question}"
    assert client.send(page, {"why": ""}, page=page).status_code == 400
    client.send(page, {"why": "about a bus company"}, page=page)
    session.expire_all()
    after = prepared.analysed(session, scenario)
    assert aside(session, after)["off_topic"] == 1
    decision = session.scalars(select(SetAside)).one()
    assert "about a bus company" in client.get(f"{DESK}suggestions/").text
    client.send(f"{DESK}suggestions/off-topic/undo/{decision.id}", page=f"{DESK}suggestions/")
    session.expire_all()
    assert offtopic.answers(session) == set()


@pytest.mark.usefixtures("analyst")
def test_suggestions_are_shown_with_scores_and_reading_leaves_a_mark(
    client: CheckedClient, session: Session
) -> None:
    page = client.get(f"{DESK}suggestions/").text
    assert "Near the middle:" in page
    assert "Starter codes it is like" in page
    assert "How people speak about it" in page
    event = session.scalars(select(AuditEvent).where(AuditEvent.verb == "read_suggestions"))
    assert event.first() is not None


@pytest.mark.parametrize("room", ["campaigns/", "translations/", "suggestions/"])
def test_only_analysts_open_the_desks(
    staff: Callable[..., Staff], client: CheckedClient, run: AnalysisRun, room: str
) -> None:
    del run
    assert client.get(f"{DESK}{room}").status_code == 303
    staff("engagement_officer").signs_in()
    assert client.get(f"{DESK}{room}").status_code == 403
