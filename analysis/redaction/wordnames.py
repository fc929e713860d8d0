"""Names that are words or places too: "Grace", "Will", "May", "Jordan", with their capital."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.beside import is_a_person
from analysis.redaction.hurried import is_kin_of_ours
from analysis.redaction.quiet import does_anything, is_hardly_a_word, opens_plainly
from analysis.redaction.quietly import ACTS
from analysis.redaction.signs import (
    Found,
    acts,
    introduced,
    is_known,
    is_surname,
    placed,
    verb_like,
    with_a_name,
    with_surnames,
)
from analysis.redaction.wordlike import town_for_somebody
from analysis.redaction.words import Word

FEWEST_BEFORE_A_SIGNATURE = 3
_DASHES = ("\n", "-", "\u2013")
_GOES_ON = word_set(
    "i he she we they his her my our their the me us him them not never be have get"
)
_IN_WHICH_PEOPLE_ARE = word_set(
    "year y reception nursery hospital foster care sixth primary secondary"
)
_BEFORE_THINGS = word_set("the a an this some be")
_CHILDREN_TOO = word_set("jordan chelsea georgia")


def word_or_name(words: Sequence[Word], at: int) -> Found | None:
    """Decide about "Grace", "Will", "May", "Jordan": a word or a place, or somebody."""
    low = words[at].low
    if low not in known.MONTHS and _has_a_surname(words, at):
        return (at, with_surnames(words, at + 1), "full name", True)
    does = _does(words, at)
    if _is_a_month_or_thanks(words, at, does=does):
        return None
    if low in lists.places() and town_for_somebody(words, at):
        return (at, at + 1, "town that is somebody", False)
    return None if _is_a_place_or_thing(words, at) else _decided(words, at, does=does)


def titlecased(words: Sequence[Word], at: int) -> bool:
    """Tell whether a neighbour has a capital without being a name: "Early Hope Project"."""
    near = [words[at - 1]] if at and words[at].joined and not words[at - 1].opens else []
    near += [words[at + 1]] if at + 1 < len(words) and words[at + 1].joined else []
    return any(
        (word.capital or word.shouted)
        and not is_known(word)
        and len(word.text) > 1
        and word.low not in known.ROLES
        and not word.low.startswith("i'")
        and word.low not in lists.names_of_any_kind()
        for word in near
    )


def _has_a_surname(words: Sequence[Word], at: int) -> bool:
    after = _after(words, at)
    return after is not None and after.capital and is_surname(after) and not after.opens


def _decided(words: Sequence[Word], at: int, *, does: bool) -> Found | None:
    word = words[at]
    if opens_plainly(word) and is_hardly_a_word(words, at):
        return (at, with_surnames(words, at + 1), "name that is seldom a word", False)
    if opens_plainly(word) or titlecased(words, at):
        clear = _is_clear(words, at, does=does)
        return (at, at + 1, ACTS, False) if clear else None
    town = word.low in lists.places() and word.low not in lists.also_names()
    return None if town and not does else (at, at + 1, "word with a capital", False)


def _is_clear(words: Sequence[Word], at: int, *, does: bool) -> bool:
    """Tell of a name that starts a sentence or stands in a heading whether it is one."""
    word = words[at]
    season = word.low in known.SEASONS
    clear = does and not (word.low in known.ABSTRACT and _only_is(words, at + 1))
    if season and words[at + 1].low in known.HAS:
        clear = False
    named = with_a_name(words, at + 1) or (introduced(words, at) and not season)
    return clear or named or _before(words, at) in known.ROLES or _signs(words, at)


def _does(words: Sequence[Word], at: int) -> bool:
    """Tell whether what follows is what a person does, is or has."""
    word, after = words[at], _after(words, at)
    if word.owns and word.low in known.SEASONS | known.MONTHS:
        return after is not None and (after.low in likely.OWNED or _has_been(words, at))
    if word.low not in known.SEASONS and is_a_person(words, at):
        return True
    if is_kin_of_ours(words, at):
        return True
    owns = word.owns and not (after is not None and after.capital)
    does = acts(words, at + 1) or owns or introduced(words, at) or verb_like(words, at)
    return does or _does_plainly(words, at)


def _does_plainly(words: Sequence[Word], at: int) -> bool:
    """Tell of a likely name whether any verb follows, and no thing: not "Rose and thorn"."""
    low, after = words[at].low, _after(words, at)
    if low not in lists.also_names() or low in known.ABSTRACT | likely.CORE_ABSTRACT:
        return False
    town = low in lists.places() and low not in _CHILDREN_TOO
    idle = town and after is not None and after.low in known.IS
    pair = after is not None and after.low in {"and", "may"} and at + 2 < len(words)
    thing = pair and words[at + 2].text[0].islower() and words[at + 2].low not in _GOES_ON
    return not idle and not thing and does_anything(words, at + 1)


def _is_a_month_or_thanks(words: Sequence[Word], at: int, *, does: bool) -> bool:
    low, before = words[at].low, _before(words, at)
    if low in {"goodness", "heavens"} and before in {"thank", "oh", "my", "for"}:
        return True
    told = before in known.TRANSITIVE or (before == "between" and introduced(words, at))
    cued = before in known.MONTH_CUES and not told
    return low in known.MONTHS and (cued or not (does or told))


def _is_a_place_or_thing(words: Sequence[Word], at: int) -> bool:
    low, before = words[at].low, _before(words, at)
    if low in lists.places() and (placed(words, at) or before == "the"):
        return True
    return before in _BEFORE_THINGS and low not in known.MONTHS


def _before(words: Sequence[Word], at: int) -> str:
    return words[at - 1].low if at and words[at].joined else ""


def _after(words: Sequence[Word], at: int) -> Word | None:
    return words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None


def _has_been(words: Sequence[Word], at: int) -> bool:
    """Tell of "Autumn's been out of school" that a child is meant."""
    low = [word.low for word in words[at + 1 : at + 3]]
    return low[:1] == ["been"] and low[-1] in {"out", "off", "moved", "in"} | known.ONLY_OF_PEOPLE


def _signs(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name stands alone at the end, as a signature does."""
    ends = at + 1 == len(words) and at >= FEWEST_BEFORE_A_SIGNATURE
    return ends and any(mark in words[at].gap for mark in _DASHES)


def _only_is(words: Sequence[Word], at: int) -> bool:
    """Tell whether all that is said is what a hope or a summer may be too."""
    if at >= len(words) or words[at].low not in known.IS:
        return False
    low = words[at - 1].low
    season = low in known.SEASONS - {"hope", "faith"}
    first, second = [*(word.low for word in words[at + 1 : at + 3]), "", ""][:2]
    if first == "in" and second in _IN_WHICH_PEOPLE_ARE:
        return False
    if first in {"put", "placed"} and not season and second in {"on", "in", "into", "with", "back"}:
        return False
    if first == "off" and second in {"in", "on", "for", "with", "sick"}:
        return False
    said = first in known.ONLY_OF_PEOPLE or (not season and first in likely.SAID_OF_SOMEBODY)
    return not (said or (low not in likely.CORE_ABSTRACT and first in known.LIKE_A_PERSON))
