"""Keeping what was measured, once a month, so that a year later there is a trend.

Only what the page showed is kept: a hidden number is hidden for ever. A point stands beside today
only where no step between the two is one of a few people (`trends`).
"""

import dataclasses
import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.disclosure import CONFIDENTIAL
from engage.consultations import Consultation, local_date
from reports.engagement import trends
from reports.engagement.measured import Measure, Point
from reports.models.taken import KeptMeasure

YEAR = dt.timedelta(days=366)
LONGEST_OF, LONGEST_VALUE = 200, 80


def is_due(session: Session, plan: Consultation, now: dt.datetime) -> bool:
    """Tell whether this month's measures of a consultation are still to be kept."""
    last = session.scalar(
        select(func.max(KeptMeasure.kept_on)).where(KeptMeasure.consultation_id == plan.id)
    )
    today = local_date(now)
    return last is None or (last.year, last.month) < (today.year, today.month)


def keep(
    session: Session, plan: Consultation, found: Iterable[Measure], *, now: dt.datetime
) -> int:
    """Keep what may be seen today and say how many lines that are; a second time adds nothing."""
    if not is_due(session, plan, now):
        return 0
    rows = {(one.key, _of(one)): one for one in found if _is_kept(one)}
    session.add_all(
        KeptMeasure(
            consultation_id=plan.id, kept_on=local_date(now), measure=key, of=of,
            value=one.value[:LONGEST_VALUE], number=one.number, out_of=one.out_of,
        )
        for (key, of), one in rows.items()
    )  # fmt: skip
    session.flush()
    return len(rows)


def with_trends(
    session: Session, consultation_id: str, found: Iterable[Measure], threshold: int
) -> tuple[Measure, ...]:
    """Put beside each measure what was kept of it in the last year, as far as that may stand."""
    found = list(found)
    kept = _kept(session, consultation_id)
    return tuple(_with_trend(one, kept[one.key, _of(one)], threshold) for one in found)


def _with_trend(one: Measure, earlier: Sequence[Point], threshold: int) -> Measure:
    if one.defined.basis == "hand" or one.value == CONFIDENTIAL:
        return one
    least = threshold if one.defined.of_people else 0
    return dataclasses.replace(one, trend=trends.beside(one, earlier, least))


def _kept(session: Session, consultation_id: str) -> defaultdict[tuple[str, str], Sequence[Point]]:
    rows = session.scalars(
        select(KeptMeasure)
        .where(KeptMeasure.consultation_id == consultation_id)
        .order_by(KeptMeasure.kept_on)
    ).all()
    last = rows[-1].kept_on if rows else None
    found: defaultdict[tuple[str, str], list[Point]] = defaultdict(list)
    for row in rows:
        if last and row.kept_on >= last - YEAR:
            point = Point(row.kept_on, row.value, row.number, row.out_of)
            found[row.measure, row.of].append(point)
    return found  # type: ignore[return-value]  # a list is a sequence


def _is_kept(one: Measure) -> bool:
    return one.defined.basis != "hand" and CONFIDENTIAL not in one.value


def _of(one: Measure) -> str:
    return one.of[:LONGEST_OF]
