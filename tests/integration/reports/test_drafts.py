"""Every format of a draft: marked on each, kept for staff, gone when words are taken out."""

import io
import zipfile
from collections.abc import Callable

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage.audit import AuditEvent
from engage.jobs import Job
from engage.settings import Settings
from reports.formats.source import TAKEN_OUT
from reports.models import Publication, Report
from reports.publishing import drafts, filing, services
from surveys.services import withdraw
from tests.conftest import SECRET
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.people import Staff
from tests.published import words_of

DESK = "/desk/consultations/send-strategy/report/"
QUOTE = made.WAITING.words[0]


@pytest.fixture
def unfinished(session: Session, scenario: Scenario) -> Report:
    """Return a report with entries and a quote that nobody has answered or approved."""
    report = services.build(session, scenario.consultation, actor=made.ACTOR, now=NOW)
    response = scenario.responses["parent_carer"][0]
    services.add_quote(
        session, scenario.entry(report, made.WAITING), scenario.run,
        (response.id, made.FILES["parent_carer"][1], 0), actor=made.ACTOR, now=NOW,
    )  # fmt: skip
    session.commit()
    return report


@pytest.mark.full_on_postgresql
def test_every_format_of_an_unfinished_draft_says_that_it_is_one(
    session: Session, unfinished: Report, settings: Settings
) -> None:
    stages: list[str] = []
    built = drafts.build(
        session, unfinished, settings=settings, actor="x", now=NOW,
        progress=lambda stage, *_: stages.append(stage),
    )  # fmt: skip
    with zipfile.ZipFile(io.BytesIO(built.content)) as archive:
        assert len(archive.namelist()) == len(filing.formats())
        for name in archive.namelist():
            words = words_of(archive.read(name))
            assert "% of comments coded" in words or "per cent of comments coded" in words
            assert "-draft" in name
    assert len(stages) == len(filing.formats()) + 1
    assert session.scalars(select(Publication)).first() is None, "nothing is published by it"


@pytest.mark.full_on_postgresql
def test_words_that_were_taken_out_are_not_in_a_new_draft(
    session: Session, unfinished: Report, scenario: Scenario, settings: Settings
) -> None:
    source = drafts.source_of(session, unfinished, settings=settings, now=NOW)
    assert QUOTE in words_of(filing.REPORT.build(source))
    withdraw(session, scenario.responses["parent_carer"][0], secret=SECRET, now=NOW)
    source = drafts.source_of(session, unfinished, settings=settings, now=NOW)
    words = words_of(filing.REPORT.build(source))
    assert QUOTE not in words
    assert TAKEN_OUT in words


def test_an_officer_asks_for_the_draft_and_gets_it(
    session: Session,
    unfinished: Report,
    settings: Settings,
    staff: Callable[..., Staff],
    no_pdf: None,
) -> None:
    del no_pdf
    officer = staff("engagement_officer")
    officer.signs_in()
    assert "There is no draft yet" in officer.opens(f"{DESK}draft/").text
    assert officer.opens(f"{DESK}draft/draft.zip").status_code == 404
    officer.client.send(f"{DESK}draft/", page=f"{DESK}draft/")
    job = session.scalars(select(Job).where(Job.kind == drafts.JOB)).one()
    drafts.build_draft(session, job, lambda *_: None, settings=settings, now=NOW)
    session.commit()
    assert "All of them in one file" in officer.opens(f"{DESK}draft/").text
    got = officer.opens(f"{DESK}draft/draft.zip")
    assert got.data.startswith(b"PK")
    assert got.headers["Cache-Control"] == "private, no-store"
    verbs = session.scalars(select(AuditEvent.verb).where(AuditEvent.object_type == "draft"))
    assert list(verbs) == ["read"]
    assert unfinished.id == job.subject_id


def test_a_new_draft_takes_the_place_of_the_old_and_goes_with_words_taken_out(
    session: Session, unfinished: Report, scenario: Scenario, settings: Settings, no_pdf: None
) -> None:
    del no_pdf
    for _ in range(2):
        drafts.build(session, unfinished, settings=settings, actor="x", now=NOW)
    kept = drafts.kept(session, unfinished)
    assert kept is not None
    assert kept[1] > 0
    drafts.erase_after(session, scenario.responses["young_person"][0])
    assert drafts.kept(session, unfinished) is None
