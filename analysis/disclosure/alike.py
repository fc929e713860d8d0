"""Numbers that are one and the same whatever they are: a linear program needs each only once.

All who were asked a question are often all who answered a survey, an entry that answers one theme
is raised by whoever raised the theme, and the few who came since the last version are as many in
each of these. On a page with forty questions most of what would be looked for is such a double.
"""

from collections.abc import Iterable, Iterator

from analysis.disclosure.attack import Relation
from analysis.disclosure.programs import Key

Said = tuple[str, Key, Key]


class Alike:
    """Numbers that follow from each other by sums of one part, or by the same sum as another.

    Args:
        keys: all numbers.
        relations: how they hang together.
    """

    def __init__(self, keys: Iterable[Key], relations: Iterable[Relation]) -> None:
        self._names: dict[Key, Key] = {}
        known = tuple(relations)
        short = [one for one in known if one.kind == "sum" and len(one.parts) in {1, 2}]
        while self._merged(short):
            pass
        self.members: dict[Key, list[Key]] = {}
        for key in keys:
            self.members.setdefault(self.name(key), []).append(key)
        self.relations = tuple(dict.fromkeys(self._renamed(known)))

    def name(self, key: Key) -> Key:
        """Return the one name of a number and all that are the same as it."""
        while key in self._names:
            key = self._names[key]
        return key

    def names(self, keys: Iterable[Key]) -> frozenset[Key]:
        """Return the names of several numbers."""
        return frozenset(map(self.name, keys))

    def _merged(self, short: Iterable[Relation]) -> bool:
        """Find numbers that must be the same; return whether any was new."""
        before, known = len(self._names), dict[Said, Key]()
        for relation in short:
            for said, key in self._said_by(relation):
                self._merge(known.setdefault(said, key), key)
        return len(self._names) > before

    def _said_by(self, relation: Relation) -> Iterator[tuple[Said, Key]]:
        """Yield what a sum says of each of its numbers: two of the same are one number."""
        whole, *parts = map(self.name, relation.keys)
        if len(parts) == 1:
            yield ("same", whole, ""), whole
            yield ("same", whole, ""), parts[0]
            return
        one, other = sorted(parts)
        yield ("sum", one, other), whole
        yield ("rest", whole, one), other
        yield ("rest", whole, other), one

    def _merge(self, one: Key, other: Key) -> None:
        first, second = sorted((self.name(one), self.name(other)))
        if first != second:
            self._names[second] = first

    def _renamed(self, relations: Iterable[Relation]) -> Iterator[Relation]:
        for one in relations:
            whole, parts = self.name(one.whole), tuple(map(self.name, one.parts))
            if one.kind == "sum":
                if parts != (whole,):
                    yield Relation(whole, tuple(sorted(parts)))
            elif rest := tuple(dict.fromkeys(part for part in parts if part != whole)):
                yield Relation(whole, rest, "inside" if whole in parts else one.kind)
