import dataclasses
from collections.abc import Sequence

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.codeframes.carry_on import Joined
from analysis.codeframes.held_back import is_held_back
from analysis.decided import assisting, coded, decisions, exports, queries, rearranged
from analysis.embeddings.embedding import Vectors
from analysis.models.assist_records import Suggestion, ThemeOrigin
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from analysis.runs import carrying_on
from analysis.runs.storedruns import UnknownRunError, facts_of, find_run
from analysis.standalone.compare import compare_runs
from analysis.texts.documents import Document
from tests.factories import NOW, ConsultationFactory
from tests.integration.analysis.words import Words
from tests.integration.reports.scenario import BUSES, CLUBS, UNREAD, WAITING, Scenario

ANN = "ann"


def read(texts: Sequence[str], code_texts: Sequence[str]) -> tuple[Vectors, Vectors]:
    return Words().embed(texts), Words().embed(code_texts)


def theme_of(placed: "list[tuple[str, Joined]] | carrying_on.Aside") -> str | None:
    assert isinstance(placed, list)
    return placed[0][1].theme


def test_late_answers_join_and_nobody_else_s_coding_moves(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    before = exports.rows(session, run)
    late = [
        Document("l1", "The taxi is late and nobody rings us"),
        Document("l2", "Quite another matter altogether here"),
        Document("l3", "n/a"),
        Document("l4", "We want more clubs near our house"),
    ]
    placed = carrying_on.place_clauses(session, run, late, Words())
    assert [theme_of(placed[name]) for name in ("l1", "l2", "l4")] == [
        scenario.themes[BUSES.name].id, None, scenario.themes[CLUBS.name].id,
    ]  # fmt: skip
    assert placed["l3"] == carrying_on.Aside("n/a", "nothing_to_add")
    assert exports.rows(session, run) == before
    assert carrying_on.place_clauses(session, run, late[:1], Words())["l1"] == placed["l1"]


def test_late_answers_need_an_approved_theme(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    for theme in scenario.themes.values():
        theme.approved_at = theme.approved_by = None
    session.flush()
    with pytest.raises(carrying_on.NoFrameError):
        carrying_on.place_clauses(session, run, [Document("l", "The taxi is late")], Words())


def test_next_year_starts_from_the_approved_frame_and_knows_what_changed(
    session: Session, scenario: Scenario
) -> None:
    later = ConsultationFactory(slug="next-year", title="Next year")
    source = scenario.consultation
    carried = carrying_on.carry_frame(session, source, later, actor=ANN, now=NOW)
    assert {theme.name for theme in carried} == {BUSES.name, WAITING.name, CLUBS.name}
    assert all(theme.approved_at is None for theme in carried)
    assert UNREAD.name not in {theme.name for theme in carried}
    origins = {o.theme_id: o.ancestor_id for o in session.scalars(select(ThemeOrigin))}
    old = {theme.name: theme.id for theme in scenario.themes.values()}
    assert all(origins[theme.id] == old[theme.name] for theme in carried)
    buses = next(theme for theme in carried if theme.name == BUSES.name)
    decisions.rename(session, buses, name="Travel", easy_name="Travel", actor=ANN, now=NOW)
    notes = {n.note for n in carrying_on.notes_since(session, source, later)}
    assert f"“{BUSES.name}” is now called “Travel”." in notes
    with pytest.raises(carrying_on.FrameThereError):
        carrying_on.carry_frame(session, source, later, actor=ANN, now=NOW)


def test_a_trend_shows_the_years_that_were_analysed(session: Session, scenario: Scenario) -> None:
    later = ConsultationFactory(slug="next-year", title="Next year")
    carried = carrying_on.carry_frame(session, scenario.consultation, later, actor=ANN, now=NOW)
    waiting = next(theme for theme in carried if theme.name == WAITING.name)
    points = carrying_on.trend_of(session, waiting, threshold=5)
    assert [(str(p.people), p.consultation) for p in points] == [("25", "SEND Strategy 2026-29")]


def teach(session: Session, scenario: Scenario, run: AnalysisRun) -> dict[str, Theme]:
    """Code most answers by what they say."""
    about = {"taxi": BUSES, "Transport": BUSES, "club": CLUBS, "waited": WAITING, "list": WAITING}
    for answer in coded.coded_answers(session, run)[:30]:
        themes = [scenario.themes[plan.name] for word, plan in about.items() if word in answer.text]
        decisions.code_answer(
            session, run, answer.key, list(dict.fromkeys(themes)), actor=ANN, now=NOW
        )
    return scenario.themes


def test_the_machine_learns_from_people_suggests_and_is_measured_on_what_it_never_saw(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    for number, clause in enumerate(session.scalars(select(ProposedCoding)).all()):
        clause.redacted_text += f" as number {number}"
    teach(session, scenario, run)
    counted = queries.people_by_audience(session, run.id, [scenario.themes[BUSES.name]])
    taught = assisting.suggest_for(session, run, read, actor=ANN, now=NOW)
    answers = coded.coded_answers(session, run)
    known = [a for a in answers if a.people is not None]
    assert taught == sum(not is_held_back(f"{a.response_id}:{a.question}") for a in known)
    assert len(session.scalars(select(Suggestion)).all()) == len(answers)
    unread = next(a for a in answers if a.people is None)
    assert assisting.suggestion_for(session, run.id, unread.key) is not None
    asked = assisting.to_read_first(session, run)
    assert asked
    assert not set(asked) & {a.key for a in known}
    lines = assisting.machine_against_people(session, run)
    assert lines[0].slice == ""
    assert queries.people_by_audience(session, run.id, [scenario.themes[BUSES.name]]) == counted
    assert assisting.suggest_for(session, run, read, actor=ANN, now=NOW) == taught


def test_joined_themes_teach_the_next_suggestions_until_that_is_taken_back(
    session: Session, scenario: Scenario, run: AnalysisRun
) -> None:
    def taught() -> set[str]:
        placed = rearranged.placed(session, run, coded.coded_answers(session, run))
        return {theme for themes in placed.values() for theme in themes}

    waiting, buses = scenario.themes[WAITING.name], scenario.themes[BUSES.name]
    assert taught() == set(), "what the machine proposed teaches the machine nothing"
    decisions.merge(session, waiting, buses, actor=ANN, now=NOW)
    session.expire_all()
    assert waiting.id in taught()
    assert buses.id not in taught()
    joined = session.scalars(select(Change).where(Change.verb == "merged")).one()
    decisions.undo(session, joined, actor=ANN, now=NOW)
    session.expire_all()
    assert taught() == set()


def test_two_stored_runs_are_compared_by_what_they_hold(session: Session, run: AnalysisRun) -> None:
    facts = facts_of(session, run)
    assert len(facts.answers) == 40
    assert compare_runs(facts, facts).is_same
    other = dataclasses.replace(facts, hashes=dict.fromkeys(facts.hashes, "x"))
    assert len(compare_runs(facts, other).rewritten) == 40
    assert find_run(session, run.consultation_id, run.id[:6]) is run
    for wrong in ("", "zzz"):
        with pytest.raises(UnknownRunError, match=run.id[:8]):
            find_run(session, run.consultation_id, wrong)
