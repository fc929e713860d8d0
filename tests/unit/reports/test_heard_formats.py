# ruff: noqa: SLF001  # the library keeps what is asked for here to itself
"""Who was heard in every format: on paper, in Word, in easy read and as open data."""

import csv
import dataclasses
import datetime as dt
import io
import itertools
import zipfile
from pathlib import Path
from typing import Any

import docx
import page
import pytest
from docx.oxml.ns import qn
from pypdf import PdfReader

from engage import pdf
from reports.documents.document import Document
from reports.formats import onpaper, opendata, render, word
from reports.formats.source import Source
from reports.representation import heardtables, maps
from reports.representation.heardparts import (
    Baseline,
    Cloud,
    GroupShare,
    Heard,
    Place,
    PlaceMap,
    Profile,
    Reach,
    Word,
)
from reports.words.easylines import EasyLine
from reports.words.facts import Fact
from tests.published import DOCUMENT


def counted(key: str, value: int | None, base: int | None = None) -> Fact:
    of = f" of {base}" if base else ""
    return Fact(key, value, base, f"{value}{of} parent carers", None if value else "[c]")


def district(code: str, value: int | None) -> Place:
    tile = maps.arrangement()[code]
    fact = counted(f"place/p/PC18/parent_carer/{code}", value, 90)
    return Place(code, f"{tile.short} district", tile.short, tile.row, tile.column, fact)


MAP = PlaceMap(
    key="place/p/PC18/parent_carer",
    audience="parent_carer",
    label="Parent carers",
    question="Which district do you live in?",
    base=counted("place/p/PC18/parent_carer/:answered", 90),
    places=(district("E07000243", 60), district("E07000103", None), district("E07000240", 20)),
    others=(),
)
GROUP = GroupShare(
    "E", "An EHC plan", counted("profile/p/PC03/parent_carer/E", 45, 55),
    "82%", "70% to 90%", "23%", "349", "58 points above", "More than their share",
)  # fmt: skip
PLAIN = GroupShare("18_25", "18 to 25", counted("profile/p/PC02/parent_carer/18_25", None, 55))
WHO = Heard(
    reach=(
        Reach(
            "parent_carer", "Parent carers", counted("reach/parent_carer", 90, 41770),
            "2.2 for every 1,000 pupils", "These are pupils, not families.", ("pupils",),
        ),
    ),
    contacts=(Fact("contacts/heads", 11, None, "11 people were in the room"),),
    profiles=(
        Profile("profile/p/PC03/parent_carer", "Support", "What support?", "parents", (GROUP,)),
        Profile("profile/p/PC02/parent_carer", "Age", "How old?", "parents", (PLAIN,), "None."),
    ),
    maps=(MAP,),
    clouds=(
        Cloud(
            "parent_carer", "Parent carers",
            tuple(Word(w, counted(f"cloud/parent_carer/{w}", n, 80)) for w, n in
                  {"bus": 30, "plan": 20, "school": 9, "wait": 8, "taxi": 5}.items()),
        ),
    ),
    missing=(Fact("missing/x", 10, 55, "Fewer than their share: “SEN support” is 18%."),),
    easy=(EasyLine("90 parents and carers answered us.", "parent"),),
    baselines=(
        Baseline(
            "pupils", "pupils", "41,770", "Pupils with SEN.", "Census", dt.date(2025, 1, 16),
            Fact("baseline/pupils", 41770, None, "pupils: 41,770 (Census)"),
        ),
    ),
    limits="“More than their share” means an index of 125 or more.",
)  # fmt: skip


@pytest.fixture(scope="module")
def document() -> Document:
    return dataclasses.replace(DOCUMENT, who=WHO)


@pytest.fixture(scope="module")
def source(document: Document) -> Source:
    return Source(document, render.charts(document))


def test_every_drawing_is_named_for_good_and_fits_the_table_of_files(source: Source) -> None:
    assert {"map/0", "cloud/0"} <= source.drawings.keys()
    assert all(len(name) <= 20 for name in source.drawings)
    assert "Most: Stevenage district, 60 of 90" in source.drawings["map/0"]
    assert "“bus”, written by 30 of 80" in source.drawings["cloud/0"]


def test_the_pdf_is_accessible_and_holds_who_was_heard(source: Source, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    html = render.pdf_html(source)
    path.write_bytes(pdf.to_pdf(html, base_url=render.print_folder()))
    assert page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).is_compliant
    with PdfReader(path) as reader:
        words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    for part in (
        "Who we heard from", "2.2 for every 1,000 pupils", "More than their share", "[c]",
        "The words of parent carers", "“SEN support” is 18%", "Census, as at 16 January 2025",
    ):  # fmt: skip
        assert part in words


def test_the_easy_read_pdf_is_accessible_and_says_who_answered(
    source: Source, tmp_path: Path
) -> None:
    path = tmp_path / "easy.pdf"
    path.write_bytes(onpaper.easy_read(source))
    assert page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1).is_compliant
    with PdfReader(path) as reader:
        words = " ".join(" ".join(one.extract_text() for one in reader.pages).split())
    assert "90 parents and carers answered us." in words


def test_word_has_headings_tables_and_pictures_with_words(source: Source) -> None:
    read: Any = docx.Document(io.BytesIO(word.write(source)))
    levels = [
        int(one.style.name.removeprefix("Heading "))
        for one in read.paragraphs
        if one.style.name.startswith("Heading ")
    ]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))
    alts = [shape._inline.docPr.get("descr") for shape in read.inline_shapes]
    assert len(alts) == 4
    assert any("Most: Stevenage district, 60 of 90" in alt for alt in alts)
    assert all(len(alt) <= 250 for alt in alts)
    captions = [table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) for table in read.tables]
    for caption in ("How many answered", "Support", "Age", "Figures about the county"):
        assert caption in captions
    text = "\n".join(paragraph.text for paragraph in read.paragraphs)
    assert "“SEN support” is 18%" in text


def test_open_data_holds_it_as_tables_with_keys(source: Source) -> None:
    with zipfile.ZipFile(io.BytesIO(opendata.write(source))) as packed:
        tables = {
            name: list(csv.DictReader(packed.read(name).decode("utf-8-sig").splitlines()))
            for name in ("who_answered.csv", "places.csv", "audience_words.csv", "baselines.csv")
        }
        figures = packed.read("figures.csv").decode("utf-8-sig")
    keys = [row["figure"] for row in tables["who_answered.csv"]]
    assert len(set(keys)) == len(keys) == 2
    assert [row["people"] for row in tables["places.csv"]] == ["60", "[c]", "20"]
    assert tables["audience_words.csv"][0]["word"] == "bus"
    assert tables["baselines.csv"][0]["as_at"] == "2025-01-16"
    assert all(key in figures for key in (*keys, "reach/parent_carer", "baseline/pupils"))


def test_a_long_table_is_two_on_paper_and_loses_no_row() -> None:
    whole = heardtables.words(WHO.clouds[0])
    halves = whole.halves
    assert [row for half in halves for row in half.rows] == list(whole.rows)
    assert len({half.caption for half in halves}) == 2


def test_pictures_of_easy_lines_are_asked_for(document: Document) -> None:
    assert "parent" in render.easy_pictures(document)
