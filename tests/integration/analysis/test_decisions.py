import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.models.store import AnalysisRun, ProposedCoding, Theme, ThemeDecision
from engage.audit import verify
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, CLUBS, UNREAD, WAITING, Scenario

ANALYST = "analyst"


def people(session: Session, run: AnalysisRun, theme: Theme) -> dict[str, int]:
    return queries.people_by_audience(session, run.id, [theme])


def an_answer(session: Session, run: AnalysisRun, theme: Theme) -> tuple[str, str]:
    row = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.proposed_theme_id == theme.sources[0].id,
        )
        .order_by(ProposedCoding.response_id)
        .limit(1)
    ).one()
    return row.response_id, row.question


def code(session: Session, run: AnalysisRun, answer: tuple[str, str], *themes: Theme) -> None:
    decisions.code_answer(session, run, answer, themes, actor=ANALYST, now=NOW)


def test_a_machine_s_word_counts_until_a_person_has_read(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    before = people(session, run, waiting), people(session, run, buses)
    assert before[0] == {"parent_carer": 14, "professional": 6, "young_person": 5}
    elsewhere = set(session.execute(queries.answers_in(run.id, [buses])).all())
    found = session.execute(queries.answers_in(run.id, [waiting])).all()
    answer = next((row[0], row[1]) for row in found if row not in elsewhere)

    code(session, run, answer, buses)

    assert sum(people(session, run, waiting).values()) == sum(before[0].values()) - 1
    assert sum(people(session, run, buses).values()) == sum(before[1].values()) + 1
    assert queries.answers_read(session, run.id) == 1


def test_reading_again_replaces_what_was_said_before(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    waiting, clubs = scenario.themes[WAITING.name], scenario.themes[CLUBS.name]
    answer = an_answer(session, run, waiting)
    code(session, run, answer, waiting, clubs)
    assert queries.themes_of_answer(session, run, answer) == sorted(
        [waiting, clubs], key=lambda theme: theme.name
    )
    code(session, run, answer)
    assert queries.themes_of_answer(session, run, answer) == []
    assert queries.answers_read(session, run.id) == 1


def test_everybody_whose_words_were_analysed_is_in_the_base(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    before = queries.base_by_audience(session, run.id)
    code(session, run, an_answer(session, run, scenario.themes[WAITING.name]))
    assert queries.base_by_audience(session, run.id) == before


def test_somebody_who_withdrew_is_in_no_count(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    waiting = scenario.themes[WAITING.name]
    response_id, _ = answer = an_answer(session, run, waiting)
    code(session, run, answer, waiting)
    before = sum(people(session, run, waiting).values())
    session.execute(
        text("UPDATE response SET withdrawn_at = submitted_at WHERE id = :id"), {"id": response_id}
    )
    assert sum(people(session, run, waiting).values()) == before - 1


def test_held_words_are_not_for_reading_here(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    answer = an_answer(session, run, scenario.themes[CLUBS.name])
    for coding in queries.clauses(session, run.id, answer):
        coding.set_aside_reason, coding.proposed_theme_id = decisions.HELD, None
    session.flush()
    with pytest.raises(decisions.AnswerHeldError, match="safeguarding"):
        code(session, run, answer, scenario.themes[CLUBS.name])


def test_joining_two_themes_loses_nobody_and_retires_one(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    together = queries.people_by_audience(session, run.id, [waiting, buses])
    decisions.merge(session, waiting, buses, actor=ANALYST, now=NOW, why="The same thing.")
    assert people(session, run, waiting) == together
    assert buses.status == "retired"
    with pytest.raises(decisions.ThemeRetiredError):
        decisions.approve(session, buses, actor=ANALYST, now=NOW)


def test_joining_keeps_what_people_said_about_the_other_theme(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    answer = an_answer(session, run, scenario.themes[CLUBS.name])
    code(session, run, answer, buses)
    decisions.merge(session, waiting, buses, actor=ANALYST, now=NOW)
    assert queries.themes_of_answer(session, run, answer) == [waiting]


def test_a_theme_needs_both_names_before_it_is_approved(
    session: Session, scenario: Scenario
) -> None:
    unread = scenario.themes[UNREAD.name]
    with pytest.raises(decisions.NameMissingError, match="easy-read name"):
        decisions.approve(session, unread, actor=ANALYST, now=NOW)
    decisions.rename(session, unread, name="Meetings", easy_name="Meetings", actor=ANALYST, now=NOW)
    decisions.approve(session, unread, actor=ANALYST, now=NOW)
    assert unread in queries.approved_themes(session, scenario.consultation.id)


def test_retiring_needs_a_reason(session: Session, scenario: Scenario) -> None:
    with pytest.raises(decisions.NameMissingError, match="why"):
        decisions.retire(session, scenario.themes[CLUBS.name], why=" ", actor=ANALYST, now=NOW)


def test_every_decision_is_in_the_trail_with_who_and_what_it_was(
    session: Session, scenario: Scenario
) -> None:
    clubs = scenario.themes[CLUBS.name]
    decisions.rename(
        session, clubs, name="Clubs", easy_name="Fun", actor=ANALYST, now=NOW, why="Shorter."
    )
    trail = session.scalars(select(ThemeDecision).where(ThemeDecision.theme_id == clubs.id)).all()
    assert [(step.verb, step.after, step.why, step.decided_by) for step in trail] == [
        ("renamed", "Clubs | Fun", "Shorter.", ANALYST)
    ]
    assert CLUBS.name in trail[0].before
    assert verify(session).ok
