"""Whatever page somebody opens in a visit is in the edition they read; how to change that."""

from typing import Any

import pytest
from flask import Flask
from sqlalchemy.orm import Session

from engage.consultations import Consultation
from surveys import services, tell_me
from surveys.models import Survey
from tests.integration.surveys.walker import Page, Walker
from tests.pages import CheckedClient

PAGES = ("", "q/moved", "check", "later", "editions", "help-now", "privacy", "come-back",
         "no-thanks", "not-alone")  # fmt: skip
AFTER = ("", "thanks", "editions", "help-now", "privacy", "come-back", "no-thanks", "not-alone")


def is_easy(page: Page) -> bool:
    return page.html.select_one("body.easy") is not None


@pytest.mark.parametrize("edition", ["easy", "plain"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_opened_without_naming_an_edition_is_in_that_of_the_visit(
    walker: Walker, path: str, edition: str
) -> None:
    walker.says_yes(edition)
    page = walker.get(path)
    assert page.status == 200
    assert is_easy(page)
    assert bool(page.html.select("main svg")) == (edition == "easy") or not path


@pytest.mark.parametrize("path", AFTER)
def test_after_sending_too(walker: Walker, path: str) -> None:
    walker.says_yes("easy")
    walker.sends()
    page = walker.get(path)
    assert page.status == 200
    assert is_easy(page)


@pytest.mark.parametrize("path", ["help-now", "privacy", "come-back", "no-thanks"])
def test_an_edition_that_the_address_names_comes_first(walker: Walker, path: str) -> None:
    walker.says_yes("easy")
    assert not is_easy(walker.get(f"{path}?edition=standard"))


def test_a_wrong_code_to_come_back_is_explained_in_the_edition_of_the_visit(walker: Walker) -> None:
    walker.says_yes("easy")
    walker.get("come-back")
    page = walker.post("come-back", code="COME-0000-0000-0")
    assert page.status == 422
    assert is_easy(page)


def test_a_form_whose_token_is_lost_is_answered_in_the_edition_of_the_visit(
    walker: Walker,
) -> None:
    walker.says_yes("easy")
    reply = walker.client.post("/s/tiny/q/word", data={"token": "", "answer": "Sunny"})
    assert is_easy(Page(reply))


def pressed(walker: Walker, words: str) -> str:
    """Return which edition a button of the last question page asks for."""
    page = walker.get("q/moved")
    button = next(one for one in page.html.select("main button") if words in one.get_text())
    return str(button.get("value", button.get("formaction", "")))


def test_the_quick_switch_says_what_it_does(walker: Walker) -> None:
    walker.says_yes()
    assert pressed(walker, "Change to easy read") == "easy"
    walker.post("edition", at="moved", edition="easy")
    assert pressed(walker, "Change to long words") == "standard"
    assert pressed(walker, "More ways to read this") == "/s/tiny/editions"
    walker.post("edition", at="moved", edition="plain")
    assert pressed(walker, "Change to pictures") == "easy"


def test_easy_words_without_pictures_are_two_presses_away(walker: Walker) -> None:
    walker.says_yes("easy")
    offers = walker.post("editions", page="moved", answer="yes")
    named = {str(one["value"]): one.get_text(strip=True) for one in offers.html.select("ul button")}
    assert named["plain"] == "Easy words without pictures"
    assert named["standard"] == "Standard English"
    page = walker.post("edition", page="moved", answer="yes", edition="plain")
    assert is_easy(page)
    assert page.html.select("main svg") == []
    assert page.chosen() == ["yes"]


@pytest.mark.parametrize("edition", ["standard", "easy"])
@pytest.mark.parametrize("audience", ["parent_carer", "young_person"])
def test_the_page_to_be_told_on_reads_aloud_and_has_a_way_out_for_young_people(
    app: Flask,
    client: CheckedClient,
    session: Session,
    plan: Consultation,
    source: dict[str, Any],
    now: Any,
    edition: Any,
    audience: str,
) -> None:
    made = {**source, "audience": audience, "contact": True}
    survey: Survey = services.import_survey(session, plan, made, "told", actor="o", now=now)
    services.open_survey(session, survey, actor="o", now=now, production=False)
    session.commit()
    with app.test_request_context():
        note = tell_me.note("told", edition)
    page = Page(client.get(f"/tell-me/?note={note}"))
    script = page.html.select_one("head script[src]")
    assert script is not None
    assert "answering.js" in str(script["src"])
    assert page.html.body is not None
    assert page.html.body.has_attr("data-read-aloud")
    assert page.html.body["data-keep"] == "off"
    way_out = page.html.select_one("a.leave")
    assert (way_out is not None) == (audience == "young_person")
    if way_out is not None:
        assert bool(way_out.select("svg")) == (edition == "easy")
