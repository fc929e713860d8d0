"""An embedder that reads no text twice, so that naming themes costs hardly any reading."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder, Vectors

MOST_TEXTS = 20_000
"""Of more texts none is remembered: they would fill the memory."""


def remembering(embedder: "Embedder | None" = None) -> "Remembering":
    """Return an embedder that remembers; one that does already is used as it is."""
    return embedder if isinstance(embedder, Remembering) else Remembering(embedder)


class Remembering:
    """The given embedder, or the installed one when first used, with what it has read.

    A vector never depends on the texts beside it, so a remembered one is the same one.
    """

    def __init__(self, embedder: "Embedder | None" = None) -> None:
        self._embedder = embedder
        self._read: dict[str, Vectors] = {}

    @property
    def name(self) -> str:
        """Return the name of the model that reads."""
        return self._behind().name

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> "Vectors":
        """Return an array of one row a text."""
        new = sorted({text for text in texts if text not in self._read})
        if len(new) + len(self._read) > MOST_TEXTS or not texts:
            return self._behind().embed(texts, progress)
        if new:
            self._read.update(zip(new, self._behind().embed(new, progress), strict=True))
        return np.stack([self._read[text] for text in texts])

    def _behind(self) -> "Embedder":
        if self._embedder is None:
            from analysis.embeddings.embedding import default_embedder  # noqa: PLC0415  # loads the model

            self._embedder = default_embedder()
        return self._embedder
