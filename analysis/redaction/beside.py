"""What stands beside a name alone: an age, a post somebody keeps, what we call them."""

import re
from collections.abc import Sequence

from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction.words import Word

_AGE_BETWEEN = re.compile(r" \(?\d{1,2}\)?(?:,| and| &)? ")
_AT = word_set("on at in from")
_TEAMS = word_set("reception transport switchboard phones helpline portage sendiass camhs finance")
_POSTS = word_set("""
desk office gate canteen kitchen hub door bus library forum charity council club group family
children's clinic parent customer medical nursery school surgery dinner lunch breakfast
""")
_KINSFOLK = word_set("""
aunt auntie uncle niece nephew cousin stepson stepdaughter son daughter sister brother mum dad nan
gran grandad grandson granddaughter twin neighbour caseworker stepmum stepdad
""")
_WHOSE_CLASS = word_set("class form school year street road group team club unit base ward bus")
_CALLING = word_set("call calls called")
_WHICH_NAME = word_set("first middle last second real")
_NICKNAMES = _WHICH_NAME | {"nickname", "name", "surname"}
_OF_US = word_set("my our his her their")
_CARRIED = word_set("hugged lifted carried hit bit kicked slapped pinched cuddled")
_WHOM = word_set("me him her us my his them")
_IS_OR_GOT = word_set("is was got gets gets")
_BEINGS = word_set("boy girl lad lass kid toddler teenager man woman lady mum dad carer")
_HAPPENS = word_set("""
autistic non-verbal nonverbal dyslexic suspended excluded bullied diagnosed terrified punched bitten
adopted fostered restrained expelled
""")
_YEARS = word_set("two three four five six seven eight nine ten eleven twelve thirteen fourteen")
_THEN = word_set("and but he she so who now")
_HONORIFICS = word_set("bhai ji aunty auntie apa didi sahib abla abi hanim teyze amca khala")
_SAID_TO = word_set("according said spoke talked wrote complained listened talk speak write sorry")
_GENERAL = word_set("""
commissioning customer complaints admissions duty legal payroll housing safeguarding inclusion
virtual early family specialist tribunal children adult adults disability support services
""")
_WHOLE_GAPS = word_set(", . ; : ! ?")


def is_told_of(words: Sequence[Word], at: int) -> bool:
    """Tell whether what follows is said of somebody: "Max 14, Leo 9", "Sandy on reception"."""
    if at + 1 >= len(words):
        return False
    return _has_an_age(words, at) or keeps_a_post(words, at) or _is_called_so(words, at)


def keeps_a_post(words: Sequence[Word], at: int) -> bool:
    """Tell of "shell at the family centre" and "Sandy on reception" that somebody works there."""
    low = [word.low for word in words[at + 1 : at + 4] if word.joined]
    if low[:1] == ["of"]:
        return low[-1] in _TEAMS and not low[2:]
    if not low or low[0] not in _AT:
        return False
    if low[2:] and low[1] in {"the", "our"}:
        return low[2] in _POSTS | _TEAMS
    return "".join(low[1:2]) in _TEAMS


def is_honoured(words: Sequence[Word], at: int) -> bool:
    """Tell of "Farooq bhai" and "Sharma ji" that a word of respect follows."""
    after = words[at + 1 : at + 2]
    return bool(after) and after[0].joined and after[0].low in _HONORIFICS


def comes_from_ours(words: Sequence[Word], at: int) -> bool:
    """Tell of "Chunky from my class" that somebody is meant."""
    low = [word.low for word in words[at + 1 : at + 4] if word.joined]
    return low[:1] == ["from"] and low[-1] in _WHOSE_CLASS and bool(low[2:]) and low[1] in _OF_US


def is_a_person(words: Sequence[Word], at: int) -> bool:
    """Tell of "Tank got excluded", "Lane is a boy", "Mouse (my son)" that no thing is meant."""
    if at + 1 >= len(words):
        return False
    following = words[at + 1]
    if following.gap.strip() == "(":
        near = [word.low for word in words[at + 1 : at + 3]]
        return near[0] in _OF_US and near[-1] in known.ROLES
    low = [word.low for word in words[at + 1 : at + 5] if word.joined]
    if len(low) > 1 and low[0] in _CARRIED:
        return low[1] in _WHOM
    if _is_called_so(words, at) or _is_of_the_family(words, at):
        return True
    return len(low) > 1 and low[0] in _IS_OR_GOT and _is_said_of_people(words, at, low[1:])


def _is_of_the_family(words: Sequence[Word], at: int) -> bool:
    """Tell of "Peace is my aunt" that no peace is meant."""
    near = [word for word in words[at + 1 : at + 4] if word.joined]
    low = [word.low for word in near]
    told = low[:1] in (["is"], ["was"]) and bool(low[2:])
    return told and low[1] in _OF_US and low[2] in _KINSFOLK and not near[2].owns


def _is_said_of_people(words: Sequence[Word], at: int, low: Sequence[str]) -> bool:
    if low[0] == "a":
        return any(word in _BEINGS for word in low[1:3])
    if low[:2] == ["on", "leave"] or (low[0] == "off" and low[1:2] == ["sick"]):
        return True
    ends = at + 3 >= len(words) or not words[at + 3].joined or words[at + 3].low in _THEN
    return low[0] in _HAPPENS or (low[0] in _YEARS and ends)


def is_said_to(words: Sequence[Word], at: int) -> bool:
    """Tell of "Marge" in "I said to Marge, I said" that somebody is spoken to."""
    if at <= 1 or words[at - 1].low != "to" or words[at - 2].low not in _SAID_TO:
        return False
    ends = at + 1 == len(words) or words[at + 1].gap.strip() in _WHOLE_GAPS
    return ends and words[at].low not in _GENERAL and not words[at].low.endswith("s")


def _has_an_age(words: Sequence[Word], at: int) -> bool:
    following = words[at + 1]
    aged = _AGE_BETWEEN.fullmatch(following.gap) is not None
    return aged and (following.capital or (following.low == "and" and at + 2 < len(words)))


def _is_called_so(words: Sequence[Word], at: int) -> bool:
    low = [word.low for word in words[at + 1 : at + 6] if word.joined]
    if low[2:] and low[0] in {"is", "was"} and low[1] in _OF_US and low[2] in _NICKNAMES:
        return low[2] not in _WHICH_NAME or low[3:4] == ["name"]
    if low[:2] == ["as", "we"] and low[2:3] == ["call"]:
        return True
    said = bool(low[3:]) and low[0] in {"is", "was"} and low[1] in {"what", "who"}
    return said and any(word in _CALLING for word in low[3:5])
