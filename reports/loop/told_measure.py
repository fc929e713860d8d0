"""How many of those who asked were told what happened: the measure of trust, protected as any."""

import dataclasses
from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted, Shown
from reports.documents.document import Fact
from reports.words import wording
from surveys.models import MILESTONES, REACHED, Telling
from surveys.services import telling

WHEN = {
    "published": "when it was published",
    "6_months": "after 6 months",
    "12_months": "after 12 months",
}


@dataclasses.dataclass(frozen=True, slots=True)
class ToldRate:
    """One milestone: how many people were told, of those who asked to be."""

    milestone: str
    fact: Fact


def counted(session: Session, consultation_id: str) -> Counted:
    """Count who asked and who was told at each milestone that has begun."""
    numbers: dict[str, int] = {}
    relations: list[Relation] = []
    for one in _rounds(session, consultation_id):
        states = telling.counts(session, one)
        asked, told, not_told = _keys(one.milestone)
        numbers[asked] = sum(states.values())
        numbers[told] = sum(states.get(state, 0) for state in REACHED)
        numbers[not_told] = numbers[asked] - numbers[told]
        relations.append(Relation(asked, (told, not_told)))
    guarded = frozenset(key for key in numbers if key.endswith("/not_told"))
    return Counted(numbers, tuple(relations), guarded=guarded)


def presented(asked: Counted, shown: Shown, *, threshold: int) -> tuple[ToldRate, ...]:
    """Say for each milestone how many were told, as far as the numbers may be seen."""
    found = []
    for milestone in MILESTONES:
        everybody, told, _ = _keys(milestone)
        if not asked.numbers.get(everybody):
            continue
        base, value = shown.value(everybody), shown.value(told)
        if base is None:
            fact = Fact(told, None, None, wording.not_shown(None), "[c]")
        else:
            count = f"Fewer than {threshold}" if value is None else wording.number(value)
            words = f"{count} of {wording.number(base)} people who asked to be told were told"
            fact = Fact(told, value, base, f"{words} {WHEN[milestone]}", None if value else "[c]")
        found.append(ToldRate(milestone, fact))
    return tuple(found)


def _keys(milestone: str) -> tuple[str, str, str]:
    stem = f"told/{milestone}"
    return f"{stem}/asked", f"{stem}/told", f"{stem}/not_told"


def _rounds(session: Session, consultation_id: str) -> Sequence[Telling]:
    mine = select(Telling).where(Telling.consultation_id == consultation_id)
    return session.scalars(mine.order_by(Telling.milestone)).all()
