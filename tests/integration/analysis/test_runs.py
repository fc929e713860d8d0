import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from analysis.decided import decisions, queries
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from analysis.runs import services
from engage import jobs
from engage.consultations import Consultation
from surveys.models import Answer, AnswerHold
from tests.factories import NOW
from tests.integration.reports import scenario as made

LABELLED = Path(__file__).parents[2] / "unit" / "analysis" / "labelled.csv"
ANALYST = "analyst"


@pytest.fixture
def consultation(session: Session) -> Consultation:
    """Return a closed consultation in which everybody wrote something real and different."""
    found = made.answered(
        session, people={"parent_carer": 60, "professional": 10, "young_person": 5}, plans=[]
    )
    session.execute(text("DELETE FROM analysis_run"))
    words = _sentences()
    for answer in session.scalars(select(Answer).where(Answer.question != "QP1")):
        answer.value = next(words)
    session.commit()
    return found.consultation


def _sentences() -> Iterator[str]:
    with LABELLED.open(encoding="utf-8", newline="") as file:
        yield from (row["text"] for row in csv.DictReader(file))


def analyse(app: Flask, session: Session, consultation: Consultation) -> jobs.Job:
    job = services.start_run(session, consultation, actor=ANALYST, now=NOW)
    session.commit()
    done = jobs.run(app, job.id)
    assert done is not None
    session.expire_all()
    return done


def test_every_comment_is_in_a_theme_or_set_aside(
    app: Flask, session: Session, consultation: Consultation
) -> None:
    held = session.scalars(select(Answer).where(Answer.question == "PC06").limit(1)).one()
    session.add(AnswerHold(response_id=held.response_id, question="PC06", held_at=NOW))
    blank = session.scalars(select(Answer).where(Answer.question == "PR07").limit(1)).one()
    blank.value = "nothing to add"
    session.commit()

    assert analyse(app, session, consultation).outcome == "succeeded"

    run = session.scalars(select(AnalysisRun)).one()
    answers = session.scalar(
        select(func.count()).select_from(
            select(ProposedCoding.response_id, ProposedCoding.question).distinct().subquery()
        )
    )
    assert run.documents == answers == run.themed + run.set_aside == 75
    aside = queries.set_aside(session, run.id)
    assert aside["held"] == 1
    assert aside["nothing_to_add"] == 1
    assert run.proposals
    assert [theme.status for theme in queries.themes(session, consultation.id)] == [
        "proposed" for _ in run.proposals
    ]


def test_analysing_again_finds_the_same_run_and_touches_no_decision(
    app: Flask, session: Session, consultation: Consultation
) -> None:
    analyse(app, session, consultation)
    first = queries.themes(session, consultation.id)[0]
    decisions.rename(session, first, name="Ours", easy_name="Ours", actor=ANALYST, now=NOW)
    decisions.approve(session, first, actor=ANALYST, now=NOW)
    session.commit()
    before = session.scalar(select(func.count()).select_from(Theme))

    assert analyse(app, session, consultation).outcome == "succeeded"

    assert session.scalar(select(func.count()).select_from(AnalysisRun)) == 1
    assert session.scalar(select(func.count()).select_from(Theme)) == before
    assert session.get_one(Theme, first.id).name == "Ours"


def test_a_worker_that_stops_half_way_leaves_nothing_and_the_next_one_everything(
    app: Flask,
    session: Session,
    consultation: Consultation,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    job = services.start_run(session, consultation, actor=ANALYST, now=NOW)
    session.commit()

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(services, "adopt_proposals", stop)
        with pytest.raises(KeyboardInterrupt):
            jobs.run(app, job.id)
    assert session.scalar(select(func.count()).select_from(AnalysisRun)) == 0
    assert session.scalar(select(func.count()).select_from(ProposedTheme)) == 0

    session.execute(text("UPDATE job SET heartbeat_at = NULL"))
    session.commit()
    again = jobs.run(app, job.id)
    assert again is not None
    assert again.outcome == "succeeded"
    assert session.scalar(select(func.count()).select_from(AnalysisRun)) == 1


def test_an_open_consultation_cannot_be_analysed(session: Session) -> None:
    consultation = made.ConsultationFactory()
    with pytest.raises(services.NoSnapshotError, match="Close the surveys first"):
        services.start_run(session, consultation, actor=ANALYST, now=NOW)
