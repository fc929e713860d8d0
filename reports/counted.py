"""The numbers of a publication before any is shown: how large each is, and how they hang together.

Every part of a report counts for itself and says here what it counted. Protection then looks at
all of them at once, because a number that is safe alone can give another part's away.
"""

import dataclasses
from collections.abc import Iterable, Mapping

from analysis.attack import Key, Relation
from analysis.disclosure import HIDDEN, Count
from analysis.suppression import Protection, protect


class TwoNumbersError(ValueError):
    """One key stands for two different numbers: a page could contradict itself."""


@dataclasses.dataclass(frozen=True, slots=True)
class Counted:
    """Raw numbers of people and what anybody knows about how they hang together.

    Attributes:
        numbers: key ("question/parents/PC05/parent_carer/yes") to number of people.
        relations: sums, unions and bases among these keys.
        known: keys that readers hold already, such as the number of all who answered.
        guarded: keys that no page shows but that follow from others.
    """

    numbers: Mapping[Key, int] = dataclasses.field(default_factory=dict)
    relations: tuple[Relation, ...] = ()
    known: frozenset[Key] = frozenset()
    guarded: frozenset[Key] = frozenset()

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
        )

    @classmethod
    def all(cls, parts: Iterable["Counted"]) -> "Counted":
        """Unite any number of parts."""
        whole: Counted = cls()
        for part in parts:
            whole = whole | part
        return whole


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """The same numbers as a reader may see them."""

    counts: Mapping[Key, Count]
    reasons: Mapping[Key, str]

    def count(self, key: Key) -> Count:
        """Return a number as it may be shown; a key that nobody counted is hidden."""
        return self.counts.get(key, HIDDEN)

    def value(self, key: Key) -> int | None:
        """Return a number, or None when it is hidden."""
        return self.count(key).value


def shown(counted: Counted, *, threshold: int) -> Shown:
    """Protect numbers that will stand on one page, and return what may be seen of them."""
    found = protect(
        counted.numbers,
        counted.relations,
        threshold=threshold,
        printed=counted.known,
        guarded=counted.guarded,
    )
    return Shown(_counts(counted, found), found.reasons)


def _counts(counted: Counted, found: Protection) -> dict[Key, Count]:
    return {
        key: HIDDEN if key in found.hidden else Count(number, None)
        for key, number in counted.numbers.items()
        if key not in counted.guarded
    }
