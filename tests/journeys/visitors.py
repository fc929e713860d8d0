"""People in front of a screen: what they open, choose, press and see, and what must always hold."""

import dataclasses
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    Response,
    Route,
)

AXE_OPTIONS = {
    "resultTypes": ["violations"],
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}
#: What differs each time on pages that are the same to look at.
CHANGING = re.compile(
    r'name="(?:csrf_token|token|fresh)" value="[^"]*"|Question \d+ of (?:about )?\d+'
)
NARROW = 320
MANY_PAGES = 60
MANY_TABS = 60
BROKEN = 500
WIDE = """[...document.querySelectorAll("body *")]
    .filter(one => one.getBoundingClientRect().right > innerWidth)
    .map(one => `${one.tagName}.${one.className}: ${one.textContent.trim().slice(0, 40)}`)"""


class Watch:
    """Notes what a page must never do: reach another site, or complain in the console."""

    def __init__(self, page: Page, home: str) -> None:
        self.home = urlsplit(home).netloc
        self.complaints: list[str] = []
        page.on("request", self.see_request)
        page.on("response", self.see_response)
        page.on("console", self.see_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))

    def see_request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in {"data", "blob", "about"} and address.netloc != self.home:
            self.complaints.append(f"off-site request: {request.url}")

    def see_response(self, response: Response) -> None:
        if response.status >= BROKEN:
            self.complaints.append(f"{response.status} from {response.url}")

    def see_console(self, message: ConsoleMessage) -> None:
        # A refused form answers 4xx, which the browser logs for the page itself and rightly so.
        refused_form = message.text.startswith("Failed to load resource: the server responded")
        own_page = message.location.get("url", "").partition("#")[0] == message_page(message)
        if message.type == "error" and not (refused_form and own_page):
            self.complaints.append(f"console: {message.text}")


def message_page(message: ConsoleMessage) -> str:
    return message.page.url.partition("#")[0] if message.page else ""


@dataclasses.dataclass
class Inspector:
    """Looks at what a visitor sees with scripts on and 320 pixels wide, whatever the visitor has.

    A page that came from a POST is shown to it as the visitor got it, so that error pages and
    confirmations are checked like the rest.

    Attributes:
        passed: a folder with an empty file for each page that was judged.
    """

    page: Page
    watch: Watch
    passed: Path

    def inspect(self, seen: Page) -> None:
        """Judge a page unless the same one passed before, here or in another test process."""
        address, html = seen.url.partition("#")[0], seen.content()
        key = f"{urlsplit(address).path} {CHANGING.sub('', html)}".replace(self.watch.home, "")
        mark = self.passed / hashlib.sha256(key.encode()).hexdigest()
        if not mark.exists():
            self.judge(address, html)
            mark.touch()

    def judge(self, address: str, html: str) -> None:

        def show(route: Route) -> None:
            route.fulfill(status=200, content_type="text/html; charset=utf-8", body=html)

        self.page.route(address, show)
        self.page.goto(address)
        self.page.unroute(address)
        found = Axe().run(self.page, options=AXE_OPTIONS)
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= NARROW, f"{address} scrolls sideways: {width} px {self.page.evaluate(WIDE)}"
        assert self.watch.complaints == [], f"{address}: {self.watch.complaints}"


@dataclasses.dataclass
class Visitor:
    """Somebody who visits the site; every page they reach is inspected.

    Attributes:
        looks: with axe, and narrow; a second journey over the same pages can do without.
    """

    page: Page
    home: str
    watch: Watch
    inspector: Inspector
    looks: bool = True

    def open(self, path: str) -> None:
        """Type an address."""
        response = self.page.goto(self.home + path)
        assert response is not None
        assert response.ok, f"{path}: {response.status}"
        self.look()

    def look(self) -> None:
        """Check what every page promises."""
        headings = self.page.locator("h1").all_inner_texts()
        assert len(headings) == 1, f"{self.page.url}: {headings} {self.watch.complaints}"
        title = self.page.title().removeprefix("Error: ")
        assert one_line(title).startswith(one_line(headings[0])[:40]), (title, headings)
        if self.looks:
            self.inspector.inspect(self.page)
        assert self.watch.complaints == [], f"{self.page.url}: {self.watch.complaints}"

    @property
    def heading(self) -> str:
        return one_line(self.page.locator("h1").inner_text())

    @property
    def path(self) -> str:
        return urlsplit(self.page.url).path

    @property
    def said(self) -> str:
        """Everything the main part of the page says."""
        return one_line(self.page.locator("main").inner_text())

    def press(self, name: str) -> None:
        """Press a button and look at what comes."""
        self.click(self.page.get_by_role("button", name=name, exact=True).first)

    def follow(self, name: str) -> None:
        """Follow a link and look at what comes."""
        self.click(self.page.get_by_role("link", name=name).first)

    def click(self, leads_on: Locator) -> None:
        """Click what leads to another page."""
        with self.page.expect_navigation():
            leads_on.click()
        self.look()

    def choose(self, *keys: str) -> None:
        """Choose options by what is stored, which is the same in every edition."""
        for key in keys:
            self.page.locator(f"main input[value='{key}']").check(force=True)

    def tab_to(self, selector: str) -> None:
        """Press Tab until the first thing that fits has the focus."""
        target = self.page.locator(selector).first
        for _ in range(MANY_TABS):
            if target.evaluate("element => element === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        message = f"No number of Tabs reaches {selector} on {self.page.url}"
        raise AssertionError(message)

    def type(self, key: str) -> None:
        """Press a key that stays on the page."""
        self.page.keyboard.press(key)

    def enter(self) -> None:
        """Press Enter on a button or link and look at what comes."""
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.look()

    def write(self, words: str) -> None:
        self.page.locator("main textarea, main input[type=text]").first.fill(words)


NewVisitor = Callable[..., Visitor]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def visitor(
    context: BrowserContext, home: str, inspector: Inspector, *, looks: bool = True
) -> Visitor:
    page = context.new_page()
    return Visitor(page, home, Watch(page, home), inspector, looks)
