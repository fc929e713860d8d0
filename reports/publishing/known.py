"""What readers of a report hold already: its versions, and answers that were handed out."""

import datetime as dt
from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.disclosure.attack import Relation
from reports.counting.counted import Counted, Earlier
from reports.documents import editions, printed
from reports.documents.document import from_json
from reports.models import Publication, Report
from reports.models.asked import AskedQuestion
from surveys.breakdowns import ANSWERED


def printed_before(session: Session, report: Report) -> tuple[Earlier, ...]:
    """Return what readers hold already, the oldest first: every version, and every answer.

    A consultation has one report, so no other page was ever made of the same answers; but
    somebody may have asked for a number, and have been told it.
    """
    versions = session.scalars(select(Publication).where(Publication.report_id == report.id))
    found = [(one.published_at, of_version(one)) for one in versions]
    handed_out = given(session, report.consultation_id)
    return tuple(one for _, one in sorted((*found, *handed_out), key=lambda item: item[0]))


def of_version(one: Publication) -> Earlier:
    """Return what a version was made of, or as much of it as was kept at its time."""
    if one.counted:
        return editions.from_text(one.version, one.counted)
    return editions.from_facts(one.version, printed.ledger(from_json(one.document)))


def given(session: Session, consultation_id: str) -> Iterator[tuple[dt.datetime, Earlier]]:
    """Yield every answer that was handed out as numbers that readers hold, with its time."""
    rows = session.scalars(
        select(AskedQuestion)
        .where(AskedQuestion.consultation_id == consultation_id)
        .order_by(AskedQuestion.asked_at, AskedQuestion.id)
    )
    return ((one.asked_at, _earlier(one)) for one in rows)


def base_of(key: str) -> str:
    """Return the key of the number that a number of an answer is out of."""
    whole, place = key.partition("/area.")[::2]
    start, last = whole.rsplit("/", 1)
    base = f"wrote/{last}" if whole.startswith("theme/") else f"{start}/{ANSWERED}"
    return f"{base}/area.{place}" if place else base


def _earlier(one: AskedQuestion) -> Earlier:
    numbers: dict[str, int] = {}
    relations = []
    for figure in one.figures:
        if figure.value is not None and figure.base is not None:
            numbers |= {figure.key: figure.value, base_of(figure.key): figure.base}
            relations.append(Relation(base_of(figure.key), (figure.key,), "inside"))
    for key, number in numbers.items():
        county = key.partition("/area.")[0]
        if county != key and numbers.get(county, -1) >= number:
            relations.append(Relation(county, (key,), "inside"))
    return Earlier(0, Counted(numbers, tuple(relations)), frozenset(numbers))
