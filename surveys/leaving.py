"""Leaving the list of who is told: by the link of any mail, without an account or a code.

Looking at the page changes nothing, because mail programs look at links by themselves. The button
sends the same POST that a mail program sends for one click (RFC 8058): from anywhere, without a
cookie. The token in the address is the whole proof, and all it can do is take its owner off.
"""

import datetime as dt

from flask import Blueprint, request
from flask import Response as HttpResponse
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from engage.throttle import Guard
from surveys import pictures, visits
from surveys.editions import speaking
from surveys.questions import has_pictures
from surveys.services import telling

blueprint = Blueprint("no_more", __name__, url_prefix="/no-more-messages")
blueprint.after_request(visits.never_store)

NOT_FOUND, TOO_MANY = 404, 429
WINDOW = dt.timedelta(minutes=10)
#: As for receipt codes: one address may mistype a lot, and has to slow down while many guess.
wrong_links = Guard(calm=600, tight=40, alarm=1_000, window=WINDOW)
PICTURES = "no letter private take_out done dont_know stop"


@blueprint.after_request
def unlisted(reply: HttpResponse) -> HttpResponse:
    """Keep links that work out of search engines."""
    reply.headers["X-Robots-Tag"] = "noindex"
    return reply


@blueprint.get("/<token>")
def ask(token: str) -> ResponseReturnValue:
    """Ask whether somebody wants no more messages; nothing has changed yet."""
    return _answered(token, "ask", known=telling.by_token(db.session(), token) is not None)


@blueprint.post("/<token>")
def stop(token: str) -> ResponseReturnValue:
    """Take somebody off the list and delete the address."""
    left = telling.leave(db.session(), token, now=utc_now())
    db.session.commit()
    return _answered(token, "done", known=left)


def _answered(token: str, state: str, *, known: bool) -> ResponseReturnValue:
    """Show the page; a link of ours always works, and wrong ones count against guessing.

    A large mail service sends the clicks of all its users from a few addresses, so who holds a
    true link is never kept waiting for others' wrong ones.
    """
    if known:
        return _page(token, state)
    now, source = utc_now(), request.remote_addr or ""
    if not wrong_links.allows(source, now):
        return _page(token, "wait"), TOO_MANY
    wrong_links.count(source, now)
    return _page(token, "unknown"), NOT_FOUND


def _page(token: str, state: str) -> str:
    edition = visits.wanted_edition("standard")
    drawn = pictures.address(PICTURES.split()) if has_pictures(edition) else ""
    return speaking.render("surveys/no_more.html", edition, token=token, state=state, sprite=drawn)
