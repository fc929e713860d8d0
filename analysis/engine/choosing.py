"""How many themes: the usual number for so many answers, and more only where they stand apart.

The silhouette says how much nearer each answer is to its own theme than to the next one. Looked at
freely it nearly always asks for more and more themes, so the usual number is chosen in a narrow
range first. More are taken only when they are clearer in the sentence vectors themselves (not in
the smoothed places the themes were found in) by more than chance moves that figure: a list of many
precise subjects then gets many themes, and feelings about a service stay in readable groups.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import unit_rows

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

MOST_THEMES = 25
"""The most themes that are claimed when nothing speaks clearly for more."""

SMALLEST_THEME = 8
FEWER, MORE = 0.75, 1.4
SILHOUETTE_ROWS = 1500

CLEAR_GAIN = 0.7
"""More themes are taken when the silhouette rises by this much divided by the root of answers..."""

CLEAR_SHARE = 0.12
"""...and by this share of what it is with the usual number."""

NEARLY_ALL = 0.85
"""Of the numbers of themes that reach this share of the largest gain, the smallest is taken."""

FINEST = 4.0
MOST_CLEAR_THEMES = 80
SMALLEST_CLEAR_THEME = 5
STEP = 1.1


def candidate_counts(answers: int, wanted: int | None = None) -> list[int]:
    """Return the usual numbers of themes for so many answers."""
    if wanted is not None:
        return [max(1, min(wanted, answers))]
    middle = max(1, min(MOST_THEMES, answers // SMALLEST_THEME, round(5 * answers**0.16)))
    fewest = max(min(2, answers), round(FEWER * middle))
    most = max(fewest, min(round(MORE * middle), answers // 2))
    return list(range(fewest, most + 1))


def finer_counts(answers: int, usual: int) -> list[int]:
    """Return the usual number of themes and larger ones to compare it with, a tenth apart."""
    most = min(round(FINEST * usual), MOST_CLEAR_THEMES, answers // SMALLEST_CLEAR_THEME)
    counts = [usual]
    while (following := max(round(counts[-1] * STEP), counts[-1] + 1)) <= most:
        counts.append(following)
    return counts


def clearest(places: Matrix, cuts: NDArray[Any]) -> int:
    """Return the column of the cut with the largest mean silhouette."""
    if cuts.shape[1] == 1:
        return 0
    return int(np.argmax(np.round(silhouettes(places, cuts), 9)))


def clearly_finer(vectors: Matrix, cuts: NDArray[Any]) -> int:
    """Return the column of the smallest cut that is clearly better than the first, else 0.

    Args:
        vectors: unit sentence vectors around their middle, of shape (n, d).
        cuts: labels of n answers, one column for each number of themes, the usual one first.
    """
    if cuts.shape[1] == 1:
        return 0
    scores = silhouettes(vectors, cuts)
    smooth = np.convolve(np.pad(scores, 1, "edge"), [0.25, 0.5, 0.25], "valid")
    gains = (smooth - smooth[0]).round(9)
    least = max(CLEAR_GAIN / np.sqrt(len(vectors)), CLEAR_SHARE * smooth[0])
    if gains.max() < least:
        return 0
    return int(np.argmax(gains >= NEARLY_ALL * gains.max()))


def around_middle(vectors: NDArray[Any]) -> Matrix:
    """Return unit vectors seen from their mean, where what all answers share does not count."""
    vectors = np.asarray(vectors, dtype=np.float64)
    centred: Matrix = unit_rows(vectors - vectors.mean(axis=0))
    return centred


def silhouettes(places: Matrix, cuts: NDArray[Any]) -> Matrix:
    """Return the mean silhouette (cosine) of every column of cuts, on at most 1,500 rows.

    Distances are added up once, for the parts that no cut divides.
    """
    step = max(1, -(-len(places) // SILHOUETTE_ROWS))
    rows = places[::step]
    parts, part = np.unique(cuts[::step], axis=0, return_inverse=True)
    sums = (1 - rows @ rows.T) @ np.eye(len(parts))[part.ravel()]
    scores = []
    for names in parts.T:
        member = np.eye(int(names.max()) + 1)[names]
        scores.append(_mean(_widths(sums @ member, names[part.ravel()])))
    return np.array(scores)


def silhouette(distance: Matrix, labels: Sequence[int] | NDArray[Any]) -> float:
    """Return the mean silhouette of labelled rows, given their distances; -1 for one cluster."""
    _, index = np.unique(labels, return_inverse=True)
    return _mean(_widths(distance @ np.eye(int(index.max()) + 1)[index], index))


def _mean(widths: Matrix) -> float:
    return float(widths.mean()) if len(widths) else -1.0


def _widths(sums: Matrix, index: Labels) -> Matrix:
    """Return the silhouette of each row; empty when there is one cluster.

    Args:
        sums: of its distances to each cluster, of shape (n, clusters).
        index: its cluster.
    """
    sizes = np.bincount(index, minlength=sums.shape[1])
    if (sizes > 0).sum() < 2:  # noqa: PLR2004  # one cluster stands apart from nothing
        return np.zeros(0)
    rows = np.arange(len(index))
    within = sums[rows, index] / np.maximum(sizes[index] - 1, 1)
    means = np.where(sizes > 0, sums / np.maximum(sizes, 1), np.inf)
    means[rows, index] = np.inf
    other = means.min(axis=1)
    widths: Matrix = (other - within) / np.maximum(np.maximum(other, within), 1e-12)
    return np.where(sizes[index] > 1, widths, 0)
