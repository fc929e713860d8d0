"""How many there are in the county: the figures that shares and reach are held against.

A baseline is a public figure of somebody else. It is printed only with what it counts, where it
comes from and the day it was true on, and a newer one does not overwrite an older one.
"""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping
from pathlib import Path

from sqlalchemy import CheckConstraint, String, Text, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from engage import audit
from engage.consultations import local_date
from engage.orm import Base
from reports.counting.adding import UNITS, Amount
from reports.words import wording

COUNTY = "county"
_UNITS = ", ".join(f"'{unit}'" for unit in UNITS)


class BaselineError(ValueError):
    """A baseline cannot be kept as it is; the message names the line and says what to do."""


class PopulationBaseline(Base):
    """One figure about everybody, on one day.

    Attributes:
        geography: what place it is valid for: "county", or the code of a district.
        holds: names of the groups counted in it, with spaces between; see `adding.Amount`.
        reach_of: audiences, with spaces between, whose reach is out of these; several baselines
            of one audience are added up, if they can be.
        group_list, group_code: the answer this figure belongs to: a code list and a code
            ("support" and "E"), or an equality question and an answer ("EQ5" and "female").
    """

    __tablename__ = "population_baseline"
    __table_args__ = (
        CheckConstraint(f"unit IN ({_UNITS})", name="unit_known"),
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("unit <> 'per cent' OR value <= 100", name="share_within_whole"),
        CheckConstraint("definition <> '' AND source <> ''", name="says_what_and_whence"),
        CheckConstraint("(group_list = '') = (group_code = '')", name="group_has_both"),
    )

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    as_at: Mapped[dt.date] = mapped_column(primary_key=True)
    label: Mapped[str] = mapped_column(String(200))
    value: Mapped[float]
    unit: Mapped[str] = mapped_column(String(20))
    definition: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text)
    geography: Mapped[str] = mapped_column(String(40))
    holds: Mapped[str] = mapped_column(String(200), default="")
    reach_of: Mapped[str] = mapped_column(String(200), default="")
    group_list: Mapped[str] = mapped_column(String(40), default="")
    group_code: Mapped[str] = mapped_column(String(40), default="")
    recorded_at: Mapped[dt.datetime]
    recorded_by: Mapped[str] = mapped_column(String(120))

    @property
    def amount(self) -> Amount:
        """Return it as something that may be added, or refuses to be."""
        known = next(unit for unit in UNITS if unit == self.unit)
        return Amount(self.label, self.value, known, frozenset(self.holds.split()))

    @property
    def text(self) -> str:
        """Write the value with its unit where the label does not say it."""
        number = f"{self.value:,.0f}" if self.value == int(self.value) else f"{self.value:,g}"
        return f"{number}%" if self.unit == "per cent" else number


MANDATORY = ("key", "label", "value", "unit", "definition", "source", "as_at", "geography")
OPTIONAL = ("holds", "reach_of", "group_list", "group_code")
_WRITTEN = ("label", "value", "unit", "definition", "source", "geography", *OPTIONAL)


def import_file(session: Session, path: Path, *, actor: str, now: dt.datetime) -> tuple[int, int]:
    """Read baselines from a CSV; return how many are new and how many were there already.

    A figure of a day never changes: the same key and day with another value is refused, so that
    what was printed can be looked up again.
    """
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [name for name in MANDATORY if name not in (reader.fieldnames or ())]:
            message = f"{path.name} needs the columns {', '.join(missing)} too."
            raise BaselineError(message)
        lines = [(f"{path.name}, line {reader.line_num}", _clean(row)) for row in reader]
    kept = [_keep(session, where, row, actor=actor, now=now) for where, row in lines]
    new = sum(kept)
    audit.record(
        session, actor=actor, verb="import_baselines", object_type="population_baseline",
        object_id=str(new), now=now,
    )  # fmt: skip
    return new, len(kept) - new


def in_force(session: Session, on: dt.date) -> tuple[PopulationBaseline, ...]:
    """Return the newest figure of each key up to a day, in the order of the keys."""
    rows = session.scalars(
        select(PopulationBaseline)
        .where(PopulationBaseline.as_at <= on)
        .order_by(PopulationBaseline.key, PopulationBaseline.as_at)
    )
    newest = {row.key: row for row in rows}
    return tuple(newest.values())


def recount(session: Session, key: str, printed: int | None) -> int | None:
    """Look a figure up again: as it was printed if it is kept so, else the newest of its key."""
    rows = session.scalars(
        select(PopulationBaseline.value)
        .where(PopulationBaseline.key == key)
        .order_by(PopulationBaseline.as_at)
    ).all()
    if printed is not None and printed in rows:
        return printed
    return int(rows[-1]) if rows else None


def of_reach(baselines: Iterable[PopulationBaseline], audience: str) -> list[PopulationBaseline]:
    """Return the figures that the reach of an audience is out of."""
    return [one for one in baselines if audience in one.reach_of.split()]


def of_groups(
    baselines: Iterable[PopulationBaseline], name: str
) -> Mapping[str, PopulationBaseline]:
    """Return the figures of a code list or an equality question, by answer."""
    return {one.group_code: one for one in baselines if one.group_list == name}


def said(one: PopulationBaseline) -> str:
    """Say a baseline in a sentence with its source and day."""
    return f"{one.label}: {one.text} ({one.source}, as at {wording.date(one.as_at)})"


def _clean(row: Mapping[str | None, str | None]) -> dict[str, str]:
    return {name: (row.get(name) or "").strip() for name in (*MANDATORY, *OPTIONAL)}


def _keep(
    session: Session, where: str, row: Mapping[str, str], *, actor: str, now: dt.datetime
) -> bool:
    """Keep one line; return whether it is new."""
    read = _read(where, row, local_date(now))
    there = session.get(PopulationBaseline, (read.key, read.as_at))
    if there is not None:
        if any(getattr(there, name) != getattr(read, name) for name in _WRITTEN):
            message = (
                f"{where}: {read.key} of {wording.date(read.as_at)} is there already and says"
                " something else. A figure of a day stays; give the new one its own day or key."
            )
            raise BaselineError(message)
        return False
    read.recorded_at, read.recorded_by = now, actor
    session.add(read)
    session.flush()
    return True


def _read(where: str, row: Mapping[str, str], today: dt.date) -> PopulationBaseline:
    if empty := [name for name in MANDATORY if not row[name]]:
        message = f"{where}: {', '.join(empty)} must not be empty."
        raise BaselineError(message)
    as_at, value = _number(where, row)
    if as_at > today:
        message = f"{where}: {row['as_at']} is in the future."
        raise BaselineError(message)
    if row["unit"] not in UNITS:
        message = f"{where}: the unit {row['unit']!r} is not one of {', '.join(UNITS)}."
        raise BaselineError(message)
    if value < 0 or (row["unit"] == "per cent" and value > 100):  # noqa: PLR2004  # per cent
        message = f"{where}: {row['value']} is no possible number of {row['unit']}."
        raise BaselineError(message)
    if bool(row["group_list"]) != bool(row["group_code"]):
        message = f"{where}: fill in both group_list and group_code, or neither."
        raise BaselineError(message)
    rest = {name: row[name] for name in _WRITTEN if name != "value"}
    return PopulationBaseline(key=row["key"], as_at=as_at, value=value, **rest)


def _number(where: str, row: Mapping[str, str]) -> tuple[dt.date, float]:
    try:
        as_at, value = dt.date.fromisoformat(row["as_at"]), float(row["value"])
    except ValueError:
        message = (
            f"{where}: write the day like 2025-01-16 and the value as a number without commas;"
            f" {row['as_at']!r} and {row['value']!r} are not."
        )
        raise BaselineError(message) from None
    if value != value or value in {float("inf"), float("-inf")}:  # noqa: PLR0124  # not a number
        message = f"{where}: {row['value']!r} is not a number."
        raise BaselineError(message)
    return as_at, value
