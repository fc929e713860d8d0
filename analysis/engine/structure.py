"""Is there anything to find? Themes can be cut from anything, also where nothing is alike.

The silhouette of the themes is set against that of answers without themes: vectors drawn from one
cloud with the same spread in every direction, grouped in the same way (after SigClust, Liu and
others, 2008). Answers that fall into themes no more clearly than such a cloud have none to claim.
"""

from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import threads, unit_rows
from analysis.engine import choosing
from analysis.engine.blending import BlendReducer
from analysis.engine.clustering import WardThemes

Matrix = NDArray[np.float64]

CLOUDS = 3
MOST_ROWS = 600
LEAST_SEPARATION = 0.008
"""Themes must be clearer than those of a cloud by this much of silhouette."""


def separation(vectors: NDArray[np.floating], themes: NDArray[np.int64], *, seed: int) -> float:
    """Return by how much the silhouette of themes exceeds that of clouds without themes.

    Args:
        vectors: sentence vectors of shape (n, d).
        themes: for each the number of its theme.
        seed: of the clouds.
    """
    step = max(1, -(-len(vectors) // MOST_ROWS))
    centred, own = choosing.around_middle(vectors[::step]), themes[::step]
    real = choosing.silhouette(1 - centred @ centred.T, own)
    clouds = _clouds(centred, np.random.default_rng(seed))
    count = len(set(own.tolist()))
    with ThreadPoolExecutor(threads()) as pool:
        by_chance = list(pool.map(lambda cloud: _silhouette_of(cloud, count), clouds))
    return real - float(np.mean(by_chance))


def _clouds(vectors: Matrix, draws: np.random.Generator) -> list[Matrix]:
    """Return sets of as many vectors from one normal cloud with the same spread everywhere."""
    _, spread, directions = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    drawn = [draws.standard_normal((len(vectors), len(spread))) for _ in range(CLOUDS)]
    return [unit_rows(some * spread @ directions) for some in drawn]


def _silhouette_of(cloud: Matrix, themes: int) -> float:
    places = BlendReducer(word_weight=0).read([]).fit_transform(cloud)
    labels = WardThemes(themes).fit(places).labels_
    centred = choosing.around_middle(cloud)
    return choosing.silhouette(1 - centred @ centred.T, labels)
