"""Headers that tell a browser to trust nothing but this site, and cookies that stay here."""

import functools
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, has_request_context, request

from engage.access import level_of
from engage.settings import Settings

CONTENT_SECURITY_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; "
    "font-src 'self'; media-src 'self'; connect-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
ONE_YEAR = 31_536_000
#: Pages that may stand inside another website: they hold no form and know nobody.
EMBEDDABLE = frozenset({"parts.embed"})
EMBEDDED = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; "
    "form-action 'none'; frame-ancestors *; base-uri 'none'",
    "Cross-Origin-Resource-Policy": "cross-origin",
}

#: Libraries that look at the session on every request, to know who is signed in.
WATCH_THE_SESSION = frozenset({"flask_login.login_manager", "flask_login.utils", "flask_principal"})


def init_app(app: Flask, settings: Settings) -> None:
    """Set the cookie rules, and put the headers on every response, errors included."""
    _leave_public_pages_alone(app)
    app.config.update(
        SESSION_COOKIE_NAME="engage_session",
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.is_production,
    )

    every = list(HEADERS.items())
    if settings.is_production:
        every.append(("Strict-Transport-Security", f"max-age={ONE_YEAR}"))

    @app.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(every)
        if request.endpoint in EMBEDDABLE:
            response.headers.update(EMBEDDED)
            del response.headers["X-Frame-Options"]
        if level_of(request.endpoint) != "public" or request.blueprint == "security":
            response.headers["Cache-Control"] = "private, no-store"
        return response


def _leave_public_pages_alone(app: Flask) -> None:
    """Let nothing read the session for a public page: it is the same for everybody.

    A page that looked at the session says that it varies by cookie, and then nobody may keep it.
    """
    before, after = app.before_request_funcs, app.after_request_funcs
    before[None] = [_only_for_somebody(hook, lambda: None) for hook in before.get(None, [])]
    after[None] = [_only_for_somebody(hook, _unchanged) for hook in after.get(None, [])]
    known = app.template_context_processors
    known[None] = [_only_for_somebody(hook, dict) for hook in known.get(None, [])]


def _only_for_somebody(hook: Callable[..., Any], otherwise: Callable[..., Any]) -> Any:
    if hook.__module__ not in WATCH_THE_SESSION:
        return hook

    @functools.wraps(hook)
    def asked(*given: Any) -> Any:
        for_all = (
            has_request_context()
            and level_of(request.endpoint) == "public"
            and request.blueprint != "security"
        )
        return otherwise(*given) if for_all else hook(*given)

    return asked


def _unchanged(response: Response) -> Response:
    return response
