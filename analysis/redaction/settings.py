# ruff: noqa: RUF001  # people type curly apostrophes and dashes
"""Schools, nurseries, clinics, hospitals, units, classes and rooms that are called by a name.

Each rule looks a few words back from a word such as "Primary", so a long text costs no more than
its length.
"""

import re
from collections.abc import Iterator, Sequence

from analysis.language import lists
from analysis.language.namewords import (
    GENERIC_PLACES,
    NEVER_NAMES,
    PLACE_CUES,
    SETTING_CUES,
    TITLES,
)
from analysis.redaction.schoolnames import written
from analysis.redaction.settingwords import (
    ALONE,
    BEASTS,
    DESCRIBES,
    LINKS,
    MORE,
    MOST_QUIET_WORDS,
    MOST_WORDS,
    NATURE,
    NOT_IN_NAMES,
    OPENERS,
    PLACES,
    QUIET_ENDS,
    ROOMS,
    SAINTS,
    SCHOOLS,
    WEAK,
    plain_form,
    tells,
)
from analysis.redaction.spans import Span
from analysis.redaction.villages import after, group, room
from analysis.redaction.words import Word

CLASSES = re.compile(
    r"\b(?:[Cc]lass|[Ff]orm|[Tt]utor group|[Gg]roup)\s(?:\d{1,2}\s?[A-Z]{1,2}"
    r"|[A-Z]{1,2}\d{1,2})\b"
    r"|\bWard\s\d{1,2}[A-Z]?\b|\b[Rr]oom\s(?:[A-Z]\d{1,3}|\d{1,3}[A-Z])\b|\b(?:in|is|to"
    r"|from|at) (?=Room)(?:Room)\s\d{1,3}\b"
    r"|^(?:[1-9]|1[0-3])[A-Z]\b|(?<=\b[Ii]n )(?!3D|2D|3G|4G|5G)(?:[1-9]|1[0-3])[A-Z]{1,2}\b"
)
SENT = re.compile(
    r"\b(?:College|Academy|School|Hospital|Convent|Institute) (?:of|for) (?:St\.? |the "
    "|Our )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}"
)
GENERAL = re.compile(r"\b[A-Z][a-z]{3,15} General\b(?: Hospital)?")
SEXES = re.compile(r"\b(?:[A-Z][a-z]{2,15}['’]?s?\s){1,3}(?:Boys|Girls)['’]?\b")
HOSPITALS = re.compile(
    r"\b(?:(?:the )?lister(?: hospital)?(?=\W)|qe ?2|qeii"
    r"|great ormond street(?: hospital)?|gosh(?= |\.|,)"
    "|addenbrooke['’]?s(?: hospital)?|(?:the )?luton (?:and|&) dunstable(?: hospital)?"
    r"|l&d)(?!\w)",
    re.IGNORECASE,
)
SAINT = re.compile(
    r"\b(?:St|Saint|Sts|st|saint|ST)\.? +[A-Za-z][a-z]{2,14}(?:['’]s?(?!\w)|(?<=s)['’](?!\w)|s?\b)"
)

FORMS = ((CLASSES, "school"), (SENT, "school"), (GENERAL, "place"), (SEXES, "school"))
_CUES = SETTING_CUES | {"class", "to", "from"}


def settings(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Yield the settings of a text; some may overlap."""
    for at in range(len(words)):
        yield from _at(words, at)
    for match in SAINT.finditer(text):
        yield from _saint(text, match)
    yield from written(text, words)
    for pattern, kind in FORMS:
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind, "setting by its form", sure=False)
    for match in HOSPITALS.finditer(text):
        if match.group().lower() != "gosh" or match.group() == "GOSH":
            yield Span(*match.span(), "place", "hospital known by its name")


def _at(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Yield the settings that one word gives away."""
    word = words[at]
    sixth = word.low == "form" and at > 0 and words[at - 1].low == "sixth"
    if sixth or word.low in SCHOOLS or word.low in PLACES:
        yield from _ending(words, at)
    elif word.capital and word.low in BEASTS and not word.opens:
        yield from group(words, at)
    elif word.low in ROOMS:
        yield from room(words, at)
    elif word.low in _CUES:
        yield from after(words, at)


def _kind(word: Word) -> str:
    return "school" if word.low in SCHOOLS | {"class", "room", "classroom", "base"} else "place"


def _ending(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Look back from "Primary" or "clinic" for the name of it."""
    before = words[at - 1].low if at and words[at].joined else ""
    if words[at].low in MORE and before in (SCHOOLS | PLACES) - ALONE:
        return
    first = _first_capital(words, at)
    quiet = first is None
    if first is None:
        first = _first_quiet(words, at)
    if first is None:
        return
    after = _with_more(words, at)
    rule = "setting without capitals" if quiet else "setting"
    start = words[first].start
    yield Span(start, words[after - 1].end, _kind(words[at]), rule, not quiet)


def _first_capital(words: Sequence[Word], at: int) -> int | None:
    """Return where a name with capitals starts, past openers such as "The" or "My"."""
    start = at
    while start > max(0, at - MOST_WORDS) and _goes_on(words, start):
        start -= 1
    while start < at and _is_opener(words[start]):
        start += 1
    named = [word for word in words[start:at] if word.low not in LINKS or word.capital]
    telling = [word for word in named if tells(word)]
    if not telling or not any(word.capital or word.shouted for word in telling):
        return None
    opener = len(telling) == 1 and telling[0].opens and telling[0].low in lists.common_words()
    if opener and not words[at].capital and telling[0].low not in BEASTS | NATURE:
        return None
    if words[at].low in WEAK | {"group", "class", "room"} and not _strong(words, start, at):
        return None
    return start


def _goes_on(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word before belongs to the same name."""
    if not (words[start].joined or words[start].gap in {"’ ", "' ", " & ", " (", ". "}):
        return False
    before = words[start - 1]
    if words[start].opens or (
        before.owns and before.low in {"he", "it", "that", "she", "there", "what"}
    ):
        return False
    if before.capital or before.shouted or before.initial or (before.text == "St"):
        return before.low not in TITLES and not (
            before.shouted and before.low in NEVER_NAMES and before.low not in {"ce", "rc"}
        )
    linked = before.low in {"of", "and", "the", "&", "st", "st.", "saint"} and start > 1
    earlier = words[start - 2]
    named = earlier.capital or earlier.initial
    return linked and named and before.joined and earlier.low not in OPENERS


def _is_opener(word: Word) -> bool:
    return (word.low in GENERIC_PLACES | LINKS | OPENERS and word.low not in {"st", "saint"}) or (
        word.opens and word.low in lists.common_words() and word.low in SETTING_CUES | PLACE_CUES
    )


def _strong(words: Sequence[Word], start: int, at: int) -> bool:
    """Tell whether a weak word such as "House" or "class" really ends a name: "Kestrel class"."""
    before = words[start:at]
    if words[at].capital and words[at].low not in {"practice", "provision", "project", "group"}:
        return any(tells(word) and word.capital for word in before)
    plain = before[-1]
    return (
        plain.capital
        and tells(plain)
        and (not plain.opens or plain.low in BEASTS or plain.low not in lists.common_words())
        and (
            plain.low in BEASTS
            or plain.low not in lists.common_words()
            or words[at].low not in WEAK - {"house", "base", "unit"}
        )
        and words[at].low
        in {
            "class",
            "room",
            "base",
            "unit",
            "ward",
            "high",
            "secondary",
            "upper",
            "middle",
            "house",
            "clinic",
            "group",
            "hub",
            "club",
        }
    )


def _first_quiet(words: Sequence[Word], at: int) -> int | None:
    """Return where a name without capitals starts: "at oak hill primary", "kestrel class"."""
    if words[at].low not in QUIET_ENDS or not words[at].joined or at == 0:
        return None
    start = at
    while (
        start > max(0, at - MOST_QUIET_WORDS)
        and words[start].joined
        and not words[start].opens
        and (
            (tells(words[start - 1]) or words[start - 1].low in NATURE)
            and words[start - 1].low not in NOT_IN_NAMES
            and words[start - 1].text[0].islower()
        )
    ):
        start -= 1
    if start == at:
        return None
    cued = (
        start > 0
        and words[start].joined
        and words[start - 1].low in SETTING_CUES | {"to", "from", "in"}
    )
    strange = any(
        word.low not in lists.common_words() and not plain_form(word.low)
        for word in words[start:at]
    )
    if words[at - 1].low in NATURE:
        return start
    if words[at].low in {"class", "room", "ward"}:
        return start if start == at - 1 and (words[start].low in BEASTS) else None
    if strange:
        return (
            next(i for i in range(start, at) if words[i].low not in lists.common_words())
            if not cued
            else start
        )
    return (
        start
        if cued and words[start].low not in DESCRIBES and words[at].low != "hospital"
        else None
    )


def _with_more(words: Sequence[Word], at: int) -> int:
    """Return the word after "School" in "Example Primary School"."""
    after = at + 1
    while after < len(words) and words[after].joined and words[after].low in MORE:
        if words[after].low in {"and", "of", "class", "room"} and not (
            after + 1 < len(words) and words[after + 1].low in MORE and words[after + 1].capital
        ):
            break
        after += 1
    return after


def _saint(text: str, match: re.Match[str]) -> Iterator[Span]:
    """Find "St Mary's"; "St Albans" is a town."""
    said = lists.folded(re.sub(r"[.'’]", "", match.group()))
    said = " ".join(said.split()).replace("saint ", "st ")
    if said in lists.places() or said in {
        "st albans",
        "st helens",
        "st ives",
        "st neots",
        "st patricks",
        "st georges",
    }:
        return
    saint = said.removeprefix("st ").removesuffix("s")
    small = match.group()[0] == "s" and match.group()[:2] == "st"
    bare = (small or "’" not in match.group()) and "'" not in match.group()
    capital = match.group()[0] == "S" and match.group().split()[-1][0].isupper()
    if bare and saint not in SAINTS and not capital:
        return
    if re.match(
        r" (?:day|Day|Street|Road|Lane|Close|Avenue)\b", text[match.end() : match.end() + 9]
    ):
        return
    yield Span(*match.span(), "school", "saint")
