"""Parts of what is published, each with an address of its own: one entry, a feed, a page part."""

from flask import Blueprint, Response, abort, current_app, make_response, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.consultations import local_date
from engage.db import db
from engage.orm import utc_now
from engage.settings import Settings
from reports.documents.document import from_json
from reports.entries import afterwards
from reports.formats import feed as atom
from reports.formats import render
from reports.formats.source import Source
from reports.models import Publication
from reports.public import cached, find_publication, newest_publications, served
from reports.publishing import news, takeouts
from reports.words import canonical

blueprint = Blueprint("parts", __name__, url_prefix="/you-said-we-did")


@blueprint.get("/feed.xml")
def feed() -> Response:
    """Hand out everything published as an Atom feed."""
    session = db.session()
    found = session.scalars(
        select(Publication).order_by(Publication.published_at, Publication.version)
    ).all()
    versions = [(one.published_at, _source(session, one)) for one in found]
    settings: Settings = current_app.extensions["engage_settings"]
    home = f"{settings.public_url or request.url_root.rstrip('/')}/you-said-we-did/"
    since = {
        one.report.slug: _since(session, one, settings) for one in newest_publications(session)
    }
    text = atom.write(versions, since, home=home, organisation=settings.organisation)
    response = make_response(text)
    response.mimetype = "application/atom+xml"
    if any(source.document.cover.is_demo for _, source in versions):
        response.headers["X-Robots-Tag"] = "noindex"
    return cached(response, canonical.digest_bytes(text)[:16])


@blueprint.get("/<slug>/embed")
def embed(slug: str) -> Response:
    """Show the answers of the newest version in short, to stand inside another website."""
    return served.kept(lambda: _part("reports/embed.html", slug, None))


@blueprint.get("/<slug>/<key>", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/<key>")
def entry(slug: str, key: str, version: int | None) -> Response:
    """Show one entry at the address where it stays."""
    return served.kept(lambda: _part("reports/one_entry.html", slug, version, key))


def _part(template: str, slug: str, version: int | None, key: str = "") -> str:
    session = db.session()
    publication = find_publication(session, slug, version) or abort(404)
    source = _source(session, publication)
    document = source.document
    chosen = next((one for one in document.entries if one.key == key), None)
    if key and chosen is None:
        abort(404)
    newest = find_publication(session, slug, None) or publication
    after = afterwards.NOTHING
    if newest.version == publication.version:
        stored = from_json(publication.document)
        after = afterwards.of(session, publication, stored, local_date(utc_now()))
    return render_template(
        template,
        **render.context(document, {}),
        source=source,
        entry=chosen,
        version_asked=version,
        newest=newest.version,
        late=after.late,
        said_since=after.said,
        refused_since=after.refused,
    )


def _since(session: Session, newest: Publication, settings: Settings) -> atom.Since:
    stored = from_json(newest.document)
    items = news.of(session, newest, stored, settings.threshold)
    return atom.Since(items, news.redacted(session, newest))


def _source(session: Session, publication: Publication) -> Source:
    stored = from_json(publication.document)
    taken = takeouts.taken_from(session, publication, stored)
    return Source(takeouts.without(stored, taken), {})
