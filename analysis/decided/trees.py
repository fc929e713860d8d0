"""The tree of themes kept with a run: saved, read back, and which of its cuts stands now."""

import array
import sys
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Select, Update, bindparam, select, update
from sqlalchemy.orm import Session

from analysis.decided.changes import ChangedSinceError
from analysis.models.prepared_store import OtherLanguage
from analysis.models.records import Change
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme
from analysis.models.tree_store import Regrouping, RunProof, RunTree, ThemeFacts
from analysis.preparation.identity import answer_of

if TYPE_CHECKING:
    from analysis.engine.hierarchy import ThemeTree
    from analysis.themes.results import Analysis
    from analysis.themes.results import ProposedTheme as Found

Leaves = Mapping[int, str]
"""For each leaf the id of the proposed theme that it stands in."""


class NoTreeKeptError(ValueError):
    """The run holds no tree of themes, so their number cannot be turned."""


def of(session: Session, run: AnalysisRun) -> "ThemeTree":
    """Return the tree of a run.

    Raises:
        NoTreeKeptError: it had too few answers, or is older than the keeping of trees.
    """
    from analysis.engine.hierarchy import ThemeTree  # noqa: PLC0415  # numpy

    kept = session.get(RunTree, run.id)
    if kept is None:
        message = (
            "This analysis keeps no tree of themes: it had too few comments, or it is older than"
            " Engage keeps them. Analyse the comments again, then choose the number of themes."
        )
        raise NoTreeKeptError(message)
    flat = array.array("H", kept.merges)
    if sys.byteorder == "big":
        flat.byteswap()
    pairs = tuple(zip(flat[::2].tolist(), flat[1::2].tolist(), strict=True))
    return ThemeTree(kept.leaves, kept.anchor, pairs)


def save(session: Session, run: AnalysisRun, result: "Analysis", ids: Mapping[int, str]) -> None:
    """Keep tree, facts and figures of a run; `ids` gives for a theme's number the id of its row."""
    session.add_all(facts(theme, ids[theme.number], None) for theme in result.themes)
    if result.tree is not None:
        session.add(_row(run.id, result.tree))
    figures = result.run.stability
    if figures:
        session.add(
            RunProof(
                run_id=run.id,
                resamples=int(figures["resamples"]),
                share_in_each=figures["share_in_each"],
                agreement=figures["agreement"],
                share_found_again=figures["share_of_themes_found_again"],
                separation=figures["separation"],
            )
        )
    session.flush()


def complete(session: Session, run: AnalysisRun, result: "Analysis") -> None:
    """Give a run that was stored without its tree the one that the same answers gave again.

    Nothing is done where the run has its tree, or where the answers were now themed otherwise.
    """
    if session.get(RunTree, run.id) is not None or result.tree is None:
        return
    number = {proposal.id: proposal.number for proposal in run.proposals}
    stored = {
        (row.response_id, row.question, row.segment): number.get(row.proposed_theme_id)
        for row in session.execute(_themes_of_clauses(run.id))
    }
    found = {(*answer_of(c.document_id), c.segment): c.theme for c in result.codings}
    if stored != found:
        return
    save(session, run, result, {n: key for key, n in number.items()})
    where = (
        ProposedCoding.run_id == run.id,
        ProposedCoding.response_id == bindparam("r"),
        ProposedCoding.question == bindparam("q"),
        ProposedCoding.segment == bindparam("s"),
    )
    rows = [
        {"r": key[0], "q": key[1], "s": key[2], "l": leaf, "p": place}
        for key, leaf, place in clauses(result)
    ]
    statement = update(ProposedCoding).where(*where)
    session.connection().execute(statement.values(leaf=bindparam("l"), place=bindparam("p")), rows)


def clauses(result: "Analysis") -> list[tuple[tuple[str, str, int], int | None, int]]:
    """Return every clause of a result with its leaf, if it has one, and its place among all."""
    from analysis.themes.regrouping import leaves  # noqa: PLC0415  # heavy, as its result was

    leaf = leaves(result) if result.tree is not None else {}
    return [
        ((*answer_of(coding.document_id), coding.segment), leaf.get(coding), place)
        for place, coding in enumerate(result.codings)
    ]


def facts(theme: "Found", proposed_theme_id: str, regrouping_id: str | None) -> ThemeFacts:
    """Return what was measured of a theme as its row."""
    return ThemeFacts(
        proposed_theme_id=proposed_theme_id,
        regrouping_id=regrouping_id,
        leaves=",".join(map(str, theme.leaves)),
        typical=" ".join(f"{document}:{segment}" for document, segment in theme.examples),
        found_again=theme.found_again,
        stability=theme.stability,
        coherence=theme.coherence,
        distinctness=theme.distinctness,
    )


def leaves_of(kept: ThemeFacts) -> list[int]:
    """Return the leaves that a proposed theme is made of."""
    return [int(number) for number in kept.leaves.split(",") if number]


def facts_of(session: Session, proposals: Iterable[ProposedTheme]) -> dict[str, ThemeFacts]:
    """Return what is known of proposed themes, by their ids."""
    wanted = [proposal.id for proposal in proposals]
    rows = session.scalars(select(ThemeFacts).where(ThemeFacts.proposed_theme_id.in_(wanted)))
    return {row.proposed_theme_id: row for row in rows}


def turn(session: Session, run: AnalysisRun, out: Iterable[str], into: Iterable[str]) -> None:
    """Let comments stand in some proposed themes instead of in others, leaf by leaf.

    Args:
        session: open.
        run: whose themes they are.
        out: ids of the proposed themes that go out of force.
        into: ids of those that come into force; they have the same leaves.
    """
    for ids, in_force in ((list(out), False), (list(into), True)):
        session.execute(
            update(ProposedTheme).where(ProposedTheme.id.in_(ids)).values(in_force=in_force)
        )
    rows = session.scalars(select(ThemeFacts).where(ThemeFacts.proposed_theme_id.in_(list(into))))
    for kept in rows.all():
        session.execute(
            update(ProposedCoding)
            .where(ProposedCoding.run_id == run.id, ProposedCoding.leaf.in_(leaves_of(kept)))
            .values(proposed_theme_id=kept.proposed_theme_id, is_example=False)
        )
        for key in kept.typical.split():
            session.execute(
                update(ProposedCoding).where(*_clause(run.id, key)).values(is_example=True)
            )
    session.execute(_languages_follow(run.id))
    session.flush()
    session.expire_all()


def follow(session: Session, undone: Change) -> None:
    """Turn the number of themes back, or forth again, with the change that was taken back.

    Raises:
        ChangedSinceError: their number was turned again since.
    """
    root, steps = undone, 0
    while root.undoes_id is not None:
        root, steps = session.get_one(Change, root.undoes_id), steps + 1
    wish = session.scalar(select(Regrouping).where(Regrouping.change_id == root.id))
    if wish is None:
        return
    own = select(ThemeFacts.proposed_theme_id).where(ThemeFacts.regrouping_id == wish.id)
    sides = (list(session.scalars(own)), wish.replaced.split())
    out, into = sides if steps % 2 == 0 else sides[::-1]
    _require_in_force(session, out)
    turn(session, session.get_one(AnalysisRun, wish.run_id), out, into)


def _require_in_force(session: Session, ids: list[str]) -> None:
    gone = select(ProposedTheme.id).where(ProposedTheme.id.in_(ids), ~ProposedTheme.in_force)
    if session.scalar(gone.limit(1)) is not None:
        message = (
            "Somebody has chosen another number of themes since. Take the later change back first."
        )
        raise ChangedSinceError(message)


def _row(run_id: str, tree: "ThemeTree") -> RunTree:
    flat = array.array("H", [leaf for pair in tree.merges for leaf in pair])
    if sys.byteorder == "big":
        flat.byteswap()
    return RunTree(run_id=run_id, leaves=tree.leaves, anchor=tree.anchor, merges=flat.tobytes())


def _clause(run_id: str, key: str) -> tuple[ColumnElement[bool], ...]:
    document, _, segment = key.rpartition(":")
    response_id, question = answer_of(document)
    return (
        ProposedCoding.run_id == run_id,
        ProposedCoding.response_id == response_id,
        ProposedCoding.question == question,
        ProposedCoding.segment == int(segment),
    )


def _themes_of_clauses(run_id: str) -> Select[str, str, int, str | None]:
    return select(
        ProposedCoding.response_id,
        ProposedCoding.question,
        ProposedCoding.segment,
        ProposedCoding.proposed_theme_id,
    ).where(ProposedCoding.run_id == run_id)


def _languages_follow(run_id: str) -> Update:
    """Let what the machine says of answers in other languages name the themes in force."""
    now_in = (
        select(ProposedCoding.proposed_theme_id)
        .where(
            ProposedCoding.run_id == OtherLanguage.run_id,
            ProposedCoding.response_id == OtherLanguage.response_id,
            ProposedCoding.question == OtherLanguage.question,
            ProposedCoding.is_primary,
        )
        .limit(1)
        .scalar_subquery()
    )
    return (
        update(OtherLanguage)
        .where(OtherLanguage.run_id == run_id, OtherLanguage.proposed_theme_id.is_not(None))
        .values(proposed_theme_id=now_in)
    )
