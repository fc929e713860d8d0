"""What else would have to be different, were a number different: the cheapest such set.

For a reader a hidden number could be any value that the open numbers allow. To let it be another
value, some other numbers must be free to move with it. Which ones is a linear program: all
relations still hold, nobody is counted less than once, and the cost of what moves is least.
"""

from collections.abc import Callable, Collection, Mapping, Sequence

from analysis.attack import ROUNDING, Key, Program, Relation, minimise, zeros


class Moves:
    """Moves of the numbers of one page.

    Args:
        numbers: key to number, all true.
        relations: how they hang together.
        latent: keys that may move down to nought; the others are at least one when hidden.
    """

    def __init__(
        self, numbers: Mapping[Key, int], relations: Sequence[Relation], latent: Collection[Key]
    ) -> None:
        import numpy as np  # noqa: PLC0415  # heavy, with the next
        from scipy.sparse import hstack  # noqa: PLC0415

        self._program = Program(relations, numbers)
        self._keys = self._program.keys
        self._numbers, self._latent = numbers, latent
        values = np.array([numbers[key] for key in self._keys], dtype=float)
        equal, at_most = self._program.equal, self._program.at_most
        self._equal = (hstack([equal, -equal], format="csr"), zeros(equal))
        self._at_most = (hstack([at_most, -at_most], format="csr"), -(at_most @ values))

    def cheapest(
        self, key: Key, step: float, cost_of: Callable[[Key], float | None]
    ) -> dict[Key, float] | None:
        """Return what moves, and by how much, when a number moves by a step; None if it cannot.

        Args:
            key: the number that must move.
            step: how far, up or down.
            cost_of: the cost of moving another key by one; None forbids it.
        """
        if not step:
            return {}
        costs = [0.0 if name == key else cost_of(name) for name in self._keys]
        ups = [self._up(name, key, step, costs[i]) for i, name in enumerate(self._keys)]
        downs = [self._down(name, key, step, costs[i]) for i, name in enumerate(self._keys)]
        found = minimise(
            [cost or 0.0 for cost in costs] * 2, self._equal, self._at_most, ups + downs
        )
        if found is None or found.solution is None:
            return None
        size = len(self._keys)
        steps = [
            up - down for up, down in zip(found.solution[:size], found.solution[size:], strict=True)
        ]
        return {k: s for k, s in zip(self._keys, steps, strict=True) if abs(s) > ROUNDING}

    def _up(
        self, name: Key, key: Key, step: float, cost: float | None
    ) -> tuple[float, float | None]:
        if name == key:
            return (max(step, 0.0), max(step, 0.0))
        return (0.0, 0.0 if cost is None else None)

    def _down(
        self, name: Key, key: Key, step: float, cost: float | None
    ) -> tuple[float, float | None]:
        if name == key:
            return (max(-step, 0.0), max(-step, 0.0))
        least = 0 if name in self._latent else 1
        return (0.0, 0.0 if cost is None else max(0.0, float(self._numbers[name] - least)))
