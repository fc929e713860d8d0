"""Pages for when something is not as it should be: what happened and what to do, in plain words."""

import dataclasses
import logging

from flask import Flask, Response, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

log = logging.getLogger(__name__)


@dataclasses.dataclass(frozen=True)
class Explanation:
    """What a page about an error says: the heading, then one sentence a line."""

    heading: str
    lines: tuple[str, ...]


EXPLANATIONS = {
    400: Explanation(
        "We could not read what was sent",
        ("Go back to the page before this one and try again.",),
    ),
    403: Explanation(
        "You cannot open this page",
        (
            "Your account does not cover this page.",
            "If you need it for your work, ask your administrator.",
        ),
    ),
    404: Explanation(
        "Page not found",
        (
            "If you typed the address, check it is right.",
            "If you followed a link, it may be out of date.",
        ),
    ),
    405: Explanation(
        "This page does not work that way",
        ("Go to the start page and find your way from there.",),
    ),
    413: Explanation(
        "That was too much to send",
        ("Make your answer or your file shorter, then send it again.",),
    ),
    500: Explanation(
        "Sorry, there is a problem with this service",
        (
            "Answers you have already saved are still saved.",
            "Try again in a few minutes.",
        ),
    ),
}
FORM_TOO_OLD = Explanation(
    "This page has been open too long",
    (
        "To keep you safe, a page stops working when your visit has ended or cookies are off.",
        "Go back, load the page again, and then send your answer.",
        "Answers you have already saved are still saved.",
    ),
)
NUL = "\0"
WRITTEN_NUL = b"%00"
WRONG_HOST = "This website does not go by the name that was asked for. You find it at"


def init_app(app: Flask) -> None:
    """Answer every error with a page of our own."""
    app.before_request(_refuse_nul)
    app.register_error_handler(DataError, _unreadable)
    app.register_error_handler(CSRFError, _too_old)
    app.register_error_handler(SecurityError, _wrong_host)
    app.register_error_handler(HTTPException, _explain)
    app.register_error_handler(InternalServerError, _explain)


def _refuse_nul() -> None:
    """Answer an address with a sign that no text can hold before a database stumbles over it."""
    if NUL in request.path:
        abort(404)
    if WRITTEN_NUL in request.query_string:
        abort(400)


def _unreadable(error: DataError) -> ResponseReturnValue:
    """Answer values that no column can hold, such as a NUL in a form: bad input, not our fault."""
    log.warning("A value was refused by the database: %s", type(error.orig).__name__)
    return _page(EXPLANATIONS[400]), 400


def _too_old(_error: CSRFError) -> ResponseReturnValue:
    return _page(FORM_TOO_OLD), 400


def _wrong_host(_error: SecurityError) -> ResponseReturnValue:
    """Answer in plain text: on a host that is not ours no address of ours can be made."""
    words = f"{WRONG_HOST} {current_app.extensions['engage_settings'].public_url}/\n"
    return Response(words, SecurityError.code, mimetype="text/plain")


def _explain(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None or error.code is None:
        return error
    kind = 500 if error.code >= InternalServerError.code else 400
    return _page(EXPLANATIONS.get(error.code, EXPLANATIONS[kind])), error.code


def _page(explanation: Explanation) -> str:
    settings = current_app.extensions["engage_settings"]
    return render_template("errors/error.html", explanation=explanation, settings=settings)
