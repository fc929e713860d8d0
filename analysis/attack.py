"""What somebody who subtracts could find out: the attacker that disclosure control must beat.

An attacker sees every open number and knows how numbers hang together: parts add up to a total,
people counted once over several themes are at least the largest and at most the sum, a group lies
inside its base. That is a linear program; its smallest and largest solution for a hidden number
are all that can be known about it.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Key = str
Kind = Literal["sum", "union", "inside"]
ROUNDING = 1e-6
SHOWN_AS_ONE_OR_MORE = 1
"""Noughts are shown, so a hidden number is at least one, and the attacker knows it."""


@dataclass(frozen=True)
class Relation:
    """How a whole hangs together with its parts, known to everybody who reads the page.

    Attributes:
        whole: the key of the total, the union or the base.
        parts: keys of its parts.
        kind: "sum" when each person is in exactly one part; "union" when each is in one or more;
            "inside" when parts lie in the whole and need not fill it.
    """

    whole: Key
    parts: tuple[Key, ...]
    kind: Kind = "sum"

    @property
    def keys(self) -> tuple[Key, ...]:
        """Return every key of the relation."""
        return (self.whole, *self.parts)


@dataclass(frozen=True)
class Range:
    """Everything an attacker can know about a hidden number.

    Attributes:
        low, high: the smallest and largest whole number that fits all that is open; high is
            math.inf when nothing limits it.
        betrayed_by: open keys that set these limits: hiding one of them widens the range.
    """

    low: float
    high: float
    betrayed_by: frozenset[Key]

    @property
    def width(self) -> float:
        """Return how many steps lie between both ends; nought means the number is found."""
        return self.high - self.low


class Sightings:
    """The least and the most that each number was in any solution met so far.

    Hiding more never makes a solution impossible, so sightings stay true while a page is being
    protected, and most numbers need no search of their own.
    """

    def __init__(self, solution: Mapping[Key, float]) -> None:
        self._least, self._most = dict(solution), dict(solution)

    def add(self, solution: Mapping[Key, float]) -> None:
        """Remember a solution."""
        for key, value in solution.items():
            self._least[key] = min(self._least.get(key, value), value)
            self._most[key] = max(self._most.get(key, value), value)

    def width(self, key: Key) -> float:
        """Return how far apart two solutions are in this number, in whole steps."""
        if key not in self._least:
            return 0.0
        low, high = self._least[key], self._most[key]
        return math.floor(high + ROUNDING) - math.ceil(low - ROUNDING)


class Attacker:
    """Reads a page of numbers.

    Args:
        open_numbers: key to value, as shown now or ever before.
        hidden: keys shown with a mark instead of their number.
        latent: keys nobody shows, which follow from others: "in this theme only", "new since
            the last version".
        relations: how the numbers hang together.
        sightings: takes note of every solution that is met, if given.
    """

    def __init__(
        self,
        open_numbers: Mapping[Key, int],
        hidden: Collection[Key],
        latent: Collection[Key],
        relations: Sequence[Relation],
        sightings: Sightings | None = None,
    ) -> None:
        self._hidden = frozenset(hidden)
        unknown = self._hidden | frozenset(latent)
        self._systems: dict[Key, _System] = {}
        for connected in _connected(relations, unknown):
            system = _System(connected, open_numbers, self._hidden, sightings)
            self._systems |= {key: system for key in system.keys if key in unknown}

    def range_of(self, key: Key) -> Range:
        """Return the limits of one hidden or latent number."""
        system = self._systems.get(key)
        if system is None:
            return Range(float(key in self._hidden), math.inf, frozenset())
        return system.range_of(key)


class _System:
    """The linear program of numbers that hang together through unknown ones."""

    def __init__(
        self,
        relations: Sequence[Relation],
        open_numbers: Mapping[Key, int],
        hidden: Collection[Key],
        sightings: Sightings | None,
    ) -> None:
        self._sightings = sightings
        self._program = Program(relations)
        self.keys = self._program.keys
        self._open = {key for key in self.keys if key in open_numbers}
        self._bounds = [_bounds(key, open_numbers, hidden) for key in self.keys]

    def range_of(self, key: Key) -> Range:
        low, low_by = self._limit(key, 1.0)
        high, high_by = self._limit(key, -1.0)
        return Range(
            math.ceil(low - ROUNDING),
            math.floor(-high + ROUNDING) if math.isfinite(high) else math.inf,
            low_by | high_by,
        )

    def _limit(self, key: Key, sign: float) -> tuple[float, frozenset[Key]]:
        """Return the least value of sign times the number, and the open keys that bind it."""
        place = self._program.place
        cost = [sign if name == key else 0.0 for name in self.keys]
        found = self._program.solve(cost, self._bounds)
        if found is None:
            message = "The numbers contradict each other: no people could give them."
            raise ContradictionError(message)
        if found.solution is None:
            return -math.inf, frozenset()
        if self._sightings is not None:
            self._sightings.add(dict(zip(self.keys, found.solution, strict=True)))
        binding = frozenset(k for k in self._open if abs(found.binding[place[k]]) > ROUNDING)
        return found.least, binding


@dataclass(frozen=True)
class Optimum:
    """The best solution of a program.

    Attributes:
        least: the least cost; minus infinity when there is no end to it.
        solution: a value for each key, or None when there is no end.
        binding: for each key how strongly its bounds hold the cost up.
    """

    least: float
    solution: list[float] | None
    binding: list[float]


class Program:
    """The relations of a page as equations and inequalities over its keys, in a fixed order.

    Args:
        relations: how the numbers hang together.
        others: keys that are in no relation but must have a place.
    """

    def __init__(self, relations: Iterable[Relation], others: Iterable[Key] = ()) -> None:
        known = list(relations)
        self.keys = sorted({key for one in known for key in one.keys} | set(others))
        self.place = {key: number for number, key in enumerate(self.keys)}
        rows = [row for relation in known for row in _rows(relation)]
        self.equal = self._matrix([row for row, is_equal in rows if is_equal])
        self.at_most = self._matrix([row for row, is_equal in rows if not is_equal])

    def solve(
        self, cost: Sequence[float], bounds: Sequence[tuple[float, float | None]]
    ) -> Optimum | None:
        """Minimise cost over values within bounds, one of each for a key; None if none fits."""
        equal = zeros(self.equal)
        return minimise(cost, (self.equal, equal), (self.at_most, zeros(self.at_most)), bounds)

    def _matrix(self, rows: Sequence[Mapping[Key, float]]) -> Any:
        from scipy.sparse import lil_array  # noqa: PLC0415  # heavy

        matrix: Any = lil_array((len(rows), len(self.keys)))
        for number, row in enumerate(rows):
            for key, value in row.items():
                matrix[number, self.place[key]] = value
        return matrix.tocsr()


def zeros(matrix: Any) -> Any:
    """Return a nought for each row of a matrix."""
    import numpy as np  # noqa: PLC0415  # heavy

    return np.zeros(matrix.shape[0])


def minimise(
    cost: Sequence[float],
    equal: tuple[Any, Any],
    at_most: tuple[Any, Any],
    bounds: Sequence[tuple[float, float | None]],
) -> Optimum | None:
    """Solve a linear program; equal and at_most are each a matrix and a right-hand side."""
    from scipy.optimize import linprog  # noqa: PLC0415  # heavy

    found: Any = linprog(
        cost, A_ub=at_most[0], b_ub=at_most[1], A_eq=equal[0], b_eq=equal[1], bounds=bounds,
        method="highs",
    )  # fmt: skip
    if found.status == _UNBOUNDED:
        return Optimum(-math.inf, None, [])
    if found.status != 0:
        return None
    binding = (found.lower.marginals + found.upper.marginals).tolist()
    return Optimum(float(found.fun), found.x.tolist(), binding)


_UNBOUNDED = 3


class ContradictionError(ValueError):
    """No people could give these numbers: a relation was stated that does not hold."""


def _bounds(
    key: Key, open_numbers: Mapping[Key, int], hidden: Collection[Key]
) -> tuple[float, float | None]:
    if key in open_numbers:
        return (open_numbers[key], open_numbers[key])
    return (SHOWN_AS_ONE_OR_MORE if key in hidden else 0, None)


def _rows(relation: Relation) -> Iterator[tuple[dict[Key, float], bool]]:
    """Yield the rows of a relation as (coefficients, whether they equal nought or stay below)."""
    total = dict.fromkeys(relation.parts, 1.0)
    if relation.kind == "sum":
        yield total | {relation.whole: -1.0}, True
        return
    if relation.kind == "union":
        yield dict.fromkeys(relation.parts, -1.0) | {relation.whole: 1.0}, False
    for part in relation.parts:
        yield {part: 1.0, relation.whole: -1.0}, False


def _connected(relations: Iterable[Relation], unknown: Collection[Key]) -> Iterator[list[Relation]]:
    """Group relations that share an unknown number, directly or through others."""
    groups: dict[Key, list[Relation]] = {}
    for relation in relations:
        mine = [key for key in relation.keys if key in unknown]
        if not mine:
            continue
        joined = [relation]
        for old in {id(groups[key]): groups[key] for key in mine if key in groups}.values():
            joined += old
        for key in {key for one in joined for key in one.keys if key in unknown}:
            groups[key] = joined
    yield from {id(group): group for group in groups.values()}.values()
