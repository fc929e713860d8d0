"""Names that hardly show: without a capital, at the start of a sentence, or one letter long."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.signs import plural_or_past
from analysis.redaction.words import Word

LIKELY_A_WORD = likely.CORE_ABSTRACT | known.SEASONS | known.MONTHS
_TELLS = word_set("""
with ask asked asking told tell telling thank thanks want wants wanted hugged hit hits hates hate
near beside called sees saw let lets because like miss love loves loved kicked pushed bit met meet
and or from for than without
""")
_THINGS = word_set("""
clay sage ginger honey basil olive rosemary candy cherry pepper coral pearl sand snow rain paint
mint cinnamon lavender berry plum peach coco cocoa sandy misty rusty dusty sunny holly ivy moss
""")
"""What is eaten, smelt or handled: "hates clay"."""
_TOLD = word_set("told asked hugged")
_DONE_TO = word_set(
    "hit bit kicked pushed hugged punched told helped slapped bullied pinched called"
)
_FEELS = word_set("ok okay coming allowed sad here sick ill alright poorly upset better")
_MAY_DO = word_set("have go come get stay be sit use join move see eat play talk keep")
_AFTER_NAMES = word_set("""
and or but it he she they we i to because when if who she's he's in at on every all about for so
too was is said says should would could never always again and my our
""")
_OF_THINGS = word_set(
    "hates hate like love loves loved want wants wanted with from for without and or"
)
_STARTS_A_CLAUSE = word_set("""
and but then because when if that think so since while until before after cause cos coz like why
hope wish says said
""")
_FAMILY = word_set("we they our my their his her")


def opens_plainly(word: Word) -> bool:
    """Tell whether a capital here is only the start of a sentence, not what follows a dash."""
    return word.opens and not _GOES_ON.fullmatch(word.gap)


_GOES_ON = re.compile(r"[ )]*[:;\u2013\u2014=-][ ]*")


def unlisted(words: Sequence[Word], at: int) -> bool:
    """Find a name no list knows, without its capital or shouted: "zayd hates it", "with zayd"."""
    word = words[at]
    low = word.low
    known_word = low in lists.words_and_places() or low in known.NEVER_NAMES
    if (
        known_word
        or misspelt(low)
        or len(low) < SHORTEST
        or not low.isalpha()
        or not low.isascii()
        or plural_or_past(low)
    ):
        return False
    before = words[at - 1].low if at and word.joined else ""
    if at + 1 >= len(words) or not words[at + 1].joined:
        return before in {"with", "told", "asked", "hugged"} and not word.shouted
    following = words[at + 1].low
    begins = word.opens or not word.joined or before in _STARTS_A_CLAUSE
    acting = following in likely.ONLY_BEINGS | likely.CLERKS | {
        "goes",
        "got",
        "gets",
        "went",
        "came",
    }
    if begins and acting:
        return True
    return before == "with" and following in _AFTER_NAMES - {"is", "was"} and not word.shouted


SHORTEST, LONGEST = 4, 15
"""A word of fewer letters that no list knows, or of more, is nobody's name."""


@lru_cache(maxsize=4096)
def misspelt(low: str) -> bool:
    """Tell whether a letter too many, two that changed places or one too few make it no word."""
    if len(low) > LONGEST:
        return True
    words = lists.common_words()
    cuts = [(low[:at], low[at:]) for at in range(len(low) + 1)]
    return (
        any(a + b[1:] in words for a, b in cuts if b)
        or any(a + b[1] + b[0] + b[2:] in words for a, b in cuts if len(b) > 1)
        or any(a + c + b in words for a, b in cuts for c in "abcdefghijklmnopqrstuvwxyz")
    )


def begins_unlisted(words: Sequence[Word], at: int) -> bool:
    """Tell of an unknown word with a capital at the start whether English goes on after it."""
    word = words[at]
    if (
        at + 1 >= len(words)
        or len(word.low) < SHORTEST
        or word.low.endswith(("ly", "nt", "ve", "re", "s", "ing", "ed"))
    ):
        return False
    following = words[at + 1]
    goes_on = following.joined or following.gap.strip() in {",", "(", "-", "\u2013"}
    return (
        goes_on
        and not misspelt(word.low)
        and following.text[0].islower()
        and following.low in lists.common_words()
    )


def begins_a_clause(words: Sequence[Word], at: int) -> bool:
    """Tell of a quiet "daisy" whether it does something: "daisy got moved", "then bev said"."""
    word = words[at]
    likely_one = word.low in LIKELY_A_WORD or word.low in likely.HARDLY_WORDS
    if word.low in lists.places() and not likely_one:
        return False
    before = words[at - 1].low if at and word.joined else ""
    starts = word.opens or not word.joined or before in _STARTS_A_CLAUSE
    if not starts or at + 1 >= len(words) or not words[at + 1].joined:
        return False
    following = words[at + 1].low
    if at + 2 < len(words):
        if following in _DONE_TO:
            return words[at + 2].low in {"me", "him", "her", "us", "my"}
        if following == "from" and word.opens and word.low not in _RARELY:
            return words[at + 2].low in {"the", "my", "our"}
    return _goes_on_as_somebody(words, at)


_RARELY = known.ABSTRACT | known.SEASONS | known.MONTHS | _THINGS
_VERBS = known.FINITE | known.DOES | known.ONLY_PEOPLE_DO


def _goes_on_as_somebody(words: Sequence[Word], at: int) -> bool:
    low, following = words[at].low, words[at + 1].low
    hardly = low in likely.HARDLY_WORDS
    if low in LIKELY_A_WORD:
        season = low in known.SEASONS and low not in {"hope", "faith"}
        return not season and _is_ours(words, at + 1)
    if following in known.IS or following in known.HAS:
        return hardly or _is_ours(words, at + 1)
    return following in _VERBS or (hardly and following in {"from", "and", "n"})


def _is_ours(words: Sequence[Word], at: int) -> bool:
    """Tell whether "is my", "is nine" follows, as it does after a person."""
    after = words[at + 1].low if at + 1 < len(words) else ""
    return words[at].low in known.IS and after in known.ONLY_OF_PEOPLE | likely.SAID_OF_SOMEBODY


def is_told(words: Sequence[Word], at: int) -> bool:
    """Tell of a quiet "rose" whether something is done to it: "with rose it was", "ask dawn"."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    cued = before in _TELLS or (before == "to" and at > 1 and words[at - 2].low == "thanks")
    after = [near.low for near in words[at + 1 : at + 3] if near.joined]
    paired = cued and after[:1] == ["and"] and after[-1] in lists.everyday_names()
    who = before in {"it's", "its", "was"} and after[:1] == ["who"]
    if paired or who or _is_asked_for(words, at):
        return True
    if not cued or _is_a_thing(words, at, before):
        return False
    ends = at + 1 == len(words) or not words[at + 1].joined
    return ends or words[at + 1].low in _AFTER_NAMES


_TIMES = known.SEASONS | known.MONTHS
_UNSURE = word_set("and or from for than like miss without love")


def _is_a_thing(words: Sequence[Word], at: int, before: str) -> bool:
    """Tell of what is told, loved or gone without whether it is rather a thing than somebody."""
    low = words[at].low
    barred = low in (_TIMES if before in _TOLD else LIKELY_A_WORD)
    if barred or low in known.NOT_NAMES_WHEN_LOWER or low == "goodness":
        return True
    to_do = at + 1 < len(words) and words[at + 1].low == "to"
    if low in _THINGS and before in _OF_THINGS and not to_do:
        return True
    return before in _UNSURE and low not in likely.HARDLY_WORDS


def _is_asked_for(words: Sequence[Word], at: int) -> bool:
    """Tell of "can summer have a reader" that somebody is meant."""
    if not at or at + 1 >= len(words) or not words[at - 1].opens or not words[at + 1].joined:
        return False
    asks = words[at - 1].low in {"can", "could", "please", "does", "did", "should", "would"}
    if words[at - 1].low in {"is", "was"} and words[at].joined and words[at + 1].low in _FEELS:
        return True
    return asks and words[at].joined and words[at + 1].low in _MAY_DO


def is_hardly_a_word(words: Sequence[Word], at: int) -> bool:
    """Tell of "Heather" at the start whether it is somebody, whatever follows but a noun."""
    word = words[at]
    if word.low not in likely.HARDLY_WORDS or at + 1 >= len(words):
        return word.low in likely.HARDLY_WORDS
    after = words[at + 1]
    if not after.joined:
        return True
    return does_anything(words, at + 1) or after.low in _AFTER_NAMES - {"all", "in", "on", "at"}


def does_anything(words: Sequence[Word], at: int, *, any_gap: bool = False) -> bool:
    """Tell whether a verb follows that people and schools do alike: "Larwood is full"."""
    if at >= len(words) or words[at].text[0].isupper():
        return False
    if not (words[at].joined or any_gap):
        return False
    if words[at].low in likely.ADVERBS and at + 1 < len(words) and words[at + 1].joined:
        at += 1
    low = words[at].low
    return (
        low in known.FINITE | known.DOES | known.HAS | known.IS | known.ONLY_PEOPLE_DO
        or low
        in {"say", "shut", "closed", "have", "want", "need", "do", "don't", "are", "were", "used"}
        or (low.endswith("ed") and len(low) > SHORTEST)
    )


def plural_of_a_family(words: Sequence[Word], at: int) -> bool:
    """Find "the Khans", who live next door."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    stem = word.low[:-1]
    return (
        before == "the"
        and word.low[-1:] == "s"
        and word.low not in lists.common_words() | lists.places() | known.NEVER_NAMES
        and stem in lists.family_words() | lists.family_names()
        and stem not in known.NEVER_NAMES
    )


def is_a_double_name(low: str) -> bool:
    """Tell of "ivy-mae" whether both halves are names and the whole is no word."""
    first, dash, second = low.partition("-")
    if not dash or low in lists.common_words():
        return False
    words = known.MONTHS | known.NOT_NAMES_WHEN_LOWER
    return all(half in lists.names_of_any_kind() and half not in words for half in (first, second))
