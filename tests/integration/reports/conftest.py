"""The small consultation, ready to publish."""

import pytest
from sqlalchemy.orm import Session

from engage.settings import Settings
from reports.formats import catalogue
from reports.models import Report
from reports.publishing import filing, services
from tests.conftest import SECRET
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario


@pytest.fixture
def scenario(session: Session) -> Scenario:
    """Return a closed consultation with forty answers and approved themes."""
    return made.answered(session, secret=SECRET)


@pytest.fixture
def report(session: Session, scenario: Scenario) -> Report:
    """Return a written report that keeps every rule."""
    return made.reported(session, scenario)


@pytest.fixture
def no_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a few bytes in place of the files, which take seconds, where a test is about the rest."""
    monkeypatch.setattr(filing, "to_pdf", lambda _html, *, base_url: f"%PDF-{base_url}".encode())
    monkeypatch.setattr(catalogue, "FORMATS", ())


@pytest.fixture
def published(session: Session, report: Report, settings: Settings, no_pdf: None) -> Report:
    """Return a report with one published version; its PDF is a stand-in."""
    del no_pdf
    services.publish(session, report, settings=settings, actor=made.ACTOR, now=made.NOW)
    session.commit()
    return report
