"""Each questionnaire from start to receipt: without scripts, by keyboard, through a tunnel."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Error
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from engage.db import db
from surveys.models import Answer, Response, Survey, SurveyVersion
from tests.journeys.answers import answer, answer_by_keyboard
from tests.journeys.seed import AUDIENCES
from tests.journeys.visitors import MANY_PAGES, NewVisitor, Visitor

SURVEYS = tuple(audience.replace("_", "-") for audience in AUDIENCES)
RECEIPT = re.compile(r"BEE-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z*~$=]")
CONTINUE = "main form[action*='/q/'] button:not([name], [formaction], [tabindex])"
SEND = "main form[action$='/check'] button:not([formaction])"
YES = "main button[name=answer][value=yes]"

Go = Callable[[Visitor, str], None]


def press(visitor: Visitor, selector: str) -> None:
    """Press the button with a finger."""
    visitor.click(visitor.page.locator(selector).first)


def press_by_keyboard(visitor: Visitor, selector: str) -> None:
    visitor.tab_to(selector)
    visitor.enter()


def words_of(number: int) -> str:
    return f"Page {number}: somebody who rings back."


def past_help(visitor: Visitor, go: Go) -> None:
    """Go on from help lines after an unhappy answer, and say that a grown-up is there."""
    if visitor.path.endswith("/help-now"):
        go(visitor, "main a[href*='/q/'], main a[href*='/check']")
    if visitor.path.endswith("/grown-up"):
        go(visitor, YES)


def answer_everything(
    visitor: Visitor, fill: Callable[[Visitor, str], bool], go: Go, until: int = MANY_PAGES
) -> int:
    """Answer page after page; return how many questions were answered."""
    answered = 0
    for number in range(until):
        if "/q/" not in visitor.path:
            break
        before = visitor.path
        answered += fill(visitor, words_of(number))
        go(visitor, CONTINUE)
        assert visitor.path != before, visitor.said
        past_help(visitor, go)
    return answered


def newest(site: Flask, slug: str) -> tuple[int, int]:
    """Return how many responses a survey was sent, and how many questions the newest answered."""
    with site.app_context(), Session(db.engine) as session:
        sent = (
            select(Response.id)
            .join(SurveyVersion)
            .join(Survey)
            .where(Survey.slug == slug, Response.submitted_at.is_not(None))
            .order_by(Response.submitted_at.desc())
        )
        ids = list(session.scalars(sent))
        asked = func.count(Answer.question.distinct())
        counted = session.scalar(select(asked).where(Answer.response_id == ids[0])) if ids else 0
        return len(ids), counted or 0


def send(visitor: Visitor, go: Go) -> None:
    """Send the answers, go past the questions about equality, and see the receipt."""
    assert visitor.path.endswith("/check")
    go(visitor, SEND)
    if "/about-you" in visitor.path:
        go(visitor, "main button[value=no]")
    assert visitor.path.endswith("/thanks")
    assert RECEIPT.search(visitor.said)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(  # the usual run sees the pages of the others in test_answering
    "slug", [SURVEYS[2], *(pytest.param(slug, marks=pytest.mark.full) for slug in SURVEYS[:2])]
)
def test_a_whole_survey_is_answered_without_scripts(
    new_visitor: NewVisitor, site: Flask, slug: str
) -> None:
    before, _ = newest(site, slug)
    visitor = new_visitor(scripts=False)
    visitor.open(f"/s/{slug}/")
    press(visitor, YES)
    answered = answer_everything(visitor, answer, press)
    send(visitor, press)
    assert newest(site, slug) == (before + 1, answered)


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "slug", [SURVEYS[0], *(pytest.param(slug, marks=pytest.mark.full) for slug in SURVEYS[1:])]
)
def test_a_whole_survey_is_answered_by_keyboard_alone(
    new_visitor: NewVisitor, site: Flask, slug: str
) -> None:
    before, _ = newest(site, slug)
    visitor = new_visitor(looks=False)
    visitor.open(f"/s/{slug}/")
    press_by_keyboard(visitor, YES)
    answered = answer_everything(visitor, answer_by_keyboard, press_by_keyboard)
    send(visitor, press_by_keyboard)
    assert newest(site, slug) == (before + 1, answered)


def cut_off(visitor: Visitor, number: int) -> None:
    """Lose the connection while a page is sent, and load it again when the tunnel ends."""
    answer(visitor, words_of(number))
    visitor.page.context.set_offline(True)
    with pytest.raises(Error), visitor.page.expect_navigation(timeout=3_000):
        visitor.page.locator(CONTINUE).first.click()
    visitor.page.context.set_offline(False)
    visitor.page.reload()
    visitor.look()


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "slug", [SURVEYS[2], *(pytest.param(slug, marks=pytest.mark.full) for slug in SURVEYS[:2])]
)
def test_a_connection_that_is_cut_in_the_middle_loses_nothing(
    new_visitor: NewVisitor, site: Flask, slug: str
) -> None:
    before, _ = newest(site, slug)
    visitor = new_visitor(looks=False)
    visitor.open(f"/s/{slug}/")
    press(visitor, YES)
    answered = answer_everything(visitor, answer, press, until=6)
    cut_off(visitor, number=6)
    answered += 1 + answer_everything(visitor, answer, press)
    send(visitor, press)
    assert newest(site, slug) == (before + 1, answered)
