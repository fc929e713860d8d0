"""Serving the pictures of one easy-read page as one file that browsers keep for a year."""

import functools
import gzip

from flask import Blueprint, Response, abort, request

from surveys import pictures

blueprint = Blueprint("pictures", __name__, url_prefix="/pictures")

ONE_YEAR = 31_536_000


@blueprint.get("/<code>.svg")
def sprite(code: str) -> Response:
    """Return the sprite of these pictures; their address changes when the table does."""
    try:
        wanted = pictures.named(code)
    except pictures.PictureError:
        abort(404)
    of_now = request.args.get("v", pictures.edition()) == pictures.edition()
    if not of_now or len(wanted) > pictures.MOST_IN_A_SPRITE:
        abort(404)
    drawn = pictures.sprite(wanted)
    reply = Response(drawn, mimetype="image/svg+xml")
    if request.accept_encodings.quality("gzip"):
        reply = Response(_squeezed(drawn), mimetype="image/svg+xml")
        reply.headers["Content-Encoding"] = "gzip"
    reply.vary.add("Accept-Encoding")
    reply.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    return reply


@functools.lru_cache(maxsize=64)
def _squeezed(drawn: str) -> bytes:
    """Return a third of the bytes: drawings hold no secret, so squeezing them gives none away."""
    return gzip.compress(drawn.encode(), mtime=0)
