"""The printed file: accessible by machine check, whole, numbered, and its QR code can be read."""

import dataclasses
import datetime as dt
import functools
import io
from pathlib import Path
from typing import Any

import page as validation
import pypdfium2
import pytest
import zxingcpp
from click.testing import CliRunner
from flask import Flask
from pypdf import PdfReader
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs, pdf, taxonomy
from engage.cli import main
from engage.consultations import Consultation
from engage.settings import Settings
from surveys import document
from surveys.editions import languages
from surveys.models import PaperPrint, PaperSheet, Survey, SurveyLink
from surveys.paperwork import paper, printing
from surveys.questionnaire import Questionnaire, build
from surveys.questions import Edition

PUBLIC = "https://engage.example.org"
CODE, RECEIPT = "SHEET-7K4Q-92XD-V", "BEE-4H7M-0QXT-9"
MILLIMETRES = 72 / 25.4
LONGEST_SHEET = 20  # what the guidance on easy read asks for


@pytest.fixture(scope="module")
def parents() -> Questionnaire:
    """Return the shipped questionnaire for parents in every language that is complete."""
    source = document.load(document.shipped()["parent-carers"])
    lists = functools.partial(taxonomy.terms, on=dt.date(2026, 3, 1))
    return build(languages.with_translations(document.complete(source, lists)))


def made(
    read: Questionnaire, plan: Consultation, edition: Edition, *, large: bool = False
) -> bytes:
    setting = paper.Setting(
        edition=edition, large=large, organisation="Test partnership",
        address=f"{PUBLIC}/s/parents/", answers_address=f"{PUBLIC}/your-answers",
        notice_version="1",
    )  # fmt: skip
    html = paper.sheet_html(read, plan, setting, CODE, RECEIPT)
    return pdf.to_pdf(html, base_url=paper.folder())


def is_accessible(content: bytes, folder: Path) -> bool:
    file = folder / "sheets.pdf"
    file.write_bytes(content)
    verdict = validation.validate_pdf(str(file), profile=validation.ValidationProfile.PDF_UA_1)
    assert [failure.message for failure in verdict.failures] == []
    return bool(verdict.is_compliant)


def scanned(content: bytes, page: int = 0) -> str:
    """Return what a phone reads from a page."""
    document_ = pypdfium2.PdfDocument(content)
    try:
        found = zxingcpp.read_barcodes(document_[page].render(scale=2).to_pil())
    finally:
        document_.close()
    return found[0].text if found else ""


#: Editions that full runs print too: each takes seconds.
RARER = ("standard", "plain", "ro", "ur")


@pytest.mark.full_on_postgresql
@pytest.mark.parametrize(
    ("edition", "large"),
    [
        ("standard", True), ("easy", False), ("pl", False),
        *(pytest.param(one, False, marks=pytest.mark.full) for one in RARER),
    ],
)  # fmt: skip
def test_every_edition_is_an_accessible_a4_file(
    parents: Questionnaire, plan: Consultation, tmp_path: Path, edition: Edition, large: bool
) -> None:
    if edition not in {*languages.ALWAYS, *parents.languages}:
        pytest.skip("This language is not complete yet.")
    content = made(parents, plan, edition, large=large)
    assert is_accessible(content, tmp_path)
    with PdfReader(io.BytesIO(content)) as reader:
        assert len(reader.pages) <= LONGEST_SHEET
        root: Any = reader.trailer["/Root"]
        assert root["/Lang"] == paper.EDITION_FACTS[edition].language
        for page in reader.pages:
            assert round(float(page.mediabox.width)) == round(210 * MILLIMETRES)
            assert CODE in page.extract_text()


@pytest.mark.full_on_postgresql
def test_pages_are_numbered_and_no_question_is_split(
    parents: Questionnaire, plan: Consultation
) -> None:
    with PdfReader(io.BytesIO(made(parents, plan, "standard"))) as reader:
        texts = [page.extract_text() for page in reader.pages]
    for number, text in enumerate(texts, start=1):
        assert f"Page {number} of {len(texts)}" in text
    for asked in paper.printed_questions(parents, "standard"):
        if asked.asks:
            labels = [choice.text.split()[0] for choice in asked.q.choices]
            home = next(text for text in texts if f"Question {asked.number}\n" in text)
            assert all(label in home for label in labels), asked.number


@pytest.mark.full_on_postgresql
def test_the_qr_code_leads_to_the_online_form(parents: Questionnaire, plan: Consultation) -> None:
    assert scanned(made(parents, plan, "standard")) == f"{PUBLIC}/s/parents/"


@pytest.mark.full_on_postgresql
def test_every_kind_of_question_can_be_printed(
    source: dict[str, Any], plan: Consultation, tmp_path: Path
) -> None:
    lists = functools.partial(taxonomy.terms, on=dt.date(2026, 3, 1))
    read = build(document.complete(source, lists))
    for edition in ("standard", "easy"):
        assert is_accessible(made(read, plan, edition), tmp_path)  # type: ignore[arg-type]  # both


@pytest.mark.full_on_postgresql
def test_copies_have_their_own_codes_and_their_own_page_numbers(
    session: Session, survey: Survey, settings: Settings, now: dt.datetime, tmp_path: Path
) -> None:
    asked = printing.print_sheets(
        session, survey, edition="standard", copies=2, actor="officer", now=now
    )
    content = printing.make_file(session, asked, settings=settings)
    assert is_accessible(content, tmp_path)
    codes = set(session.scalars(select(PaperSheet.code)))
    with PdfReader(io.BytesIO(content)) as reader:
        texts = [page.extract_text() for page in reader.pages]
    half = len(texts) // 2
    assert all(f"of {half}" in text for text in texts)
    assert sum("Page 1 of" in text for text in texts) == 2
    assert {code for code in codes if any(code in text for text in texts)} == codes
    assert "address of the online form is not set yet" in " ".join(texts[0].split())
    assert scanned(content) == ""


def test_a_link_called_paper_is_what_the_qr_code_says(
    session: Session, survey: Survey, settings: Settings, now: dt.datetime
) -> None:
    session.add(
        SurveyLink(
            survey_id=survey.id,
            token="t0ken",
            channel="online_std",
            label="Paper",
            made_on=now.date(),
        )
    )
    asked = printing.print_sheets(
        session, survey, edition="standard", copies=1, actor="officer", now=now
    )
    known = dataclasses.replace(settings, public_url=PUBLIC)
    assert scanned(printing.make_file(session, asked, settings=known)) == f"{PUBLIC}/g/t0ken"


def test_a_worker_makes_the_file_of_a_pile_and_keeps_it(
    app: Flask, session: Session, survey: Survey, now: dt.datetime
) -> None:
    asked = printing.print_sheets(
        session, survey, edition="easy", copies=2, actor="officer", now=now
    )
    job = jobs.enqueue(session, printing.JOB, asked.id, asked_by="officer", now=now)
    session.commit()
    seen: list[str] = []
    done = jobs.run(app, job.id, on_progress=lambda *told: seen.append(f"{told[1]}/{told[2]}"))
    assert done is not None
    assert done.outcome == "succeeded"
    assert "1/2" in seen
    session.expire_all()
    kept = session.get_one(PaperPrint, asked.id).content
    assert kept is not None
    assert kept.startswith(b"%PDF")


def test_the_command_writes_sheets_or_says_what_is_wrong(
    session: Session, survey: Survey, settings: Settings, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setenv("ENGAGE_DATA_DIR", str(settings.data_dir))
    monkeypatch.setenv("ENGAGE_DATABASE_URL", settings.database_url)
    out = tmp_path / "sheets.pdf"
    done = CliRunner().invoke(
        main, ["survey", "paper", survey.slug, "--copies", "2", "--out", str(out)]
    )
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF")
    assert "ENGAGE_PUBLIC_URL" in done.output
    assert len(session.scalars(select(PaperSheet)).all()) == 2
    for wrong in (["nowhere"], [survey.slug, "--edition", "bsl"], [survey.slug, "--copies", "0"]):
        told = CliRunner().invoke(main, ["survey", "paper", *wrong, "--out", str(out)])
        assert told.exit_code == 2, told.output
