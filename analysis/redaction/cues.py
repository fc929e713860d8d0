# ruff: noqa: RUF001  # people type curly apostrophes and dashes
"""Names that something before them announces: "my TA Sam", "a boy called Ali", "I'm Jo"."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
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
    cue = _cue(before, word) if before and _could_follow(word) else None
    if cue is None or (word.shouted and word.low in {"id", "no"}):
        return None
    if word.initial:
        whole = word.gap.strip(" ,:(–-") == "" and not word.owns
        return (at, after_initials(words, at), cue, True) if whole else None
    is_pair = word.shouted and len(word.text) == TWO and word.low not in known.NEVER_NAMES
    if is_pair and before[-1].low in known.ROLES | known.CALLED:
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


_NAMED = {("is", "name"), ("as", "known"), ("was", "name")}
_GOES_BY = {("by", "goes"), ("to", "answers"), ("is", "nickname")}
_SIGNED = word_set("thanks regards love from bye sincerely cheers")
_GREETS = word_set("i'm hi dear hello im")
_IS_OR_HAS = word_set("is was has goes can't cant cannot")
_HELLO = word_set("hi hiya hello hey")
_SAYS_MORE = (["and", "i"], ["and", "my"], ["and", "i'm"], ["and", "im"])
_COLOURS = word_set(
    "blue green black brown white grey frank rich early sunny rusty rocky ginger max"
)
_GREETED = {("am", "i"), ("is", "this")}


def _cue(before: Sequence[Word], word: Word) -> str | None:
    """Say which cue the words before a word hold, if any."""
    last = before[-1].low
    earlier = before[-2].low if len(before) > 1 else ""
    known_to = before[0].low == "known"
    if _is_called(before[-1], earlier, word, known_to=known_to):
        return "called"
    if earlier in known.CALLS or (last, earlier) in _GOES_BY:
        return "called" if last in known.WHOM or earlier not in known.CALLS else None
    owned = word.initial or earlier in known.OWNERS or _owned(before) or "(" in word.gap
    if last in known.ROLES and owned:
        return "relation"
    if last in {"is", "was", "are"} and earlier in known.ROLES and before[:-2]:
        return "is called" if before[-3].low in known.OWNERS else None
    return _opening(last, earlier)


def _is_called(last: Word, earlier: str, word: Word, *, known_to: bool) -> bool:
    if last.low in known.CALLED or (last.low, earlier) in _NAMED:
        return True
    if last.low == "as" and known_to:
        return True
    if last.low in {"its", "it's"} and earlier in _HELLO:
        return True
    asked = last.low in {"name", "names", "named", "nickname"} and ":" in word.gap
    return asked or (last.low == "name" and last.owns)


def _opening(last: str, earlier: str) -> str | None:
    """Say whether a letter is signed or somebody greeted."""
    if last == "from" and earlier in known.MOVES:
        return None
    if last in _SIGNED:
        return "sign-off"
    return "greeting" if last in _GREETS or (last, earlier) in _GREETED else None


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
        is_somebody = not ends and words[at + 1].low in _IS_OR_HAS and word.low in "snxr"
        clear = word.low not in "aiuxrns" and (ends or acts(words, at + 1, active=False))
        return clear or is_somebody
    if cue == "sign-off":
        return at + 1 == len(words) and _signs(word.low)
    if len(word.low) < TWO or cue == "greeting" or word.low in known.NEVER_NAMES:
        goes_on = [near.low for near in words[at + 1 : at + 3]]
        says_more = goes_on in _SAYS_MORE and word.low in lists.also_names() - _COLOURS
        return cue == "greeting" and (says_more or word.low in lists.everyday_names())
    if word.low in lists.names_of_any_kind() and _listed_on(words, at):
        return True
    barred = word.low in known.NOT_NAMES_WHEN_LOWER and not acts(words, at + 1, active=False)
    return not barred and _is_a_name_or_strange(words, at, cue)


def _signs(low: str) -> bool:
    if low in likely.CORE_ABSTRACT | known.MONTHS | known.SEASONS:
        return False
    return low in lists.everyday_names() or low in lists.also_names()


def _is_a_name_or_strange(words: Sequence[Word], at: int, cue: str) -> bool:
    word = words[at]
    if word.low in lists.sure_names() or word.low in lists.family_names():
        return True
    if word.low in lists.word_names():
        ends = at + 1 >= len(words) or not words[at + 1].joined
        plain = word.low not in lists.words_and_places()
        does = not ends and (acts(words, at + 1) or words[at + 1].low in {"is", "was"})
        whole = ends or word.owns or does or plain or _listed_on(words, at)
        return whole and (cue != "is called") and word.low not in known.DOES
    if word.low in lists.words_and_places() or not word.text.isalpha():
        return False
    does = acts(words, at + 1, active=False) or word.owns
    return cue == "called" or (cue == "relation" and does)
