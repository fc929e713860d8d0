"""Everything that one publication counts: themes, entries, closed questions, words, people.

Each part counts for itself; here they are put together, so that all are protected at once.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage.settings import Settings
from reports.counting.counted import Earlier
from reports.findings import composing, numbers, reading
from reports.models import Report
from reports.publishing import counts
from reports.representation import clouds, heard


def tally(
    session: Session,
    report: Report,
    run: AnalysisRun,
    before: Sequence[Earlier],
    *,
    settings: Settings,
    now: dt.datetime,
) -> counts.Tally:
    """Count everything that a report prints and protect all of it together.

    `before` is what earlier versions printed, the oldest first.
    """
    answered = reading.everybody(session, run.snapshot_id)
    printed = composing.printed(session, report, run.snapshot_id)
    asked = composing.told(printed, answered, settings.threshold)
    gathered = heard.gather(session, report.consultation, run, settings=settings, now=now)
    themes = queries.approved_themes(session, report.consultation_id)
    said = clouds.gather(session, run, themes, settings)
    parts = (numbers.counted(asked, answered), heard.counted(gathered), said.counted)
    made = counts.tally(session, report, run, settings, before, *parts, anyone=True)
    (everybody, *audiences), shown = clouds.presented(said.offered, made.shown)
    return dataclasses.replace(
        made, shown=shown, asked=asked, heard=gathered, words=everybody.words,
        clouds=tuple(audiences),
    )  # fmt: skip
