"""How likely a person would agree with a coding: a probability, not a distance.

Closeness to a theme means different things in a sharp set of themes and in a vague one. So how
sure a run is on the whole rests on how well resamples of it agree, how clearly its themes stand
apart and how much closer its codings are to their theme than to the next; and a single coding is
surer or less sure by how much closer it is than others of its run, which says more the more clearly
the themes stand apart. How firm a single theme is, and how many answers it holds, told nothing more
about texts other than those it was learnt from. The weights were learnt once on labelled comments
of five kinds, and are part of every run's record; each kind was foretold by the other four before
they were put together. What people see as one theme is not known beforehand: where their code frame
is much finer than the themes, claims are too high. `benchmarks/themes.py` measures how far.
"""

from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

Vector = NDArray[np.float64]


@dataclass(frozen=True)
class Weights:
    """Of a logistic curve: of a whole run, and of each coding by the root of the separation."""

    constant: float = -2.77
    run_margin: float = 1.8
    agreement: float = 3.22
    separation: float = 3.54
    margin: float = 3.24
    closeness: float = 13.24


WEIGHTS = Weights()


def confidence(closeness: Vector, margin: Vector, agreement: float, separation: float) -> Vector:
    """Return how likely a person would agree with each coding of a run, 0 to 1.

    Args:
        closeness: cosine of each coding to its theme; what counts is how it differs from the mean.
        margin: how much closer that is than to the next theme.
        agreement: mean adjusted Rand index of two resamples, one figure for the run.
        separation: how much clearer the themes are than those of a cloud, one figure for the run.
    """
    if not len(closeness):
        return np.zeros(0)
    run = (
        WEIGHTS.constant
        + WEIGHTS.run_margin * margin.mean()
        + WEIGHTS.agreement * agreement
        + WEIGHTS.separation * separation
    )
    own = WEIGHTS.margin * (margin - margin.mean())
    own += WEIGHTS.closeness * (closeness - closeness.mean())
    likely: Vector = 1 / (1 + np.exp(-run - np.sqrt(max(separation, 0.0)) * own))
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
