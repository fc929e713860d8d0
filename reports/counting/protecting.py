"""One protection over all numbers of a page, beside everything that was printed before."""

from collections.abc import Collection, Mapping, Sequence

from analysis.disclosure import HIDDEN, Count
from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key, Limits
from analysis.disclosure.suppression import WOULD_BETRAY, Protection, protect
from reports.counting.counted import Counted, Earlier, Held, Shown


def shown(counted: Counted, *, threshold: int, before: Sequence[Earlier] = ()) -> Shown:
    """Protect numbers that will stand on one page, and return what may be seen of them.

    A number that may not be printed anew stays as an earlier version printed it, and says so:
    hidden now, it would stand beside its older self all the same. Then every number that did not
    move says so too: marks on the others alone would point out where somebody came or went.

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
    held |= _unmoved(counted, last) if held else {}
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
        betrayed=found.betrayed,
    )


def _unmoved(counted: Counted, last: Mapping[Key, Held]) -> dict[Key, Held]:
    """Return the numbers that are what they were when they were last printed."""
    return {
        key: last[key]
        for key, number in counted.numbers.items()
        if key in last and last[key].value == number
    }


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
    for one in filter(_is_version, before):
        standing = standing | {key: one.counted.numbers[key] for key in one.printed}
        found[one.version] = standing
    return found


def _is_version(one: Earlier) -> bool:
    return one.version > 0


def _last_printed(before: Sequence[Earlier]) -> dict[Key, Held]:
    """Return every number that a version ever printed, as it was the last time."""
    return {
        key: Held(one.counted.numbers[key], one.version)
        for one in filter(_is_version, before)
        for key in one.printed
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
            name = f"{key} when it was {number}"
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
