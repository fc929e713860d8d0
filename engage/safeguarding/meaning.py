"""What the sense of a text adds to the order of reading; slow, so the worker alone asks it.

Two sentence models turn a text into numbers: one that knows many languages and one for English.
What a text is like is then told by its nearness to texts that were written to learn from: each of
some thousands of them speaks for or against, the nearer the louder (a support vector machine). To
that is added what is found by listening to single words of it, see `attention`.
"""

import functools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import default_embedder, unit_rows
from analysis.embeddings.multilingual import installed_space
from engage.safeguarding import attention

WEIGHTS = Path(__file__).with_name("meaning.npz")
LONGEST = 4_000
SHORT, MOST_SENTENCES, AT_ONCE = 3, 60, 100
Floats = NDArray[np.float32]
_END = re.compile(r"(?<=[.!?])\s+|\n+")


def vectors(texts: Sequence[str], tokens: Sequence[Floats]) -> NDArray[np.float64]:
    """Return one row for each text: 512 numbers of the one model and 384 of the other.

    `tokens` is what `tokens` returns for the same texts: the mean of it stands for the whole.
    """
    many = installed_space().embed([text[:LONGEST] for text in texts])
    english = unit_rows(np.stack([rows.mean(axis=0) for rows in tokens]))
    rows: NDArray[np.float64] = np.hstack([many, english]).astype(np.float64)
    return rows


def tokens(texts: Sequence[str]) -> list[Floats]:
    """Return for each text what the English model says of each of its tokens: (tokens, 384)."""
    return default_embedder().tokens([text[:LONGEST] for text in texts])


def pieces(text: str) -> list[str]:
    """Return a text and, if it has several, each of its sentences: a cry for help may be one."""
    sentences = [part for part in _END.split(text[:LONGEST].strip()) if len(part.split()) >= SHORT]
    return [text, *sentences[:MOST_SENTENCES]] if len(sentences) > 1 else [text]


def nearness(rows: NDArray[np.float64], learnt: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Return one number for each row of `vectors`: above 0 nearer to texts that need somebody.

    `learnt` holds `mean` (896), `axes` (d by 896) and `known` (n by d) as small whole
    numbers with their `axes_unit` and `known_unit`, `voices` (n), `intercept` and `width`.
    """
    known = learnt["known"].astype(np.float64) * float(learnt["known_unit"])
    placed = reduced(rows, learnt)
    apart = (placed**2).sum(axis=1)[:, None] + (known**2).sum(axis=1) - 2 * placed @ known.T
    heard = np.exp(-float(learnt["width"]) * np.maximum(apart, 0.0))
    told: NDArray[np.float64] = heard @ learnt["voices"] + float(learnt["intercept"])
    return told


def reduced(rows: NDArray[np.float64], learnt: Mapping[str, NDArray[Any]]) -> NDArray[np.float64]:
    """Return rows of `vectors` on the few axes along which the texts learnt from differ most."""
    axes = learnt["axes"].astype(np.float64) * float(learnt["axes_unit"])
    placed: NDArray[np.float64] = (rows - learnt["mean"]) @ axes.T
    return placed


def meanings(texts: Sequence[str]) -> list[float]:
    """Return for each text how near it, or one of its sentences, is to those that need somebody.

    What its tokens say is added, weighed by `heed` of the numbers learnt.
    """
    found: list[float] = []
    for start in range(0, len(texts), AT_ONCE):
        found += _meanings(texts[start : start + AT_ONCE], _learnt())
    return found


def _meanings(texts: Sequence[str], learnt: Mapping[str, NDArray[Any]]) -> list[float]:
    cut = [pieces(text) for text in texts]
    flat = [piece for found in cut for piece in found]
    said = tokens(flat)
    near = nearness(vectors(flat, said), learnt)
    firsts = np.cumsum([0, *(len(found) for found in cut)])[:-1]
    heard = attention.listened([said[first] for first in firsts], learnt)
    summed = np.maximum.reduceat(near, firsts) + float(learnt["heed"]) * heard
    return [float(one) for one in summed]


@functools.cache
def _learnt() -> dict[str, NDArray[Any]]:
    with np.load(WEIGHTS) as stored:
        return {name: stored[name] for name in stored.files}
