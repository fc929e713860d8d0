"""Names without a title or a cue: known ones, words that act like one, and unknown words."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.beside import is_a_person
from analysis.redaction.initials import initials, is_two_initials
from analysis.redaction.quiet import (
    begins_unlisted,
    does_anything,
    is_a_double_name,
    opens_plainly,
    plural_of_a_family,
    unlisted,
)
from analysis.redaction.quietly import ACTS, quiet
from analysis.redaction.signs import (
    TWO_LETTERS,
    Found,
    acts,
    any_part,
    in_a_place,
    in_another_language,
    introduced,
    may_be_named,
    part_of_a_thing,
    placed,
    plural_or_past,
    verb_like,
    with_a_name,
    with_surnames,
)
from analysis.redaction.wordlike import everyday_word, town_for_somebody
from analysis.redaction.wordnames import titlecased, word_or_name
from analysis.redaction.words import Word, next_low

UNKNOWN = "unknown word with a capital"
SHORTEST_LOUD, SHORTEST_LOUD_WORD = 3, 4
"""Fewer capitals are an abbreviation, unless they are two initials."""
_GIVEN_TO = word_set("give gave told ask help")
_SPEAKING = word_set("speak speaks speaking spoke")
_GIVEN = word_set("her his a the")


def plain(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by what is known of the word and by its neighbours."""
    word = words[at]
    if word.text[0].islower():
        return quiet(words, at)
    if word.initial:
        return initials(words, at)
    if not may_be_named(word) or part_of_a_thing(words, at):
        return None
    if word.shouted:
        loud = _is_loud(words, at)
        return (at, with_surnames(words, at + 1), "known, in capitals", False) if loud else None
    return _with_a_capital(words, at)


def _with_a_capital(words: Sequence[Word], at: int) -> Found | None:
    word = words[at]
    if is_a_double_name(word.low) and word.text.partition("-")[2][:1].isupper():
        return (at, with_surnames(words, at + 1), "double name", False)
    told = word.low in lists.word_names() and word.low not in lists.words_and_places()
    if told or any_part(word, lists.sure_names()):
        return (at, with_surnames(words, at + 1), "known name", True)
    return (word_or_name if word.low in lists.word_names() else _strange)(words, at)


def _is_loud(words: Sequence[Word], at: int) -> bool:
    """Tell of a word in capitals whether it is a name and no abbreviation."""
    low = words[at].low
    if low in TWO_LETTERS or (low in lists.sure_names() and len(low) >= SHORTEST_LOUD):
        return True
    if low in likely.HARDLY_WORDS and len(low) >= SHORTEST_LOUD_WORD:
        return True
    return unlisted(words, at) or is_two_initials(words, at) or _is_loud_word(words, at)


def _is_loud_word(words: Sequence[Word], at: int) -> bool:
    """Tell of "GRACE" whether something is given to her, done to her or done by her."""
    low = words[at].low
    before = words[at - 1].low if at else ""
    season = low in known.SEASONS and low != "hope"
    given = before in _GIVEN_TO and at + 1 < len(words) and words[at + 1].low in _GIVEN
    if given and (low == "hope" or (low in lists.also_names() and not season)):
        return True
    if low not in lists.also_names() or low in known.ABSTRACT:
        return False
    return acts(words, at + 1) or before in known.TRANSITIVE


def _strange(words: Sequence[Word], at: int) -> Found | None:
    """Decide about a word with a capital that no list knows."""
    if plural_of_a_family(words, at):
        return (at, at + 1, "a family", False)
    return _strange_capital(words, at) if words[at].capital else None


def _strange_capital(words: Sequence[Word], at: int) -> Found | None:
    word = words[at]
    common = word.low in lists.common_words()
    if word.low in lists.places() and not in_a_place(words, at) and town_for_somebody(words, at):
        return (at, at + 1, "town that is somebody", False)
    if common and (found := everyday_word(words, at)) is not None:
        return found
    if "-" in word.text and not word.opens and any(p in lists.family_words() for p in _parts(word)):
        return (at, with_surnames(words, at + 1), "double surname", False)
    if common and not word.opens:
        return _nickname(words, at)
    known_thing = _is_something_else(words, at)
    return None if known_thing else (at, with_surnames(words, at + 1), UNKNOWN, False)


def _parts(word: Word) -> list[str]:
    return word.low.replace("'", "-").split("-")


def _is_something_else(words: Sequence[Word], at: int) -> bool:
    """Tell of a word that no list knows as a name whether it is a word, a form of one, a place."""
    word = words[at]
    if word.low in lists.places() or in_a_place(words, at) or placed(words, at):
        return True
    if _is_a_thing(words, at) or _is_a_tongue(words, at):
        return True
    if word.low not in lists.family_names() or "-" in word.text:
        halves = (word.low, *_parts(word)[:1])
        if any(half in lists.common_words() or half in known.NEVER_NAMES for half in halves):
            return True
        owned = word.owns and next_low(words, at) in likely.OWNED
        if plural_or_past(word.low) and not owned:
            return True
    return opens_plainly(word) and not _is_shown(words, at)


def _is_a_thing(words: Sequence[Word], at: int) -> bool:
    """Tell of a people, a medicine or a shop that nobody bears its name here."""
    if words[at].low.removesuffix("'s") not in lists.things():
        return False
    return next_low(words, at) not in likely.ONLY_BEINGS and not is_a_person(words, at)


def _is_a_tongue(words: Sequence[Word], at: int) -> bool:
    """Tell whether a language is named: "stop speaking Example at nursery"."""
    return bool(at) and words[at].joined and words[at - 1].low in _SPEAKING


def _is_shown(words: Sequence[Word], at: int) -> bool:
    """Tell of an unknown word that starts a sentence whether what follows speaks of a person."""
    return (
        acts(words, at + 1)
        or does_anything(words, at + 1)
        or words[at].owns
        or introduced(words, at)
        or verb_like(words, at)
        or with_a_name(words, at + 1)
        or in_another_language(words, at + 1)
        or begins_unlisted(words, at)
    )


def _nickname(words: Sequence[Word], at: int) -> Found | None:
    """Find a word with a capital that does what only people do: "then Smudge bit him"."""
    word = words[at]
    before = words[at - 1].low if word.joined else ""
    general = word.low in known.GENERIC_PLACES | known.ROLES | known.AGENTS | known.SCHOOL_WORDS
    if before in known.ROLES and not general and word.low in lists.family_words():
        ends = at + 1 == len(words) or not words[at + 1].joined
        if ends or does_anything(words, at + 1):
            return (at, at + 1, "surname after who somebody is", False)
    if general or before in known.BEFORE_NOUNS or word.low.endswith("s") or titlecased(words, at):
        return None
    does = (
        at + 1 < len(words)
        and words[at + 1].joined
        and words[at + 1].low in known.ONLY_PEOPLE_DO | {"bit", "cried", "hit"}
    )
    return (at, at + 1, ACTS, False) if does else None
