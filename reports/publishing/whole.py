"""Everything that one publication counts: themes, entries, closed questions, words, people.

Each part counts for itself; here they are put together, so that all are protected at once.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Iterable, Sequence

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun
from engage.settings import Settings
from reports.counting.counted import Counted, Earlier
from reports.counting.wordcounts import Offered
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
    parts = (numbers.counted(asked, answered), heard.counted(gathered))
    everything = counts.counted(session, report, run, settings, *parts, anyone=True)

    def protected(words: Counted) -> counts.Tally:
        return counts.protected(session, run, everything | words, settings, before)

    themes = queries.approved_themes(session, report.consultation_id)
    made, offered = _with_words(clouds.ways(session, run, themes, settings), protected)
    (everybody, *audiences), shown = clouds.presented(offered, made.shown)
    return dataclasses.replace(
        made, shown=shown, asked=asked, heard=gathered, words=everybody.words,
        clouds=tuple(audiences),
    )  # fmt: skip


def _with_words(
    ways: Iterable[clouds.Gathered], protected: Callable[[Counted], counts.Tally]
) -> tuple[counts.Tally, Offered]:
    """Protect everything with as many words as cost no other number, and return which were offered.

    A cloud is an ornament. Where few people wrote and nearly all used the same words, hiding a
    theme can be the shortest way to keep somebody's number; then the words go instead.
    """
    alone = protected(Counted())
    standing = [key for key in alone.shown.counts if alone.shown.value(key) is not None]
    for said in ways:
        made = protected(said.counted) if said.counted.numbers else alone
        if all(made.shown.value(key) is not None for key in standing):
            return made, said.offered
    return alone, clouds.NO_WORDS
