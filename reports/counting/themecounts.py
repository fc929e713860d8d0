"""How many people raised each theme and each entry, and how these numbers hang together.

An entry may answer several themes, and one person can raise several. So a number can follow from
others by subtraction: who raised one theme and not the other, or both. Where few themes hang
together through entries, every set of themes that somebody can have raised is a number to
protect; where many do, what an entry adds to each of its themes is.
"""

import itertools
from collections.abc import Iterable, Iterator, Mapping

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted

MOST_APART = 4
"""How many themes may hang together before not every set of them is looked at: 2 to the 4th."""

THEME = 2.0
"""A theme of its own says more than several together, so it is hidden later."""

People = Mapping[str, Mapping[str, frozenset[str]]]


def theme_key(theme_id: str, audience: str) -> str:
    """Name the number of people of an audience who raised a theme."""
    return f"theme/{theme_id}/{audience}"


def entry_key(entry: str, audience: str) -> str:
    """Name the number of people of an audience who raised what an entry answers."""
    return f"entry/{entry}/{audience}"


def anyone_key(audience: str) -> str:
    """Name the number of people of an audience who raised any theme."""
    return f"anyone/{audience}"


def counted(
    people: People,
    entries: Mapping[str, tuple[str, ...]],
    within: Mapping[str, str],
    thresholds: Mapping[str, int],
    *,
    anyone: bool = False,
) -> Counted:
    """Count people by theme, entry and audience.

    Args:
        people: theme to audience to the people who raised it; every audience that wrote is there.
        entries: entry to the themes it answers.
        within: theme to the broader theme it is nested in.
        thresholds: audience to the smallest number of it that may be shown.
        anyone: count who raised any theme too, for numbers that lie inside it.
    """
    audiences = sorted({code for by in people.values() for code in by})
    parts = []
    for code in audiences:
        raised = {theme: by.get(code, frozenset()) for theme, by in people.items()}
        page = _Audience(code, raised, entries, within, anyone=anyone)
        parts.append(page.counted(thresholds[code]))
    return Counted.all(parts)


class _Audience:
    """The numbers of one audience."""

    def __init__(
        self,
        code: str,
        raised: Mapping[str, frozenset[str]],
        entries: Mapping[str, tuple[str, ...]],
        within: Mapping[str, str],
        *,
        anyone: bool,
    ) -> None:
        self.code, self.raised, self.anyone = code, raised, anyone
        self.entries = {key: tuple(sorted(set(themes))) for key, themes in entries.items()}
        self.within = {low: high for low, high in within.items() if {low, high} <= raised.keys()}
        self.numbers: dict[str, int] = {}
        self.relations: list[Relation] = []
        self.guarded: set[str] = set()
        self.thresholds: dict[str, int] = {}

    def counted(self, threshold: int) -> Counted:
        for theme, who in self.raised.items():
            self.numbers[theme_key(theme, self.code)] = len(who)
        for entry, themes in self.entries.items():
            self._unite(entry, themes)
        for low, high in self.within.items():
            self._apart(theme_key(high, self.code), theme_key(low, self.code))
        for inner, outer in itertools.permutations(self.entries, 2):
            self._nest(inner, outer)
        united = [themes for themes in self.entries.values() if len(themes) > 1]
        apart = [one for one in _clusters(united) if len(one) <= MOST_APART]
        told = {theme: self._tell_apart(cluster) for cluster in apart for theme in cluster}
        if self.anyone:
            self._bring_together(told)
        self._inside_base()
        return Counted(
            self.numbers,
            tuple(self.relations),
            guarded=frozenset(self.guarded),
            thresholds=dict.fromkeys(self.numbers, threshold) | self.thresholds,
            weights={theme_key(theme, self.code): THEME for theme in self.raised},
        )

    def _unite(self, entry: str, themes: tuple[str, ...]) -> None:
        whole, parts = entry_key(entry, self.code), [theme_key(one, self.code) for one in themes]
        self.numbers[whole] = len(self._anyone(themes))
        if len(parts) == 1:
            self.relations.append(Relation(whole, (parts[0],)))
            return
        self.relations.append(Relation(whole, tuple(parts), "union"))
        for part in parts:
            self._apart(whole, part)

    def _apart(self, whole: str, part: str) -> None:
        """Guard the people of a whole who are not in a part of it."""
        rest = f"{whole} without {part}"
        self.numbers[rest] = self.numbers[whole] - self.numbers[part]
        self.guarded.add(rest)
        self.relations.append(Relation(whole, (part, rest)))

    def _nest(self, inner: str, outer: str) -> None:
        """Guard what an entry adds to another that answers some of its themes only."""
        few, many = set(self.entries[inner]), set(self.entries[outer])
        if len(few) == 1 or not few <= many:
            return
        whole, part = entry_key(outer, self.code), entry_key(inner, self.code)
        if few == many:
            self.relations.append(Relation(whole, (part,)))
            return
        more = (theme_key(one, self.code) for one in sorted(many - few))
        self.relations.append(Relation(whole, (part, *more), "union"))
        self._apart(whole, part)

    def _tell_apart(self, cluster: tuple[str, ...]) -> tuple[str, ...]:
        """Guard the people who raised exactly these themes of the cluster, for every choice."""
        names: dict[frozenset[str], str] = {}
        for size in range(1, len(cluster) + 1):
            for chosen in map(frozenset, itertools.combinations(cluster, size)):
                others = self._anyone(set(cluster) - chosen)
                both = frozenset.intersection(*(self.raised[theme] for theme in chosen))
                names[chosen] = f"only {' and '.join(sorted(chosen))}/{self.code}"
                self.numbers[names[chosen]] = len(both - others)
        self.guarded.update(names.values())
        sums = {theme_key(theme, self.code): {theme} for theme in cluster}
        sums |= {
            entry_key(entry, self.code): set(themes)
            for entry, themes in self.entries.items()
            if set(themes) <= set(cluster)
        }
        for whole, themes in sums.items():
            parts = tuple(name for chosen, name in names.items() if chosen & themes)
            self.relations.append(Relation(whole, parts))
        return tuple(names.values())

    def _bring_together(self, told: Mapping[str, tuple[str, ...]]) -> None:
        """Let who raised any theme be no more than raised one or the other, in any wording.

        That number only holds others together, and is not protected itself: what is open of themes
        and words sets it to a small one never, for each of these is large.
        """
        whole = anyone_key(self.code)
        self.numbers[whole] = len(self._anyone(self.raised))
        self.guarded.add(whole)
        self.thresholds[whole] = 0
        self.relations.append(Relation(f"wrote/{self.code}", (whole,), "inside"))
        alone = {theme: (theme_key(theme, self.code),) for theme in self.raised}
        covers = [{**alone, **told}]
        for entry, themes in self.entries.items():
            if len(themes) > 1 and not told.keys() & set(themes):
                united = (entry_key(entry, self.code),)
                covers.append({**alone, **told, **dict.fromkeys(themes, united)})
        for cover in covers:
            parts = dict.fromkeys(part for parts in cover.values() for part in parts)
            self.relations.append(Relation(whole, tuple(parts), "union"))

    def _inside_base(self) -> None:
        shown = tuple(key for key in self.numbers if key not in self.guarded)
        if shown:
            self.relations.append(Relation(f"wrote/{self.code}", shown, "inside"))

    def _anyone(self, themes: Iterable[str]) -> frozenset[str]:
        return frozenset().union(*(self.raised[theme] for theme in themes))


def _clusters(groups: Iterable[tuple[str, ...]]) -> Iterator[tuple[str, ...]]:
    """Yield the themes that hang together through groups of them."""
    found: list[set[str]] = []
    for group in groups:
        touching = [one for one in found if one & set(group)]
        found = [one for one in found if one not in touching]
        found.append(set(group).union(*touching))
    yield from (tuple(sorted(one)) for one in found)
