"""Attached recordings, handed out in parts, so that a phone can begin before all has come."""

import re
from collections.abc import Iterator

from flask import Blueprint, Response, abort, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engage.db import db
from engage.orm import utc_now
from surveys.editions import media
from surveys.editions.media import Medium, Shelf
from surveys.questions import Edition

blueprint = Blueprint("media", __name__, url_prefix="/s")
ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)")
KEPT = "public, max-age=31536000, immutable"  # a new recording has a new address
PART_OF_IT = 206
NOT_THERE = 416


@blueprint.get("/<slug>/media/<medium_id>")
def medium(slug: str, medium_id: str) -> ResponseReturnValue:
    """Hand out a recording, or the part of it that a player asks for."""
    size, media_type = media.size_and_type(db.session(), slug, medium_id) or abort(404)
    wanted = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if wanted is None or wanted[0] == "bytes=-":
        reply = Response(_in_chunks(medium_id, size), mimetype=media_type)
        reply.content_length = size
    else:
        reply = _part(medium_id, size, media_type, wanted[1], wanted[2])
    reply.headers["Accept-Ranges"] = "bytes"
    reply.headers["Cache-Control"] = KEPT
    return reply


@blueprint.app_template_global()
def media_at(slug: str, place: str, edition: Edition) -> tuple[Medium, ...]:
    """Return the recordings that stand beside the words of a place in an edition."""
    return shelf().beside(db.session, slug, place, edition, utc_now())


def shelf() -> Shelf:
    """Return what this application remembers of the recordings there are."""
    found: Shelf = current_app.extensions.setdefault("engage_media", Shelf())
    return found


def _part(medium_id: str, size: int, media_type: str, first: str, last: str) -> Response:
    """Return one part; a player that asks for everything gets the beginning and asks again."""
    start = int(first) if first else max(size - int(last), 0)
    end = min(int(last) if first and last else size - 1, size - 1, start + media.CHUNK - 1)
    if end < start:
        return Response(
            status=NOT_THERE, mimetype="text/plain", headers={"Content-Range": f"bytes */{size}"}
        )
    content = media.part(db.session(), medium_id, start, end - start + 1)
    reply = Response(content, PART_OF_IT, mimetype=media_type)
    reply.headers["Content-Range"] = f"bytes {start}-{end}/{size}"
    return reply


def _in_chunks(medium_id: str, size: int) -> Iterator[bytes]:
    """Read a recording piece by piece, in a session of its own while the reply is sent."""
    engine = db.engine

    def pieces() -> Iterator[bytes]:
        with Session(engine) as session:
            for start in range(0, size, media.CHUNK):
                yield media.part(session, medium_id, start, media.CHUNK)

    return pieces()
