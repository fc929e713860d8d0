"""A group's share of those who answered beside its share in the county, said in fixed words.

Nobody was drawn by lot, so an interval only says how much chance could do; it never makes the
people who answered stand for those who did not.
"""

import dataclasses
from typing import Literal

from reports.findings.intervals import wilson

SMALLEST_BASE = 30
MORE_FROM, FEWER_TO = 125, 80
Size = Literal["more", "fewer", "about", "too_few"]
SIZE_WORDS: dict[Size, str] = {
    "more": "More than their share",
    "fewer": "Fewer than their share",
    "about": "About their share",
    "too_few": "Too few answered to compare",
}
LIMITS = (
    f"“More than their share” means an index of {MORE_FROM} or more, “fewer than their share” an"
    f" index of {FEWER_TO} or less, and both only where chance alone (a 95% interval) could not"
    f" have done it. Under {SMALLEST_BASE} people nothing is compared. An index of 100 means that"
    " a group is as large among those who answered as in the county. People chose to answer, so"
    " none of this says what those think who did not."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Compared:
    """A comparison; shares are from 0 to 1.

    Attributes:
        index: 100 times the share of those who answered over the share in the county.
        low, high: the 95% interval of the share of those who answered.
    """

    size: Size
    share: float
    low: float
    high: float
    population: float
    index: int

    @property
    def gap(self) -> int:
        """Return how many points of a hundred the share lies above the county's."""
        return round(100 * self.share) - round(100 * self.population)


def compare(people: int, base: int, population: float) -> Compared:
    """Compare people out of a base with a share in the county (over 0, up to 1)."""
    share, (low, high) = people / base, wilson(people, base)
    index = round(100 * share / population)
    size = _size(index, base, (low, high), population)
    return Compared(size, share, low, high, population, index)


def _size(index: int, base: int, around: tuple[float, float], population: float) -> Size:
    if base < SMALLEST_BASE:
        return "too_few"
    if index >= MORE_FROM and around[0] > population:
        return "more"
    if index <= FEWER_TO and around[1] < population:
        return "fewer"
    return "about"
