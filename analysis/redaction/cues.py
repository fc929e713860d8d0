# ruff: noqa: RUF001  # people type curly apostrophes and dashes
"""Names that something before them announces: "my TA Sam", "a boy called Ali", "I'm Jo"."""

from collections.abc import Sequence

from analysis import namewords as known
from analysis.redaction import likely, lists
from analysis.redaction.signs import (
    Found,
    acts,
    after_initials,
    is_known,
    may_be_named,
    with_surnames,
)
from analysis.redaction.words import Word


TWO = 2
"""Two capitals are initials; one small letter is a name only after a relation."""


def cued(words: Sequence[Word], at: int) -> Found | None:
    """Find "my TA Sam", "my son jayden", "a boy called Ali", "his teacher is Mrs X", "I'm Jo"."""
    before = words[max(0, at - 4) : at]
    word = words[at]
    if not before or not _could_follow(word):
        return None
    cue, last = _cue(before, word), before[-1]
    if cue is None:
        return None
    if word.initial:
        whole = word.gap.strip(" ,:(–-") == "" and not word.owns
        return (at, after_initials(words, at), cue, True) if whole else None
    if word.shouted and word.low in {"id", "no"}:
        return None
    if word.shouted and len(word.text) == TWO and last.low in known.ROLES | known.CALLED:
        return (at, at + 1, cue, False)
    if word.capital or word.shouted:
        return _cued_capital(words, at, cue)
    return (at, at + 1, cue, is_known(word)) if _is_quiet_name(words, at, cue) else None


def _could_follow(word: Word) -> bool:
    quiet_role = (
        word.low in known.ROLE_WORDS
        and word.text[0].islower()
        and word.low not in known.NOT_NAMES_WHEN_LOWER
    )
    return word.gap.strip(" ,:(\"'’–—-") == "" and not quiet_role


def _cue(before: Sequence[Word], word: Word) -> str | None:
    """Say which cue the words before a word hold, if any."""
    last = before[-1].low
    earlier = before[-2].low if len(before) > 1 else ""
    if last in known.CALLED or (last, earlier) in {
        ("is", "name"),
        ("as", "known"),
        ("was", "name"),
    }:
        return "called"
    if last == "name" and before[-1].owns:
        return "called"
    if last in {"name", "names", "named", "nickname"} and ":" in word.gap:
        return "called"
    if earlier in known.CALLS or (last, earlier) in {
        ("by", "goes"),
        ("to", "answers"),
        ("is", "nickname"),
    }:
        return "called" if last in known.WHOM or earlier not in known.CALLS else None
    if last in known.ROLES and word.initial:
        return "relation"
    if last in known.ROLES and (earlier in known.OWNERS or _owned(before)):
        return "relation"
    if last in {"is", "was", "are"} and earlier in known.ROLES and before[:-2]:
        return "is called" if before[-3].low in known.OWNERS else None
    if last == "from" and earlier in known.MOVES:
        return None
    if last in {"thanks", "regards", "love", "from", "bye", "sincerely", "cheers"}:
        return "sign-off"
    greets = last in {"i'm", "hi", "dear", "hello", "im"}
    return "greeting" if greets or (last, earlier) in {("am", "i"), ("is", "this")} else None


def _owned(before: Sequence[Word]) -> bool:
    """Tell whether "my", "his" stands one or two words further back: "my little brother Sam"."""
    return any(word.low in known.OWNERS or word.owns for word in before[-4:-1]) and all(
        word.joined for word in before[-2:]
    )


def _cued_capital(words: Sequence[Word], at: int, cue: str) -> Found | None:
    word = words[at]
    given = word.low in lists.sure_names() or word.low in lists.word_names()
    if not may_be_named(word) or (word.shouted and not given):
        return None
    strange = word.low not in lists.common_words() and word.low not in lists.places()
    if cue == "sign-off" and not given:
        return None
    if cue in {"greeting", "is called"} and not (given or (strange and not word.opens)):
        return None
    does = acts(words, at + 1, active=False) and word.low not in known.GENERIC_PLACES | known.ROLES
    if cue == "relation" and not (given or strange or does):
        return None
    if word.low in known.MONTHS and "," not in word.gap and cue in {"greeting", "sign-off"}:
        return None
    return (at, with_surnames(words, at + 1), cue, given or cue == "called")


def _listed_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether another name is joined on: "my boys max and leo"."""
    return (
        at + 2 < len(words)
        and words[at + 1].low == "and"
        and (words[at + 2].low in lists.everyday_names())
    )


def _is_quiet_name(words: Sequence[Word], at: int, cue: str) -> bool:
    """Tell of a word without a capital, after a cue, whether it is a name."""
    word = words[at]
    if len(word.low) == 1 and cue == "relation":
        ends = at + 1 == len(words) or not words[at + 1].joined
        return word.low not in "aiuxrns" and (ends or acts(words, at + 1, active=False))
    if cue == "sign-off" and at + 1 == len(words) and at > 0:
        signs = lists.everyday_names() | lists.also_names()
        return word.low in signs - likely.CORE_ABSTRACT - known.MONTHS - known.SEASONS
    if len(word.low) < TWO or cue in {"greeting", "sign-off"} or word.low in known.NEVER_NAMES:
        return cue == "greeting" and word.low in lists.everyday_names()
    if word.low in lists.names_of_any_kind() and _listed_on(words, at):
        return True
    if word.low in known.NOT_NAMES_WHEN_LOWER and not acts(words, at + 1, active=False):
        return False
    if word.low in lists.sure_names() or word.low in lists.family_names():
        return True
    if word.low in lists.word_names():
        ends = at + 1 >= len(words) or not words[at + 1].joined
        plain = word.low not in lists.words_and_places()
        does = not ends and (acts(words, at + 1) or words[at + 1].low in {"is", "was"})
        whole = ends or word.owns or does or plain or _listed_on(words, at)
        return whole and (cue != "is called") and word.low not in known.DOES
    unknown = word.low not in lists.words_and_places()
    return (
        unknown
        and cue in {"called", "relation"}
        and word.text.isalpha()
        and (cue == "called" or acts(words, at + 1, active=False) or word.owns)
    )
