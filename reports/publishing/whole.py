"""Everything that one publication counts: themes, entries, closed questions and who was heard.

Each part counts for itself; here they are put together, so that all are protected at once.
"""

import dataclasses
import datetime as dt
from collections.abc import Sequence

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage.settings import Settings
from reports.counting.counted import Earlier, ever_printed
from reports.findings import composing, numbers, reading
from reports.models import Report
from reports.publishing import counts
from reports.representation import clouds, heard
from reports.representation.heardparts import Cloud


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
    everybody = reading.everybody(session, run.snapshot_id)
    printed = composing.printed(session, report, run.snapshot_id)
    asked = composing.told(printed, everybody, settings.threshold)
    gathered = heard.gather(session, report.consultation, run, settings=settings, now=now)
    spoken = _clouds(session, report, run, before, settings)
    parts = (numbers.counted(asked, everybody), heard.counted(gathered), clouds.counted(spoken))
    made = counts.tally(session, report, run, settings, before, *parts)
    shown = {base.audience for base in made.population.bases if base.fact.value is not None}
    seen = tuple(cloud for cloud in spoken if cloud.audience in shown)
    return dataclasses.replace(made, asked=asked, heard=gathered, clouds=seen)


def _clouds(
    session: Session,
    report: Report,
    run: AnalysisRun,
    before: Sequence[Earlier],
    settings: Settings,
) -> tuple[Cloud, ...]:
    """Return the words of each audience; their clouds are protected among themselves."""
    themes = queries.approved_themes(session, report.consultation_id)
    words = heard.clouds_of(session, run, themes, settings, ever_printed(before))
    bases = queries.base_by_audience(session, run.id, published=True)
    return clouds.of_audiences(words, bases)
