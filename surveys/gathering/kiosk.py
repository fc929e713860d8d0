"""Shared screens: a tablet that goes from hand to hand in a session.

The address that makes a browser a shared screen is signed and works while its session is open.
Opening it again is also how the screen becomes ready for the next person.
"""

from flask import Response, current_app, request, url_for
from itsdangerous import BadSignature, URLSafeSerializer

from surveys import visits

IDLE_SECONDS = 120
THANKS_SECONDS = 120
PAGE_SECONDS = 1_800


def address(session_id: str) -> str:
    """Return the address that makes a browser a shared screen of a session."""
    return url_for("doors.shared_screen", token=_signer().dumps(session_id))


def session_of(token: str) -> str:
    """Return the id of the session that such an address names; nothing for a forged one."""
    try:
        return str(_signer().loads(token))
    except BadSignature:
        return ""


def on_page() -> dict[str, object]:
    """Tell the pages of a shared screen when and where they start again."""
    seconds = visits.kiosk_of_page()
    if not seconds:
        return {}
    slug = (request.view_args or {}).get("slug", "")
    return {"kiosk": seconds, "kiosk_to": url_for("doors.next_person", slug=slug)}


def starts_again(reply: Response) -> Response:
    """Let a page of a shared screen give way by itself, also where no script runs.

    The page with somebody's code goes soon. Pages that are written on stay long enough for the
    slowest writer: where scripts run, they ask "Are you still there?" much earlier.
    """
    shared = visits.CAME_COOKIE in request.cookies and visits.kiosk_of_page()
    if shared and reply.location is None and reply.mimetype == "text/html":
        slug = (request.view_args or {}).get("slug", "")
        wait = THANKS_SECONDS if request.endpoint == "respond.thanks" else PAGE_SECONDS
        reply.headers["Refresh"] = f"{wait}; url={url_for('doors.next_person', slug=slug)}"
    return reply


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="shared screen")
