"""People's invented sentences, a tiny stand-in for the sentence model, and one real analysis."""

import csv
import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from analysis.embeddings.embedding import Vectors, unit_rows
from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis


class TinyEmbedder:
    """Places a text by its words: quick, repeatable, and close enough to meaning for tests."""

    name = "tiny"

    def embed(
        self, texts: Sequence[str], progress: Callable[[int, int], None] | None = None
    ) -> Vectors:
        rows = np.zeros((len(texts), 48), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in text.lower().split() or [""]:
                rows[row, hashlib.sha256(word.encode()).digest()[0] % 48] += 1
        if progress:
            progress(len(texts), len(texts))
        return unit_rows(rows)


@pytest.fixture(scope="session")
def tiny() -> TinyEmbedder:
    return TinyEmbedder()


@pytest.fixture(scope="session")
def labelled() -> list[tuple[str, str]]:
    with (Path(__file__).parent / "labelled.csv").open(encoding="utf-8", newline="") as file:
        return [(row["text"], row["theme"]) for row in csv.DictReader(file)]


@pytest.fixture(scope="session")
def answers(labelled: list[tuple[str, str]]) -> list[Document]:
    groups = ("parent", "professional", "young person")
    return [
        Document(f"r{row:03d}", text, groups[row % 3]) for row, (text, _) in enumerate(labelled)
    ]


@pytest.fixture(scope="session")
def analysis(answers: list[Document]) -> Analysis:
    return analyse(answers)
