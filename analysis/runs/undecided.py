"""What people have decided about the themes of a run, and what may therefore be proposed anew."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.decided import queries, trees
from analysis.models.store import (
    AnalysisRun,
    Coding,
    ProposedCoding,
    Reading,
    Theme,
    ThemeDecision,
    ThemeSource,
)
from analysis.models.tree_store import ThemeFacts

if TYPE_CHECKING:
    from analysis.engine.hierarchy import ThemeTree

UNDECIDED = ("proposed", "regrouped", "reanalysed", "undone")
"""Verbs of a theme's trail that say nothing of what somebody thinks of it."""

FEWEST_READ = 2
"""So many comments of a leaf, and more than half of those read, tell where it belongs."""


@dataclass(frozen=True)
class Standing:
    """What of a run may be proposed anew, and what people have said of the rest.

    Attributes:
        tree: of the run.
        free: for each leaf that nobody decided about the id of its proposed theme.
        said: the theme that people put a leaf in.
        open: themes in use that nobody decided about.
        kept: themes in use that somebody decided about.
    """

    tree: "ThemeTree"
    free: Mapping[int, str]
    said: Mapping[int, str]
    open: tuple[Theme, ...]
    kept: tuple[Theme, ...]

    def groups(self, themes: int) -> dict[int, int]:
        """Return the group of each free leaf when so many themes are asked for."""
        from analysis.themes.regrouping import taught  # noqa: PLC0415  # heavy

        whole = taught(self.tree, themes, self.said)
        mine = {leaf: whole[leaf] for leaf in sorted(self.free)}
        names = {group: number for number, group in enumerate(dict.fromkeys(mine.values()))}
        return {leaf: names[group] for leaf, group in mine.items()}


def standing(session: Session, run: AnalysisRun) -> Standing:
    """Return what may be proposed anew.

    Raises:
        NoTreeKeptError: the run holds no tree.
    """
    tree = trees.of(session, run)
    in_use = queries.themes(session, run.consultation_id)
    decided = decided_about(session, run.consultation_id)
    holders: dict[str, set[str]] = defaultdict(set)
    for source, theme in session.execute(
        select(ThemeSource.proposed_theme_id, ThemeSource.theme_id)
    ):
        holders[source].add(theme)
    free: dict[int, str] = {}
    said: dict[int, str] = {}
    own = {key: trees.leaves_of(row) for key, row in _facts(session, run).items()}
    kept = {theme.id for theme in in_use if theme.id in decided or not _is_cut(theme, run, own)}
    for proposal, leaves in own.items():
        for leaf in leaves:
            if not holders[proposal] & (decided | kept):
                free[leaf] = proposal
            elif holders[proposal] & kept:
                said[leaf] = min(holders[proposal] & kept)
    return Standing(
        tree=tree,
        free=free,
        said=_read_into(session, run, {theme.id for theme in in_use}, free) | said,
        open=tuple(theme for theme in in_use if theme.id not in kept),
        kept=tuple(theme for theme in in_use if theme.id in kept),
    )


def _facts(session: Session, run: AnalysisRun) -> dict[str, ThemeFacts]:
    return trees.facts_of(session, run.proposals)


def _is_cut(theme: Theme, run: AnalysisRun, leaves: Mapping[str, list[int]]) -> bool:
    """Tell whether a theme is nothing but a cut of the tree: late comments are in no leaf."""
    now = [one.id for one in theme.sources if one.in_force and one.run_id == run.id]
    return bool(now) and all(leaves.get(source) for source in now)


def decided_about(session: Session, consultation_id: str) -> set[str]:
    """Return the themes, in use or not, that a person has decided something about."""
    mine = select(Theme.id).where(Theme.consultation_id == consultation_id)
    touched = select(ThemeDecision.theme_id).where(
        ThemeDecision.theme_id.in_(mine), ThemeDecision.verb.not_in(UNDECIDED)
    )
    coded = select(Coding.theme_id).where(Coding.theme_id.in_(mine))
    approved = mine.where(Theme.approved_at.is_not(None))
    return set(session.scalars(touched.union(coded, approved)))


def _read_into(
    session: Session, run: AnalysisRun, in_use: set[str], free: Mapping[int, str]
) -> dict[int, str]:
    """Return the theme that people put most read comments of a free leaf in, if there is one."""
    about = (
        (Coding.response_id == Reading.response_id)
        & (Coding.question == Reading.question)
        & Coding.is_primary
    )
    rows = session.execute(
        select(ProposedCoding.leaf, Coding.theme_id, func.count())
        .join(
            Reading,
            (Reading.response_id == ProposedCoding.response_id)
            & (Reading.question == ProposedCoding.question),
        )
        .outerjoin(Coding, about)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.is_primary,
            ProposedCoding.leaf.in_(list(free)),
        )
        .group_by(ProposedCoding.leaf, Coding.theme_id)
    )
    votes: dict[int, Counter[str]] = defaultdict(Counter)
    for leaf, theme, count in rows:
        votes[leaf or 0][theme if theme in in_use else ""] += count
    return {leaf: theme for leaf, own in votes.items() if (theme := _majority(own))}


def _majority(votes: Counter[str]) -> str:
    theme, count = min(votes.items(), key=lambda vote: (-vote[1], vote[0]))
    return theme if count >= FEWEST_READ and 2 * count > votes.total() else ""
