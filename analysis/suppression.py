"""Which numbers to hide so that no hidden one can be worked out: secondary suppression.

First every small number is hidden. Then, for each, `analysis.moves` finds the cheapest set of
other numbers that would have to be different too, were it any other small number; these are
hidden with it. At last the attacker of `analysis.attack` reads the page: what it still finds out
costs one more number. Numbers printed before stay printed, and the attacker remembers them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from analysis.attack import Attacker, ContradictionError, Key, Limits, Relation, Sightings
from analysis.moves import Moves

FREE = 0.001
"""The cost of moving what is hidden anyway: next to nothing, so that small sets win."""

TOO_FEW = "Fewer than {threshold} people. A number this small could point at a person."
WOULD_BETRAY = "With this number, a hidden one could be worked out by subtraction."
NOTHING: Mapping[Key, int] = MappingProxyType({})
EVEN: Mapping[Key, float] = MappingProxyType({})


@dataclass(frozen=True)
class Protection:
    """What may be shown, and why the rest may not.

    Attributes:
        hidden: keys to be replaced by a mark.
        reasons: for each hidden key a sentence for the person who asked.
        betrayed: small numbers that numbers printed earlier give away already; nothing that is
            hidden now could undo that, so a person must decide what to print.
        few: hidden keys of which a page may say "fewer than 5". Of the others it may say only
            that they are not shown: to know which of two hidden numbers is the small one can be
            enough to work it out.
    """

    hidden: frozenset[Key]
    reasons: Mapping[Key, str]
    betrayed: frozenset[Key]
    few: frozenset[Key] = frozenset()


def protect(  # everything that decides what may be seen is named
    numbers: Mapping[Key, int],
    relations: Iterable[Relation] = (),
    *,
    threshold: int,
    printed: Collection[Key] = (),
    guarded: Collection[Key] = (),
    thresholds: Mapping[Key, int] = NOTHING,
    weights: Mapping[Key, float] = EVEN,
) -> Protection:
    """Decide which numbers to hide.

    Args:
        numbers: key to number of people, of everything that stands or stood on any page.
        relations: how they hang together; see `Relation`.
        threshold: the smallest number of people that may be shown.
        printed: keys that readers hold already, in an earlier version or on another page, and
            totals that are known elsewhere.
        guarded: keys that no page shows but that follow from others, such as "in both themes" or
            "new since the last version"; when small they are protected like the rest.
        thresholds: keys that need another threshold, such as what under-18s wrote.
        weights: how dear a number is to readers compared with others, where it is not 1: the base
            of a whole column is hidden last.

    Raises:
        ContradictionError: the numbers do not fit the relations.
    """
    known = tuple(relations)
    for relation in known:
        _require_truth(relation, numbers)
    page = _Page(dict(numbers), known, frozenset(printed), frozenset(guarded))
    page.thresholds = dict.fromkeys(numbers, threshold) | dict(thresholds)
    page.weights = weights
    return page.protected()


def _require_truth(relation: Relation, numbers: Mapping[Key, int]) -> None:
    whole, parts = numbers[relation.whole], [numbers[part] for part in relation.parts]
    holds = {
        "sum": whole == sum(parts),
        "union": max(parts, default=0) <= whole <= sum(parts),
        "inside": max(parts, default=0) <= whole,
    }
    if not holds[relation.kind]:
        message = f"{relation.whole} is {whole}, which does not fit its parts: {parts}."
        raise ContradictionError(message)


class _Page:
    """The numbers of one protection while it is worked out."""

    thresholds: Mapping[Key, int]
    weights: Mapping[Key, float]

    def __init__(
        self,
        numbers: Mapping[Key, int],
        relations: Sequence[Relation],
        printed: frozenset[Key],
        guarded: frozenset[Key],
    ) -> None:
        self.numbers, self.relations = numbers, relations
        self.printed, self.guarded = printed, guarded
        self.small: set[Key] = set()
        self.reasons: dict[Key, str] = {}
        self.betrayed: set[Key] = set()
        self.sightings, self.strict = Sightings(numbers), Sightings(numbers)

    def protected(self) -> Protection:
        for key, number in self.numbers.items():
            if 0 < number < self.thresholds[key] and key not in self.printed:
                self.small.add(key)
                if key not in self.guarded:
                    self.reasons[key] = TOO_FEW.format(threshold=self.thresholds[key])
        if self.small:
            self._hide_with_neighbours()
        while (found := self._first_lost()) is not None:
            self.reasons[found] = WOULD_BETRAY
        hidden = frozenset(self.reasons)
        return Protection(hidden, self.reasons, frozenset(self.betrayed), self._few())

    def _hide_with_neighbours(self) -> None:
        """Hide with every small number what must move for it to be any other small number."""
        moves = Moves(self.numbers, self.relations)
        for key in sorted(self.small):
            lowest = 0 if key in self.guarded else 1
            for value in (lowest, self.thresholds[key] - 1):
                step = value - self.numbers[key]
                for rooms, seen in (
                    (self._said, (self.sightings, self.strict)),
                    (self._room, (self.sightings,)),
                ):
                    moved = moves.cheapest(key, step, self._cost_of_hiding, rooms)
                    if moved is not None:
                        self._accept(moved, seen)
                        break

    def _accept(self, moved: Mapping[Key, float], seen: Iterable[Sightings]) -> None:
        for sightings in seen:
            sightings.add({key: self.numbers[key] + step for key, step in moved.items()})
        for key in moved.keys() - self.guarded - self.reasons.keys():
            self.reasons[key] = WOULD_BETRAY

    def _room(self, key: Key) -> Limits:
        """Return what a hidden number can be when the page says only that it is not shown."""
        return (0 if key in self.guarded else 1, None)

    def _said(self, key: Key) -> Limits:
        """Return what it can be when the page says of each small number that it is small."""
        if key in self.guarded:
            return (0, None)
        if key in self.small:
            return (1, self.thresholds[key] - 1)
        return (min(self.numbers[key], self.thresholds[key]), None)

    def _cost_of_hiding(self, key: Key) -> float | None:
        """Return what a reader loses when a number is hidden; None when it cannot be."""
        if key in self.guarded or key in self.reasons:
            return FREE
        if key in self.printed or not self.numbers[key]:
            return None
        return (1.0 + self.numbers[key]) * self.weights.get(key, 1.0)

    def _first_lost(self) -> Key | None:
        """Return the open number to hide for the first number that can be worked out, or None."""
        attacker = self._attacker(self.sightings)
        for key in sorted(self.small | self.reasons.keys()):
            if key in self.betrayed or self.sightings.width(key) >= self._needed(key):
                continue
            known = attacker.range_of(key)
            if known.width >= self._needed(key):
                continue
            spare = [k for k in known.betrayed_by if k not in self.printed and self.numbers[k]]
            if spare:
                return min(spare, key=lambda k: (self._cost_of_hiding(k) or 0.0, k))
            self.betrayed.add(key)
        return None

    def _few(self) -> frozenset[Key]:
        """Return the hidden numbers that may be called small: none where that alone betrays one."""
        attacker = self._attacker(self.strict, {key: self._said(key) for key in self.reasons})
        silent = {
            attacker.together(key)
            for key in sorted(self.small)
            if self.strict.width(key) < self._needed(key)
            and attacker.range_of(key).width < self._needed(key)
        }
        return frozenset(
            key
            for key in self.small & self.reasons.keys()
            if attacker.together(key) not in silent
        )

    def _attacker(
        self, seen: Sightings, said: Mapping[Key, Limits] = MappingProxyType({})
    ) -> Attacker:
        unseen = self.guarded | self.reasons.keys()
        shown = {key: n for key, n in self.numbers.items() if key not in unseen}
        return Attacker(
            shown, frozenset(self.reasons), self.guarded, self.relations, seen, said=said
        )

    def _needed(self, key: Key) -> int:
        """Return how wide the attacker's range must stay: every small number, or just not one."""
        return max(1, self.thresholds[key] - 2) if key in self.small else 1
