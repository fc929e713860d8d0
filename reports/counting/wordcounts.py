"""How many people used each word, and how these numbers hang together with all others of a report.

A word can stand in the cloud of everybody and in those of several audiences. Whoever reads both
subtracts, so its people in each audience, all of them together, and those of the audiences where
they are too few are numbers of one sum. In each of them no more people can have used a word than
raised any theme, for only words of approved themes are counted; nor more than wrote a comment;
and who of a base did not use it is a number of people too.

That is every relation there is. Two words of an audience say nothing about each other: nobody
knows who used both. Nor do a word and one theme, for words are counted over whole comments and
these can be in several themes. All themes together do limit a word, and a word can say that
a hidden theme is not smaller than what the other themes leave of it; that is why who raised any
theme is counted here.
"""

import dataclasses
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key
from reports.counting import themecounts
from reports.counting.counted import Counted, Earlier, Shown, only

ALL = "all"
SMALLEST_CLOUD = 5
"""Words below which the cloud of an audience says nothing that a sentence would not."""

MOST_WORDS = 40
OF_ALL, SPARE = 2.0, 0.05
"""How dear a word is in the cloud of all, and standing by for another, beside one elsewhere."""


@dataclasses.dataclass(frozen=True, slots=True)
class Spoken:
    """How many people used a word, and how many of these are under 18."""

    people: int = 0
    under_18: int = 0

    def __add__(self, other: "Spoken") -> "Spoken":
        """Add the people of another audience: each is in one."""
        return Spoken(self.people + other.people, self.under_18 + other.under_18)

    @classmethod
    def of(cls, parts: Iterable["Spoken"]) -> "Spoken":
        """Add up any number of audiences."""
        return sum(parts, cls())


@dataclasses.dataclass(frozen=True, slots=True)
class Least:
    """The smallest number of people that may be shown, and of children for what they wrote."""

    people: int
    children: int

    def needed(self, used: Spoken) -> int:
        """Return how many it takes: more where the adults alone would be too few."""
        adults = used.people - used.under_18
        rests_on_children = used.under_18 > 0 and adults < self.people
        return max(self.people, self.children) if rests_on_children else self.people

    def allows(self, used: Spoken) -> bool:
        """Tell whether a number is large enough to be shown, if nothing follows from it."""
        return used.people >= self.needed(used)


By = Mapping[str, Mapping[str, Spoken]]
Offered = Mapping[str, Sequence[str]]


def key(who: str, word: str) -> Key:
    """Name the number of a word in the cloud of all or of an audience."""
    return f"{_EVERYBODY}{word}" if who == ALL else f"{_AUDIENCE}{who}/{word}"


def offered(words: By, audiences: Collection[str], least: Least) -> dict[str, tuple[str, ...]]:
    """Return the words that each cloud would show, those of most people first.

    There are twice as many as a cloud has room for: the others stand by. An audience has a cloud
    of its own only where enough of its words have enough people.
    """
    found = {}
    for who in (ALL, *audiences):
        by_word = {word: spoken(by, who) for word, by in words.items()}
        enough = {word: one.people for word, one in by_word.items() if least.allows(one)}
        if who == ALL or len(enough) >= SMALLEST_CLOUD:
            ranked = sorted(enough, key=lambda word: (-enough[word], word))
            found[who] = tuple(ranked[: 2 * MOST_WORDS])
    return found


def counted(words: By, clouds: Offered, bases: Mapping[str, int], least: Least) -> Counted:
    """Count the people of each word that a cloud would show, audience by audience.

    Args:
        words: word to audience to who used it.
        clouds: the words that each cloud would show; see `offered`.
        bases: audience to how many wrote a comment.
        least: the smallest number of people that may be shown.
    """
    dear = _weights(words, clouds, bases)
    among = dict.fromkeys(word for inside in clouds.values() for word in inside)
    if not among:
        return Counted()
    parts = [_word(word, words[word], bases, dear, least) for word in among]
    return Counted.all([Counted(relations=tuple(_inside(words, among, bases))), *parts])


def spoken(by_audience: Mapping[str, Spoken], who: str) -> Spoken:
    """Return who used a word in an audience, or in all of them together."""
    return Spoken.of(by_audience.values()) if who == ALL else by_audience.get(who, Spoken())


def printed(shown: Shown, clouds: Offered) -> dict[str, tuple[str, ...]]:
    """Return the words that each cloud does show, as many as it has room for.

    An audience whose base is not shown has no cloud, and no word has more people than its base,
    which may stand as an earlier version printed it.
    """
    found = {}
    for who, words in clouds.items():
        values = {word: _shown(shown, who, word) for word in words}
        fits = [word for word, people in values.items() if people]
        ranked = sorted(fits, key=lambda word: (-values[word], word))
        if who == ALL or len(ranked) >= SMALLEST_CLOUD:
            found[who] = tuple(ranked[:MOST_WORDS])
    return found


def _shown(shown: Shown, who: str, word: str) -> int:
    """Return the people of a word in a cloud, or nought where it cannot stand beside its base."""
    people = shown.value(key(who, word)) or 0
    base = shown.base(key(who, word), f"wrote/{who}")
    fits = who == ALL if base is None else people <= base
    return people if fits else 0


def without(one: Earlier) -> Earlier:
    """Return what a version printed beside its clouds, for a page that has none."""
    kept = [name for name in one.counted.numbers if not name.startswith((_EVERYBODY, _AUDIENCE))]
    return only(one, frozenset(kept))


def _inside(words: By, among: Iterable[str], bases: Iterable[str]) -> Iterator[Relation]:
    """Yield that who used a word is among those who wrote, and who raised any theme."""
    yield Relation("wrote/all", tuple(key(ALL, word) for word in among), "inside")
    for code in bases:
        used = tuple(key(code, word) for word in among if spoken(words[word], code).people)
        yield Relation(themecounts.anyone_key(code), used, "inside")


def _weights(words: By, clouds: Offered, bases: Mapping[str, int]) -> dict[Key, float]:
    """Return how dear each number is: by how large a share of those who wrote used the word.

    So a word that is hidden in one cloud stays where it says most of those who used it. Words
    that stand by are hidden first, those of the cloud of all last, and any word before a theme.
    """
    found = {}
    for who, inside in clouds.items():
        wrote, cloud = (sum(bases.values()), OF_ALL) if who == ALL else (bases[who], 1.0)
        for place, word in enumerate(inside):
            n, worth = spoken(words[word], who).people, cloud if place < MOST_WORDS else SPARE
            found[key(who, word)] = worth * n / wrote / (1 + n)
    return found


def _word(
    word: str,
    by_audience: Mapping[str, Spoken],
    bases: Mapping[str, int],
    dear: Mapping[Key, float],
    least: Least,
) -> Counted:
    """Count one word: all its people, those of each audience, and those who did not use it."""
    used = {code: one for code, one in by_audience.items() if one.people}
    few = {code: one for code, one in used.items() if not least.allows(one)}
    named = {key(code, word): one for code, one in (*used.items(), (ALL, spoken(used, ALL)))}
    parts = [key(code, word) for code in used if code not in few]
    relations = []
    if len(few) > 1:
        rest = f"{key(ALL, word)} elsewhere"
        named[rest] = Spoken.of(few.values())
        relations.append(Relation(rest, tuple(key(code, word) for code in few)))
        parts.append(rest)
    else:
        parts += [key(code, word) for code in few]
    relations.append(Relation(key(ALL, word), tuple(parts)))
    whole = Counted(
        {name: one.people for name, one in named.items()},
        tuple(relations),
        guarded=frozenset(named.keys() - dear.keys()),
        thresholds={name: least.needed(one) for name, one in named.items()},
        weights={name: dear[name] for name in named if name in dear},
    )
    return Counted.all([whole, *_unused(word, used, bases, least.people)])


def _unused(
    word: str, used: Mapping[str, Spoken], bases: Mapping[str, int], threshold: int
) -> Iterator[Counted]:
    """Guard the few of a base who did not use a word that all others used."""
    everybody = (ALL, sum(one.people for one in used.values()), sum(bases.values()))
    for code, people, base in (*((c, one.people, bases[c]) for c, one in used.items()), everybody):
        if 0 < base - people < threshold:
            name, rest = key(code, word), f"{key(code, word)} unused"
            relation = Relation(f"wrote/{code}", (name, rest))
            yield Counted({rest: base - people}, (relation,), guarded=frozenset({rest}))


_EVERYBODY, _AUDIENCE = "word/", "cloud/"
