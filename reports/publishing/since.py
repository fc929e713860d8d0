"""What came after a version was published and stands in its files too.

The text of a version never changes. But somebody prints a file, hands it on and never sees the
page; so a file is made anew when it must lose words, when a body of families refuses or judges
(marked as said later), and when it can say how many of those who asked were told. Each state has a
short mark, by which its files are kept; until a newer one is made, files say of which day they are.
"""

import dataclasses
import datetime as dt
import hashlib
from collections.abc import Sequence
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage import jobs
from reports.documents.document import Document, from_json
from reports.documents.document import Entry as Printed
from reports.documents.familywords import FamilyWord, Signature
from reports.documents.told import ToldRate
from reports.entries import afterwards
from reports.entries.afterwards import Afterwards
from reports.models import Entry, Publication

JOB = "take_words_out"


@dataclasses.dataclass(frozen=True, slots=True)
class Since:
    """What a file of a version shows that came after it.

    Attributes:
        taken: words and verdicts that were taken out, or are kept back.
        said: what families said after it was published.
        told: how many of those who asked were told, as it may be said in public.
    """

    taken: frozenset[str] = frozenset()
    said: Afterwards = afterwards.NOTHING
    told: tuple[ToldRate, ...] = ()

    def mark(self, *, tells: bool) -> str:
        """Return a short name for this state; empty for a version as it was published.

        `tells` is whether the file says how many were told: the others do not change with it.
        """
        told = [f"told: {rate.fact.wording}" for rate in self.told] if tells else []
        changed = sorted(self.taken | names(self.said))
        if not changed and not told:
            return ""
        return hashlib.sha256("\n".join((*changed, *told)).encode()).hexdigest()[:12]

    @property
    def fallbacks(self) -> tuple["Since", ...]:
        """Return this state and those that may stand in for it, best first.

        What was taken out is out of every one of them.
        """
        untold = dataclasses.replace(self, told=())
        older = (dataclasses.replace(one, said=afterwards.NOTHING) for one in (self, untold))
        return (self, untold, *older)


def is_newest(session: Session, publication: Publication) -> bool:
    """Tell whether no later version of the report has been published."""
    newest = session.scalar(
        select(func.max(Publication.version)).where(Publication.report_id == publication.report_id)
    )
    return publication.version == newest


def said(session: Session, publication: Publication, document: Document) -> Afterwards:
    """Return what families said since, for the newest version; an older one is history."""
    if not is_newest(session, publication):
        return afterwards.NOTHING
    return afterwards.of(session, publication, document, document.cover.published_on)


def names(after: Afterwards) -> frozenset[str]:
    """Name everything said since, so that a file that lacks any of it is known to."""
    every: list[FamilyWord | Signature] = [
        *(one for words in after.said.values() for one in words),
        *(one for signed in after.refused.values() for one in signed),
    ]
    return frozenset(f"since/{one.id}/{one.redaction}" for one in every)


def beside(document: Document, after: Afterwards) -> Document:
    """Return a document with what was said since beside each answer, marked as said later."""
    if not (after.said or after.refused):
        return document
    groups = tuple(
        dataclasses.replace(group, entries=tuple(_entry(one, after) for one in group.entries))
        for group in document.groups
    )
    return dataclasses.replace(document, groups=groups)


def ask_for_files(session: Session, entry: Entry, *, actor: str, now: dt.datetime) -> None:
    """Ask the worker for the files anew if the newest version prints this entry."""
    newest = session.scalar(
        select(Publication)
        .where(Publication.report_id == entry.report_id)
        .order_by(Publication.version.desc())
        .limit(1)
    )
    if newest is None:
        return
    if entry.key in {one.key for one in from_json(newest.document).entries}:
        jobs.enqueue(session, JOB, newest.id, asked_by=actor, now=now)


def _entry(entry: Printed, after: Afterwards) -> Printed:
    given = (*entry.verdict.given, *_later(after.said.get(entry.key, ())))
    signed = (*entry.answer.signatures, *_later(after.refused.get(entry.key, ())))
    return dataclasses.replace(
        entry,
        verdict=dataclasses.replace(entry.verdict, given=given),
        answer=dataclasses.replace(entry.answer, signatures=signed),
    )


def _later(words: Sequence[Any]) -> tuple[Any, ...]:
    return tuple(dataclasses.replace(one, later=True) for one in words)
