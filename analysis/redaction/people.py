# people type curly apostrophes and dashes
"""Names of people: by title, by what stands before them, and by what they do.

A capital alone proves little, since people capitalise "Annual Review" and leave "jayden" small.
So each word is judged by what is known of it (a given name, a word, both, neither) and by its
neighbours. Reads words once, from left to right.
"""

import re
from collections.abc import Iterator, Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.redaction import likely
from analysis.redaction.alone import plain
from analysis.redaction.beside import is_honoured
from analysis.redaction.cues import cued
from analysis.redaction.phrases import stretches_of_nobody
from analysis.redaction.quiet import does_anything, misspelt
from analysis.redaction.signs import (
    Found,
    acts,
    is_known,
    may_be_named,
    plural_or_past,
    with_surnames,
)
from analysis.redaction.spans import Span
from analysis.redaction.words import Word

_TWO_LETTERS = re.compile(r"[a-z]-[a-z]")
MOST_INITIALS, SHORTEST_SURNAME = 2, 4


def people(text: str, words: Sequence[Word], taken: Sequence[Span]) -> Iterator[Span]:
    """Yield names; words that another finder has taken, a school's say, are passed over."""
    barred = _barred(text, words, taken)
    at = 0
    while at < len(words):
        found = None if barred[at] else _at(words, at)
        if found is None or any(barred[found[0] : found[1]]):
            at += 1
            continue
        first, after, rule, sure = found
        end = words[after - 1].end
        yield Span(words[first].start, end + _stop(text, words, after), "name", rule, sure)
        at = after
        yield from _others(words, after, barred)


def _barred(text: str, words: Sequence[Word], taken: Sequence[Span]) -> list[bool]:
    stretches = sorted(
        [*stretches_of_nobody(text, words), *((span.start, span.end) for span in taken)]
    )
    barred, reach, position = [], 0, 0
    for word in words:
        while position < len(stretches) and stretches[position][0] <= word.start:
            reach = max(reach, stretches[position][1])
            position += 1
        barred.append(word.start < reach)
    return barred


def _stop(text: str, words: Sequence[Word], after: int) -> int:
    """Return 1 if the full stop behind a last initial belongs to it and ends no sentence."""
    last = words[after - 1]
    if not last.initial or text[last.end : last.end + 1] != ".":
        return 0
    several = after > 1 and words[after - 2].initial and last.gap in {".", ". "}
    goes_on = after < len(words) and words[after].gap == ". " and words[after].text[0].islower()
    return int(several or goes_on)


def _others(words: Sequence[Word], at: int, barred: Sequence[bool]) -> Iterator[Span]:
    """Yield names that are listed with one: "Ben, Mo and Flo"."""
    while at < len(words) and not barred[at]:
        step = at + 1 if words[at].low in {"and", "or"} and at + 1 < len(words) else at
        word = words[step]
        linked = step > at or words[at].gap.strip() in {",", "&", "/", ", &"}
        quiet = step > at and _is_listed_quietly(words, step)
        letters = len(word.text) <= MOST_INITIALS and len(word.text) == len(words[at - 1].text)
        initial = step > at and letters and word.text.isupper() and words[at - 1].text.isupper()
        named = quiet or initial or (word.capital and may_be_named(word))
        if not (linked and named and not barred[step]):
            return
        between = step + 2 < len(words) and words[step + 1].low in {"and", "&"}
        sure = between and words[step + 2].low in lists.sure_names()
        everyday = lists.common_words() - lists.word_names() - lists.family_words()
        if word.low in everyday and not sure:
            return
        after = with_surnames(words, step + 1)
        yield Span(word.start, words[after - 1].end, "name", "listed with a name", sure=False)
        at = after


def _is_listed_quietly(words: Sequence[Word], at: int) -> bool:
    """Tell of a word without its capital, after "and", whether it is the next name."""
    word = words[at]
    if word.text[0].isupper() or word.low not in lists.also_names():
        return False
    ends = at + 1 == len(words) or not words[at + 1].joined
    return word.low in likely.HARDLY_WORDS or (ends and word.low not in known.ABSTRACT)


def _at(words: Sequence[Word], at: int) -> Found | None:
    """Return the name that starts at a word, if one does."""
    return _titled(words, at) or _honoured(words, at) or cued(words, at) or plain(words, at)


def _honoured(words: Sequence[Word], at: int) -> Found | None:
    word = words[at]
    if not (word.capital and is_honoured(words, at)) or not may_be_named(word):
        return None
    if word.low in lists.common_words() - lists.family_words() or word.low in known.TITLES:
        return None
    return (at, at + 2, "word of respect", True)


def _titled(words: Sequence[Word], at: int) -> Found | None:
    """Find "Mrs Example", "Miss X", "Dr. A. Patel", "auntie shaz"; the title belongs to it."""
    title = words[at]
    if title.low not in known.TITLES or at + 1 >= len(words) or not words[at + 1].joined:
        return None
    name = words[at + 1]
    if _is_missed(words, at) or not _may_follow(words, at):
        return None
    small = title.text[0].islower() or name.text[0].islower()
    if small and not _quiet_title(words, at):
        return None
    if name.capital or name.initial or name.shouted or title.low in known.QUIET_TITLES:
        return (at, with_surnames(words, at + 2), "title", True)
    quiet = title.text[0].islower() or is_known(name)
    return (at, at + 2, "title", True) if quiet else None


def _may_follow(words: Sequence[Word], at: int) -> bool:
    """Tell whether what stands behind a title can be its name: not "Nurse in charge"."""
    title, name = words[at], words[at + 1]
    if "." in name.gap and title.low not in known.SHORT_TITLES:
        return False
    named = name.capital and (_formal(title) or name.low in lists.names_of_any_kind())
    if name.low in known.ROLE_WORDS and not named:
        return False
    surname = title.capital and name.low in lists.family_words() and does_anything(words, at + 2)
    doctor = title.low in {"dr", "prof"} and title.capital
    formal = name.capital and (_formal(title) or surname or doctor)
    return name.low not in known.NEVER_NAMES or name.initial or formal


def _is_missed(words: Sequence[Word], at: int) -> bool:
    """Tell of "miss" whether it is the verb: "I miss Sam"."""
    if words[at].low == "misses":
        return words[at].text[0].islower()
    if words[at].low != "miss" or not at or not words[at].joined:
        return False
    asked = at > 1 and words[at - 2].low in {"why", "when", "how", "where", "what"}
    verb = words[at - 1].low in known.WHO_MISS and not asked
    loud = words[at].shouted and (
        words[at + 1].low in lists.family_words() | lists.names_of_any_kind()
    )
    return verb and not loud


def _formal(title: Word) -> bool:
    return title.low in {"mr", "mrs", "ms"} or title.text == "Miss"


def _quiet_title(words: Sequence[Word], at: int) -> bool:
    """Tell of a title or a name without its capital whether the two belong together."""
    title, name = words[at], words[at + 1]
    lone = len(name.low) == 1 or _TWO_LETTERS.fullmatch(name.low)
    if lone and title.low in known.QUIET_TITLES | known.TITLES_WITH_GIVEN:
        return name.low not in {"a", "i"} and (name.low != "x" or title.low == "miss")
    if title.low == "miss" and _is_strange(name) and not name.capital:
        return True
    if title.low in {"mr", "mrs", "ms"} or (title.low == "miss" and acts(words, at + 2)):
        return name.low not in known.BEFORE_NOUNS
    common = name.low in lists.common_words()
    if title.low in known.QUIET_TITLES:
        named = name.low in lists.family_words() or name.low in lists.word_names()
        return not common or name.capital or named
    if name.capital or name.initial:
        return may_be_named(name) and (not common or name.low in lists.word_names())
    return title.low in known.TITLES_WITH_GIVEN and _is_listed(name)


def _is_listed(name: Word) -> bool:
    family = name.low in lists.family_words()
    return is_known(name) or family or name.low in lists.also_names()


def _is_strange(name: Word) -> bool:
    """Tell of a quiet word after "miss" whether it is none that is missed: "miss harding"."""
    low = name.low
    plain = low in lists.words_and_places() or plural_or_past(low) or misspelt(low)
    return (
        len(low) >= SHORTEST_SURNAME
        and low.isalpha()
        and low not in known.NEVER_NAMES
        and not plain
    )
