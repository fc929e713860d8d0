import json

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries, trees
from analysis.decided.changes import ChangedSinceError
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from analysis.models.tree_store import Regrouping, RunProof, RunTree, ThemeFacts
from analysis.preparation.identity import document_id
from analysis.runs import meaning, regroupings
from analysis.runs.undecided import standing
from analysis.themes.regrouping import regroup
from tests.factories import NOW
from tests.integration.analysis.conftest import Proposed
from tests.integration.analysis.words import Words

ANN = "ann"


def turned(session: Session, run: AnalysisRun, themes: int, why: str = "") -> Regrouping:
    job = regroupings.ask(session, run, themes=themes, why=why, actor=ANN, now=NOW)
    wish = session.get_one(Regrouping, job.subject_id)
    regroupings.regroup(session, wish, now=NOW)
    return wish


def where(session: Session, run: AnalysisRun) -> dict[tuple[str, int], object]:
    """Return everything of every clause that turning may change."""
    return {
        (document_id(c.response_id, c.question), c.segment): (c.proposed_theme_id, c.is_example)
        for c in session.scalars(select(ProposedCoding).where(ProposedCoding.run_id == run.id))
    }


def frame(session: Session, consultation_id: str) -> list[tuple[str, str, str]]:
    return sorted((t.id, t.name, t.status) for t in queries.themes(session, consultation_id))


@pytest.mark.parametrize("themes", [2, 4, 30])
def test_the_desk_proposes_what_a_notebook_would(
    session: Session, proposed: Proposed, themes: int
) -> None:
    run, expected = proposed.run, regroup(proposed.found, themes=themes)
    wish = turned(session, run, themes)
    offset = min(proposal.number for proposal in run.proposals) - 1
    assert wish.found == len(expected.themes)
    stored = trees.facts_of(session, run.proposals)
    assert [
        (p.number - offset, p.label, p.words, p.documents, stored[p.id].leaves,
         stored[p.id].coherence, stored[p.id].typical)
        for p in run.proposals
    ] == [
        (t.number, t.label, ", ".join(t.words), t.documents, ",".join(map(str, t.leaves)),
         t.coherence, " ".join(f"{d}:{s}" for d, s in t.examples))
        for t in expected.themes
    ]  # fmt: skip
    number = {proposal.id: proposal.number - offset for proposal in run.proposals}
    assert {key: number.get(theme) for key, (theme, _) in where(session, run).items()} == {
        (c.document_id, c.segment): c.theme for c in expected.codings
    }
    assert {t.name for t in queries.themes(session, proposed.consultation.id)} == {
        t.label for t in expected.themes
    }


def test_turning_is_in_the_trail_and_is_taken_back_and_done_again(
    session: Session, proposed: Proposed
) -> None:
    run, plan = proposed.run, proposed.consultation
    before, themes = where(session, run), frame(session, plan.id)
    wish = turned(session, run, 3, why="Too many to read out.")
    after, fewer = where(session, run), frame(session, plan.id)
    assert len(fewer) == 3
    change = session.get_one(decisions.changes.Change, wish.change_id)
    assert (change.verb, change.decided_by, change.why) == (
        "regrouped",
        ANN,
        "Too many to read out.",
    )
    back = decisions.undo(session, change, actor=ANN, now=NOW)
    assert where(session, run) == before
    assert frame(session, plan.id) == themes
    decisions.undo(session, back, actor=ANN, now=NOW)
    assert where(session, run) == after
    assert frame(session, plan.id) == fewer


def test_only_the_last_of_two_turns_is_taken_back(session: Session, proposed: Proposed) -> None:
    first, second = (turned(session, proposed.run, n) for n in (3, 8))
    change = session.get_one(decisions.changes.Change, first.change_id)
    with pytest.raises(ChangedSinceError):
        decisions.undo(session, change, actor=ANN, now=NOW)
    session.rollback()
    del second


def test_turning_again_depends_on_the_number_alone(session: Session, proposed: Proposed) -> None:
    turned(session, proposed.run, 8)
    once = [(p.label, p.words, p.documents) for p in proposed.run.proposals]
    turned(session, proposed.run, 3)
    turned(session, proposed.run, 8)
    assert [(p.label, p.words, p.documents) for p in proposed.run.proposals] == once


def approve(session: Session, theme: Theme) -> Theme:
    decisions.rename(session, theme, name="Ours", easy_name="Ours", actor=ANN, now=NOW)
    return decisions.approve(session, theme, actor=ANN, now=NOW)


@pytest.mark.parametrize("themes", [1, 3, 30])
def test_what_people_decided_stays_as_it_is(
    session: Session, proposed: Proposed, themes: int
) -> None:
    run, plan = proposed.run, proposed.consultation
    largest, second, third, *_ = sorted(
        queries.themes(session, plan.id), key=lambda theme: theme.sources[0].number
    )
    approve(session, largest)
    decisions.merge(session, second, third, actor=ANN, now=NOW)
    counts = {
        theme.id: queries.people_by_audience(session, run.id, [theme])
        for theme in (largest, second)
    }
    total = queries.base_by_audience(session, run.id)
    turned(session, run, themes)
    in_use = {theme.id: theme for theme in queries.themes(session, plan.id)}
    for theme in (largest, second):
        assert queries.people_by_audience(session, run.id, [in_use[theme.id]]) == counts[theme.id]
    assert largest.status == "approved"
    assert queries.base_by_audience(session, run.id) == total
    themed = queries.people_by_audience(session, run.id, list(in_use.values()))
    assert themed == total


def test_comments_that_people_coded_keep_their_theme(session: Session, proposed: Proposed) -> None:
    run, plan = proposed.run, proposed.consultation
    theme = queries.themes(session, plan.id)[0]
    clause = queries.examples(session, run.id, theme, 1)[0]
    answer = (clause.response_id, clause.question)
    decisions.code_answer(session, run, answer, [theme], actor=ANN, now=NOW)
    turned(session, run, 2)
    assert queries.themes_of_answer(session, run, answer) == [theme]


def test_what_people_parted_is_not_proposed_as_one_theme_again(
    session: Session, proposed: Proposed
) -> None:
    run, plan = proposed.run, proposed.consultation
    tree = trees.of(session, run)
    groups = tree.groups(2)
    sizes = dict(
        session.execute(
            select(ProposedCoding.leaf, func.count(func.distinct(ProposedCoding.response_id)))
            .where(ProposedCoding.leaf.is_not(None), ProposedCoding.is_primary)
            .group_by(ProposedCoding.leaf)
        ).all()
    )
    one, other = next(
        (a, b)
        for a in range(tree.leaves)
        for b in range(a + 1, tree.leaves)
        if groups[a] == groups[b] and min(sizes.get(a, 0), sizes.get(b, 0)) >= 2
    )
    mine = [
        decisions.open_theme(session, plan, name=name, easy_name=name, actor=ANN, now=NOW)
        for name in ("Buses", "Clubs")
    ]
    assert one in standing(session, run).free
    for leaf, theme in zip((one, other), mine, strict=True):
        rows = select(ProposedCoding).where(ProposedCoding.leaf == leaf, ProposedCoding.is_primary)
        for row in session.scalars(rows).all():
            decisions.code_answer(
                session, run, (row.response_id, row.question), [theme], actor=ANN, now=NOW
            )
    turned(session, run, 2)
    home = {
        leaf: facts.proposed_theme_id
        for facts in trees.facts_of(session, run.proposals).values()
        for leaf in trees.leaves_of(facts)
    }
    assert home[one] != home[other]


def test_a_theme_that_somebody_used_since_is_not_taken_back(
    session: Session, proposed: Proposed
) -> None:
    run = proposed.run
    wish = turned(session, run, 3)
    theme = queries.themes(session, proposed.consultation.id)[0]
    clause = queries.examples(session, run.id, theme, 1)[0]
    decisions.code_answer(
        session, run, (clause.response_id, clause.question), [theme], actor=ANN, now=NOW
    )
    change = session.get_one(decisions.changes.Change, wish.change_id)
    with pytest.raises(ChangedSinceError, match="put comments into a theme"):
        decisions.undo(session, change, actor=ANN, now=NOW)


def test_when_people_decided_about_everything_nothing_is_proposed_anew(
    session: Session, proposed: Proposed
) -> None:
    for theme in queries.themes(session, proposed.consultation.id):
        approve(session, theme)
    with pytest.raises(regroupings.NothingToRegroupError, match="by hand"):
        regroupings.ask(session, proposed.run, themes=3, why="", actor=ANN, now=NOW)


def test_names_are_suggested_without_reading_the_comments_again(
    session: Session, proposed: Proposed
) -> None:
    run, model = proposed.run, Words()
    job = regroupings.ask(session, run, themes=4, why="", actor=ANN, now=NOW)
    wish = session.get_one(Regrouping, job.subject_id)
    known = meaning.Known(session, run, model)
    regroupings.regroup(session, wish, now=NOW, reader=known, lists={"ambition": {"A1": "buses"}})
    written = {
        row.redacted_text for row in session.scalars(select(ProposedCoding)) if row.redacted_text
    }
    assert model.read
    assert not {text for text in model.read if len(text.split()) > 9} & written


def test_a_run_stored_before_trees_were_kept_gets_its_tree_with_the_same_answers(
    session: Session, proposed: Proposed
) -> None:
    run = proposed.run
    kept = {
        (c.response_id, c.segment): (c.leaf, c.place)
        for c in session.scalars(select(ProposedCoding))
    }
    for table in (RunTree, RunProof, ThemeFacts):
        for row in session.scalars(select(table)).all():
            session.delete(row)
    for row in session.scalars(select(ProposedCoding)).all():
        row.leaf = row.place = None
    session.flush()
    with pytest.raises(trees.NoTreeKeptError, match="Analyse the comments again"):
        standing(session, run)
    trees.complete(session, run, proposed.found)
    session.expire_all()
    assert trees.of(session, run) == proposed.found.tree
    assert {
        (c.response_id, c.segment): (c.leaf, c.place)
        for c in session.scalars(select(ProposedCoding))
    } == kept
    assert json.loads(run.settings)["examples"]
