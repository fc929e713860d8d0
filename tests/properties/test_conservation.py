"""Whatever people join, split, move, nest, read or take back, nobody is lost or counted twice."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine, create_engine, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, Coding, ProposedCoding, Reading, Theme
from engage.db import make_durable
from tests import factories
from tests.factories import NOW
from tests.integration.reports import scenario as made

pytestmark = pytest.mark.one_database
ACTOR = "analyst"
ACTS = ("merge", "split", "move", "nest", "alone", "code")
Steps = list[tuple[str, int, int, int]]
steps = st.lists(
    st.tuples(
        st.sampled_from((*ACTS, "undo")),
        st.integers(0, 7), st.integers(0, 7), st.integers(0, 2**16),
    ),
    min_size=1, max_size=5,
)  # fmt: skip


@pytest.fixture(scope="module")
def engine(tables: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    file = tmp_path_factory.mktemp("conserved") / "engage.sqlite"
    if not tables.exists():
        pytest.skip("Counting is the same on both databases; this runs on SQLite.")
    shutil.copy(tables, file)
    engine = create_engine(f"sqlite:///{file}")
    make_durable(engine)
    with Session(engine) as session:
        factories.use(session)
        made.answered(session, people={"parent_carer": 6, "professional": 3, "young_person": 2})
        session.commit()
        factories.use(None)
    yield engine
    engine.dispose()


class Bench:
    """What an analyst may do, with numbers in the place of choices."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self.run = session.scalars(select(AnalysisRun)).one()

    def themes(self) -> list[Theme]:
        return queries.themes(self.session, self.run.consultation_id)

    def everybody(self) -> set[tuple[str, str]]:
        rows = self.session.execute(queries.answers_in(self.run.id, self.themes()))
        return {(row[0], row[1]) for row in rows}

    def counts(self) -> dict[str, object]:
        """Everything that counts: who is where, by whose word, and what is in use."""
        where = {
            theme.id: sorted(self.session.execute(queries.answers_in(self.run.id, [theme])).all())
            for theme in self.themes()
        }
        codings = self.session.execute(
            select(
                Coding.theme_id, Coding.response_id, Coding.question, Coding.is_primary,
                Coding.stance, Coding.clauses,
            ).order_by(Coding.theme_id, Coding.response_id)
        ).all()  # fmt: skip
        readings = self.session.execute(
            select(Reading.response_id, Reading.question, Reading.read_by).order_by(
                Reading.response_id
            )
        ).all()
        return {"where": where, "codings": codings, "readings": readings}

    def act(self, verb: str, one: int, other: int, bits: int) -> None:
        themes = self.themes()
        theme, target = themes[one % len(themes)], themes[other % len(themes)]
        with_actor = {"actor": ACTOR, "now": NOW}
        if verb == "merge" and theme is not target:
            decisions.merge(self.session, theme, target, **with_actor)
        elif verb == "split" and (chosen := self.chosen(theme, bits)):
            names = (f"New {bits}", "New")
            decisions.split(self.session, self.run, theme, chosen, names, **with_actor)
        elif verb == "move" and theme is not target and (chosen := self.chosen(theme, bits)):
            decisions.split(self.session, self.run, theme, chosen, target, **with_actor)
        elif verb in {"nest", "alone"}:
            self.nest(theme, target if verb == "nest" else None)
        elif verb == "code":
            answer = sorted(self.everybody())[bits % len(self.everybody())]
            decisions.code_answer(self.session, self.run, answer, [theme], **with_actor)

    def nest(self, theme: Theme, parent: Theme | None) -> None:
        try:
            decisions.nest(self.session, theme, parent, actor=ACTOR, now=NOW)
        except decisions.NestingError:
            return  # the same theme, or a third level

    def chosen(self, theme: Theme, bits: int) -> list[tuple[str, str, int]]:
        rows = self.session.execute(
            select(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
            .where(
                ProposedCoding.run_id == self.run.id,
                ProposedCoding.proposed_theme_id.in_([source.id for source in theme.sources]),
            )
            .order_by(ProposedCoding.response_id, ProposedCoding.segment)
        ).all()
        there = {
            (a[0], a[1]) for a in self.session.execute(queries.answers_in(self.run.id, [theme]))
        }
        found = [(r.response_id, r.question, r.segment) for r in rows if (r[0], r[1]) in there]
        return [clause for place, clause in enumerate(found) if bits >> (place % 16) & 1]

    def newest(self) -> Change | None:
        back = select(Change.undoes_id).where(Change.undoes_id.is_not(None))
        return self.session.scalars(
            select(Change)
            .where(Change.undoes_id.is_(None), Change.id.not_in(back))
            .order_by(Change.number.desc())
        ).first()

    def undo(self) -> None:
        newest = self.newest()
        if newest is not None:
            decisions.undo(self.session, newest, actor=ACTOR, now=NOW)


@given(steps)
@settings(max_examples=40)
def test_nobody_is_lost_and_nobody_is_doubled(engine: Engine, plan: Steps) -> None:
    with Session(engine) as session:
        bench = Bench(session)
        before = bench.everybody()
        for verb, one, other, bits in plan:
            if verb == "undo":
                bench.undo()
            else:
                bench.act(verb, one, other, bits)
            assert bench.everybody() == before
            people = sum(queries.people_by_audience(session, bench.run.id, bench.themes()).values())
            assert people == len({response for response, _ in before})
        session.rollback()


@given(steps)
@settings(max_examples=40)
def test_taking_everything_back_leaves_everything_as_it_was(engine: Engine, plan: Steps) -> None:
    with Session(engine) as session:
        bench = Bench(session)
        before = bench.counts()
        for verb, one, other, bits in plan:
            if verb not in {"undo", "nest"}:
                bench.act(verb, one, other, bits)
        while bench.newest() is not None:
            bench.undo()
        assert bench.counts() == before
        session.rollback()
