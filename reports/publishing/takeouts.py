"""Words that were taken out or are kept back leave every page and file; all else stays as it is.

A published document is never changed. When it is drawn, words whose writer has since taken their
answers out, or that a safeguarding reader keeps back, are replaced by the same mark. A file holds
its words for ever, so a new one of every format is made without them, and until it is there none
is handed out.
"""

import dataclasses
import datetime as dt
import json
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Select, bindparam, exists, or_, select
from sqlalchemy.orm import Session

from analysis.models.store import CorrectedClause, ProposedCoding
from engage import jobs
from engage.settings import Settings
from reports.documents.document import Document, Entry, Quotation, from_json
from reports.documents.familywords import FamilyWord, Signature
from reports.documents.told import ToldRate
from reports.formats.source import TAKEN_OUT, Source
from reports.models import Entry as Draft
from reports.models import Publication
from reports.models.life import CoOwner, FamilyVerdict, SignOff
from reports.publishing import since as later
from reports.publishing import told_measure
from reports.publishing.since import Since
from surveys.models import AnswerHold, Response

JOB, TELL_JOB = later.JOB, "write_how_many_were_told"
WHY, WHY_EACH = "These words are no longer shown", "{} quotes are no longer shown"


def taken_from(session: Session, publication: Publication, document: Document) -> frozenset[str]:
    """Return what has been taken out of a version, or is kept back, since: quotes and verdicts."""
    out = gone(session, publication.run_id, quotes(document))
    return out | redacted_verdicts(session, verdicts(document))


def quotes(document: Document) -> frozenset[str]:
    """Return the words that a version quotes."""
    return frozenset(quote.text for entry in document.entries for quote in entry.quotes)


def verdicts(document: Document) -> frozenset[str]:
    """Return the ids of the verdicts and refusals whose words a version prints."""
    words = (w.id for entry in document.entries for w in entry.verdict.given if w.text)
    return frozenset(words) | frozenset(
        signed_as(entry, one)
        for entry in document.entries
        for one in entry.answer.signatures
        if one.note
    )


def signed_as(entry: Entry, one: Signature) -> str:
    """Return the id of a printed signature; one printed without an id is named by its day."""
    return one.id or f"{entry.key}/{one.body}/{one.on}"


def gone(asked: Session | Connection, run_id: str, quoted: frozenset[str]) -> frozenset[str]:
    """Return those quotes of a run that were taken out by their writers or are kept back."""
    if not quoted:
        return frozenset()
    known = {"run": run_id, "quoted": sorted(quoted)}
    return frozenset(str(row[0]) for statement in _GONE for row in asked.execute(statement, known))


def _gone_quotes(table: Any, words: str) -> Select[Any]:
    """Ask which quotes are gone; built once, because every page that is read asks it."""
    held, response = AnswerHold.__table__, Response.__table__
    is_held = exists().where(
        held.c.response_id == table.c.response_id,
        held.c.question == table.c.question,
        held.c.released_at.is_(None),
    )
    return (
        select(table.c[words])
        .join(response, response.c.id == table.c.response_id)
        .where(
            table.c.run_id == bindparam("run"),
            table.c[words].in_(bindparam("quoted", expanding=True)),
            or_(response.c.withdrawn_at.is_not(None), is_held),
        )
    )


_GONE = (
    _gone_quotes(ProposedCoding.__table__, "redacted_text"),
    _gone_quotes(CorrectedClause.__table__, "text"),
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
    return [one for one in published if quotes(from_json(one.document)) & said[one.run_id]]


@jobs.handler(TELL_JOB)
@jobs.handler(JOB)
def write_anew(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    **_: Any,
) -> None:
    """Make the files of a version anew: without what was taken out, with what came since."""
    from reports.publishing import filing  # noqa: PLC0415  # heavy: only the worker pays

    publication = session.get_one(Publication, job.subject_id)
    source, after = source_of(session, publication, settings.threshold)
    filing.missing(session, publication, source, after, progress)


def ask_for_missing(session: Session, settings: Settings, *, now: dt.datetime) -> int:
    """Ask for files that lack what came while they were being made; return for how many versions.

    Somebody may say something, or take words out, after a worker has read what there was. Where
    nothing is lacking, files of states that are over are let go.
    """
    from reports.publishing import filing  # noqa: PLC0415  # as above

    lacking = 0
    for publication in session.scalars(select(Publication)):
        stored = from_json(publication.document)
        there = filing.sizes(session, publication.id)  # first: what comes meanwhile is not let go
        after = since(session, publication, stored, settings.threshold)
        if there and filing.kind(filing.REPORT, after) not in there:
            jobs.enqueue(session, JOB, publication.id, asked_by="worker", now=now)
            lacking += 1
        else:
            filing.drop_superseded(session, publication, after, there, now)
    return lacking


def source_of(session: Session, publication: Publication, threshold: int) -> tuple[Source, Since]:
    """Return what every format of a version is made from now, and what came after it."""
    from reports.publishing import filing  # noqa: PLC0415  # as above

    stored = from_json(publication.document)
    after = since(session, publication, stored, threshold)
    shown = later.beside(without(stored, after.taken), after.said)
    return Source(shown, filing.drawings(session, publication.id), told=after.told), after


def since(session: Session, publication: Publication, document: Document, threshold: int) -> Since:
    """Return what came after a version; how many were told stands only beside the newest."""
    return Since(
        taken_from(session, publication, document),
        later.said(session, publication, document),
        told_of(session, publication, threshold),
    )


def told_of(session: Session, publication: Publication, threshold: int) -> tuple[ToldRate, ...]:
    """Return how many were told, for the newest version; nothing for one that has a newer."""
    if not later.is_newest(session, publication):
        return ()
    return told_measure.settled(session, publication.report.consultation_id, threshold)


def _entry(entry: Entry, taken: frozenset[str]) -> Entry:
    quotes = tuple(_quotes(entry.quotes, taken))
    given = tuple(_word(word, taken) for word in entry.verdict.given)
    verdict = dataclasses.replace(entry.verdict, given=given)
    signed = tuple(_signed(entry, one, taken) for one in entry.answer.signatures)
    answer = dataclasses.replace(entry.answer, signatures=signed)
    return dataclasses.replace(entry, quotes=quotes, verdict=verdict, answer=answer)


def _quotes(printed: Iterable[Quotation], taken: frozenset[str]) -> Iterator[Quotation]:
    """Yield quotes, with one mark for all that were taken out beside each other."""
    for is_gone, some in groupby(printed, lambda quote: quote.text in taken):
        quoted = list(some)
        if not is_gone:
            yield from quoted
        elif len(quoted) == 1:
            yield Quotation(TAKEN_OUT, WHY)
        else:
            yield Quotation(TAKEN_OUT, WHY_EACH.format(len(quoted)))


def redacted_verdicts(session: Session, printed: frozenset[str]) -> frozenset[str]:
    """Name the verdicts and refusals whose words were taken out, each with its reason."""
    if not printed:
        return frozenset()
    rows = session.execute(
        select(FamilyVerdict.id, FamilyVerdict.redaction).where(
            FamilyVerdict.id.in_(sorted(printed)), FamilyVerdict.redaction.is_not(None)
        )
    )
    found = frozenset(f"verdict/{identity}/{reason}" for identity, reason in rows)
    return found | _redacted_refusals(session, printed)


def _redacted_refusals(session: Session, printed: frozenset[str]) -> frozenset[str]:
    rows = session.execute(
        select(SignOff.id, SignOff.redaction, SignOff.signed_at, Draft.key, CoOwner.name)
        .join(Draft, Draft.id == SignOff.entry_id)
        .join(CoOwner, CoOwner.id == SignOff.co_owner_id)
        .where(SignOff.redaction.is_not(None))
    )
    return frozenset(
        f"verdict/{name}/{reason}"
        for identity, reason, at, key, body in rows
        for name in (identity, f"{key}/{body}/{at.date()}")
        if name in printed
    )


def _word(word: FamilyWord, taken: frozenset[str]) -> FamilyWord:
    """Take the words out of a verdict and leave its value, its date and the reason."""
    found = next((one for one in taken if one.startswith(f"verdict/{word.id}/")), "")
    return dataclasses.replace(word, text="", redaction=found.rpartition("/")[2]) if found else word


def _signed(entry: Entry, one: Signature, taken: frozenset[str]) -> Signature:
    """Take the words out of a refusal and leave that it was refused, its day and the reason."""
    name = f"verdict/{signed_as(entry, one)}/"
    found = next((mark for mark in taken if mark.startswith(name)), "")
    return dataclasses.replace(one, note="", redaction=found.removeprefix(name)) if found else one


def publications_printing(session: Session, given: FamilyVerdict | SignOff) -> list[Publication]:
    """Return the versions that print the words of a verdict or of a refusal to sign."""
    every = session.scalars(
        select(Publication)
        .join(Draft, Draft.report_id == Publication.report_id)
        .where(Draft.id == given.entry_id)
    ).all()
    if isinstance(given, FamilyVerdict):
        return [one for one in every if given.id in one.document]
    note = json.dumps(given.note, ensure_ascii=False)
    return [one for one in every if given.id in one.document or note in one.document]
