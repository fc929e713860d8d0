"""People's invented sentences, a tiny stand-in for the sentence model, and one real analysis."""

import csv
from pathlib import Path

import pytest

from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis
from tests.tinyembedder import TinyEmbedder


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
