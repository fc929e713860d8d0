# ruff: noqa: RUF001  # people type curly apostrophes, so the patterns hold them
"""Names that sound like a school's wherever they stand: "Larkmead", "Sacred Heart", "Tiny Toes"."""

import re
from collections.abc import Iterator, Sequence

from analysis.language import lists
from analysis.language.namewords import GENERIC_PLACES, NEVER_NAMES, TITLES, word_set
from analysis.redaction.settingwords import BEASTS, NATURE, plain_form
from analysis.redaction.signs import in_a_place
from analysis.redaction.spans import Span
from analysis.redaction.words import Word

_SOUNDS = re.compile(
    "[a-z]{3,12}(?:wood|woods|field|fields|mead|meads|meadow|hollow|bank|leigh|hurst"
    "|croft|brook|grove|bourne"
    "|combe|dale|thorpe|lands|holme|side|moor|mill|gate|hill|ridge|view|park|water"
    "|bridge|down|downs|tree|lea"
    "|stead|wick|bury|ley|stone|shaw|worth|mount|haven|crest|vale|glade|wold|bush|fold"
    "|wing|wings|warren)"
)
_NOT_ONE = word_set("""
facebook dropbox macbook inside outside beside alongside playbook workbook seaside bedside
countryside riverside lakeside offside upside downside wayside daytime household standstill
textbook overview interview preview review purview breakdown countdown meltdown shutdown lockdown
crackdown putdown birmingham wolverhampton holby grimsby bitesize linkedin
""")
_HOLY = re.compile(
    r"\b(?:Our Lady(?: of [A-Z][a-z]+| Queen of [A-Z][a-z]+)?(?:['’]s)?|Sacred Heart"
    "|Christ the (?:King|Saviour)"
    "|All (?:Saints|Souls|Hallows)(?:['’])?|Holy (?:Trinity|Family|Rood|Cross|Spirit"
    "|Rosary|Innocents|Child)"
    "|(?:The )?Good Shepherd|Corpus Christi|Christ Church|Trinity|Emmanuel|Immanuel"
    "|Blessed [A-Z][a-z]+"
    "|Cardinal [A-Z][a-z]+|Bishop [A-Z][a-z]+(?:['’]s)?|Archbishop [A-Z][a-z]+(?:['’]s)?"
    "|(?:King|Queen|Prince|Princess|Sir|Lady|Dame|Lord|Saint|Duke|Dean"
    "|Bishop) (?:[A-Z][a-z]+ ?){0,2}(?:[A-Z][a-z]+)['’]s(?= (?:is|was|did|do|does|have"
    r"|has|had|will|would|said|say|were|are|for|in|at|and|lost|refused)\b))"
)
_CHEERFUL = re.compile(
    r"\b(?:Little|Tiny|Busy|Happy|Sunny|Jolly|Bright|Cheeky|Rainbow|First|Mini|Mother"
    "|Funky|Wise|Kiddy|Smiley|Small"
    "|Golden|Bumble|Teddy|Noah['’]s|New|Growing|Early|Sparkly|Shining|Twinkle|Tick|Zig"
    "|Pear|Apple|Cherry|Plum|Oak"
    "|Elm|Chestnut|Orchard|Willow|Holly|Hazel|Rowan|Maple|Ash|Beech|Birch|Cedar|Yew)"
    r"\s(?:Stars?|Steps|Acorns?|Lambs?|Bees|Days|Bears?|Ducks|Ducklings|Angels|Explorers"
    "|Sparks|Monkeys|Owls|Feet|Fishes"
    "|Footsteps|Rascals|Treasures|Gems|Pickles|Minds|Beginnings|Horizons|Futures|Tree"
    "|Trees|Ark|Toes|Tots|Kidz|Kids|Hands"
    "|Faces|Oaks|Buds|Seeds|Sunflowers|Sunbeams|Dragons|Pips|Zag|Tock|Fingers|Foxes"
    "|Squirrels|Rainbows|Learners|Adventurers"
    "|Otters|Hedgehogs|Puffins|Rabbits|Bunnies|Badgers|Robins|Wrens|Kittens|Pandas"
    "|Penguins|Lions|Tigers|Elephants"
    "|Dinosaurs|Tadpoles|Ladybirds|Butterflies|Caterpillars|Frogs|Mice|Chicks|Cubs"
    "|Turtles|Dolphins|Chipmunks|Larks"
    "|Wood|Woods|Grove|Hill|House|Lodge|Bank|Cottage|View|Court|Mead|Meadow|Lea|Dene"
    r"|Side|Goose)\b"
)
_COTTAGE = re.compile(
    r"\b(?:at|in|to|from|of|called)\s(?:the\s)?(?P<it>(?:[A-Z][a-z’']{2,15}\s){1,2}"
    r"(?:Cottage|House|Lodge|Court|Manor|Grange|Villa|Barn|Hall|View))\b"
)
_IS_A_SCHOOL = re.compile(
    r"(?:^|[.!?]\s|\b(?:and|but|so|then)\s)(?P<it>(?:The\s)?[A-Z][a-z’']+(?:"
    r"\s[A-Z][a-z]+){0,2})\s(?:is|was)\s(?:my|his|her|our|their|the|a|an)"
    r"\s(?:\w+\s){0,2}?(?:school|nursery|college|class|club|ward|unit|clinic|hospital|room|base"
    r"|academy|primary|secondary|preschool|playgroup|residential|hospice|pru)\b"
)
_RUNS = re.compile(
    r"\b(?P<it>The\s[A-Z][a-z]{3,15})\s(?:runs|ran|does|offers|has|have|took|refused"
    r"|excluded|said|say|rang|opened|closed|shut|is|was|were|gave)\b"
)
_CALLED = re.compile(
    r"\b(?:school|nursery|college|class|club|ward|unit|clinic|hospital|base|preschool"
    r"|playgroup|academy|group),?\s(?:is\s|was\s|it['’]?s\s)?(?:called|named|known as)\s"
    r"(?P<it>(?:the\s)?\w[\w’'\-]{2,20}(?:\s[A-Z][\w’'\-]{1,20}){0,3})",
)
_SHORT = re.compile(
    r"(?<![\w/&\-])(?P<it>(?!GCSE|PECS)[A-Z]{3,5})\s(?:turned|excluded|refused"
    "|took (?:him|her|us|me|them)|is full|was full|are full|has a place|have a place"
    "|had a place|has a new|expelled"
    "|has no (?:place|lift|sensory|base|room)|wouldn['’]t (?:have|take)|won['’]t (?:have"
    "|take)|is (?:worse|better|lovely|brilliant|rubbish)|staff (?:are|were|have)"
    r"|said (?:they (?:can|could)|no|yes)|is (?:shut|closing))\b"
)
_APPOSED = re.compile(
    r"\b(?:[Tt]he|[Mm]y|[Oo]ur|[Hh]is|[Hh]er)\s(?:(?:\w+['’]s|old|new|local|last)\s)?(?:school|class|group"
    r"|nursery|college|playgroup|preschool|unit|clinic|hospice)(?:['’]s (?:class|room|group))?,\s"
    r"(?P<it>[A-Z][\w’'\-]{2,20}(?:\s(?:and\s|of\s)?[A-Z][\w’'\-]{1,20}){0,3})(?=[,.])"
)
_YEAR_GROUP = re.compile(
    r"\b(?:Year|Y) ?\d{1,2} (?P<it>(?:Owls|Woodpeckers|Kestrels|Hawks|Foxes|Badgers"
    "|Robins|Eagles|Falcons|Otters|Wrens|Kingfishers|Oaks|Willows|Maples|Beech|Dolphins"
    r"|Penguins|Lions|Tigers|Hedgehogs|Squirrels|Rabbits|Puffins|Herons))\b"
)
_HALL = re.compile(
    r"(?:^|[.!?,]\s|\b(?:to|at|from|and|but|so|then"
    r"|that)\s)(?P<it>[A-Z][a-z]{3,15}\s(?:Hall|House|Lodge|Grange|Manor|Court|Priory|Farm|Green"
    r"|Abbey|Towers|Heights))\s"
    "(?:costs?|is|was|said|says|has|had|took|takes|refused|runs|offers|lets|did"
    r"|wouldn['’]t|won['’]t|were|are|gave|charges)\b"
)
_GIVEN = re.compile(
    r"\b(?:offered (?:us|him|her|me|them)|got (?:him |her |me )?into|accepted (?:by|at)"
    "|refused by|excluded from|expelled from|turned (?:us |him |her )?(?:down|away) by"
    "|moved (?:out of|over to)|place at|consulted with|named|settled at|thriving at"
    r"|happy at|left|leaves|leaving|offered|suggested|toured|viewed|chose|consulted)"
    r"\s(?P<it>(?:The\s)?[A-Z][a-z’']{3,18}(?:\s(?:Fields?|Hill|Park|Grove|Lodge|House|Farm|Bank"
    r"|View|Green|Court|Grange|Manor|Wood|Oaks?|Road|Lane|Street|Rise|Meadows?))?)(?=[.,;!?]"
    r"|\s(?:and|but|in|on|with|so|because|for|as|which|who|when|without|this|last"
    r"|after)\b|$)"
)
_LITTLE = re.compile(
    r"\b(?:at|attends|joined|left|attending) (?P<it>(?:Little|Great|Upper|Lower|Long)"
    r" (?!Ormond|Year|Street|Town|People|School|Ones?\b)[A-Z][a-z]{3,15})\b"
)
_ROOM = re.compile(r"^(?P<it>Room \d{1,3}[A-Z]?)\b(?! for| please)")
_STAFF_OF = re.compile(
    r"\b(?P<it>[A-Z][a-z’']{3,18})\s(?:Year|Reception|Nursery|Sixth)\s?(?:\d{1,2}|staff"
    r"|teachers?|class|form|team|office)\b"
)
_OF_A_STREET = re.compile(
    r"\b(?:[Hh]ead(?:teacher| teacher)?|[Dd]eputy|S[Ee][Nn][Cc][Oo]|senco|[Ss]taff|[Tt]eachers?"
    r"|[Bb]ase|[Uu]nit|[Pp]upils?|[Gg]overnors|TAs?|[Oo]ffice|[Rr]eceptionist|[Cc]lass|[Nn]ursery"
    r"|[Ss]chool|[Cc]hildren) (?:of|at|from) (?P<it>(?:[A-Z][a-z’']{2,15}\s){1,2}(?:Road|Street"
    r"|Lane|Hill|Rise|Way|Avenue|Green|Park|Close|Drive|Fields?|Grove|Cross|End|Bank|Gate))\b"
)
_MEETS = re.compile(
    r"(?:^|[.!?;,]\s|\b(?:and|but|said|that|because)\s)"
    r"(?P<it>(?:The\s)?[A-Z][a-z’']{3,18}(?:\s[A-Z][a-z]+){0,2})\s(?:said\s(?:they|it)\s)?(?:can|could)"
    r"(?:['’]?t|n['’]?t|not|\snot)?\smeet\s(?:his\s|her\s|their\s|our\s|my\s\w+\s)?needs?\b"
)
_TAKES = re.compile(
    r"(?:^|[.!?]\s)(?P<it>[A-Z][a-z]{2,15}\s(?:Springs?|Meadows?|Hill|Woods?|Park|Grove|Oaks?|Bank"
    "|View|Green|Valley|Brook|River|Lake|Fields?|Forest|Heath|Moor|Mead|Bridge|Chase|Grange|Manor"
    r"|Castle|Abbey|Priory|Farm|Trees?|Mill))\s(?:took|excluded|refused|rejected|accepted|turned"
    r"|kept)\s(?:him|her|us|them|my|our)\b"
)
_STAFF_FROM = re.compile(
    r"\b(?:[Hh]ead(?:teacher| teacher)?|[Dd]eputy|S[Ee][Nn][Cc][Oo]|senco|[Tt]eachers?|TAs?"
    r"|[Ss]taff|[Gg]overnors?|[Rr]eceptionist)"
    r" (?:from|at|of) (?P<it>[A-Z][a-z’']{4,18})\b(?! [A-Z])"
)
_QUIETLY = re.compile(
    r"\b(?:school|nursery|college),?\s(?:is\s|was\s|called\s)?(?P<it>(?!playing|sports?|car|football|open"
    r"|the|near|from|green|grass|outdoor|forest|in|at|on|by|to|up|and|with|has|had|is|was|bus|day)[a-z]{3,14}"
    r"\s(?:view|park|hill|lane|wood|fields?|grove|house|bank|road|meadows?|green|lodge))\b"
)
_SHORT_TOO = re.compile(r"(?<=\bso did )(?P<it>[A-Z]{3,5})\b")
_PATTERNS = (
    (_HOLY, "dedicated school"),
    (_CHEERFUL, "nursery by its sound"),
    (_COTTAGE, "house called by a name"),
    (_IS_A_SCHOOL, "said to be a school"),
    (_RUNS, "house that does something"),
    (_CALLED, "called so"),
    (_SHORT, "abbreviation that does what schools do"),
    (_GIVEN, "what a place was given at"),
    (_LITTLE, "place of two words after a cue"),
    (_ROOM, "room by its number"),
    (_STAFF_OF, "staff of a place"),
    (_APPOSED, "called so"),
    (_YEAR_GROUP, "group called by a name"),
    (_HALL, "house that does something"),
    (_OF_A_STREET, "staff of a place"),
    (_MEETS, "can or cannot meet need"),
    (_STAFF_FROM, "staff of a place"),
    (_TAKES, "takes and refuses"),
    (_QUIETLY, "called so without capitals"),
    (_SHORT_TOO, "abbreviation that does what schools do"),
)
_SURE = {_HOLY, _CHEERFUL, _ROOM, _OF_A_STREET, _TAKES}
_OF_ONE_WORD = {_GIVEN, _STAFF_OF, _MEETS, _STAFF_FROM}
_NOBODY = word_set("""
it he she this that there here theirs hers his mine ours they we i what who which school nursery
mainstream council government lot trust team panel teacher staff council county clinic plan
college home the my our local authority department service head system process
""")


def written(text: str, words: Sequence[Word]) -> Iterator[Span]:
    """Yield settings that their own sound or their sentence gives away; some may overlap."""
    for pattern, rule in _PATTERNS:
        for match in pattern.finditer(text):
            group = "it" if "it" in pattern.groupindex else 0
            said = match.group(group)
            named = pattern not in _OF_ONE_WORD or _is_of_a_school(said)
            if pattern in _SURE or (named and _names_something(said)):
                yield Span(*match.span(group), "school", rule, sure=False)
    for at, word in enumerate(words):
        if _sounds(words, at):
            yield Span(word.start, word.end, "school", "sounds like a school", sure=False)


def _is_of_a_school(said: str) -> bool:
    """Tell of a word where a setting may stand whether it is no word, no person and no town."""
    low = lists.folded(said).removeprefix("the ")
    if low in lists.names_of_any_kind() | lists.family_names() | NEVER_NAMES:
        return False
    if low in lists.places() or low in lists.common_words():
        return bool(_SOUNDS.fullmatch(low)) and low not in _NOT_ONE and len(low) > SHORTEST_SOUND
    return not plain_form(low)


def _sounds_alone(plain: Sequence[str]) -> bool:
    return len(plain) == 1 and len(plain[0]) > SHORTEST_SOUND and bool(_SOUNDS.fullmatch(plain[0]))


SHORTEST_SOUND = 6
"""Fewer letters sound like many a town: "Wood", "Welwyn"."""


def _names_something(said: str) -> bool:
    """Tell whether one of the words is neither general nor an everyday word alone."""
    plain = [part for part in lists.folded(said).replace("'s", "").split() if part != "the"]
    if not plain or all(part in _NOBODY | GENERIC_PLACES | NEVER_NAMES for part in plain):
        return False
    town = plain[0] in lists.places() and not (_sounds_alone(plain) or plain[-1] in _ENDS)
    if town or plain[0] in TITLES | _NOBODY:
        return False
    return len(plain) > 1 or (
        plain[0] not in lists.common_words()
        or plain[0] in BEASTS | NATURE | _HOUSES
        or plain[0].removesuffix("s") in BEASTS
        or _sounds_alone(plain)
    )


_ENDS = word_set("manor lodge grange court priory abbey hall house")
_HOUSES = word_set("""
beacon haven harbour lantern brambles wheelhouse grange beeches larches laurels hollies limes elms
firs pines oaks gables lodge mill forge stables granary coppice spinney copse thicket hawthorns
limes nook retreat base shed boathouse gatehouse courtyard hermitage priory vicarage rectory manor
hideout hangout lighthouse
""")


def _is_hurried_adverb(low: str) -> bool:
    """Tell of "recentley", "completley" and "absoloutley" that they say how, not where."""
    stem = low.removesuffix("ley")
    meant = {f"{stem}ly", f"{stem}ely"} & lists.common_words()
    return stem != low and (bool(meant) or stem.startswith(("defin", "abso")))


def _sounds(words: Sequence[Word], at: int) -> bool:
    word = words[at]
    low = word.low
    if len(low) <= SHORTEST_SOUND or low in _NOT_ONE or not _SOUNDS.fullmatch(low):
        return False
    one = low.removesuffix("s")
    if one in _NOT_ONE or one in lists.common_words() or _is_hurried_adverb(low):
        return False
    kinds = (lists.words_and_places(), NEVER_NAMES, lists.names_of_any_kind())
    if any(low in kind for kind in kinds):
        return False
    if any(low.endswith(end) and low[: -len(end)] in lists.common_words() for end in ("ed", "ing")):
        return False
    before = words[at - 1] if at and (word.joined or word.gap == ". ") else None
    if in_a_place(words, at):
        return False
    named = before is not None and (
        before.low in TITLES or before.initial or before.low in lists.names_of_any_kind()
    )
    return not named
