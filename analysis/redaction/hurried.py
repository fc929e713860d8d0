"""Names in a hurried line, without capitals: "dawn my sister", "keanus mum", "they put ruby in"."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.quiet import misspelt
from analysis.redaction.signs import plural_or_past
from analysis.redaction.words import Word, lows_after

SHORTEST = 4
"""Fewer letters before the "s" of "keanus mum" make too many other words."""
_KIN = word_set("""
mum mam mummy dad daddy nan gran grandma grandad mother father sister brother auntie uncle carer ta
""")
_OF_OURS = word_set("my our")
_RELATED = word_set("""
youngest eldest oldest middle daughter son nan gran grandma sister brother niece nephew cousin twin
grandson granddaughter stepson stepdaughter foster neighbour caseworker escort driver
""")
_VERBS_TOO = word_set("hope will may mark sue pat rob bill chase drew frank max")
_MOVED = word_set("put moved sent took brought kept dropped excluded suspended fetched left")
_WHERE = word_set("in out home back into with off away upstairs downstairs on")
_HANDLED = word_set("""
clay sage ginger honey basil olive rosemary candy cherry pepper coral pearl sand snow rain paint
mint penny bill miles dot coco plum berry holly ivy moss fern will may mark chance hope faith
grace art
""")
_TIMES = word_set("weeks months years days hours terms")
_NUMBERS = word_set("two three four five six seven eight nine ten twelve eighteen")


def hurried(words: Sequence[Word], at: int) -> bool:
    """Tell of a word without a capital whether it is somebody, by what is said just beside it."""
    if _is_before_kin(words, at):
        return True
    if words[at].low not in lists.also_names():
        return False
    return is_kin_of_ours(words, at) or _is_moved(words, at) or _has_waited(words, at)


def is_kin_of_ours(words: Sequence[Word], at: int) -> bool:
    """Tell of "summer our middle one" and "dawn my sister" that no summer is meant."""
    after = lows_after(words, at, 2)
    related = len(after) > 1 and after[0] in _OF_OURS and after[1] in _RELATED
    begins = words[at].opens or not words[at].joined or words[at - 1].low in {"and", "but", "then"}
    told = words[at].low in lists.also_names() - _VERBS_TOO
    return related and begins and told


def _is_before_kin(words: Sequence[Word], at: int) -> bool:
    """Tell of "keanus" before "mum" that it owns her: no list knows it and it is no word."""
    low = words[at].low
    after = lows_after(words, at, 1)
    if not after or after[0] not in _KIN or not low.endswith("s") or len(low) <= SHORTEST:
        return False
    plain = low in lists.words_and_places() or low in known.NEVER_NAMES | known.ROLES
    return low.isalpha() and not (plain or plural_or_past(low) or misspelt(low))


def _is_moved(words: Sequence[Word], at: int) -> bool:
    """Tell of "they put ruby in with", "school sent jean home" that somebody is meant."""
    if (
        not at
        or not words[at].joined
        or words[at].low in _HANDLED | (likely.CORE_ABSTRACT - {"max"})
    ):
        return False
    after = lows_after(words, at, 1)
    return words[at - 1].low in _MOVED and bool(after) and after[0] in _WHERE


def _has_waited(words: Sequence[Word], at: int) -> bool:
    """Tell of "it took mercy eight months" that it took somebody so long."""
    if at < len(("it", "took")) or words[at - 1].low != "took" or not words[at].joined:
        return False
    if words[at - 2].low not in {"it", "that", "this", "which"} or at + 1 >= len(words):
        return False
    counted = any(letter.isdigit() for letter in words[at + 1].gap)
    after = lows_after(words, at, 2)
    told = len(after) > 1 and after[0] in _NUMBERS and after[1] in _TIMES
    return told or (counted and words[at + 1].low in _TIMES)
