"""The server dies while two hundred people answer: nothing they saw kept is lost or doubled."""

import asyncio
import contextlib
import dataclasses
import os
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from benchmarks.respondents import Line, Person
from engage.settings import Settings
from surveys import document, queries
from surveys.models import Answer, Response, Survey
from tests.conftest import SECRET
from tests.journeys.seed import DOCUMENTS

pytestmark = [pytest.mark.full, pytest.mark.timeout(900)]

PEOPLE = 200
TURNS_BEFORE_THE_END = 5 * PEOPLE
PATIENCE = 60
GONE = (OSError, asyncio.IncompleteReadError)


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(DOCUMENTS / "parent_carers.yaml")


class Witness(Person):
    """Somebody who remembers what they sent, and whether they saw the next page."""

    kept: dict[str, str]
    unsure: dict[str, str]

    def remember(self) -> None:
        self.kept, self.unsure = {}, {}

    async def answers(self) -> None:
        page = self.path.rpartition("/")[2].partition("?")[0]
        said = self.reply().get("answer", "")
        self.unsure = {page: said}
        await super().answers()
        self.kept[page] = said
        self.unsure = {}

    async def finishes(self) -> None:
        """Go on from the page that was left, or from the beginning, and send."""
        if not self.path.startswith(f"/s/{self.slug}/q/"):
            await self.begins()
        while self.is_asked:
            await self.answers()
            await self.carries_on()
        await self.sends()


@dataclasses.dataclass
class Crowd:
    """Two hundred people, and the end of the world half-way."""

    people: list[Witness]
    half_way: asyncio.Event = dataclasses.field(default_factory=asyncio.Event)

    async def answer_until_it_dies(self, server: "subprocess.Popen[bytes]") -> None:
        answering = [asyncio.create_task(self.answer(person)) for person in self.people]
        await self.half_way.wait()
        os.killpg(server.pid, signal.SIGKILL)
        await asyncio.gather(*answering)

    async def answer(self, person: Witness) -> None:
        with contextlib.suppress(*GONE):
            await person.begins()
            while person.is_asked:
                await person.answers()
                await person.carries_on()
                if sum(len(one.kept) for one in self.people) >= TURNS_BEFORE_THE_END:
                    self.half_way.set()
        person.line.close()

    async def finish(self, port: int) -> None:
        for person in self.people:
            person.line = Line("127.0.0.1", port)
        try:
            await asyncio.gather(*(person.finishes() for person in self.people))
        finally:
            for person in self.people:
                person.line.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextlib.contextmanager
def serving(settings: Settings, port: int) -> Iterator["subprocess.Popen[bytes]"]:
    """Run the server as people start it; it leads a group of processes of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("ENGAGE_")}
    ours = {
        "ENGAGE_DATABASE_URL": settings.database,
        "ENGAGE_DATA_DIR": str(settings.data_dir),
        "ENGAGE_SECRET_KEY": SECRET,
    }
    engage = Path(sys.executable).with_name("engage")
    with (settings.data_dir / f"server-{port}.log").open("wb") as log:
        server = subprocess.Popen(  # noqa: S603  # our own words
            [engage, "serve", "--port", str(port)],
            env=kept | ours,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(port)
        yield server
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(server.pid, signal.SIGTERM)
        server.wait(PATIENCE)


def wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    message = f"nothing listens at {port}"
    raise AssertionError(message)


def everybody(slug: str, port: int) -> list[Witness]:
    people = [
        Witness(Line("127.0.0.1", port), slug, words=f"I am number {number}, and I wait.")
        for number in range(PEOPLE)
    ]
    for person in people:
        person.remember()
    return people


def stored(session: Session, survey: Survey) -> Counter[frozenset[tuple[str, str]]]:
    """Count the responses that hold the same answers, by page."""
    pages = {
        page.question.code: page.id for page in queries.current_document(session, survey).pages
    }
    found: dict[str, set[tuple[str, str]]] = {
        response_id: set() for response_id in session.scalars(select(Response.id))
    }
    rows = session.execute(select(Answer.response_id, Answer.question, Answer.value))
    for response_id, question, value in rows:
        found[response_id].add((pages[question], value))
    return Counter(frozenset(said) for said in found.values())


def said(person: Witness) -> set[tuple[str, str]]:
    return {(page, value) for page, value in person.kept.items() if value}


def lost(people: list[Witness], responses: Counter[frozenset[tuple[str, str]]]) -> list[Witness]:
    """Return who saw a page kept that is in no response of theirs.

    The answer that was on its way when the server died may have been kept or not.
    """
    missing = []
    for person in people:
        sure = said(person)
        perhaps = {(page, value) for page, value in person.unsure.items() if value}
        possible = (frozenset(sure), frozenset(sure | perhaps))
        if sure and not any(responses[one] for one in possible):
            missing.append(person)
    return missing


def test_a_killed_server_loses_no_answer_whose_next_page_was_seen(
    session: Session, survey: Survey, settings: Settings
) -> None:
    port, slug = free_port(), survey.slug
    people = everybody(slug, port)
    crowd = Crowd(people)
    with serving(settings, port) as server:
        asyncio.run(crowd.answer_until_it_dies(server))

    before = stored(session, survey)
    session.rollback()
    assert sum(len(person.kept) for person in people) >= TURNS_BEFORE_THE_END
    assert [(one.words, one.kept) for one in lost(people, before)] == []

    again = free_port()
    with serving(settings, again):
        asyncio.run(crowd.finish(again))

    sent = session.execute(select(Response.submitted_at, Response.receipt_hmac)).all()
    receipts = {receipt for when, receipt in sent if when is not None}
    assert len(sent) == PEOPLE, "nobody has two responses, and none was left behind"
    assert len(receipts) == PEOPLE, "everybody has a receipt of their own"
    after = stored(session, survey)
    assert after == Counter(frozenset(said(person)) for person in people)


def test_pressing_send_twice_at_once_makes_one_receipt(
    session: Session, survey: Survey, settings: Settings
) -> None:
    port, slug = free_port(), survey.slug

    async def everybody_is_impatient() -> None:
        for person in everybody(slug, port)[:10]:
            await person.begins()
            await person.answers()
            twin = dataclasses.replace(person, line=Line("127.0.0.1", port))
            await person.checks()
            await twin.checks()
            await asyncio.gather(person.presses_send(), twin.presses_send())
            person.line.close()
            twin.line.close()

    with serving(settings, port):
        asyncio.run(everybody_is_impatient())
    sent = session.execute(select(Response.submitted_at, Response.receipt_hmac)).all()
    assert len({receipt for _, receipt in sent}) == len(sent) == 10
