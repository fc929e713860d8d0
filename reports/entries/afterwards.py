"""What readers must see although it came after a version was published.

A published document is never changed. Beside it stands what nobody may hold back by not
publishing: that an update is due, and what families have said or refused since.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports.documents import overdue
from reports.documents.document import Document
from reports.documents.document import Entry as Printed
from reports.documents.familywords import FamilyWord, Signature
from reports.entries import standing
from reports.models import Entry, Publication
from reports.models.life import FamilyVerdict, SignOff


@dataclasses.dataclass(frozen=True, slots=True)
class Afterwards:
    """What came after, by key of the entry: lateness, new verdicts, and new refusals to sign."""

    late: Mapping[str, str]
    said: Mapping[str, tuple[FamilyWord, ...]]
    refused: Mapping[str, tuple[Signature, ...]]


NOTHING = Afterwards({}, {}, {})


def of(
    session: Session, publication: Publication, document: Document, today: dt.date
) -> Afterwards:
    """Return what came after a version was published."""
    printed = {entry.key: entry for entry in document.entries}
    rows = session.scalars(
        select(Entry)
        .where(Entry.report_id == publication.report_id, Entry.key.in_(printed))
        .where(
            Entry.id.in_(select(FamilyVerdict.entry_id)) | Entry.id.in_(select(SignOff.entry_id))
        )
    ).all()
    said = {row.key: _new_words(row, printed[row.key]) for row in rows}
    refused = {row.key: _new_refusals(row, printed[row.key]) for row in rows}
    return Afterwards(
        overdue.notices(document, today),
        {key: words for key, words in said.items() if words},
        {key: signed for key, signed in refused.items() if signed},
    )


def _new_words(row: Entry, printed: Printed) -> tuple[FamilyWord, ...]:
    known = {word.id for word in printed.verdict.given}
    return tuple(word for word in standing.family_words(row) if word.id not in known)


def _new_refusals(row: Entry, printed: Printed) -> tuple[Signature, ...]:
    """Return refusals of the very answer that is printed; one of a newer draft waits for it."""
    answer = printed.answer
    if (row.response_type, row.we_did_text) != (answer.response_type, answer.text):
        return ()
    printed_by = {one.id for one in answer.signatures if one.id}
    before_ids = {(one.body, one.on) for one in answer.signatures if not one.id}
    return tuple(
        one
        for one in standing.signatures(row)
        if one.state == "refused"
        and one.id not in printed_by
        and (one.body, one.on) not in before_ids
    )
