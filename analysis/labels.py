"""A working name for a theme from its c-TF-IDF terms, until a person gives it a real one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.stopwords import HOLLOW_WORDS

TERMS_IN_LABEL = 3
PHRASE_SHARE = 0.4
"""A phrase stands in for its word when at least this share of the word's answers use it."""

HOLLOW_WEIGHT = 0.5
LIFT = 1.5
"""A telling term is used in its theme at least this many times as often as everywhere."""

FEWEST_ANSWERS = 2
FEWEST_SHARE = 0.05
"""A telling term is used by two answers of its theme and by one in twenty of them."""

_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "ly", "s", "y", "e")

Weighted = Sequence[tuple[str, float]]


@dataclass(frozen=True)
class Usage:
    """In how many answers each term is used, in one theme and in all of them.

    Attributes:
        inside: term to answers of the theme.
        size: answers of the theme.
        everywhere: term to answers of all themes.
        total: answers of all themes.
    """

    inside: Mapping[str, int]
    size: int
    everywhere: Mapping[str, int]
    total: int

    def is_common(self, term: str) -> bool:
        """Tell whether enough answers of the theme use the term."""
        fewest = max(FEWEST_ANSWERS, FEWEST_SHARE * self.size)
        return self.inside.get(term, 0) >= min(fewest, self.size)

    def is_distinct(self, term: str) -> bool:
        """Tell whether the term belongs to this theme more than to the others."""
        here, all_over = self.inside.get(term, 0), self.everywhere.get(term, 0)
        return here * self.total >= LIFT * all_over * self.size


def label(terms: Sequence[str], number: int) -> str:
    """Return up to three terms as a name, "Waiting list, diagnosis, years"; "Group 4" when none."""
    text = ", ".join(terms[:TERMS_IN_LABEL])
    return text[:1].upper() + text[1:] if text else f"Group {number}"


def spelt(term: str, spelling: Mapping[str, str]) -> str:
    """Return the term as people write it, "EHCP" rather than "ehcp"."""
    return " ".join(spelling.get(word, word) for word in term.split())


def telling(weighted: Weighted, usage: Usage) -> list[str]:
    """Return the terms that tell a theme apart, best first, no two of one root.

    First come terms that are both common in the theme and distinct from the others, then the
    rest by weight. Phrases stand before their words; hollow words such as "good" weigh half.
    """
    halved = sorted(
        ((t, w * (HOLLOW_WEIGHT if is_hollow(t) else 1)) for t, w in weighted if w > 0),
        key=lambda item: (-item[1], item[0]),
    )
    terms = _phrases_first([term for term, _ in halved], usage.inside)
    order = (
        lambda term: usage.is_common(term) and usage.is_distinct(term),
        usage.is_distinct,
        lambda _term: True,
    )
    return _one_of_eachroot([term for fits in order for term in terms if fits(term)])


def _one_of_eachroot(terms: Sequence[str]) -> list[str]:
    chosen: list[str] = []
    roots: set[str] = set()
    for term in terms:
        own = {root(word) for word in term.split()}
        if not own & roots:
            chosen.append(term)
            roots |= own
    return chosen


def _phrases_first(terms: Sequence[str], answers: Mapping[str, int]) -> list[str]:
    """Put before each word the phrase it is mostly used in, if there is one."""
    ranked: list[str] = []
    for term in terms:
        phrases = [
            (answers.get(phrase, 0), phrase)
            for phrase in terms
            if " " in phrase and term in phrase.split()
        ]
        most, phrase = max(phrases, default=(0, ""))
        ranked += [phrase, term] if most >= PHRASE_SHARE * answers.get(term, 1) and most else [term]
    return list(dict.fromkeys(ranked))


def is_hollow(term: str) -> bool:
    """Tell whether a term only praises or counts ("good", "years")."""
    return all(word in HOLLOW_WORDS for word in term.split())


def root(word: str) -> str:
    """Return a crude root, only to notice that "nurse" and "nurses" are one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  # keep a stem
            return word.removesuffix(ending)
    return word
