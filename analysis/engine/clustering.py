"""The clusterer in BERTopic's `hdbscan_model` slot: Ward's tree, cut where themes stand apart best.

Density clustering leaves answers over (its "outliers" hide minority views) and changes from run to
run. Ward's tree gives every answer a theme and is exactly repeatable. How many themes is decided
in `analysis.engine.choosing`; how they nest in broader and finer ones in
`analysis.engine.hierarchy`.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import unit_rows
from analysis.engine import choosing

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

ROUNDS = 10


class WardThemes:
    """Cluster places into themes; every place gets one.

    BERTopic hands only the reduced places to this slot, so the sentence vectors that the number of
    themes is checked against are read beforehand.

    Args:
        themes: how many, or None to choose.
    """

    def __init__(self, themes: int | None = None) -> None:
        self.themes = themes
        self._vectors: Matrix | None = None
        self.labels_: Labels = np.zeros(0, dtype=np.int64)
        self.centres_: Matrix = np.zeros((0, 0))

    def read(self, vectors: NDArray[Any]) -> "WardThemes":
        """Remember the sentence vectors that belong to the places of the next call."""
        self._vectors = choosing.around_middle(vectors)
        return self

    def fit(self, places: NDArray[Any], y: object = None) -> "WardThemes":  # noqa: ARG002
        """Cluster places of shape (n, d); labels_ holds a theme number for each."""
        places = np.asarray(places, dtype=np.float64)
        self.labels_ = refined(places, self._cut(places))
        self.centres_ = centres(places, self.labels_)
        return self

    def predict(self, places: NDArray[Any]) -> Labels:
        """Return the number of the nearest centre for each place."""
        labels: Labels = np.argmax(self.similarity(places).round(9), axis=1)
        return labels

    def similarity(self, places: NDArray[Any]) -> Matrix:
        """Return the cosine of each place to each centre, of shape (n, themes)."""
        return np.asarray(places, dtype=np.float64) @ self.centres_.T

    def _cut(self, places: Matrix) -> Labels:
        from scipy.cluster.hierarchy import linkage  # noqa: PLC0415  # heavy

        tree = linkage(places, "ward")
        different = self._different(places)
        usual = choosing.candidate_counts(len(places), self.themes)
        counts = sorted({min(count, different) for count in usual})
        cuts = cuts_of(tree, counts)
        best = choosing.clearest(places, cuts)
        if self.themes is None and self._vectors is not None:
            more = choosing.finer_counts(len(places), counts[best])
            cuts = cuts_of(tree, [count for count in more if count <= different])
            best = choosing.clearly_finer(self._vectors, cuts)
        return np.asarray(cuts[:, best], dtype=np.int64)

    def _different(self, places: Matrix) -> int:
        """Return how many answers differ: the same words must not stand in two themes."""
        rows = places if self._vectors is None else self._vectors
        return len({row.tobytes() for row in rows})


def cuts_of(tree: NDArray[Any], counts: Sequence[int]) -> Labels:
    """Cut a tree into each number of groups, one column each, the groups in order of first rows.

    This is what SciPy's `cut_tree` does, without visiting every branch again for every join.

    Args:
        tree: SciPy's linkage matrix of n rows, of shape (n - 1, 4).
        counts: how many groups, from 1 to n, each.
    """
    rows = len(tree) + 1
    first = [*range(rows), *[0] * len(tree)]
    group = np.arange(rows)
    cuts = {rows: group.copy()}
    for step, (a, b) in enumerate(tree[:, :2].astype(int).tolist()):
        kept, lost = sorted((first[a], first[b]))
        group[group == lost] = first[rows + step] = kept
        if rows - step - 1 in counts:
            cuts[rows - step - 1] = np.unique(group, return_inverse=True)[1]
    return np.stack([cuts[count] for count in counts], axis=1)


def refined(places: Matrix, labels: Labels) -> Labels:
    """Move places to their nearest centre, a few rounds, without ever emptying a theme."""
    for _ in range(ROUNDS):
        moved: Labels = np.argmax((places @ centres(places, labels).T).round(9), axis=1)
        if len(set(moved.tolist())) < len(set(labels.tolist())) or bool((moved == labels).all()):
            break
        labels = moved
    return labels


def centres(places: Matrix, labels: Labels) -> Matrix:
    """Return the unit mean of each label 0..k-1, of shape (k, d)."""
    sums = np.zeros((int(labels.max()) + 1, places.shape[1]))
    np.add.at(sums, labels, places)
    means: Matrix = unit_rows(sums)
    return means
