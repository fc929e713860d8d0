"""One sitting: from a closed consultation to a published set of formats, all of it at the desk."""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path

import page as page_validation
import pytest
from flask import Flask
from playwright.sync_api import Browser
from sqlalchemy.orm import Session

from engage import worker
from engage.accounts.services import create_user
from reports.entries import approvals
from reports.entries.drafting import Reply
from reports.publishing import filing
from tests import factories
from tests.integration.reports import scenario as made
from tests.journeys import seed, stage
from tests.journeys.visitors import Inspector, Visitor
from tests.published import words_of

ROOM = "/desk/consultations/send-strategy/report/"
PUBLIC = "/you-said-we-did/send-strategy/"
PEOPLE = {
    "officer@example.org": "engagement_officer",
    "approver@example.org": "approver",
    "forum@example.org": "co_owner",
}
REFUSAL = "Nobody told us about this line."
SignIn = Callable[[str], Visitor]


def forty_answers(session: Session, now: dt.datetime) -> None:
    factories.use(session)
    plan = made.answered(session).consultation
    users = {
        email: create_user(
            session, email=email, password=seed.PASSWORD, roles=(role,),
            display_name=role, actor="journeys", now=now,
        )
        for email, role in PEOPLE.items()
    }  # fmt: skip
    known = {"actor": "journeys", "now": now}
    forum = approvals.add_co_owner(
        session, plan, code="forum", name="Parent Carer Forum", easy_name="parents",
        kind="parent_carer_forum", **known,
    )  # fmt: skip
    approvals.seat(session, forum, users["forum@example.org"], **known)
    session.flush()
    factories.use(None)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application with forty answers, approved themes, and three people with accounts."""
    return stage.application(tmp_path_factory.mktemp("house"), forty_answers)


@pytest.fixture(scope="module")
def home(house: Flask) -> Iterator[str]:
    with stage.served(house) as address:
        yield address


@pytest.fixture(scope="module")
def inspector(browser: Browser, home: str, passed: Path) -> Iterator[Inspector]:
    with stage.inspecting(browser, home, passed) as looking:
        yield looking


@pytest.fixture
def sign_in(browser: Browser, home: str, inspector: Inspector) -> Iterator[SignIn]:
    """Return a function that signs somebody in, in a browser of their own without scripts."""
    desk = stage.Desk(browser, home, inspector)
    yield lambda email: desk.sign_in(email, looks=email.startswith("officer"))
    desk.close()


def work(house: Flask, somebody: Visitor) -> None:
    """Do what the page waits for, as the worker would, and look again."""
    assert "is waiting for a worker" in somebody.heading
    assert worker.sweep(house) == 1
    somebody.follow("Check again")
    assert somebody.heading.endswith("is done"), somebody.said


def fill(somebody: Visitor, words: dict[str, str]) -> None:
    for field, value in words.items():
        somebody.page.locator(f"#{field}").fill(value)


def decide(officer: Visitor, approver: Visitor) -> None:
    officer.open(ROOM)
    officer.press("Open the report")
    say_everything(officer)
    approver.open(f"{ROOM}builder/")
    approver.press("Approve the findings")
    officer.open(f"{ROOM}builder/")
    officer.follow("Record a decision")
    day = dt.date.today() - dt.timedelta(days=1)  # noqa: DTZ011  # a day as people mean it
    fill(officer, {"decided_on": str(day), "considered": "The findings with every theme."})
    officer.press("Record the decision")


def say_everything(officer: Visitor) -> None:
    """Write in every entry what families said: nobody can approve findings that say nothing."""
    officer.open(ROOM)
    for one in entries(officer):
        officer.open(one)
        said = {"said_text": "We wait far too long.", "said_easy": "[wait] You wait too long."}
        fill(officer, said)
        officer.press("Save the entry")


def entries(officer: Visitor) -> list[str]:
    links = officer.page.locator("main th[scope=row] a").all()
    return [one.get_attribute("href") or "" for one in links]


def answer_everything(officer: Visitor) -> None:
    soon = str(dt.date.today() + dt.timedelta(days=90))  # noqa: DTZ011  # as above
    officer.open(f"{ROOM}front")
    front = {k: str(v) for k, v in dataclasses.asdict(made.FRONT).items() if v}
    fill(officer, front | {"next_update": soon})
    officer.press("Save the front")
    officer.open(ROOM)
    for address, reply in zip(entries(officer), made.REPLIES, strict=True):
        officer.open(address)
        answer(officer, reply, soon)


def answer(officer: Visitor, reply: Reply, soon: str) -> None:
    given = {name: value for name, value in dataclasses.asdict(reply).items() if value}
    for name in ("response_type", "because_kind", "caused_by"):
        if name in given:
            officer.page.locator(f"#{name}").select_option(given.pop(name))
    given |= {name: soon for name in ("due_on", "review_due") if name in given}
    words = {name: str(value) for name, value in given.items()}
    fill(officer, words)
    officer.press("Save the entry")


def agree(officer: Visitor, forum: Visitor) -> None:
    """Ask the forum to sign every answer; it refuses one and says why, and signs the rest."""
    officer.open(f"{ROOM}builder/")
    officer.press("Ask them to sign every answer")
    assert "is asked to sign 3 answers more" in officer.said
    forum.open("/desk/signing/")
    addresses = [one.get_attribute("href") for one in forum.page.locator("main li a").all()]
    assert len(addresses) == 3
    for number, address in enumerate(addresses):
        forum.open(address or "")
        if number == 0:
            forum.page.get_by_label("No, we do not agree").check()
            forum.page.locator("#note").fill(REFUSAL)
        else:
            forum.page.get_by_label("Yes, we agree").check()
        forum.press("Sign")


def compose(officer: Visitor) -> None:
    """Reorder by keyboard with the focus kept, write a text, and note who checked the easy read."""
    officer.open(f"{ROOM}builder/")
    parts = officer.page.locator("#part-not-heard button", has_text="Move up")
    parts.focus()
    for _ in range(2):
        with officer.page.expect_navigation():
            officer.page.keyboard.press("Enter")
        officer.look()
        focused = officer.page.locator(":focus")
        assert focused.text_content() == "Move up: Who we did not hear from"
    officer.follow("Add a text of your own")
    fill(officer, {
        "heading": "A word from the board", "words": "We read every comment.",
        "easy_heading": "From the board", "easy_words": "[listen] We read it all.",
    })  # fmt: skip
    officer.press("Save the text")
    officer.follow("Who checked the easy read")
    fill(officer, {"readers": "Youth council", "checked_on": "1 March 2026", "changed": "Nothing"})
    officer.press("Keep the check")
    assert "Checked by Youth council on 1 March 2026." in officer.said


def look_at_the_draft(house: Flask, officer: Visitor) -> None:
    officer.press("Build the draft now")
    work(house, officer)
    officer.follow("Look at the draft")
    assert "% of comments coded" in officer.said
    for link in officer.page.locator("tbody a").all():
        address = link.get_attribute("href")
        reply = officer.page.request.get(f"{officer.home}{address}")
        assert reply.ok, address
        assert "draft" in words_of(reply.body()).lower(), address
    for page in ("Web page", "Easy read web page"):
        officer.open(f"{ROOM}draft/")
        officer.click(officer.page.get_by_role("link", name=page, exact=True))
        assert officer.heading.startswith("DRAFT: ")


def publish(house: Flask, approver: Visitor) -> None:
    approver.open(f"{ROOM}builder/")
    approver.follow("Check and publish")
    approver.press("Publish version 1")
    work(house, approver)


def open_every_format(reader: Visitor, folder: Path) -> None:
    reader.open(PUBLIC)
    headings = [one.inner_text() for one in reader.page.locator("h2").all()]
    assert headings[:2] == ["What you will find here", "A word from the board"]
    missed = headings.index("Who we did not hear from")
    assert missed < headings.index("What we cannot do, and why"), "it was moved up"
    assert REFUSAL in reader.said
    links = reader.page.locator("main a[href*='/files/'], main a[href$='report.pdf']").all()
    addresses = {link.get_attribute("href") for link in links}
    assert len(addresses) == len(filing.formats())
    for address in addresses:
        reply = reader.page.request.get(f"{reader.home}{address}")
        assert reply.ok
        assert words_of(reply.body())
        if reply.body().startswith(b"%PDF"):
            check_pdf(reply.body(), folder / "one.pdf")
    reader.follow("Easy read")
    assert "Youth council checked this." in reader.said


def check_pdf(content: bytes, file: Path) -> None:
    file.write_bytes(content)
    verdict = page_validation.validate_pdf(
        str(file), profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert verdict.is_compliant


@pytest.mark.full
@pytest.mark.timeout(600)
def test_a_closed_consultation_is_published_in_every_format_in_one_sitting(
    house: Flask, sign_in: SignIn, tmp_path: Path
) -> None:
    officer, approver, forum = map(sign_in, PEOPLE)
    decide(officer, approver)
    answer_everything(officer)
    agree(officer, forum)
    compose(officer)
    look_at_the_draft(house, officer)
    publish(house, approver)
    open_every_format(officer, tmp_path)
