"""Earlier days beside today, as far as no step between two of them is a step of a few people."""

import datetime as dt
from collections.abc import Iterable, Sequence

from reports.engagement.measured import Measure, Point


def beside(one: Measure, earlier: Iterable[Point], threshold: int) -> tuple[Point, ...]:
    """Return the earlier points that may stand beside a measure as it is now, the oldest first.

    Two numbers of the same people on two days tell how many came in between. So a point stays out
    where it differs from another, or from now, by fewer people than may be shown; so does one that
    says what the one before it says, because it tells nothing new.
    """
    kept = [Point(one.as_at or dt.date.max, one.value, one.number, one.out_of)]
    for point in sorted(earlier, key=lambda point: point.on, reverse=True):
        if all(_may_stand(point, other, threshold) for other in kept):
            kept.append(point)
    found: list[Point] = []
    for point in reversed(kept[1:]):
        if not found or _said(point) != _said(found[-1]):
            found.append(point)
    return tuple(found)


def _may_stand(one: Point, other: Point, threshold: int) -> bool:
    steps = [abs(a - b) for a, b in zip(_numbers(one), _numbers(other), strict=False)]
    return not any(0 < step < threshold for step in steps)


def _numbers(one: Point) -> Sequence[int]:
    """Return numerator, denominator and what lies between, where they are known."""
    if one.number is None:
        return ()
    if one.out_of is None:
        return (one.number,)
    return (one.number, one.out_of, one.out_of - one.number)


def _said(one: Point) -> tuple[str, int | None, int | None]:
    return one.value, one.number, one.out_of
