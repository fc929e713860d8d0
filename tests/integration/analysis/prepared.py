"""A closed consultation whose answers repeat, speak other languages and wander off."""

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.embeddings.embedding import Vectors, unit_rows
from analysis.models.store import AnalysisRun
from analysis.preparation import answers
from analysis.runs import services
from analysis.themes.pipeline import analyse
from engage import jobs
from surveys.models import Answer, Snapshot
from tests.factories import NOW
from tests.integration.reports import scenario as made
from tests.integration.reports.scenario import Scenario
from tests.tinyembedder import TinyEmbedder

SHARED = (
    "As a parent I support the Example campaign's five asks. Fund support in every school, publish "
    "waiting times each month, train every teacher, answer letters within ten days and give "
    "families a named person to call."
)
OWN = "My own child is still without a school place after"
BUS = "The bus to school is late again on route"
POLISH = "Autobus szkolny zawsze się spóźnia i nikt nas o tym nie informuje."
WELSH = "Mae angen mwy o gefnogaeth yn yr ysgol ar gyfer fy mab."
COPIES, ADDING = 53, 7


class BusSpace:
    """A space in which whatever speaks of a bus is alike."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        """Return one row a text."""
        rows = [[float("bus" in text.lower()), 0.1] for text in texts]
        return unit_rows(np.array(rows, dtype=np.float32))


def consultation(session: Session, secret: str) -> Scenario:
    """Return eighty people: sixty with a campaign's words, two in other languages."""
    found = made.answered(session, people={"parent_carer": 80}, plans=(), secret=secret)
    texts = [
        *[SHARED] * COPIES,
        *[f"{SHARED} {OWN} {row + 2} years." for row in range(ADDING)],
        POLISH,
        WELSH,
        *[f"{BUS} {row}." for row in range(18)],
    ]
    rows = session.scalars(select(Answer).where(Answer.question == "PC06")).all()
    for row, text in zip(sorted(rows, key=lambda row: row.response_id), texts, strict=True):
        row.value = text
    session.commit()
    return found


def analysed(session: Session, scenario: Scenario) -> AnalysisRun:
    """Analyse the snapshot as the worker would, with quick stand-ins for the two models."""
    snapshot = session.scalars(
        select(Snapshot).where(Snapshot.consultation_id == scenario.consultation.id)
    ).one()
    job = jobs.enqueue(session, "analyse", snapshot.id, asked_by="analyst", now=NOW)
    result = analyse(
        answers.documents(session, snapshot.id),
        embedder=TinyEmbedder(), space=BusSpace(), lists=services.code_lists(NOW.date()),
    )  # fmt: skip
    run = services.save_run(session, snapshot, result, job=job, now=NOW)
    services.adopt_proposals(session, run, actor="analyst", now=NOW)
    session.commit()
    return run
