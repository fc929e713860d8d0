"""The yearly Local Offer pack: only what is about it, in the three categories, gaps said."""

import csv
import io
import zipfile

import docx
import pytest

from reports.formats import regulation
from tests.published import DOCUMENT, QUOTE, source


@pytest.fixture(scope="module")
def pack() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(regulation.write(source()))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_it_holds_the_entries_about_the_local_offer_and_no_other(pack: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(pack["answers.csv"].decode("utf-8-sig"))))
    assert [row["key"] for row in rows] == ["waiting"]
    other = next(entry for entry in DOCUMENT.entries if not entry.reg56_category)
    words = " ".join(
        one.text for one in docx.Document(io.BytesIO(pack["local-offer.docx"])).paragraphs
    )
    assert other.title not in words
    assert QUOTE in words


def test_a_category_without_an_entry_says_so(pack: dict[str, bytes]) -> None:
    read = pack["README.md"].decode()
    for label in regulation.CATEGORIES.values():
        assert f"## {label}" in read
    assert read.count(regulation.NONE) == 2
    assert "Comments: We wait far too long" in read
    assert "We opened a phone line" in read


def test_the_themes_carry_their_numbers_and_bases(pack: dict[str, bytes]) -> None:
    rows = list(csv.DictReader(io.StringIO(pack["themes.csv"].decode("utf-8-sig"))))
    assert rows[0]["who_said"] == "14 of 20 parent carers who wrote a comment"
    assert pack["method.md"]
