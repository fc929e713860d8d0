"""What else would have to be different, were a number different: the cheapest such set.

For a reader a hidden number could be any value that the open numbers allow. To let it be another
value, some other numbers must be free to move with it. Which ones is a linear program: all
relations still hold, nobody is counted less than once, and the cost of what moves is least. Most
numbers find room close by, so the program looks at their neighbours before it looks at all; and
most that cannot move, or must stay, are found row by row, so that the program is small.
"""

import math
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from typing import Any

from analysis.disclosure.attack import Relation, rows_of
from analysis.disclosure.narrowing import STILL, Ends, Held, narrow
from analysis.disclosure.programs import ROUNDING, Key, Limits, Optimum, matrix, minimise

Rooms = Callable[[Key], Limits]
Way = tuple[int, Key]
NEAR = 3
"""How many rings of neighbours are looked at before the whole page is."""

CROWDED = 100
"""A number in more rows than these brings no neighbours: nearly the whole page would be one."""


class Moves:
    """Moves of the numbers of one page.

    Args:
        numbers: key to number, all true.
        relations: how they hang together.
        dear: keys that are worth looking further for a way around.
    """

    def __init__(
        self, numbers: Mapping[Key, int], relations: Sequence[Relation], dear: Collection[Key] = ()
    ) -> None:
        self._numbers, self._dear = numbers, frozenset(dear)
        self._rows = [
            _held(numbers, row, is_equal=is_equal)
            for relation in relations
            for row, is_equal in rows_of(relation)
        ]
        self._rows_of: dict[Key, list[int]] = {}
        for place, row in enumerate(self._rows):
            for key in row.weights:
                self._rows_of.setdefault(key, []).append(place)
        self._known: dict[frozenset[int], _Neighbourhood] = {}

    def cheapest(
        self, key: Key, step: float, cost_of: Callable[[Key], float | None], rooms: Rooms
    ) -> tuple[float, dict[Key, float]] | None:
        """Return the cost and what moves, by how much, when a number moves; None if it cannot.

        Args:
            key: the number that must move.
            step: how far, up or down.
            cost_of: the cost of moving another key by one; None forbids it.
            rooms: the least and the most that a key may come to.

        A way found close by is taken at once unless it moves what is dear; then the rest of the
        page is asked too.
        """
        if not step or key not in self._rows_of:
            return 0.0, {key: step} if step else {}
        best: tuple[float, dict[Key, float]] | None = None
        for places in self._rings(key):
            found = self._near(places).moved(key, step, cost_of, rooms)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
            if best is not None and not self._dear & best[1].keys():
                return best
        return best

    def _rings(self, key: Key) -> Iterator[frozenset[int]]:
        """Yield the rows around a key, one ring of neighbours more each time, at last all."""
        places = frozenset(self._rows_of[key])
        for _ in range(NEAR):
            yield places
            around = {one for place in places for one in self._rows[place].weights}
            near = [one for one in around if len(self._rows_of[one]) <= CROWDED]
            wider = places.union(*(self._rows_of[one] for one in near))
            if wider == places and len(near) == len(around):
                return
            if wider == places:
                break
            places = wider
        yield frozenset(range(len(self._rows)))

    def _near(self, places: frozenset[int]) -> "_Neighbourhood":
        if places not in self._known:
            rows = [self._rows[place] for place in sorted(places)]
            keys = sorted({one for row in rows for one in row.weights})
            inner = {one for one in keys if places.issuperset(self._rows_of[one])}
            self._known[places] = _Neighbourhood(self._numbers, rows, keys, inner)
        return self._known[places]


class _Neighbourhood:
    """Some rows of a page, and how their numbers may move while the rest stays.

    Args:
        numbers: key to number, of the whole page.
        rows: those that are looked at.
        keys: their keys, in order.
        inner: the keys that are in no other row, so that they may move.
    """

    def __init__(
        self,
        numbers: Mapping[Key, int],
        rows: Sequence[Held],
        keys: Sequence[Key],
        inner: Collection[Key],
    ) -> None:
        self._numbers, self._rows, self._keys, self._inner = numbers, rows, keys, inner

    def moved(
        self, key: Key, step: float, cost_of: Callable[[Key], float | None], rooms: Rooms
    ) -> tuple[float, dict[Key, float]] | None:
        """Return the least cost and every key that moves when one does; None if it cannot."""
        costs = {one: cost for one in self._inner if (cost := cost_of(one)) is not None}
        ends = {one: self._reach(one, rooms) if one in costs else STILL for one in self._keys}
        ends[key] = (step, step)
        if not narrow(self._rows, ends):
            return None
        free = {one: end for one, end in ends.items() if end != STILL}
        found = self._best({**costs, key: 0.0}, free)
        if found is None or found.solution is None:
            return None
        steps = dict.fromkeys(free, 0.0)
        for (sign, one), far in zip(_ways(free), found.solution, strict=True):
            steps[one] += sign * far
        return found.least, {one: far for one, far in steps.items() if abs(far) > ROUNDING}

    def _reach(self, key: Key, rooms: Rooms) -> tuple[float, float]:
        """Return the farthest that a number can go down and up."""
        now, (least, most) = self._numbers[key], rooms(key)
        return min(0.0, least - now), math.inf if most is None else max(0.0, most - now)

    def _best(self, costs: Mapping[Key, float], free: Ends) -> Optimum | None:
        """Solve the program of the numbers that are free to move, each up or down at its cost."""
        ways = _ways(free)
        rows = [row for row in self._rows if not free.keys().isdisjoint(row.weights)]
        equal = [row for row in rows if row.least == row.most]
        at_most = [row for row in rows if row.least != row.most]
        return minimise(
            [costs[one] for _, one in ways],
            (_matrix(equal, ways), [row.most for row in equal]),
            (_matrix(at_most, ways), [row.most for row in at_most]),
            [_far(sign, free[one]) for sign, one in ways],
        )


def _held(numbers: Mapping[Key, int], row: Mapping[Key, float], *, is_equal: bool) -> Held:
    """Say of a row how far its numbers may move together: as they are, it holds."""
    room = -sum(weight * numbers[key] for key, weight in row.items())
    return Held(row, room if is_equal else -math.inf, room)


def _ways(free: Ends) -> list[Way]:
    """Return the ways that numbers can go: first all up, then all down."""
    up = [(1, key) for key, (_, most) in free.items() if most > 0]
    return up + [(-1, key) for key, (least, _) in free.items() if least < 0]


def _far(sign: int, ends: tuple[float, float]) -> tuple[float, float]:
    """Return the least and the most of the way up or down."""
    least, most = ends if sign > 0 else (-ends[1], -ends[0])
    return max(0.0, least), most


def _matrix(rows: Sequence[Held], ways: Sequence[Way]) -> Any:
    place = {way: number for number, way in enumerate(ways)}
    return matrix(
        [
            {
                place[sign, key]: sign * weight
                for key, weight in row.weights.items()
                for sign in (1, -1)
                if (sign, key) in place
            }
            for row in rows
        ],
        len(ways),
    )
