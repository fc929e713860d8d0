"""A person at a survey: reads pages, answers, and remembers where they were sent."""

from typing import Any

from bs4 import BeautifulSoup
from werkzeug.test import TestResponse

from tests.pages import CheckedClient


class Page:
    """One page as a person meets it."""

    def __init__(self, reply: TestResponse) -> None:
        self.status = reply.status_code
        self.headers = reply.headers
        self.path = reply.request.path
        self.query = reply.request.query_string.decode()
        self.size = len(reply.data)
        self.html = BeautifulSoup(reply.data, "html.parser")

    @property
    def h1(self) -> str:
        headings = self.html.find_all("h1")
        assert len(headings) == 1
        return headings[0].get_text(" ", strip=True)

    @property
    def title(self) -> str:
        assert self.html.title is not None
        return self.html.title.get_text(strip=True)

    @property
    def text(self) -> str:
        return self.html.get_text(" ", strip=True)

    @property
    def main(self) -> str:
        found = self.html.find("main")
        assert found is not None
        return found.get_text(" ", strip=True)

    def hidden(self, name: str) -> str:
        found = self.html.select_one(f"input[type=hidden][name={name}]")
        return str(found["value"]) if found else ""

    def chosen(self) -> list[str]:
        return [str(box["value"]) for box in self.html.select("input[checked]")]

    def typed(self) -> str:
        area = self.html.select_one("textarea")
        return area.get_text().removeprefix("\n") if area else ""

    def buttons(self) -> list[str]:
        return [button.get_text(strip=True) for button in self.html.select("main button")]


class Walker:
    """Follows every redirect, as a browser does, and sends the token of the page at hand."""

    def __init__(self, client: CheckedClient, slug: str) -> None:
        self.client = client
        self.slug = slug
        self.token = ""
        self.fresh = ""

    def get(self, path: str = "") -> Page:
        return self._met(self.client.get(f"/s/{self.slug}/{path}", follow_redirects=True))

    def post(self, path: str, **data: Any) -> Page:
        if not self.token:
            self.get()
        sent = {"token": self.token, **({"fresh": self.fresh} if self.fresh else {}), **data}
        return self._met(
            self.client.post(f"/s/{self.slug}/{path}", data=sent, follow_redirects=True)
        )

    def says_yes(self, edition: str = "standard") -> Page:
        return self.post("take-part", answer="yes", edition=edition)

    def answers(self, page: str, *values: str, **more: str) -> Page:
        return self.post(f"q/{page}", answer=list(values), page=page, **more)

    def skips(self, page: str) -> Page:
        return self.answers(page, then="skip")

    def sends(self) -> Page:
        return self.post("check")

    def _met(self, reply: TestResponse) -> Page:
        page = Page(reply)
        self.token = page.hidden("token") or self.token
        self.fresh = page.hidden("fresh")
        return page
