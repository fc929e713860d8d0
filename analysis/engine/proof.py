"""How far a fitted set of themes can be trusted: found again, distinct, clearer than nothing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from analysis.embeddings.embedding import Vectors
from analysis.engine import certainty, coherence, structure
from analysis.engine import stability as resampling
from analysis.engine.stability import Stability
from analysis.engine.topics import Topics

Vector = NDArray[np.float64]
DIGITS = 4


@dataclass(frozen=True)
class Proof:
    """What was measured of a set of themes.

    Attributes:
        stability: see `stability.Stability`.
        distinctness: one minus the largest cosine to another theme, for each.
        separation: by how much the silhouette exceeds that of answers without themes.
    """

    stability: Stability
    distinctness: tuple[float, ...]
    separation: float

    @property
    def has_structure(self) -> bool:
        """Tell whether themes can be claimed at all."""
        return self.separation >= structure.LEAST_SEPARATION

    def stability_of(self, topic: int) -> float:
        """Return the mean Jaccard of a topic with its match in resamples."""
        return round(float(self.stability.themes[topic]), DIGITS)

    def found_again(self, topic: int) -> int:
        """Return in how many of the resamples a topic was found again."""
        return int(self.stability.times[topic])

    def distinctness_of(self, topic: int) -> float:
        """Return one minus the largest cosine of a topic to another."""
        return round(self.distinctness[topic], DIGITS)

    def confidence(self, closeness: Vector, margin: Vector) -> Vector:
        """Return how likely a person would agree with each coding of the run."""
        return certainty.confidence(closeness, margin, self.stability.agreement, self.separation)

    def figures(self) -> dict[str, float]:
        """Return the figures of the whole run, for its record."""
        found_again = (self.stability.themes >= resampling.FOUND_AGAIN).mean()
        return {
            "resamples": resampling.RESAMPLES,
            "share_in_each": resampling.KEPT,
            "agreement": round(self.stability.agreement, DIGITS),
            "share_of_themes_found_again": round(float(found_again), DIGITS),
            "separation": round(self.separation, DIGITS),
        }

    def calibration(self) -> dict[str, float]:
        """Return the weights that made confidence, for the record."""
        return certainty.record()


def prove(fitted: Topics, vectors: Vectors, *, seed: int) -> Proof:
    """Measure a fitted set of themes; vectors are those it was fitted on."""
    topics = fitted.placement.topics
    with threadpool_limits(1):
        firm = resampling.measure(fitted.model.umap_model, topics, seed=seed)
        centres = fitted.model.hdbscan_model.centres_[fitted.order]
        apart = structure.separation(vectors, topics, seed=seed)
        return Proof(firm, tuple(coherence.distinctness(centres)), apart)
