"""Tables of our own measures: what a person entered by hand, and what was measured in which month.

Neither holds anything about a person who answered. What somebody entered is a record of their
decision: it is corrected by a newer one, and never changed or deleted.
"""

import datetime as dt
from typing import Any

from sqlalchemy import CheckConstraint, Connection, ForeignKey, String, event
from sqlalchemy.orm import Mapped, Mapper, mapped_column

from engage.orm import Base, Code, IdKey, IdRef


class EnteredStaysError(ValueError):
    """What somebody entered stays as it was; a correction is a new entry."""


class EnteredMeasure(Base):
    """A number that a named person read elsewhere and wrote down here, with where it comes from.

    Attributes:
        measure: key of what is measured (`reports.engagement.byhand`).
        part: which part of it; empty for the whole.
        value: the number itself, in the unit of the measure.
        out_of: what it is out of, or how many people it rests on; None where it is the whole.
        on_date: the day it was true on.
        source: where it can be looked up.
    """

    __tablename__ = "entered_measure"
    __table_args__ = (
        CheckConstraint("value >= 0", name="value_not_negative"),
        CheckConstraint("out_of IS NULL OR out_of > 0", name="out_of_something"),
        CheckConstraint("source <> '' AND entered_by <> ''", name="says_who_and_whence"),
    )

    id: Mapped[IdKey]
    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), index=True)
    measure: Mapped[Code]
    part: Mapped[Code]
    value: Mapped[float]
    out_of: Mapped[int | None]
    on_date: Mapped[dt.date]
    source: Mapped[str] = mapped_column(String(200))
    entered_by: Mapped[str] = mapped_column(String(120))
    entered_at: Mapped[dt.datetime]


class KeptMeasure(Base):
    """One line of the page of measures as it could be seen on one day of a month.

    Attributes:
        of: which part of the measure; empty for the whole.
        value: as it was read; a hidden one is not kept.
        number, out_of: numerator and denominator, where it is a share or a count.
    """

    __tablename__ = "kept_measure"
    __table_args__ = (CheckConstraint("value <> ''", name="value_not_empty"),)

    consultation_id: Mapped[IdRef] = mapped_column(ForeignKey("consultation.id"), primary_key=True)
    kept_on: Mapped[dt.date] = mapped_column(primary_key=True)
    measure: Mapped[Code] = mapped_column(primary_key=True)
    of: Mapped[str] = mapped_column(String(200), primary_key=True)
    value: Mapped[str] = mapped_column(String(80))
    number: Mapped[int | None]
    out_of: Mapped[int | None]


def _refuse(_mapper: Mapper[Any], _connection: Connection, _target: Base) -> None:
    message = (
        "What was entered stays. Enter the right number with the same day; it takes its place."
    )
    raise EnteredStaysError(message)


for _when in ("before_update", "before_delete"):
    event.listen(EnteredMeasure, _when, _refuse)
