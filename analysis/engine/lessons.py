"""What merges and splits teach: answers that belong together and answers that do not.

A proposal that puts asunder what a person joined, or joins what a person parted, wastes that
person's time twice. So every next proposal passes through here before anybody sees it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float64]
Pair = tuple[int, int]
FORBIDDEN = -np.inf


@dataclass(frozen=True)
class Lessons:
    """Pairs of answers by their row.

    Attributes:
        together: people put both in one theme.
        apart: people put them in different themes.
    """

    together: tuple[Pair, ...] = ()
    apart: tuple[Pair, ...] = ()


@dataclass(frozen=True)
class Taught:
    """A proposal that keeps to the lessons.

    Attributes:
        themes: the column of each row.
        moved: rows that the lessons put elsewhere than the machine alone would have.
        unkept: pairs that should be apart and cannot be: people also said they belong together,
            or there are fewer themes than answers to keep apart.
    """

    themes: NDArray[np.int64]
    moved: tuple[int, ...]
    unkept: tuple[Pair, ...]


def lessons_from(groups: Iterable[Sequence[int]]) -> Lessons:
    """Return what a frame teaches: rows of one group belong together, of two groups apart.

    Of each pair of groups only their first rows are kept apart: being together does the rest.
    """
    frame = [sorted(set(group)) for group in groups if len(group)]
    together = [(group[0], other) for group in frame for other in group[1:]]
    firsts = [group[0] for group in frame]
    apart = [(a, b) for place, a in enumerate(firsts) for b in firsts[place + 1 :] if a != b]
    return Lessons(tuple(together), tuple(apart))


def keep_to(scores: Scores, lessons: Lessons) -> Taught:
    """Give every row the theme it scores highest in, as far as the lessons allow.

    Rows that belong together share the theme that suits them best on the whole. Groups that must
    be apart choose in turn, the surest first.

    Args:
        scores: (rows, themes), larger is better, such as a cosine or a likelihood.
        lessons: pairs of rows that belong together or apart.
    """
    alone = scores.round(9).argmax(axis=1)
    groups = _groups(len(scores), lessons.together)
    suits = {group: scores[rows].mean(axis=0) for group, rows in _members(groups).items()}
    rivals = _rivals(groups, lessons.apart)
    chosen = _in_turn(suits, rivals)
    themes = np.array([chosen[group] for group in groups], dtype=np.int64)
    return Taught(
        themes=themes,
        moved=tuple(int(row) for row in np.flatnonzero(themes != alone)),
        unkept=tuple(pair for pair in lessons.apart if themes[pair[0]] == themes[pair[1]]),
    )


def _groups(rows: int, together: Iterable[Pair]) -> list[int]:
    """Return for each row the smallest row it is joined to, directly or through others."""
    root = list(range(rows))

    def top(row: int) -> int:
        while root[row] != row:
            root[row] = root[root[row]]
            row = root[row]
        return row

    for one, other in together:
        low, high = sorted((top(one), top(other)))
        root[high] = low
    return [top(row) for row in range(rows)]


def _members(groups: Sequence[int]) -> dict[int, list[int]]:
    members: dict[int, list[int]] = {}
    for row, group in enumerate(groups):
        members.setdefault(group, []).append(row)
    return members


def _rivals(groups: Sequence[int], apart: Iterable[Pair]) -> dict[int, set[int]]:
    rivals: dict[int, set[int]] = {}
    for one, other in apart:
        if groups[one] != groups[other]:
            rivals.setdefault(groups[one], set()).add(groups[other])
            rivals.setdefault(groups[other], set()).add(groups[one])
    return rivals


def _in_turn(suits: dict[int, Scores], rivals: dict[int, set[int]]) -> dict[int, int]:
    order = sorted(suits, key=lambda group: (-float(suits[group].max().round(9)), group))
    chosen: dict[int, int] = {}
    for group in order:
        taken = [chosen[rival] for rival in rivals.get(group, ()) if rival in chosen]
        left = suits[group].round(9).copy()
        if len(set(taken)) < len(left):
            left[taken] = FORBIDDEN
        chosen[group] = int(left.argmax())
    return chosen
