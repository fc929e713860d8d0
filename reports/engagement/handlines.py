"""The lines of what was entered by hand: the newest number or a sum, with earlier days.

Small numbers of people are hidden as everywhere, also in the history.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence

from analysis.disclosure import CONFIDENTIAL
from analysis.disclosure.attack import Relation
from reports.counting import protecting
from reports.counting.counted import Counted, Shown
from reports.engagement import entering
from reports.engagement.byhand import ENTERED, WAYS, ByHand
from reports.engagement.measured import Measure, Point, ratio, share
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
        mine = [row for row in current if row.measure == one.key]
        yield from _parts(one, mine, names, threshold) if mine else (Measure(one.key, "", NOT_YET),)


def _parts(
    one: ByHand, mine: Sequence[EnteredMeasure], names: Mapping[str, str], threshold: int
) -> Iterator[Measure]:
    for part, of in one.parts.items() or (("", ""),):
        rows = [row for row in mine if row.part == part]
        yield _line(one, of, rows, names, threshold) if rows else Measure(one.key, of, NOT_YET)


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
    who = wording.join(sorted({names[row.entered_by] for row in mine}))
    made = _added(one, of, mine, threshold) if one.adds_up else _newest(one, of, mine, threshold)
    sources = [row.source for row in (mine if one.adds_up else mine[-1:])]
    note = f"Entered by hand by {who}. Source: {wording.join(list(dict.fromkeys(sources)))}."
    return dataclasses.replace(made, note=note, as_at=mine[-1].on_date, since=mine[0].on_date)


def _newest(one: ByHand, of: str, mine: Sequence[EnteredMeasure], threshold: int) -> Measure:
    """Return the newest number with the earlier ones beside it: each is of something else."""
    *earlier, last = [_point(one, row, threshold) for row in mine]
    row, hidden = mine[-1], last.value == CONFIDENTIAL
    base = "" if hidden else _base(one, row.value, row.out_of)
    seen = tuple(point for point in earlier if point.value != CONFIDENTIAL)
    return Measure(
        one.key, of, last.value, base, number=last.number, out_of=last.out_of, trend=seen
    )


def _added(one: ByHand, of: str, mine: Sequence[EnteredMeasure], threshold: int) -> Measure:
    """Return the sum of all groups with each quarter beside it, protected together."""
    quarters: dict[str, list[EnteredMeasure]] = {"all": list(mine)}
    for row in mine:
        name = f"{row.on_date.year}-{(row.on_date.month + 2) // 3}"
        quarters.setdefault(name, []).append(row)
    numbers: dict[str, int] = {}
    for name, rows in quarters.items():
        asked, said = sum(row.out_of or 0 for row in rows), int(sum(row.value for row in rows))
        numbers |= {f"asked/{name}": asked, f"said/{name}": said, f"rest/{name}": asked - said}
    parts = [name for name in quarters if name != "all"]
    sums = [
        Relation(f"{kind}/all", tuple(f"{kind}/{name}" for name in parts))
        for kind in ("asked", "said", "rest")
    ]
    within = [Relation(f"asked/{name}", (f"said/{name}", f"rest/{name}")) for name in quarters]
    shown = protecting.shown(Counted(numbers, (*sums, *within)), threshold=threshold)
    whole = share(one.key, of, shown.value("said/all"), shown.value("asked/all"))
    if len(parts) == 1:
        return whole
    trend = (_quarter(shown, name, quarters[name][-1].on_date) for name in parts)
    return dataclasses.replace(whole, trend=tuple(point for point in trend if point))


def _quarter(shown: Shown, name: str, last: dt.date) -> Point | None:
    said, asked = shown.value(f"said/{name}"), shown.value(f"asked/{name}")
    if said is None or not asked:
        return None
    return Point(last, ratio(said, asked), said, asked)


def _point(one: ByHand, row: EnteredMeasure, threshold: int) -> Point:
    if _is_small(one, row.value, row.out_of, threshold):
        return Point(row.on_date, CONFIDENTIAL)
    number = int(row.value) if row.value == int(row.value) else None
    said = _written(one, row.value)
    if one.unit == "share" and row.out_of:
        said = ratio(int(row.value), row.out_of)
    return Point(row.on_date, said, number, row.out_of)


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

    def with_aim(one: Measure) -> Measure:
        is_way = one.key == "access" and one.of in aims
        return dataclasses.replace(one, aim=aims[one.of]) if is_way else one

    return list(map(with_aim, found))
