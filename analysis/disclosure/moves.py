"""What else would have to be different, were a number different: the cheapest such set.

For a reader a hidden number could be any value that the open numbers allow. To let it be another
value, some other numbers must be free to move with it. Which ones is a linear program: all
relations still hold, nobody is counted less than once, and the cost of what moves is least. Most
numbers find room close by, so the program looks at their neighbours before it looks at all.
"""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence

from analysis.disclosure.attack import Relation, rows_of
from analysis.disclosure.programs import ROUNDING, Key, Limits, Program, Row, minimise, zeros

Rooms = Callable[[Key], Limits]
NEAR = 3
"""How many rings of neighbours are looked at before the whole page is."""


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
        self._rows: list[Row] = [row for relation in relations for row in rows_of(relation)]
        self._rows_of: dict[Key, list[int]] = {}
        for place, (row, _) in enumerate(self._rows):
            for key in row:
                self._rows_of.setdefault(key, []).append(place)

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
            near = _Neighbourhood(self._numbers, [self._rows[place] for place in places])
            rim = {one for one in near.keys if not places.issuperset(self._rows_of[one])} - {key}
            costs = [
                0.0 if one == key else None if one in rim else cost_of(one) for one in near.keys
            ]
            found = near.moved(key, step, costs, rooms)
            if found is not None and (best is None or found[0] < best[0]):
                best = found
            if best is not None and not self._dear & best[1].keys():
                return best
        return best

    def _rings(self, key: Key) -> Iterator[set[int]]:
        """Yield the rows around a key, one ring of neighbours more each time, at last all."""
        places: set[int] = set(self._rows_of[key])
        for _ in range(NEAR):
            yield places
            around = {one for place in places for one in self._rows[place][0]}
            wider = {place for one in around for place in self._rows_of[one]}
            if wider == places:
                return
            places = wider
        yield set(range(len(self._rows)))


class _Neighbourhood:
    """Some rows of a page, and how their numbers may move while the rest stays."""

    def __init__(self, numbers: Mapping[Key, int], rows: Sequence[Row]) -> None:
        import numpy as np  # noqa: PLC0415  # heavy, with the next
        from scipy.sparse import hstack  # noqa: PLC0415

        program = Program(rows)
        self.keys, self._numbers = program.keys, numbers
        values = np.array([numbers[key] for key in self.keys], dtype=float)
        equal, at_most = program.equal, program.at_most
        self._equal = (hstack([equal, -equal], format="csr"), zeros(equal))
        self._at_most = (hstack([at_most, -at_most], format="csr"), -(at_most @ values))

    def moved(
        self, key: Key, step: float, costs: Sequence[float | None], rooms: Rooms
    ) -> tuple[float, dict[Key, float]] | None:
        """Return the least cost and every key that moves when one does; None if it cannot."""
        ends = [
            _ends(step) if name == key else self._reach(name, cost, rooms)
            for name, cost in zip(self.keys, costs, strict=True)
        ]
        bounds = [(low, up) for low, up, _, _ in ends] + [(low, down) for _, _, low, down in ends]
        found = minimise([cost or 0.0 for cost in costs] * 2, self._equal, self._at_most, bounds)
        if found is None or found.solution is None:
            return None
        size = len(self.keys)
        ups, downs = found.solution[:size], found.solution[size:]
        steps = [up - down for up, down in zip(ups, downs, strict=True)]
        moved = {k: s for k, s in zip(self.keys, steps, strict=True) if abs(s) > ROUNDING}
        return found.least, moved

    def _reach(
        self, name: Key, cost: float | None, rooms: Rooms
    ) -> tuple[float, float | None, float, float | None]:
        """Return least and most of the way up and of the way down."""
        if cost is None:
            return (0.0, 0.0, 0.0, 0.0)
        now, (least, most) = self._numbers[name], rooms(name)
        up = None if most is None else max(0.0, most - now)
        return (0.0, up, 0.0, max(0.0, now - least))


def _ends(step: float) -> tuple[float, float | None, float, float | None]:
    up, down = max(step, 0.0), max(-step, 0.0)
    return (up, up, down, down)
