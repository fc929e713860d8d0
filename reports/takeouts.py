"""Words that were taken out or are kept back leave every page and file; all else stays as it is.

A published document is never changed. When it is drawn, words whose writer has since taken their
answers out, or that a safeguarding reader keeps back, are replaced by the same mark. A PDF holds
its words for ever, so a new one is made without them, and until it is there no PDF is handed out.
"""

import dataclasses
import hashlib
from collections.abc import Callable, Iterable
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from analysis import queries
from analysis.store import CorrectedClause, ProposedCoding
from engage import jobs
from reports import canonical
from reports.document import Document, Entry, Quotation, from_json
from reports.familywords import FamilyWord
from reports.life import FamilyVerdict
from reports.models import Entry as Draft
from reports.models import Publication, PublicationFile
from surveys.models import Response

JOB = "take_words_out"
TAKEN_OUT = "[taken out]"
WHY = "These words are no longer shown."


def taken_from(session: Session, publication: Publication, document: Document) -> frozenset[str]:
    """Return what has been taken out of a version, or is kept back, since: quotes and verdicts."""
    redacted = _redacted_verdicts(session, document)
    quoted = {quote.text for entry in document.entries for quote in entry.quotes}
    if not quoted:
        return redacted
    return redacted | frozenset(
        text
        for words in (ProposedCoding.redacted_text, CorrectedClause.text)
        for text in session.scalars(
            select(words)
            .join(Response, Response.id == words.class_.response_id)
            .where(
                words.class_.run_id == publication.run_id,
                words.in_(quoted),
                or_(
                    Response.withdrawn_at.is_not(None),
                    queries.held(words.class_.response_id, words.class_.question),
                ),
            )
        )
    )


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


def pdf_kind(taken: frozenset[str]) -> str:
    """Return the name under which the PDF without these words is kept."""
    return f"pdf-{mark(taken)}" if taken else "pdf"


def publications_quoting(session: Session, response_id: str) -> list[Publication]:
    """Return the versions that quote a response."""
    said: dict[str, set[str]] = {}
    for table, words in (
        (ProposedCoding, ProposedCoding.redacted_text),
        (CorrectedClause, CorrectedClause.text),
    ):
        mine = select(table.run_id, words).where(table.response_id == response_id)
        for run_id, text in session.execute(mine):
            said.setdefault(run_id, set()).add(text)
    published = session.scalars(select(Publication).where(Publication.run_id.in_(said)))
    return [one for one in published if _quotes(from_json(one.document)) & said[one.run_id]]


@jobs.handler(JOB)
def take_words_out(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    **_: Any,
) -> None:
    """Make the PDF of a version anew, without the words that were taken out."""
    from engage.pdf import to_pdf  # noqa: PLC0415  # heavy: only the worker pays
    from reports import render  # noqa: PLC0415  # as above

    progress("Making the PDF without words that were taken out", 0, 1)
    publication = session.get_one(Publication, job.subject_id)
    document = from_json(publication.document)
    taken = taken_from(session, publication, document)
    kind = pdf_kind(taken)
    if session.get(PublicationFile, (publication.id, kind)) is None:
        drawn = {file.kind: file.content.decode() for file in publication.files if file.is_drawing}
        html = render.pdf_html(without(document, taken), drawn)
        content = to_pdf(html, base_url=render.print_folder())
        session.add(
            PublicationFile(
                publication_id=publication.id,
                kind=kind,
                media_type="application/pdf",
                sha256=canonical.digest_bytes(content),
                content=content,
            )
        )
    progress("Done", 1, 1)


def _quotes(document: Document) -> set[str]:
    return {quote.text for entry in document.entries for quote in entry.quotes}


def _entry(entry: Entry, taken: frozenset[str]) -> Entry:
    quotes = tuple(
        Quotation(TAKEN_OUT, WHY) if quote.text in taken else quote for quote in entry.quotes
    )
    given = tuple(_word(word, taken) for word in entry.verdict.given)
    verdict = dataclasses.replace(entry.verdict, given=given)
    return dataclasses.replace(entry, quotes=quotes, verdict=verdict)


def _redacted_verdicts(session: Session, document: Document) -> frozenset[str]:
    """Name the verdicts whose words were taken out, each with its reason."""
    printed = [w.id for entry in document.entries for w in entry.verdict.given if w.text]
    rows = session.execute(
        select(FamilyVerdict.id, FamilyVerdict.redaction).where(
            FamilyVerdict.id.in_(printed), FamilyVerdict.redaction.is_not(None)
        )
    )
    return frozenset(f"verdict/{identity}/{reason}" for identity, reason in rows)


def _word(word: FamilyWord, taken: frozenset[str]) -> FamilyWord:
    """Take the words out of a verdict and leave its value, its date and the reason."""
    found = next((one for one in taken if one.startswith(f"verdict/{word.id}/")), "")
    return dataclasses.replace(word, text="", redaction=found.rpartition("/")[2]) if found else word


def publications_printing(session: Session, verdict: FamilyVerdict) -> list[Publication]:
    """Return the versions that print the words of a verdict."""
    every = session.scalars(
        select(Publication)
        .join(Draft, Draft.report_id == Publication.report_id)
        .where(Draft.id == verdict.entry_id)
    )
    return [one for one in every if verdict.id in one.document]
