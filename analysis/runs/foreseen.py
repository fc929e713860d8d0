"""What another number of themes would do, shown before anybody chooses it; nothing is changed."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis import disclosure
from analysis.decided import queries
from analysis.disclosure import Count
from analysis.models.store import AnalysisRun, ProposedCoding, Theme, ThemeSource
from analysis.runs.undecided import Standing

Key = TypeVar("Key", int, str)
Made = tuple[tuple[Theme, ...], tuple[Theme, ...]]
"""Themes that lie in a group with all their leaves, and those with some."""

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
    of_leaf = _people(session, run, list(groups))
    of_group = _together(of_leaf, groups)
    of_theme = _together(of_leaf, {leaf: theme.id for leaf, theme in homes.items()})
    made_of = {group: _made_of(group, groups, homes) for group in of_group}
    beside = _beside(made_of)
    outcomes = [
        Outcome(
            *made_of[group],
            _shown(
                len(of_group[group]),
                [len(of_theme[theme.id]) for part in made_of[group] for theme in part],
                [len(of_group[other]) for other in beside[group]],
                threshold,
            ),
        )
        for group in sorted(of_group, key=lambda g: (-len(of_group[g]), g))
    ]
    return Foreseen(themes, tuple(outcomes), found.kept)


def _shown(count: int, now: Sequence[int], others: Sequence[int], threshold: int) -> Count:
    """Return the people of an outcome, unless a small number would follow by taking away.

    Args:
        count: people in it.
        now: people in each theme that it would hold or be a part of.
        others: people in the other parts of these themes.
        threshold: smallest number that may be shown.
    """
    near = [abs(count - people) for people in now]
    small = [0 < number < threshold for number in (count, *now, *others, *near)]
    return disclosure.HIDDEN if any(small) else Count(count, None)


def _beside(made_of: Mapping[int, Made]) -> dict[int, set[int]]:
    """Return for each group the others that hold a part of the same theme."""
    holders: dict[str, set[int]] = defaultdict(set)
    for group, (_, part) in made_of.items():
        for theme in part:
            holders[theme.id].add(group)
    return {
        group: {other for theme in part for other in holders[theme.id]} - {group}
        for group, (_, part) in made_of.items()
    }


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


def _made_of(group: int, groups: Mapping[int, int], homes: Mapping[int, Theme]) -> Made:
    """Return the themes that lie in a group with all their leaves, and those with some."""
    inside = {homes[leaf].id: homes[leaf] for leaf, own in groups.items()
              if own == group and leaf in homes}  # fmt: skip
    outside = {homes[leaf].id for leaf, own in groups.items() if own != group and leaf in homes}
    named = sorted(inside.values(), key=lambda theme: theme.name.lower())
    whole = tuple(theme for theme in named if theme.id not in outside)
    return whole, tuple(theme for theme in named if theme.id in outside)


def _people(session: Session, run: AnalysisRun, leaves: Sequence[int]) -> dict[int, set[str]]:
    rows = session.execute(
        select(ProposedCoding.leaf, ProposedCoding.response_id)
        .where(
            ProposedCoding.run_id == run.id,
            ProposedCoding.leaf.in_(leaves),
            queries.may_be_read(),
        )
        .distinct()
    )
    found: dict[int, set[str]] = {leaf: set() for leaf in leaves}
    for leaf, response_id in rows:
        if leaf is not None:
            found[leaf].add(response_id)
    return found


def _together(of_leaf: Mapping[int, set[str]], home: Mapping[int, Key]) -> dict[Key, set[str]]:
    """Return the people of all leaves that have one home."""
    found: dict[Key, set[str]] = {}
    for leaf, key in home.items():
        found.setdefault(key, set()).update(of_leaf[leaf])
    return found
