"""Public pages of "You said, we did": made from stored documents, changed only by a version."""

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
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from engage.db import db
from engage.settings import Settings
from reports.documents.document import from_json
from reports.formats import catalogue, render
from reports.formats.catalogue import Format
from reports.models import Publication, PublicationFile, Report
from reports.public import served
from reports.publishing import filing, takeouts
from reports.words import wording

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
    return served.page("reports/report.html", slug, version)


@blueprint.get("/<slug>/easy-read", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/easy-read")
def easy_read(slug: str, version: int | None) -> Response:
    """Show the same report in easy read."""
    return served.page("reports/easy_read.html", slug, version)


@blueprint.get("/<slug>/figures/answers-<int(min=1, max=99):place>/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/figures/answers-<int(min=1, max=99):place>/")
def answers(slug: str, version: int | None, place: int) -> Response:
    """Show what people answered to the questions of one survey, with charts and tables."""
    return served.page("reports/answers.html", slug, version, place)


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
    settings: Settings = current_app.extensions["engage_settings"]
    stored = from_json(publication.document)
    after = takeouts.since(session, publication, stored, settings.threshold)
    kind = filing.at_hand(one, after, filing.sizes(session, publication.id))
    found = session.get(PublicationFile, (publication.id, kind)) if kind else None
    if found is None and (after.taken or kind):  # or let go a moment ago
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


def cached(response: Response, mark: str) -> Response:
    """Let browsers keep the page for five minutes and then ask whether it changed."""
    response.set_etag(mark)
    response.cache_control.public = True
    response.cache_control.max_age = served.FRESH_SECONDS
    response.make_conditional(request)
    return response
