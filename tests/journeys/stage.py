"""What every journey stands on: a filled application, a server, and somebody who looks at pages."""

import datetime as dt
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ViewportSize
from sqlalchemy.orm import Session
from werkzeug.serving import make_server

from engage import migrations
from engage.app import create_app
from engage.db import db
from engage.settings import Settings
from tests.journeys import seed
from tests.journeys.visitors import NARROW, Inspector, Visitor, Watch, visitor

DESK = ViewportSize(width=1280, height=900)
PATIENCE = 20_000
"""Milliseconds within which a page of the desk comes on a busy machine."""


def application(data: Path, fill: Callable[[Session, dt.datetime], object]) -> Flask:
    """Return the application on a new database in a folder, filled by a function."""
    app = create_app(Settings(data_dir=data, secret_key=seed.SECRET))
    with app.app_context():
        migrations.upgrade(db.engine)
        with Session(db.engine) as session:
            fill(session, dt.datetime.now(dt.UTC))
            session.commit()
    return app


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Serve an application on a port of its own; yield where it can be reached."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@contextmanager
def inspecting(browser: Browser, home: str, passed: Path) -> Iterator[Inspector]:
    """Yield what looks at every page in the narrowest window, but once at the same page."""
    context = browser.new_context(viewport=ViewportSize(width=NARROW, height=700), bypass_csp=True)
    page = context.new_page()
    yield Inspector(page, Watch(page, home), passed)
    context.close()


class Desk:
    """Signs people in at the desk, each in a browser of their own."""

    def __init__(self, browser: Browser, home: str, inspector: Inspector) -> None:
        self.browser, self.home, self.inspector = browser, home, inspector
        self.contexts: list[BrowserContext] = []

    def sign_in(self, email: str, *, scripts: bool = False, looks: bool = True) -> Visitor:
        """Return somebody who is signed in."""
        context = self.browser.new_context(
            viewport=DESK, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        self.contexts.append(context)
        somebody = visitor(context, self.home, self.inspector, looks=looks)
        somebody.open("/desk/sign-in")
        somebody.page.get_by_label("E-mail address").fill(email)
        somebody.page.get_by_label("Password").fill(seed.PASSWORD)
        somebody.press("Sign in")
        return somebody

    def close(self) -> None:
        """Close every browser that was opened."""
        for context in self.contexts:
            context.close()
