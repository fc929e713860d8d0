"""What a screen reader says on a page of each kind of question, kept as text that people can read.

The files in transcripts/ are what was read and found sensible. After a change on purpose write
them anew, and read what changed:

    ENGAGE_WRITE_TRANSCRIPTS=1 python -m pytest -n0 tests/journeys/test_spoken.py
"""

import os
from pathlib import Path

import pytest

from surveys import document, questionnaire
from surveys.questions import KINDS
from tests.journeys.answers import spoil
from tests.journeys.seed import EVERY_KIND
from tests.journeys.spoken import transcript
from tests.journeys.visitors import NewVisitor, Visitor
from tests.kinds import TODAY

FOLDER = Path(__file__).parent / "transcripts"
WRITES = bool(os.environ.get("ENGAGE_WRITE_TRANSCRIPTS"))
EDITIONS = ("standard", "easy")
HOME = "/s/every-kind/"
CONTINUE = "main form[action*='/q/'] button:not([name], [formaction], [tabindex])"


def pages_by_kind() -> dict[str, str]:
    """Return the first page of each kind that is asked whatever was answered before."""
    read = questionnaire.build(document.complete(document.load(EVERY_KIND), TODAY))
    found: dict[str, str] = {}
    for page in read.pages:
        if page.when is None:
            found.setdefault(page.question.kind, page.id)
    return found


def says(visitor: Visitor, kind: str, page_id: str) -> str:
    """Return what is said on a page, and again after a mistake, which is inspected too."""
    visitor.page.goto(f"{visitor.home}{HOME}q/{page_id}")
    said = transcript(visitor.page)
    if spoil(visitor, kind):
        with visitor.page.expect_navigation():
            visitor.page.locator(CONTINUE).first.click()
        visitor.look()
        assert visitor.page.title().startswith("Error: "), kind
        said += f"\nAfter a mistake:\n\n{transcript(visitor.page)}"
    return said


def test_every_kind_has_its_transcripts() -> None:
    wanted = {f"{kind}.{edition}.txt" for kind in KINDS for edition in EDITIONS}
    assert {file.name for file in FOLDER.glob("*.txt")} == wanted


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_screen_reader_says_each_kind_of_question_as_it_was_read_and_approved(
    new_visitor: NewVisitor, edition: str
) -> None:
    visitor = new_visitor()
    visitor.page.goto(f"{visitor.home}{HOME}?edition={edition}")
    with visitor.page.expect_navigation():
        visitor.page.locator("main button[name=answer][value=yes]").click()
    changed = []
    for kind, page_id in pages_by_kind().items():
        file = FOLDER / f"{kind}.{edition}.txt"
        said = says(visitor, kind, page_id)
        if WRITES:
            file.write_text(said, encoding="utf-8")
        elif said != file.read_text(encoding="utf-8"):
            changed.append(f"{file.name} is now:\n{said}")
    assert changed == []
