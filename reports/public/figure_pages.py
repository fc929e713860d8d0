"""Public pages of figures: what each number counts, of which answers, on which day, and before."""

from flask import Blueprint, Response, abort, render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.db import db
from reports.counting import figures
from reports.documents import figureparts
from reports.documents.document import Cover, Document, from_json
from reports.models import Figure, Publication
from reports.public import find_publication, served
from reports.words import wording

MOST_WORDS = 100
blueprint = Blueprint("figures", __name__, url_prefix="/you-said-we-did")


@blueprint.get("/<slug>/figures/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/figures/")
def listed(slug: str, version: int | None) -> Response:
    """List the parts of a version's figures, or find figures by words."""
    words = request.args.get("q", "")[:MOST_WORDS].strip()
    if not words:
        return served.kept(lambda: _listed(slug, version, ""))
    return served.sent(served.drawn(_listed(slug, version, words)))


@blueprint.get("/<slug>/figures/parts/<name>/", defaults={"version": None})
@blueprint.get("/<slug>/v<int(max=99999):version>/figures/parts/<name>/")
def part(slug: str, version: int | None, name: str) -> Response:
    """Show every figure of one part of a version, each with a page of its own."""
    return served.kept(lambda: _part(slug, version, name))


@blueprint.get("/<slug>/v<int(max=99999):version>/figures/<path:key>")
def one(slug: str, version: int, key: str) -> Response:
    """Show how one number was counted and what it takes the place of."""
    return served.kept(lambda: _one(slug, version, key))


def _listed(slug: str, version: int | None, words: str) -> str:
    document = _document(slug, version)
    parts = figureparts.parts(document)
    found = figureparts.matching(parts, words) if words else ()
    return _page(
        "reports/figures.html",
        document.cover,
        parts=parts,
        all=sum(one.size for one in parts),
        q=words,
        found=len(found),
        lines=found[: figureparts.MOST],
        version_asked=version,
    )


def _part(slug: str, version: int | None, name: str) -> str:
    document = _document(slug, version)
    parts = figureparts.parts(document)
    place = next((at for at, one in enumerate(parts) if one.name == name), None)
    if place is None:
        abort(404)
    return _page(
        "reports/figures_part.html",
        document.cover,
        part=parts[place],
        after=next(iter(parts[place + 1 : place + 2]), None),
        version_asked=version,
    )


def _one(slug: str, version: int, key: str) -> str:
    session = db.session()
    publication = find_publication(session, slug, version) or abort(404)
    figure = _figure(session, publication, key) or abort(404)
    document = from_json(publication.document)
    return _page(
        "reports/figure.html",
        document.cover,
        figure=figure,
        about=figureparts.about_each(document).get(key, ""),
        part=figureparts.part_with(figureparts.parts(document), key),
        base=_figure(session, publication, figure.base_key),
        chain=_chain(session, figure),
    )


def _document(slug: str, version: int | None) -> Document:
    publication = find_publication(db.session(), slug, version) or abort(404)
    return from_json(publication.document)


def _page(template: str, cover: Cover, **more: object) -> str:
    known = {"cover": cover, "demo": cover.is_demo, "date": wording.date, "cell": figures.cell}
    return render_template(template, **known, **more)


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
