"""The lines of what was entered by hand: the newest number, or all groups together, and the trend.

Small numbers of people are hidden as everywhere, also in the history.
"""

import dataclasses
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.disclosure import CONFIDENTIAL
from reports.engagement import entering, trends
from reports.engagement.byhand import ENTERED, WAYS, ByHand
from reports.engagement.measured import Measure, Point, ratio
from reports.models.taken import EnteredMeasure
from reports.words import wording

NOT_YET = "Not entered yet"


def lines(
    entered: Sequence[EnteredMeasure], names: Mapping[str, str], threshold: int
) -> Iterator[Measure]:
    """Yield a line for each part of each measure that is entered by hand.

    Args:
        entered: everything that was entered, corrected ones too.
        names: who entered it, by what the record calls them.
        threshold: fewest people that may be shown.
    """
    current = entering.in_force(entered)
    for one in ENTERED.values():
        for part, of in one.parts.items() or (("", ""),):
            mine = [row for row in current if (row.measure, row.part) == (one.key, part)]
            yield _line(one, of, mine, names, threshold) if mine else Measure(one.key, of, NOT_YET)


def planned(entered: Sequence[EnteredMeasure]) -> dict[str, str]:
    """Return the share that was planned for each way of taking part, as an aim."""
    rows = [one for one in entering.in_force(entered) if one.measure == "access_planned"]
    return {WAYS[one.part]: f"{one.value:g}% or more (planned)" for one in rows}


def shown(one: ByHand, row: EnteredMeasure, threshold: int) -> str:
    """Write an entry as it may be seen."""
    if _is_small(one, row.value, row.out_of, threshold):
        return CONFIDENTIAL
    if one.unit == "share" and row.out_of is not None:
        return f"{row.value:,.0f} of {row.out_of:,}"
    of = "" if row.out_of is None else f" ({row.out_of:,} people)"
    return f"{_written(one, row.value)}{of}"


def _line(
    one: ByHand,
    of: str,
    mine: Sequence[EnteredMeasure],
    names: Mapping[str, str],
    threshold: int,
) -> Measure:
    last = mine[-1]
    value, out_of = _together(mine) if one.adds_up else (last.value, last.out_of)
    whole = int(value) if value == int(value) else None
    point = _point(one, value, out_of, last, threshold)
    who = wording.join(sorted({names[row.entered_by] for row in mine}))
    sources = wording.join(list(dict.fromkeys(row.source for row in mine)))
    note = f"Entered by hand by {who}. Source: {sources if one.adds_up else last.source}."
    hidden = point.value == CONFIDENTIAL
    made = Measure(
        one.key, of, point.value, "" if hidden else _base(one, value, out_of), note,
        None if hidden else whole, None if hidden else out_of,
        as_at=last.on_date, since=mine[0].on_date,
    )  # fmt: skip
    earlier = tuple(_earlier(one, mine, threshold))
    return dataclasses.replace(
        made, trend=trends.beside(made, earlier, threshold if one.adds_up else 0)
    )


def _earlier(one: ByHand, mine: Sequence[EnteredMeasure], threshold: int) -> Iterator[Point]:
    """Yield what it was on each day before the last; a sum grows, others are as they were."""
    points = []
    for place, row in enumerate(mine[:-1], 1):
        value, out_of = _together(mine[:place]) if one.adds_up else (row.value, row.out_of)
        points.append(_point(one, value, out_of, row, threshold))
    return (point for point in points if point.value != CONFIDENTIAL)


def _together(rows: Iterable[EnteredMeasure]) -> tuple[float, int]:
    rows = list(rows)
    return sum(row.value for row in rows), sum(row.out_of or 0 for row in rows)


def _point(
    one: ByHand, value: float, out_of: int | None, last: EnteredMeasure, threshold: int
) -> Point:
    number = int(value) if value == int(value) else None
    if _is_small(one, value, out_of, threshold):
        return Point(last.on_date, CONFIDENTIAL)
    said = ratio(int(value), out_of) if one.unit == "share" and out_of else _written(one, value)
    return Point(last.on_date, said, number, out_of)


def _is_small(one: ByHand, value: float, out_of: int | None, threshold: int) -> bool:
    """Tell whether a number is of so few people, or leaves so few, that it is hidden."""
    if not one.of_people:
        return False
    if one.unit == "share" and out_of is not None:
        return any(0 < part < threshold for part in (value, out_of - value))
    return 0 < (value if out_of is None else out_of) < threshold


def _written(one: ByHand, value: float) -> str:
    unit = {"minutes": " min", "per cent": "%", "rating": " out of 10"}.get(one.unit, "")
    return f"{value:,g}{unit}" if value != int(value) else f"{value:,.0f}{unit}"


def _base(one: ByHand, value: float, out_of: int | None) -> str:
    if out_of is None:
        return ""
    if one.unit == "share":
        return f"{value:,.0f} of {out_of:,}"
    return f"{out_of:,} people"


def aimed(found: Iterable[Measure], aims: Mapping[str, str]) -> list[Measure]:
    """Give each way of taking part the share that was planned for it."""
    return [dataclasses.replace(one, aim=aims[one.of]) if one.of in aims else one for one in found]
