# ruff: noqa: RUF001  # people type curly apostrophes
"""Word lists of the rules, read once when the first answer is redacted."""

import unicodedata
from functools import cache
from importlib import resources

from analysis.language.namewords import MONTHS, NEVER_NAMES, NOT_NAMES_WHEN_LOWER, SURNAMES

_STROKES = str.maketrans("łŁıđĐøØ’", "lLidDoO'")


def folded(word: str) -> str:
    """Return a word as the lists spell it: without accents, capitals or curly apostrophes."""
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_STROKES))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@cache
def _listed(name: str) -> frozenset[str]:
    text = resources.files("analysis.language").joinpath(f"{name}.txt").read_text("utf-8")
    return frozenset(text.split("\n") if name == "places" else text.split())


@cache
def everyday_names() -> frozenset[str]:
    """Return given names of people here that are seldom words: also known without a capital."""
    return _listed("own") - NEVER_NAMES


@cache
def sure_names() -> frozenset[str]:
    """Return given names of many languages that are no English word and no place."""
    many = (_listed("given") | _listed("further")) - common_words() - places()
    return (_listed("own") - places() | many) - NEVER_NAMES - _listed("also")


@cache
def word_names() -> frozenset[str]:
    """Return given names that are words or places too: only their company decides."""
    many = _listed("given") & (common_words() | places())
    return (_listed("also") | many | _listed("own") & places()) - NEVER_NAMES - sure_names()


@cache
def also_names() -> frozenset[str]:
    """Return the names that are words or places too, and that people here really bear."""
    return _listed("also") | (_listed("own") & places())


@cache
def family_names() -> frozenset[str]:
    """Return surnames that are no English word and no place."""
    return (_listed("family") - common_words() - places() - NEVER_NAMES) | SURNAMES


@cache
def family_words() -> frozenset[str]:
    """Return every listed surname, words and places among them."""
    return _listed("family")


@cache
def common_words() -> frozenset[str]:
    """Return English words in common use; those that are rather names are left out."""
    return _listed("common") - _listed("own")


def is_place(first: str, second: str) -> bool:
    """Tell whether two words name a town: "Hemel Hempstead", "Bishop's Stortford"."""
    return any(f"{first}{owner} {second}" in places() for owner in ("", "s", "'s"))


@cache
def places() -> frozenset[str]:
    """Return towns, counties and countries, which stay in a text."""
    return _listed("places")


@cache
def words_and_places() -> frozenset[str]:
    """Return what a word may be without being a name: a word, a month, a town."""
    return common_words() | places() | MONTHS | NOT_NAMES_WHEN_LOWER


@cache
def things() -> frozenset[str]:
    """Return what has a capital and is nobody: peoples, tongues, medicines, shops, feasts."""
    return _listed("things")


@cache
def names_of_any_kind() -> frozenset[str]:
    """Return every given name that stands for somebody when its neighbours say so."""
    return sure_names() | word_names()
