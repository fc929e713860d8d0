"""The ledger of figures: every number of a version as a row that says how to count it again."""

import datetime as dt

from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.consultations import local_date
from reports.documents import filters, printed
from reports.documents.document import Document, Fact
from reports.models import Figure, Publication
from reports.words import wording
from surveys.models import Snapshot
from surveys.queries import question_wordings


def store(session: Session, publication: Publication, document: Document) -> None:
    """Add a row for every number of a version, each tied to the older one it takes the place of."""
    before = _earlier(session, publication)
    snapshot = session.get_one(Snapshot, publication.snapshot_id)
    facts = printed.ledger(document)
    asked = question_wordings(session, snapshot.id) if any(f.question for f in facts) else {}
    for fact in facts:
        old = before.get(fact.key)
        row = _row(publication, document, fact)
        row.question_wording = asked.get(fact.question or "", "")
        row.supersedes_id = old.id if old else None
        held_from = _origin(old, fact)
        row.snapshot_id = held_from.snapshot_id if held_from else snapshot.id
        row.snapshot_hash = held_from.snapshot_hash if held_from else snapshot.content_hash
        row.counted_on = held_from.counted_on if held_from else local_date(publication.published_at)
        row.reason = _reason(old, row, snapshot.taken_at, publication.note)
        session.add(row)
    session.flush()


def _earlier(session: Session, publication: Publication) -> dict[str, Figure]:
    """Return the newest older figure of every key."""
    rows = session.scalars(
        select(Figure)
        .join(Publication, Publication.id == Figure.publication_id)
        .where(
            Publication.report_id == publication.report_id,
            Publication.version < publication.version,
        )
        .order_by(Publication.version)
    )
    return {row.key: row for row in rows}


def _origin(old: Figure | None, fact: Fact) -> Figure | None:
    """Return the figure that a held number is: the one before stands for where it came from."""
    return old if fact.held else None


def _row(publication: Publication, document: Document, fact: Fact) -> Figure:
    return Figure(
        publication_id=publication.id, key=fact.key, value=fact.value, base=fact.base,
        shorthand=fact.shorthand, wording=fact.wording, audience=fact.audience,
        theme_id=fact.theme_id, question=fact.question, option=fact.option,
        filter=filters.of(document, fact), base_key=fact.base_key, held=fact.held,
    )  # fmt: skip


def _reason(old: Figure | None, row: Figure, taken_at: dt.datetime, note: str) -> str:
    """Say why a number was revised, in a sentence that can stand on a page."""
    if row.shorthand != "[r]" or old is None:
        return ""
    if old.snapshot_id == row.snapshot_id:
        why = "Answers were taken back or left out, or comments were sorted anew."
    else:
        why = f"Counted again with the answers of {wording.date(local_date(taken_at))}."
    return f"{why} {note}".strip()
