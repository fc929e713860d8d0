"""Serving the style sheet and the like: once to each browser, in few bytes."""

import functools
import gzip
import hashlib
from pathlib import Path

from flask import Flask, Response, request, url_for

from engage import resources

ONE_YEAR = 31_536_000
SQUEEZED = {"text/css", "image/svg+xml", "text/javascript"}


def init_app(app: Flask) -> None:
    """Give templates addresses that change with the file, so that browsers may keep it."""
    app.jinja_env.globals["static_file"] = address

    @app.after_request
    def keep_and_squeeze(response: Response) -> Response:
        if request.endpoint == "static" and response.status_code == 200:  # noqa: PLR2004
            _serve(response)
        return response


def address(name: str) -> str:
    """Return where a static file is, with a mark of its content."""
    return url_for("static", filename=name, v=_mark(resources.static() / name))


def _serve(response: Response) -> None:
    """Let a marked address be kept for a year, and send text compressed where that is read."""
    if request.args.get("v"):
        response.headers["Cache-Control"] = f"public, max-age={ONE_YEAR}, immutable"
    if response.mimetype not in SQUEEZED:
        return
    response.vary.add("Accept-Encoding")
    if request.accept_encodings.quality("gzip"):
        response.direct_passthrough = False
        response.set_data(_squeezed(response.get_data()))
        response.headers["Content-Encoding"] = "gzip"


@functools.lru_cache(maxsize=32)
def _squeezed(content: bytes) -> bytes:
    """Compress a file that holds no secret, so that its size can give none away."""
    return gzip.compress(content, mtime=0)


@functools.cache
def _mark(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:12]
