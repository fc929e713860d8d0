"""What readers must see although it came after a version was published: lateness, and verdicts.

A published document is never changed. Beside it stands what nobody may hold back by not
publishing: that an update is due, and what families have said of an answer since.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from reports import overdue, standing
from reports.document import Document
from reports.familywords import FamilyWord
from reports.life import FamilyVerdict
from reports.models import Entry, Publication


@dataclasses.dataclass(frozen=True, slots=True)
class Afterwards:
    """What came after: notices of lateness and new verdicts, both by key of the entry."""

    late: Mapping[str, str]
    said: Mapping[str, tuple[FamilyWord, ...]]

    @property
    def mark(self) -> str:
        """Return a short name of all this, so that a browser asks for the page again."""
        if not (self.late or self.said):
            return ""
        return hashlib.sha256(f"{self.late}{self.said}".encode()).hexdigest()[:12]


NOTHING = Afterwards({}, {})


def of(
    session: Session, publication: Publication, document: Document, today: dt.date
) -> Afterwards:
    """Return what came after a version was published."""
    printed = {word.id for entry in document.entries for word in entry.verdict.given}
    rows = session.scalars(
        select(Entry)
        .where(Entry.report_id == publication.report_id)
        .where(Entry.id.in_(select(FamilyVerdict.entry_id)))
    )
    said = {
        entry.key: tuple(word for word in standing.family_words(entry) if word.id not in printed)
        for entry in rows
    }
    return Afterwards(
        overdue.notices(document, today), {key: words for key, words in said.items() if words}
    )
