"""What a decision would do to the counts, shown before it happens.

The decision is really taken, counted and rolled back, so what is shown is what will be. A theme
that would change by fewer people than may be shown hides its new number, because the difference
would point at them.
"""

import dataclasses
from collections.abc import Callable, Mapping, Sequence

from sqlalchemy.orm import Session

from analysis import disclosure
from analysis.decided import queries, reading_order
from analysis.disclosure import Count
from analysis.models.store import AnalysisRun, Theme


@dataclasses.dataclass(frozen=True, slots=True)
class Effect:
    """People of each audience in one theme, before and after; empty where it is not in use."""

    name: str
    before: Mapping[str, Count]
    after: Mapping[str, Count]


Counts = dict[str, tuple[str, dict[str, int]]]


def preview(
    session: Session,
    run: AnalysisRun,
    act: Callable[[], object],
    *,
    threshold: int,
    machine: reading_order.Machine | None = None,
) -> list[Effect]:
    """Return how the themes that an act changes would look; nothing of the act is kept.

    Whatever else the session holds unsaved is given up with it, so ask before anything else.

    Args:
        session: open.
        run: whose answers are counted.
        act: changes themes or what people said, and nothing that the machine said.
        threshold: the smallest number of people that is shown.
        machine: what it said of every answer, if that is known; read once unless given.
    """
    known = machine or reading_order.machine(session, run)
    before = _counted(session, run, known)
    try:
        act()
        session.flush()
        after = _counted(session, run, known)
    finally:
        session.rollback()
    return [
        _effect(before.get(key), after.get(key), threshold)
        for key in dict.fromkeys([*before, *after])
        if before.get(key) != after.get(key)
    ]


def _counted(session: Session, run: AnalysisRun, known: reading_order.Machine) -> Counts:
    found: Sequence[Theme] = queries.themes(session, run.consultation_id)
    people = queries.people_by_theme(reading_order.lines(session, run, known), found)
    return {theme.id: (theme.name, people[theme.id]) for theme in found}


def _effect(
    before: tuple[str, dict[str, int]] | None,
    after: tuple[str, dict[str, int]] | None,
    threshold: int,
) -> Effect:
    name = (after or before or ("", {}))[0]
    was, is_now = before[1] if before else {}, after[1] if after else {}
    audiences = sorted({*was, *is_now})
    shown = {a: disclosure.protect_count(was.get(a, 0), threshold=threshold) for a in audiences}
    return Effect(
        name=name,
        before=shown if before else {},
        after={
            a: _after(was.get(a, 0), is_now.get(a, 0), threshold, bool(before)) for a in audiences
        }
        if after
        else {},
    )


def _after(was: int, is_now: int, threshold: int, there_before: bool) -> Count:
    if there_before and 0 < abs(is_now - was) < threshold:
        return disclosure.HIDDEN
    return disclosure.protect_count(is_now, threshold=threshold)
