# ruff: noqa: RUF001  # people type dashes
"""People told by letters alone: "J.S.", "K. Patel", "told P he was", "KW has been refused"."""

from collections.abc import Sequence

from analysis.language import lists
from analysis.language import namewords as known
from analysis.language.namewords import word_set
from analysis.redaction import likely
from analysis.redaction.quiet import does_anything
from analysis.redaction.signs import Found, acts, after_initials, is_surname, with_surnames
from analysis.redaction.words import Word

PAIR = 2
SHORT_GAP, LISTING_GAP = 2, 3
"""A gap of so many characters keeps two letters together, or a list of them."""
_LETTERED = word_set("""
plan part parts vitamin section grade grades band type level block group form set class room
option key stage hepatitis hep vit figure appendix point wing letter letters paper unit bay gate
zone area step box exhibit annex annexe schedule column row version model tier strand phase
""")


def initials(words: Sequence[Word], at: int) -> Found | None:
    """Find "J.S.", "K. Patel" and "T is six", but not "U.K." or a list's "A. Speech"."""
    if lone_initial(words, at):
        return (at, after_initials(words, at), "initial of somebody", False)
    acting = words[at].owns or acts(words, at + 1)
    if words[at].text != "A" and acting and words[at].gap != "." and not is_a_letter(words, at):
        return (at, at + 1, "initial that acts like a name", False)
    after = after_initials(words, at)
    before = words[at - 1] if at else None
    if (
        before
        and (before.initial or before.low in {"a", "an", "the"})
        and len(words[at].gap) <= SHORT_GAP
    ):
        return None
    letters = "".join(word.text for word in words[at:after])
    if after - at > 1:
        return None if letters.lower() in _ABBREVIATED else (at, after, "initials", False)
    named = after < len(words) and words[after].capital and words[after].gap == ". "
    listed = ":" in words[at].gap or not words[at].opens
    if named and listed and is_surname(words[after]):
        return (at, with_surnames(words, after), "initial and surname", False)
    joined = at + 1 < len(words) and words[at + 1].capital and words[at + 1].gap in {" ", ". "}
    known_one = joined and words[at + 1].low in lists.family_names() and words[at].text != "A"
    return (at, at + 2, "initial and surname", False) if known_one else None


_ABBREVIATED = word_set("""
dob rip dbs tv pt dvd nmc icu uk eh nh nhs sen ad pe ps it us ta ba ma gp pa ot ehc qc bc am pm usa
eg ie
""")


def is_a_letter(words: Sequence[Word], at: int) -> bool:
    """Tell of "D" whether it numbers something: "Section D", "vitamin D", "grade C or D"."""
    near = [word.low for word in words[max(0, at - 3) : at]]
    apart = words[at].gap.strip(" ") == ","
    return bool(near) and (
        (near[-1] in _LETTERED and not apart)
        or (len(words[at].gap) <= LISTING_GAP and _lettered(near))
    )


def _lettered(near: Sequence[str]) -> bool:
    return near[-1] in {"or", "and", "to"} and any(word in _LETTERED for word in near)


def lone_initial(words: Sequence[Word], at: int) -> bool:
    """Find "for T the bus", "told P he was", "D & K": one letter where a person stands."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if word.opens:
        return _starts_as_somebody(words, at)
    if _is_said_of(words, at):
        return True
    if word.text == "A" or is_a_letter(words, at) or words[at - 1].low in likely.BEFORE_LETTERS:
        return False
    joined = word.gap in {" ", ", ", " - ", " – ", " & "}
    return joined and (following is None or not _continues_a_letter(following))


def _is_said_of(words: Sequence[Word], at: int) -> bool:
    """Tell of "that J be assessed" and "if K is ill" that a person is meant."""
    if at > 1 and words[at - 1].low == "of" and words[at - 2].low in known.ROLES:
        return at + 1 == len(words) or not words[at + 1].joined
    clause = words[at - 1].low in {"that", "if", "when", "because", "since", "while", "until"}
    after = [word.low for word in words[at + 1 : at + 2] if word.joined]
    return clause and bool(after) and after[0] in known.HAS | {"is", "was", "be", "can't", "cannot"}


def _starts_as_somebody(words: Sequence[Word], at: int) -> bool:
    """Tell of "A. is nine" and "D & K hate it" whether a person begins the sentence."""
    if at + 1 >= len(words):
        return False
    word, following = words[at], words[at + 1]
    if following.gap == ". ":
        return following.text[0].islower() and does_anything(words, at + 1, any_gap=True)
    pair = following.gap == " & " or following.low == "and"
    second = words[at + 2] if following.low == "and" and at + 2 < len(words) else following
    letters = (word.text + second.text).lower()
    return pair and second.initial and letters not in _PAIRS


_PAIRS = word_set("qa bb rr ae sl pp ra")
_LETTER_AND = word_set("""
level levels scale scales shirt shirts ray rays number numbers plates tube cells pop section word of
turn sign bed block grade grades axis team band rating wing class stream tests test funding days
key button vitamin vitamins bus code codes
""")


def _continues_a_letter(following: Word) -> bool:
    """Tell whether "T" goes on as in "T shirt", "D of E", "Y/N", "C+"."""
    if following.low in _LETTER_AND:
        return True
    return following.gap[:1] in {"/", "+", "-", "*", "=", "&"} or following.gap == " & "


_NOT_INITIALS = word_set("""
ld md cp ks fa hr hq pr qa pt pc cd dj tv uk us eu un nz ml ai ok vr vs rn rc ce ca ng pd pp rp sw
vi yp sn ht mh pd ks cyp sm ld pda hi qe re dt it pe rs sp dp dr st mr ms bc ad pm am gp ot ep la
ta sa hv lo no so to me my we he if in is at as an of on or up us do go be by fyi id mp ps nb cc tb
hb yr wk hw kg cm mm km ft rd av
""")


def is_two_initials(words: Sequence[Word], at: int) -> bool:
    """Find "KW has been refused" and "Re: KW"."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if len(word.text) != PAIR or word.low in known.NEVER_NAMES:
        return False
    ours = following is not None and following.low in {"my", "our"} and at + 2 < len(words)
    if ours and any(near.low in known.ROLES for near in words[at + 2 : at + 4]):
        return True
    if word.low in _NOT_INITIALS | lists.common_words():
        return False
    paired = following is not None and following.low in {"and", "&"} and at + 2 < len(words)
    if paired and len(words[at + 2].text) == PAIR and words[at + 2].shouted:
        return words[at + 2].low not in _NOT_INITIALS
    before = words[at - 1].low if at else ""
    person = following is not None and following.low in known.DOES | known.HAS | known.IS
    return (person and following is not None and following.text.islower()) or before == "re"
