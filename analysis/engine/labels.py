"""A working name for a theme from its key terms, until a person gives it a real one."""

from collections.abc import Mapping, Sequence

from analysis.language.stopwords import HOLLOW_WORDS

ONE_GROUP = "All answers, for reading"
"""What stands for a name where there is nothing to compare."""

TERMS_IN_LABEL = 3
HOLLOW_WEIGHT = 0.5

_ENDINGS = ("ings", "ing", "edly", "ed", "ies", "es", "ly", "s", "y", "e")


def label(terms: Sequence[str], number: int) -> str:
    """Return up to three terms as a name, "Waiting list, diagnosis, years"; "Group 4" when none."""
    text = ", ".join(terms[:TERMS_IN_LABEL])
    return text[:1].upper() + text[1:] if text else f"Group {number}"


def spelt(term: str, spelling: Mapping[str, str]) -> str:
    """Return the term as people write it, "EHCP" rather than "ehcp"."""
    return " ".join(spelling.get(word, word) for word in term.split())


def is_hollow(term: str) -> bool:
    """Tell whether a term only praises or counts ("good", "years")."""
    return all(word in HOLLOW_WORDS for word in term.split())


def root(word: str) -> str:
    """Return a crude root, only to notice that "nurse" and "nurses" are one word."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 3:  # noqa: PLR2004  # keep a stem
            return word.removesuffix(ending)
    return word
