"""Late answers join the approved frame: placed as proposals in a run of their own snapshot.

Everything of the earlier run is copied as it is, so nobody else's comment moves. A late comment
that is like no approved theme waits for a reader in a proposal of its own.
"""

import dataclasses
import datetime as dt
import hashlib
import json
import time
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from analysis.codeframes.carry_on import Joined
from analysis.decided import decisions, queries
from analysis.language.languages import ENGLISH, detect
from analysis.models.prepared_store import OtherLanguage
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from analysis.models.tree_store import CarriedRun
from analysis.preparation import answers, identity, redactions
from analysis.runs import carrying_on, meaning, run_copy
from analysis.texts.documents import Document, input_hash
from engage import audit, jobs
from engage.consultations import Consultation
from engage.settings import Settings
from surveys.models import Response, Snapshot, SnapshotResponse, Survey, SurveyVersion
from surveys.services import take_snapshot

if TYPE_CHECKING:
    from analysis.embeddings.embedding import Embedder

NOTE = "Late answers joined the approved themes; no other comment moved."
NO_THEME = "Late comments that are like no approved theme"


class NothingLateError(ValueError):
    """Nobody has answered since the newest analysis."""


@dataclasses.dataclass(frozen=True)
class Clause:
    """One clause of a late answer, and where it goes.

    Attributes:
        theme: id of the approved theme, or "" for none.
        aside: why the whole answer is set aside, or "".
    """

    answer: tuple[str, str]
    number: int
    text: str
    theme: str
    likeness: float
    is_primary: bool
    unsure: bool
    aside: str = ""


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
    run = _run_row(earlier, snapshot, documents, job=job, now=now)
    session.add(run)
    session.flush()
    themes = run_copy.copy(session, earlier, run)
    homes = _homes(session, run, themes, {one.theme for one in placed if not one.aside}, now)
    _save(session, run, placed, homes)
    _count(session, run, seconds=time.perf_counter() - began)
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


def _run_row(
    earlier: AnalysisRun,
    snapshot: Snapshot,
    documents: Sequence[Document],
    *,
    job: jobs.Job,
    now: dt.datetime,
) -> AnalysisRun:
    settings = json.dumps(json.loads(earlier.settings) | {"carries_on": earlier.id}, sort_keys=True)
    return AnalysisRun(
        consultation_id=earlier.consultation_id, snapshot_id=snapshot.id, job_id=job.id,
        asked_by=job.asked_by, started_at=job.started_at or now, finished_at=now,
        input_hash=input_hash(documents), settings=settings,
        settings_hash=hashlib.sha256(settings.encode()).hexdigest(), seed=earlier.seed,
        versions=earlier.versions, notes=f"{earlier.notes}\n{NOTE}".strip(),
        documents=0, segments=0, themed=0, set_aside=0, needs_review=0, seconds=Decimal(0),
    )  # fmt: skip


def _homes(
    session: Session, run: AnalysisRun, copied: Mapping[str, str], wanted: set[str],
    now: dt.datetime,
) -> dict[str, str]:  # fmt: skip
    """Let every theme draw from the copies too; return for a theme the proposal that is late in it.

    A theme that a person opened has no proposal, and what is like no theme has none either: each
    gets one here.
    """
    rows = session.scalars(select(Theme).where(Theme.consultation_id == run.consultation_id)).all()
    proposals = {p.id: p for p in session.scalars(
        select(ProposedTheme).where(ProposedTheme.run_id == run.id))}  # fmt: skip
    homes: dict[str, str] = {}
    for theme in rows:
        mine = [proposals[copied[source.id]] for source in theme.sources if source.id in copied]
        if theme.id in wanted and not any(one.in_force for one in mine):
            mine.append(_proposal(session, run, theme.name))
        theme.sources = [*theme.sources, *mine]
        in_force = [one.id for one in mine if one.in_force]
        if in_force:
            homes[theme.id] = in_force[0]
    if "" in wanted:
        homes[""] = _proposal(session, run, NO_THEME).id
        session.add(
            Theme(
                consultation_id=run.consultation_id, name=NO_THEME, easy_name="", created_at=now,
                sources=[session.get_one(ProposedTheme, homes[""])],
            )
        )  # fmt: skip
    session.flush()
    return homes


def _proposal(session: Session, run: AnalysisRun, label: str) -> ProposedTheme:
    newest = select(func.max(ProposedTheme.number)).where(ProposedTheme.run_id == run.id)
    made = ProposedTheme(
        run_id=run.id, number=(session.scalar(newest) or 0) + 1, label=label, words="", documents=0
    )
    session.add(made)
    session.flush()
    return made


def _save(
    session: Session, run: AnalysisRun, placed: Sequence[Clause], homes: Mapping[str, str]
) -> None:
    rows = [
        {
            "run_id": run.id, "response_id": one.answer[0], "question": one.answer[1],
            "segment": one.number, "is_primary": one.is_primary, "is_example": False,
            "proposed_theme_id": None if one.aside else homes[one.theme],
            "confidence": min(one.likeness, 1.0), "needs_review": one.unsure,
            "set_aside_reason": one.aside or None, "redacted_text": one.text,
        }
        for one in placed
    ]  # fmt: skip
    if rows:
        session.execute(insert(ProposedCoding), rows)
    session.add_all(
        OtherLanguage(
            run_id=run.id, response_id=one.answer[0], question=one.answer[1],
            language=language, proposed_theme_id=None, likeness=None,
        )
        for one in placed
        if one.aside == "other_language" and (language := detect(one.text)) != ENGLISH
    )  # fmt: skip
    session.flush()


def _count(session: Session, run: AnalysisRun, *, seconds: float) -> None:
    """Write down how many answers the run holds and what became of them; they add up."""
    rows = session.execute(
        select(
            ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.set_aside_reason,
            ProposedCoding.needs_review,
        ).where(ProposedCoding.run_id == run.id)
    ).all()  # fmt: skip
    aside = {(row[0], row[1]) for row in rows if row[2]}
    everything = {(row[0], row[1]) for row in rows}
    run.documents, run.set_aside = len(everything), len(aside)
    run.themed = run.documents - run.set_aside
    run.segments = sum(row[2] is None for row in rows)
    run.needs_review = sum(bool(row[3]) for row in rows)
    run.seconds = Decimal(str(round(seconds, 3)))
    session.flush()


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
