"""A closed consultation whose comments are few, real and ready to analyse."""

import csv
import dataclasses
from pathlib import Path

import pytest
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun
from analysis.preparation import answers
from analysis.runs import meaning, services
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis
from engage.consultations import Consultation
from surveys.models import Answer, Snapshot
from tests.conftest import SECRET
from tests.factories import NOW, JobFactory
from tests.integration.analysis.words import Words
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario

LABELLED = Path(__file__).parents[2] / "unit" / "analysis" / "labelled.csv"


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


@dataclasses.dataclass
class Proposed:
    """A consultation as the machine leaves it: nobody has decided anything yet."""

    consultation: Consultation
    snapshot: Snapshot
    run: AnalysisRun
    found: Analysis


@pytest.fixture(scope="session")
def sentences() -> list[str]:
    """Return what invented people wrote."""
    with LABELLED.open(encoding="utf-8", newline="") as file:
        return [row["text"] for row in csv.DictReader(file)]


@pytest.fixture
def proposed(session: Session, sentences: list[str]) -> Proposed:
    """Return 75 answers with the themes that the machine proposes for them."""
    people = {"parent_carer": 60, "professional": 10, "young_person": 5}
    consultation = made.answered(session, secret=SECRET, people=people, plans=[]).consultation
    session.execute(delete(AnalysisRun))
    written = session.scalars(
        select(Answer).where(Answer.question != "QP1").order_by(Answer.response_id)
    )
    for answer, words in zip(written, sentences, strict=False):
        answer.value = words
    session.flush()
    snapshot = session.scalars(select(Snapshot)).one()
    found = analyse(answers.documents(session, snapshot.id), embedder=Words())
    job = JobFactory(kind="analyse", subject_id=snapshot.id, asked_by="ann")
    run = services.save_run(session, snapshot, found, job=job, now=NOW)
    services.adopt_proposals(session, run, actor="ann", now=NOW)
    meaning.make_map(session, run, embedder=Words())
    session.commit()
    return Proposed(consultation, snapshot, run, found)
