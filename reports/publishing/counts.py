"""Who raised what: the counts of themes and entries, as they may be printed.

Everything that a report counts is counted first and protected together; only then is anything
said. So a number here is never looked at alone.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Sequence

from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, Theme
from engage import taxonomy
from engage.kept import Kept
from engage.settings import Settings
from reports.counting import figures, themecounts
from reports.counting.counted import Counted, Earlier, Shown
from reports.counting.protecting import shown
from reports.documents.document import CloudWord, Fact, Raised, Voice
from reports.findings import evidence
from reports.findings.tally import Asked
from reports.models import Entry as Draft
from reports.models import Report
from reports.publishing import method, people
from reports.representation.gathered import Gathered
from reports.representation.heardparts import Cloud, Word
from reports.words import wording
from reports.words.easylines import EasyLine


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """Everything a report counts, raw and as it may be shown.

    Attributes:
        counted: the numbers as they are, to be kept for the next version and shown to nobody.
        shown: the same as readers may see them.
        population: who the counts are out of.
        asked: the closed questions that are printed, as counted.
        heard: who was heard, as counted; None where only themes and entries are looked at.
        words: the words of all, as they may be shown.
        clouds: the words of each audience, as they may be shown.
    """

    session: Session
    run: AnalysisRun
    counted: Counted
    shown: Shown
    population: people.Population
    asked: tuple[Asked, ...] = ()
    heard: Gathered | None = None
    words: tuple[Word, ...] = ()
    clouds: tuple[Cloud, ...] = ()


#: What may be seen of the same numbers beside the same versions: a tenth of a second to work out.
_shown_before: Kept[Shown] = Kept(4)


def tally(
    session: Session,
    report: Report,
    run: AnalysisRun,
    settings: Settings,
    before: Sequence[Earlier] = (),
    *others: Counted,
    anyone: bool = False,
) -> Tally:
    """Count everything and protect it once, beside all that earlier versions printed.

    `others` are the numbers of parts of the report that count for themselves; with `anyone` they
    may lie inside who raised any theme.
    """
    everything = counted(session, report, run, settings, *others, anyone=anyone)
    return protected(session, run, everything, settings, before)


def counted(
    session: Session,
    report: Report,
    run: AnalysisRun,
    settings: Settings,
    *others: Counted,
    anyone: bool = False,
) -> Counted:
    """Count everything, as it is and not as it may be seen; see `tally`."""
    return Counted.all(
        [
            people.counted(session, run),
            _raised(session, report, run, settings, anyone=anyone),
            method.counted(session, run),
            *others,
        ]
    )


def protected(
    session: Session,
    run: AnalysisRun,
    everything: Counted,
    settings: Settings,
    before: Sequence[Earlier],
) -> Tally:
    """Protect what was counted, beside all that earlier versions printed."""
    known = repr((everything, settings.threshold, before))
    seen = _shown_before.get(
        known, lambda: shown(everything, threshold=settings.threshold, before=before)
    )
    population = people.presented(seen, run.finished_at.date())
    return Tally(session, run, everything, seen, population)


def voices(made: Tally, draft: Draft) -> tuple[Voice, ...]:
    """Return who raised an entry's themes: one voice for each audience that wrote comments."""
    alone = draft.themes[0].id if len(draft.themes) == 1 else None
    found = []
    for base in made.population.bases:
        code = base.audience
        fact = _of_audience(made, themecounts.entry_key(draft.key, code), code, alone)
        picture = _picture("audiences", code, made.run.finished_at.date())
        found.append(Voice(base.label, EasyLine(_easy(fact, code), picture), fact))
    return tuple(found)


def raised(made: Tally, report: Report, themes: Iterable[Theme]) -> tuple[Raised, ...]:
    """Return every theme with its count for each audience, those raised most first."""
    entry_of = {theme.id: draft.key for draft in report.entries for theme in draft.themes}
    rows = [Raised(t.name, _of_theme(made, t), entry_of.get(t.id, "")) for t in themes]
    return tuple(sorted(rows, key=lambda row: (-_shown(row), row.label)))


def words(made: Tally) -> tuple[CloudWord, ...]:
    """Return the words of the cloud of all."""
    return tuple(CloudWord(one.word, one.fact) for one in made.words)


def _raised(
    session: Session,
    report: Report,
    run: AnalysisRun,
    settings: Settings,
    *,
    anyone: bool,
) -> Counted:
    """Count the people of each theme and entry, audience by audience."""
    approved = queries.approved_themes(session, report.consultation_id)
    bases = queries.base_by_audience(session, run.id, published=True)
    answered = [theme for draft in report.entries for theme in draft.themes]
    themes = {theme.id: theme for theme in (*approved, *answered)}
    raised_by = {}
    for theme_id, theme in themes.items():
        who = queries.people_in(session, run.id, theme, published=True)
        raised_by[theme_id] = {code: who.get(code, frozenset()) for code in bases}
    return themecounts.counted(
        raised_by,
        {draft.key: tuple(theme.id for theme in draft.themes) for draft in report.entries},
        {theme.id: theme.parent_id for theme in themes.values() if theme.parent_id},
        {code: evidence.threshold_for(code, settings) for code in bases},
        anyone=anyone,
    )


def _of_theme(made: Tally, theme: Theme) -> tuple[Fact, ...]:
    return tuple(
        _of_audience(made, themecounts.theme_key(theme.id, base.audience), base.audience, theme.id)
        for base in made.population.bases
    )


def _of_audience(made: Tally, key: str, code: str, theme_id: str | None) -> Fact:
    return figures.share(made.shown, key, f"wrote/{code}", audience=code, theme_id=theme_id)


def _easy(fact: Fact, code: str) -> str:
    if fact.value is None and (fact.base is None or fact.wording == wording.not_shown(code)):
        return wording.easy_not_shown(code)
    return wording.easy_share(fact.value, code)


def _shown(row: Raised) -> int:
    return sum(fact.value or 0 for fact in row.facts)


def _picture(name: str, code: str, on: dt.date) -> str:
    term = taxonomy.term(name, code, on)
    return term.picture if term else ""
