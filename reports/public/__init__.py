"""Public pages of "You said, we did": made from stored documents, changed only by a version."""

import dataclasses
import datetime as dt
import gzip
from typing import Any, NamedTuple

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import Connection, Select, bindparam, func, select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from engage import __version__
from engage.consultations import local_date
from engage.db import db
from engage.kept import Kept
from engage.orm import utc_now
from engage.settings import Settings
from reports.documents.document import Document, from_json
from reports.entries import afterwards
from reports.formats import catalogue, render
from reports.formats.catalogue import Format
from reports.loop import told_measure
from reports.models import Publication, PublicationFile, Report
from reports.public import stamps
from reports.publishing import filing, since, takeouts
from reports.words import canonical, wording
from surveys import pictures

FRESH_SECONDS = 300
KILOBYTE = 1_000
KEPT_PAGES, KEPT_SOURCES = 64, 256
_pages: "Kept[DrawnPage]" = Kept(KEPT_PAGES)
_sources: Kept[tuple[str, ...]] = Kept(KEPT_SOURCES)
_documents: Kept[Document] = Kept(KEPT_PAGES)
blueprint = Blueprint("public", __name__, url_prefix="/you-said-we-did")


@blueprint.get("/")
def index() -> str:
    """List every report that has been published, the newest first."""
    found = newest_publications(db.session())
    documents = [from_json(publication.document) for publication in found]
    return render_template(
        "reports/index.html",
        documents=documents,
        counted=[render.status_counts(document) for document in documents],
        date=wording.date,
        **render.STATUS_NAMES,
    )


@blueprint.get("/<slug>/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/")
def report(slug: str, version: int | None) -> Response:
    """Show a report: the newest version, or the one that was asked for."""
    return _page("reports/report.html", slug, version)


@blueprint.get("/<slug>/easy-read", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/easy-read")
def easy_read(slug: str, version: int | None) -> Response:
    """Show the same report in easy read."""
    return _page("reports/easy_read.html", slug, version)


@blueprint.get("/<slug>/figures/answers-<int(min=1, max=99):place>/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/figures/answers-<int(min=1, max=99):place>/")
def answers(slug: str, version: int | None, place: int) -> Response:
    """Show what people answered to the questions of one survey, with charts and tables."""
    return _page("reports/answers.html", slug, version, place)


@blueprint.get("/<slug>/report.pdf", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/report.pdf")
def pdf(slug: str, version: int | None) -> AnyResponse:
    """Hand out the PDF of a version."""
    return _hand_out(slug, version, filing.REPORT)


@blueprint.get("/<slug>/files/<name>", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/files/<name>")
def file(slug: str, version: int | None, name: str) -> AnyResponse:
    """Hand out one of the other formats of a version."""
    return _hand_out(slug, version, catalogue.by_file(name) or abort(404))


def _hand_out(slug: str, version: int | None, one: Format) -> AnyResponse:
    """Hand out a file; words taken out since are not in it, or it is not there.

    What families said since is in it as soon as it is made anew.
    """
    session = db.session()
    publication = find_publication(session, slug, version) or abort(404)
    stored = from_json(publication.document)
    taken = takeouts.taken_from(session, publication, stored)
    after = since.said(session, publication, stored)
    kinds = (filing.kind(one, mark) for mark in takeouts.marks(taken, after))
    files = (session.get(PublicationFile, (publication.id, kind)) for kind in kinds)
    found = next(filter(None, files), None)
    if found is None and taken:
        return redirect(url_for(".report", slug=slug, version=version), 302)
    if found is None:
        abort(404)
    response = make_response(found.content)
    response.content_type = one.media_type
    shown = "inline" if one.opens_in_browser else "attachment"
    name = f"{slug}-v{publication.version}{one.ending}"
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    if publication.report.consultation.is_demo:
        response.headers["X-Robots-Tag"] = "noindex"
    return cached(response, found.sha256)


def newest_publications(session: Session) -> list[Publication]:
    """Return the newest version of every published report, the latest first."""
    newest: dict[str, Publication] = {}
    order = (Publication.published_at.desc(), Publication.version.desc())
    for publication in session.scalars(select(Publication).order_by(*order)):
        newest.setdefault(publication.report_id, publication)
    return list(newest.values())


def find_publication(session: Session, slug: str, version: int | None) -> Publication | None:
    """Return a version of a report, or its newest when none is asked for."""
    statement = select(Publication).join(Report).where(Report.slug == slug)
    if version is not None:
        statement = statement.where(Publication.version == version)
    return session.scalars(statement.order_by(Publication.version.desc()).limit(1)).first()


class Edition(NamedTuple):
    """One version without its document: enough to know whether a page changed."""

    id: str
    version: int
    published_at: dt.datetime
    document_hash: str
    run_id: str
    report_id: str
    files: int


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


def _page(template: str, slug: str, version: int | None, place: int = 0) -> Response:
    """Show a stored document: drawn once for each state of what stands beside it.

    Args:
        template: which page.
        slug: which report.
        version: which version; None for the newest.
        place: which of its surveys, for a page of one survey; from 1.
    """
    with db.engine.connect() as connection:
        editions = list(map(Edition._make, connection.execute(_EDITIONS, {"slug": slug}).all()))
        chosen = next((one for one in editions if version in {None, one.version}), None)
        if chosen is None:
            abort(404)
        sources = _sources.get(chosen.id, lambda: _quoted_from(connection, chosen))
        stamp = stamps.read(connection, chosen.report_id, sources)
    state = (request.path, template, tuple(editions), stamp, local_date(utc_now()))
    drawn = _pages.get(state, lambda: _drawn(template, chosen, version, editions, place))
    if request.if_none_match.contains_weak(drawn.mark):
        return Response(status=304, headers=drawn.headers)
    if request.accept_encodings["gzip"]:
        headers = {**drawn.headers, "Content-Encoding": "gzip"}
        return Response(drawn.packed, headers=headers, mimetype="text/html")
    return Response(drawn.content, headers=drawn.headers, mimetype="text/html")


def _quoted_from(connection: Connection, edition: Edition) -> tuple[str, ...]:
    quotes = takeouts.quotes(_document(db.session(), edition))
    return stamps.quoted_from(connection, edition.run_id, quotes)


def _drawn(
    template: str, chosen: Edition, version: int | None, editions: list[Edition], place: int
) -> DrawnPage:
    document = _document(db.session(), chosen)
    if place > len(document.findings):
        abort(404)
    taken = takeouts.gone(db.session(), chosen.run_id, takeouts.quotes(document))
    taken |= takeouts.redacted_verdicts(db.session(), takeouts.verdicts(document))
    after = _after(chosen, editions)
    shown = takeouts.without(document, taken)
    known = _context(chosen, shown, version, editions, takeouts.marks(taken, after))
    known |= {"late": after.late, "said_since": after.said, "refused_since": after.refused}
    known["told"] = _told(chosen, editions)
    content = _without_indents(render_template(template, place=place, **known)).encode()
    mark = f"{canonical.digest_bytes(content)[:24]}-{__version__}"
    return DrawnPage(content, gzip.compress(content, mtime=0), mark)


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


def _told(chosen: Edition, editions: list[Edition]) -> tuple[told_measure.ToldRate, ...]:
    """Say beside the newest version how many of those who asked were told."""
    if chosen.version != editions[0].version:
        return ()
    plan = db.session().get_one(Report, chosen.report_id).consultation_id
    settings: Settings = current_app.extensions["engage_settings"]
    return told_measure.settled(db.session(), plan, settings.threshold)


def _of_a_report() -> Select[Any]:
    """Ask for every version of a report, the newest first, without its document.

    Built once, and of tables alone: putting a statement together costs more than running it.
    """
    one, file, report = Publication.__table__, PublicationFile.__table__, Report.__table__
    files = select(func.count()).select_from(file).where(file.c.publication_id == one.c.id)
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
    marks: tuple[str, ...],
) -> dict[str, Any]:
    session = db.session()
    sizes = filing.sizes(session, chosen.id)
    mark = next((one for one in marks if filing.kind(filing.REPORT, one) in sizes), marks[-1])
    files = filing.listed(sizes, mark)
    return {
        **render.context(document, filing.drawings(session, chosen.id)),
        "sprites": sprites(render.easy_pictures(document)),
        "newest": editions[0].version,
        "version_asked": version,
        "versions": [(one.version, wording.date(one.published_at.date())) for one in editions],
        "files_are_new": mark != marks[-1],
        "files": [(one, f"{max(1, round(size / KILOBYTE))} kB") for one, size in files],
    }


def cached(response: Response, mark: str) -> Response:
    """Let browsers keep the page for five minutes and then ask whether it changed."""
    response.set_etag(mark)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.make_conditional(request)
    return response
