"""Running an analysis: ask for it, do it once, and keep what the machine proposed."""

import datetime as dt
import hashlib
import json
from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from analysis.decided import decisions, trees
from analysis.models.store import AnalysisRun, ProposedCoding, ProposedTheme, Theme, ThemeSource
from analysis.preparation import answers, copies, identity, redactions, translations
from analysis.runs import meaning, reanalysis, suggested
from engage import audit, jobs, taxonomy
from engage.consultations import Consultation
from engage.settings import Settings
from surveys.models import Snapshot

if TYPE_CHECKING:
    from analysis.themes.results import Analysis


class NoSnapshotError(ValueError):
    """There is nothing frozen to analyse yet."""


def start_run(
    session: Session, consultation: Consultation, *, actor: str, now: dt.datetime
) -> jobs.Job:
    """Ask the worker to analyse the newest snapshot; raise NoSnapshotError before closing."""
    snapshot = session.scalars(
        select(Snapshot)
        .where(Snapshot.consultation_id == consultation.id)
        .order_by(Snapshot.taken_at.desc())
        .limit(1)
    ).first()
    if snapshot is None:
        message = "Close the surveys first: only a closed consultation can be analysed."
        raise NoSnapshotError(message)
    _note(session, "asked_for_analysis", "snapshot", snapshot.id, actor=actor, now=now)
    return jobs.enqueue(session, "analyse", snapshot.id, asked_by=actor, now=now)


@jobs.handler("analyse")
def analyse_snapshot(
    session: Session,
    job: jobs.Job,
    progress: Callable[[str, int, int], None],
    *,
    settings: Settings,
    now: dt.datetime,
) -> None:
    """Analyse a snapshot once: a rerun with the same answers and settings finds its own result.

    Everything is saved in one transaction at the end, so a killed worker leaves nothing half done
    and no human decision is ever touched.
    """
    from analysis.embeddings.remembered import remembering  # noqa: PLC0415  # numpy
    from analysis.themes.pipeline import analyse  # noqa: PLC0415  # heavy: only here
    from analysis.themes.results import AnalysisSettings  # noqa: PLC0415  # heavy: only here

    del settings
    snapshot = session.get_one(Snapshot, job.subject_id)
    documents, reader = answers.documents(session, snapshot.id), remembering()
    result = analyse(
        documents, AnalysisSettings(), progress, embedder=reader, lists=code_lists(now.date())
    )
    run = save_run(session, snapshot, result, job=job, now=now)
    redactions.keep_spans(session, run, {identity.answer_of(one.id): one for one in documents})
    reanalysis.step_aside(session, run, actor=job.asked_by, now=now)
    adopt_proposals(session, run, actor=job.asked_by, now=now)
    meaning.make_map(
        session, run, lambda done, of: progress("Drawing the map", done, of), embedder=reader
    )


def code_lists(on: dt.date) -> dict[str, dict[str, str]]:
    """Return what each ambition and starter code means, as plain words to compare themes with."""
    codes = [term for term in taxonomy.terms("starter_codes", on) if term.code.startswith("T")]
    ambitions = taxonomy.terms("ambitions", on)
    return {
        "starter_code": {code.code: f"{code.label}. {code.easy_label}." for code in codes},
        "ambition": {
            ambition.code: ". ".join(
                [ambition.label, ambition.easy_label]
                + [code.label for code in codes if code.parent == ambition.code]
            )
            for ambition in ambitions
        },
    }


def save_run(
    session: Session, snapshot: Snapshot, result: "Analysis", *, job: jobs.Job, now: dt.datetime
) -> AnalysisRun:
    """Store what the machine proposed, or return the equal run that is already there."""
    settings = json.dumps(dict(result.run.settings), sort_keys=True)
    digest = hashlib.sha256(settings.encode()).hexdigest()
    existing = session.scalars(
        select(AnalysisRun).where(
            AnalysisRun.snapshot_id == snapshot.id,
            AnalysisRun.input_hash == result.run.input_hash,
            AnalysisRun.settings_hash == digest,
        )
    ).first()
    if existing is not None:
        trees.complete(session, existing, result)
        return existing
    run = _run_row(snapshot, result, settings, digest, job=job, now=now)
    session.add(run)
    session.flush()
    _save_codings(session, run, result)
    themes = {proposal.number: proposal.id for proposal in run.proposals}
    copies.save(session, run, result.groups)
    translations.save(session, run, result, themes)
    suggested.save(session, result.themes, themes)
    trees.save(session, run, result, themes)
    _note(session, "analysed", "analysis_run", run.id, actor=job.asked_by, now=now)
    return run


def adopt_proposals(
    session: Session, run: AnalysisRun, *, actor: str, now: dt.datetime
) -> list[Theme]:
    """Open one theme for each proposal that never had one, for people to name and approve."""
    taken = set(session.scalars(select(ThemeSource.proposed_theme_id)))
    adopted = [
        Theme(
            consultation_id=run.consultation_id,
            name=proposal.label,
            easy_name="",
            created_at=now,
            sources=[proposal],
        )
        for proposal in run.proposals
        if proposal.id not in taken
    ]
    session.add_all(adopted)
    session.flush()
    for theme in adopted:
        decisions.record(session, theme, "proposed", after=theme.name, actor=actor, now=now)
    return adopted


def _run_row(
    snapshot: Snapshot,
    result: "Analysis",
    settings: str,
    digest: str,
    *,
    job: jobs.Job,
    now: dt.datetime,
) -> AnalysisRun:
    record, counts = result.run, result.run.counts
    return AnalysisRun(
        consultation_id=snapshot.consultation_id,
        snapshot_id=snapshot.id,
        job_id=job.id,
        asked_by=job.asked_by,
        started_at=job.started_at or now,
        finished_at=now + dt.timedelta(seconds=sum(record.seconds.values())),
        input_hash=record.input_hash,
        settings=settings,
        settings_hash=digest,
        seed=record.seed,
        versions=json.dumps(dict(record.versions), sort_keys=True),
        notes="\n".join(record.notes),
        documents=counts["documents"],
        segments=counts["segments"],
        themed=counts["analysed"],
        set_aside=counts["set_aside"],
        needs_review=counts["needs_review"],
        seconds=Decimal(str(round(sum(record.seconds.values()), 3))),
        proposals=[
            ProposedTheme(
                number=theme.number,
                label=theme.label,
                words=", ".join(theme.words),
                documents=theme.documents,
            )
            for theme in result.themes
        ],
    )


def _save_codings(session: Session, run: AnalysisRun, result: "Analysis") -> None:
    ids = {proposal.number: proposal.id for proposal in run.proposals}
    shown = {example for theme in result.themes for example in theme.examples}
    rows = [
        {
            "run_id": run.id,
            "response_id": response_id,
            "question": question,
            "segment": segment,
            "proposed_theme_id": None if coding.theme is None else ids[coding.theme],
            "is_primary": coding.is_primary,
            "is_example": (coding.document_id, segment) in shown,
            "confidence": coding.confidence,
            "needs_review": coding.needs_review,
            "set_aside_reason": coding.set_aside,
            "redacted_text": coding.text,
            "leaf": leaf,
            "place": place,
        }
        for coding, ((response_id, question, segment), leaf, place) in zip(
            result.codings, trees.clauses(result), strict=True
        )
    ]
    if rows:
        session.execute(insert(ProposedCoding), rows)


def _note(
    session: Session, verb: str, kind: str, subject: str, *, actor: str, now: dt.datetime
) -> None:
    audit.record(session, actor=actor, verb=verb, object_type=kind, object_id=subject, now=now)
