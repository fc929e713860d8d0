"""A plan with one tiny survey of the commonest kinds of question."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.orm import Session

from engage import consultations
from engage.consultations import Consultation
from engage.orm import utc_now
from surveys import document, services
from surveys.models import Survey
from tests import factories
from tests.integration.surveys.walker import Walker
from tests.pages import CheckedClient

DOCUMENTS = Path(__file__).parents[2] / "questionnaires"


@pytest.fixture
def now() -> dt.datetime:
    return utc_now()


@pytest.fixture
def plan(session: Session, now: dt.datetime) -> Consultation:
    today = consultations.local_date(now)
    made: Consultation = factories.ConsultationFactory(
        slug="tiny-plan",
        lawful_basis="Public task: UK GDPR Article 6(1)(e)",
        safeguarding_reader=None,
        contact="listening@example.org",
        opens_on=today - dt.timedelta(days=3),
        closes_on=today + dt.timedelta(days=30),
        findings_due=today + dt.timedelta(days=60),
        answer_due=today + dt.timedelta(days=90),
    )
    session.commit()
    return made


@pytest.fixture
def source() -> dict[str, Any]:
    return document.load(DOCUMENTS / "tiny.yaml")


@pytest.fixture
def imported(
    session: Session, plan: Consultation, source: dict[str, Any], now: dt.datetime
) -> Survey:
    survey = services.import_survey(session, plan, source, "tiny", actor="officer", now=now)
    session.commit()
    return survey


@pytest.fixture
def survey(session: Session, imported: Survey, now: dt.datetime) -> Survey:
    services.open_survey(session, imported, actor="officer", now=now, production=False)
    session.commit()
    return imported


@pytest.fixture
def walker(client: CheckedClient, survey: Survey) -> Walker:
    return Walker(client, survey.slug)
