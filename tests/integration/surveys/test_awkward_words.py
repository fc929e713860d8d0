"""Whatever people type comes back as they typed it, on every page and in every file.

The list of strings is in tests/awkward.py; the usual run takes a part of it, the full run all.
"""

import csv
import io

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.orm import utc_now
from surveys import exports, queries, services
from surveys.models import Answer, Survey
from surveys.questionnaire import Page
from tests.awkward import kept, seen, strings
from tests.factories import NOW
from tests.pages import CheckedClient
from tests.tabs import Tab

SOME = strings(every=50)[::2]
ALL = strings()
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
MOST_PAGES = 60


def boxes(page: Page) -> dict[str, tuple[str, ...]]:
    """Return what has to be chosen so that a page takes own words, and by which field."""
    if page.question.is_text:
        return {"answer": ()}
    talker = next((option for option in page.question.options if option.say_what), None)
    return {"answer_words": (talker.key,)} if talker else {}


def fits(page: Page, words: str) -> bool:
    """Tell whether words are short enough to be kept."""
    return len(kept(words)) <= getattr(page.question, "longest", 200)


class Writer:
    """Somebody who writes the same words wherever words are asked for."""

    def __init__(self, client: CheckedClient, survey: Survey, pages: dict[str, Page]) -> None:
        self.client, self.slug, self.pages = client, survey.slug, pages
        self.tab = Tab(client)
        self.wrote: dict[str, str] = {}

    def writes_everywhere(self, words: str, edition: str = "standard") -> None:
        self.client.delete_cookie("engage_answers", path=f"/s/{self.slug}/")
        self.wrote = {}
        self.tab.open(f"/s/{self.slug}/?edition={edition}")
        self.tab.press("Yes")
        for _ in range(MOST_PAGES):
            if not self.tab.page_id:
                return
            self.writes_on(self.pages[self.tab.page_id], words)

    def writes_on(self, page: Page, words: str) -> None:
        """Answer a page, look at it again, and go on."""
        asked, address = boxes(page), self.tab.path
        if not asked or not fits(page, words):
            self.tab.press("Skip this question" if page.question.is_asked else "Continue")
            return
        ((field, keys),) = asked.items()
        chosen = {"answer": keys} if keys else {}
        self.tab.press("Continue", **chosen, **{field: words})
        after = self.tab.twin()
        assert after.path != address, f"{words!r} was refused on {page.id}"
        self.wrote[page.question.code] = kept(words)
        self.tab.open(address)
        assert self.tab.field(field) == kept(words), f"{page.id} shows something else"
        self.tab = after

    def sends(self) -> str:
        """Check the answers, send them, and return the code."""
        checked = seen(self.tab.main)
        for words in self.wrote.values():
            assert seen(words) in checked, f"{words!r} is not on the page before sending"
        self.tab.press("Send my answers")
        code = self.tab.html.select_one(".receipt-code, .code")
        return code.get_text(strip=True) if code else ""


@pytest.fixture
def pages(session: Session, survey: Survey) -> dict[str, Page]:
    return {page.id: page for page in queries.current_document(session, survey).pages}


@pytest.fixture
def writer(client: CheckedClient, survey: Survey, pages: dict[str, Page]) -> Writer:
    return Writer(client, survey, pages)


def rows(session: Session) -> dict[str, dict[str, str]]:
    """Return the words that are stored, by response and question."""
    session.rollback()
    found: dict[str, dict[str, str]] = {}
    stored = select(Answer.response_id, Answer.question, Answer.value).order_by(Answer.position)
    for response_id, question, value in session.execute(stored):
        found.setdefault(response_id, {})[question] = value
    return found


def read_everything_back(
    session: Session, survey: Survey, writer: Writer, words: list[str], edition: str
) -> None:
    """Write each string, send it, and find it again in the database and in the spreadsheet."""
    for one in words:
        writer.writes_everywhere(one, edition)
        assert writer.wrote, f"no field took {one!r}"
        writer.sends()
    stored = rows(session)
    assert len(stored) == len(words)
    for answers in stored.values():
        assert len({value.removeprefix("=") for value in answers.values()} - {""}) >= 1
    written = {value for answers in stored.values() for value in answers.values()}
    assert {kept(one) for one in words} <= written
    check_spreadsheet(session, survey, stored)


def check_spreadsheet(session: Session, survey: Survey, stored: dict[str, dict[str, str]]) -> None:
    """Find every answer in its row, and no cell that a spreadsheet would run."""
    for response_id, answers in stored.items():
        for question in answers:
            # What sounds alarming was held when it was sent, by the clock on the wall.
            services.release(session, response_id, question, now=utc_now())
            services.mark_read(session, response_id, question, now=NOW)
    table = list(csv.DictReader(io.StringIO(exports.answers_csv(session, survey))))
    assert {row["response"] for row in table} == set(stored)
    for row in table:
        for question, value in stored[row["response"]].items():
            cell = row[question]
            assert not cell.startswith(FORMULA), cell
            assert value.removeprefix("=") in cell


@pytest.mark.timeout(600)
@pytest.mark.parametrize(
    "edition",
    ["standard", pytest.param("easy", marks=(pytest.mark.full, pytest.mark.one_database))],
)
def test_awkward_words_come_back_as_they_were_written(
    session: Session, survey: Survey, writer: Writer, edition: str
) -> None:
    read_everything_back(session, survey, writer, SOME, edition)


@pytest.mark.full
@pytest.mark.one_database
@pytest.mark.timeout(3000)
def test_the_whole_list_of_naughty_strings_comes_back_as_it_was_written(
    session: Session, survey: Survey, writer: Writer
) -> None:
    read_everything_back(session, survey, writer, ALL, "standard")
