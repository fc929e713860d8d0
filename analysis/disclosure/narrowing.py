"""How far numbers can move at all, row by row, which settles most questions without a program.

A row that says "parts add up to the whole" leaves a number no more room than the others in it
have together. Going through the rows a few times finds most of what cannot move, and most moves
that cannot be, at a fraction of the cost of a linear program. Nothing is decided here that the
program would decide otherwise.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

SLACK = 1e-6
ROUNDS = 4
"""How often the rows are gone through; what is left after that is for the program."""

STILL = (0.0, 0.0)
ENDLESS = (math.inf, -math.inf)

Ends = dict[str, tuple[float, float]]


@dataclass(frozen=True)
class Held:
    """A row that holds moves together: the sum of coefficients times moves.

    Attributes:
        weights: coefficient by key; none is nought.
        least, most: the sum is never below the one and never above the other.
    """

    weights: Mapping[str, float]
    least: float
    most: float


def narrow(rows: Sequence[Held], ends: Ends) -> bool:
    """Draw in the ends of every key as far as the rows demand; return whether any move is left."""
    waiting: Iterable[Held] = rows
    for _ in range(ROUNDS):
        drawn: set[str] = set()
        for row in waiting:
            for key, low, high in list(_drawn_in(row, ends)):
                if low > high + SLACK:
                    return False
                ends[key] = (low, max(low, high))
                drawn.add(key)
        waiting = [row for row in rows if not drawn.isdisjoint(row.weights)] if drawn else ()
    return True


def _drawn_in(row: Held, ends: Ends) -> Iterator[tuple[str, float, float]]:
    """Yield every key whose ends a row draws in, with the new ones: crossed if nothing is left."""
    spans = _spans(row, ends)
    lows, highs = _Sum(one[2] for one in spans), _Sum(one[3] for one in spans)
    if lows.all > row.most + SLACK or highs.all < row.least - SLACK:
        yield next(iter(row.weights)), math.inf, -math.inf
        return
    if lows.all >= row.least and highs.all <= row.most:
        return
    for key, weight, low, high in spans:
        least, most = row.least - highs.without(high), row.most - lows.without(low)
        if least > low + SLACK or most < high - SLACK:
            yield key, *_times(1 / weight, max(low, least), min(high, most))


def _spans(row: Held, ends: Ends) -> list[tuple[str, float, float, float]]:
    """Return what each key that can move adds to a row: its weight, the least and the most."""
    return [
        (key, weight, *_times(weight, *ends[key]))
        for key, weight in row.weights.items()
        if ends[key] != STILL
    ]


class _Sum:
    """A sum of which some parts may have no end."""

    def __init__(self, parts: Iterable[float]) -> None:
        self._ended, self._endless, self.all = 0.0, 0, 0.0
        for part in parts:
            if part in ENDLESS:
                self._endless += 1
                self.all = part
            else:
                self._ended += part
        self.all = self.all or self._ended

    def without(self, part: float) -> float:
        """Return the sum of all parts but this one."""
        if not self._endless:
            return self._ended - part
        return self._ended if self._endless == 1 and part in ENDLESS else self.all


def _times(weight: float, low: float, high: float) -> tuple[float, float]:
    return (low * weight, high * weight) if weight > 0 else (high * weight, low * weight)
