"""Do the words of a theme belong together, and are themes different from each other?

Coherence is normalised pointwise mutual information (NPMI) of the first ten words of a theme in
the answers: 1 when they always come together, 0 when by chance, -1 when never. Short answers hold
few words, so good themes of short answers are below nought too: compare within one run only.
"""

import itertools
import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from analysis.engine.terms import terms

WORDS = 10


def coherences(themes: Sequence[Sequence[str]], texts: Iterable[str]) -> list[float | None]:
    """Return the mean NPMI of each theme's first ten words, None with fewer than two words.

    Args:
        themes: words and phrases of each theme, most telling first, in any case.
        texts: all analysed answers.
    """
    wanted = [[word.lower() for word in words[:WORDS]] for words in themes]
    pairs = {pair for words in wanted for pair in itertools.combinations(sorted(words), 2)}
    known = {word for words in wanted for word in words}
    alone: Counter[str] = Counter()
    together: Counter[tuple[str, str]] = Counter()
    total = 0
    for text in texts:
        total += 1
        used = sorted(known.intersection(terms(text)))
        alone.update(used)
        together.update(pair for pair in itertools.combinations(used, 2) if pair in pairs)
    return [_mean_npmi(words, alone, together, total) for words in wanted]


def diversity(themes: Sequence[Sequence[str]]) -> float:
    """Return the share of different words among the first ten of every theme; 1 for no words."""
    words = [word.lower() for theme in themes for word in theme[:WORDS]]
    return len(set(words)) / len(words) if words else 1.0


def share_of(words: Iterable[str], among: Collection[str]) -> float:
    """Return the share of words that are in a collection, such as the stop words."""
    listed = [word.lower() for word in words]
    return sum(word in among for word in listed) / max(1, len(listed))


def distinctness(centres: NDArray[np.float64]) -> list[float]:
    """Return for each theme one minus its largest cosine to another; 1 for a single theme."""
    if len(centres) < 2:  # noqa: PLR2004  # nothing to be like
        return [1.0] * len(centres)
    likeness = centres @ centres.T
    np.fill_diagonal(likeness, -1)
    return [float(1 - most) for most in likeness.max(axis=1)]


def _mean_npmi(
    words: Sequence[str], alone: Counter[str], together: Counter[tuple[str, str]], total: int
) -> float | None:
    pairs = list(itertools.combinations(sorted(words), 2))
    if not pairs:
        return None
    found = [_npmi(alone[a], alone[b], together[a, b], total) for a, b in pairs]
    return sum(found) / len(found)


def _npmi(first: int, second: int, both: int, total: int) -> float:
    if not both:
        return -1.0
    if both == total:
        return 1.0
    return math.log(both * total / (first * second)) / -math.log(both / total)
