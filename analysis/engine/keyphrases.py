"""The words and phrases that set each theme apart: few, whole, and used together.

A term weighs by the share of a theme's answers that use it, times how much of its use everywhere
falls to that theme: a class-based TF-IDF counted in answers, so that one long answer names nothing.
Terms are then taken one by one, each for its weight and for the company it keeps: terms that
people use in the same answers (NPMI) belong together in a list, terms that never meet do not.
"""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.engine.labels import HOLLOW_WEIGHT, is_hollow, root
from analysis.engine.terms import terms

MOST_TERMS = 12
FEWEST_ANSWERS = 2
FEWEST_SHARE = 0.05
"""A telling term is used by two answers of its theme and by one in twenty of them."""

COMPANY = 1.0
"""How much the company a term keeps counts beside its weight."""

ALONE = -0.8
"""After the first three, a term whose company is worse hardly ever meets the others: left out."""

ALWAYS = 3

LEADING = 4
LENT = 0.5
"""A term tells one theme, its heaviest. Only among its first four may a theme use another's term,
if it weighs at least half as much here."""

PHRASE_SHARE = 0.5
"""A phrase stands in for its word when at least this share of the word's answers use it."""

Answers = frozenset[int]


@dataclass(frozen=True)
class Uses:
    """In which answers each term is used.

    Attributes:
        everywhere: term to rows of answers.
        weights: term to its weight in each theme.
        themes: for each theme the rows of its answers.
        total: how many answers there are.
    """

    everywhere: Mapping[str, Answers]
    weights: Mapping[str, Sequence[float]]
    themes: Sequence[Answers]
    total: int

    def inside(self, term: str, theme: int) -> int:
        """Return how many answers of a theme use a term."""
        return len(self.everywhere[term] & self.themes[theme])

    def company(self, term: str, others: Sequence[str]) -> float:
        """Return the mean NPMI of a term with others, -1 (never met) to 1; 0 without others."""
        if not others:
            return 0.0
        mine = self.everywhere[term]
        return sum(npmi(mine, self.everywhere[o], self.total) for o in others) / len(others)


def npmi(one: Answers, other: Answers, total: int) -> float:
    """Return the normalised pointwise mutual information of two terms over all answers."""
    both = len(one & other)
    if both in {0, total}:
        return 1.0 if both else -1.0
    return math.log(both * total / (len(one) * len(other))) / -math.log(both / total)


def of_topics(texts: Sequence[str], topics: Sequence[int]) -> list[tuple[str, ...]]:
    """Return for each topic, 0 to the largest, its key terms, the most telling first.

    Args:
        texts: redacted answers without placeholders.
        topics: the topic of each.
    """
    uses = _uses(texts, topics)
    return [tuple(_chosen(uses, theme)) for theme in range(len(uses.themes))]


def _uses(texts: Sequence[str], topics: Sequence[int]) -> Uses:
    everywhere: dict[str, set[int]] = defaultdict(set)
    themes: list[set[int]] = [set() for _ in range(max(topics, default=-1) + 1)]
    for row, (text, topic) in enumerate(zip(texts, topics, strict=True)):
        themes[topic].add(row)
        for term in set(terms(text)):
            everywhere[term].add(row)
    shared = {t: frozenset(rows) for t, rows in everywhere.items() if len(rows) >= FEWEST_ANSWERS}
    answers = [frozenset(theme) for theme in themes]
    weights = {term: _weights(term, rows, answers) for term, rows in shared.items()}
    return Uses(shared, weights, answers, len(texts))


def _weights(term: str, rows: Answers, themes: Sequence[Answers]) -> list[float]:
    shares = [len(rows & theme) / max(1, len(theme)) for theme in themes]
    part = (HOLLOW_WEIGHT if is_hollow(term) else 1.0) / sum(shares)
    return [share * share * part for share in shares]


def _chosen(uses: Uses, theme: int) -> list[str]:
    left = _candidates(uses, theme)
    heaviest = uses.weights[left[0]][theme] if left else 1.0
    chosen: list[str] = []
    roots: set[str] = set()
    while left and len(chosen) < MOST_TERMS:
        best = max(
            left,
            key=lambda term: (
                round(
                    uses.weights[term][theme] / heaviest + COMPANY * uses.company(term, chosen), 9
                ),
                term,
            ),
        )
        if len(chosen) >= ALWAYS and uses.company(best, chosen) < ALONE:
            left.remove(best)
            continue
        best = _as_phrase(uses, theme, best, left)
        chosen.append(best)
        roots |= {root(word) for word in best.split()}
        left = [term for term in left if roots.isdisjoint(root(word) for word in term.split())]
    return chosen


def _candidates(uses: Uses, theme: int) -> list[str]:
    """Return the terms that may tell a theme, heaviest first."""
    fewest = max(FEWEST_ANSWERS, min(FEWEST_SHARE * len(uses.themes[theme]), 10))
    common = [term for term in uses.everywhere if uses.inside(term, theme) >= fewest]
    common.sort(key=lambda term: (-uses.weights[term][theme], term))
    own = [
        term
        for place, term in enumerate(common)
        for here, most in [(uses.weights[term][theme], max(uses.weights[term]))]
        if here >= most or (place < LEADING and here >= LENT * most)
    ]
    return own or common[:ALWAYS] or _any_terms(uses, theme)


def _any_terms(uses: Uses, theme: int) -> list[str]:
    """Return what a theme without words of its own uses at all, rather than leave it nameless."""
    used = [term for term in uses.everywhere if uses.inside(term, theme)]
    return sorted(used, key=lambda term: (-uses.weights[term][theme], term))[:ALWAYS]


def _as_phrase(uses: Uses, theme: int, term: str, left: Sequence[str]) -> str:
    """Return the phrase a word is mostly used in, if there is one."""
    phrases = [
        (uses.inside(phrase, theme), phrase)
        for phrase in left
        if " " in phrase and term in phrase.split()
    ]
    most, phrase = max(phrases, default=(0, term))
    return phrase if most >= PHRASE_SHARE * uses.inside(term, theme) else term
