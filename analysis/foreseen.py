"""What another number of themes would do, shown before anybody chooses it; nothing is changed."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import disclosure, queries
from analysis.disclosure import Count
from analysis.store import AnalysisRun, ProposedCoding, Theme, ThemeSource
from analysis.undecided import Standing

STEPS = (0.4, 0.6, 0.8, 1.25, 1.6, 2.2)
"""Sensible numbers of themes lie at these parts of the machine's own number."""


@dataclass(frozen=True)
class Outcome:
    """One theme that would be proposed.

    Attributes:
        whole: themes that would be in it with all their comments.
        part: themes of which it would hold a part.
        people: how many people would be in it, as it may be shown.
    """

    whole: tuple[Theme, ...]
    part: tuple[Theme, ...]
    people: Count

    @property
    def is_same(self) -> bool:
        """Tell whether it is a theme as it is proposed now."""
        return len(self.whole) == 1 and not self.part


@dataclass(frozen=True)
class Foreseen:
    """What a number of themes would do.

    Attributes:
        asked: how many themes.
        outcomes: the themes that would be proposed, the largest first.
        kept: themes that stay as they are, because somebody decided about them.
    """

    asked: int
    outcomes: tuple[Outcome, ...]
    kept: tuple[Theme, ...]

    @property
    def joined(self) -> list[Outcome]:
        """Return those made of several themes of now."""
        return [one for one in self.outcomes if len(one.whole) + len(one.part) > 1]

    @property
    def parted(self) -> list[Outcome]:
        """Return those that are a part of one theme of now."""
        return [one for one in self.outcomes if not one.whole and len(one.part) == 1]

    @property
    def same(self) -> list[Outcome]:
        """Return those that stay as they are proposed now."""
        return [one for one in self.outcomes if one.is_same]


def choices(found: Standing) -> list[int]:
    """Return numbers of themes worth looking at, the machine's own among them."""
    anchor = found.tree.anchor
    wanted = {anchor, *(round(anchor * step) for step in STEPS)}
    return sorted(number for number in wanted if 1 < number <= found.tree.leaves)


def foresee(
    session: Session, run: AnalysisRun, found: Standing, themes: int, *, threshold: int
) -> Foreseen:
    """Say what a number of themes would do to the themes of now."""
    groups = found.groups(themes)
    homes = _themes_of_leaves(session, found)
    people = _people(session, run, groups)
    shown = disclosure.protect_row(
        {str(group): len(who) for group, who in people.items()}, threshold=threshold
    )
    outcomes = [
        Outcome(*_made_of(group, groups, homes), shown.get(str(group), Count(0, None)))
        for group in sorted(set(groups.values()), key=lambda g: (-len(people.get(g, ())), g))
    ]
    return Foreseen(themes, tuple(outcomes), found.kept)


def _themes_of_leaves(session: Session, found: Standing) -> dict[int, Theme]:
    """Return for each free leaf the theme that holds it now, where one does."""
    in_use = {theme.id: theme for theme in found.open}
    rows = session.execute(
        select(ThemeSource.proposed_theme_id, ThemeSource.theme_id).where(
            ThemeSource.theme_id.in_(list(in_use))
        )
    )
    theme_of = {source: in_use[theme] for source, theme in rows}
    return {leaf: theme_of[own] for leaf, own in found.free.items() if own in theme_of}


def _made_of(
    group: int, groups: Mapping[int, int], homes: Mapping[int, Theme]
) -> tuple[tuple[Theme, ...], tuple[Theme, ...]]:
    """Return the themes that lie in a group with all their leaves, and those with some."""
    inside = {homes[leaf].id: homes[leaf] for leaf, own in groups.items()
              if own == group and leaf in homes}  # fmt: skip
    outside = {homes[leaf].id for leaf, own in groups.items() if own != group and leaf in homes}
    named = sorted(inside.values(), key=lambda theme: theme.name.lower())
    whole = tuple(theme for theme in named if theme.id not in outside)
    return whole, tuple(theme for theme in named if theme.id in outside)


def _people(session: Session, run: AnalysisRun, groups: Mapping[int, int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(ProposedCoding.leaf, ProposedCoding.response_id)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.leaf.in_(list(groups)),
            queries.may_be_read(),
        )
        .distinct()
    )
    found: dict[int, set[str]] = defaultdict(set)
    for leaf, response_id in rows:
        if leaf is not None:
            found[groups[leaf]].add(response_id)
    return found
