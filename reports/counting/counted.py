"""The numbers of a publication before any is shown: how large each is, and how they hang together.

Every part of a report counts for itself and says here what it counted. Protection then looks at
all of them at once, because a number that is safe alone can give another part's away.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping, Sequence

from analysis.disclosure import HIDDEN, Count
from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key, Limits
from analysis.disclosure.suppression import WOULD_BETRAY, Protection, protect


class TwoNumbersError(ValueError):
    """One key stands for two different numbers: a page could contradict itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """Raw numbers of people and what anybody knows about how they hang together.

    Attributes:
        numbers: key ("question/parents/PC05/parent_carer/yes") to number of people.
        relations: sums, unions and bases among these keys.
        known: keys that readers hold already, whatever is decided here.
        guarded: keys that no page shows but that follow from others.
        thresholds: keys that need more people than others before they are shown.
        weights: how dear a number is to readers, where it is not 1: bases are hidden last.
        families: keys that a new version prints anew together or not at all.
    """

    numbers: Mapping[Key, int] = dataclasses.field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    known: frozenset[Key] = frozenset()
    guarded: frozenset[Key] = frozenset()
    thresholds: Mapping[Key, int] = dataclasses.field(default_factory=dict)
    weights: Mapping[Key, float] = dataclasses.field(default_factory=dict)
    families: tuple[frozenset[Key], ...] = ()

    def __or__(self, other: "Counted") -> "Counted":
        """Unite two parts; raise TwoNumbersError when they disagree about a number."""
        for key in self.numbers.keys() & other.numbers.keys():
            if self.numbers[key] != other.numbers[key]:
                message = f"{key} is both {self.numbers[key]} and {other.numbers[key]}."
                raise TwoNumbersError(message)
        return Counted(
            {**self.numbers, **other.numbers},
            tuple(dict.fromkeys((*self.relations, *other.relations))),
            self.known | other.known,
            self.guarded | other.guarded,
            {**self.thresholds, **other.thresholds},
            {**self.weights, **other.weights},
            (*self.families, *other.families),
        )

    @classmethod
    def all(cls, parts: Iterable["Counted"]) -> "Counted":
        """Unite any number of parts."""
        whole: Counted = cls()
        for part in parts:
            whole = whole | part
        return whole


@dataclasses.dataclass(frozen=True, slots=True)
class Held:
    """A number that stays as an earlier version printed it, and which version that was."""

    value: int
    version: int


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """The same numbers as a reader may see them.

    Attributes:
        counts: key to the number, or to the mark that hides it.
        reasons: for each key that is not shown as it is now, a sentence for whoever asks.
        few: hidden keys of which a page may say "fewer than 5"; of others only "not shown".
        held: keys that are shown as an earlier version printed them.
        threshold: the smallest number of people that is shown, where a key has no other.
        thresholds: the keys that have another.
        printed: version to every number that stood in it.
    """

    counts: Mapping[Key, Count]
    reasons: Mapping[Key, str]
    few: frozenset[Key] = frozenset()
    held: Mapping[Key, Held] = dataclasses.field(default_factory=dict)
    threshold: int = 5
    thresholds: Mapping[Key, int] = dataclasses.field(default_factory=dict)
    printed: Mapping[int, Mapping[Key, int]] = dataclasses.field(default_factory=dict)

    def count(self, key: Key) -> Count:
        """Return a number as it may be shown; a key that nobody counted is hidden."""
        return self.counts.get(key, HIDDEN)

    def value(self, key: Key) -> int | None:
        """Return a number, or None when it is hidden."""
        return self.count(key).value

    def base(self, key: Key, base_key: Key) -> int | None:
        """Return what a number is out of, of the version that the number was counted for."""
        version = self.version(key)
        return self.printed[version].get(base_key) if version else self.value(base_key)

    def needed(self, key: Key) -> int:
        """Return how many people it takes before a number is shown."""
        return self.thresholds.get(key, self.threshold)

    def version(self, key: Key) -> int:
        """Return the version that a held number was counted for, or nought."""
        held = self.held.get(key)
        return held.version if held else 0


@dataclasses.dataclass(frozen=True, slots=True)
class Earlier:
    """What a version printed, and what it was made of.

    Attributes:
        version: its number.
        counted: its numbers, true ones also where it hid them.
        printed: the keys whose numbers it showed, as counted for it.
        few: the keys of which it said "fewer than 5".
    """

    version: int
    counted: Counted
    printed: frozenset[Key]
    few: frozenset[Key] = frozenset()


def shown(counted: Counted, *, threshold: int, before: Sequence[Earlier] = ()) -> Shown:
    """Protect numbers that will stand on one page, and return what may be seen of them.

    A number that may not be printed anew stays as an earlier version printed it, and says so:
    hidden now, it would stand beside its older self all the same.

    Args:
        counted: everything that the page is made of.
        threshold: the smallest number of people that may be shown.
        before: what earlier versions printed, the oldest first.
    """
    found = _protected(counted, before, threshold)
    last = _last_printed(before)
    hidden = found.hidden & counted.numbers.keys()
    hidden |= _rest_of_families(counted, hidden, last)
    held = {key: last[key] for key in hidden if key in last}
    values = {**counted.numbers, **{key: one.value for key, one in held.items()}}
    return Shown(
        counts={
            key: HIDDEN if key in hidden - held.keys() else Count(number, None)
            for key, number in values.items()
            if key not in counted.guarded
        },
        reasons={key: found.reasons.get(key, WOULD_BETRAY) for key in sorted(hidden)},
        few=found.few & hidden - held.keys(),
        held=held,
        threshold=threshold,
        thresholds=counted.thresholds,
        printed=_printed(before),
    )


def _rest_of_families(
    counted: Counted, hidden: Collection[Key], last: Mapping[Key, Held]
) -> frozenset[Key]:
    """Return what stays as it was printed because a number of the same family does."""
    found: set[Key] = set()
    for family in counted.families:
        if any(key in hidden and key in last for key in family):
            found |= {k for k in family & last.keys() if last[k].value != counted.numbers.get(k)}
            found |= {k for k in family if k not in last and counted.numbers.get(k)}
    return frozenset(found)


def _printed(before: Sequence[Earlier]) -> dict[int, dict[Key, int]]:
    """Return for each version every number that stood in it, older ones that it held too."""
    found: dict[int, dict[Key, int]] = {}
    standing: dict[Key, int] = {}
    for one in before:
        standing = standing | {key: one.counted.numbers[key] for key in one.printed}
        found[one.version] = standing
    return found


def ever_printed(before: Sequence[Earlier]) -> dict[Key, set[int]]:
    """Return every value that was ever printed of each number."""
    found: dict[Key, set[int]] = {}
    for one in before:
        for key in one.printed:
            found.setdefault(key, set()).add(one.counted.numbers[key])
    return found


def _last_printed(before: Sequence[Earlier]) -> dict[Key, Held]:
    """Return every number that was ever printed, as it was the last time."""
    return {
        key: Held(one.counted.numbers[key], one.version) for one in before for key in one.printed
    }


def _protected(counted: Counted, before: Sequence[Earlier], threshold: int) -> Protection:
    """Protect numbers beside every number that earlier versions printed."""
    page = _Pages(counted, threshold)
    for one in reversed(before):
        page.add(one)
    page.link(counted)
    printed = frozenset(page.printed)
    return protect(
        page.numbers,
        page.relations,
        threshold=threshold,
        printed=printed,
        guarded=page.guarded - printed,
        thresholds=page.thresholds,
        weights=counted.weights,
        said=page.said,
    )


class _Pages:
    """The numbers of all versions on one page, each number that stayed the same only once.

    Readers are taken to know what did not change. Of a number that moved by fewer people than
    may be shown they are taken to know that people only came or only went, so the difference is
    a number of people that needs protection; of a number that moved by more nothing is taken to
    be known, for people may have come and gone.
    """

    def __init__(self, counted: Counted, threshold: int) -> None:
        self.numbers = dict(counted.numbers)
        self.relations = list(counted.relations)
        self.printed = set(counted.known)
        self.guarded = set(counted.guarded)
        self.thresholds = dict(counted.thresholds)
        self.said: dict[Key, Limits] = {}
        self._threshold = threshold
        self._names = {(key, number): key for key, number in counted.numbers.items()}
        self._older: dict[Key, list[Key]] = {}

    def add(self, one: Earlier) -> None:
        """Put an earlier version beside what is there."""
        for key, number in one.counted.numbers.items():
            name = self._name(one, key, number)
            if key in one.printed or key in one.counted.known:
                self.printed.add(name)
            elif key not in one.counted.guarded:
                self.said[name] = self._said(one, key)
        for relation in one.counted.relations:
            named = Relation(
                self._name_of(one, relation.whole),
                tuple(self._name_of(one, part) for part in relation.parts),
                relation.kind,
            )
            self.relations.append(named)
        self.relations = list(dict.fromkeys(self.relations))

    def link(self, counted: Counted) -> None:
        """Let the few who came or went since a number was printed be people to protect."""
        for key, older in self._older.items():
            if key not in counted.numbers or key in counted.known | counted.guarded:
                continue
            for name in older:
                step = counted.numbers[key] - self.numbers[name]
                if name not in self.printed or abs(step) >= self._needed(key):
                    continue
                moved = f"{key} since {name}"
                self.numbers[moved] = abs(step)
                self.guarded.add(moved)
                self.thresholds[moved] = self._needed(key)
                whole, rest = (key, name) if step > 0 else (name, key)
                self.relations.append(Relation(whole, (rest, moved)))

    def _name(self, one: Earlier, key: Key, number: int) -> Key:
        if (key, number) not in self._names:
            name = f"{key} @{one.version}"
            self._names[key, number] = name
            self._older.setdefault(key, []).append(name)
            self.numbers[name] = number
            self.guarded.add(name)
            self.thresholds[name] = one.counted.thresholds.get(key, self._threshold)
        return self._names[key, number]

    def _name_of(self, one: Earlier, key: Key) -> Key:
        return self._names[key, one.counted.numbers[key]]

    def _said(self, one: Earlier, key: Key) -> Limits:
        """Return what a version said of a number it hid; a nought is never hidden."""
        number, needed = one.counted.numbers[key], self._needed(key)
        if key in one.few and number < needed:
            return (1, needed - 1)
        return (1 if number else 0, None)

    def _needed(self, key: Key) -> int:
        return self.thresholds.get(key, self._threshold)
