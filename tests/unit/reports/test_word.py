# ruff: noqa: SLF001  # the library keeps what is asked for here to itself
"""The Word document, read back: what a screen reader meets in it."""

import io
import itertools
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn

from reports.formats import render, word
from tests.published import DOCUMENT, source


@pytest.fixture(scope="module")
def read() -> Any:
    return docx.Document(io.BytesIO(word.write(source())))


def levels(read: Any) -> list[tuple[int, str]]:
    return [
        (int(one.style.name.removeprefix("Heading ")), one.text)
        for one in read.paragraphs
        if one.style.name.startswith("Heading ")
    ]


def test_its_headings_are_real_and_skip_no_level(read: Any) -> None:
    found = levels(read)
    assert found[0] == (1, DOCUMENT.cover.title)
    assert [level for level, _ in found].count(1) == 1
    assert all(after <= before + 1 for (before, _), (after, _) in itertools.pairwise(found))
    for entry in DOCUMENT.entries:
        assert (3, entry.title) in found


def test_it_names_itself_its_language_and_who_wrote_it(read: Any) -> None:
    known = read.core_properties
    assert known.title == DOCUMENT.cover.title
    assert known.author == DOCUMENT.cover.organisation
    assert known.language == "en-GB"
    languages = {one.get(qn("w:val")) for one in read.styles.element.iter(qn("w:lang"))}
    assert languages == {"en-GB"}


def test_every_chart_says_its_top_value_and_base(read: Any) -> None:
    alts = [shape._inline.docPr.get("descr") for shape in read.inline_shapes]
    assert len(alts) == 2, "a chart and a cloud"
    assert "“Waiting for health help”, by 14 of 20 parent carers" in alts[0]
    assert "The largest word shown is “waiting”, written by 9 of 20 people" in alts[1]


def test_every_table_has_a_header_row_and_a_name(read: Any) -> None:
    head, rows = render.raised_table(DOCUMENT)
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in read.tables]
    assert [head, *rows] in tables
    for table in read.tables:
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val"))


def test_a_draft_says_so_at_the_head_of_every_page() -> None:
    read = docx.Document(io.BytesIO(word.write(source(draft="DRAFT. 62% of comments coded."))))
    head = read.sections[0].header
    assert "62% of comments coded" in head.paragraphs[0].text
    assert 'string="DRAFT"' in head._element.xml
    assert read.core_properties.title.startswith("DRAFT: ")


def test_type_is_large_enough_and_dark_enough(read: Any) -> None:
    for name in ("Normal", "List Bullet", "Caption", "Heading 4"):
        style = read.styles[name]
        assert style.font.size.pt >= 12
        assert str(style.font.color.rgb) == "0B0C0C"
