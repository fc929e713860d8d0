"""The PDF: accessible by machine check, whole, and honest about what is invented."""

import page
import pytest
from pypdf import PdfReader
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.models import Report
from reports.publishing import services
from tests.factories import NOW
from tests.integration.reports import scenario as made


@pytest.mark.full_on_postgresql
def test_the_pdf_is_accessible_and_holds_every_entry(
    session: Session, report: Report, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    publication = services.publish(session, report, settings=settings, actor="x", now=NOW)
    path = tmp_path_factory.mktemp("pdf") / "report.pdf"
    path.write_bytes(next(f.content for f in publication.files if f.kind == "pdf"))
    verdict = page.validate_pdf(str(path), profile=page.ValidationProfile.PDF_UA_1)
    assert verdict.is_compliant
    with PdfReader(path) as reader:
        words = " ".join(" ".join(p.extract_text() for p in reader.pages).split())
        assert reader.metadata is not None
        assert reader.metadata.title == report.title
        pages = len(reader.pages)
    for entry in report.entries:
        assert entry.title in words
        assert entry.we_did_text in words
    assert f"Page 1 of {pages}" in words
    assert f"/you-said-we-did/{report.slug}/v1/" in words


@pytest.mark.full_on_postgresql
def test_a_demo_says_in_the_files_properties_that_it_is_invented(
    session: Session, settings: Settings, tmp_path_factory: pytest.TempPathFactory
) -> None:
    demo = made.answered(session, demo=True)
    report = made.published(session, demo, settings)
    publication = services.latest(session, report)
    assert publication is not None
    path = tmp_path_factory.mktemp("pdf") / "demo.pdf"
    path.write_bytes(next(f.content for f in publication.files if f.kind == "pdf"))
    with PdfReader(path) as reader:
        assert reader.metadata is not None
        properties = [reader.metadata.title, reader.metadata.subject, reader.metadata.keywords]
        cover = " ".join(reader.pages[0].extract_text().split())
    assert all("invented" in (value or "").lower() for value in properties)
    assert "are invented to show how Engage works" in cover
