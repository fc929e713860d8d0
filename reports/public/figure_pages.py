"""Public pages of figures: what each number counts, of which answers, on which day, and before."""

from flask import Blueprint, Response, abort, make_response, render_template
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import __version__
from engage.db import db
from reports.counting import figures
from reports.documents import printed
from reports.documents.document import Cover, Document, from_json
from reports.models import Figure, Publication
from reports.public import cached, find_publication
from reports.words import canonical, wording

blueprint = Blueprint("figures", __name__, url_prefix="/you-said-we-did")


@blueprint.get("/<slug>/figures/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/figures/")
def listed(slug: str, version: int | None) -> Response:
    """List every number of a version, in reading order, each with a page of its own."""
    publication = find_publication(db.session(), slug, version) or abort(404)
    document = from_json(publication.document)
    return _page(
        "reports/figures.html",
        document.cover,
        facts=printed.ledger(document),
        cell=figures.cell,
        about=_about(document),
    )


@blueprint.get("/<slug>/v<int(max=99999):version>/figures/<path:key>")
def one(slug: str, version: int, key: str) -> Response:
    """Show how one number was counted and what it takes the place of."""
    session = db.session()
    publication = find_publication(session, slug, version) or abort(404)
    figure = _figure(session, publication, key) or abort(404)
    document = from_json(publication.document)
    return _page(
        "reports/figure.html",
        document.cover,
        figure=figure,
        about=_about(document).get(key, ""),
        base=_figure(session, publication, figure.base_key),
        chain=_chain(session, figure),
    )


def _page(template: str, cover: Cover, **more: object) -> Response:
    html = render_template(template, cover=cover, demo=cover.is_demo, date=wording.date, **more)
    return cached(make_response(html), f"{canonical.digest(html)[:24]}-{__version__}")


def _about(document: Document) -> dict[str, str]:
    """Return what figures of themes and entries are about, by key."""
    themes = {fact.key: row.label for row in document.raised for fact in row.facts}
    entries = {
        voice.fact.key: f"{entry.title} (our answer)"
        for entry in document.entries
        for voice in entry.voices
    }
    return {**themes, **entries}


def _figure(session: Session, publication: Publication, key: str) -> Figure | None:
    return session.scalar(
        select(Figure).where(Figure.publication_id == publication.id, Figure.key == key)
    )


def _chain(session: Session, figure: Figure) -> list[tuple[int, Figure]]:
    """Return the figures of the same number in older versions with their version, newest first."""
    found = []
    older = figure.supersedes_id
    while older is not None:
        row = session.get_one(Figure, older)
        found.append((session.get_one(Publication, row.publication_id).version, row))
        older = row.supersedes_id
    return found
