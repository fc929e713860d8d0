"""What readers of a report hold already: its versions, and answers that were handed out."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.counting.counted import Earlier
from reports.documents import editions, printed
from reports.documents.document import from_json
from reports.models import Publication, Report, asked


def printed_before(session: Session, report: Report) -> tuple[Earlier, ...]:
    """Return what readers hold already, the oldest first: every version, and every answer.

    A consultation has one report, so no other page was ever made of the same answers; but
    somebody may have asked for a number, and have been told it.
    """
    versions = session.scalars(select(Publication).where(Publication.report_id == report.id))
    found = [(one.published_at, of_version(one)) for one in versions]
    given = asked.given(session, report.consultation_id)
    return tuple(one for _, one in sorted((*found, *given), key=lambda item: item[0]))


def of_version(one: Publication) -> Earlier:
    """Return what a version was made of, or as much of it as was kept at its time."""
    if one.counted:
        return editions.from_text(one.version, one.counted)
    return editions.from_facts(one.version, printed.ledger(from_json(one.document)))
