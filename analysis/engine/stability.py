"""Would the same themes be found if other people had answered? Themes are found again in resamples.

Each resample leaves a fifth of the answers out and finds the same number of themes in the rest. A
theme is found again as far as the best matching group holds the same answers (Jaccard, after
Hennig, 2007): below 0.6 it is a pattern that comes and goes. An answer is settled as far as it
falls into the group that matches its theme, also in resamples it was left out of.
"""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import threads
from analysis.engine.blending import BlendReducer
from analysis.engine.clustering import WardThemes

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

RESAMPLES = 6
KEPT = 0.8
FOUND_AGAIN = 0.6
MOST_ROWS = 1000
"""Of more answers than this an even share is looked at: it decides as well and costs less."""


@dataclass(frozen=True)
class Stability:
    """How firmly themes and answers are found again.

    Attributes:
        themes: mean Jaccard of each theme with its best match, 0 to 1.
        times: in how many resamples each theme was found again.
        rows: which of the fitted answers were looked at.
        settled: for each of those how often, 0 to 1, it fell into its theme.
        agreement: mean adjusted Rand index of two resamples on the answers both hold.
    """

    themes: Matrix
    times: Labels
    rows: Labels
    settled: Matrix
    agreement: float


def measure(reducer: BlendReducer, themes: Labels, *, seed: int) -> Stability:
    """Find themes again in six resamples of the answers a reducer learnt from.

    Args:
        reducer: fitted.
        themes: theme of each of its answers, 0 to k-1.
        seed: of the resamples.
    """
    rows = _even_rows(len(themes))
    found, held = _resamples(reducer, rows, int(themes.max()) + 1, seed)
    own = themes[rows]
    count = int(themes.max()) + 1
    overlaps = [
        _jaccards(own, labels, held_, count) for labels, held_ in zip(found, held, strict=True)
    ]
    best = np.array([overlap.max(axis=1) for overlap in overlaps])
    hits = [
        overlap.argmax(axis=1)[own] == labels
        for overlap, labels in zip(overlaps, found, strict=True)
    ]
    return Stability(
        themes=np.nanmean(best, axis=0),
        times=(best >= FOUND_AGAIN).sum(axis=0),
        rows=rows,
        settled=np.mean(hits, axis=0),
        agreement=_agreement(found, held),
    )


def _even_rows(answers: int) -> Labels:
    if answers <= MOST_ROWS:
        return np.arange(answers)
    return np.unique(np.linspace(0, answers - 1, MOST_ROWS).round().astype(np.int64))


def _resamples(
    reducer: BlendReducer, rows: Labels, count: int, seed: int
) -> tuple[list[Labels], list[NDArray[np.bool_]]]:
    """Return for each resample the group of every row and which rows it was made from."""
    draws = np.random.default_rng(seed)
    held = [np.zeros(len(rows), dtype=np.bool_) for _ in range(RESAMPLES)]
    for inside in held:
        inside[draws.permutation(len(rows))[: max(2, round(KEPT * len(rows)))]] = True
    with ThreadPoolExecutor(threads()) as pool:
        return list(
            pool.map(lambda inside: _groups_again(reducer, rows, inside, count), held)
        ), held


def _groups_again(
    reducer: BlendReducer, rows: Labels, inside: NDArray[np.bool_], count: int
) -> Labels:
    """Return the group of every row when only those inside are grouped."""
    learnt = reducer.learnt_from(rows[inside])
    groups = WardThemes(count).fit(learnt.places_)
    labels = np.empty(len(rows), dtype=np.int64)
    labels[inside] = groups.labels_
    if not inside.all():
        labels[~inside] = groups.predict(learnt.places_of(reducer.blended_[rows[~inside]]))
    return labels


def _jaccards(own: Labels, other: Labels, held: NDArray[np.bool_], count: int) -> Matrix:
    """Return the overlap of each theme with each group, among the answers of the resample."""
    mine = np.eye(count)[own[held]]
    theirs = np.eye(int(other.max()) + 1)[other[held]]
    both = mine.T @ theirs
    either = mine.sum(axis=0)[:, None] + theirs.sum(axis=0)[None] - both
    overlaps: Matrix = both / np.maximum(either, 1)
    return overlaps


def _agreement(found: Sequence[Labels], held: Sequence[NDArray[np.bool_]]) -> float:
    """Return how well neighbouring resamples agree on the answers they share."""
    from sklearn.metrics import adjusted_rand_score  # noqa: PLC0415  # heavy

    pairs = zip(found, held, found[1:], held[1:], strict=False)
    scores = [adjusted_rand_score(a[x & y], b[x & y]) for a, x, b, y in pairs if (x & y).any()]
    return float(np.mean(scores)) if scores else 1.0
