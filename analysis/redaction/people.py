"""Names of people: by title, by what stands before them, and by what they do.

A capital alone proves little, since people capitalise "Annual Review" and leave "jayden" small.
So each word is judged by what is known of it (a given name, a word, both, neither) and by its
neighbours. Reads words once, from left to right.
"""

import re
from collections.abc import Iterator, Sequence

from analysis import namewords as known
from analysis.redaction import lists
from analysis.redaction.phrases import THINGS, stretches_of_nobody
from analysis.redaction.spans import Span
from analysis.redaction.words import Word

MOST_SURNAMES = 3
LINKS = frozenset("van von de der den la le bin bint ibn al el di da dos mac st".split())  # noqa: SIM905
Found = tuple[int, int, str, bool]
"""First word, word after the last, rule, sure."""


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
        if not (linked and word.capital and _may_be_named(word) and not barred[step]):
            return
        if word.low in lists.common_words() and word.low not in lists.word_names():
            return
        after = _with_surnames(words, step + 1)
        yield Span(word.start, words[after - 1].end, "name", "listed with a name", sure=False)
        at = after


def _at(words: Sequence[Word], at: int) -> Found | None:
    """Return the name that starts at a word, if one does."""
    return _titled(words, at) or _cued(words, at) or _plain(words, at)


# --- Titles ---------------------------------------------------------------------------------


def _titled(words: Sequence[Word], at: int) -> Found | None:
    """Find "Mrs Example", "Miss X", "Dr. A. Patel", "auntie shaz"; the title belongs to it."""
    title = words[at]
    if title.low not in known.TITLES or at + 1 >= len(words) or not words[at + 1].joined:
        return None
    if title.low == "miss" and at and words[at - 1].low in known.WHO_MISS and words[at].joined:
        return None
    name = words[at + 1]
    if "." in name.gap and title.low not in known.SHORT_TITLES:
        return None
    if name.low in known.ROLE_WORDS and not (name.capital and _formal(title)):
        return None
    if name.low in known.NEVER_NAMES and not (name.initial or (name.capital and _formal(title))):
        return None
    if (title.text[0].islower() or name.text[0].islower()) and not _quiet_title(title, name):
        return None
    if name.capital or name.initial or name.shouted or title.low in known.QUIET_TITLES:
        return (at, _with_surnames(words, at + 2), "title", True)
    quiet = title.text[0].islower() or _is_known(name)
    return (at, at + 2, "title", True) if quiet else None


def _formal(title: Word) -> bool:
    return title.low in {"mr", "mrs", "ms"} or title.text == "Miss"


def _quiet_title(title: Word, name: Word) -> bool:
    if len(name.low) == 1 and (title.low in known.QUIET_TITLES or title.low == "miss"):
        return name.low not in {"a", "i"}
    if title.low in known.QUIET_TITLES:
        return name.low not in lists.common_words() or name.capital or name.low in (
            lists.family_words() | lists.word_names()
        )
    if name.capital or name.initial:
        return _may_be_named(name) and name.low not in lists.common_words() - lists.word_names()
    return title.low in known.TITLES_WITH_GIVEN and (
        _is_known(name) or name.low in lists.family_words() or name.low in lists.also_names()
    )


def _is_known(word: Word) -> bool:
    return word.low in lists.sure_names() or word.low in lists.family_names()


# --- What stands before ---------------------------------------------------------------------


def _cued(words: Sequence[Word], at: int) -> Found | None:
    """Find "my TA Sam", "my son jayden", "a boy called Ali", "his teacher is Mrs X", "I'm Jo"."""
    before = words[max(0, at - 4) : at]
    word = words[at]
    if not before or not _could_follow(word):
        return None
    cue, last = _cue(before, word), before[-1]
    if cue is None:
        return None
    if word.initial:
        whole = word.gap.strip(" ,:(") == "" and not word.owns
        return (at, _after_initials(words, at), cue, True) if whole else None
    if word.shouted and len(word.text) == 2 and last.low in known.ROLES | known.CALLED:  # noqa: PLR2004
        return (at, at + 1, cue, False)
    if word.capital or word.shouted:
        return _cued_capital(words, at, cue)
    return (at, at + 1, cue, _is_known(word)) if _is_quiet_name(words, at, cue) else None


def _could_follow(word: Word) -> bool:
    quiet_role = word.low in known.ROLE_WORDS and word.text[0].islower() and word.low not in known.NOT_NAMES_WHEN_LOWER
    return word.gap.strip(" ,:(\"'’–—-") == "" and not quiet_role


def _cue(before: Sequence[Word], word: Word) -> str | None:
    """Say which cue the words before a word hold, if any."""
    last = before[-1].low
    earlier = before[-2].low if len(before) > 1 else ""
    if last in known.CALLED or (last, earlier) in {("is", "name"), ("as", "known"), ("was", "name")}:
        return "called"
    if last == "name" and before[-1].owns:
        return "called"
    if last in {"name", "names", "named", "nickname"} and ":" in word.gap:
        return "called"
    if earlier in known.CALLS or (last, earlier) in {("by", "goes"), ("to", "answers"), ("is", "nickname")}:
        return "called" if last in known.WHOM or earlier not in known.CALLS else None
    if last in known.ROLES and word.initial:
        return "relation"
    if last in known.ROLES and (earlier in known.OWNERS or _owned(before)):
        return "relation"
    if last in {"is", "was", "are"} and earlier in known.ROLES and len(before) > 2:  # noqa: PLR2004
        return "is called" if before[-3].low in known.OWNERS else None
    if last in {"thanks", "regards", "love", "from"}:
        return "sign-off"
    greets = last in {"i'm", "hi", "dear", "hello", "im"}
    return "greeting" if greets or (last, earlier) in {("am", "i"), ("is", "this")} else None


def _owned(before: Sequence[Word]) -> bool:
    """Tell whether "my", "his" stands one or two words further back: "my little brother Sam"."""
    return any(
        word.low in known.OWNERS or word.owns for word in before[-4:-1]
    ) and all(word.joined for word in before[-2:])


def _cued_capital(words: Sequence[Word], at: int, cue: str) -> Found | None:
    word = words[at]
    given = word.low in lists.sure_names() or word.low in lists.word_names()
    if not _may_be_named(word) or (word.shouted and not given):
        return None
    strange = word.low not in lists.common_words() and word.low not in lists.places()
    if cue == "sign-off" and not given:
        return None
    if cue in {"greeting", "is called"} and not (given or (strange and not word.opens)):
        return None
    acts = _acts(words, at + 1, active=False) and word.low not in known.GENERIC_PLACES | known.ROLES
    if cue == "relation" and not (given or strange or acts):
        return None
    if word.low in known.MONTHS and "," not in word.gap and cue in {"greeting", "sign-off"}:
        return None
    return (at, _with_surnames(words, at + 1), cue, given or cue == "called")


def _listed_on(words: Sequence[Word], at: int) -> bool:
    """Tell whether another name is joined on: "my boys max and leo"."""
    return at + 2 < len(words) and words[at + 1].low == "and" and (
        words[at + 2].low in lists.everyday_names()
    )


def _is_quiet_name(words: Sequence[Word], at: int, cue: str) -> bool:
    """Tell of a word without a capital, after a cue, whether it is a name."""
    word = words[at]
    if len(word.low) < 2 or cue in {"greeting", "sign-off"} or word.low in known.NEVER_NAMES:  # noqa: PLR2004
        return cue == "greeting" and word.low in lists.everyday_names()
    if word.low in lists.names_of_any_kind() and _listed_on(words, at):
        return True
    if word.low in known.NOT_NAMES_WHEN_LOWER and not _acts(words, at + 1, active=False):
        return False
    if word.low in lists.sure_names() or word.low in lists.family_names():
        return True
    if word.low in lists.word_names():
        ends = at + 1 >= len(words) or not words[at + 1].joined
        plain = word.low not in lists.words_and_places()
        acts = not ends and (_acts(words, at + 1) or words[at + 1].low in {"is", "was"})
        whole = ends or word.owns or acts or plain or _listed_on(words, at)
        return whole and (cue != "is called") and word.low not in known.DOES
    unknown = word.low not in lists.words_and_places()
    return unknown and cue in {"called", "relation"} and word.text.isalpha() and (
        cue == "called" or _acts(words, at + 1, active=False) or word.owns
    )


# --- By themselves --------------------------------------------------------------------------


def _plain(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by what is known of the word and by its neighbours."""
    word = words[at]
    if word.text[0].islower():
        return _quiet(words, at)
    if word.initial:
        return _initials(words, at)
    if not _may_be_named(word) or _part_of_a_thing(words, at):
        return None
    if word.shouted:
        loud = word.low in lists.sure_names() and len(word.low) > 2 or word.low in _TWO_LETTERS  # noqa: PLR2004
        loud = loud or (word.low in lists.also_names() and word.low not in known.ABSTRACT and _acts(words, at + 1))
        return (at, _with_surnames(words, at + 1), "known, in capitals", False) if loud else None
    told = word.low in lists.word_names() and word.low not in lists.words_and_places()
    if told or _any_part(word, lists.sure_names()):
        return (at, _with_surnames(words, at + 1), "known name", True)
    if word.low in lists.word_names():
        return _word_or_name(words, at)
    return _strange(words, at)


def _quiet(words: Sequence[Word], at: int) -> Found | None:
    """Find a name by itself without its capital: "thanks to jayden", "ruby loves", "grace's"."""
    word = words[at]
    low = word.low
    if len(low) < 3 or _part_of_a_thing(words, at):  # noqa: PLR2004
        return None
    if low in lists.also_names() and low in lists.words_and_places() and _lone_subject(words, at):
        return (at, at + 1, "word that acts like a name", False)
    if low in lists.word_names() and low in lists.words_and_places():
        clear = low not in known.ABSTRACT and (
            word.owns or (at + 1 < len(words) and words[at + 1].low in known.ONLY_PEOPLE_DO)
        )
        clear = clear or (word.owns and low in {"grace", "hope", "faith", "joy", "harmony", "serenity"})
        rare = low not in lists.everyday_names() and low not in lists.also_names()
        return (at, at + 1, "word that acts like a name", False) if clear and not rare else None
    if low in lists.everyday_names() or (low in lists.sure_names() and len(low) > 4):  # noqa: PLR2004
        clear = low not in _ALSO_WORDS or _acts(words, at + 1) or word.owns
        after = at + 1
        if after < len(words) and words[after].joined and words[after].low in lists.family_names():
            after += 1
        return (at, after, "known, without a capital", False) if clear else None
    before = words[at - 1].low if at and word.joined else ""
    strange = low not in lists.words_and_places() and low not in known.NEVER_NAMES
    if before in {"told", "asked", "thank", "hugged", "hit", "met", "helped"} and strange and low.isalpha():
        return None if _plural_or_past(low) else (at, at + 1, "unknown word after what is done to people", False)
    return None


def _lone_subject(words: Sequence[Word], at: int) -> bool:
    """Tell of "hope" or "will" whether it is who does something: "hope hates", "will won't"."""
    low = words[at].low
    before = words[at - 1].low if at and words[at].joined else ""
    if before in known.BEFORE_NOUNS or low in known.MONTHS | known.SEASONS - {"hope", "faith"}:
        return False
    if at > 1 and words[at - 1].low == "and" and words[at - 2].low == "me":
        return True
    if at + 1 >= len(words) or not words[at + 1].joined:
        return False
    after = words[at + 1].low
    finite = after in known.ONLY_PEOPLE_DO - {"has", "needs", "gets", "reads", "starts"}
    return finite or (low in {"will", "mark", "max", "frank", "sue", "pat"} and after in known.FINITE)


_ALSO_WORDS = frozenset(
    "jack nick kitty warren jasmine spencer stella ana aria beau gal kit len les lex lin mac mari mini que "
    "ren ona ora val vida yas zen ina ira isa peter pete jasper polly peggy natty sally joss marco shan shah ali "
    "ria dom mick paddy barney".split()
)  # fmt: skip


def _any_part(word: Word, names: frozenset[str]) -> bool:
    if word.low in names:
        return True
    parts = word.low.split("-")
    return len(parts) > 1 and word.text.count("-") < 3 and parts[0] in names  # noqa: PLR2004


def _may_be_named(word: Word) -> bool:
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
    return not odd or "-" in word.text or bool(_INNER.match(word.text))


_INNER = re.compile(
    r"(?:De|Di|La|Le|Ma|Mac|Mc|Jo|Da|Ja|Ke|Ta|Sha|Van|Fitz|Al|El|Abd|Du|St|[ODNL]['’])[A-Z][a-zà-ÿ]"
)
_CONTRACTED = ("'m", "'ve", "'d", "'ll", "'re", "n't")
_TWO_LETTERS = frozenset({"tj", "aj", "cj", "jj", "mj", "kj", "rj"})


def _part_of_a_thing(words: Sequence[Word], at: int) -> bool:
    following = [word.low for word in words[at + 1 : at + 3] if word.joined or word.gap == "-"]
    if not following or following[0] not in THINGS:
        return False
    if following[0] in {"syndrome", "disease", "law", "disorder", "palsy"}:
        return True
    return words[at].low not in lists.sure_names()


def _acts(words: Sequence[Word], at: int, *, active: bool = True) -> bool:
    """Tell whether the word at a place says what a person does or is."""
    if at >= len(words) or not words[at].joined:
        return False
    if words[at].low in known.DOES or (words[at].low in known.HAS and active):
        return True
    clearly = words[at - 1].low in lists.also_names() - known.ABSTRACT - known.SEASONS
    if words[at].low in known.FINITE and at and clearly:
        return True
    if words[at].low not in known.IS or at + 1 >= len(words):
        return False
    after = words[at + 1].low
    return not active or after in known.LIKE_A_PERSON or (after[-3:] == "ing" and len(after) > 4)  # noqa: PLR2004


def _word_or_name(words: Sequence[Word], at: int) -> Found | None:
    """Decide about "Grace", "Will", "May", "Jordan": a word or a place, or somebody."""
    word = words[at]
    before = words[at - 1].low if at and words[at].joined else ""
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    surname = after is not None and after.capital and _is_surname(after) and not after.opens
    if surname and word.low not in known.MONTHS:
        return (at, _with_surnames(words, at + 1), "full name", True)
    acts = _acts(words, at + 1) or (word.owns and not (after is not None and after.capital))
    acts = acts or _introduced(words, at) or _verb_like(words, at)
    told = before in known.TRANSITIVE
    if word.low in known.MONTHS and ((before in known.MONTH_CUES and not told) or not (acts or told)):
        return None
    if word.low in lists.places() and (_placed(words, at) or before == "the"):
        return None
    if before in {"the", "a", "an", "this", "some"} and word.low not in known.MONTHS:
        return None
    if word.opens or _titlecased(words, at):
        clear = acts and not (word.low in known.ABSTRACT and _only_is(words, at + 1))
        if word.low in known.SEASONS and words[at + 1].low in known.HAS:
            clear = False
        clear = clear or _with_a_name(words, at + 1) or (_introduced(words, at) and word.low not in known.SEASONS)
        clear = clear or (before in known.ROLES) or _signs(words, at)
        return (at, at + 1, "word that acts like a name", False) if clear else None
    if word.low in lists.places() and not acts and word.low not in lists.also_names():
        return None
    return (at, at + 1, "word with a capital", False)


def _placed(words: Sequence[Word], at: int) -> bool:
    """Tell whether what stands before says that a place follows: "in X", "moved to X"."""
    if not at or not words[at].joined:
        return False
    before = words[at - 1].low
    if before in {"to", "from", "through", "via"}:
        return at > 1 and words[at - 2].low in known.MOVES
    return before in known.PLACE_CUES | known.SETTING_CUES


def _verb_like(words: Sequence[Word], at: int) -> bool:
    """Tell whether a verb of any kind follows: "Rose chewed", "Ivy flaps when"."""
    if at + 2 >= len(words) or not words[at + 1].joined or words[at].low in known.ABSTRACT | known.SEASONS:
        return False
    if words[at].low in lists.word_names() - lists.also_names():
        return False
    low = words[at + 1].low
    if words[at + 1].text[0].isupper() or len(low) < 4:  # noqa: PLR2004
        return False
    goes_on = words[at + 2].low in known.AFTER_VERBS and words[at + 2].joined
    return low.endswith("ed") or (low.endswith("s") and not low.endswith("ss") and goes_on)


def _signs(words: Sequence[Word], at: int) -> bool:
    """Tell whether a name stands alone at the end, as a signature does."""
    alone = at + 1 == len(words) and at > 2 and ("\n" in words[at].gap or "-" in words[at].gap or "–" in words[at].gap)  # noqa: PLR2004, RUF001
    return alone


def _only_is(words: Sequence[Word], at: int) -> bool:
    return at < len(words) and words[at].low in known.IS and not (
        at + 1 < len(words) and words[at + 1].low in known.ONLY_OF_PEOPLE
    )


def _with_a_name(words: Sequence[Word], at: int) -> bool:
    """Tell whether "and Ivy" follows."""
    if at < len(words) and words[at].gap.strip() == "," and words[at].low in lists.sure_names():
        return words[at].capital
    listed = at + 1 < len(words) and words[at].gap.strip() == "," and words[at].capital
    if listed and words[at].low in lists.also_names() and words[at + 1].low in {"and", "&"}:
        return True
    if at + 1 >= len(words) or words[at].low not in {"and", "&"} or not words[at + 1].capital:
        return False
    return words[at + 1].low in lists.names_of_any_kind() and words[at + 1].low not in known.MONTHS


def _titlecased(words: Sequence[Word], at: int) -> bool:
    """Tell whether a neighbour has a capital without being a name: "Early Hope Project"."""
    near = [words[at - 1]] if at and words[at].joined and not words[at - 1].opens else []
    near += [words[at + 1]] if at + 1 < len(words) and words[at + 1].joined else []
    return any(
        (word.capital or word.shouted) and not _is_known(word) and len(word.text) > 1
        and word.low not in known.ROLES and not word.low.startswith("i'")
        and word.low not in lists.names_of_any_kind()
        for word in near
    )


def _strange(words: Sequence[Word], at: int) -> Found | None:
    """Decide about a word with a capital that no list knows."""
    word = words[at]
    surname = word.low in lists.family_names() and "-" not in word.text
    parts = word.low.replace("'", "-").split("-")
    if "-" in word.text and any(part in lists.family_words() for part in parts) and not word.opens:
        return (at, _with_surnames(words, at + 1), "double surname", False)
    if word.low in lists.common_words() and not word.opens:
        return _nickname(words, at)
    if not surname and any(
        part in lists.common_words() or part in known.NEVER_NAMES for part in (word.low, *parts[:1])
    ):
        return None
    if word.low in lists.places() or _in_a_place(words, at) or _placed(words, at):
        return None
    if not surname and _plural_or_past(word.low):
        return None
    if word.opens and not (
        _acts(words, at + 1) or word.owns or _introduced(words, at) or _verb_like(words, at)
        or _with_a_name(words, at + 1) or _in_another_language(words, at + 1)
    ):
        return None
    return (at, _with_surnames(words, at + 1), "unknown word with a capital", False)


def _nickname(words: Sequence[Word], at: int) -> Found | None:
    """Find a word with a capital that does what only people do: "then Smudge bit him"."""
    word = words[at]
    before = words[at - 1].low if word.joined else ""
    general = word.low in known.GENERIC_PLACES | known.ROLES | known.AGENTS | known.SCHOOL_WORDS
    if general or before in known.BEFORE_NOUNS or word.low.endswith("s") or _titlecased(words, at):
        return None
    acts = at + 1 < len(words) and words[at + 1].joined and words[at + 1].low in known.ONLY_PEOPLE_DO | {"bit", "cried", "hit"}
    return (at, at + 1, "word that acts like a name", False) if acts else None


def _in_another_language(words: Sequence[Word], at: int) -> bool:
    """Tell whether what follows is no English, so that a capital says more."""
    near = words[at : at + 2]
    return len(near) > 1 and all(word.joined and word.text[0].islower() and word.low not in lists.common_words() for word in near)


def _introduced(words: Sequence[Word], at: int) -> bool:
    """Tell whether a surname follows, or what says who somebody is: "X, our social worker"."""
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    if after.gap.strip() in {",", ":", "(", "–", "-"}:  # noqa: RUF001
        return after.low in known.WHO_IS
    if any(c.isdigit() for c in after.gap) and after.gap.lstrip()[:1] in {",", "("}:
        return True
    joins = after.low in {"from", "who", "whose", "aged"} or (after.low in {"at", "in"} and not words[at].low.endswith("s")) or (
        after.low in {"and", "&"} and at + 2 < len(words) and words[at + 2].low in {"i", "his", "her", "me", "my", "the"}
    )
    return after.joined and (joins or _next_surname(words, at))


def _plural_or_past(low: str) -> bool:
    if low.endswith("s") and low[:-1] in known.NEVER_NAMES:
        return True
    return low.endswith(_OF_WORDS) or any(
        low.endswith(ending) and low[: -len(ending)] in lists.common_words()
        for ending in ("s", "ed", "ing", "ly", "er", "'s", "ers", "ness", "al", "ment")
    )


_OF_WORDS = (
    "ic", "ics", "ation", "ations", "ology", "ologist", "ologists", "ence", "able", "ible", "ous", "ity",
    "itis", "ism", "isms", "ment", "ively", "ising", "ised", "ative", "ciency", "ship", "ships",
)  # fmt: skip


def _in_a_place(words: Sequence[Word], at: int) -> bool:
    """Tell whether the word is part of a place of two words: "Hemel Hempstead"."""
    before = at > 0 and words[at].joined and lists.is_place(words[at - 1].low, words[at].low)
    after = at + 1 < len(words) and words[at + 1].joined
    return before or (after and lists.is_place(words[at].low, words[at + 1].low))


def _next_surname(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and words[at + 1].joined and words[at + 1].capital and (
        _is_surname(words[at + 1])
    )


def _is_surname(word: Word) -> bool:
    if not _may_be_named(word) or word.low in lists.places():
        return False
    return word.low in lists.family_words() or word.low not in lists.common_words()


def _with_surnames(words: Sequence[Word], at: int) -> int:
    """Return the word after the surnames that follow a name."""
    for _ in range(MOST_SURNAMES):
        if at >= len(words) or not words[at].joined or words[at - 1].owns:
            return at
        linked = words[at].low in LINKS and at + 1 < len(words) and words[at + 1].capital
        word = words[at]
        trusted = _any_part(words[at - 1], lists.sure_names()) and word.capital and (
            _may_be_named(word) and word.low not in known.ROLES and not _titlecase_ahead(words, at)
        )
        stop = word.opens or not (
            linked or trusted or (word.initial and _initial_stands(words, at)) or (word.capital and _is_surname(word))
            or (word.shouted and words[at - 1].shouted and _is_known(word))
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


def _initials(words: Sequence[Word], at: int) -> Found | None:
    """Find "J.S.", "K. Patel" and "T is six", but not "U.K." or a list's "A. Speech"."""
    if words[at].text != "A" and (words[at].owns or _acts(words, at + 1)) and words[at].gap != ".":
        return (at, at + 1, "initial that acts like a name", False)
    after = _after_initials(words, at)
    before = words[at - 1] if at else None
    if before and (before.initial or before.low in {"a", "an", "the"}) and len(words[at].gap) < 3:  # noqa: PLR2004
        return None
    letters = "".join(word.text for word in words[at:after])
    if after - at > 1:
        return None if letters.lower() in _ABBREVIATED else (at, after, "initials", False)
    named = after < len(words) and words[after].capital and words[after].gap == ". "
    if named and not words[at].opens and _is_surname(words[after]):
        return (at, _with_surnames(words, after), "initial and surname", False)
    joined = at + 1 < len(words) and words[at + 1].capital and words[at + 1].gap in {" ", ". "}
    known_one = joined and words[at + 1].low in lists.family_names() and words[at].text != "A"
    return (at, at + 2, "initial and surname", False) if known_one else None


_ABBREVIATED = frozenset("tv pt dvd nmc icu uk eh nh nhs sen ad pe ps it us ta ba ma gp pa ot ehc qc bc am pm usa eg ie".split())  # noqa: SIM905


def _after_initials(words: Sequence[Word], at: int) -> int:
    after = at + 1
    while after < len(words) and words[after].initial and words[after].gap in {".", ". "}:
        after += 1
    return after
