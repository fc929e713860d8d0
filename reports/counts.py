"""Who raised what: the counts of themes, entries and words, safe to print beside each other.

Three people could be read off two numbers that are each large enough, so a count is held against
everything it will stand beside: its base, the themes it unites, and the version before.
"""

import dataclasses
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from analysis import queries
from analysis.disclosure import may_show_together
from analysis.store import AnalysisRun, Theme
from engage import taxonomy
from engage.settings import Settings
from reports import evidence, figures, people, wording
from reports.document import CloudWord, Fact, Raised, Voice
from reports.easylines import EasyLine
from reports.models import Entry as Draft
from reports.models import Report


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """Everything a count rests on.

    Attributes:
        population: who the counts are out of.
        before: the last value that was printed of every number, by key.
    """

    session: Session
    run: AnalysisRun
    threshold: int
    population: people.Population
    before: Mapping[str, int]

    def fact(
        self,
        key: str,
        count: int,
        audience: str,
        *,
        theme_id: str | None = None,
        earlier: str = "",
    ) -> Fact:
        """Make the fact of a count; one that moved by very few people stays as it was.

        `earlier` is the key of the same count where that has been printed under another.
        """
        base = self.population.base(audience)
        shown = self.steady(earlier or key, count)
        if base is None or shown > base:
            return figures.not_shown(key, audience, base=base, theme_id=theme_id)
        return figures.share(
            key, shown, base, threshold=self.threshold, audience=audience, theme_id=theme_id
        )

    def steady(self, key: str, count: int) -> int:
        """Return a count, or the one before when fewer people than the threshold lie between."""
        old = self.before.get(key)
        return count if old is None or abs(count - old) >= self.threshold else old


def tally(
    session: Session, run: AnalysisRun, threshold: int, before: people.Printed | None = None
) -> Tally:
    """Get ready to count, beside what has been printed before if anything was."""
    counted = people.population(session, run, threshold)
    if before is None:
        return Tally(session, run, threshold, counted, {})
    steady = people.steady(counted, before, threshold)
    return Tally(session, run, threshold, steady, before.numbers)


def voices(made: Tally, draft: Draft) -> tuple[Voice, ...]:
    """Return who raised an entry's themes: one voice for each audience that wrote comments."""
    counted = evidence.for_themes(made.session, made.run, draft.themes).people
    apart = [_of_theme(made, theme) for theme in draft.themes]
    found = []
    for place, base in enumerate(made.population.bases):
        code = base.audience
        fact = _of_entry(made, draft, code, counted.get(code, 0), [row[place] for row in apart])
        picture = _picture("audiences", code, made.run.finished_at.date())
        line = EasyLine(_easy(fact, code), picture)
        found.append(Voice(label=base.label, easy=line, fact=fact))
    return tuple(found)


def raised(made: Tally, report: Report, themes: Iterable[Theme]) -> tuple[Raised, ...]:
    """Return every theme with its count for each audience, those raised most first."""
    entry_of = {theme.id: draft.key for draft in report.entries for theme in draft.themes}
    rows = [Raised(t.name, _of_theme(made, t), entry_of.get(t.id, "")) for t in themes]
    return tuple(sorted(rows, key=lambda row: (-_shown(row), row.label)))


def words(made: Tally, themes: Sequence[Theme], settings: Settings) -> tuple[CloudWord, ...]:
    """Return the words of the cloud; their base is left out where it would betray another."""
    found = evidence.cloud_words(made.session, made.run, themes, settings)
    counted = {word: made.steady(f"word/{word}", count) for word, count in found.items()}
    base = made.population.wrote
    return tuple(
        CloudWord(
            word, figures.whole(f"word/{word}", count, f"{count} people wrote “{word}”", base)
        )
        for word, count in sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    )


def _of_theme(made: Tally, theme: Theme) -> tuple[Fact, ...]:
    counted = queries.people_by_audience(made.session, made.run.id, [theme], published=True)
    codes = [base.audience for base in made.population.bases]
    return tuple(
        made.fact(_key(theme, code), counted.get(code, 0), code, theme_id=theme.id)
        for code in codes
    )


def _of_entry(made: Tally, draft: Draft, code: str, count: int, apart: Sequence[Fact]) -> Fact:
    """Count an entry; what unites several themes is shown only if it betrays none of them."""
    key = f"entry/{draft.key}/{code}"
    if len(draft.themes) == 1:
        theme = draft.themes[0]
        return made.fact(key, count, code, theme_id=theme.id, earlier=_key(theme, code))
    fact = made.fact(key, count, code)
    parts = [part.value for part in apart]
    if fact.value is None or (
        _stands_alone(draft) and may_show_together(fact.value, parts, threshold=made.threshold)
    ):
        return fact
    return figures.not_shown(key, code, base=fact.base)


def _stands_alone(draft: Draft) -> bool:
    """Tell whether no other entry unites any of these themes: two unions could be subtracted."""
    others = [other for other in draft.report.entries if other is not draft]
    return not any(
        len(other.themes) > 1 and set(other.themes) & set(draft.themes) for other in others
    )


def _easy(fact: Fact, code: str) -> str:
    if fact.wording == wording.not_shown(code) or fact.base is None:
        return wording.easy_not_shown(code)
    return wording.easy_share(fact.value, code)


def _key(theme: Theme, code: str) -> str:
    return f"theme/{theme.id}/{code}"


def _shown(row: Raised) -> int:
    return sum(fact.value or 0 for fact in row.facts)


def _picture(name: str, code: str, on: dt.date) -> str:
    term = taxonomy.term(name, code, on)
    return term.picture if term else ""
