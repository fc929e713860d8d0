"""What somebody who subtracts could find out: the attacker that disclosure control must beat.

An attacker sees every open number and knows how numbers hang together: parts add up to a total,
people counted once over several themes are at least the largest and at most the sum, a group lies
inside its base. That is a linear program; its smallest and largest solution for a hidden number
are all that can be known about it.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from analysis.disclosure.programs import ROUNDING, Key, Limits, Program, Row

Kind = Literal["sum", "union", "inside"]
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


def together(limits: Iterable[Limits]) -> Limits:
    """Return what is left of the least and the most of a number when all of several hold."""
    known = list(limits)
    mosts = [most for _, most in known if most is not None]
    return max(least for least, _ in known), min(mosts, default=None)


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

    def reach(self, key: Key, value: float) -> bool:
        """Tell whether a number was met that is as far out as this one."""
        return self._least.get(key, math.inf) <= value <= self._most.get(key, -math.inf)

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
        said: what the page says of a hidden number, as its least and its most: "fewer than 5".
    """

    def __init__(  # everything that a reader sees and knows
        self,
        open_numbers: Mapping[Key, int],
        hidden: Collection[Key],
        latent: Collection[Key],
        relations: Sequence[Relation],
        sightings: Sightings | None = None,
        *,
        said: Mapping[Key, Limits] = MappingProxyType({}),
    ) -> None:
        hints = dict.fromkeys(hidden, (SHOWN_AS_ONE_OR_MORE, None)) | dict(said)
        hints |= {key: (value, value) for key, value in open_numbers.items()}
        self._limits: dict[Key, Limits] = hints
        unknown = frozenset(hidden) | frozenset(latent)
        self._page = (open_numbers, sightings)
        self._groups: dict[Key, list[Relation]] = {}
        for connected in _connected(relations, unknown):
            keys = {key for relation in connected for key in relation.keys}
            self._groups |= dict.fromkeys(keys & unknown, connected)
        self._systems: dict[int, _System] = {}

    def range_of(self, key: Key) -> Range:
        """Return the limits of one hidden or latent number."""
        system = self._system(key)
        if system is None:
            low, high = self._limits.get(key, (0, None))
            return Range(low, math.inf if high is None else high, frozenset())
        return system.range_of(key)

    def together(self, key: Key) -> int:
        """Return a number that all unknown numbers share that hang together with this one."""
        return id(self._groups.get(key, key))

    def _system(self, key: Key) -> "_System | None":
        group = self._groups.get(key)
        if group is None:
            return None
        if id(group) not in self._systems:
            open_numbers, sightings = self._page
            self._systems[id(group)] = _System(group, open_numbers, self._limits, sightings)
        return self._systems[id(group)]


class _System:
    """The linear program of numbers that hang together through unknown ones."""

    def __init__(
        self,
        relations: Sequence[Relation],
        open_numbers: Mapping[Key, int],
        limits: Mapping[Key, Limits],
        sightings: Sightings | None,
    ) -> None:
        self._sightings = sightings
        self._program = Program(row for relation in relations for row in rows_of(relation))
        self.keys = self._program.keys
        self._open = {key for key in self.keys if key in open_numbers}
        self._bounds = [limits.get(key, (0, None)) for key in self.keys]

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


class ContradictionError(ValueError):
    """No people could give these numbers: a relation was stated that does not hold."""


def require_truth(relation: Relation, numbers: Mapping[Key, int]) -> None:
    """Raise ContradictionError when numbers do not hang together as a relation says."""
    whole, parts = numbers[relation.whole], [numbers[part] for part in relation.parts]
    holds = {
        "sum": whole == sum(parts),
        "union": max(parts, default=0) <= whole <= sum(parts),
        "inside": max(parts, default=0) <= whole,
    }
    if not holds[relation.kind]:
        message = f"{relation.whole} is {whole}, which does not fit its parts: {parts}."
        raise ContradictionError(message)


def rows_of(relation: Relation) -> Iterator[Row]:
    """Yield the rows of a relation as (coefficients, whether they equal nought or stay below)."""
    if relation.kind == "sum":
        total = {relation.whole: -1.0}
        for part in relation.parts:
            total[part] = total.get(part, 0.0) + 1.0
        yield {key: times for key, times in total.items() if times}, True
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
