"""What a receipt says about somebody's own words today, without betraying what nobody may see."""

import datetime as dt
import re

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.models.store import ProposedCoding
from reports.loop import trails
from reports.models import Report
from reports.models.life import CoOwner, FamilyVerdict
from surveys import codes
from surveys.models import Answer, AnswerHold, ReadForSafety, Response, ResponseFlag
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.pages import CheckedClient

ASK = "/your-answers"
NO_THEME = "In no theme so far."
TODAY = NOW.date()


def page_of(client: CheckedClient, scenario: Scenario, place: int) -> str:
    """Return the page of one parent, in the edition they answered in."""
    response = scenario.responses["parent_carer"][place]
    return client.send(ASK, {"code": codes.make(response.id, secret=SECRET)}).text


def main_of(page: str) -> str:
    """Return what is on the page itself, without tokens."""
    found = re.search(r"<main.*?</main>", page, re.DOTALL)
    assert found is not None
    return re.sub(r'value="[^"]*"', "", found[0])


def set_aside(session: Session, response: Response, reason: str) -> None:
    """Let the machine have set the words of a person aside."""
    coding = session.scalars(
        select(ProposedCoding).where(ProposedCoding.response_id == response.id)
    ).first()
    assert coding is not None
    rest = ProposedCoding.response_id == response.id, ProposedCoding.segment != coding.segment
    session.execute(delete(ProposedCoding).where(*rest))
    coding.proposed_theme_id, coding.set_aside_reason = None, reason
    session.commit()


# --- How the answers stand today ------------------------------------------------------------


def test_what_families_say_after_publication_holds_an_answer_open(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    done = next(entry for entry in published.entries if entry.response_type == "done")
    theme = next(plan for plan in made.THEMES if scenario.themes[plan.name] in done.themes)
    before = page_of(client, scenario, 0)
    assert theme.name in before
    assert "<span>Done</span>" in before
    forum = CoOwner(
        consultation_id=scenario.consultation.id, code="forum", name="Parent carer forum",
        easy_name="parents and carers", kind="parent_carer_forum",
    )  # fmt: skip
    session.add(forum)
    session.flush()
    session.add(
        FamilyVerdict(
            entry_id=done.id,
            co_owner_id=forum.id,
            value="not_yet",
            text="Nobody answers.",
            given_on=TODAY,
            given_by="chair",
            recorded_at=NOW,
        )
    )
    session.commit()
    after = page_of(client, scenario, 0)
    assert "<span>Reopened</span>" in after
    assert "<span>Done</span>" not in after
    assert "Parent carer forum: <strong>Not yet</strong>" in after
    scenario.responses["parent_carer"][0].edition = "easy"
    session.commit()
    easy = page_of(client, scenario, 0)
    assert "Parents and carers looked at this." in easy
    assert "They say: we feel no change yet." in easy


def test_an_answer_that_is_late_says_so(
    session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    response = scenario.responses["parent_carer"][0]
    day = dt.date(2027, 1, 15)
    trail = trails.trail_of(session, response, day)
    late = {now.late for theme in trail.themes for now in theme.answers}
    assert late - {""} <= {"Update due 1 July 2026", "Update due 1 August 2026"}
    assert any(late)
    on_the_day = trails.trail_of(session, response, TODAY)
    assert not any(now.late for theme in on_the_day.themes for now in theme.answers)


# --- Before anything is published -----------------------------------------------------------


@pytest.mark.parametrize(
    ("today", "stage", "is_late"),
    [
        (dt.date(2026, 1, 20), "open", False),
        (dt.date(2026, 2, 10), "reading", False),
        (dt.date(2026, 2, 21), "reading", True),
    ],
)
def test_before_publication_the_stage_and_the_next_day_are_honest(
    session: Session, scenario: Scenario, today: dt.date, stage: str, is_late: bool
) -> None:
    scenario.consultation.findings_due = dt.date(2026, 2, 20)
    scenario.consultation.answer_due = dt.date(2026, 3, 20)
    session.commit()
    trail = trails.trail_of(session, scenario.responses["parent_carer"][0], today)
    assert (trail.stage, trail.is_late) == (stage, is_late)
    assert trail.due == dt.date(2026, 2, 20)
    assert trail.slug == ""


def test_once_findings_are_approved_the_answers_are_what_is_owed(
    client: CheckedClient, session: Session, report: Report, scenario: Scenario
) -> None:
    assert report.findings_approved_at
    scenario.consultation.answer_due = dt.date(2026, 3, 20)
    session.commit()
    trail = trails.trail_of(session, scenario.responses["parent_carer"][0], TODAY)
    assert (trail.stage, trail.due) == ("answering", dt.date(2026, 3, 20))
    page = page_of(client, scenario, 0)
    assert "What people said has been read and approved." in page
    assert "The next step was due by 20 March 2026. It is late." in page
    scenario.responses["parent_carer"][0].edition = "easy"
    session.commit()
    assert "We are late." in page_of(client, scenario, 0)


# --- Words in no theme ----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("reason", "standard", "easy"),
    [
        ("nothing_to_add", "there is nothing to add", "You said there was no more to say."),
        ("duplicate", "Several people sent the same words.", "Other people sent the same words."),
        ("unreadable", "nobody could read words in it", "We could not read this."),
        ("other_language", "wait for somebody who translates", "put your words into English"),
        ("off_topic", "something other than this survey", "It was about other things."),
    ],
)
def test_words_that_were_set_aside_say_why_in_plain_words(  # a reason in both editions
    client: CheckedClient,
    session: Session,
    scenario: Scenario,
    reason: str,
    standard: str,
    easy: str,
) -> None:
    response = scenario.responses["parent_carer"][19]
    set_aside(session, response, reason)
    page = page_of(client, scenario, 19)
    assert standard in page
    assert NO_THEME not in page or reason == "other_language"
    response.edition = "easy"
    session.commit()
    assert easy in page_of(client, scenario, 19)


def test_words_held_for_somebodys_safety_look_like_any_words_without_a_theme(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    session.commit()
    people = scenario.responses["parent_carer"]
    unread = main_of(page_of(client, scenario, 18))
    assert NO_THEME in unread
    question = session.scalars(
        select(Answer.question).where(Answer.response_id == people[0].id, Answer.question != "QP1")
    ).one()
    session.add(AnswerHold(response_id=people[0].id, question=question, held_at=NOW))
    unmarked = ReadForSafety.response_id == people[0].id
    session.execute(delete(ReadForSafety).where(unmarked))
    session.commit()
    held = main_of(page_of(client, scenario, 0))
    assert made.WAITING.name not in held
    assert held == unread, "nobody can tell from the page that a reader is worried"


def test_words_that_were_set_aside_and_are_held_say_nothing_of_it(
    client: CheckedClient, session: Session, scenario: Scenario
) -> None:
    response = scenario.responses["parent_carer"][19]
    set_aside(session, response, "held")
    page = page_of(client, scenario, 19)
    assert NO_THEME in page
    assert "held" not in main_of(page).lower()


# --- Answers that do not count --------------------------------------------------------------


def test_answers_that_a_person_left_out_say_so_and_why(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    response = scenario.responses["parent_carer"][0]
    session.add(
        ResponseFlag(
            response_id=response.id,
            kind="very_quick",
            raised_at=NOW,
            decision="leave_out",
            decided_by="x",
            decided_at=NOW,
            reason="Sent in four seconds by a script.",
        )
    )
    response.left_out_at, response.left_out_because = NOW, "Sent in four seconds by a script."
    session.commit()
    page = page_of(client, scenario, 0)
    assert "These answers are not counted." in page
    assert "faster than the questions can be read" in page
    assert "by a script" not in page, "a note among staff stays among staff"
    assert made.WAITING.name not in page
    response.edition = "easy"
    session.commit()
    assert "We do not count these answers." in page_of(client, scenario, 0)


def test_who_only_chose_is_told_that_the_choices_count(
    client: CheckedClient, session: Session, published: Report, scenario: Scenario
) -> None:
    del published
    response = scenario.responses["parent_carer"][0]
    session.execute(delete(ProposedCoding).where(ProposedCoding.response_id == response.id))
    session.execute(delete(Answer).where(Answer.response_id == response.id))
    session.add(Answer(response_id=response.id, question="PC09", position=0, value="agree"))
    session.commit()
    page = page_of(client, scenario, 0)
    assert "What you chose is counted with the answers of everybody else." in page
    assert "Agree" in page
