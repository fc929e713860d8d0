"""What is kept is worked out anew as soon as anything that is counted has changed."""

import datetime as dt
from collections.abc import Callable

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from analysis.decided import decisions, joining, queries, reading_order
from analysis.models.store import AnalysisRun
from analysis.runs.unchanged import (
    MOST_KEPT,
    ONLY_NAMES,
    ONLY_PEOPLES_WORD,
    ONLY_THEMES,
    Unchanged,
)
from engage import audit
from engage.audit import AuditEvent
from surveys.models import Response
from surveys.services import holds
from tests.factories import NOW
from tests.integration.reports.scenario import BUSES, WAITING, Scenario

Result = Callable[[Session, AnalysisRun], object]
LATER = NOW + dt.timedelta(hours=1)
Act = Callable[[Session, Scenario], object]


def act(session: Session, verb: str) -> None:
    audit.record(session, actor="ann", verb=verb, object_type="answer", object_id="one", now=LATER)


def bases(session: Session, run: AnalysisRun) -> object:
    return queries.base_by_audience(session, run.id)


def said(session: Session, run: AnalysisRun) -> object:
    return reading_order.machine(session, run)


def places(session: Session, run: AnalysisRun) -> object:
    return reading_order.lines(session, run)


def somebody(scenario: Scenario) -> tuple[str, str]:
    return scenario.responses["parent_carer"][0].id, "PC06"


def decide(session: Session, scenario: Scenario) -> None:
    decisions.retire(session, scenario.themes[BUSES.name], actor="ann", now=LATER, why="Few.")


def hold(session: Session, scenario: Scenario) -> None:
    holds.hold(session, *somebody(scenario), now=LATER)


def let_go(session: Session, scenario: Scenario) -> None:
    holds.hold(session, *somebody(scenario), now=NOW)
    holds.release(session, *somebody(scenario), now=LATER)


def gone(**values: object) -> Act:
    def take_out(session: Session, scenario: Scenario) -> None:
        mine = Response.id == somebody(scenario)[0]
        session.execute(update(Response).where(mine).values(**values))

    return take_out


@pytest.fixture
def kept(session: Session) -> tuple[Unchanged[int], Callable[[], int]]:
    made: list[int] = []
    found: Unchanged[int] = Unchanged()

    def ask() -> int:
        return found.of(session, "run", lambda: made.append(1) or len(made))

    return found, ask


@pytest.mark.parametrize(
    "change",
    [
        decide,
        hold,
        let_go,
        gone(withdrawn_at=LATER),
        gone(left_out_at=LATER, left_out_because="vexatious"),
    ],
    ids=["decided", "held", "let go", "taken back", "left out"],
)
def test_any_change_makes_it_anew(
    session: Session,
    scenario: Scenario,
    kept: tuple[Unchanged[int], Callable[[], int]],
    change: Act,
) -> None:
    _, ask = kept
    assert (ask(), ask()) == (1, 1)
    change(session, scenario)
    assert (ask(), ask()) == (2, 2)


def test_reading_changes_nothing_and_deciding_does(
    session: Session, scenario: Scenario, kept: tuple[Unchanged[int], Callable[[], int]]
) -> None:
    _, ask = kept
    ask()
    act(session, "read_comment")
    assert ask() == 1
    decisions.rename(
        session, scenario.themes[WAITING.name], name="Waits", easy_name="Waits", actor="ann",
        now=LATER,
    )  # fmt: skip
    assert ask() == 2


def test_what_a_rolled_back_act_left_is_not_taken_for_the_next_one(
    session: Session, scenario: Scenario, kept: tuple[Unchanged[int], Callable[[], int]]
) -> None:
    del scenario
    _, ask = kept
    act(session, "renamed")
    ask()
    session.rollback()
    act(session, "merged")
    assert ask() == 2, "both acts had the same number in the chain"


def test_only_the_newest_few_are_kept(session: Session, scenario: Scenario) -> None:
    del scenario
    found: Unchanged[str] = Unchanged()
    for number in range(MOST_KEPT + 1):
        found.of(session, str(number), lambda: "first")
    assert found.of(session, str(MOST_KEPT), lambda: "second") == "first"
    assert found.of(session, "0", lambda: "second") == "second"


@pytest.mark.parametrize(
    ("verb", "times"),
    [
        ("merged", 1),
        ("split", 1),
        ("nested", 1),
        ("retired", 1),
        ("regrouped", 2),
        ("undone", 2),
        ("late_joined", 2),
        ("reanalysed", 2),
    ],
)
def test_what_the_machine_said_outlives_what_people_decide_and_no_other_act(
    session: Session, scenario: Scenario, verb: str, times: int
) -> None:
    made: list[int] = []
    found: Unchanged[int] = Unchanged(besides=ONLY_PEOPLES_WORD)

    def ask() -> int:
        return found.of(session, "run", lambda: made.append(1) or len(made))

    ask()
    decisions.code_answer(session, scenario.run, somebody(scenario), [], actor="ann", now=LATER)
    assert ask() == 1
    act(session, verb)
    assert ask() == times


def test_after_a_merge_what_was_kept_of_the_machine_gives_the_same_lines_as_reading_it_anew(
    session: Session, scenario: Scenario
) -> None:
    run, themes = scenario.run, scenario.themes
    kept = reading_order.machine(session, run)
    decisions.code_answer(
        session, run, somebody(scenario), [themes[BUSES.name]], actor="ann", now=LATER
    )
    decisions.merge(session, themes[WAITING.name], themes[BUSES.name], actor="ann", now=LATER)
    lines = reading_order.lines(session, run, kept)
    assert lines == reading_order.lines(session, run)
    used = {theme for line in lines for theme in line.theme_ids}
    assert themes[BUSES.name].id not in used


@pytest.mark.parametrize(
    ("harmless", "of"), [(ONLY_THEMES, bases), (ONLY_PEOPLES_WORD, said), (ONLY_NAMES, places)]
)
def test_acts_that_keep_results_leave_them_as_they_were(
    session: Session, scenario: Scenario, harmless: tuple[str, ...], of: Result
) -> None:
    before = of(session, scenario.run)
    buses, waiting = scenario.themes[BUSES.name], scenario.themes[WAITING.name]
    if harmless == ONLY_NAMES:
        joining.nest(session, buses, waiting, actor="ann", now=LATER)
        decisions.rename(session, buses, name="B", easy_name="B", actor="ann", now=LATER)
    else:
        joining.merge(session, buses, waiting, actor="ann", now=LATER)
        decide(session, scenario)
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.actor == "ann")).all()
    assert set(verbs) <= set(harmless)
    assert of(session, scenario.run) == before
