"""Names that hardly show: without a capital, at the start of a sentence, or one letter long."""

import re
from collections.abc import Sequence
from functools import lru_cache

from analysis import namewords as known
from analysis.namewords import word_set
from analysis.redaction import lists
from analysis.redaction.signs import plural_or_past
from analysis.redaction.words import Word

LIKELY_A_WORD = known.CORE_ABSTRACT | known.SEASONS | known.MONTHS
_TELLS = word_set("""
with ask asked asking told tell telling thank thanks want wants wanted hugged hit hits hates hate
near beside called sees saw let lets because like miss love loves loved kicked pushed bit met meet
and or from for than without
""")
_AFTER_NAMES = word_set("""
and or but it he she they we i to because when if who she's he's in at on every all about for so
too was is said says should would could never always again and my our
""")
_STARTS_A_CLAUSE = word_set("""
and but then because when if that think so since while until before after cause cos coz like why
hope wish says said
""")
_FAMILY = word_set("we they our my their his her")
_LETTERED = word_set("""
plan part parts vitamin section grade grades band type level block group form set class room
option key stage hepatitis hep vit figure appendix point wing letter letters paper unit bay gate
zone area step box exhibit annex annexe schedule column row version model tier strand phase
""")

def opens_plainly(word: Word) -> bool:
    """Tell whether a capital here is only the start of a sentence, not what follows a dash."""
    return word.opens and not _GOES_ON.fullmatch(word.gap)


_GOES_ON = re.compile(r"[ )]*[:;\u2013\u2014=-][ ]*")


def unlisted(words: Sequence[Word], at: int) -> bool:
    """Find a name no list knows, without its capital or shouted: "zayd hates it", "with zayd"."""
    word = words[at]
    low = word.low
    known_word = low in lists.words_and_places() or low in known.NEVER_NAMES
    if known_word or misspelt(low) or len(low) < 4 or not low.isalpha() or not low.isascii() or plural_or_past(low):
        return False
    before = words[at - 1].low if at and word.joined else ""
    if at + 1 >= len(words) or not words[at + 1].joined:
        return before in {"with", "told", "asked", "hugged"} and not word.shouted
    following = words[at + 1].low
    begins = word.opens or not word.joined or before in _STARTS_A_CLAUSE
    acting = following in known.ONLY_BEINGS | known.CLERKS | {"goes", "got", "gets", "went", "came"}
    if begins and acting:
        return True
    return before == "with" and following in _AFTER_NAMES - {"is", "was"} and not word.shouted


@lru_cache(maxsize=4096)
def misspelt(low: str) -> bool:
    """Tell whether a letter too many, two that changed places or one too few part it from a word."""
    words = lists.common_words()
    cuts = [(low[:at], low[at:]) for at in range(len(low) + 1)]
    return (
        any(a + b[1:] in words for a, b in cuts if b)
        or any(a + b[1] + b[0] + b[2:] in words for a, b in cuts if len(b) > 1)
        or any(a + c + b in words for a, b in cuts for c in "abcdefghijklmnopqrstuvwxyz")
    )


def begins_unlisted(words: Sequence[Word], at: int) -> bool:
    """Tell of an unknown word with a capital at the start whether English goes on after it."""
    word = words[at]
    if at + 1 >= len(words) or len(word.low) < 4 or word.low.endswith(("ly", "nt", "ve", "re")):
        return False
    following = words[at + 1]
    goes_on = following.joined or following.gap.strip() in {",", "(", "-", "\u2013"}
    return goes_on and not misspelt(word.low) and following.text[0].islower() and following.low in lists.common_words()


def begins_a_clause(words: Sequence[Word], at: int) -> bool:
    """Tell of a quiet "daisy" whether it does something: "daisy got moved", "then bev said"."""
    word = words[at]
    if word.low in lists.places() - LIKELY_A_WORD - known.HARDLY_WORDS:
        return False
    before = words[at - 1].low if at and word.joined else ""
    starts = word.opens or not word.joined or before in _STARTS_A_CLAUSE
    if not starts or at + 1 >= len(words) or not words[at + 1].joined:
        return False
    following = words[at + 1].low
    if word.low in LIKELY_A_WORD:
        season = word.low in known.SEASONS - {"hope", "faith"}
        return not season and _is_ours(words, at + 1)
    if following in known.IS | known.HAS:
        return word.low in known.HARDLY_WORDS or _is_ours(words, at + 1)
    return following in known.FINITE | known.DOES | known.ONLY_PEOPLE_DO or (
        following in {"from", "and", "n"} and word.low in known.HARDLY_WORDS
    )


def _is_ours(words: Sequence[Word], at: int) -> bool:
    """Tell whether "is my", "is nine" follows, as it does after a person."""
    after = words[at + 1].low if at + 1 < len(words) else ""
    return words[at].low in known.IS and after in known.ONLY_OF_PEOPLE | known.SAID_OF_SOMEBODY


def is_told(words: Sequence[Word], at: int) -> bool:
    """Tell of a quiet "rose" whether something is done to it: "with rose it was", "ask dawn"."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    cued = before in _TELLS or (before == "to" and at > 1 and words[at - 2].low == "thanks")
    if not cued or word.low in LIKELY_A_WORD or word.low in known.NOT_NAMES_WHEN_LOWER:
        return False
    sure = before not in {"and", "or", "from", "for", "than", "like", "miss", "without", "love"}
    if not (sure or word.low in known.HARDLY_WORDS):
        return False
    ends = at + 1 == len(words) or not words[at + 1].joined
    return ends or words[at + 1].low in _AFTER_NAMES


def is_hardly_a_word(words: Sequence[Word], at: int) -> bool:
    """Tell of "Heather" at the start whether it is somebody, whatever follows but a noun."""
    word = words[at]
    if word.low not in known.HARDLY_WORDS or at + 1 >= len(words):
        return word.low in known.HARDLY_WORDS
    after = words[at + 1]
    if not after.joined:
        return True
    return does_anything(words, at + 1) or after.low in _AFTER_NAMES - {"all", "in", "on", "at"}


def does_anything(words: Sequence[Word], at: int, *, any_gap: bool = False) -> bool:
    """Tell whether a verb follows that people and schools do alike: "Larwood is full"."""
    if at >= len(words) or words[at].text[0].isupper():
        return False
    if not (words[at].joined or any_gap):
        return False
    if words[at].low in known.ADVERBS and at + 1 < len(words) and words[at + 1].joined:
        at += 1
    low = words[at].low
    return (
        low in known.FINITE | known.DOES | known.HAS | known.IS | known.ONLY_PEOPLE_DO
        or low in {"say", "shut", "closed", "have", "want", "need", "do", "don't", "are", "were", "used"}
        or (low.endswith("ed") and len(low) > 4)
    )


def plural_of_a_family(words: Sequence[Word], at: int) -> bool:
    """Find "the Khans", who live next door."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    stem = word.low[:-1]
    return (
        before == "the"
        and word.low[-1:] == "s"
        and word.low not in lists.common_words() | lists.places() | known.NEVER_NAMES
        and stem in lists.family_words() | lists.family_names()
        and stem not in known.NEVER_NAMES
    )


def is_a_letter(words: Sequence[Word], at: int) -> bool:
    """Tell of "D" whether it numbers something: "Section D", "vitamin D", "grade C or D"."""
    near = [word.low for word in words[max(0, at - 3) : at]]
    return bool(near) and (near[-1] in _LETTERED or (len(words[at].gap) < 4 and _lettered(near)))


def _lettered(near: Sequence[str]) -> bool:
    return near[-1] in {"or", "and", "to"} and any(word in _LETTERED for word in near)


def lone_initial(words: Sequence[Word], at: int) -> bool:
    """Find "for T the bus", "told P he was", "D & K": one letter where a person stands."""
    word = words[at]
    following = words[at + 1] if at + 1 < len(words) else None
    if word.opens:
        return _starts_as_somebody(words, at)
    if word.text == "A" or is_a_letter(words, at) or words[at - 1].low in known.BEFORE_LETTERS:
        return False
    joined = word.gap in {" ", ", ", " - ", " – ", " & "}
    return joined and (following is None or not _continues_a_letter(following))


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


def is_a_double_name(low: str) -> bool:
    """Tell of "ivy-mae" whether both halves are names and the whole is no word."""
    first, dash, second = low.partition("-")
    names = lists.names_of_any_kind() - known.MONTHS - known.NOT_NAMES_WHEN_LOWER
    return bool(dash) and {first, second} <= names and low not in lists.common_words()


_NOT_INITIALS = word_set("""
ld md cp ks fa hr hq pr qa pt pc cd dj tv uk us eu un nz ml ai ok vr vs rn rc ce ca ng pd pp rp sw vi
hi qe re dt it pe rs sp dp dr st mr ms bc ad pm am gp ot ep la ta sa hv lo no so to me my we he if
in is at as an of on or up us do go be by fyi id mp ps nb cc tb hb yr wk hw kg cm mm km ft rd av
""")


def is_two_initials(words: Sequence[Word], at: int) -> bool:
    """Find "KW has been refused" and "Re: KW"."""
    word = words[at]
    if len(word.text) != 2 or word.low in _NOT_INITIALS | known.NEVER_NAMES | lists.common_words():
        return False
    following = words[at + 1] if at + 1 < len(words) else None
    paired = following is not None and following.low in {"and", "&"} and at + 2 < len(words)
    if paired and len(words[at + 2].text) == 2 and words[at + 2].shouted:
        return words[at + 2].low not in _NOT_INITIALS
    before = words[at - 1].low if at else ""
    person = following is not None and following.low in known.DOES | known.HAS | known.IS
    return (person and following is not None and following.text.islower()) or before == "re"
