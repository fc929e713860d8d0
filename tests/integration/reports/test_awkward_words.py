"""Words that software trips over, where staff read them and where they are printed."""

import dataclasses
import functools
from collections.abc import Callable
from pathlib import Path

import font_source_sans_pro
import html5lib
import page
import pytest
from bs4 import BeautifulSoup
from fontTools.ttLib import TTFont
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.store import ProposedCoding
from engage.pdf import to_pdf
from reports.documents import document
from reports.documents.document import Document, Quotation
from reports.formats import render
from reports.formats.source import Source
from reports.models import Report
from reports.publishing import services
from tests.awkward import kept, seen, strings
from tests.integration.reports.scenario import Scenario
from tests.people import Staff

SOME = strings(every=100)[::6]
ALL = strings()
READ = "/desk/consultations/send-strategy/themes/read"


@functools.cache
def letters() -> frozenset[str]:
    """Return what the font that every PDF carries can print; the rest depends on the machine."""
    font = TTFont(font_source_sans_pro.font_files_ttf["SourceSansPro"])
    return frozenset(map(chr, font.getBestCmap()))


def has_letters(words: str) -> bool:
    return set(seen(kept(words))) <= letters()


def quoting(session: Session, report: Report, words: list[str]) -> Document:
    """Return the published report with all these words as quotations of its first entry."""
    publication = services.latest(session, report)
    assert publication is not None
    found = document.from_json(publication.document)
    said = tuple(Quotation(seen(kept(one)), "Parent carer, winter 2025") for one in words)
    first, *rest = found.groups
    entries = (dataclasses.replace(first.entries[0], quotes=said), *first.entries[1:])
    return dataclasses.replace(found, groups=(dataclasses.replace(first, entries=entries), *rest))


def read_and_print(
    session: Session, published: Report, analyst: Staff, words: list[str], folder: Path
) -> None:
    coding = session.scalars(select(ProposedCoding)).first()
    assert coding is not None
    for one in words:
        coding.redacted_text = kept(one)
        session.commit()
        shown = analyst.opens(f"{READ}/{coding.response_id}/{coding.question}")
        assert shown.status_code == 200
        main = BeautifulSoup(shown.data, "html.parser").select_one("main")
        assert main is not None
        assert seen(kept(one)) in seen(main.get_text())
    quoted = quoting(session, published, [one for one in words if has_letters(one)])
    html = render.pdf_html(Source(quoted, render.charts(quoted)))
    html5lib.HTMLParser(strict=True).parse(html)
    path = folder / "awkward.pdf"
    path.write_bytes(to_pdf(html, base_url=render.print_folder()))
    verdict = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant


@pytest.fixture
def analyst(staff: Callable[..., Staff], scenario: Scenario) -> Staff:
    del scenario
    somebody = staff("analyst")
    somebody.signs_in()
    return somebody


def test_awkward_words_are_read_and_printed_as_they_were_written(
    session: Session, published: Report, analyst: Staff, tmp_path: Path
) -> None:
    read_and_print(session, published, analyst, SOME, tmp_path)


@pytest.mark.full
@pytest.mark.one_database
@pytest.mark.timeout(1200)
def test_the_whole_list_of_naughty_strings_is_read_and_printed(
    session: Session, published: Report, analyst: Staff, tmp_path: Path
) -> None:
    read_and_print(session, published, analyst, ALL, tmp_path)
