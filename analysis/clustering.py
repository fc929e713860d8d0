"""The clusterer in BERTopic's `hdbscan_model` slot: Ward's tree, cut where themes stand apart best.

Density clustering leaves answers over (its "outliers" hide minority views) and changes from run to
run. Ward's tree gives every answer a theme and is exactly repeatable. How many themes: a rule by
the number of answers, then the silhouette chooses near it.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MOST_THEMES = 25
SMALLEST_THEME = 8
FEWER, MORE = 0.75, 1.4
ROUNDS = 10
SILHOUETTE_ROWS = 1500


class WardThemes:
    """Cluster places into themes; every place gets one.

    Args:
        themes: how many, or None to choose by size and silhouette.
    """

    def __init__(self, themes: int | None = None) -> None:
        self.themes = themes
        self.labels_: Labels = np.zeros(0, dtype=np.int64)
        self.centres_: Matrix = np.zeros((0, 0))

    def fit(self, places: NDArray[Any], y: object = None) -> "WardThemes":  # noqa: ARG002
        """Cluster places of shape (n, d); labels_ holds a theme number for each."""
        places = np.asarray(places, dtype=np.float64)
        self.labels_ = self._refined(places, self._cut(places))
        self.centres_ = _centres(places, self.labels_)
        return self

    def predict(self, places: NDArray[Any]) -> Labels:
        """Return the number of the nearest centre for each place."""
        labels: Labels = np.argmax(self.similarity(places).round(9), axis=1)
        return labels

    def similarity(self, places: NDArray[Any]) -> Matrix:
        """Return the cosine of each place to each centre, of shape (n, themes)."""
        return np.asarray(places, dtype=np.float64) @ self.centres_.T

    def _cut(self, places: Matrix) -> Labels:
        from scipy.cluster.hierarchy import cut_tree, linkage  # noqa: PLC0415  # heavy

        counts = candidate_counts(len(places), self.themes)
        cuts = cut_tree(linkage(places, "ward"), n_clusters=counts)
        return np.asarray(cuts[:, _best_cut(places, cuts)], dtype=np.int64)

    def _refined(self, places: Matrix, labels: Labels) -> Labels:
        """Move places to their nearest centre, a few rounds, without ever emptying a theme."""
        for _ in range(ROUNDS):
            moved: Labels = np.argmax((places @ _centres(places, labels).T).round(9), axis=1)
            if len(set(moved.tolist())) < len(set(labels.tolist())) or bool(
                (moved == labels).all()
            ):
                break
            labels = moved
        return labels


def candidate_counts(answers: int, wanted: int | None = None) -> list[int]:
    """Return the numbers of themes to try for so many answers."""
    if wanted is not None:
        return [max(1, min(wanted, answers))]
    middle = max(1, min(MOST_THEMES, answers // SMALLEST_THEME, round(5 * answers**0.16)))
    fewest = max(min(2, answers), round(FEWER * middle))
    most = max(fewest, min(round(MORE * middle), answers // 2))
    return list(range(fewest, most + 1))


def _best_cut(places: Matrix, cuts: NDArray[Any]) -> int:
    """Return the column of the cut with the largest mean silhouette (cosine)."""
    if cuts.shape[1] == 1:
        return 0
    step = max(1, -(-len(places) // SILHOUETTE_ROWS))
    rows = places[::step]
    distance = 1 - rows @ rows.T
    scores = [_silhouette(distance, cuts[::step, column]) for column in range(cuts.shape[1])]
    return int(np.argmax(np.round(scores, 9)))


def _silhouette(distance: Matrix, labels: Sequence[int] | NDArray[Any]) -> float:
    """Return the mean silhouette of labelled rows, given their distances; -1 for one cluster."""
    names, index = np.unique(labels, return_inverse=True)
    if len(names) < 2:  # noqa: PLR2004  # one cluster stands apart from nothing
        return -1.0
    member = np.eye(len(names))[index]
    sizes = member.sum(axis=0)
    sums = distance @ member
    rows = np.arange(len(index))
    within = sums[rows, index] / np.maximum(sizes[index] - 1, 1)
    means = sums / sizes
    means[rows, index] = np.inf
    other = means.min(axis=1)
    widths = (other - within) / np.maximum(np.maximum(other, within), 1e-12)
    return float(np.where(sizes[index] > 1, widths, 0).mean())


def _centres(places: Matrix, labels: Labels) -> Matrix:
    """Return the unit mean of each label 0..k-1, of shape (k, d)."""
    from analysis.embedding import unit_rows  # noqa: PLC0415  # keeps this module free of models

    count = int(labels.max()) + 1
    sums = np.zeros((count, places.shape[1]))
    np.add.at(sums, labels, places)
    centres: Matrix = unit_rows(sums)
    return centres
