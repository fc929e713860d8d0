"""Which numbers to hide so that no hidden one can be worked out: secondary suppression.

First every small number is hidden. Then, for each, `analysis.moves` finds the cheapest set of
other numbers that would have to be different too, were it any other small number; these are
hidden with it. At last the attacker of `analysis.attack` reads the page: what it still finds out
costs one more number. Numbers printed before stay printed, and the attacker remembers them.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.attack import Attacker, ContradictionError, Key, Relation, Sightings
from analysis.moves import Moves

FREE = 0.001
"""The cost of moving what is hidden anyway: next to nothing, so that small sets win."""

TOO_FEW = "Fewer than {threshold} people. A number this small could point at a person."
WOULD_BETRAY = "With this number, a hidden one could be worked out by subtraction."


@dataclass(frozen=True)
class Protection:
    """What may be shown, and why the rest may not.

    Attributes:
        hidden: keys to be replaced by a mark.
        reasons: for each hidden key a sentence for the person who asked.
        betrayed: small numbers that numbers printed earlier give away already; nothing that is
            hidden now could undo that, so a person must decide what to print.
    """

    hidden: frozenset[Key]
    reasons: Mapping[Key, str]
    betrayed: frozenset[Key]


def protect(
    numbers: Mapping[Key, int],
    relations: Iterable[Relation] = (),
    *,
    threshold: int,
    printed: Collection[Key] = (),
    guarded: Collection[Key] = (),
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

    Raises:
        ContradictionError: the numbers do not fit the relations.
    """
    known = tuple(relations)
    for relation in known:
        _require_truth(relation, numbers)
    page = _Page(dict(numbers), known, threshold, frozenset(printed), frozenset(guarded))
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

    def __init__(
        self,
        numbers: Mapping[Key, int],
        relations: Sequence[Relation],
        threshold: int,
        printed: frozenset[Key],
        guarded: frozenset[Key],
    ) -> None:
        self.numbers, self.relations, self.threshold = numbers, relations, threshold
        self.printed, self.guarded = printed, guarded
        self.small = {key for key, n in numbers.items() if 0 < n < threshold} - printed
        self.reasons = {key: TOO_FEW.format(threshold=threshold) for key in self.small - guarded}
        self.betrayed: set[Key] = set()
        self.sightings = Sightings(numbers)

    def protected(self) -> Protection:
        if self.small:
            self._hide_with_neighbours()
        while (found := self._first_lost()) is not None:
            self.reasons[found] = WOULD_BETRAY
        return Protection(frozenset(self.reasons), self.reasons, frozenset(self.betrayed))

    def _hide_with_neighbours(self) -> None:
        """Hide with every small number what must move for it to be any other small number."""
        moves = Moves(self.numbers, self.relations, self.guarded)
        for key in sorted(self.small):
            lowest = 0 if key in self.guarded else 1
            for value in (lowest, self.threshold - 1):
                moved = moves.cheapest(key, value - self.numbers[key], self._cost_of_hiding)
                if moved is not None:
                    self._accept(moved)

    def _accept(self, moved: Mapping[Key, float]) -> None:
        self.sightings.add({key: self.numbers[key] + step for key, step in moved.items()})
        for key in moved.keys() - self.guarded - self.reasons.keys():
            self.reasons[key] = WOULD_BETRAY

    def _cost_of_hiding(self, key: Key) -> float | None:
        """Return what a reader loses when a number is hidden; None when it cannot be."""
        if key in self.guarded or key in self.reasons:
            return FREE
        return None if key in self.printed or not self.numbers[key] else 1.0 + self.numbers[key]

    def _first_lost(self) -> Key | None:
        """Return the open number to hide for the first number that can be worked out, or None."""
        attacker = self._attacker()
        for key in sorted(self.small | self.reasons.keys()):
            if key in self.betrayed or self.sightings.width(key) >= self._needed(key):
                continue
            known = attacker.range_of(key)
            if known.width >= self._needed(key):
                continue
            spare = [k for k in known.betrayed_by if k not in self.printed and self.numbers[k]]
            if spare:
                return min(spare, key=lambda k: (self.numbers[k], k))
            self.betrayed.add(key)
        return None

    def _attacker(self) -> Attacker:
        unseen = self.guarded | self.reasons.keys()
        shown = {key: n for key, n in self.numbers.items() if key not in unseen}
        return Attacker(
            shown, frozenset(self.reasons), self.guarded, self.relations, self.sightings
        )

    def _needed(self, key: Key) -> int:
        """Return how wide the attacker's range must stay: every small number, or just not one."""
        return max(1, self.threshold - 2) if key in self.small else 1
