"""A stand-in for the sentence model: quick, repeatable, close enough to meaning for tests."""

import hashlib
from collections.abc import Callable, Sequence

import numpy as np

from analysis.embeddings.embedding import Vectors, unit_rows

WIDTH = 48


class TinyEmbedder:
    """Places a text by its words."""

    name = "tiny"

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        """Return one row a text."""
        rows = np.zeros((len(texts), WIDTH), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                rows[row, hashlib.sha256(word.encode()).digest()[0] % WIDTH] += 1
        if progress:
            progress(len(texts), len(texts))
        return unit_rows(rows)
