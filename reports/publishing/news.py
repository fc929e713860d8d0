"""What the feed tells of a report since its newest version: each thing once, with its time."""

import dataclasses
import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from reports.documents import sentences
from reports.documents.document import Document
from reports.documents.familywords import FamilyWord, Signature
from reports.entries.afterwards import Afterwards
from reports.formats.feed import Later
from reports.models import Entry, Publication
from reports.models.life import FamilyVerdict, SignOff
from reports.publishing import since, takeouts
from surveys.models import Telling, Told

Times = Mapping[str, tuple[dt.datetime, dt.datetime]]


def of(
    session: Session, publication: Publication, document: Document, threshold: int
) -> tuple[Later, ...]:
    """Return what families said, and how many were told, since the newest version of a report."""
    after = since.said(session, publication, document)
    told = takeouts.told_of(session, publication, threshold)
    return (
        *_said(after, document, _times(session, publication)),
        *(
            Later(
                name=f"told-{rate.milestone}",
                title=f"{document.cover.title}: who was told",
                words=f"{rate.fact.wording}.",
                at=day,
                changed=day,
            )
            for rate in told
            for day in _days(session, publication, rate.milestone)
        ),
    )


def redacted(session: Session, publication: Publication) -> dict[str, dt.datetime]:
    """Return for each entry when words of families were last taken out of it."""
    found: dict[str, dt.datetime] = {}
    for table in (FamilyVerdict, SignOff):
        rows = session.execute(
            select(Entry.key, func.max(table.redacted_at))
            .join(table, table.entry_id == Entry.id)
            .where(Entry.report_id == publication.report_id, table.redacted_at.is_not(None))
            .group_by(Entry.key)
        )
        found |= {key: max(found.get(key, at), at) for key, at in rows if at}
    return found


def _said(after: Afterwards, document: Document, times: Times) -> Iterator[Later]:
    titles = {entry.key: entry.title for entry in document.entries}
    given: list[tuple[str, FamilyWord | Signature]] = [
        *((key, word) for key, words in after.said.items() for word in words),
        *((key, one) for key, signed in after.refused.items() for one in signed),
    ]
    for key, one in given:
        at, changed = times[one.id]
        yield Later(
            name=f"{key}/said-{one.id}", title=f"{one.body} on “{titles[key]}”",
            words=f"{one.body}: {_words(one)}", at=at, changed=changed, entry=key,
        )  # fmt: skip


def _words(one: FamilyWord | Signature) -> str:
    if isinstance(one, Signature):
        return sentences.signature(dataclasses.replace(one, later=True))
    return sentences.verdict(dataclasses.replace(one, later=True))


def _times(session: Session, publication: Publication) -> Times:
    """Return when each word of families was given, and when it last changed."""
    found: dict[str, tuple[dt.datetime, dt.datetime]] = {}
    for table, given in ((FamilyVerdict, FamilyVerdict.recorded_at), (SignOff, SignOff.signed_at)):
        rows = session.execute(
            select(table.id, given, table.redacted_at)
            .join(Entry, Entry.id == table.entry_id)
            .where(Entry.report_id == publication.report_id)
        )
        found |= {name: (at, taken or at) for name, at, taken in rows}
    return found


def _days(session: Session, publication: Publication, milestone: str) -> Iterator[dt.datetime]:
    """Yield the last day on which somebody was told; no finer time is kept of anybody."""
    mine = Telling.consultation_id == publication.report.consultation_id
    day = session.scalar(
        select(func.max(func.coalesce(Told.told_on, Telling.began_on)))
        .join(Telling, Telling.id == Told.telling_id)
        .where(mine, Telling.milestone == milestone)
    )
    if day is not None:
        yield dt.datetime.combine(day, dt.time(), dt.UTC)
