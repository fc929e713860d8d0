"""The numbers that ship are those that the script learns from the texts that ship with it.

Learning everything anew takes half an hour, most of it the sentence models and nearness. What is
quick is learnt anew here: the words from all texts, and the rest twice from made-up tokens.
"""

import importlib
import json
from pathlib import Path
from types import ModuleType

import numpy as np
import pytest

from engage.safeguarding import meaning, order

SCRIPT = Path(__file__).resolve().parents[3] / "script"


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(str(SCRIPT))
    return importlib.import_module("order_of_reading")


@pytest.mark.full
def test_the_words_that_ship_are_learnt_from_the_texts_that_ship(script: ModuleType) -> None:
    texts, wanted, _ = script.learnt_from()
    anew = script.Words(texts, wanted).table()
    shipped = json.loads(order.WEIGHTS.read_text(encoding="utf-8"))["words"]
    assert anew["intercept"] == pytest.approx(shipped["intercept"], abs=0.002)
    assert anew["features"].keys() == shipped["features"].keys()
    for feature, numbers in anew["features"].items():
        assert numbers == pytest.approx(shipped["features"][feature], abs=0.002)


@pytest.mark.full
def test_the_same_tokens_teach_the_same_numbers(script: ModuleType) -> None:
    rng = np.random.default_rng(7)
    texts = [rng.standard_normal((length, 384), np.float32) for length in range(3, 103)]
    wanted = np.array([length % 2 for length in range(100)], dtype=np.float64)
    tokens = script.heads.Tokens(texts)
    first, second = (script.heads.learnt(tokens, wanted, np.arange(100)) for _ in range(2))
    assert {name: number.tobytes() for name, number in first.items()} == {
        name: number.tobytes() for name, number in second.items()
    }
    with np.load(meaning.WEIGHTS) as shipped:
        for name in first:
            assert shipped[name].shape == first[name].shape
            assert shipped[name].dtype == first[name].dtype
