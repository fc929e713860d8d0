"""Where the time of an answer page goes: a look at the stack a thousand times a second.

The pages are served inside this process, without a server and without a network, so that what is
seen is the application alone. A look belongs to the innermost frame that has a name in PARTS.
"""

import collections
import dataclasses
import signal
import time
from types import FrameType
from typing import Any

import respondents
from werkzeug.test import Client

from engage.app import create_app
from engage.settings import Settings

EVERY_SECONDS = 0.001
PARTS = {
    "database": ("/sqlalchemy/", "/psycopg", "/flask_sqlalchemy/", "/sqlite3/"),
    "template": ("/jinja2/", "/markupsafe/", "/flask/templating.py", "/templates/", "<template>"),
    "form": ("/wtforms/", "/surveys/forms.py", "/surveys/questions/"),
    "languages": ("/flask_babel/", "/babel/", "/gettext.py", "/surveys/speaking.py"),
    "signing": ("/itsdangerous/", "/flask_wtf/", "/hmac.py"),
    "web": ("/werkzeug/", "/flask/", "/flask_login/", "/flask_security/"),
    "engage": ("/surveys/", "/engage/", "/analysis/", "/reports/"),
}


@dataclasses.dataclass
class Looks:
    """How often each part was seen at work, and each of our own functions."""

    parts: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)
    places: collections.Counter[str] = dataclasses.field(default_factory=collections.Counter)

    def look(self, _signal: int, frame: FrameType | None) -> None:
        """Note who is at work now."""
        chain = list(_chain(frame))
        self.parts[next((found for one in chain if (found := _part(one))), "other")] += 1
        ours = (f"{_short(file)}:{name}" for file, name in chain if _part((file, name)) == "engage")
        self.places[next(ours, "-")] += 1

    def shares(self) -> dict[str, float]:
        """Return the share of each part, in the order of PARTS."""
        whole = max(1, self.parts.total())
        return {part: self.parts[part] / whole for part in (*PARTS, "other")}


class Inside(respondents.Line):
    """A connection that leads straight into the application."""

    def __init__(self, settings: Settings) -> None:
        super().__init__("localhost", 8000)
        self.client = Client(create_app(settings), use_cookies=False)

    async def ask(self, request: bytes) -> tuple[bytes, bytes]:
        """Hand a request to the application as a server would."""
        head, _, body = request.partition(b"\r\n\r\n")
        first, *lines = head.decode().split("\r\n")
        method, path, _ = first.split(" ")
        fields = [tuple(line.split(": ", 1)) for line in lines]
        home = f"http://{self.host}:{self.port}"
        reply = self.client.open(path, home, method=method, headers=fields, data=body)
        said = [f"HTTP/1.1 {reply.status_code} x", *(f"{n}: {v}" for n, v in reply.headers)]
        return "\r\n".join(said).encode(), reply.get_data()


def measure(settings: Settings, slug: str, seconds: float) -> Looks:
    """Answer pages for some seconds and look; the first journey only warms up."""
    line, looks = Inside(settings), Looks()
    _journey(line, slug)
    before = signal.signal(signal.SIGALRM, looks.look)
    signal.setitimer(signal.ITIMER_REAL, EVERY_SECONDS, EVERY_SECONDS)
    try:
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            _journey(line, slug)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    return looks


def _journey(line: Inside, slug: str) -> None:
    """Answer one survey; nothing in here ever waits, so the steps need no event loop."""
    person = respondents.Person(line, slug)
    _run(person.begins())
    while person.is_asked:
        _run(person.answers())
        _run(person.carries_on())


def _run(act: Any) -> None:
    try:
        act.send(None)
    except StopIteration:
        return
    message = "A step waited for something."
    raise RuntimeError(message)


def _chain(frame: FrameType | None) -> list[tuple[str, str]]:
    found = []
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_code.co_name))
        frame = frame.f_back
    return found


def _part(place: tuple[str, str]) -> str:
    file = place[0]
    for part, marks in PARTS.items():
        if any(mark in file for mark in marks):
            return part
    return ""


def _short(file: str) -> str:
    return "/".join(file.split("/")[-2:])
