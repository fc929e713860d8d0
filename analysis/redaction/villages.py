"""Settings and villages that only what stands before them gives away: "Year 9 at Ashcombe"."""

from collections.abc import Iterator, Sequence

from analysis.language import lists
from analysis.language.namewords import GENERIC_PLACES, NEVER_NAMES, SETTING_CUES, TITLES
from analysis.redaction.settingwords import (
    EVENTS,
    MOVES,
    OF_VILLAGES,
    PLACES,
    SCHOOLS,
    plain_form,
    tells,
)
from analysis.redaction.spans import Span
from analysis.redaction.words import Word

ACRONYM = range(3, 6)
"""How many letters the abbreviation of a school has."""
_SCHOLARLY = ("ation", "ology", "scopy")
SHORTEST_QUIET, SHORTEST_VILLAGE = 5, 3


def room(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find "the Nest" and "The Hive"; a nest without a capital is one."""
    before = words[at - 1] if at else None
    if before and before.low == "the" and words[at].joined and words[at].capital:
        yield Span(words[at].start, words[at].end, "place", "room called by a name", sure=False)


def group(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find "in Hedgehogs" and "joined Daffodils"."""
    before = words[at - 1].low if at and words[at].joined else ""
    if before in {"in", "into", "from", "to", "of", "called", "the"} | SETTING_CUES and (
        words[at].low.endswith("s")
        or not (words[at].low in lists.sure_names() or words[at].low in lists.word_names())
    ):
        yield Span(words[at].start, words[at].end, "school", "group called by a name", sure=False)


def after(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find what a cue says is a setting: "class Kestrel", "Year 9 at Ashcombe", "moved to SJB"."""
    if at + 1 >= len(words) or not words[at + 1].joined or words[at + 1].opens:
        return
    cue, first = words[at].low, at + 1
    if words[first].low == "the" and first + 1 < len(words) and words[first + 1].joined:
        first += 1
    if cue == "class":
        yield from _class(words[at], words[first])
    elif cue not in {"to", "from"} or (at and words[at - 1].low in MOVES):
        yield from _cued(words, first, cue)


def _class(cue: Word, word: Word) -> Iterator[Span]:
    told = word.capital and tells(word) and cue.text == "class"
    if told and word.low not in lists.sure_names():
        yield Span(cue.start, word.end, "school", "class called by a name", sure=False)


def _cued(words: Sequence[Word], first: int, cue: str) -> Iterator[Span]:
    word = words[first]
    if word.low in lists.things() | TITLES or word.low.endswith(_SCHOLARLY):
        return
    acronym = word.shouted and len(word.text) in ACRONYM and word.low not in NEVER_NAMES
    if acronym and word.low not in lists.common_words() and word.low not in lists.everyday_names():
        yield Span(word.start, word.end, "school", "abbreviation after a cue", sure=False)
    elif word.text[0].islower() and cue not in {"left", "leaving", "from"} and _unknown_quiet(word):
        yield Span(word.start, word.end, "school", "unknown word after a cue", sure=False)
        yield from _and_another(words, first)
    elif word.capital and words[first - 1].text == "The" and tells(word) and word.low not in EVENTS:
        yield Span(word.start, word.end, "school", "house with an article of its own", sure=False)
    elif word.capital and (_unknown(words, first) or _named_like_a_word(words, first, cue)):
        last = first
        while _goes_on(words, last + 1):
            last += 1
        yield Span(word.start, words[last].end, "school", "unknown place after a cue", sure=False)


def _and_another(words: Sequence[Word], first: int) -> Iterator[Span]:
    """Find the second of "visited foxhill and larkrise"."""
    near = words[first + 1 : first + 3]
    both = len(near) > 1 and near[0].low == "and" and near[0].joined and near[1].joined
    if both and near[1].text[0].islower() and _unknown_quiet(near[1]):
        yield Span(near[1].start, near[1].end, "school", "listed with a setting", sure=False)


def _goes_on(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].joined and words[at].capital and tells(words[at])


def _unknown_quiet(word: Word) -> bool:
    low = word.low
    known = low in lists.words_and_places() or low in NEVER_NAMES or low in GENERIC_PLACES
    return not known and len(low) >= SHORTEST_QUIET and low.isalpha() and not plain_form(low)


def unknown_places(words: Sequence[Word]) -> Iterator[Span]:
    """Yield places that are no town: a village points at whoever lives there."""
    for at in range(len(words) - 1):
        cue = words[at].low in {"in", "near", "outside", "around"} or (
            words[at].low in {"from", "to"}
            and at > 0
            and words[at - 1].low in MOVES | {"far", "drive", "live"}
        )
        word = words[at + 1]
        if not cue or not word.joined or not word.capital or not _village(words, at + 1):
            continue
        after = at + 2
        while (
            after < len(words)
            and words[after].joined
            and (
                words[after].capital
                or (
                    words[after].low in {"le", "on", "under", "upon", "in", "the"}
                    and after + 1 < len(words)
                    and words[after + 1].capital
                )
            )
            and words[after].low not in NEVER_NAMES
        ):
            after += 1
        yield Span(word.start, words[after - 1].end, "place", "place that is no town", sure=False)


def _village(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if (
        word.low in OF_VILLAGES
        and at + 1 < len(words)
        and words[at + 1].joined
        and words[at + 1].capital
    ):
        second = words[at + 1].low
        return (
            not _unknown_pair(words, at)
            and second not in SCHOOLS | PLACES
            and second not in lists.places()
        )
    return (_unknown(words, at) or _lives_in(words, at)) and len(word.low) >= SHORTEST_VILLAGE


def _lives_in(words: Sequence[Word], at: int) -> bool:
    """Tell of a capital word that is none of a town's whether somebody lives there: "in Reed"."""
    low = words[at].low
    if low in lists.places() or not tells(words[at]) or low in EVENTS or _unknown_pair(words, at):
        return False
    near = {word.low for word in words[max(0, at - 6) : at - 1]}
    return bool(
        near
        & {
            "live",
            "lives",
            "lived",
            "living",
            "village",
            "moved",
            "grew",
            "home",
            "house",
            "family",
            "hamlet",
            "only",
        }
    )


def _named_like_a_word(words: Sequence[Word], at: int, cue: str) -> bool:
    """Tell of a capital word after "at" whether it names a place: "at Sunnyside", "The Willows"."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    if not tells(word) or word.low in EVENTS or (after is not None and after.low in EVENTS):
        return False
    if (
        word.low in lists.places()
        or _unknown_pair(words, at)
        or word.low in lists.names_of_any_kind()
    ):
        return False
    return cue != "class" and not (after is not None and after.capital and after.low in NEVER_NAMES)


def _unknown_pair(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and lists.is_place(words[at].low, words[at + 1].low)


def _unknown(words: Sequence[Word], at: int) -> bool:
    """Tell whether a capital word is neither a word, a town nor a person."""
    low = words[at].low
    if not tells(words[at]) or low in TITLES or low in lists.sure_names() or low in lists.places():
        return False
    if low in lists.things():
        return False
    if _unknown_pair(words, at):
        return False
    return low not in lists.common_words() and not plain_form(low) and low not in lists.word_names()
