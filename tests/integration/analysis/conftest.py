"""A closed consultation whose comments are few, real and ready to analyse."""

import pytest
from sqlalchemy.orm import Session

from analysis.store import AnalysisRun
from tests.conftest import SECRET
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario


@pytest.fixture
def scenario(session: Session) -> Scenario:
    """Return forty answers with a run made by hand and four themes."""
    found = made.answered(session, secret=SECRET)
    session.commit()
    return found


@pytest.fixture
def run(scenario: Scenario) -> AnalysisRun:
    """Return the run of that consultation."""
    return scenario.run
