"""Late answers join the approved frame: placed as proposals in a run of their own snapshot.

Everything of the earlier run is copied as it is, so nobody else's comment moves. A late comment
that is like no approved theme waits for a reader in a proposal of its own.
"""

import datetime as dt
import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.codeframes.carry_on import Joined
from analysis.decided import decisions, queries
from analysis.models.store import AnalysisRun, ProposedCoding, Theme
from analysis.models.tree_store import CarriedRun
from analysis.preparation import answers, copies, identity, redactions
from analysis.runs import carrying_on, late_rows, meaning, run_copy
from analysis.runs.late_rows import Clause
from analysis.texts.documents import Document
from engage import audit, jobs
from engage.consultations import Consultation
from engage.settings import Settings
from surveys.models import Response, Snapshot, SnapshotResponse, Survey, SurveyVersion
from surveys.services import take_snapshot

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder


class NothingLateError(ValueError):
    """Nobody has answered since the newest analysis."""


def waiting(session: Session, run: AnalysisRun) -> int:
    """Return how many people have sent answers that the run does not know."""
    inside = select(SnapshotResponse.response_id).where(
        SnapshotResponse.snapshot_id == run.snapshot_id
    )
    return session.scalar(
        select(func.count(Response.id))
        .join(SurveyVersion, SurveyVersion.id == Response.survey_version_id)
        .join(Survey, Survey.id == SurveyVersion.survey_id)
        .where(
            Survey.consultation_id == run.consultation_id,
            Response.submitted_at.is_not(None),
            Response.withdrawn_at.is_(None),
            Response.left_out_at.is_(None),
            Response.id.not_in(inside),
        )
    ) or 0  # fmt: skip


def ask(session: Session, consultation: Consultation, *, actor: str, now: dt.datetime) -> jobs.Job:
    """Fix the answers as they are now, and put joining the late ones on the worker's list.

    Raises:
        NoFrameError: no theme is approved, so there is nothing to join.
        NothingLateError: nobody has answered since the newest analysis.
        SurveysNotClosedError: a survey is still open.
    """
    run = queries.latest_run(session, consultation.id)
    if run is None or not queries.approved_themes(session, consultation.id):
        message = "Approve themes first: late answers join the themes that people approved."
        raise carrying_on.NoFrameError(message)
    if not waiting(session, run):
        message = "Nobody has answered since the newest analysis, so nothing is late."
        raise NothingLateError(message)
    snapshot = take_snapshot(session, consultation, actor=actor, now=now)
    return jobs.enqueue(session, "carry_on", snapshot.id, asked_by=actor, now=now)


@jobs.handler("carry_on")
def join_late(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Let the late answers of a snapshot join the newest run; done already, nothing happens."""
    del settings
    snapshot = session.get_one(Snapshot, job.subject_id)
    run = queries.latest_run(session, snapshot.consultation_id)
    if run is None:
        message = "There is no analysis to carry on. Analyse the comments first."
        raise carrying_on.NoFrameError(message)
    if run.snapshot_id != snapshot.id:
        progress("Placing late answers", 0, 1)
        carry_on(session, run, snapshot, job=job, now=now)
        progress("Placing late answers", 1, 1)


def carry_on(
    session: Session,
    earlier: AnalysisRun,
    snapshot: Snapshot,
    *,
    job: jobs.Job,
    now: dt.datetime,
    embedder: "Embedder | None" = None,
) -> AnalysisRun:
    """Return a run that holds the earlier one unchanged and the late answers of a snapshot."""
    began = time.perf_counter()
    reader = meaning.Known(session, earlier, embedder)
    documents = answers.documents(session, snapshot.id)
    known = _answers_of(session, earlier)
    late = [one for one in documents if identity.answer_of(one.id) not in known]
    placed = _placed(session, earlier, late, reader)
    run = late_rows.run_row(earlier, snapshot, documents, job=job, now=now)
    session.add(run)
    session.flush()
    themes = run_copy.copy(session, earlier, run)
    wanted = {one.theme for one in placed if not one.aside}
    homes = late_rows.homes(session, run, themes, wanted, now)
    late_rows.save(session, run, placed, homes)
    late_rows.count(session, run, seconds=time.perf_counter() - began)
    copies.join(session, run, late, carrying_on.redacted(late))
    session.add(CarriedRun(run_id=run.id, earlier_id=earlier.id, late=len(late)))
    redactions.keep_more_spans(session, run, {identity.answer_of(one.id): one for one in late})
    _record(session, run, {one.theme for one in placed}, actor=job.asked_by, now=now)
    meaning.make_map(session, run, embedder=reader)
    return run


def _answers_of(session: Session, run: AnalysisRun) -> set[tuple[str, str]]:
    rows = session.execute(
        select(ProposedCoding.response_id, ProposedCoding.question)
        .where(ProposedCoding.run_id == run.id)
        .distinct()
    )
    return {(response_id, question) for response_id, question in rows}


def _placed(
    session: Session, run: AnalysisRun, late: Sequence[Document], reader: "Embedder"
) -> list[Clause]:
    """Return every clause of the late answers with its place, each answer for itself."""
    found: list[Clause] = []
    for name, parts in carrying_on.place_clauses(session, run, late, reader).items():
        answer = identity.answer_of(name)
        if isinstance(parts, carrying_on.Aside):
            found.append(Clause(answer, 1, parts.text, "", 0.0, is_primary=False,
                                unsure=parts.to_read, aside=parts.reason))  # fmt: skip
            continue
        best = max(range(len(parts)), key=lambda row: _rank(parts[row][1]))
        for row, (text, joined) in enumerate(parts):
            own = joined if joined.theme else parts[best][1]
            found.append(
                Clause(
                    answer, row + 1, text, own.theme or "", max(joined.likeness, 0.0),
                    is_primary=row == best,
                    unsure=joined.needs_review or joined.theme is None,
                )
            )  # fmt: skip
    return found


def _rank(joined: Joined) -> tuple[bool, float]:
    return joined.theme is not None, joined.likeness


def _record(
    session: Session, run: AnalysisRun, themes: set[str], *, actor: str, now: dt.datetime
) -> None:
    for theme_id in sorted(themes - {""}):
        theme = session.get_one(Theme, theme_id)
        decisions.record(session, theme, "late_joined", after=theme.name, actor=actor, now=now)
    audit.record(
        session, actor=actor, verb="carried_on", object_type="analysis_run", object_id=run.id,
        now=now,
    )  # fmt: skip
