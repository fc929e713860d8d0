"""Which answers a person should read first: those that teach the machine most."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.codeframes.assisted import Chosen, Scores, Suggestions
from analysis.embeddings.embedding import Vectors

ALIKE = 0.8
START_ALIKE = 0.5
"""From this cosine on, a second answer would teach little that the first did not."""
NEIGHBOURS = 20
DENSITY_SAMPLE = 1000
SEED = 2026


def ask_first(
    rows: Vectors, found: Suggestions | None, known: Sequence[int], many: int
) -> list[int]:
    """Return the answers that teach most, best first, none of them the like of another.

    Worth reading is what the machine is torn about between two codes. Before anything is coded it
    is what most other answers resemble.

    Args:
        rows: as for `suggest`.
        found: the suggestions so far, or None at the start.
        known: answers not to ask about: coded already, or not for reading.
        many: how many to return at most.
    """
    free = np.ones(len(rows), dtype=np.bool_)
    free[list(known)] = False
    with threadpool_limits(1):  # what is asked would depend on the number of cores
        free &= _first_of_its_like(rows, free)
        candidates = np.flatnonzero(free)
        worth = _density(rows) if found is None else 1 - _margin(found.scores)
        order = candidates[np.argsort(-worth[candidates].round(9), kind="stable")]
        return _unlike_each_other(rows, order, many, START_ALIKE if found is None else ALIKE)


def _margin(scores: Scores) -> Scores:
    if scores.shape[1] < 2:  # noqa: PLR2004  # one code leaves only yes or no
        return np.asarray(abs(2 * scores[:, 0] - 1))
    two = np.sort(scores, axis=1)[:, -2:]
    return np.asarray(two[:, 1] - two[:, 0])


def _density(rows: Vectors) -> Scores:
    """Return the mean likeness of each answer to those most like it, in a sample of them all."""
    chance = np.random.default_rng(SEED)
    some = np.sort(chance.choice(len(rows), min(DENSITY_SAMPLE, len(rows)), replace=False))
    near = min(NEIGHBOURS, len(some))
    likeness = np.partition(rows @ rows[some].T, -near, axis=1)[:, -near:]
    dense: Scores = np.clip(likeness.mean(axis=1, dtype=np.float64), 0, 1)
    return dense


def _first_of_its_like(rows: Vectors, free: Chosen) -> Chosen:
    """Mark one answer of those that read the same, and none where one of them is known."""
    _, kind = np.unique(rows.round(4), axis=0, return_inverse=True)
    taken = set(kind[~free].tolist())
    first = np.zeros(len(rows), dtype=np.bool_)
    for row in np.flatnonzero(free):
        if int(kind[row]) not in taken:
            taken.add(int(kind[row]))
            first[row] = True
    return first


def _unlike_each_other(
    rows: Vectors, order: NDArray[np.int64], many: int, alike: float
) -> list[int]:
    """Walk from the worthiest on and pass over what is alike a pick; fill up from those passed."""
    picked: list[int] = []
    passed: list[int] = []
    for row in order:
        if len(picked) == many:
            break
        near = picked and float((rows[picked] @ rows[row]).max()) > alike
        (passed if near else picked).append(int(row))
    return (picked + passed)[:many]
