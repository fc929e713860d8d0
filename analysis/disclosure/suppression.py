"""Which numbers to hide so that no hidden one can be worked out: secondary suppression.

First every small number is hidden. Then, for each, `analysis.disclosure.moves` finds the cheapest
set of other numbers that would have to be different too, were it any other small number; these
are hidden with it. At last the attacker of `analysis.disclosure.attack` reads the page: what it
still finds out costs one more number. Numbers printed before stay printed, and the attacker
remembers them.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from analysis.disclosure.alike import Alike
from analysis.disclosure.attack import Attacker, Range, Relation, Sightings, require_truth, together
from analysis.disclosure.moves import Moves
from analysis.disclosure.programs import Key, Limits

FREE = 0.001
"""The cost of moving what is hidden anyway: next to nothing, so that small sets win."""

DEAR = 10.0
"""A weight from which on a number is hidden only when the attacker proves that it must be."""

TOO_FEW = "Fewer than {threshold} people. A number this small could point at a person."
WOULD_BETRAY = "With this number, a hidden one could be worked out by subtraction."
NOTHING: Mapping[Key, int] = MappingProxyType({})
EVEN: Mapping[Key, float] = MappingProxyType({})
UNSAID: Mapping[Key, Limits] = MappingProxyType({})


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


def protect(  # noqa: PLR0913  # everything that decides what may be seen is named
    numbers: Mapping[Key, int],
    relations: Iterable[Relation] = (),
    *,
    threshold: int,
    printed: Collection[Key] = (),
    guarded: Collection[Key] = (),
    thresholds: Mapping[Key, int] = NOTHING,
    weights: Mapping[Key, float] = EVEN,
    said: Mapping[Key, Limits] = UNSAID,
    calls_small: bool = True,
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
        said: the least and the most of a number that is not shown, as earlier pages told.
        calls_small: the page would like to say "fewer than 5" and not only that a number is not
            shown; to make that safe, more may have to be hidden.

    Raises:
        ContradictionError: the numbers do not fit the relations.
    """
    known = tuple(relations)
    for relation in known:
        require_truth(relation, numbers)
    same = Alike(numbers, known)
    needed = dict.fromkeys(numbers, threshold) | dict(thresholds)
    page = _Page(same, numbers, same.names(printed), frozenset(guarded))
    page.threshold, page.calls_small = threshold, calls_small
    page.thresholds = {one: max(map(needed.__getitem__, of)) for one, of in same.members.items()}
    page.weights = {
        one: sum(weights.get(key, 1.0) for key in of if key not in guarded)
        for one, of in same.members.items()
    }
    page.dear = same.names(key for key, weight in weights.items() if weight >= DEAR)
    page.told = _told(same, said, page.guarded)
    return _of_each(page.protected(), same, numbers, needed, frozenset(printed), frozenset(guarded))


def _told(same: Alike, said: Mapping[Key, Limits], guarded: Collection[Key]) -> dict[Key, Limits]:
    """Return what earlier pages told of numbers, put together where they are the same."""
    found: dict[Key, list[Limits]] = {}
    for key, limits in said.items():
        found.setdefault(same.name(key), []).append(limits)
    return {
        one: together([*limits, (0 if one in guarded else 1, None)])
        for one, limits in found.items()
    }


def _of_each(  # what is decided of numbers, and what is asked of each
    found: Protection,
    same: Alike,
    numbers: Mapping[Key, int],
    needed: Mapping[Key, int],
    printed: frozenset[Key],
    guarded: frozenset[Key],
) -> Protection:
    """Say of each number what was decided of it and all that are the same."""
    few = {key for key, n in numbers.items() if 0 < n < needed[key]} - printed
    loud = {one for one in found.few if few.issuperset(set(same.members[one]) - guarded)}
    hidden = {key for key in numbers if same.name(key) in found.hidden} - guarded
    open_ones = same.names(printed)
    given = {key for key in few if same.name(key) in open_ones}
    reasons = {
        key: TOO_FEW.format(threshold=needed[key]) if key in few else WOULD_BETRAY
        for key in sorted(hidden | given - guarded)
    }
    return Protection(
        frozenset(reasons),
        reasons,
        frozenset(key for key in few if same.name(key) in found.betrayed) | given,
        frozenset(key for key in few & hidden if same.name(key) in loud),
    )


class _Page:
    """The numbers of one protection while it is worked out."""

    threshold: int
    calls_small: bool
    thresholds: Mapping[Key, int]
    weights: Mapping[Key, float]
    dear: frozenset[Key]
    told: Mapping[Key, Limits]

    def __init__(
        self,
        same: Alike,
        numbers: Mapping[Key, int],
        printed: frozenset[Key],
        guarded: frozenset[Key],
    ) -> None:
        self.numbers = {one: numbers[one] for one in same.members}
        self.relations, self.printed = same.relations, printed
        self.guarded = frozenset(one for one, of in same.members.items() if guarded.issuperset(of))
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
        self.moves = Moves(self.numbers, self.relations, self.dear)
        for key in sorted(self.small):
            for value in self._values(key):
                met = self.strict if self.calls_small else self.sightings
                if not met.reach(key, value):
                    self._make_room(key, value - self.numbers[key])
        while (found := self._first_lost()) is not None:
            self._rescue(*found)
        hidden = frozenset(self.reasons)
        return Protection(hidden, self.reasons, frozenset(self.betrayed), self._few())

    def _values(self, key: Key) -> tuple[int, int]:
        """Return the least and the most that a small number should seem to be able to be."""
        return 1, max(self.numbers[key], min(self.thresholds[key], self.threshold) - 1)

    def _make_room(self, key: Key, step: int) -> None:
        """Hide what must move with a number, unless it is dear: then the attacker is asked first.

        If there is a way, the page may then call each of its small numbers small.
        """
        for rooms in (self._said, self._room) if self.calls_small else (self._room,):
            found = self.moves.cheapest(key, step, self._cost_of_hiding, rooms)
            if found is not None and not self._is_dear(found[1]):
                self._accept(found[1], is_strict=rooms == self._said)
                return

    def _is_dear(self, moved: Iterable[Key]) -> bool:
        return any(key in self.dear and key not in self.reasons for key in moved)

    def _rescue(self, key: Key, known: Range) -> None:
        """Hide the cheapest that widens what can be known about a number, however dear it is."""
        ways = [
            way
            for value in {*self._values(key), self.numbers[key] + self._needed(key)}
            if (way := self._way(key, value)) and way[1].keys() - self.guarded - self.reasons.keys()
        ]
        if ways:
            self._accept(min(ways, key=lambda way: way[0])[1])
            return
        spare = [k for k in known.betrayed_by if k not in self.printed and self.numbers[k]]
        if spare:
            self.reasons[min(spare, key=lambda k: (self._cost_of_hiding(k) or 0.0, k))] = (
                WOULD_BETRAY
            )
        else:
            self.betrayed.add(key)

    def _way(self, key: Key, value: int) -> tuple[float, dict[Key, float]] | None:
        step = value - self.numbers[key]
        return self.moves.cheapest(key, step, self._cost_of_hiding, self._room)

    def _accept(self, moved: Mapping[Key, float], *, is_strict: bool = False) -> None:
        for sightings in (self.sightings, self.strict) if is_strict else (self.sightings,):
            sightings.add({key: self.numbers[key] + step for key, step in moved.items()})
        for key in moved.keys() - self.guarded - self.reasons.keys():
            self.reasons[key] = WOULD_BETRAY

    def _room(self, key: Key) -> Limits:
        """Return what a hidden number can be when the page says only that it is not shown."""
        return self.told.get(key, (0 if key in self.guarded else 1, None))

    def _said(self, key: Key) -> Limits:
        """Return what it can be when the page says of each small number that it is small."""
        room, needed = self._room(key), self.thresholds[key]
        if key in self.guarded:
            return room
        is_small = key in self.small
        now = (1, needed - 1) if is_small else (min(self.numbers[key], needed), None)
        return together([room, now])

    def _cost_of_hiding(self, key: Key) -> float | None:
        """Return what a reader loses when a number is hidden; None when it cannot be."""
        if key in self.guarded or key in self.reasons:
            return FREE
        if key in self.printed or not self.numbers[key]:
            return None
        return (1.0 + self.numbers[key]) * self.weights[key]

    def _first_lost(self) -> tuple[Key, Range] | None:
        """Return the first number that can be worked out and what is known of it, or None."""
        attacker = self._attacker(self.sightings)
        for key in sorted(self.small | self.reasons.keys()):
            if key in self.betrayed or self.sightings.width(key) >= self._needed(key):
                continue
            known = attacker.range_of(key)
            if known.width < self._needed(key):
                return key, known
        return None

    def _few(self) -> frozenset[Key]:
        """Return the hidden numbers that may be called small: none where that alone betrays one."""
        if not self.calls_small:
            return frozenset()
        attacker = self._attacker(self.strict, {key: self._said(key) for key in self.reasons})
        silent = {
            attacker.together(key)
            for key in sorted(self.small)
            if self.strict.width(key) < self._needed(key)
            and attacker.range_of(key).width < self._needed(key)
        }
        return frozenset(
            key for key in self.small & self.reasons.keys() if attacker.together(key) not in silent
        )

    def _attacker(self, seen: Sightings, said: Mapping[Key, Limits] = UNSAID) -> Attacker:
        unseen = self.guarded | self.reasons.keys()
        shown = {key: n for key, n in self.numbers.items() if key not in unseen}
        told = {key: self.told[key] for key in unseen & self.told.keys()}
        return Attacker(
            shown, frozenset(self.reasons), self.guarded, self.relations, seen,
            said={**told, **said},
        )  # fmt: skip

    def _needed(self, key: Key) -> int:
        """Return how wide the attacker's range must stay: every small number, or just not one.

        A number that needs more people than the rest of the page is hidden sooner, but then has
        to be as open as any other: its base may be smaller than what it needs.
        """
        least = min(self.thresholds[key], self.threshold)
        return max(1, least - 2) if key in self.small else 1
