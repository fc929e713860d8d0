"""Somebody who is not alone at the screen leaves at once, for a page that says nothing."""

import pytest
from playwright.sync_api import Page, Route

from surveys.presenting import LEAVE_TO
from tests.journeys.visitors import NewVisitor, Visitor

FINGER = 44
YES = "main button[name=answer][value=yes]"
LEAVE = "a.leave"


def elsewhere(page: Page) -> list[dict[str, str]]:
    """Stand in for the page that the link leads to; return the headers it was asked with."""
    asked: list[dict[str, str]] = []

    def answer(route: Route) -> None:
        asked.append(route.request.all_headers())
        route.fulfill(content_type="text/html", body="<title>Weather</title>Sunny")

    page.route(f"{LEAVE_TO}**", answer)
    return asked


def has_way_out(visitor: Visitor) -> None:
    """Check that the way out is in sight at once, large enough, and comes first by keyboard."""
    link = visitor.page.locator(LEAVE)
    assert link.inner_text() == "Leave this page now"
    box, size = link.bounding_box(), visitor.page.viewport_size
    assert box is not None
    assert size is not None
    assert box["height"] >= FINGER
    assert box["y"] + box["height"] < size["height"] / 2
    visitor.page.keyboard.press("Tab")  # to "skip to main content"
    visitor.page.keyboard.press("Tab")
    assert link.evaluate("element => element === document.activeElement")


@pytest.mark.parametrize("edition", ["standard", "easy"])
@pytest.mark.parametrize("scripts", [True, False])
def test_a_young_person_can_leave_every_page_in_one_press(
    new_visitor: NewVisitor, edition: str, scripts: bool
) -> None:
    visitor = new_visitor(scripts=scripts)
    visitor.open(f"/s/young-people/?edition={edition}")
    has_way_out(visitor)
    visitor.click(visitor.page.locator(YES))
    for path in ("q/safe", "check", "help-now"):
        visitor.open(f"/s/young-people/{path}")
        has_way_out(visitor)
    asked = elsewhere(visitor.page)
    with visitor.page.expect_navigation():
        visitor.page.keyboard.press("Enter")
    assert visitor.page.url.startswith(LEAVE_TO)
    assert [headers.get("referer") for headers in asked] == [None]


def test_parents_have_the_way_out_where_help_is_offered(parent: Visitor) -> None:
    parent.open("/s/parent-carers/")
    assert parent.page.locator(LEAVE).count() == 0
    parent.open("/s/parent-carers/help-now")
    has_way_out(parent)
