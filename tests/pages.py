"""What must hold for every page that any test loads, and a client that sees to it."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from surveys.questions import EDITION_FACTS

NEEDS_NO_LABEL = {"hidden", "submit", "button", "image", "reset"}
FIELDS = ("input", "select", "textarea")
#: Forms of respondents carry their own token, all others that of the session.
TOKENS = {"csrf_token", "token"}


class PageError(AssertionError):
    """A page breaks a rule that holds for all pages."""


class CheckedClient(FlaskClient):
    """A browser that refuses to go on from a page that is not right."""

    def open(self, *args: Any, **kwargs: Any) -> TestResponse:
        """Load a page, and check it if it is one."""
        response = super().open(*args, **kwargs)
        if response.mimetype == "text/html" and response.location is None:
            check_page(response.get_data(as_text=True))
        return response

    def send(
        self, address: str, data: dict[str, Any] | None = None, *, page: str = ""
    ) -> TestResponse:
        """Fill in the form of a page and send it, with the token that the page carries."""
        html = self.get(page or address).get_data(as_text=True)
        return self.post(address, data={**(data or {}), "csrf_token": token_of(html)})


def token_of(html: str) -> str:
    """Return the token of a page's first form, or nothing if it has no form."""
    found = re.search(r'name="(?:csrf_)?token" value="([^"]+)"', html)
    return found[1] if found else ""


def check_page(html: str) -> None:
    """Raise PageError, naming every rule the page breaks."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    try:
        root: Element = parser.parse(html)
    except html5lib.html5parser.ParseError as error:
        line, column = parser.errors[-1][0]
        near = html.splitlines()[line - 1 : line]
        message = f"not valid HTML at {line}:{column}: {error}: {near}"
        raise PageError(message) from error
    broken = [sentence for rule in RULES for sentence in rule(root)]
    if broken:
        raise PageError("\n".join(broken))


def _language(root: Element) -> Iterator[str]:
    facts = [one for one in EDITION_FACTS.values() if one.language == root.get("lang")]
    if not facts:
        yield f"the language is {root.get('lang')!r}"
    elif root.get("dir") != facts[0].direction:
        yield f"the direction is {root.get('dir')!r}"


def _heading(root: Element) -> Iterator[str]:
    headings = [_words(found) for found in root.iter("h1")]
    titles = [_words(found) for found in root.iter("title")]
    if len(headings) != 1:
        yield f"there are {len(headings)} main headings"
        return
    title = titles[0].removeprefix("Error: ") if titles else ""
    if not headings[0] or not title.startswith(headings[0]):
        yield f"the title {title!r} does not start with the heading {headings[0]!r}"


def _labels(root: Element) -> Iterator[str]:
    labelled = {label.get("for") for label in root.iter("label")}
    wrapped = {
        field for label in root.iter("label") for field in label.iter() if field is not label
    }
    for field in (field for name in FIELDS for field in root.iter(name)):
        if field.get("type") in NEEDS_NO_LABEL or field in wrapped:
            continue
        if field.get("id") not in labelled and not field.get("aria-labelledby"):
            yield f"{field.tag} {field.get('name')!r} has no label"


def _groups(root: Element) -> Iterator[str]:
    grouped = {
        field
        for group in root.iter("fieldset")
        if any(_words(legend) for legend in group.iter("legend"))
        for field in group.iter("input")
    }
    for field in root.iter("input"):
        if field.get("type") == "radio" and field not in grouped:
            yield f"radio {field.get('name')!r} stands outside a fieldset with a legend"


def _inline(root: Element) -> Iterator[str]:
    for element in root.iter():
        if not isinstance(element.tag, str):
            continue
        if element.tag == "style" or (element.tag == "script" and not element.get("src")):
            yield f"inline {element.tag}"
        for name in element.attrib:
            if name == "style" or str(name).startswith("on"):
                yield f"inline {name} on {element.tag}"


def _tokens(root: Element) -> Iterator[str]:
    for form in root.iter("form"):
        names = {field.get("name") for field in form.iter("input") if field.get("value")}
        if form.get("method", "get").lower() == "post" and not names & TOKENS:
            yield f"the form to {form.get('action')!r} has no token"


def _names(root: Element) -> Iterator[str]:
    seen: set[str] = set()
    for element in root.iter():
        name = element.get("id")
        if name is not None and name in seen:
            yield f"two elements are called {name!r}"
        seen.add(name or "")


def _drawn(root: Element) -> Iterator[str]:
    names = {element.get("id") for element in root.iter()}
    for element in root.iter("use"):
        shape = element.get("href", "")
        if shape.startswith("#") and shape[1:] not in names:
            yield f"the shape {shape!r} is not on the page"


RULES = (_language, _heading, _labels, _groups, _inline, _tokens, _names, _drawn)


def _words(element: Element) -> str:
    return " ".join("".join(element.itertext()).split())
