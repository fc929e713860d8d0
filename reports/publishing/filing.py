"""The files of a version: made when it is published, and anew when they must say something else."""

import dataclasses
import datetime as dt
import re
from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from engage import audit
from engage.pdf import to_pdf
from reports.documents.document import Document
from reports.entries import afterwards
from reports.formats import catalogue, render, zips
from reports.formats.catalogue import Format, Progress
from reports.formats.source import Source
from reports.models import Publication, PublicationFile
from reports.publishing.since import Since
from reports.words import canonical

PDF = "application/pdf"
#: The mark of a state, as `Since.mark` gives it, at the end of a file's name.
_MADE_ANEW = re.compile(r"-[0-9a-f]{12}$")
REPORT = Format(
    "pdf", "report.pdf", PDF, "PDF to print", "The whole report.",
    lambda source: to_pdf(
        render.pdf_html(source), base_url=render.print_folder()
    ),
    tells=True,
)  # fmt: skip


def formats() -> tuple[Format, ...]:
    """Return every format that a version comes in, the whole report first."""
    return (REPORT, *catalogue.FORMATS)


def everything(document: Document, progress: Progress = lambda *_: None) -> list[PublicationFile]:
    """Make every file of a version, so that no later change can reach it."""
    drawings = render.charts(document)
    made = catalogue.build(Source(document, drawings), formats(), progress)
    files = [_file(one.kind, one.media_type, content) for one, content in made]
    return files + [
        _file(name, "image/svg+xml", svg.encode()) for name, svg in drawings.items()
    ]  # fmt: skip


def packed(source: Source, progress: Progress = lambda *_: None) -> bytes:
    """Make every format and return them as one zip."""
    made = catalogue.build(source, formats(), progress)
    return zips.pack({named(source, one): content for one, content in made})


def named(source: Source, one: Format) -> str:
    """Return the name that a file carries outside: slug, version, and a draft's mark."""
    cover = source.document.cover
    draft = "-draft" if source.draft else ""
    return f"{cover.slug}-v{cover.version}{draft}{one.ending}"


def contents(
    session: Session, publication: Publication, source: Source, after: Since, progress: Progress
) -> Iterator[tuple[str, bytes]]:
    """Return name and bytes of every format of a version: those kept, and the others made now."""
    wanted = formats()
    for place, one in enumerate(wanted):
        progress("Writing every format", place, len(wanted))
        kept = session.get(PublicationFile, (publication.id, kind(one, after)))
        yield named(source, one), kept.content if kept else one.build(source)
    progress("Writing every format", len(wanted), len(wanted))


def missing(
    session: Session, publication: Publication, source: Source, after: Since, progress: Progress
) -> list[PublicationFile]:
    """Make those files of a version that are not there yet, and keep them.

    Args:
        session: where they are kept.
        publication: the version; what it has already stays as it is.
        source: its document, without the words that were taken out, and with who was told.
        after: what came after it.
        progress: told how far it is.
    """
    there = set(sizes(session, publication.id))
    wanted = [one for one in formats() if kind(one, after) not in there]
    files = [
        _file(kind(one, after), one.media_type, content)
        for one, content in catalogue.build(source, wanted, progress)
    ]
    for file in files:
        file.publication_id = publication.id
    session.add_all(files)
    return files


def kind(one: Format, after: Since) -> str:
    """Return the name under which a format is kept as it must be now."""
    mark = after.mark(tells=one.tells)
    return f"{one.kind}-{mark}" if mark else one.kind


def at_hand(one: Format, after: Since, there: Collection[str]) -> str | None:
    """Return the name of the file that may be handed out, or None while there is none.

    Until the file that says what came after is made, the one without it does; a file with words
    that were taken out never does.
    """
    wanted = (kind(one, state) for state in after.fallbacks)
    return next((name for name in wanted if name in there), None)


def superseded(after: Since, there: Collection[str]) -> list[str]:
    """Name the files that were made anew for a state that is over and that nobody is handed now.

    What was made when a version was published is never among them, nor what may stand in while
    the next state is being made.
    """
    wanted = {kind(one, state) for one in formats() for state in after.fallbacks}
    return sorted(name for name in there if _MADE_ANEW.search(name) and name not in wanted)


def drop_superseded(
    session: Session,
    publication: Publication,
    after: Since,
    there: Collection[str],
    now: dt.datetime,
) -> int:
    """Let go of files of states that are over, and record it; return how many.

    Each state that families or a writer bring about makes some megabytes of files. The document,
    the figures and the files as published stay, and with the record of who said what and when
    they tell everything that those files told.
    """
    names = superseded(after, there)
    if names:
        session.execute(
            delete(PublicationFile).where(
                PublicationFile.publication_id == publication.id, PublicationFile.kind.in_(names)
            )
        )
        audit.record(
            session, actor="worker", verb="dropped_files", object_type="publication",
            object_id=publication.id, now=now,
        )  # fmt: skip
    return len(names)


def tell_later(after: Since, there: Collection[str]) -> bool:
    """Tell whether the files at hand hold what families said after publication, if they did."""
    silent = dataclasses.replace(after, said=afterwards.NOTHING)
    return at_hand(REPORT, after, there) not in {None, at_hand(REPORT, silent, there)}


def sizes(session: Session, publication_id: str) -> dict[str, int]:
    """Return the size in bytes of every file of a version by its kind, without loading them."""
    rows = session.execute(
        select(PublicationFile.kind, func.length(PublicationFile.content)).where(
            PublicationFile.publication_id == publication_id
        )
    )
    return {name: size for name, size in rows}  # noqa: C416  # rows are no tuples to a type checker


def drawings(session: Session, publication_id: str) -> dict[str, str]:
    """Return the drawings that were made for a version."""
    files = session.scalars(
        select(PublicationFile).where(
            PublicationFile.publication_id == publication_id,
            PublicationFile.media_type == "image/svg+xml",
        )
    )
    return {file.kind: file.content.decode() for file in files}


def listed(
    sizes_by_kind: dict[str, int], after: Since, wanted: Sequence[Format] | None = None
) -> list[tuple[Format, int]]:
    """Return the formats that readers can have now, each with its size in bytes."""
    chosen = formats() if wanted is None else wanted
    found = [(one, at_hand(one, after, sizes_by_kind)) for one in chosen]
    return [(one, sizes_by_kind[name]) for one, name in found if name is not None]


def _file(name: str, media_type: str, content: bytes) -> PublicationFile:
    return PublicationFile(
        kind=name, media_type=media_type.partition(";")[0],
        sha256=canonical.digest_bytes(content), content=content,
    )  # fmt: skip
