"""The roof: puts the rooms together into one web application."""

from collections.abc import Callable
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from werkzeug.middleware.proxy_fix import ProxyFix

from engage import (
    access,
    dates,
    errors,
    headers,
    languages,
    refusals,
    resources,
    rooms,
    safeguarding,
    static_files,
)
from engage import (
    settings as environment,
)
from engage.accounts import sign_in
from engage.db import init_app as connect_database
from engage.jobs import queue
from engage.settings import Settings

MEGABYTE = 1_048_576


class Engage(Flask):
    """The application; none of its views and hooks is a coroutine, so none is asked each time."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """Return a view or hook as it is."""
        return func


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application; raise SettingsError with one sentence per mistake."""
    settings = settings or environment.load()
    app = Engage(
        "engage",
        template_folder=str(resources.templates()),
        static_folder=str(resources.static()),
    )
    _configure(app, settings)
    _believe_proxies(app, settings.proxies)
    connect_database(app, settings)
    forged = CSRFProtect(app)
    for blueprint in rooms.OWN_TOKENS:
        forged.exempt(blueprint)
    sign_in.init_app(app)
    access.init_app(app)
    headers.init_app(app, settings)
    static_files.init_app(app)
    errors.init_app(app)
    dates.init_app(app)
    languages.init_app(app)
    _open_rooms(app)
    safeguarding.init_app(app)
    queue.init_app(app, settings)
    refusals.refuse_demo_in_production(app, settings)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    """Set what Flask itself wants to know, and what every page shows."""
    app.extensions["engage_settings"] = settings
    app.config.update(
        SECRET_KEY=settings.secret_key,
        TESTING=settings.mode == "test",
        MAX_CONTENT_LENGTH=MEGABYTE,
        TRUSTED_HOSTS=settings.hosts,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.jinja_env.globals["organisation"] = settings.organisation
    app.jinja_env.globals["settings"] = settings


def _believe_proxies(app: Flask, count: int) -> None:
    """Take visitor, scheme and host from as many proxies as stand in front, and from nobody else.

    Without this all visitors would share the address of the proxy, and with it the limits on
    wrong passwords and wrong receipt codes.
    """
    if count:
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to wrap it
            app.wsgi_app, x_for=count, x_proto=count, x_host=count
        )


def _open_rooms(app: Flask) -> None:
    """Register the views of every room."""
    for blueprint in rooms.BLUEPRINTS:
        app.register_blueprint(blueprint)
