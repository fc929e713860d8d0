"""Everything that is printed: accessible by machine check, and honest on every page."""

import io
from pathlib import Path

import page
import pypdfium2
import pytest
import zxingcpp
from pypdf import PdfReader

from reports.formats.catalogue import Format
from reports.publishing import filing
from tests.published import DOCUMENT, source

PRINTED = [one for one in filing.formats() if one.media_type == "application/pdf"]
EVERY = pytest.mark.parametrize("one", PRINTED, ids=lambda one: one.kind)
DRAFT = "DRAFT. Not approved. 62% of comments coded (25 of 40 comments)."


@pytest.mark.parametrize("draft", ["", DRAFT], ids=["published", "draft"])
@EVERY
def test_every_pdf_passes_pdf_ua(one: Format, draft: str, tmp_path: Path) -> None:
    path = tmp_path / one.file
    path.write_bytes(one.build(source(demo=True, draft=draft, taken=True)))
    verdict = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant
    with PdfReader(path) as reader:
        assert reader.metadata is not None
        assert "Invented example: " in (reader.metadata.title or "")
        assert (reader.metadata.title or "").startswith("DRAFT: ") == bool(draft)
        assert "invented" in (reader.metadata.subject or "")


@EVERY
def test_a_draft_says_so_and_how_much_is_coded_on_every_page(one: Format) -> None:
    with PdfReader(io.BytesIO(one.build(source(draft=DRAFT)))) as reader:
        for sheet in reader.pages:
            assert "62% of comments coded" in " ".join(sheet.extract_text().split())


def test_the_poster_is_one_page_and_a_phone_can_read_its_code() -> None:
    poster = next(one for one in PRINTED if one.kind == "poster")
    with pypdfium2.PdfDocument(poster.build(source(demo=True, draft=DRAFT, taken=True))) as made:
        assert len(made) == 1
        read = zxingcpp.read_barcodes(made[0].render(scale=3).to_pil())
    assert [found.text for found in read] == [source().home]


def test_easy_read_has_large_type_and_says_who_checked_it() -> None:
    easy = next(one for one in PRINTED if one.kind == "easy")
    sizes: set[float] = set()
    with PdfReader(io.BytesIO(easy.build(source()))) as reader:
        words = " ".join(sheet.extract_text() for sheet in reader.pages)
        for sheet in reader.pages:
            sheet.extract_text(
                visitor_text=lambda text, _cm, tm, _font, size: (
                    sizes.add(round(size * abs(tm[3]))) if text.strip() else None
                )
            )
    assert "No group of readers has checked this yet." in " ".join(words.split())
    assert sizes
    for line in (*DOCUMENT.easy_summary, *DOCUMENT.entries[1].answer.instead_easy):
        assert line.text in " ".join(words.split())
