"""What is needed of a stored run to compare it with another."""

import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun, ProposedCoding
from analysis.preparation.identity import document_id
from analysis.standalone.compare import RunFacts
from analysis.texts.documents import words_hash


class UnknownRunError(LookupError):
    """No stored run, or more than one, begins with these characters."""


def find_run(session: Session, consultation_id: str, beginning: str) -> AnalysisRun:
    """Return the one run of a consultation whose id begins so.

    Raises:
        UnknownRunError: there is none, or more than one.
    """
    wanted = select(AnalysisRun).where(AnalysisRun.consultation_id == consultation_id)
    newest_first = session.scalars(wanted.order_by(AnalysisRun.finished_at.desc())).all()
    found = [run for run in newest_first if beginning and run.id.startswith(beginning)]
    if len(found) != 1:
        known = ", ".join(run.id[:8] for run in newest_first) or "none yet"
        message = f"Name one run by the beginning of its id. The runs are: {known}."
        raise UnknownRunError(message)
    return found[0]


def facts_of(session: Session, run: AnalysisRun) -> RunFacts:
    """Read a stored run: the machine's view, whatever people decided since."""
    rows = session.scalars(
        select(ProposedCoding)
        .where(ProposedCoding.run_id == run.id)
        .order_by(ProposedCoding.response_id, ProposedCoding.question, ProposedCoding.segment)
    ).all()
    words: dict[str, list[str]] = {}
    themes: dict[str, str] = {}
    for row in rows:
        answer = document_id(row.response_id, row.question)
        words.setdefault(answer, []).append(row.redacted_text)
        if answer not in themes or row.is_primary:
            themes[answer] = row.proposed_theme_id or ""
    return RunFacts(
        name=f"Run {run.id[:8]} of {run.finished_at:%d %B %Y}",
        input_hash=run.input_hash,
        settings=dict(json.loads(run.settings)),
        versions=dict(json.loads(run.versions)),
        themes={topic.id: topic.label for topic in run.proposals},
        answers=themes,
        hashes={answer: words_hash("\n".join(parts)) for answer, parts in words.items()},
    )
