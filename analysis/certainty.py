"""How likely a person would agree with a coding: a probability, not a distance.

Closeness to a theme means different things in a sharp set of themes and in a vague one. Four
figures together say how often people agreed with such a coding: how close it is, by how much
closer than to the next theme, how firmly its theme is found again in resamples, and how well whole
resamples agree. The weights were learnt once on labelled comments of several kinds and are part
of every run's record; `benchmarks/themes.py` measures how far the result is from the truth.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Of a logistic curve."""

    constant: float = -4.5
    closeness: float = 2.8
    margin: float = 1.1
    theme_stability: float = 0.4
    agreement: float = 3.2


WEIGHTS = Weights()


def confidence(
    closeness: Vector, margin: Vector, theme_stability: Vector, agreement: float
) -> Vector:
    """Return how likely a person would agree with each coding, 0 to 1.

    Args:
        closeness: cosine of each coding to its theme.
        margin: how much closer that is than to the next theme.
        theme_stability: mean Jaccard of its theme over resamples.
        agreement: mean adjusted Rand index of two resamples, one figure for the run.
    """
    raised = (
        WEIGHTS.constant
        + WEIGHTS.closeness * closeness
        + WEIGHTS.margin * margin
        + WEIGHTS.theme_stability * theme_stability
        + WEIGHTS.agreement * agreement
    )
    likely: Vector = 1 / (1 + np.exp(-raised))
    return likely


def record() -> dict[str, float]:
    """Return the weights as they are kept with a run."""
    return asdict(WEIGHTS)


def expected_calibration_error(confidence: Vector, right: NDArray[np.bool_]) -> float:
    """Return the mean distance of confidence from truth over ten equal steps, by their sizes."""
    step = np.minimum((confidence * 10).astype(int), 9)
    gaps = [
        abs(confidence[step == s].mean() - right[step == s].mean()) * (step == s).mean()
        for s in np.unique(step)
    ]
    return float(sum(gaps))
