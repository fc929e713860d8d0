"""The optional script: it reads aloud, offers lost words back and empties a shared screen."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from engage import resources

SCRIPT = resources.static() / "js" / "answering.js"
LARGEST = 5_000
VOICES = """
    window.said = [];
    window.SpeechSynthesisUtterance = function (text) { this.text = text; };
    const voices = %s;
    Object.defineProperty(window, "speechSynthesis", { value: {
        getVoices: () => voices,
        addEventListener: () => {},
        cancel: () => { window.now = null; },
        speak: one => {
            window.said.push(one.text);
            window.voiceUsed = one.voice.name;
            window.now = one;
        },
    } });
"""
ENGLISH = {"name": "Here", "lang": "en-GB", "localService": True}
FAR = {"name": "Far away", "lang": "en-GB", "localService": False}
AMERICAN = {"name": "American", "lang": "en-US", "localService": True}
POLISH = {"name": "Polish", "lang": "pl-PL", "localService": True}

Open = Callable[..., Page]


def html(path: str, body: str, lang: str, main: str, value: str) -> str:
    asked = f"""<form method="post" action="{path}"><p class="quiet">Question 1 of 3</p>
        <h1><label for="answer">What works well? Tell us more!</label></h1>
        <div class="field"><textarea id="answer" name="answer">{value}</textarea></div>
        <button>Continue</button></form>"""
    return f"""<!DOCTYPE html><html lang="{lang}"><title>A page</title>
        <script defer src="/static/js/answering.js" data-listen="Listen" data-stop="Stop"
            data-found="You wrote something." data-put-back="Put back" data-leave-out="Leave out"
            data-own-device="My own device" data-still="Are you there?"
            data-here="I am here"></script>
        <body {body}><main>{main or asked}</main></body></html>"""


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(locale="en-GB")
    made.set_default_timeout(5_000)
    yield made
    made.close()


@pytest.fixture
def open_page(context: BrowserContext) -> Open:
    """Open a page of an imagined survey, with these attributes and these voices on the device."""
    page = context.new_page()
    shown = {"body": "", "lang": "en-GB", "main": "", "value": ""}

    def serve(route: Route) -> None:
        if route.request.url.endswith(".js"):
            route.fulfill(path=SCRIPT, content_type="text/javascript")
        elif shown.get("cut"):
            route.abort()
        else:
            path = route.request.url.removeprefix("http://survey.test")
            told = {name: shown[name] for name in ("body", "lang", "main", "value")}
            route.fulfill(body=html(path, **told), content_type="text/html; charset=utf-8")

    context.route("http://survey.test/**", serve)

    def load(
        path: str = "/s/tiny/q/words", *, voices: list[object] | None = None, **told: str
    ) -> Page:
        shown.update({"value": "", "main": "", "cut": "", **told})
        if voices is not None:
            page.add_init_script(VOICES % json.dumps(voices))
        if told.get("cut"):
            return page
        page.goto(f"http://survey.test{path}")
        return page

    return load


def test_the_script_is_small() -> None:
    assert Path(SCRIPT).stat().st_size <= LARGEST


# --- Reading aloud ----------------------------------------------------------------------------

READING = "data-read-aloud data-keep=off"
LINES = """<h1>Hello</h1>
    <div class="easy-line"><svg></svg><p>We ask you. You can say no.</p></div>
    <div class="easy-line"><svg></svg><p>You can stop.</p></div>"""


def finish_sentence(page: Page) -> None:
    page.evaluate("window.now.onend()")


def test_nothing_is_read_before_somebody_asks(open_page: Open) -> None:
    page = open_page(body=READING, voices=[ENGLISH])
    assert page.evaluate("window.said") == []
    assert page.get_by_role("button", name="Listen").count() == 1


@pytest.mark.parametrize("voices", [[], [FAR], [POLISH]])
def test_without_a_voice_of_this_device_and_language_there_is_no_button(
    open_page: Open, voices: list[object]
) -> None:
    page = open_page(body=READING, voices=voices)
    assert page.get_by_role("button", name="Listen").count() == 0


def test_a_browser_that_cannot_speak_shows_no_button(
    open_page: Open, context: BrowserContext
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'speechSynthesis', { value: undefined })"
    )
    page = open_page(body=READING)
    assert page.get_by_role("button", name="Listen").count() == 0


def test_a_page_is_read_sentence_by_sentence_in_the_best_voice(open_page: Open) -> None:
    page = open_page(body=READING, voices=[FAR, AMERICAN, ENGLISH])
    page.get_by_role("button", name="Listen").click()
    assert page.evaluate("window.said") == ["Question 1 of 3"]
    finish_sentence(page)
    finish_sentence(page)
    assert page.evaluate("window.said") == ["Question 1 of 3", "What works well?", "Tell us more!"]
    assert page.evaluate("window.voiceUsed") == "Here"
    assert page.get_by_role("button", name="Stop").count() == 1
    finish_sentence(page)
    assert page.get_by_role("button", name="Stop").count() == 0


def test_a_page_in_polish_is_read_by_a_polish_voice(open_page: Open) -> None:
    page = open_page(body=READING, lang="pl", voices=[ENGLISH, POLISH])
    page.get_by_role("button", name="Listen").click()
    assert page.evaluate("window.voiceUsed") == "Polish"


def test_every_easy_read_line_has_its_own_button(open_page: Open) -> None:
    page = open_page(body=READING, main=LINES, voices=[ENGLISH])
    buttons = page.locator(".easy-line button")
    assert buttons.count() == 2
    assert (
        page.locator(".easy-line")
        .nth(1)
        .get_by_role("button")
        .evaluate(
            "one => document.getElementById(one.getAttribute('aria-describedby')).textContent"
        )
        == "You can stop."
    )
    buttons.nth(0).click()
    assert page.evaluate("window.said") == ["We ask you."]
    buttons.nth(1).click()
    assert page.evaluate("window.said") == ["We ask you.", "You can stop."]
    assert page.get_by_role("button", name="Stop").count() == 1


def test_pressing_again_stops(open_page: Open) -> None:
    page = open_page(body=READING, main=LINES, voices=[ENGLISH])
    page.locator(".easy-line button").first.click()
    page.get_by_role("button", name="Stop").click()
    assert page.evaluate("window.now") is None
    assert page.get_by_role("button", name="Stop").count() == 0


# --- Words that were not sent -----------------------------------------------------------------

KEEPING, ASKING, NEVER = "data-keep=on", "data-keep=ask", "data-keep=off"


def kept(page: Page) -> list[str]:
    found: list[str] = page.evaluate("Object.keys(localStorage)")
    return found


def test_words_that_were_not_sent_are_offered_back(open_page: Open) -> None:
    page = open_page(body=KEEPING)
    page.get_by_role("textbox").fill("The bus")
    page = open_page(body=KEEPING)
    expect(page.get_by_role("textbox")).to_have_value("")
    page.get_by_role("button", name="Put back").click()
    expect(page.get_by_role("textbox")).to_have_value("The bus")
    expect(page.get_by_role("textbox")).to_be_focused()
    assert page.get_by_text("You wrote something.").count() == 0


def test_words_can_be_left_out(open_page: Open) -> None:
    page = open_page(body=KEEPING)
    page.get_by_role("textbox").fill("The bus")
    page = open_page(body=KEEPING)
    page.get_by_role("button", name="Leave out").click()
    page = open_page(body=KEEPING)
    assert page.get_by_role("button", name="Put back").count() == 0


def test_words_survive_a_lost_connection_and_are_forgotten_when_they_arrived(
    open_page: Open,
) -> None:
    page = open_page(body=KEEPING)
    page.get_by_role("textbox").fill("The bus")
    open_page(body=KEEPING, cut="yes")
    with page.expect_event("requestfailed"):
        page.get_by_role("button", name="Continue").click()
    page.wait_for_url("chrome-error://**")
    page = open_page(body=KEEPING)
    assert page.get_by_role("button", name="Put back").count() == 1
    page.get_by_role("button", name="Put back").click()
    open_page(body=KEEPING, value="The bus", cut="")
    page.get_by_role("textbox").fill("The bus, again")
    page.locator("form").evaluate("form => form.action = '/s/tiny/q/next'")
    page.get_by_role("button", name="Continue").click()
    page.wait_for_url("**/q/next")
    assert [key for key in kept(page) if "words" in key] == []


def test_nothing_is_offered_when_the_answer_was_saved(open_page: Open) -> None:
    page = open_page(body=KEEPING)
    page.get_by_role("textbox").fill("The bus")
    page = open_page(body=KEEPING, value="The bus")
    assert page.get_by_role("button", name="Put back").count() == 0


def test_nothing_is_kept_where_it_must_not_be(open_page: Open) -> None:
    for body in (NEVER, ASKING):
        page = open_page(body=body)
        page.get_by_role("textbox").fill("The bus")
        assert kept(page) == []


def test_the_owner_of_a_device_may_choose_to_keep_words(open_page: Open) -> None:
    page = open_page(body=ASKING)
    page.get_by_role("textbox").fill("The bus")
    page.get_by_role("checkbox", name="My own device").check()
    page = open_page(body=ASKING)
    expect(page.get_by_role("checkbox", name="My own device")).to_be_checked()
    assert page.get_by_role("button", name="Put back").count() == 1
    page.get_by_role("checkbox", name="My own device").uncheck()
    assert kept(page) == []


@pytest.mark.parametrize("last", ["thanks", "no-thanks", "about-you/"])
def test_everything_is_forgotten_at_the_end(open_page: Open, last: str) -> None:
    page = open_page(body=ASKING)
    page.get_by_role("checkbox", name="My own device").check()
    page.get_by_role("textbox").fill("The bus")
    assert kept(page)
    page = open_page(f"/s/tiny/{last}", body=NEVER, main="<h1>Thank you</h1>")
    assert kept(page) == []


# --- A shared screen --------------------------------------------------------------------------


def test_a_shared_screen_warns_and_then_starts_again(
    open_page: Open, context: BrowserContext
) -> None:
    context.clock.install()
    page = open_page(body="data-keep=off data-kiosk=60 data-kiosk-to=/kiosk/tiny")
    page.clock.run_for(61_000)
    assert page.get_by_role("alert").inner_text().startswith("Are you there?")
    page.get_by_role("button", name="I am here").click()
    assert page.get_by_role("alert").count() == 0
    page.clock.run_for(61_000)
    page.clock.run_for(21_000)
    page.wait_for_url("**/kiosk/tiny")


def test_somebody_who_writes_is_not_interrupted(open_page: Open, context: BrowserContext) -> None:
    context.clock.install()
    page = open_page(body="data-keep=off data-kiosk=60 data-kiosk-to=/kiosk/tiny")
    for _ in range(3):
        page.clock.run_for(40_000)
        page.get_by_role("textbox").press("a")
    assert page.get_by_role("alert").count() == 0
