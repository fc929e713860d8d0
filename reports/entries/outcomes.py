"""Whether it becomes better: indicators of ambitions and outcome bees, read off each year.

The first reading is the baseline. A trend is told only between two readings, and as better or
worse by the direction that was fixed before anybody knew the numbers.
"""

import csv
import dataclasses
import datetime as dt
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit, taxonomy
from engage.consultations import local_date
from reports.models.life import Indicator, IndicatorReading
from reports.words.wording import date


class IndicatorError(ValueError):
    """An indicator cannot be kept as it is; the message says what to do."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What is counted, for which ambition or bee, in which unit, and which way is better."""

    key: str
    taxonomy: str
    code: str
    name: str
    unit: str
    better: str
    source: str
    is_demo: bool = False


COLUMNS = (
    "key", "taxonomy", "code", "name", "unit", "better", "source", "as_at", "value",
)  # fmt: skip


@dataclasses.dataclass(frozen=True, slots=True)
class Shown:
    """One indicator as a reader sees it."""

    name: str
    baseline: str
    current: str
    as_at: str
    trend: str
    source: str
    is_example: bool


def define(session: Session, wanted: Definition, *, actor: str, now: dt.datetime) -> Indicator:
    """Name an indicator; one with this key is returned as it is, so that its past cannot move."""
    found = session.scalar(select(Indicator).where(Indicator.key == wanted.key))
    if found is not None:
        return found
    if wanted.taxonomy not in {"ambitions", "outcome_bees"} or not taxonomy.term(
        wanted.taxonomy, wanted.code, local_date(now)
    ):
        message = f"There is no ambition or outcome bee called {wanted.code!r}."
        raise IndicatorError(message)
    if wanted.better not in {"higher", "lower"} or not wanted.source.strip():
        message = "Say whether higher or lower is better, and where the number comes from."
        raise IndicatorError(message)
    found = Indicator(**dataclasses.asdict(wanted))
    session.add(found)
    session.flush()
    audit.record(
        session, actor=actor, verb="define", object_type="indicator", object_id=found.id, now=now
    )
    return found


def read_off(
    session: Session,
    indicator: Indicator,
    *,
    as_at: dt.date,
    value: float,
    actor: str,
    now: dt.datetime,
) -> IndicatorReading:
    """Keep what an indicator stands at on a day; a day that was read stays as it was."""
    if as_at > local_date(now):
        message = "The day of a value cannot be in the future."
        raise IndicatorError(message)
    there = session.get(IndicatorReading, (indicator.id, as_at))
    if there is not None and there.value != value:
        message = f"{indicator.name} was read on {date(as_at)} already, with another value."
        raise IndicatorError(message)
    if there is not None:
        return there
    made = IndicatorReading(
        indicator_id=indicator.id, as_at=as_at, value=value, recorded_by=actor, recorded_at=now
    )
    session.add(made)
    session.flush()
    session.expire(indicator, ["readings"])
    audit.record(
        session, actor=actor, verb="read_off", object_type="indicator", object_id=indicator.id,
        now=now,
    )  # fmt: skip
    return made


def import_file(
    session: Session, path: Path, *, is_demo: bool = False, actor: str, now: dt.datetime
) -> int:
    """Read indicators and their values from a CSV, one reading a line; return the readings."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if set(COLUMNS) - set(reader.fieldnames or ()):
            message = f"{path.name} needs the columns {', '.join(COLUMNS)}."
            raise IndicatorError(message)
        count = 0
        for row in reader:
            clean = {name: (row[name] or "").strip() for name in COLUMNS}
            as_at, value = clean.pop("as_at"), clean.pop("value")
            try:
                day, number = dt.date.fromisoformat(as_at), float(value)
            except ValueError:
                message = f"{path.name}, line {reader.line_num}: {as_at!r} or {value!r} is wrong."
                raise IndicatorError(message) from None
            wanted = Definition(**clean, is_demo=is_demo)
            found = define(session, wanted, actor=actor, now=now)
            read_off(session, found, as_at=day, value=number, actor=actor, now=now)
            count += 1
    return count


def shown(session: Session, name: str, code: str) -> tuple[Shown, ...]:
    """Return the indicators of an ambition or a bee that have been read at least once."""
    wanted = Indicator.taxonomy == name, Indicator.code == code
    found = session.scalars(select(Indicator).where(*wanted).order_by(Indicator.name))
    return tuple(_shown(one) for one in found if one.readings)


def trend(first: float, last: float, better: str) -> str:
    """Say in a word how an indicator moved: better, worse or unchanged."""
    if first == last:
        return "Unchanged"
    return "Better" if (last > first) == (better == "higher") else "Worse"


def _shown(one: Indicator) -> Shown:
    first, last = one.readings[0], one.readings[-1]
    moved = trend(first.value, last.value, one.better) if last is not first else "First reading"
    return Shown(
        name=one.name,
        baseline=f"{first.value:g} {one.unit}".strip() + f" ({date(first.as_at)})",
        current=f"{last.value:g} {one.unit}".strip(),
        as_at=date(last.as_at),
        trend=moved,
        source=one.source,
        is_example=one.is_demo,
    )
