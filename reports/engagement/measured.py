"""One measure of our own work: what it means, how much it is, and out of what.

A measure that cannot be taken says why, so that an empty place is never read as a nought.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable

from analysis.disclosure import CONFIDENTIAL
from reports.engagement.defined import DEFINED, TITLES, Definition
from reports.findings import intervals
from reports.formats.sheets import Column, Sheet
from reports.words import wording


@dataclasses.dataclass(frozen=True, slots=True)
class Point:
    """What a measure was on an earlier day, as it could be seen then."""

    on: dt.date
    value: str
    number: int | None = None
    out_of: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Measure:
    """One line of the page.

    Attributes:
        key: which measure, a key of DEFINED.
        of: which part of it: an audience, an edition, a milestone; empty for the whole.
        value: as it is read, with its unit ("212", "47%", "61 days"); "[c]" where it is hidden.
        base: what it is out of, or the days it lies between.
        note: what readers must know, such as a caution.
        number, out_of: numerator and denominator, where they are whole numbers that may be seen.
        aim: what is aimed at for this part, where that is not the aim of the measure.
        as_at: the day it was true on.
        since: the day from which on it is counted.
        trend: what it was on earlier days, the oldest first.
    """

    key: str
    of: str
    value: str
    base: str = ""
    note: str = ""
    number: int | None = None
    out_of: int | None = None
    aim: str = ""
    as_at: dt.date | None = None
    since: dt.date | None = None
    trend: tuple[Point, ...] = ()

    @property
    def defined(self) -> Definition:
        """Return what it means."""
        return DEFINED[self.key]

    @property
    def aimed(self) -> str:
        """Return what is aimed at, or nothing."""
        return self.aim or self.defined.aim

    @property
    def along(self) -> str:
        """Write the trend in one line: "1 May 2026: 47%; 1 June 2026: 51%"."""
        return "; ".join(f"{wording.date(one.on)}: {one.value}" for one in self.trend)


#: What nobody measures here, and why: a decision, not a gap.
NOT_MEASURED = (
    (
        "How many messages were opened",
        "Mails hold no picture and no link that tells who read them.",
    ),
)


def ratio(part: int, whole: int) -> str:
    """Write a share in whole per cent; of fewer than ten it is said in numbers."""
    return intervals.percent(part, whole) or f"{wording.number(part)} of {wording.number(whole)}"


def share(
    key: str,
    of: str,
    part: int | None,
    whole: int | None,
    things: tuple[str, str] = wording.EVERYBODY,
    *,
    note: str = "",
    nothing: str = "Nothing to count yet",
    aim: str = "",
) -> Measure:
    """Make the line of a share; without both of its numbers it is hidden."""
    base = "" if whole is None else wording.plural(whole, *things)
    if part is None or whole is None:
        base = f"of {base}" if base else ""
        return Measure(key, of, CONFIDENTIAL, base, note, None, whole, aim)
    said = ratio(part, whole) if whole else nothing
    return Measure(key, of, said, f"{wording.number(part)} of {base}", note, part, whole, aim)


def count(key: str, of: str, number: int | None, base: str = "", note: str = "") -> Measure:
    """Make the line of a whole number; None is hidden."""
    said = CONFIDENTIAL if number is None else wording.number(number)
    return Measure(key, of, said, base, note, number)


COLUMNS = (
    Column("measure", "string", "Which measure, from M1 to M21; several rows can belong to one."),
    Column("group", "string", "What it is about."),
    Column("name", "string", "What is measured."),
    Column("of", "string", "Which part of it; empty for the whole."),
    Column("value", "string", "The value, or the mark [c] that hides a small number."),
    Column("numerator", "string", "The numerator, where it is a whole number."),
    Column("denominator", "string", "The denominator, where there is one."),
    Column("base", "string", "What it is out of in words, or the days it lies between."),
    Column("aim", "string", "What is aimed at; empty where nothing is."),
    Column("as_at", "date", "The day it was true on."),
    Column("since", "date", "The day from which on it is counted."),
    Column("trend", "string", "What it was on earlier days; empty before there are any."),
    Column("how", "string", "Counted by Engage, or entered by hand."),
    Column("definition", "string", "How it is counted."),
    Column("numerator_is", "string", "What the numerator counts."),
    Column("denominator_is", "string", "What the denominator counts; empty where there is none."),
    Column("note", "string", "What has to be known about it."),
)


def sheet(found: Iterable[Measure]) -> Sheet:
    """Return the measures as a table to take away, with those that nobody takes at its end."""
    empty = ("",) * (len(COLUMNS) - 4)
    rows = [_row(one) for one in found]
    rows += [("", "Not measured", name, *empty, why) for name, why in NOT_MEASURED]
    return Sheet(
        "measures",
        "Measures of our own work",
        "One row for each measure, and for each part of it.",
        COLUMNS,
        tuple(rows),
    )


def _row(one: Measure) -> tuple[str, ...]:
    means = one.defined
    return (
        means.code, TITLES[means.group], means.name, one.of, one.value, _whole(one.number),
        _whole(one.out_of), one.base, one.aimed, _day(one.as_at), _day(one.since), one.along,
        "Entered by hand" if means.basis == "hand" else "Counted by Engage",
        means.meaning, means.number, means.out_of, one.note,
    )  # fmt: skip


def _whole(number: int | None) -> str:
    return "" if number is None else str(number)


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
