"""Analysing again keeps what people decided and offers the rest anew."""

import dataclasses
import datetime as dt

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Theme
from analysis.runs import reanalysis, services
from analysis.themes.pipeline import Analysis
from tests.factories import NOW, JobFactory
from tests.integration.analysis.conftest import Proposed

LATER = NOW + dt.timedelta(days=1)


@dataclasses.dataclass
class Again:
    """A consultation that was analysed twice, with one theme approved in between."""

    approved: Theme
    undecided: list[Theme]
    run: AnalysisRun
    aside: list[Theme]


def another_result(found: Analysis) -> Analysis:
    """Return the same finding of answers that are not quite the same."""
    return dataclasses.replace(found, run=dataclasses.replace(found.run, input_hash="f" * 64))


@pytest.fixture
def again(session: Session, proposed: Proposed) -> Again:
    first, *rest = sorted(
        queries.themes(session, proposed.consultation.id), key=lambda t: -t.sources[0].documents
    )
    names = {"name": "Getting to school", "easy_name": "Getting to school"}
    decisions.rename(session, first, **names, actor="ann", now=NOW)
    decisions.approve(session, first, actor="ann", now=NOW)
    job = JobFactory(kind="analyse", subject_id=proposed.snapshot.id, asked_by="ann")
    result = another_result(proposed.found)
    run = services.save_run(session, proposed.snapshot, result, job=job, now=LATER)
    aside = reanalysis.step_aside(session, run, actor="ann", now=LATER)
    services.adopt_proposals(session, run, actor="ann", now=LATER)
    return Again(first, rest, run, aside)


def test_what_nobody_decided_about_steps_aside_and_the_rest_stays(again: Again) -> None:
    assert {theme.id for theme in again.aside} == {theme.id for theme in again.undecided}
    assert again.approved.status == "approved"
    assert all(theme.status == "retired" for theme in again.undecided)


def test_a_new_proposal_says_whose_comments_it_holds(session: Session, again: Again) -> None:
    in_use = queries.themes(session, again.run.consultation_id)
    found = reanalysis.homes(session, again.run, in_use)
    assert list(found.values()) == [again.approved]
    assert [session.get_one(Theme, key).sources[0].number for key in found] == [1]


def test_nothing_joins_an_approved_theme_by_itself(session: Session, again: Again) -> None:
    assert queries.people_by_audience(session, again.run.id, [again.approved]) == {}
    in_use = queries.themes(session, again.run.consultation_id)
    (key,) = reanalysis.homes(session, again.run, in_use)
    proposal = session.get_one(Theme, key)
    decisions.merge(session, again.approved, proposal, actor="ann", now=LATER)
    assert sum(queries.people_by_audience(session, again.run.id, [again.approved]).values())
    in_use = queries.themes(session, again.run.consultation_id)
    assert reanalysis.homes(session, again.run, in_use) == {}


def test_stepping_aside_is_in_the_trail_and_can_be_taken_back(
    session: Session, again: Again
) -> None:
    (note,) = [one for one in again.undecided[0].decisions if one.verb == "reanalysed"]
    assert note.why == reanalysis.WHY
    made = session.scalars(select(Change).where(Change.verb == "reanalysed"))
    decisions.undo(session, made.one(), actor="ann", now=LATER)
    assert all(theme.status == "proposed" for theme in again.undecided)


def test_an_older_run_that_is_found_again_puts_nothing_aside(
    session: Session, proposed: Proposed, again: Again
) -> None:
    del again
    assert reanalysis.step_aside(session, proposed.run, actor="ann", now=LATER) == []
