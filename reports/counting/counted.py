"""The numbers of a publication before any is shown: how large each is, and how they hang together.

Every part of a report counts for itself and says here what it counted. Protection then looks at
all of them at once, because a number that is safe alone can give another part's away.
"""

import dataclasses
from collections.abc import Collection, Iterable, Mapping

from analysis.disclosure import HIDDEN, Count
from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key


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
        betrayed: small numbers that follow from what was printed before, whatever is hidden now.
    """

    counts: Mapping[Key, Count]
    reasons: Mapping[Key, str]
    few: frozenset[Key] = frozenset()
    held: Mapping[Key, Held] = dataclasses.field(default_factory=dict)
    threshold: int = 5
    thresholds: Mapping[Key, int] = dataclasses.field(default_factory=dict)
    printed: Mapping[int, Mapping[Key, int]] = dataclasses.field(default_factory=dict)
    betrayed: frozenset[Key] = frozenset()

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

    def without(self, keys: Collection[Key]) -> "Shown":
        """Return the same page where some numbers that could be shown find no room."""
        return dataclasses.replace(
            self,
            counts={**self.counts, **dict.fromkeys(keys, HIDDEN)},
            few=self.few.difference(keys),
            held={key: held for key, held in self.held.items() if key not in keys},
        )


@dataclasses.dataclass(frozen=True, slots=True)
class Earlier:
    """What a version printed, or an answer to one question said, and what it was made of.

    Attributes:
        version: its number; nought for an answer, which a later version never repeats.
        counted: its numbers, true ones also where it hid them.
        printed: the keys whose numbers it showed, as counted for it.
        few: the keys of which it said "fewer than 5".
    """

    version: int
    counted: Counted
    printed: frozenset[Key]
    few: frozenset[Key] = frozenset()


def only(one: Earlier, keys: Collection[Key]) -> Earlier:
    """Return what a version said of some of its numbers, for a page that shows no others."""
    kept = {key: number for key, number in one.counted.numbers.items() if key in keys}
    whole = one.counted
    among = tuple(r for r in whole.relations if kept.keys() >= {r.whole, *r.parts})
    limits = {key: least for key, least in whole.thresholds.items() if key in kept}
    part = Counted(kept, among, whole.known & kept.keys(), whole.guarded & kept.keys(), limits)
    return Earlier(one.version, part, one.printed & kept.keys(), one.few & kept.keys())
