"""Pages that stand on every site, read by anybody on any screen."""

import pytest

from tests.journeys.visitors import Visitor

PAGES = ("/", "/accessibility", "/privacy", "/cookies", "/contact", "/complaints", "/credits")


@pytest.mark.parametrize("path", PAGES)
def test_anybody_can_read_a_standing_page_without_scripts(parent: Visitor, path: str) -> None:
    parent.open(path)
    assert parent.heading


def test_a_keyboard_reaches_the_main_part_first(parent: Visitor) -> None:
    parent.open("/")
    parent.page.keyboard.press("Tab")
    assert parent.page.evaluate("document.activeElement.className") == "skip-link"
    parent.page.keyboard.press("Enter")
    assert parent.page.url.endswith("#main")


def test_an_address_that_does_not_exist_says_so_kindly(young_person: Visitor) -> None:
    response = young_person.page.goto(young_person.home + "/there-is-no-such-page")
    assert response is not None
    assert response.status == 404
    young_person.look()
