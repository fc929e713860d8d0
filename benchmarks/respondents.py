"""Many people answering at once, each in a closed loop: answer, wait for the next page, answer.

One process plays them all. It reads of a page only what a browser would send back, so that the
server's work is what is measured. A page's forms are taken as they come: every hidden field goes
back, whatever it is called.
"""

import asyncio
import dataclasses
import html
import re
import time
from collections.abc import Coroutine
from typing import Any
from urllib.parse import urlencode, urlsplit

WORDS = "It would help to know who to ask, and to hear back when something has been decided."
FORM = re.compile(r'<form\b[^>]*\baction="([^"]*)"[^>]*>(.*?)</form>', re.DOTALL)
FIELD = re.compile(r"<(input|textarea)\b([^>]*)>")
ATTRIBUTE = re.compile(r'([a-z]+)="([^"]*)"')
NEXT_QUESTION = re.compile(r'href="([^"]*/q/[^"]*)"')
LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
LOCATION = re.compile(rb"location: *(\S+)", re.IGNORECASE)
COOKIE = re.compile(rb"set-cookie: *([^=\s]+)=([^;\r]*)", re.IGNORECASE)
CLOSES = re.compile(rb"connection: *close", re.IGNORECASE)
OK, SEE_OTHER = 200, 303
LONGEST_JOURNEY = 200


class WrongPageError(Exception):
    """The server answered something that a person could not go on from."""


@dataclasses.dataclass
class Tally:
    """What happened in one phase: seconds of each turn, and what went wrong."""

    turns: list[float] = dataclasses.field(default_factory=list)
    errors: list[str] = dataclasses.field(default_factory=list)
    seconds: float = 0.0

    @property
    def pages_per_second(self) -> float:
        """Return how many pages were shown a second."""
        return len(self.turns) / self.seconds if self.seconds else 0.0

    @property
    def p95(self) -> float:
        """Return the milliseconds within which 95 of 100 turns were over."""
        ordered = sorted(self.turns)
        return 1000 * ordered[int(0.95 * (len(ordered) - 1))] if ordered else 0.0


@dataclasses.dataclass
class Line:
    """One connection that is kept open, as a browser keeps it."""

    host: str
    port: int
    reader: asyncio.StreamReader | None = None
    writer: asyncio.StreamWriter | None = None

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Send a request; return the head and the body of the reply."""
        if self.writer is None or self.reader is None:
            self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = LENGTH.search(head)
        body = await self.reader.readexactly(int(length[1])) if length else b""
        if CLOSES.search(head):
            self.close()
        return head, body

    def close(self) -> None:
        """Hang up."""
        if self.writer is not None:
            self.writer.close()
        self.reader = self.writer = None


@dataclasses.dataclass
class Person:
    """One respondent: a connection, the cookies, and the page in front of them."""

    line: Line
    slug: str
    words: str = WORDS
    cookies: dict[str, str] = dataclasses.field(default_factory=dict)
    path: str = ""
    page: str = ""

    @property
    def is_asked(self) -> bool:
        """Tell whether a question is in front of them."""
        return f"/s/{self.slug}/q/" in self.path

    async def begins(self) -> None:
        """Open the survey and say yes."""
        await self._get(f"/s/{self.slug}/")
        await self._post(*self._form("take-part"), answer="yes")
        await self.carries_on()

    async def answers(self) -> None:
        """Answer the page and wait for the next one: one turn."""
        before = self.path
        action, fields = self._form("/q/")
        await self._post(action, fields, **self.reply())
        if self.path == before:
            message = f"{before} was shown again"
            raise WrongPageError(message)

    def reply(self) -> dict[str, str]:
        """Return the answer to this page: the first option; without options words; else skip."""
        words: dict[str, str] = {}
        for tag, attributes in FIELD.findall(self.page):
            named = dict(ATTRIBUTE.findall(attributes))
            name, kind = named.get("name", ""), named.get("type", "text")
            if not name.startswith("answer"):
                continue
            if kind in ("radio", "checkbox"):
                return {name: html.unescape(named["value"])}
            is_text = tag == "textarea" or kind == "text"
            words = words or ({name: self.words} if is_text else {"then": "skip"})
        return words

    async def sends(self) -> None:
        """Check the answers and send them."""
        await self.checks()
        await self.presses_send()

    async def checks(self) -> None:
        """Open "check your answers"."""
        await self._get(f"/s/{self.slug}/check")

    async def presses_send(self) -> None:
        """Press the button under the answers."""
        await self._post(*self._form("/check"))

    async def carries_on(self) -> None:
        """Go on from a page that asks nothing, as from help after an unhappy answer."""
        found = NEXT_QUESTION.search(self.page)
        if not self.is_asked and found and not self.path.endswith("/check"):
            await self._get(html.unescape(found[1]))

    def _form(self, wanted: str) -> tuple[str, dict[str, str]]:
        """Return where a form of this page is sent, and its hidden fields."""
        for action, inside in FORM.findall(self.page):
            if wanted in action:
                return html.unescape(action), _hidden(inside)
        message = f"{self.path} has no form for {wanted}"
        raise WrongPageError(message)

    async def _get(self, path: str) -> None:
        head, body = await self._ask("GET", path)
        if int(head[9:12]) != OK:
            message = f"GET {path}: {head[9:12].decode()}"
            raise WrongPageError(message)
        self.path, self.page = path, body.decode()

    async def _post(self, action: str, hidden: dict[str, str], **typed: str) -> None:
        head, _ = await self._ask("POST", action, urlencode(hidden | typed).encode())
        found = LOCATION.search(head)
        if int(head[9:12]) != SEE_OTHER or not found:
            message = f"POST {action}: {head[9:12].decode()}"
            raise WrongPageError(message)
        to = urlsplit(found[1].decode())
        await self._get(f"{to.path}?{to.query}" if to.query else to.path)

    async def _ask(self, method: str, path: str, body: bytes = b"") -> tuple[bytes, bytes]:
        home = f"{self.line.host}:{self.line.port}"
        lines = [f"{method} {path} HTTP/1.1", f"Host: {home}", "Sec-Fetch-Site: same-origin"]
        if self.cookies:
            lines.append("Cookie: " + "; ".join(f"{n}={v}" for n, v in self.cookies.items()))
        if method == "POST":
            lines += [
                f"Origin: http://{home}",
                f"Content-Length: {len(body)}",
                "Content-Type: application/x-www-form-urlencoded",
            ]
        head, reply = await self.line.ask("\r\n".join([*lines, "", ""]).encode() + body)
        self.cookies.update((n.decode(), v.decode()) for n, v in COOKIE.findall(head))
        return head, reply


@dataclasses.dataclass
class Crowd:
    """Everybody who answers at once on one server; each fills in the survey several times."""

    port: int
    slug: str
    people: int
    journeys: int
    most_pages: int = LONGEST_JOURNEY
    _begun: list[list[Person]] = dataclasses.field(default_factory=list)

    async def begin(self) -> Tally:
        """Say yes, everybody as often as they will fill in the survey."""
        self._begun = [
            [Person(line, self.slug) for _ in range(self.journeys)]
            for line in (Line("127.0.0.1", self.port) for _ in range(self.people))
        ]
        return await self._all("begin")

    async def answer(self) -> Tally:
        """Answer page after page until nothing is left to ask."""
        return await self._all("answer")

    async def send(self) -> Tally:
        """Send the answers."""
        tally = await self._all("send")
        for mine in self._begun:
            mine[0].line.close()
        return tally

    async def _all(self, act: str) -> Tally:
        tally = Tally()
        began = time.perf_counter()
        await asyncio.gather(*(self._one(act, mine, tally) for mine in self._begun))
        tally.seconds = time.perf_counter() - began
        return tally

    async def _one(self, act: str, mine: list[Person], tally: Tally) -> None:
        for person in mine:
            try:
                if act == "begin":
                    await _timed(person.begins(), tally)
                elif act == "send":
                    await _timed(person.sends(), tally)
                else:
                    await self._answer(person, tally)
            except (WrongPageError, OSError, asyncio.IncompleteReadError) as error:
                person.line.close()
                tally.errors.append(f"{type(error).__name__}: {error}")

    async def _answer(self, person: Person, tally: Tally) -> None:
        for _ in range(self.most_pages):
            if not person.is_asked:
                return
            await _timed(person.answers(), tally)
            await person.carries_on()


async def _timed(act: Coroutine[Any, Any, None], tally: Tally) -> None:
    began = time.perf_counter()
    await act
    tally.turns.append(time.perf_counter() - began)


def _hidden(inside: str) -> dict[str, str]:
    found = {}
    for _, attributes in FIELD.findall(inside):
        named = dict(ATTRIBUTE.findall(attributes))
        if named.get("type") == "hidden" and "name" in named:
            found[named["name"]] = html.unescape(named.get("value", ""))
    return found
