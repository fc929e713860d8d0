"""Answers at the edge of what can be analysed, and the same bytes from any machine load."""

import hashlib
import os
import random
import subprocess
import sys
from collections.abc import Sequence

import pytest

from analysis.embeddings.embedding import default_embedder
from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse
from analysis.themes.results import AnalysisSettings

VARIED = [
    "the bus was late again", "no reply from the office", "my plan has errors in it",
    "we waited a year for help", "the teacher listens to us", "more clubs on Saturdays please",
    "nobody rings back", "the taxi never comes", "the form is far too long", "staff are kind",
]  # fmt: skip

SAME = (
    "import csv, hashlib, sys\n"
    "from analysis.texts.documents import Document\n"
    "from analysis.themes.pipeline import analyse\n"
    "rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8', newline='')))\n"
    "who = ('parent', 'professional', 'young person')\n"
    "read = [Document(f'r{n:03d}', r['text'], who[n % 3]) for n, r in enumerate(rows)]\n"
    "found = analyse(read)\n"
    "whole = repr((found.themes, found.codings, found.tree, found.run.stability))\n"
    "print(hashlib.sha256(whole.encode()).hexdigest())\n"
)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 5, 6, 7, 10])
def test_a_few_answers_come_out_again(tiny: object, count: int) -> None:
    found = analyse([Document(str(n), VARIED[n]) for n in range(count)], embedder=tiny)
    assert sum(coding.is_primary for coding in found.codings) == count
    assert found.run.coverage["needs_reading"] == count
    assert bool(found.themes) == bool(count)


@pytest.mark.parametrize(
    "texts",
    [
        ["the bus was late"] * 80,
        ["bus", "taxi", "noise", "friends", "staff", "help", "time"] * 12,
        ["😡", "☹️", "👍 👍", "🚌"] * 20,
        ["word " * 10_000, *VARIED * 8],
        ["Autobus zawsze się spóźnia i nikt nic nie mówi o tym", "The bus is late"] * 35,
    ],
    ids=["identical", "one word each", "emoji", "fifty thousand characters", "mixed languages"],
)
def test_odd_answers_come_out_again(tiny: object, texts: Sequence[str]) -> None:
    found = analyse([Document(str(n), text) for n, text in enumerate(texts)], embedder=tiny)
    once = [c.document_id for c in found.codings if c.is_primary or c.set_aside]
    assert sorted(once) == sorted(str(n) for n in range(len(texts)))
    coverage = found.run.coverage
    parts = coverage["themed"] + coverage["needs_reading"] + coverage["set_aside"]
    assert coverage["documents"] == parts == len(texts)


def test_random_words_hold_no_structure_and_the_run_says_so(pytestconfig: pytest.Config) -> None:
    folder = pytestconfig.rootpath / "engage/demo/comments"
    written = " ".join(path.read_text("utf-8") for path in sorted(folder.glob("p*.csv")))
    words = sorted({word.lower() for word in written.split() if word.isalpha()})
    draw = random.Random(4)  # noqa: S311  # repeatable
    texts = [" ".join(draw.choice(words) for _ in range(8)) for _ in range(120)]
    found = analyse([Document(str(n), text) for n, text in enumerate(texts)])
    assert any("no theme is claimed" in note for note in found.run.notes)
    assert all(coding.needs_review for coding in found.codings)


def test_answers_with_themes_are_not_called_structureless(analysis: object) -> None:
    assert not any("no theme is claimed" in note for note in analysis.run.notes)
    assert analysis.run.stability["separation"] > 0.008


@pytest.mark.slow
def test_another_process_with_another_number_of_threads_gives_the_same_bytes(
    analysis: object, pytestconfig: pytest.Config
) -> None:
    whole = repr((analysis.themes, analysis.codings, analysis.tree, analysis.run.stability))
    path = pytestconfig.rootpath / "tests/unit/analysis/labelled.csv"
    for threads in ("1", "3"):
        done = subprocess.run(  # noqa: S603  # our own words
            [sys.executable, "-c", SAME, str(path)],
            env=os.environ | {"OMP_NUM_THREADS": threads, "OPENBLAS_NUM_THREADS": threads},
            capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert done.stdout.strip() == hashlib.sha256(whole.encode()).hexdigest()


def test_the_batch_a_text_is_embedded_in_changes_nothing(
    answers: list[Document], analysis: object
) -> None:
    class OneByOne:
        name = default_embedder().name

        def embed(self, texts: Sequence[str], _progress: object = None) -> object:
            import numpy as np  # noqa: PLC0415

            return np.vstack([default_embedder().embed([text]) for text in texts])

    again = analyse(answers, AnalysisSettings(), embedder=OneByOne())
    assert again.codings == analysis.codings
    assert again.themes == analysis.themes
