"""What a run of the analysis was: the facts that somebody who must account for the tool needs."""

import json

from sqlalchemy.orm import Session

from analysis.models.store import AnalysisRun
from reports.documents.document import Line
from reports.words import wording
from surveys.models import Snapshot

SHOWN = 16


def lines(session: Session, run: AnalysisRun) -> tuple[Line, ...]:
    """Return the record of a run as labelled lines; none of them tells of a single person."""
    snapshot = session.get_one(Snapshot, run.snapshot_id)
    return (
        Line("Run finished", wording.date(run.finished_at.date())),
        Line("Time it took", wording.plural(max(1, round(run.seconds)), "second", "seconds")),
        *(Line("Tool", tool) for tool in _tools(run)),
        Line("Random seed", str(run.seed)),
        Line("Fingerprint of the answers", snapshot.content_hash[:SHOWN]),
        Line("Fingerprint of the words", run.input_hash[:SHOWN]),
        Line("Fingerprint of the settings", run.settings_hash[:SHOWN]),
    )


def _tools(run: AnalysisRun) -> list[str]:
    versions: dict[str, str] = json.loads(run.versions)
    return [f"{name} {version}" for name, version in sorted(versions.items())]
