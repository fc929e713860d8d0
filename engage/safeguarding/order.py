"""How soon a text should be read, from its words alone: pure, quick, and the same every time.

A small classifier and the rules are weighed together. Both only set the order: every text is read
by a person, whatever stands here. The numbers were learnt by `script/order_of_reading.py` from
texts written for it, and are kept beside this module.
"""

import dataclasses
import itertools
import json
import math
import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from engage.safeguarding import rules
from engage.safeguarding.models import HIGHEST, HOLD_FROM

WEIGHTS = Path(__file__).with_name("weights.json")
TOLD = 6  # how many words a reader is told of
GRAM = 4
GRAVE = 2  # weight of a rule whose words alone keep a text back at first
_TOKEN = re.compile(r"[a-zA-Z0-9]+")


@dataclasses.dataclass(frozen=True)
class Why:
    """What speaks for reading a text early, for the reader to judge.

    Attributes:
        rules: names of the rules whose words stand in it.
        words: the words that weighed most in the classifier, heaviest first.
        like: 0 to 100, how much its words are like those of texts that needed somebody to act.
    """

    rules: tuple[str, ...]
    words: tuple[str, ...]
    like: int


def features(text: str) -> frozenset[str]:
    """Return what the classifier looks at: words, pairs of words, and four letters at a time."""
    tokens = _tokens(text)
    grams = (
        f"#{padded[start : start + GRAM]}"
        for padded in (f" {token} " for token in tokens)
        for start in range(len(padded) - GRAM + 1)
    )
    pairs = (f"{one} {two}" for one, two in itertools.pairwise(tokens))
    return frozenset((*tokens, *pairs, *grams))


def word_logit(text: str) -> float:
    """Return the classifier's log odds from the words of a text; below 0 for ordinary words."""
    table = _table()["words"]
    total = length = 0.0
    for feature in sorted(features(text)):
        weighed = table["features"].get(feature)
        if weighed:
            rarity, weight = weighed
            total += rarity * weight
            length += rarity * rarity
    return float(table["intercept"]) + (total / math.sqrt(length) if length else 0.0)


def order_score(text: str, meaning: float | None = None) -> int:
    """Return how soon a text should be read, 0 to 1000; 0 does not mean that it is safe.

    `meaning` is what the worker found in the sense of the text, once it has looked: above 0 if that
    is near to texts that need somebody. Until then the words of a grave rule alone are enough to
    keep a text back.
    """
    if not _tokens(text):
        return 0
    table = _table()["blend" if meaning is not None else "blend_of_words"]
    grave = rules.weight(text)
    parts = {"words": word_logit(text), "rules": float(grave), "meaning": meaning}
    logit = table["intercept"] + sum(
        weight * (parts[name] or 0.0) for name, weight in table["weights"].items()
    )
    score = round(HIGHEST * _share(logit))
    is_floor = meaning is None and grave >= GRAVE
    return max(score, HOLD_FROM) if is_floor else score


def why(text: str) -> Why:
    """Return what a reader is told about the place of a text in the order."""
    table = _table()["words"]["features"]
    weighed = {
        token: rarity * weight
        for token in _whole(features(text))
        for rarity, weight in (table.get(token, (0.0, 0.0)),)
    }
    heavy = sorted(
        (word for word, value in weighed.items() if value > 0), key=lambda w: -weighed[w]
    )
    return Why(
        rules=tuple(rule.name for rule in rules.found(text)),
        words=tuple(heavy[:TOLD]),
        like=round(100 * _share(word_logit(text))),
    )


def _tokens(text: str) -> list[str]:
    return [token.lower() for token in _TOKEN.findall(text.replace("’", "").replace("'", ""))]  # noqa: RUF001  # as typed


def _whole(found: Iterable[str]) -> Iterable[str]:
    return sorted(feature for feature in found if not feature.startswith("#"))


def _share(logit: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, logit))))


@cache
def _table() -> dict[str, Any]:
    table: dict[str, Any] = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return table
