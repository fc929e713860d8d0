# ruff: noqa: RUF001  # people type curly apostrophes and dashes
"""What the words around a word say about whether it is somebody's name."""

import re
from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.beside import is_told_of
from analysis.redaction.phrases import THINGS
from analysis.redaction.words import Word

MOST_SURNAMES, MOST_HYPHENS, LONGEST_STEM = 3, 2, 4
LINKS = word_set("""
van von de der den la le bin bint ibn al el di da dos mac st
""")
Found = tuple[int, int, str, bool]
"""First word, word after the last, rule, sure."""


def is_known(word: Word) -> bool:
    """Tell whether a word is a listed name and no word."""
    return word.low in lists.sure_names() or word.low in lists.family_names()


def any_part(word: Word, names: frozenset[str]) -> bool:
    """Tell whether a word, or the first half of "ann-marie", is one of the names."""
    if word.low in names or (word.low[-1:] == "s" and word.low[:-1] in lists.everyday_names()):
        return word.low not in lists.words_and_places()
    parts = word.low.split("-")
    return (
        len(parts) > 1
        and word.text.count("-") <= MOST_HYPHENS
        and (parts[0] in names or (parts[0] in lists.also_names() and parts[1] in names))
    )


def may_be_named(word: Word) -> bool:
    """Tell whether a word with a capital is not known to be something else."""
    inner = word.text[1:]
    if not inner or word.low.endswith(_CONTRACTED):
        return False
    if word.low in known.NEVER_NAMES:
        return False
    if word.low in known.SHORT_FORMS and word.shouted:
        return False
    odd = word.capital and any(letter.isupper() for letter in inner)
    if word.low in lists.names_of_any_kind() or word.low in lists.family_names():
        return True
    return not odd or "-" in word.text or bool(_INNER.match(word.text)) or _two_names(word)


def _two_names(word: Word) -> bool:
    """Tell of "EllaMae" whether it begins with a name."""
    parts = _HUMPS.fullmatch(word.text)
    return parts is not None and parts.group(1).lower() in lists.names_of_any_kind()


_HUMPS = re.compile(r"([A-Z][a-z]+)([A-Z][a-z]+)")
_INNER = re.compile(
    "(?:De|Di|La|Le|Ma|Mac|Mc|Jo|Da|Ja|Ke|Ta|Sha|Van|Fitz|Al|El|Abd|Du|St|Ty|Tre|Sa"
    "|[A-Z][a-z]?['’])[A-Z][a-zà-ÿ]"
)
_CONTRACTED = ("'m", "'ve", "'d", "'ll", "'re", "n't")
TWO_LETTERS = word_set("""
tj jj mj rj kj cj aj
""")


def part_of_a_thing(words: Sequence[Word], at: int) -> bool:
    """Tell whether a word belongs to a condition, a law or a method that bears a name."""
    following = [word.low for word in words[at + 1 : at + 3] if word.joined or word.gap == "-"]
    if not following or following[0] not in THINGS:
        return False
    if following[0] in {"syndrome", "disease", "law", "disorder", "palsy"}:
        return True
    low = words[at].low
    names = lists.sure_names()
    return low not in names and low.removesuffix("s") not in names and not words[at].owns


def acts(words: Sequence[Word], at: int, *, active: bool = True) -> bool:
    """Tell whether the word at a place says what a person does or is."""
    if at >= len(words) or not words[at].joined:
        return False
    if words[at].low in likely.ADVERBS and at + 1 < len(words) and words[at + 1].low in known.DOES:
        return words[at + 1].joined
    if words[at].low in known.DOES or (words[at].low in known.HAS and active):
        return True
    if words[at].low in known.FINITE and at and _clearly_a_name(words[at - 1].low):
        return True
    if words[at].low not in known.IS or at + 1 >= len(words):
        return False
    after = words[at + 1].low
    return (
        not active
        or after in known.LIKE_A_PERSON
        or (after[-3:] == "ing" and len(after) > LONGEST_STEM)
    )


def _clearly_a_name(low: str) -> bool:
    return low in lists.also_names() and low not in known.ABSTRACT | known.SEASONS


def placed(words: Sequence[Word], at: int) -> bool:
    """Tell whether what stands before says that a place follows: "in X", "moved to X"."""
    if not at or not words[at].joined:
        return False
    before = words[at - 1].low
    if before in {"to", "from", "through", "via"}:
        return at > 1 and words[at - 2].low in known.MOVES
    return before in known.PLACE_CUES | known.SETTING_CUES


_NO_THINGS = word_set("is was has does its this always as us less")


def verb_like(words: Sequence[Word], at: int) -> bool:
    """Tell whether a verb of any kind follows: "Rose chewed", "Ivy flaps when"."""
    if (
        at + 2 >= len(words)
        or not words[at + 1].joined
        or words[at].low in known.ABSTRACT | known.SEASONS
    ):
        return False
    if words[at].low in lists.word_names() and words[at].low not in lists.also_names():
        return False
    low = words[at + 1].low
    if words[at + 1].text[0].isupper() or len(low) < LONGEST_STEM or low.endswith("ings"):
        return False
    third = words[at + 2]
    things = third.low.endswith("s") and third.low not in _NO_THINGS and third.text[0].islower()
    goes_on = third.joined and (third.low in known.AFTER_VERBS or things)
    return low.endswith("ed") or (low.endswith("s") and not low.endswith("ss") and goes_on)


_AND = ("and", "&", "me", "my")


def with_a_name(words: Sequence[Word], at: int) -> bool:
    """Tell whether "and Ivy" follows."""
    if at < len(words) and words[at].gap.strip() == "," and words[at].low in lists.sure_names():
        return words[at].capital
    listed = at + 1 < len(words) and words[at].gap.strip() == "," and words[at].capital
    if listed and words[at].low in lists.also_names() and words[at + 1].low in _AND:
        return True
    if at + 1 >= len(words) or words[at].low not in {"and", "&"} or not words[at + 1].capital:
        return False
    return words[at + 1].low in lists.names_of_any_kind() and words[at + 1].low not in known.MONTHS


def in_another_language(words: Sequence[Word], at: int) -> bool:
    """Tell whether what follows is no English, so that a capital says more."""
    near = words[at : at + 2]
    return len(near) > 1 and all(
        word.joined and word.text[0].islower() and word.low not in lists.common_words()
        for word in near
    )


_BEFORE_AN_AGE = (",", "(", "-", "–", ":")


def introduced(words: Sequence[Word], at: int) -> bool:
    """Tell whether a surname follows, or what says who somebody is: "X, our social worker"."""
    if at + 1 >= len(words):
        return False
    if is_told_of(words, at):
        return True
    after = words[at + 1]
    if after.gap.strip() in {",", ":", "(", "–", "-"}:
        return after.low in known.WHO_IS or (after.gap.strip() != "," and after.low in known.ROLES)
    if any(c.isdigit() for c in after.gap) and after.gap.lstrip()[:1] in _BEFORE_AN_AGE:
        return True
    third = words[at + 2].low if at + 2 < len(words) else ""
    if after.low == "the" and after.joined and third in known.ROLES | likely.JOBS:
        return True
    joins = (
        after.low in {"from", "who", "whose", "aged"}
        or (after.low in {"at", "in"} and not words[at].low.endswith("s"))
        or (
            after.low in {"and", "&"}
            and at + 2 < len(words)
            and words[at + 2].low in {"i", "his", "her", "me", "my", "the"}
        )
    )
    return after.joined and (joins or _next_surname(words, at))


def plural_or_past(low: str) -> bool:
    """Tell whether a word is another form of an everyday or barred one."""
    if low.endswith("s") and low[:-1] in known.NEVER_NAMES:
        return True
    return low.endswith(_OF_WORDS) or any(
        low.endswith(ending) and low[: -len(ending)] in lists.common_words()
        for ending in ("s", "ed", "ing", "ly", "er", "'s", "ers", "ness", "al", "ment")
    )


_OF_WORDS = (
    (
"ic"
), (
"ics"
), (
"ation"
), (
"ations"
), (
"ology"
), (
"ologist"
), (
"ologists"
), (
"ence"
), (
"able"
), (
"ible"
), (
"ous"
), (
"ity"
),
    "itis", "ism", "isms", "ment", "ively", "ising", "ised", "ative", "ciency", "ship", "ships",
)  # fmt: skip


def in_a_place(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word is part of a place of two words: "Hemel Hempstead"."""
    before = at > 0 and words[at].joined and lists.is_place(words[at - 1].low, words[at].low)
    after = at + 1 < len(words) and words[at + 1].joined
    return before or (after and lists.is_place(words[at].low, words[at + 1].low))


def _next_surname(words: Sequence[Word], at: int) -> bool:
    return (
        at + 1 < len(words)
        and words[at + 1].joined
        and words[at + 1].capital
        and (is_surname(words[at + 1]))
    )


def is_surname(word: Word) -> bool:
    """Tell whether a word can be a surname behind a given name."""
    if not may_be_named(word) or word.low in lists.places():
        return False
    return word.low in lists.family_words() or word.low not in lists.common_words()


def with_surnames(words: Sequence[Word], at: int) -> int:
    """Return the word after the surnames that follow a name."""
    for _ in range(MOST_SURNAMES):
        if at >= len(words) or not words[at].joined or words[at - 1].owns:
            return at
        linked = words[at].low in LINKS and at + 1 < len(words) and words[at + 1].capital
        word = words[at]
        trusted = (
            any_part(words[at - 1], lists.sure_names())
            and word.capital
            and (
                may_be_named(word)
                and word.low not in known.ROLES
                and not _titlecase_ahead(words, at)
            )
        )
        stop = word.opens or not (
            linked
            or trusted
            or (word.initial and _initial_stands(words, at))
            or (word.capital and is_surname(word))
            or (word.shouted and words[at - 1].shouted and is_known(word))
        )
        if stop:
            return at
        at += 1
    return at


def _titlecase_ahead(words: Sequence[Word], at: int) -> bool:
    """Tell whether more capitals follow, so that a title or heading is read, not a surname."""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    return after is not None and after.capital and words[at].low in lists.common_words()


def _initial_stands(words: Sequence[Word], at: int) -> bool:
    after = words[at + 1] if at + 1 < len(words) else None
    return after is None or after.gap[:1] in ".,;:)!?" or after.capital


def after_initials(words: Sequence[Word], at: int) -> int:
    """Return the word after a row of initials such as "J.S."."""
    after = at + 1
    while after < len(words) and words[after].initial and words[after].gap in {".", ". "}:
        after += 1
    return after
