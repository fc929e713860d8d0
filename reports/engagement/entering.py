"""Entering a measure by hand: what a named person wrote is kept, and a correction takes its place.

A correction is another entry of the same part, day and source. Both stay in the history.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import audit
from engage.accounts import User
from engage.consultations import Consultation, local_date
from reports.engagement import byhand
from reports.engagement.byhand import ByHand
from reports.models.taken import EnteredMeasure

LONGEST_SOURCE = 200


class EnteringError(ValueError):
    """A number cannot be kept as it was typed; the message says what to do."""


@dataclasses.dataclass(frozen=True, slots=True)
class Number:
    """What somebody typed: a number with its part, what it is out of, its day and its source."""

    part: str
    value: float
    out_of: int | None
    on_date: dt.date
    source: str


def enter(
    session: Session,
    plan: Consultation,
    one: ByHand,
    typed: Number,
    *,
    actor: str,
    now: dt.datetime,
) -> EnteredMeasure:
    """Keep a number that somebody looked up elsewhere. Raises EnteringError."""
    typed = dataclasses.replace(typed, source=" ".join(typed.source.split()))
    if why := _mistake(one, typed, local_date(now)):
        raise EnteringError(why)
    kept = EnteredMeasure(
        consultation_id=plan.id, measure=one.key, part=typed.part, value=typed.value,
        out_of=typed.out_of, on_date=typed.on_date, source=typed.source, entered_by=actor,
        entered_at=now,
    )  # fmt: skip
    session.add(kept)
    session.flush()
    audit.record(
        session, actor=actor, verb="enter", object_type="measure", object_id=kept.id, now=now
    )
    return kept


def _mistake(one: ByHand, typed: Number, today: dt.date) -> str:
    """Say why a number cannot be kept, or nothing."""
    if why := byhand.mistake(one, typed.part, typed.value, typed.out_of):
        return why
    if typed.on_date > today:
        return "The day is in the future. Write the day on which the number was true."
    if not typed.source or len(typed.source) > LONGEST_SOURCE:
        return f"Say where the number can be looked up, in up to {LONGEST_SOURCE} letters."
    return ""


def history(session: Session, plan: Consultation) -> Sequence[EnteredMeasure]:
    """Return everything that was entered for a consultation, in the order of its days."""
    return session.scalars(
        select(EnteredMeasure)
        .where(EnteredMeasure.consultation_id == plan.id)
        .order_by(EnteredMeasure.on_date, EnteredMeasure.entered_at, EnteredMeasure.id)
    ).all()


def in_force(entered: Iterable[EnteredMeasure]) -> list[EnteredMeasure]:
    """Leave out what was corrected: of one part, day and source the newest entry counts."""
    newest: dict[tuple[str, str, dt.date, str], EnteredMeasure] = {}
    for one in sorted(entered, key=lambda one: (one.entered_at, one.id)):
        newest[one.measure, one.part, one.on_date, one.source] = one
    return sorted(newest.values(), key=lambda one: (one.on_date, one.entered_at, one.id))


def names(session: Session, entered: Iterable[EnteredMeasure]) -> dict[str, str]:
    """Return the name of everybody who entered something, by what the record calls them."""
    people = {one.entered_by for one in entered}
    found = session.execute(select(User.id, User.display_name).where(User.id.in_(people)))
    return {one: one for one in people} | {row[0]: row[1] for row in found}
