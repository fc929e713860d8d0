# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Schools, nurseries, clinics, hospitals, units, classes and rooms that are called by a name.

Each rule looks a few words back from a word such as "Primary", so a long text costs no more than
its length.
"""

import re
from collections.abc import Iterator, Sequence

from analysis.namewords import GENERIC_PLACES, NEVER_NAMES, PLACE_CUES, SETTING_CUES, TITLES
from analysis.redaction import lists
from analysis.redaction.spans import Span
from analysis.redaction.words import Word

MOST_WORDS = 7
MOST_QUIET_WORDS = 3
SCHOOLS = frozenset(
    "childcare utc montessori sixth-form primary junior juniors infant infants nursery secondary high grammar academy school college jmi srp "
    "comprehensive preschool pre-school playgroup montessori kindergarten schools prep federation "
    "nurseries daycare childminders childminding pru esc upper middle first sch academies".split()
)
PLACES = frozenset(
    "hospital hospice clinic surgery practice ward centre center unit base hub house lodge class room group "
    "club resource provision farm project respite wing classroom campus outreach park court".split()
)
WEAK = frozenset("practice unit base hub house lodge group club resource provision farm project wing "
                 "campus outreach park court high upper middle first secondary prep respite federation".split())  # fmt: skip
"""Words that end a setting's name only when what stands before them is no everyday word."""

ALONE = frozenset("high upper middle first secondary unit ward class room base wing".split())  # noqa: SIM905
MORE = frozenset(
    "school academy college hospital nursery centre primary junior infant infants unit base clinic "
    "preschool pre-school room class sixth form jmi church of england c e ce rc and "
    "medical health children's ward provision sixth-form".split()
)
LINKS = frozenset("of the and & c e ce rc cofe for st saint a".split())  # noqa: SIM905
ROOMS = frozenset("hub zone pod bungalow pavilion annexe studio nest den hive burrow cove haven harbour ark oasis orchard lighthouse cabin retreat "
                  "sanctuary bridge snug treehouse meadow warren burrows beehive acorns acorn".split())  # fmt: skip
QUIET_ENDS = frozenset("primary school academy nursery infants juniors college junior infant secondary preschool "
                       "pre-school grammar playgroup jmi class hospital comprehensive room".split())  # fmt: skip
CLASSES = re.compile(
    r"\b(?:[Cc]lass|[Ff]orm|[Tt]utor group|[Gg]roup)\s(?:\d{1,2}\s?[A-Z]{1,2}|[A-Z]{1,2}\d{1,2})\b"
    r"|(?<=\bin )(?!3D|2D|3G|4G|5G)(?:[1-9]|1[0-3])[A-Z]{1,2}\b"
)
SENT = re.compile(
    r"\b(?:College|Academy|School|Hospital|Convent|Institute) (?:of|for) (?:St\.? |the |Our )?[A-Z][a-z]+(?: [A-Z][a-z]+){0,3}"
)
GENERAL = re.compile(r"\b[A-Z][a-z]{3,15} General\b(?: Hospital)?")
SEXES = re.compile(r"\b(?:[A-Z][a-z]{2,15}['’]?s?\s){1,3}(?:Boys|Girls)['’]?\b")
HOSPITALS = re.compile(
    r"\b(?:(?:the )?lister(?: hospital)?(?=\W)|qe ?2|qeii|great ormond street(?: hospital)?|gosh(?= |\.|,)"
    r"|addenbrooke['’]?s(?: hospital)?|(?:the )?luton (?:and|&) dunstable(?: hospital)?|l&d)(?!\w)",
    re.IGNORECASE,
)
SAINT = re.compile(
    r"\b(?:St|Saint|Sts|st|saint|ST)\.? +[A-Za-z][a-z]{2,14}(?:['’]s?(?!\w)|(?<=s)['’](?!\w)|s?\b)"
)


def settings(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Yield the settings of a text; some may overlap."""
    for at, word in enumerate(words):
        if word.low == "form" and at and words[at - 1].low == "sixth":
            yield from _ending(words, at)
        elif word.low in SCHOOLS or word.low in PLACES:
            yield from _ending(words, at)
        elif word.capital and word.low in _BEASTS and not word.opens:
            yield from _group(words, at)
        elif word.low in ROOMS:
            yield from _room(words, at)
        elif word.low == "class" or word.low in SETTING_CUES or word.low in {"to", "from"}:
            yield from _after(words, at)
    for match in SAINT.finditer(text):
        yield from _saint(text, match)
    for pattern, kind in ((CLASSES, "school"), (SENT, "school"), (GENERAL, "place"), (SEXES, "school")):
        for match in pattern.finditer(text):
            yield Span(*match.span(), kind, "setting by its form", sure=False)
    for match in HOSPITALS.finditer(text):
        if match.group().lower() != "gosh" or match.group() == "GOSH":
            yield Span(*match.span(), "place", "hospital known by its name")


def _kind(word: Word) -> str:
    return "school" if word.low in SCHOOLS | {"class", "room", "classroom", "base"} else "place"


def _ending(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Look back from "Primary" or "clinic" for the name of it."""
    if words[at].low in MORE and at and words[at - 1].low in SCHOOLS | PLACES and words[at].joined:
        if words[at - 1].low not in ALONE:
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
    telling = [word for word in named if _tells(word)]
    if not telling or not any(word.capital or word.shouted for word in telling):
        return None
    opener = len(telling) == 1 and telling[0].opens and telling[0].low in lists.common_words()
    if opener and not words[at].capital and telling[0].low not in _BEASTS | _NATURE:
        return None
    if words[at].low in WEAK | {"group", "class", "room"} and not _strong(words, start, at):
        return None
    return start


def _goes_on(words: Sequence[Word], start: int) -> bool:
    """Tell whether the word before belongs to the same name."""
    if not (words[start].joined or words[start].gap in {"’ ", "' ", " & ", " (", ". "}):
        return False
    before = words[start - 1]
    if words[start].opens or before.owns and before.low in {"he", "it", "that", "she", "there", "what"}:
        return False
    if before.capital or before.shouted or before.initial or (before.text == "St"):
        return before.low not in TITLES and not (before.shouted and before.low in NEVER_NAMES and before.low not in {"ce", "rc"})
    linked = before.low in {"of", "and", "the", "&", "st", "st.", "saint"} and start > 1
    earlier = words[start - 2]
    named = earlier.capital or earlier.initial
    return linked and named and before.joined and earlier.low not in _OPENERS


_OPENERS = frozenset(
    "the my our his her their at in to from and but when if so because we i she he they it this that is was "
    "both all after before since while where which not with for on as an a or by also then now even".split()
)


def _is_opener(word: Word) -> bool:
    return word.low in GENERIC_PLACES | LINKS | _OPENERS and word.low not in {"st", "saint"} or (
        word.opens and word.low in lists.common_words() and word.low in SETTING_CUES | PLACE_CUES
    )


def _tells(word: Word) -> bool:
    return word.low not in GENERIC_PLACES and word.low not in LINKS and len(word.low) > 1 and (
        word.low not in NEVER_NAMES
    ) and word.low not in SCHOOLS | PLACES


def _strong(words: Sequence[Word], start: int, at: int) -> bool:
    """Tell whether a weak word such as "House" or "class" really ends a name: "Kestrel class"."""
    before = words[start:at]
    if words[at].capital and words[at].low not in {"practice", "provision", "project", "group"}:
        return any(_tells(word) and word.capital for word in before)
    plain = before[-1]
    return plain.capital and _tells(plain) and (
        not plain.opens or plain.low not in lists.common_words()
    ) and (plain.low not in lists.common_words() or words[at].low not in WEAK - {"house", "base", "unit"}) and words[at].low in {"class", "room", "base", "unit", "ward", "high", "secondary", "upper", "middle", "house", "clinic", "group", "hub", "club"}


def _first_quiet(words: Sequence[Word], at: int) -> int | None:
    """Return where a name without capitals starts: "at oak hill primary", "kestrel class"."""
    if words[at].low not in QUIET_ENDS or not words[at].joined or at == 0:
        return None
    start = at
    while start > max(0, at - MOST_QUIET_WORDS) and words[start].joined and not words[start].opens and (
        (_tells(words[start - 1]) or words[start - 1].low in _NATURE)
        and words[start - 1].low not in _NOT_IN_NAMES
        and words[start - 1].text[0].islower()
    ):
        start -= 1
    if start == at:
        return None
    cued = start > 0 and words[start].joined and words[start - 1].low in SETTING_CUES | {"to", "from", "in"}
    strange = any(
        word.low not in lists.common_words() and not _plain_form(word.low) for word in words[start:at]
    )
    if words[at - 1].low in _NATURE:
        return start
    if words[at].low in {"class", "room"}:
        return start if start == at - 1 and (words[start].low in _BEASTS) else None
    if strange:
        return next(i for i in range(start, at) if words[i].low not in lists.common_words()) if not cued else start
    return start if cued and words[start].low not in _DESCRIBES and words[at].low not in {"hospital"} else None


_NOT_IN_NAMES = frozenset(
    "i he she it we they you is was were are be been has have had do does did say says said like take takes took "
    "go goes went love loves loved hate hates start starts started leave left miss feel feels change changed "
    "trying try tries want wants wanted make makes made give gives gave need needs asked ask tell told think "
    "thinks but to from at in on off near by about per until once though although yet that's his her my our their".split()
)
_DESCRIBES = frozenset(
    "day night work old home breakfast after big nice lots many several most least five six four ten eight seven "
    "nine starting changing bad rubbish useless awful christian jewish muslim islamic special-needs "
    "mainstream-only faith-based selective boarding different similar suitable certain whatever whichever "
    "specialist independent council academy-run non-mainstream normal ordinary regular proper".split()
)
_BEASTS = frozenset(
    "kestrel owl owls kingfisher robin robins wren wrens hedgehog hedgehogs badger badgers fox foxes squirrel squirrels "
    "otter otters butterfly butterflies ladybird ladybirds caterpillar caterpillars bumblebee bumblebees dragonfly "
    "rabbit rabbits penguin penguins dolphin dolphins turtle turtles lion lions tiger tigers elephant elephants "
    "giraffe giraffes panda pandas koala koalas willow oak oaks maple beech birch sycamore elm chestnut rowan ash "
    "cedar acorn acorns sunflower sunflowers rainbow sunshine starfish seahorse puffin puffins swan swans heron "
    "eagle eagles falcon falcons hawk hawks kite kites woodpecker nightingale swallow swallows starling "
    "willows beeches elms limes firs pines laurels hollies poplars cedars birches maples hawthorns "
    "daffodil daffodils daisies bluebells buttercup buttercups poppies tulips snowdrops cubs bears teddies ducklings "
    "pandas dinosaurs explorers chestnuts sycamores beeches conkers fireflies bees ladybugs monkeys zebras puffins "
    "topaz sapphire emerald jupiter saturn mars neptune mercury venus pluto dahl einstein picasso monet".split()
)


_NATURE = frozenset(
    "meadow meadows hill hillside wood woods woodland woodlands field fields park oak oaks ash lea leas view bank brook "
    "river riverside lake lakeside valley grove orchard forest heath moor mead bridge chase grange manor castle "
    "abbey priory church-hill farm bluebell willow willows cherry-tree tree trees grove mill windmill spring springs".split()
)


def _plain_form(low: str) -> bool:
    return any(
        low.endswith(end) and low[: -len(end)] in lists.common_words() for end in ("s", "'s", "ed", "ing", "ly")
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


def _room(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find "the Nest" and "The Hive"; a nest without a capital is one."""
    before = words[at - 1] if at else None
    if before and before.low == "the" and words[at].joined and words[at].capital:
        yield Span(words[at].start, words[at].end, "place", "room called by a name", sure=False)


def _group(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find "in Hedgehogs" and "joined Daffodils"."""
    before = words[at - 1].low if at and words[at].joined else ""
    if before in {"in", "into", "from", "to", "of", "called", "the"} | SETTING_CUES and (
        words[at].low not in lists.sure_names() | lists.word_names() or words[at].low.endswith("s")
    ):
        yield Span(words[at].start, words[at].end, "school", "group called by a name", sure=False)


def _after(words: Sequence[Word], at: int) -> Iterator[Span]:
    """Find what a cue says is a setting: "class Kestrel", "Year 9 at Ashcombe", "moved to SJB"."""
    if at + 1 >= len(words) or not words[at + 1].joined:
        return
    cue, first = words[at].low, at + 1
    if words[first].low == "the" and first + 1 < len(words) and words[first + 1].joined:
        first += 1
    word = words[first]
    if cue == "class":
        if word.capital and _tells(word) and words[at].text == "class" and word.low not in lists.sure_names():
            yield Span(words[at].start, word.end, "school", "class called by a name", sure=False)
        return
    if cue in {"to", "from"} and not (at and words[at - 1].low in _MOVES):
        return
    acronym = word.shouted and 3 <= len(word.text) <= 5 and word.low not in NEVER_NAMES  # noqa: PLR2004
    if acronym and word.low not in lists.common_words() and word.low not in lists.everyday_names():
        yield Span(word.start, word.end, "school", "abbreviation after a cue", sure=False)
    elif word.text[0].islower() and cue not in {"left", "leaving", "from"} and _unknown_quiet(word):
        yield Span(word.start, word.end, "school", "unknown word after a cue", sure=False)
    elif word.capital and (_unknown(words, first) or _named_like_a_word(words, first, cue)):
        after = first + 1
        while after < len(words) and words[after].joined and words[after].capital and _tells(words[after]):
            after += 1
        yield Span(word.start, words[after - 1].end, "school", "unknown place after a cue", sure=False)


_MOVES = frozenset(
    "chose choose picked moved went goes go going moving move transferred transfer started back came come transition transport "
    "travel travels excluded expelled moves transitioned sent year y7 class pupil head teacher senco letter taxi "
    "bus drive applied home".split()
)


def _unknown_quiet(word: Word) -> bool:
    low = word.low
    known = low in lists.words_and_places() or low in NEVER_NAMES or low in GENERIC_PLACES
    return not known and len(low) > 4 and low.isalpha() and not _plain_form(low)  # noqa: PLR2004


def unknown_places(words: Sequence[Word]) -> Iterator[Span]:
    """Yield places that are no town: a village points at whoever lives there."""
    for at in range(len(words) - 1):
        cue = words[at].low in {"in", "near", "outside", "around"} or (
            words[at].low in {"from", "to"} and at > 0 and words[at - 1].low in _MOVES | {"far", "drive", "live"}
        )
        word = words[at + 1]
        if not cue or not word.joined or not word.capital or not _village(words, at + 1):
            continue
        after = at + 2
        while after < len(words) and words[after].joined and (
            words[after].capital or (words[after].low in {"le", "on", "under", "upon", "in", "the"} and after + 1 < len(words) and words[after + 1].capital)
        ) and words[after].low not in NEVER_NAMES:
            after += 1
        yield Span(word.start, words[after - 1].end, "place", "place that is no town", sure=False)


_OF_VILLAGES = frozenset(
    "little great much nether upper lower long stoke west east north south old new church st saint kings king's abbots "
    "abbot's priors bishops castle high market wood green cold over temple".split()
)


def _village(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    if word.low in _OF_VILLAGES and at + 1 < len(words) and words[at + 1].joined and words[at + 1].capital:
        second = words[at + 1].low
        return not _unknown_pair(words, at) and second not in SCHOOLS | PLACES and second not in lists.places()
    return (_unknown(words, at) or _lives_in(words, at)) and len(word.low) > 2  # noqa: PLR2004


def _lives_in(words: Sequence[Word], at: int) -> bool:
    """Tell of a capital word that is none of a town's whether somebody lives there: "in Reed"."""
    low = words[at].low
    if low in lists.places() or not _tells(words[at]) or low in _EVENTS or _unknown_pair(words, at):
        return False
    near = {word.low for word in words[max(0, at - 6) : at - 1]}
    return bool(near & {"live", "lives", "lived", "living", "village", "moved", "grew", "home", "house", "family", "hamlet", "only"})


def _named_like_a_word(words: Sequence[Word], at: int, cue: str) -> bool:
    """Tell of a capital word after "at" whether it names a place: "at Sunnyside", "The Willows"."""
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) and words[at + 1].joined else None
    if not _tells(word) or word.low in _EVENTS or (after is not None and after.low in _EVENTS):
        return False
    if word.low in lists.places() or _unknown_pair(words, at) or word.low in lists.names_of_any_kind():
        return False
    return cue != "class" and not (after is not None and after.capital and after.low in NEVER_NAMES)


def _unknown_pair(words: Sequence[Word], at: int) -> bool:
    return at + 1 < len(words) and lists.is_place(words[at].low, words[at + 1].low)


_EVENTS = frozenset(
    "review reviews meeting meetings evening day stage home assembly parents parent's parents' panel hall work night time "
    "break times council team teams service services tribunal mediation level key point home-time playtime "
    "lunchtime all least first last easter half-term half term god heart large hand mum's dad's nan's".split()
)


def _unknown(words: Sequence[Word], at: int) -> bool:
    """Tell whether a capital word is neither a word, a town nor a person."""
    low = words[at].low
    if not _tells(words[at]) or low in TITLES or low in lists.sure_names() or low in lists.places():
        return False
    if _unknown_pair(words, at):
        return False
    return low not in lists.common_words() and not _plain_form(low) and low not in lists.word_names()


def _saint(text: str, match: re.Match[str]) -> Iterator[Span]:
    """Find "St Mary's"; "St Albans" is a town."""
    said = lists.folded(re.sub(r"[.'’]", "", match.group()))
    said = " ".join(said.split()).replace("saint ", "st ")
    if said in lists.places() or said in {"st albans", "st helens", "st ives", "st neots", "st patricks", "st georges"}:
        return
    saint = said.removeprefix("st ").removesuffix("s")
    small = match.group()[0] == "s" and match.group()[:2] == "st"
    if (small or "’" not in match.group()) and "'" not in match.group():
        if saint not in _SAINTS and not (match.group()[0] == "S" and match.group().split()[-1][0].isupper()):
            return
    if re.match(r" (?:day|Day|Street|Road|Lane|Close|Avenue)\b", text[match.end() : match.end() + 9]):
        return
    yield Span(*match.span(), "school", "saint")


_SAINTS = frozenset(
    "mary joseph john peter paul andrew michael george james luke mark matthew thomas cuthbert bede anne ann "
    "catherine katherine margaret clare teresa bernadette francis dominic columba adrian alban martin nicholas "
    "philip stephen edmund edward elizabeth helen hilda ignatius jude lawrence leonard patrick raphael "
    "swithun theresa vincent wilfrid augustine barnabas benedict bernard bartholomew cross giles gregory ippolyt "
    "paulinus rose simon agnes aidan david oswald chad antony anthony christopher".split()
)
