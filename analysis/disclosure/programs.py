"""Linear programs over numbers with names: the least that a sum of them can come to."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Key = str
Row = tuple[Mapping[Key, float], bool]
Limits = tuple[float, float | None]
ROUNDING = 1e-6


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
    """Rows of a page as equations and inequalities over their keys, in a fixed order.

    Args:
        rows: coefficients by key, and whether they equal nought or stay at or below it.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        known = list(rows)
        self.keys = sorted({key for row, _ in known for key in row})
        self.place = {key: number for number, key in enumerate(self.keys)}
        self.equal = self._matrix([row for row, is_equal in known if is_equal])
        self.at_most = self._matrix([row for row, is_equal in known if not is_equal])

    def solve(
        self, cost: Sequence[float], bounds: Sequence[tuple[float, float | None]]
    ) -> Optimum | None:
        """Minimise cost over values within bounds, one of each for a key; None if none fits."""
        equal = zeros(self.equal)
        return minimise(cost, (self.equal, equal), (self.at_most, zeros(self.at_most)), bounds)

    def _matrix(self, rows: Sequence[Mapping[Key, float]]) -> Any:
        placed = [{self.place[key]: value for key, value in row.items()} for row in rows]
        return matrix(placed, len(self.keys))


def matrix(rows: Sequence[Mapping[int, float]], width: int) -> Any:
    """Return rows of coefficients by place: a plain array if it is small, which is read faster."""
    import numpy as np  # noqa: PLC0415  # heavy, with the next
    from scipy import sparse  # noqa: PLC0415

    if len(rows) * width <= _SMALL:
        found = np.zeros((len(rows), width))
        for number, row in enumerate(rows):
            found[number, list(row)] = list(row.values())
        return found
    ends = np.cumsum([0, *map(len, rows)])
    places = [place for row in rows for place in row]
    values = [value for row in rows for value in row.values()]
    make: Any = sparse.csr_array
    return make((values, places, ends), shape=(len(rows), width), dtype=float)


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
_SMALL = 20_000
