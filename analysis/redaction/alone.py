# ruff: noqa: RUF001  # people type curly apostrophes and dashes
"""Names without a title or a cue: known ones, words that act like one, and unknown words."""

from collections.abc import Sequence

from analysis import namewords as known
from analysis.namewords import word_set
from analysis.redaction import likely, lists
from analysis.redaction.beside import is_a_person, keeps_a_post
from analysis.redaction.initials import initials, is_two_initials
from analysis.redaction.quiet import (
    LIKELY_A_WORD,
    begins_a_clause,
    begins_unlisted,
    does_anything,
    is_a_double_name,
    is_hardly_a_word,
    is_told,
    opens_plainly,
    plural_of_a_family,
    unlisted,
)
from analysis.redaction.signs import (
    TWO_LETTERS,
    Found,
    acts,
    any_part,
    in_a_place,
    in_another_language,
    introduced,
    is_known,
    is_surname,
    may_be_named,
    part_of_a_thing,
    placed,
    plural_or_past,
    verb_like,
    with_a_name,
    with_surnames,
)
from analysis.redaction.wordlike import everyday_word, town_for_somebody
from analysis.redaction.words import Word

FEWEST_BEFORE_A_SIGNATURE = 3

UNKNOWN = "unknown word with a capital"


def plain(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by what is known of the word and by its neighbours."""
    word = words[at]
    if word.text[0].islower():
        return _quiet(words, at)
    if word.initial:
        return initials(words, at)
    if not may_be_named(word) or part_of_a_thing(words, at):
        return None
    if word.shouted:
        loud = (word.low in lists.sure_names() and len(word.low) > 2) or word.low in TWO_LETTERS
        loud = loud or (word.low in likely.HARDLY_WORDS and len(word.low) > 3)
        given = at > 0 and words[at - 1].low in {"give", "gave", "told", "ask", "help"}
        loud = loud or (
            given
            and word.low in lists.also_names() - known.SEASONS | {"hope"}
            and at + 1 < len(words)
            and words[at + 1].low in {"her", "his", "a", "the"}
        )
        loud = loud or unlisted(words, at) or is_two_initials(words, at)
        loud = loud or (
            word.low in lists.also_names()
            and word.low not in known.ABSTRACT
            and (acts(words, at + 1) or (at > 0 and words[at - 1].low in known.TRANSITIVE))
        )
        return (at, with_surnames(words, at + 1), "known, in capitals", False) if loud else None
    if is_a_double_name(word.low) and word.text.partition("-")[2][:1].isupper():
        return (at, with_surnames(words, at + 1), "double name", False)
    told = word.low in lists.word_names() and word.low not in lists.words_and_places()
    if told or any_part(word, lists.sure_names()):
        return (at, with_surnames(words, at + 1), "known name", True)
    if word.low in lists.word_names():
        return _word_or_name(words, at)
    return _strange(words, at)


def _quiet(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by itself without its capital: "thanks to jayden", "ruby loves", "grace's"."""
    word = words[at]
    low = word.low
    if (len(low) < 3 and low not in {"jo", "mo", "bo", "ty"}) or part_of_a_thing(words, at):
        return None
    if is_a_double_name(low):
        return (at, at + 1, "double name", False)
    owned = word.owns and at + 1 < len(words) and words[at + 1].low in likely.OWNED
    stem = low[:-1] if low.endswith("s") and low not in lists.words_and_places() else ""
    theirs = at + 1 < len(words) and words[at + 1].joined and words[at + 1].low in likely.OWNED
    if theirs and stem in lists.names_of_any_kind() - known.MONTHS - known.NOT_NAMES_WHEN_LOWER:
        return (at, at + 1, "somebody's own", False)
    if low in likely.SELDOM_WORDS or (low in lists.also_names() and owned):
        return (at, at + 1, "somebody's own", False)
    after = words[at + 1].low if at + 1 < len(words) and words[at + 1].joined else ""
    likely_name = low in lists.word_names() - likely.CORE_ABSTRACT - known.MONTHS
    if likely_name and low not in known.NOT_NAMES_WHEN_LOWER and after in lists.family_names():
        return (at, at + 2, "full name without capitals", False)
    if likely_name and after in {"x", "xx", "xxx", "xxxx"}:
        return (at, at + 1, "signature", False)
    if low in lists.also_names() and _stands_for_somebody(words, at):
        return (at, at + 1, "word that acts like a name", False)
    if low in lists.word_names() and low in lists.words_and_places():
        clear = low not in known.ABSTRACT and (
            word.owns or (at + 1 < len(words) and words[at + 1].low in known.ONLY_PEOPLE_DO)
        )
        clear = clear or (
            word.owns and low in {"grace", "hope", "faith", "joy", "harmony", "serenity"}
        )
        rare = low not in lists.everyday_names() and low not in lists.also_names()
        return (at, at + 1, "word that acts like a name", False) if clear and not rare else None
    plural = low.endswith("s") and len(low) > 4 and low[:-1] in lists.everyday_names() - _ALSO_WORDS
    if (
        (plural and low not in lists.words_and_places())
        or low in lists.everyday_names()
        or (low in lists.sure_names() and len(low) > 4)
    ):
        clear = low not in _ALSO_WORDS or acts(words, at + 1) or word.owns
        clear = clear or _lone_subject(words, at)
        after = at + 1
        if after < len(words) and words[after].joined and words[after].low in lists.family_names():
            after += 1
        return (at, after, "known, without a capital", False) if clear else None
    if unlisted(words, at):
        return (at, at + 1, "unknown word without a capital", False)
    return _told_quietly(words, at)


def _told_quietly(words: Sequence[Word], at: int) -> Found | None:
    """Find a word no list knows after what is done to people: "told zyan"."""
    word = words[at]
    before = words[at - 1].low if at and word.joined else ""
    strange = word.low not in lists.words_and_places() and word.low not in known.NEVER_NAMES
    done = before in {"told", "asked", "thank", "hugged", "hit", "met", "helped"}
    if not (done and strange and word.low.isalpha()) or plural_or_past(word.low):
        return None
    return (at, at + 1, "unknown word after what is done to people", False)


def _stands_for_somebody(words: Sequence[Word], at: int) -> bool:
    """Tell of "daisy" or "dean", without capitals, whether somebody is meant."""
    kept = words[at].low not in LIKELY_A_WORD and keeps_a_post(words, at)
    return kept or _lone_subject(words, at) or begins_a_clause(words, at) or is_told(words, at)


def _lone_subject(words: Sequence[Word], at: int) -> bool:
    """Tell of "hope" or "will" whether it is who does something: "hope hates", "will won't"."""
    low = words[at].low
    before = words[at - 1].low if at and words[at].joined else ""
    if before in known.BEFORE_NOUNS or low in known.MONTHS | known.SEASONS - {"hope", "faith"}:
        return False
    if at > 1 and words[at - 1].low == "and" and words[at - 2].low == "me":
        return True
    if at + 1 >= len(words):
        return False
    after = words[at + 1].low
    if words[at + 1].gap.strip() in {"&", "/"} and words[at].opens:
        return after in lists.everyday_names()
    if not words[at + 1].joined:
        return False
    if after in {"n", "and"} and words[at].opens and at + 2 < len(words):
        second = words[at + 2].low in lists.everyday_names() and low not in known.ABSTRACT
        return second and low not in known.SEASONS
    finite = after in known.ONLY_PEOPLE_DO - {"has", "needs", "gets", "reads", "starts"}
    return finite or (
        low in {"will", "mark", "max", "frank", "sue", "pat"} and after in known.FINITE
    )


_GOES_ON = word_set(
    "i he she we they his her my our their the me us him them not never be have get"
)
_ALSO_WORDS = word_set("""
jack nick kitty warren jasmine spencer stella ana aria beau gal kit len les lex lin mac mari mini
que ren ona ora val vida yas zen ina ira isa peter pete jasper polly peggy natty sally joss marco
shan shah ali ria dom mick paddy barney
""")


def _word_or_name(words: Sequence[Word], at: int) -> Found | None:
    """Decide about "Grace", "Will", "May", "Jordan": a word or a place, or somebody."""
    word = words[at]
    before = words[at - 1].low if at and words[at].joined else ""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    surname = after is not None and after.capital and is_surname(after) and not after.opens
    if surname and word.low not in known.MONTHS:
        return (at, with_surnames(words, at + 1), "full name", True)
    does = word.low not in known.SEASONS and is_a_person(words, at)
    does = does or acts(words, at + 1) or (word.owns and not (after is not None and after.capital))
    does = does or introduced(words, at) or verb_like(words, at)
    if word.low in lists.also_names() - known.ABSTRACT - likely.CORE_ABSTRACT:
        town = word.low in lists.places() and word.low not in {"jordan", "chelsea", "georgia"}
        idle = town and after is not None and after.low in known.IS
        pair = after is not None and after.low in {"and", "may"} and at + 2 < len(words)
        thing = pair and words[at + 2].text[0].islower() and words[at + 2].low not in _GOES_ON
        does = does or (not idle and not thing and does_anything(words, at + 1))
    if word.owns and word.low in known.SEASONS | known.MONTHS:
        does = after is not None and (after.low in likely.OWNED or _has_been(words, at))
    told = before in known.TRANSITIVE or (before == "between" and introduced(words, at))
    if word.low in {"goodness", "heavens"} and before in {"thank", "oh", "my", "for"}:
        return None
    if word.low in known.MONTHS and (
        (before in known.MONTH_CUES and not told) or not (does or told)
    ):
        return None
    if word.low in lists.places() and town_for_somebody(words, at):
        return (at, at + 1, "town that is somebody", False)
    if word.low in lists.places() and (placed(words, at) or before == "the"):
        return None
    if before in {"the", "a", "an", "this", "some", "be"} and word.low not in known.MONTHS:
        return None
    if opens_plainly(word) and is_hardly_a_word(words, at):
        return (at, with_surnames(words, at + 1), "name that is seldom a word", False)
    if opens_plainly(word) or _titlecased(words, at):
        clear = does and not (word.low in known.ABSTRACT and _only_is(words, at + 1))
        if word.low in known.SEASONS and words[at + 1].low in known.HAS:
            clear = False
        clear = (
            clear
            or with_a_name(words, at + 1)
            or (introduced(words, at) and word.low not in known.SEASONS)
        )
        clear = clear or (before in known.ROLES) or _signs(words, at)
        return (at, at + 1, "word that acts like a name", False) if clear else None
    if word.low in lists.places() and not does and word.low not in lists.also_names():
        return None
    return (at, at + 1, "word with a capital", False)


def _has_been(words: Sequence[Word], at: int) -> bool:
    """Tell of "Autumn's been out of school" that a child is meant."""
    low = [word.low for word in words[at + 1 : at + 3]]
    return low[:1] == ["been"] and low[-1] in {"out", "off", "moved", "in"} | known.ONLY_OF_PEOPLE


def _signs(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name stands alone at the end, as a signature does."""
    ends = at + 1 == len(words) and at >= FEWEST_BEFORE_A_SIGNATURE
    return ends and any(mark in words[at].gap for mark in ("\n", "-", "–"))


_IN_WHICH_PEOPLE_ARE = word_set(
    "year y reception nursery hospital foster care sixth primary secondary"
)


def _only_is(words: Sequence[Word], at: int) -> bool:
    if at >= len(words) or words[at].low not in known.IS:
        return False
    season = words[at - 1].low in known.SEASONS - {"hope", "faith"}
    telling = known.ONLY_OF_PEOPLE | (frozenset() if season else likely.SAID_OF_SOMEBODY)
    if words[at - 1].low not in likely.CORE_ABSTRACT:
        telling |= known.LIKE_A_PERSON
    after = [word.low for word in words[at + 1 : at + 3]]
    if after[:1] == ["in"] and after[1:] and after[1] in _IN_WHICH_PEOPLE_ARE:
        return False
    moved = after[:1] in (["put"], ["placed"]) and not season
    if moved and after[1:] and after[1] in {"on", "in", "into", "with", "back"}:
        return False
    return not (bool(after) and after[0] in telling)


def _titlecased(words: Sequence[Word], at: int) -> bool:
    """Tell whether a neighbour has a capital without being a name: "Early Hope Project"."""
    near = [words[at - 1]] if at and words[at].joined and not words[at - 1].opens else []
    near += [words[at + 1]] if at + 1 < len(words) and words[at + 1].joined else []
    return any(
        (word.capital or word.shouted)
        and not is_known(word)
        and len(word.text) > 1
        and word.low not in known.ROLES
        and not word.low.startswith("i'")
        and word.low not in lists.names_of_any_kind()
        for word in near
    )


def _strange(words: Sequence[Word], at: int) -> Found | None:
    """Decide about a word with a capital that no list knows."""
    word = words[at]
    if plural_of_a_family(words, at):
        return (at, at + 1, "a family", False)
    if not word.capital:
        return None
    if word.low in lists.places() and not in_a_place(words, at) and town_for_somebody(words, at):
        return (at, at + 1, "town that is somebody", False)
    if word.low in lists.common_words() and (found := everyday_word(words, at)) is not None:
        return found
    surname = word.low in lists.family_names() and "-" not in word.text
    parts = word.low.replace("'", "-").split("-")
    if "-" in word.text and any(part in lists.family_words() for part in parts) and not word.opens:
        return (at, with_surnames(words, at + 1), "double surname", False)
    if word.low in lists.common_words() and not word.opens:
        return _nickname(words, at)
    if not surname and any(
        part in lists.common_words() or part in known.NEVER_NAMES for part in (word.low, *parts[:1])
    ):
        return None
    if word.low in lists.places() or in_a_place(words, at) or placed(words, at):
        return None
    if not surname and plural_or_past(word.low):
        return None
    if opens_plainly(word) and not (
        (acts(words, at + 1) or does_anything(words, at + 1))
        or word.owns
        or introduced(words, at)
        or verb_like(words, at)
        or with_a_name(words, at + 1)
        or in_another_language(words, at + 1)
        or begins_unlisted(words, at)
    ):
        return None
    return (at, with_surnames(words, at + 1), UNKNOWN, False)


def _nickname(words: Sequence[Word], at: int) -> Found | None:
    """Find a word with a capital that does what only people do: "then Smudge bit him"."""
    word = words[at]
    before = words[at - 1].low if word.joined else ""
    general = word.low in known.GENERIC_PLACES | known.ROLES | known.AGENTS | known.SCHOOL_WORDS
    if before in known.ROLES and not general and word.low in lists.family_words():
        ends = at + 1 == len(words) or not words[at + 1].joined
        if ends or does_anything(words, at + 1):
            return (at, at + 1, "surname after who somebody is", False)
    if general or before in known.BEFORE_NOUNS or word.low.endswith("s") or _titlecased(words, at):
        return None
    does = (
        at + 1 < len(words)
        and words[at + 1].joined
        and words[at + 1].low in known.ONLY_PEOPLE_DO | {"bit", "cried", "hit"}
    )
    return (at, at + 1, "word that acts like a name", False) if does else None
