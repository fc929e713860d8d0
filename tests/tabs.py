"""A browser's tabs without a browser: pages, their forms, and what pressing a button sends.

A form is sent as a browser sends it: every hidden field, what is typed and ticked, and the button
that was pressed. So a test says only what the person does.
"""

import dataclasses
from collections.abc import Sequence
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

MOST_REDIRECTS = 6
UNTICKED = ("radio", "checkbox", "submit", "button", "image", "reset", "file")


class WrongPageError(AssertionError):
    """A person could not go on from what came."""


@dataclasses.dataclass
class Tab:
    """One open page. Tabs of one client share its cookies, like tabs of one browser."""

    client: FlaskClient
    path: str = ""
    status: int = 0
    html: BeautifulSoup = dataclasses.field(
        default_factory=lambda: BeautifulSoup("", "html.parser")
    )
    raw: str = ""
    sent: MultiDict[str, str] = dataclasses.field(default_factory=MultiDict)

    def open(self, address: str) -> None:
        """Type an address, or follow a link."""
        self._arrive(self.client.get(address))

    def follow(self, words: str) -> None:
        """Follow the first link with these words."""
        found = next(
            (link for link in self.html.find_all("a") if words in link.get_text(" ", strip=True)),
            None,
        )
        if found is None:
            message = f"{self.path} has no link {words!r}"
            raise WrongPageError(message)
        self.open(str(found["href"]))

    def press(self, words: str, **typed: str | Sequence[str]) -> None:
        """Fill in the form of a button and press it."""
        self.send(self.button(words), typed)

    def press_at(self, selector: str, **typed: str | Sequence[str]) -> None:
        """Fill in the form of the first button that a selector finds, in any edition's words."""
        self.send(self.find(selector), typed)

    def find(self, selector: str) -> Tag:
        """Return the first thing in the page's main part that a selector finds."""
        found = self.html.select_one(f"main {selector}")
        if found is None:
            message = f"{self.path} has no {selector}: {self.buttons()}"
            raise WrongPageError(message)
        return found

    def has(self, selector: str) -> bool:
        """Tell whether the page's main part has what a selector finds."""
        return self.html.select_one(f"main {selector}") is not None

    def send(self, button: Tag, typed: dict[str, str | Sequence[str]]) -> None:
        """Send a button's form as it stands, with some fields changed."""
        form = button.find_parent("form")
        assert form is not None
        data = _fields(form)
        for name, values in typed.items():
            data.setlist(name, [values] if isinstance(values, str) else list(values))
        if button.get("name"):
            data.add(str(button["name"]), str(button.get("value", "")))
        self.sent = data
        action = str(button.get("formaction") or form.get("action") or self.path)
        self._arrive(self.client.post(action, data=data))

    def press_beside(self, then: str) -> None:
        """Press a button that stands outside the form of the page, such as Back."""
        button = self.html.select_one(f"button[form][name=then][value={then}]")
        form = self.html.find(id=str(button["form"])) if button else None
        assert button is not None
        assert isinstance(form, Tag)
        data = _fields(form)
        data.add("then", then)
        self.sent = data
        self._arrive(self.client.post(str(form["action"]), data=data))

    def button(self, words: str) -> Tag:
        """Return the first button in the page's main part that says this."""
        for button in self.html.select("main button"):
            if button.get_text(" ", strip=True) == words:
                return button
        message = f"{self.path} has no button {words!r}: {self.buttons()}"
        raise WrongPageError(message)

    def buttons(self) -> list[str]:
        """Return what the buttons of the main part say."""
        return [button.get_text(" ", strip=True) for button in self.html.select("main button")]

    def twin(self) -> "Tab":
        """Return the same page opened a second time."""
        return dataclasses.replace(self)

    @property
    def heading(self) -> str:
        """Return the page's main heading."""
        found = self.html.find("h1")
        return found.get_text(" ", strip=True) if found else ""

    @property
    def main(self) -> str:
        """Return what the main part of the page says."""
        found = self.html.find("main")
        return found.get_text(" ", strip=True) if found else ""

    @property
    def page_id(self) -> str:
        """Return which question is asked, or nothing."""
        before, asked, after = self.path.partition("/q/")
        return after if before and asked else ""

    def field(self, name: str) -> str:
        """Return what is typed in a box."""
        box = self.html.select_one(f"main [name='{name}']")
        if box is None:
            message = f"{self.path} has no field {name!r}"
            raise WrongPageError(message)
        return _typed(box)

    def ticked(self, name: str = "answer") -> list[str]:
        """Return what is chosen."""
        return [
            str(box["value"]) for box in self.html.select(f"main input[name='{name}'][checked]")
        ]

    def _arrive(self, reply: TestResponse) -> None:
        for _ in range(MOST_REDIRECTS):
            if reply.location is None:
                break
            assert reply.status_code == 303, f"{reply.status} to {reply.location}"
            split = urlsplit(reply.location)
            reply = self.client.get(f"{split.path}?{split.query}" if split.query else split.path)
        self.path, self.status = reply.request.path, reply.status_code
        self.raw = reply.get_data(as_text=True)
        self.html = BeautifulSoup(self.raw, "html.parser")


def _fields(form: Tag) -> MultiDict[str, str]:
    data: MultiDict[str, str] = MultiDict()
    for field in form.select("input[name], textarea[name], select[name]"):
        if field.get("type") in UNTICKED and not field.has_attr("checked"):
            continue
        data.add(str(field["name"]), _typed(field))
    return data


def _typed(field: Tag) -> str:
    if field.name == "textarea":
        return field.get_text().removeprefix("\n")
    if field.name == "select":
        chosen = field.select_one("option[selected]")
        return str(chosen["value"]) if chosen else ""
    return str(field.get("value", ""))
