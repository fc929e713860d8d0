"""Surnames and nicknames that are everyday words or towns: "Baker rang", "I told Devon"."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.beside import comes_from_ours, is_a_person, is_said_to
from analysis.redaction.quiet import does_anything
from analysis.redaction.settingwords import EVENTS, OPENERS, PLACES, SCHOOLS
from analysis.redaction.signs import Found
from analysis.redaction.words import Word, next_low

_NOT_SOMEBODY = (
    known.NEVER_NAMES | known.ROLES | known.AGENTS | known.SCHOOL_WORDS | known.BEFORE_NOUNS
    | known.GENERIC_PLACES | known.MONTHS | known.SEASONS | OPENERS | SCHOOLS | PLACES | EVENTS
)  # fmt: skip
_STARTERS = word_set("""
everybody everyone nobody somebody someone anyone anybody nothing everything something one none
ones whoever always often sometimes really absolutely just also still even usually mostly never
barely hardly clearly simply literally obviously actually generally constantly regularly only once
maybe perhaps baby babies kid sibling children people families officer officers professionals panel
manager managers caseworker autism anxiety maths english science homework lunch dinner assembly
change noise money inclusion respect work life home news staff head office chair both each many few
some most all more less same others body mind brain heart doctor driver bishop pope love sir miss
hill speech music reading writing playtime breaktime bullying masking god jesus lady
""")
_PERSONAL = word_set(
    "mum mam mummy dad daddy nan gran ehcp tube autism adhd seizures hair legs glasses"
)
_TAKES = word_set("takes teaches minds collects")
_RIDES = word_set(
    "taxi bus minibus car train ambulance van coach lift it she he that this what life"
)
_GIVEN_TO = word_set("told asked gave hugged hit thank thanked ask tell helped")


def everyday_word(words: Sequence[Word], at: int) -> Found | None:
    """Find a surname or nickname that is a word as well, by what it does and what is done to it."""
    word = words[at]
    if word.low in _NOT_SOMEBODY or not word.capital or "'" in word.low:
        return None
    found = (at, at + 1, "word where somebody stands", False)
    if word.opens:
        return found if _begins(words, at) else None
    return found if _within(words, at) else None


def _begins(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if comes_from_ours(words, at) or is_a_person(words, at):
        return not word.low.endswith("s") or word.low in lists.family_words()
    following = next_low(words, at)
    if not following or (word.low.endswith("ly") and not word.owns):
        return False
    after = [near.low for near in words[at + 2 : at + 5]]
    if word.low in lists.family_words():
        return _begins_as_a_surname(word.low, following, after)
    if after and following in _TAKES and word.low not in _STARTERS | _RIDES:
        return after[0] in _WHOM and not word.low.endswith("s")
    if word.low in _STARTERS:
        return False
    owning = word.owns and following in _PERSONAL
    return owning or (following in likely.ONLY_BEINGS and not word.low.endswith("s"))


_WHOM = word_set("us me him her")
_OFFICES = word_set("the send sen sendiass camhs")


def _begins_as_a_surname(low: str, following: str, after: Sequence[str]) -> bool:
    if after and following == "from":
        return after[0] in _OFFICES
    if after and following in _TAKES and low not in _STARTERS | _RIDES:
        return after[0] in _WHOM and not low.endswith("s")
    if low in _STARTERS:
        return following in {"signed", "rang", "emailed", "phoned"}
    if following in {"is", "was"} and after[:1] in (["our"], ["my"]):
        return any(near in known.ROLES for near in after[1:])
    beings = following in likely.ONLY_BEINGS and not low.endswith("s")
    return following in likely.CLERKS or beings


def _within(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    if not word.joined or _neighbour_is_titled(words, at, following):
        return False
    before = words[at - 1].low
    earlier = words[at - 2].low if at > 1 else ""
    surname = word.low in lists.family_words()
    if (before in _GIVEN_TO and not word.low.endswith("s")) or is_said_to(words, at):
        return True
    by = before in known.CALLS and next_low(words, at) == "by"
    if by or (surname and not word.low.endswith("s") and earlier not in known.MOVES):
        return True
    mine = before in {"my", "our"} and does_anything(words, at + 1)
    acting = following is not None and following.low in likely.ONLY_BEINGS | {"got", "had"}
    clause = before in {"then", "and", "but", "even", "when", "because", "if", "that", "with"}
    return (mine or (clause and (acting or before == "with"))) and not word.low.endswith("s")


def _neighbour_is_titled(words: Sequence[Word], at: int, following: Word | None) -> bool:
    """Tell whether a heading or a title of several words is read."""
    if following is not None and (following.capital or following.shouted):
        return True
    before = words[at - 1]
    return (before.capital or before.shouted) and not before.opens


def town_for_somebody(words: Sequence[Word], at: int) -> bool:
    """Tell of a town's name whether a child bears it: "I told Devon he was", "Chester bites"."""
    word = words[at]
    if not word.capital or word.low in _NOBODY:
        return False
    following = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    before = words[at - 1].low if at and word.joined else ""
    if before in _GIVEN_TO and not (following is not None and following.capital):
        return True
    if following is None:
        return False
    if word.owns:
        return following.low in likely.OWNED and following.low not in _OF_TOWNS
    return _is_said_of_a_child(following.low, [near.low for near in words[at + 2 : at + 4]])


_NOBODY = word_set("herts hertfordshire england britain london")
_OF_TOWNS = word_set("school needs transport plan")
_TOWNS_DO = word_set("wants knows thinks won't wont")


def _is_said_of_a_child(following: str, after: Sequence[str]) -> bool:
    if after and following == "from":
        return after[0] in _OFFICES - {"the"}
    if following in likely.ONLY_BEINGS:
        return following not in _TOWNS_DO
    if following not in known.IS or not after:
        return False
    ours = after[0] in {"my", "our"} and after[-1] in known.ROLES | {"caseworker"}
    return (ours and len(after) > 1) or (after[0] in known.ONLY_OF_PEOPLE and after[0] not in _OURS)


_OURS = word_set("my our his her under on sent told allowed being able unable waiting refused")
