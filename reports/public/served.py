"""A published page as it is served: drawn once for each state of what stands beside it.

While nothing at all was committed a page goes out as it did before. After a commit the report is
asked whether it was concerned, by two cheap questions; only if so is its page drawn again.
"""

import dataclasses
import datetime as dt
import gzip
from collections.abc import Callable
from typing import Any, NamedTuple

from flask import Response, abort, current_app, render_template, request
from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.orm import Session

from engage import __version__
from engage.commits import Commits
from engage.consultations import local_date
from engage.db import db
from engage.kept import Kept
from engage.orm import utc_now
from engage.settings import Settings
from reports.documents.document import Document, from_json
from reports.documents.told import ToldRate
from reports.entries import afterwards
from reports.formats import render
from reports.models import Publication, PublicationFile, Report
from reports.public import stamps
from reports.publishing import filing, takeouts
from reports.publishing.since import Since
from reports.words import canonical, wording
from surveys import pictures

FRESH_SECONDS = 300
KILOBYTE = 1_000
KEPT_PAGES, KEPT_SOURCES = 64, 256
_unchanged: "Kept[DrawnPage]" = Kept(KEPT_PAGES)
_others: "Kept[DrawnPage]" = Kept(KEPT_PAGES)
_pages: "Kept[DrawnPage]" = Kept(KEPT_PAGES)
_sources: Kept[tuple[str, ...]] = Kept(KEPT_SOURCES)
_documents: Kept[Document] = Kept(KEPT_PAGES)


class Edition(NamedTuple):
    """One version without its document: enough to know whether a page changed."""

    id: str
    version: int
    published_at: dt.datetime
    document_hash: str
    run_id: str
    report_id: str
    files: str


@dataclasses.dataclass(frozen=True, slots=True)
class DrawnPage:
    """A page as it goes out: its bytes, the same packed, and the mark that tells it from others.

    It holds nothing of whoever reads it, so packing gives no secret away.
    """

    content: bytes
    packed: bytes
    mark: str

    @property
    def headers(self) -> dict[str, str]:
        """Return what lets browsers keep it for a while and then ask whether it changed."""
        return {
            "ETag": f'W/"{self.mark}"', "Vary": "Accept-Encoding",
            "Cache-Control": f"public, max-age={FRESH_SECONDS}",
        }  # fmt: skip


def page(template: str, slug: str, version: int | None, place: int = 0) -> Response:
    """Show a stored document: drawn once for each state of what stands beside it.

    Args:
        template: which page.
        slug: which report.
        version: which version; None for the newest.
        place: which of its surveys, for a page of one survey; from 1.
    """
    today = local_date(utc_now())
    known = (_commits().mark(), today, request.path)
    return sent(_unchanged.get(known, lambda: _standing(template, slug, version, place, today)))


def kept(draw: Callable[[], str]) -> Response:
    """Show a page that is made of what is published alone: drawn anew only after a commit."""
    known = (_commits().mark(), local_date(utc_now()), request.path)
    return sent(_others.get(known, lambda: drawn(draw())))


def sent(page: DrawnPage) -> Response:
    """Send a page, packed where that can be read, or say that the browser has it already."""
    if request.if_none_match.contains_weak(page.mark):
        return Response(status=304, headers=page.headers)
    if request.accept_encodings["gzip"]:
        headers = {**page.headers, "Content-Encoding": "gzip"}
        return Response(page.packed, headers=headers, mimetype="text/html")
    return Response(page.content, headers=page.headers, mimetype="text/html")


def drawn(html: str) -> DrawnPage:
    """Return a page as it goes out."""
    content = _without_indents(html).encode()
    mark = f"{canonical.digest_bytes(content)[:24]}-{__version__}"
    return DrawnPage(content, gzip.compress(content, mtime=0), mark)


def _commits() -> Commits:
    commits: Commits = current_app.extensions["engage_commits"]
    return commits


def _standing(
    template: str, slug: str, version: int | None, place: int, today: dt.date
) -> DrawnPage:
    """Return the page as it must be now, drawn before if nothing has come beside it since."""
    with db.engine.connect() as connection:
        editions = list(map(Edition._make, connection.execute(_EDITIONS, {"slug": slug}).all()))
        chosen = next((one for one in editions if version in {None, one.version}), None)
        if chosen is None:
            abort(404)
        sources = _sources.get(chosen.id, lambda: _quoted_from(connection, chosen))
        stamp = stamps.read(connection, chosen.report_id, sources)
    state = (request.path, template, tuple(editions), stamp, today)
    return _pages.get(state, lambda: _drawn(template, chosen, version, editions, place))


def _quoted_from(connection: Connection, edition: Edition) -> tuple[str, ...]:
    quotes = takeouts.quotes(_document(db.session(), edition))
    return stamps.quoted_from(connection, edition.run_id, quotes)


def _drawn(
    template: str, chosen: Edition, version: int | None, editions: list[Edition], place: int
) -> DrawnPage:
    document = _document(db.session(), chosen)
    if place > len(document.findings):
        abort(404)
    publication = db.session().get_one(Publication, chosen.id)
    taken = takeouts.taken_from(db.session(), publication, document)
    after = _after(chosen, editions)
    shown = takeouts.without(document, taken)
    told = _told(chosen)
    known = _context(chosen, shown, version, editions, Since(taken, after, told))
    known |= {"late": after.late, "said_since": after.said, "refused_since": after.refused}
    known["told"] = told
    return drawn(render_template(template, place=place, **known))


def _without_indents(page: str) -> str:
    """Leave out the indents of the templates: a tenth of a long page, and nothing to readers."""
    return "\n".join(line for line in map(str.strip, page.splitlines()) if line)


def _after(chosen: Edition, editions: list[Edition]) -> afterwards.Afterwards:
    """Return what came after the newest version; an older one is history and stays as it was."""
    if chosen.version != editions[0].version:
        return afterwards.NOTHING
    publication = db.session().get_one(Publication, chosen.id)
    stored = _document(db.session(), chosen)
    return afterwards.of(db.session(), publication, stored, local_date(utc_now()))


def _told(chosen: Edition) -> tuple[ToldRate, ...]:
    """Say beside the newest version how many of those who asked were told."""
    publication = db.session().get_one(Publication, chosen.id)
    settings: Settings = current_app.extensions["engage_settings"]
    return takeouts.told_of(db.session(), publication, settings.threshold)


def _of_a_report() -> Select[Any]:
    """Ask for every version of a report, the newest first, without its document.

    Built once, and of tables alone: putting a statement together costs more than running it.
    """
    one, file, report = Publication.__table__, PublicationFile.__table__, Report.__table__
    names = func.aggregate_strings(file.c.kind, " ")
    files = select(names).where(file.c.publication_id == one.c.id)
    return (
        select(
            one.c.id, one.c.version, one.c.published_at, one.c.document_hash, one.c.run_id,
            one.c.report_id, files.scalar_subquery(),
        )
        .join(report, report.c.id == one.c.report_id)
        .where(report.c.slug == bindparam("slug"))
        .order_by(one.c.version.desc())
    )  # fmt: skip


_EDITIONS = _of_a_report()


def _document(session: Session, edition: Edition) -> Document:
    return _documents.get(
        edition.id, lambda: from_json(session.get_one(Publication, edition.id).document)
    )


def sprites(names: set[str]) -> dict[str, str]:
    """Map each picture to the sprite that holds it; a sprite holds only so many."""
    ordered = sorted(names)
    found: dict[str, str] = {}
    for start in range(0, len(ordered), pictures.MOST_IN_A_SPRITE):
        chunk = ordered[start : start + pictures.MOST_IN_A_SPRITE]
        found |= dict.fromkeys(chunk, pictures.address(chunk))
    return found


def _context(
    chosen: Edition,
    document: Document,
    version: int | None,
    editions: list[Edition],
    after: Since,
) -> dict[str, Any]:
    session = db.session()
    there = filing.sizes(session, chosen.id)
    files = filing.listed(there, after)
    return {
        **render.context(document, filing.drawings(session, chosen.id)),
        "sprites": sprites(render.easy_pictures(document)),
        "newest": editions[0].version,
        "version_asked": version,
        "versions": [(one.version, wording.date(one.published_at.date())) for one in editions],
        "files_are_new": filing.tell_later(after, there),
        "files": [(one, f"{max(1, round(size / KILOBYTE))} kB") for one, size in files],
    }
