"""How sure a share is: the interval that Wilson (1927) gives, and when two shares differ.

People chose to answer, so an interval says nothing of those who did not. It says how far chance
alone could have moved a share among people who answer like these.
"""

import dataclasses
import math
from collections.abc import Sequence
from statistics import NormalDist

from analysis.disclosure import SMALLEST_BASE_FOR_PERCENT
from reports.counting.shorthands import UNDER_ONE
from reports.words import wording

CONFIDENCE = 0.95
_LESS = "a smaller share now"
LIMITS = (
    "People chose to answer, so these numbers describe those who answered. They do not tell what"
    " everybody thinks."
)
INTERVALS = (
    "“53 to 62 in 100” is the range that chance alone leaves open for people who answer like"
    " these (Wilson, 95%). It gets narrower when more people answer. In a table, [low] marks a"
    " share above nought and under 1%."
)


@dataclasses.dataclass(frozen=True, slots=True)
class Share:
    """People out of people, as they may be shown; `name` says who they are."""

    name: str
    value: int
    base: int

    @property
    def is_large(self) -> bool:
        """Tell whether a share in per cent may be said of it at all."""
        return self.base >= SMALLEST_BASE_FOR_PERCENT


def wilson(value: int, base: int, *, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return the lower and upper end of the interval, each from 0 to 1; raise for base 0."""
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share, fold = value / base, z * z / base
    middle = (share + fold / 2) / (1 + fold)
    reach = z / (1 + fold) * math.sqrt(share * (1 - share) / base + fold / (4 * base))
    low = 0.0 if value == 0 else max(0.0, middle - reach)
    high = 1.0 if value == base else min(1.0, middle + reach)
    return low, high


def in_hundred(value: int, base: int) -> tuple[int, int]:
    """Return the interval in whole people of a hundred, rounded outwards so it claims no more."""
    low, high = wilson(value, base)
    return math.floor(100 * low), math.ceil(100 * high)


def likely(value: int | None, base: int | None) -> str:
    """Return the interval for a table ("53 to 62"); empty on a base under ten or a hidden one."""
    if value is None or base is None or base < SMALLEST_BASE_FOR_PERCENT:
        return ""
    low, high = in_hundred(value, base)
    return f"{low} to {high}"


def percent(value: int | None, base: int | None) -> str:
    """Return a whole per cent that is never rounded up to all or down to none."""
    if value is None or base is None or base < SMALLEST_BASE_FOR_PERCENT:
        return ""
    rounded = round(100 * value / base)
    if rounded == 100 and value < base:  # noqa: PLR2004  # all of them
        return "over 99%"
    return UNDER_ONE if rounded == 0 and value else f"{rounded}%"


def sentence(value: int, base: int, audience: str) -> str:
    """Say the interval in plain words; empty on a base under ten."""
    if base < SMALLEST_BASE_FOR_PERCENT:
        return ""
    low, high = in_hundred(value, base)
    who = wording.audience(audience)
    return f"That is between {low} and {high} in 100 {who} who answer like this."


def differ(one: Share, other: Share, *, confidence: float = CONFIDENCE) -> bool:
    """Tell whether two shares are further apart than chance: their intervals do not meet."""
    if not (one.is_large and other.is_large):
        return False
    first = wilson(one.value, one.base, confidence=confidence)
    second = wilson(other.value, other.base, confidence=confidence)
    return first[0] > second[1] or second[0] > first[1]


def comparison(shares: Sequence[Share], what: str) -> str:
    """Say whether an answer was given more often by some than by others.

    The largest share is held against the smallest. As more groups are looked at, chance gives
    some difference more often, so the intervals are widened for the number of pairs.
    """
    large = [one for one in shares if one.is_large]
    if len(shares) < 2:  # noqa: PLR2004  # nothing beside it
        return ""
    if len(large) < 2:  # noqa: PLR2004  # as above
        return f"Too few to compare who said {what}: most groups here have under ten people."
    most = max(large, key=lambda one: (one.value / one.base, one.name))
    least = min(large, key=lambda one: (one.value / one.base, one.name))
    pairs = len(large) * (len(large) - 1) // 2
    if not differ(most, least, confidence=1 - (1 - CONFIDENCE) / pairs):
        return f"Too few to compare who said {what}: the differences may be chance."
    return (
        f"{_capital(most.name)} said {what} more often ({_of(most)}) than {least.name}"
        f" ({_of(least)})."
    )


def change(before: Share, now: Share) -> str:
    """Say whether a share is another one now; "too few to compare" where chance may explain it."""
    if not differ(before, now):
        return "too few to compare"
    return "a larger share now" if now.value * before.base > before.value * now.base else _LESS


def _of(share: Share) -> str:
    of = f"{wording.number(share.value)} of {wording.number(share.base)}"
    return f"{of}, {percent(share.value, share.base)}"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
