"""Public pages of "You said, we did": made from stored documents, changed only by a version."""

import datetime as dt
from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from engage import __version__
from engage.db import db
from reports import filing, render, takeouts, wording
from reports.document import Document, from_json
from reports.formats import catalogue
from reports.formats.catalogue import Format
from reports.models import Publication, PublicationFile, Report
from surveys import pictures

FRESH_SECONDS = 300
KILOBYTE = 1_000
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
    """Hand out a file; words taken out since are not in it, or it is not there."""
    session = db.session()
    publication = find_publication(session, slug, version) or abort(404)
    taken = takeouts.taken_from(session, publication, from_json(publication.document))
    kind = filing.kind(one, takeouts.mark(taken))
    found = session.get(PublicationFile, (publication.id, kind))
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


def _page(template: str, slug: str, version: int | None) -> Response:
    """Render a stored document, unless the reader's browser already has this very page."""
    publication = find_publication(db.session(), slug, version)
    if publication is None:
        abort(404)
    versions = _versions(db.session(), publication.report_id)
    stored = from_json(publication.document)
    taken = takeouts.taken_from(db.session(), publication, stored)
    gone = takeouts.mark(taken)
    mark = "-".join(
        (template, publication.document_hash[:16], str(len(versions)), gone, __version__)
    )
    if request.if_none_match.contains(mark):
        return cached(make_response(b"", 304), mark)
    document = takeouts.without(stored, taken)
    html = render_template(template, **_context(publication, document, version, versions, gone))
    return cached(make_response(html), mark)


def _versions(session: Session, report_id: str) -> list[tuple[int, dt.datetime]]:
    """Return number and time of every version, the newest first, without their documents."""
    statement = select(Publication.version, Publication.published_at)
    rows = session.execute(
        statement.where(Publication.report_id == report_id).order_by(Publication.version.desc())
    )
    return [(number, at) for number, at in rows]


def _sprites(names: set[str]) -> dict[str, str]:
    """Map each picture to the sprite that holds it; a sprite holds only so many."""
    ordered = sorted(names)
    found: dict[str, str] = {}
    for start in range(0, len(ordered), pictures.MOST_IN_A_SPRITE):
        chunk = ordered[start : start + pictures.MOST_IN_A_SPRITE]
        found |= dict.fromkeys(chunk, pictures.address(chunk))
    return found


def _context(
    publication: Publication,
    document: Document,
    version: int | None,
    versions: list[tuple[int, dt.datetime]],
    mark: str,
) -> dict[str, Any]:
    session = db.session()
    files = filing.listed(filing.sizes(session, publication), mark)
    return {
        **render.context(document, filing.drawings(session, publication)),
        "sprites": _sprites(render.easy_pictures(document)),
        "newest": versions[0][0],
        "version_asked": version,
        "versions": [(number, wording.date(at.date())) for number, at in versions],
        "files": [(one, f"{max(1, round(size / KILOBYTE))} kB") for one, size in files],
    }


def cached(response: Response, mark: str) -> Response:
    """Let browsers keep the page for five minutes and then ask whether it changed."""
    response.set_etag(mark)
    response.cache_control.public = True
    response.cache_control.max_age = FRESH_SECONDS
    response.make_conditional(request)
    return response
