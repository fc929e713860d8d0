"""How many of those who asked were told what happened: the measure of trust, protected as any."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from reports.counting import protecting
from reports.counting.counted import Counted, Shown
from reports.documents.told import HIDDEN, WHEN, ToldRate
from reports.words import wording
from reports.words.facts import Fact
from surveys.models import MILESTONES, REACHED, Telling
from surveys.services import telling

UNDER_WAY = frozenset({"waiting", "sending"})


def rates(session: Session, consultation_id: str, threshold: int) -> tuple[ToldRate, ...]:
    """Say for each milestone how many were told; small numbers are hidden."""
    found = counted(session, consultation_id)
    seen = protecting.shown(found, threshold=threshold)
    return presented(found, seen, threshold=threshold)


def settled(session: Session, consultation_id: str, threshold: int) -> tuple[ToldRate, ...]:
    """Say in public how many were told, of the rounds in which nobody waits for a mail any more.

    Said while a round goes on, the number would be wrong a minute later.
    """
    done = {
        one.milestone
        for one in _rounds(session, consultation_id)
        if not telling.counts(session, one).keys() & UNDER_WAY
    }
    found = rates(session, consultation_id, threshold)
    return tuple(one for one in found if one.milestone in done)


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
        everybody, *_ = _keys(milestone)
        if not asked.numbers.get(everybody):
            continue
        found.append(ToldRate(milestone, _fact(milestone, shown, threshold)))
    return tuple(found)


def _fact(milestone: str, shown: Shown, threshold: int) -> Fact:
    """Say one rate; "fewer than 5" only where it is true and gives nothing else away."""
    everybody, told, _ = _keys(milestone)
    base, value = shown.value(everybody), shown.value(told)
    if base is None or (value is None and told not in shown.few):
        said = f"How many were told {WHEN[milestone]}: {HIDDEN}"
        return Fact(told, None, None, said, "[c]", base_key=everybody)
    count = f"Fewer than {threshold}" if value is None else wording.number(value)
    words = f"{count} of {wording.number(base)} people who asked to be told were told"
    said = f"{words} {WHEN[milestone]}"
    return Fact(told, value, base, said, "[c]" if value is None else None, base_key=everybody)


def _keys(milestone: str) -> tuple[str, str, str]:
    stem = f"told/{milestone}"
    return f"{stem}/asked", f"{stem}/told", f"{stem}/not_told"


def _rounds(session: Session, consultation_id: str) -> Sequence[Telling]:
    mine = select(Telling).where(Telling.consultation_id == consultation_id)
    return session.scalars(mine.order_by(Telling.milestone)).all()
