"""Names without their capital, told by what is known of the word and by its neighbours."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.beside import keeps_a_post
from analysis.redaction.hurried import hurried
from analysis.redaction.quiet import (
    LIKELY_A_WORD,
    begins_a_clause,
    is_a_double_name,
    is_told,
    unlisted,
)
from analysis.redaction.signs import Found, acts, part_of_a_thing, plural_or_past
from analysis.redaction.words import Word, lows_after, next_low

SHORTEST, SHORTEST_PLURAL, SHORTEST_UNCOMMON = 3, 5, 5
"""Fewer letters make no name, unless it is one of a few; a plural or rare name needs more."""
ACTS = "word that acts like a name"
FULL = "full name without capitals"
_SHORT = word_set("jo mo bo ty")
_FEELINGS = word_set("happy lovely merry jolly")
_KISSES = word_set("x xx xxx xxxx")
_VIRTUES = word_set("grace hope faith joy harmony serenity")
_ALSO_WORDS = word_set("""
jack nick kitty warren jasmine spencer stella ana aria beau gal kit len les lex lin mac mari mini
que ren ona ora val vida yas zen ina ira isa peter pete jasper polly peggy natty sally joss marco
shan shah ali ria dom mick paddy barney
""")


def quiet(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by itself without its capital: "thanks to jayden", "ruby loves", "grace's"."""
    low = words[at].low
    too_short = len(low) < SHORTEST and low not in _SHORT
    if too_short or low in _FEELINGS or part_of_a_thing(words, at):
        return None
    if rule := _rule(words, at):
        return (at, at + 2 if rule == FULL else at + 1, rule, False)
    if low in lists.word_names() and low in lists.words_and_places():
        return (at, at + 1, ACTS, False) if _is_clear(words, at) else None
    if _is_known(low):
        return _known(words, at)
    if unlisted(words, at):
        return (at, at + 1, "unknown word without a capital", False)
    return _told(words, at)


def _rule(words: Sequence[Word], at: int) -> str:
    """Return the rule that finds a name here, or nothing."""
    low = words[at].low
    if is_a_double_name(low):
        return "double name"
    if _is_somebodys_own(words, at) or hurried(words, at):
        return "somebody's own"
    if rule := _by_what_follows(words, at):
        return rule
    return ACTS if low in lists.also_names() and _stands_for_somebody(words, at) else ""


def _is_somebodys_own(words: Sequence[Word], at: int) -> bool:
    """Tell of "grace's taxi" and "teds mum" that what follows is a person's."""
    word = words[at]
    low = word.low
    follows = at + 1 < len(words) and words[at + 1].low in likely.OWNED
    if follows and words[at + 1].joined and low.endswith("s"):
        stem = low[:-1]
        named = stem in lists.names_of_any_kind() and low not in lists.words_and_places()
        if named and stem not in known.MONTHS | known.NOT_NAMES_WHEN_LOWER:
            return True
    seldom = low in likely.SELDOM_WORDS and not (at and words[at - 1].low in {"a", "an", "the"})
    return seldom or (low in lists.also_names() and word.owns and follows)


def _by_what_follows(words: Sequence[Word], at: int) -> str:
    """Return the rule if a surname or a kiss follows: "mina shah", "mina xx"."""
    low, after = words[at].low, next_low(words, at)
    if low not in lists.word_names() or low in likely.CORE_ABSTRACT | known.MONTHS:
        return ""
    if after in lists.family_names() and low not in known.NOT_NAMES_WHEN_LOWER:
        return FULL
    return "signature" if after in _KISSES else ""


def _is_clear(words: Sequence[Word], at: int) -> bool:
    """Tell of a name that is a word or a place whether it owns or does what people do."""
    word = words[at]
    low = word.low
    if low not in lists.everyday_names() and low not in lists.also_names():
        return False
    does = at + 1 < len(words) and words[at + 1].low in known.ONLY_PEOPLE_DO
    clear = low not in known.ABSTRACT and (word.owns or does)
    return clear or (word.owns and low in _VIRTUES)


def _is_known(low: str) -> bool:
    everyday = lists.everyday_names()
    stem = low[:-1] if low.endswith("s") and len(low) >= SHORTEST_PLURAL else ""
    plural = stem in everyday and stem not in _ALSO_WORDS and low not in lists.words_and_places()
    return (
        plural or low in everyday or (low in lists.sure_names() and len(low) >= SHORTEST_UNCOMMON)
    )


def _known(words: Sequence[Word], at: int) -> Found | None:
    word = words[at]
    clear = word.low not in _ALSO_WORDS or acts(words, at + 1) or word.owns
    after = at + 2 if next_low(words, at) in lists.family_names() else at + 1
    clear = clear or _lone_subject(words, at)
    return (at, after, "known, without a capital", False) if clear else None


def _told(words: Sequence[Word], at: int) -> Found | None:
    """Find a word no list knows after what is done to people: "told zyan"."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    strange = word.low not in lists.words_and_places() and word.low not in known.NEVER_NAMES
    done = before in {"told", "asked", "thank", "hugged", "hit", "met", "helped"}
    if not (done and strange and word.low.isalpha()) or plural_or_past(word.low):
        return None
    return (at, at + 1, "unknown word after what is done to people", False)


def _stands_for_somebody(words: Sequence[Word], at: int) -> bool:
    """Tell of "daisy" or "dean", without capitals, whether somebody is meant."""
    kept = words[at].low not in LIKELY_A_WORD and keeps_a_post(words, at)
    return kept or _lone_subject(words, at) or begins_a_clause(words, at) or is_told(words, at)


_WOULD_BE_A_THING = known.MONTHS | known.SEASONS - {"hope", "faith"}
_FINITE = known.ONLY_PEOPLE_DO - {"has", "needs", "gets", "reads", "starts"}
_VERBS_TOO = word_set("will mark max frank sue pat")


def _lone_subject(words: Sequence[Word], at: int) -> bool:
    """Tell of "hope" or "will" whether it is who does something: "hope hates", "will won't"."""
    low = words[at].low
    before = words[at - 1].low if at and words[at].joined else ""
    if before in known.BEFORE_NOUNS or low in _WOULD_BE_A_THING:
        return False
    if at > 1 and words[at - 1].low == "and" and words[at - 2].low == "me":
        return True
    return at + 1 < len(words) and (_is_one_of_two(words, at) or _does_alone(words, at))


def _is_one_of_two(words: Sequence[Word], at: int) -> bool:
    """Tell of "max & mia" and "jack n jill" that two people are meant."""
    if not words[at].opens:
        return False
    if words[at + 1].gap.strip() in {"&", "/"}:
        return words[at + 1].low in lists.everyday_names()
    after = lows_after(words, at, 2)
    if after[:1] not in (["n"], ["and"]) or after[1:] == []:
        return False
    low = words[at].low
    return after[1] in lists.everyday_names() and low not in known.ABSTRACT | known.SEASONS


def _does_alone(words: Sequence[Word], at: int) -> bool:
    low, after = words[at].low, next_low(words, at)
    if words[at].opens and after in {"n", "and"} and at + 2 < len(words):
        return False
    return after in _FINITE or (low in _VERBS_TOO and after in known.FINITE)
