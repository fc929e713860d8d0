"""Words that were taken out leave every page and file; what else a version says stays as it is.

A published document is never changed. When it is drawn, words whose writer has since taken their
answers out are replaced by a mark. A file holds its words for ever, so a new one of every format
is made without them, and until it is there none is handed out.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import Connection, Select, bindparam, select
from sqlalchemy.orm import Session

from analysis.store import ProposedCoding
from engage import jobs
from reports.document import Document, Entry, Quotation, from_json
from reports.formats.source import TAKEN_OUT, Source
from reports.models import Publication
from surveys.models import Response
from surveys.paperwork.sheets import response_for_code
from surveys.services import response_for_receipt

JOB = "take_words_out"
WHY = "The person who wrote this has taken it out."


def response_for(session: Session, code: str, *, secret: str) -> Response | None:
    """Return the response of a receipt code, or of the code on a paper sheet; None if neither.

    Raises CodeError when what was typed cannot be a code.
    """
    return response_for_code(session, code) or response_for_receipt(session, code, secret=secret)


def taken_from(session: Session, publication: Publication, document: Document) -> frozenset[str]:
    """Return the quotes of a version whose writers have taken their answers out since."""
    return gone(session, publication.run_id, quotes(document))


def quotes(document: Document) -> frozenset[str]:
    """Return the words that a version quotes."""
    return frozenset(quote.text for entry in document.entries for quote in entry.quotes)


def gone(asked: Session | Connection, run_id: str, quoted: frozenset[str]) -> frozenset[str]:
    """Return those quotes of a run whose writers have taken their answers out."""
    if not quoted:
        return frozenset()
    rows = asked.execute(_GONE, {"run": run_id, "quoted": sorted(quoted)})
    return frozenset(str(row[0]) for row in rows)


def _withdrawn_quotes() -> Select[Any]:
    """Ask which quotes are withdrawn; built once, because every page that is read asks it."""
    coding, response = ProposedCoding.__table__, Response.__table__
    return (
        select(coding.c.redacted_text)
        .join(response, response.c.id == coding.c.response_id)
        .where(
            coding.c.run_id == bindparam("run"),
            coding.c.redacted_text.in_(bindparam("quoted", expanding=True)),
            response.c.withdrawn_at.is_not(None),
        )
    )


_GONE = _withdrawn_quotes()


def taken_back(session: Session, response_ids: Iterable[str]) -> frozenset[str]:
    """Return those of some responses that have been taken out."""
    gone = select(Response.id).where(
        Response.id.in_(list(response_ids)), Response.withdrawn_at.is_not(None)
    )
    return frozenset(session.scalars(gone))


def without(document: Document, taken: frozenset[str]) -> Document:
    """Return a document with a mark in place of words that were taken out."""
    if not taken:
        return document
    groups = tuple(
        dataclasses.replace(group, entries=tuple(_entry(one, taken) for one in group.entries))
        for group in document.groups
    )
    return dataclasses.replace(document, groups=groups)


def mark(taken: frozenset[str]) -> str:
    """Return a short name for a set of words that were taken out; empty for none."""
    if not taken:
        return ""
    return hashlib.sha256("\n".join(sorted(taken)).encode()).hexdigest()[:12]


def publications_quoting(session: Session, response_id: str) -> list[Publication]:
    """Return the versions that quote a response."""
    mine = select(ProposedCoding.run_id, ProposedCoding.redacted_text)
    said: dict[str, set[str]] = {}
    for run_id, text in session.execute(mine.where(ProposedCoding.response_id == response_id)):
        said.setdefault(run_id, set()).add(text)
    published = session.scalars(select(Publication).where(Publication.run_id.in_(said)))
    return [one for one in published if quotes(from_json(one.document)) & said[one.run_id]]


@jobs.handler(JOB)
def take_words_out(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    **_: Any,
) -> None:
    """Make the files of a version anew, without the words that were taken out."""
    from reports import filing  # noqa: PLC0415  # heavy: only the worker pays

    publication = session.get_one(Publication, job.subject_id)
    source, taken = source_of(session, publication)
    filing.missing(session, publication, source, mark(taken), progress)


def source_of(session: Session, publication: Publication) -> tuple[Source, frozenset[str]]:
    """Return what every format of a version is made from now, and the words that are gone."""
    from reports import filing  # noqa: PLC0415  # as above

    stored = from_json(publication.document)
    taken = taken_from(session, publication, stored)
    drawings = filing.drawings(session, publication.id)
    return Source(without(stored, taken), drawings), taken


def _entry(entry: Entry, taken: frozenset[str]) -> Entry:
    quotes = tuple(
        Quotation(TAKEN_OUT, WHY) if quote.text in taken else quote for quote in entry.quotes
    )
    return dataclasses.replace(entry, quotes=quotes)
