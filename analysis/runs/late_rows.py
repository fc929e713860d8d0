"""The rows of a run that late answers made: the run itself, their clauses and where these stand.

The earlier run's own rows are copied by `analysis.runs.run_copy`; here is only what comes on top.
"""

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from decimal import Decimal

from sqlalchemy import func, insert, select
from sqlalchemy.orm import Session

from analysis.language.languages import ENGLISH, detect
from analysis.models.prepared_store import OtherLanguage
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme
from analysis.texts.documents import Document, input_hash
from engage import jobs
from surveys.models import Snapshot

NOTE = "Late answers joined the approved themes; no other comment moved."
NO_THEME = "Late comments that are like no approved theme"


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


def run_row(
    earlier: AnalysisRun,
    snapshot: Snapshot,
    documents: Sequence[Document],
    *,
    job: jobs.Job,
    now: dt.datetime,
) -> AnalysisRun:
    """Return the row of a run that carries on an earlier one with more answers."""
    settings = json.dumps(json.loads(earlier.settings) | {"carries_on": earlier.id}, sort_keys=True)
    return AnalysisRun(
        consultation_id=earlier.consultation_id, snapshot_id=snapshot.id, job_id=job.id,
        asked_by=job.asked_by, started_at=job.started_at or now, finished_at=now,
        input_hash=input_hash(documents), settings=settings,
        settings_hash=hashlib.sha256(settings.encode()).hexdigest(), seed=earlier.seed,
        versions=earlier.versions, notes=f"{earlier.notes}\n{NOTE}".strip(),
        documents=0, segments=0, themed=0, set_aside=0, needs_review=0, seconds=Decimal(0),
    )  # fmt: skip


def homes(
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


def save(
    session: Session, run: AnalysisRun, placed: Sequence[Clause], homes: Mapping[str, str]
) -> None:
    """Keep every clause of the late answers where it was placed, and which are not in English."""
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


def count(session: Session, run: AnalysisRun, *, seconds: float) -> None:
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
