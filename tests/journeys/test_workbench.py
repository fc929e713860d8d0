"""An analyst at the workbench: by keyboard alone, and without scripts."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.store import Coding, Reading, Theme
from engage.accounts.services import create_user
from engage.db import db
from tests import factories
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import BUSES, CLUBS, UNREAD, WAITING
from tests.journeys import seed, stage
from tests.journeys.visitors import Inspector, Visitor

THEMES = "/desk/consultations/send-strategy/themes/"


def forty_comments(session: Session, now: dt.datetime) -> None:
    factories.use(session)
    made.answered(session)
    create_user(
        session, email=seed.EMAIL, password=seed.PASSWORD, roles=("analyst",),
        display_name="Analyst", actor="journeys", now=now,
    )  # fmt: skip
    session.flush()
    factories.use(None)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with forty comments and a run made by hand."""
    return stage.application(tmp_path_factory.mktemp("bench"), forty_comments)


@pytest.fixture(scope="module")
def home(bench: Flask) -> Iterator[str]:
    with stage.served(bench) as address:
        yield address


@pytest.fixture(scope="module")
def inspector(browser: Browser, home: str, passed: Path) -> Iterator[Inspector]:
    with stage.inspecting(browser, home, passed) as looking:
        yield looking


@pytest.fixture
def desk(browser: Browser, home: str, inspector: Inspector) -> Iterator[stage.Desk]:
    opened = stage.Desk(browser, home, inspector)
    yield opened
    opened.close()


def key(analyst: Visitor, name: str) -> None:
    """Press one key that leads on, and look at what comes."""
    with analyst.page.expect_navigation():
        analyst.page.keyboard.press(name)
    analyst.look()


def readings(bench: Flask) -> int:
    with bench.app_context(), Session(db.engine) as session:
        return len(session.scalars(select(Reading)).all())


def themes(bench: Flask) -> dict[str, str]:
    with bench.app_context(), Session(db.engine) as session:
        found = session.scalars(select(Theme).where(Theme.retired_at.is_(None)))
        return {theme.name: theme.id for theme in found}


def read_by_key(bench: Flask, analyst: Visitor) -> None:
    analyst.open(f"{THEMES}read")
    assert analyst.page.evaluate("document.activeElement.id") == "panel"
    start = analyst.path
    before = readings(bench)
    key(analyst, "a")
    assert readings(bench) == before + 1
    assert analyst.path != start
    key(analyst, "u")
    assert readings(bench) == before
    assert analyst.path == start, "taking back leads to the comment it was about"
    key(analyst, "x")
    key(analyst, "n")
    key(analyst, "p")
    analyst.type("m")
    analyst.page.keyboard.type(CLUBS.name[:8])
    analyst.tab_to("button[value=move]")
    moved = analyst.path.split("/")[-2]
    analyst.enter()
    with bench.app_context(), Session(db.engine) as session:
        rows = session.scalars(select(Coding.theme_id).where(Coding.response_id == moved)).all()
        assert rows == [themes(bench)[CLUBS.name]]


def keys_act_only_in_the_panel_and_can_be_turned_off(analyst: Visitor) -> None:
    analyst.open(f"{THEMES}read")
    there = analyst.page.url
    analyst.page.locator(".bench-nav a").first.focus()
    analyst.type("a")
    analyst.tab_to("#panel select")
    analyst.type("a")
    analyst.press("Turn single keys off")
    analyst.page.locator("#panel").focus()
    analyst.type("a")
    assert analyst.page.url.partition("?")[0] == there.partition("?")[0]
    analyst.press("Turn single keys on")


def any_theme_is_found_by_its_first_letters(bench: Flask, analyst: Visitor) -> None:
    analyst.open(f"{THEMES}read")
    box = analyst.page.locator(f"#theme-{themes(bench)[CLUBS.name]}")
    while box.is_checked():  # to a comment that is not about it
        key(analyst, "n")
    analyst.type("t")
    assert analyst.page.evaluate("document.activeElement.id") == "find-theme"
    analyst.page.keyboard.type(CLUBS.name.split()[0][:4].lower())
    analyst.type("Enter")
    assert box.is_checked()
    assert box.evaluate("box => document.activeElement === box"), "single keys act again"
    analyst.page.once("dialog", lambda asks: asks.dismiss())
    with analyst.page.expect_event("dialog") as asked:
        analyst.type("n")
    assert asked.value.type == "beforeunload", "what is ticked and not saved is not lost unasked"
    said = analyst.path.split("/")[-2]
    assert box.is_checked()
    key(analyst, "a")
    with bench.app_context(), Session(db.engine) as session:
        rows = session.scalars(select(Coding.theme_id).where(Coding.response_id == said)).all()
        assert themes(bench)[CLUBS.name] in rows


def merge_by_key(bench: Flask, analyst: Visitor) -> None:
    analyst.open(THEMES + themes(bench)[WAITING.name])
    analyst.tab_to("#other")
    analyst.page.keyboard.type(BUSES.name[:9])
    analyst.tab_to("form[action$=merge] button")
    analyst.enter()
    assert analyst.heading.startswith("Join")
    analyst.tab_to("button[name=confirmed]")
    analyst.enter()
    assert BUSES.name not in themes(bench)


def split_by_key(bench: Flask, analyst: Visitor) -> None:
    analyst.open(f"{THEMES}{themes(bench)[UNREAD.name]}/split")
    analyst.tab_to("#name")
    analyst.page.keyboard.type("After meetings")
    analyst.tab_to("#easy_name")
    analyst.page.keyboard.type("After")
    analyst.tab_to("input[name=clause]")
    analyst.type("Space")
    for _ in ("why", "easy name"):
        analyst.type("Shift+Tab")
    analyst.enter()
    analyst.tab_to("button[name=confirmed]")
    analyst.enter()
    assert "After meetings" in themes(bench)


def take_back_by_key(bench: Flask, analyst: Visitor) -> None:
    for verb, name, there in (
        ("split", "After meetings", False),
        ("Joined another theme", BUSES.name, True),
    ):
        analyst.open(f"{THEMES}trail")
        analyst.tab_to(f".trail li:has(strong:text('{verb}')) button")
        analyst.enter()
        assert (name in themes(bench)) is there


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_analyst_reads_moves_joins_splits_and_takes_back_by_keyboard_alone(
    bench: Flask, desk: stage.Desk
) -> None:
    analyst = desk.sign_in(seed.EMAIL, scripts=True)
    read_by_key(bench, analyst)
    any_theme_is_found_by_its_first_letters(bench, analyst)
    keys_act_only_in_the_panel_and_can_be_turned_off(analyst)
    merge_by_key(bench, analyst)
    split_by_key(bench, analyst)
    take_back_by_key(bench, analyst)


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_analyst_needs_no_script(bench: Flask, desk: stage.Desk) -> None:
    analyst = desk.sign_in(seed.EMAIL)
    before = readings(bench)
    analyst.open(f"{THEMES}read")
    analyst.press("a Save and read the next one")
    analyst.page.locator("#to").select_option(label=CLUBS.name)
    analyst.press("Move it there")
    assert readings(bench) == before + 2
    analyst.press("u Take it back")
    assert readings(bench) == before + 1
    analyst.open(THEMES + themes(bench)[CLUBS.name])
    analyst.page.locator("#other").select_option(label=UNREAD.name)
    analyst.press("Show what joining changes")
    analyst.press("Do it")
    assert UNREAD.name not in themes(bench)
    analyst.follow("Trail")
    analyst.click(analyst.page.locator(".trail button").first)
    for page in ("", "find?words=taxi", "map", "frame", "trail"):
        analyst.open(THEMES + page)
    analyst.open(THEMES + themes(bench)[WAITING.name])
    analyst.follow("See all its comments")
