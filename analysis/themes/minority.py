"""The minority guard: what few people of an under-heard group raise is listed, so it is not lost.

Themes are ranked by size, and a small group's concern is always small. Such a theme may only be
left out of a report with a reason. What is shown of it says "fewer than 5 people", without
audience, place or quotation: the list itself is for the analyst alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

UNDER_HEARD_SHARE = 0.1
FEWEST_PEOPLE = 5
OVER_REPRESENTED = 2.0

Codes = Mapping[str, Iterable[int]]


@dataclass(frozen=True)
class Guarded:
    """A theme that cannot be dropped without a reason.

    Attributes:
        theme: its number.
        group: the under-heard group; for the analyst, never for a public page.
        people: of the group who raise it.
        everybody: people who raise it in all.
        shown: what a report may say of it; empty when the ordinary rules allow a number.
    """

    theme: int
    group: str
    people: int
    everybody: int
    shown: str


def under_heard(groups: Mapping[str, str]) -> tuple[str, ...]:
    """Return the groups with less than a tenth of the people, sorted; people of no group aside.

    Args:
        groups: person or answer to its group; "" is no group.
    """
    sizes = Counter(group for group in groups.values() if group)
    if len(sizes) < 2:  # noqa: PLR2004  # one group is everybody
        return ()
    return tuple(sorted(g for g, n in sizes.items() if n < UNDER_HEARD_SHARE * sizes.total()))


def guarded(
    codes: Codes,
    groups: Mapping[str, str],
    *,
    listened_for: Iterable[str] | None = None,
    min_people: int = FEWEST_PEOPLE,
) -> tuple[Guarded, ...]:
    """Return the themes raised by few people, or mostly, of an under-heard group.

    A theme is guarded for a group when fewer than `min_people` raise it in all, or when the group
    raises it at least twice as often as its share of all people.

    Args:
        codes: person or answer to the numbers of its themes.
        groups: person or answer to its group.
        listened_for: the under-heard groups; those of `under_heard` unless given.
        min_people: the disclosure threshold.
    """
    heard = set(under_heard(groups) if listened_for is None else listened_for)
    sizes = Counter(groups.get(person, "") for person in codes)
    raised: dict[int, Counter[str]] = defaultdict(Counter)
    for person, themes in codes.items():
        for theme in set(themes):
            raised[theme][groups.get(person, "")] += 1
    return tuple(
        Guarded(theme, group, count[group], count.total(), _shown(count.total(), min_people))
        for theme, count in sorted(raised.items())
        for group in sorted(heard.intersection(count))
        if _is_guarded(count, group, sizes, min_people)
    )


def _is_guarded(count: Counter[str], group: str, sizes: Counter[str], min_people: int) -> bool:
    if count.total() < min_people:
        return True
    expected = OVER_REPRESENTED * sizes[group] * count.total()
    return count[group] * sizes.total() >= expected


def _shown(people: int, min_people: int) -> str:
    return f"fewer than {min_people} people" if people < min_people else ""
