"""A real server, a real browser, and people to use them."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser, BrowserContext, ViewportSize, sync_playwright

from tests.journeys import seed, stage
from tests.journeys.visitors import Inspector, NewVisitor, Visitor, visitor

BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--no-first-run",
)
PHONE = ViewportSize(width=360, height=740)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with its invented consultations, on a database of its own."""
    return stage.application(tmp_path_factory.mktemp("site"), seed.fill)


@pytest.fixture(scope="session")
def home(site: Flask) -> Iterator[str]:
    """Where the site can be reached."""
    with stage.served(site) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    program = next(filter(None, map(shutil.which, BROWSERS)), None)
    if program is None:
        pytest.skip("There is no Chromium: apt-get install chromium.")
    as_root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=[*QUIET, *as_root])
        yield started
        started.close()


@pytest.fixture(scope="session")
def passed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where all test processes of one run note the pages that passed."""
    mine = tmp_path_factory.getbasetemp()
    folder = (mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine) / "passed"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def inspector(browser: Browser, home: str, passed: Path) -> Iterator[Inspector]:
    with stage.inspecting(browser, home, passed) as looking:
        yield looking


@pytest.fixture
def new_visitor(browser: Browser, home: str, inspector: Inspector) -> Iterator[NewVisitor]:
    """Make people who share nothing with each other."""
    contexts: list[BrowserContext] = []

    def make(*, scripts: bool = True, desk: bool = False, looks: bool = True) -> Visitor:
        context = browser.new_context(
            viewport=stage.DESK if desk else PHONE, java_script_enabled=scripts, locale="en-GB"
        )
        context.set_default_timeout(10_000)
        contexts.append(context)
        return visitor(context, home, inspector, looks=looks)

    yield make
    for context in contexts:
        context.close()


@pytest.fixture
def parent(new_visitor: NewVisitor) -> Visitor:
    """A parent on a small phone whose browser runs no scripts."""
    return new_visitor(scripts=False)


@pytest.fixture
def young_person(new_visitor: NewVisitor) -> Visitor:
    """A young person on a small phone."""
    return new_visitor()


@pytest.fixture
def analyst(new_visitor: NewVisitor) -> Visitor:
    """Somebody at a desk, not signed in yet."""
    return new_visitor(desk=True)
