# ruff: noqa: RUF001  # people type curly apostrophes and dashes, so the patterns hold them
"""The words and phrases a theme may be named with: what was written, never glued together."""

import itertools
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import lru_cache

from analysis.language.stopwords import STOP_WORDS

LINKS = frozenset(["of", "to", "for", "in", "on", "by", "with", "from"])
SHARED_BY = ((30, 1), (300, 2))
SHARED_BY_IN_LARGE_SETS = 3
MOSTLY = 0.6
FEWEST_TERMS = 2
FEWEST_TEXTS = 6

MOST_REMEMBERED = 2000
"""A run asks several times for the terms of each answer; of a large one few are worth keeping."""

_RUN = re.compile(r"[^\w\s'’\-]+|\s[\-–]\s|[\r\n]+")
_WORD = re.compile(r"[^\W_]+(?:['’\-][^\W_]+)*")


@lru_cache(MOST_REMEMBERED)
def terms(text: str) -> tuple[str, ...]:
    """Return every word, every two neighbours and phrases such as "point of contact".

    Phrases cross no punctuation and start and end with a word that carries meaning, so each one
    was really written like that.
    """
    found: list[str] = []
    for run in _RUN.split(text.lower().replace("’", "'")):
        words = [match.group().removesuffix("'s") for match in _WORD.finditer(run)]
        found += [word for word in words if _carries_meaning(word)]
        found += [" ".join(pair) for pair in itertools.pairwise(words) if _is_phrase(pair)]
        triples = zip(words, words[1:], words[2:], strict=False)
        found += [" ".join(three) for three in triples if _is_linked(three)]
    return tuple(found)


def vocabulary(texts: Sequence[str]) -> list[str]:
    """Return the terms that enough different texts share to stand for a theme, sorted."""
    return shared([terms(text) for text in texts])


def shared(found: Sequence[Sequence[str]]) -> list[str]:
    """Return which of the terms of each text enough different texts share, sorted."""
    shared_by = next((n for size, n in SHARED_BY if len(found) < size), SHARED_BY_IN_LARGE_SETS)
    people = Counter(term for own in found for term in set(own))
    return sorted(term for term, count in people.items() if count >= shared_by)


def are_enough(texts: Sequence[str]) -> bool:
    """Tell whether themes can be looked for: six texts, two of them different, two terms."""
    enough = len(texts) >= FEWEST_TEXTS and len(set(texts)) > 1
    return enough and len(vocabulary(texts)) >= FEWEST_TERMS


def spellings(texts: Iterable[str]) -> dict[str, str]:
    """Return for words mostly written in capitals how they were written: "ehcp" to "EHCP"."""
    written: dict[str, Counter[str]] = {}
    for text in texts:
        if text.upper() != text:
            for word in _WORD.findall(text):
                written.setdefault(word.lower(), Counter())[word] += 1
    return {
        word: form
        for word, forms in written.items()
        for form, count in [forms.most_common(1)[0]]
        if sum(map(str.isupper, form)) > 1 and count > MOSTLY * forms.total()
    }


def _carries_meaning(word: str) -> bool:
    if len(word) < 2 or word in STOP_WORDS or word.isdigit():  # noqa: PLR2004  # a letter
        return False
    return word.strip("x") != ""  # how publishers hide a name: "XXXX"


def _is_phrase(pair: tuple[str, str]) -> bool:
    first, second = pair
    return first != second and _carries_meaning(first) and _carries_meaning(second)


def _is_linked(three: tuple[str, str, str]) -> bool:
    first, link, last = three
    return link in LINKS and _carries_meaning(first) and _carries_meaning(last)
