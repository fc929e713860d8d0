"""The whole walk: answers are analysed, owned by a person, answered, published, and found again."""

import datetime as dt
from pathlib import Path

import page as page_validation
import pytest
from flask import Flask
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.store import ProposedCoding, ThemeSource
from engage import worker
from engage.db import db
from surveys import services
from surveys.models import Response
from tests.journeys import seed
from tests.journeys.visitors import Visitor

DESK = "/desk/consultations/heard/"
SURVEYS = "/desk/consultations/have-your-say/surveys/"
NAME = "People want to be told what is happening"
EASY_NAME = "You want to know what is happening"
PUBLIC = "/you-said-we-did/"

FRONT = {
    "summary": "Every family now has the name of a person to ask.",
    "easy_summary": "[person] You now have a person to ask.",
    "not_heard": "We heard from few families in the north. We will visit two groups there in May.",
    "easy_not_heard": "[listen] Some people did not tell us.",
}
SAID = {
    "easy_title": EASY_NAME,
    "said_text": "Families said that nobody tells them what is happening.",
    "said_easy": "[tell] You said nobody tells you.",
}
ENTRY = {
    "we_did_text": "We gave every family the name and number of one person.",
    "we_did_easy": "[done] We gave you one person to call.",
    "evidence_text": "A list of 212 names, checked on the day.",
    "owner_role": "Head of SEND casework",
    "owner_org": "The SEND partnership",
}


def sign_in(analyst: Visitor) -> None:
    analyst.open("/desk/")
    assert analyst.heading == "Sign in to your desk"
    analyst.page.get_by_label("E-mail address").fill(seed.EMAIL)
    analyst.page.get_by_label("Password").fill(seed.PASSWORD)
    analyst.press("Sign in")
    assert analyst.path == "/desk/"


def let_the_worker_work(site: Flask, analyst: Visitor) -> None:
    """Do what the page waits for, as the worker would, and look again."""
    assert "is waiting for a worker" in analyst.heading
    assert worker.sweep(site) == 1
    analyst.follow("Check again")
    assert analyst.heading.endswith("is done"), analyst.said


def analyse(site: Flask, analyst: Visitor) -> None:
    analyst.open(DESK + "themes/")
    analyst.press("Analyse the comments")
    let_the_worker_work(site, analyst)


def own_a_theme(analyst: Visitor) -> str:
    """Give the largest theme a name that people understand, approve it, and return its id."""
    analyst.open(DESK + "themes/")
    analyst.click(analyst.page.locator("main th[scope=row] a").first)
    theme_id = analyst.path.rpartition("/")[2]
    analyst.page.get_by_label("Name of the theme").fill("")
    analyst.press("Save the names")
    assert analyst.page.title().startswith("Error: ")
    analyst.page.get_by_label("Name of the theme").fill(NAME)
    analyst.page.get_by_label("Name in easy read").fill(EASY_NAME)
    analyst.press("Save the names")
    assert analyst.heading == NAME
    analyst.page.get_by_label("I have read the").check()
    analyst.press("Approve this theme")
    assert "Approved" in analyst.said
    return theme_id


def answer_back(analyst: Visitor, today: dt.date) -> None:
    """Write the front and the one entry, until no rule stops publication."""
    analyst.open(DESK + "report/")
    analyst.press("Open the report")
    analyst.press("Approve the findings")
    assert "Nobody has written what families said in 1 of 1 entry" in analyst.said
    analyst.follow(NAME)
    analyst.page.locator("#easy_title").fill("")
    analyst.press("Save the entry")
    assert analyst.page.title().startswith("Error: "), "an entry without its easy title is refused"
    fill(analyst, SAID)
    analyst.press("Save the entry")
    analyst.open(DESK + "report/")
    analyst.press("Approve the findings")
    analyst.follow("Write the front")
    fill(analyst, FRONT | {"next_update": str(today + dt.timedelta(days=90))})
    analyst.press("Save the front")
    analyst.follow(NAME)
    analyst.page.locator("#response_type").select_option("done")
    fill(analyst, ENTRY | {"done_on": str(today - dt.timedelta(days=1))})
    analyst.press("Save the entry")
    assert "Needed:" not in analyst.said, analyst.said


def fill(visitor: Visitor, words: dict[str, str]) -> None:
    for field, value in words.items():
        visitor.page.locator(f"#{field}").fill(value)


def publish(site: Flask, analyst: Visitor) -> None:
    analyst.open(DESK + "report/publish")
    analyst.press("Publish version 1")
    let_the_worker_work(site, analyst)


def receipt_of_somebody_in(site: Flask, theme_id: str) -> str:
    """Return the code of a person whose words are in the theme, as they were shown it."""
    with site.app_context(), Session(db.engine) as session:
        response = session.scalars(
            select(Response)
            .join(ProposedCoding, ProposedCoding.response_id == Response.id)
            .join(ThemeSource, ThemeSource.proposed_theme_id == ProposedCoding.proposed_theme_id)
            .where(ThemeSource.theme_id == theme_id, ProposedCoding.set_aside_reason.is_(None))
        ).first()
        assert response is not None
        return services.receipt_code(session, response, secret=seed.SECRET)


def read_the_published_line(reader: Visitor) -> None:
    reader.open(PUBLIC)
    reader.follow(seed.HEARD.title)
    assert NAME in reader.said
    assert ENTRY["we_did_text"] in reader.said
    assert "who wrote a comment" in reader.said, "every number says of whom"
    reader.inspector.inspect(reader.page)


def read_the_charts_and_tables(reader: Visitor) -> None:
    reader.click(reader.page.locator("#answered ~ p a").first)
    reader.page.locator("details.finding[open]").first.wait_for()
    reader.inspector.inspect(reader.page)
    reader.page.go_back(wait_until="load")


def read_it_in_easy_read(reader: Visitor) -> None:
    reader.follow("Easy read")
    assert reader.page.locator("body.easy").count() == 1
    assert EASY_NAME in reader.said


def read_it_as_a_pdf(reader: Visitor, folder: Path) -> None:
    file = folder / "report.pdf"
    link = reader.page.get_by_role("link", name="PDF").first.get_attribute("href")
    reply = reader.page.request.get(f"{reader.home}{link}")
    assert reply.headers["content-type"] == "application/pdf"
    file.write_bytes(reply.body())
    verdict = page_validation.validate_pdf(
        str(file), profile=page_validation.ValidationProfile.PDF_UA_1
    )
    assert verdict.is_compliant


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_an_answer_becomes_a_published_line_and_its_writer_finds_it(
    site: Flask, analyst: Visitor, parent: Visitor, tmp_path: Path
) -> None:
    sign_in(analyst)
    analyse(site, analyst)
    theme_id = own_a_theme(analyst)
    answer_back(analyst, dt.datetime.now(dt.UTC).date())
    publish(site, analyst)

    read_the_published_line(parent)
    read_the_charts_and_tables(parent)
    read_it_as_a_pdf(parent, tmp_path)
    read_it_in_easy_read(parent)

    parent.open("/your-answers")
    parent.write("BEE-0000-0000-0")
    parent.press("Show my answers and what happened")
    assert parent.page.title().startswith("Error: ")
    parent.write(receipt_of_somebody_in(site, theme_id))
    parent.press("Show my answers and what happened")
    assert parent.heading == "Your answers and what happened to them"
    assert NAME in parent.said
    parent.follow("Read the whole answer")
    assert ENTRY["we_did_text"] in parent.said


@pytest.mark.timeout(300)
def test_everybody_can_use_the_rooms_of_a_survey(analyst: Visitor) -> None:
    sign_in(analyst)
    analyst.open(SURVEYS)
    for room in ("links", "invitations", "paper/", "keying/", "keying/new", "languages", "media"):
        analyst.open(f"{SURVEYS}young-people/{room}")
    for room in ("links", "flags/", "uploads/"):
        analyst.open(f"/desk/consultations/heard/surveys/heard-parents/{room}")
    analyst.open("/desk/consultations/heard/who-answered")

    analyst.open(f"{SURVEYS}young-people/sessions/")
    analyst.page.get_by_label("Name of the session").fill("School council")
    analyst.press("Open the session")
    session = analyst.path
    the_widest_code_fits(analyst)
    analyst.page.get_by_label("One a line").fill("More clubs\nA quiet room x3")
    analyst.press("Keep these")
    analyst.press("Close the session")
    assert analyst.page.title().startswith("Error: "), "a session closes with its heads counted"
    analyst.page.get_by_label("How many people were in the room?").fill("11")
    analyst.press("Save")
    for room in ("wall", "kiosk", "read-back"):
        analyst.open(f"{session}/{room}")
        the_widest_code_fits(analyst)
    analyst.press("The group has seen this")
    analyst.press("Close the session")
    assert "Closed." in analyst.said
    analyst.open(session)


def the_widest_code_fits(visitor: Visitor) -> None:
    """Look at a page with a code as if it had been drawn of its widest letter alone."""
    for one in visitor.page.locator(".wall-code").all():
        one.evaluate("element => { element.textContent = 'WWW WWW' }")
        visitor.inspector.inspect(visitor.page)


def test_nobody_opens_the_desk_without_signing_in(young_person: Visitor) -> None:
    young_person.open(DESK + "themes/")
    assert young_person.heading == "Sign in to your desk"
    young_person.page.get_by_label("E-mail address").fill(seed.EMAIL)
    young_person.page.get_by_label("Password").fill("not the password")
    young_person.press("Sign in")
    assert young_person.page.title().startswith("Error: ")
