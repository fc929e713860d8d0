"""Where the themes of a publication lie by meaning: made of words that may leave the desk."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.decided import queries
from analysis.models.store import AnalysisRun, Theme
from analysis.runs import meaning
from reports.documents.document import Raised
from reports.documents.themeparts import ThemeMap, ThemePlace
from reports.formats import thememap
from reports.formats.thememap import SIZE

FEWEST = 3
"""Nearness needs a third to be nearer than."""


def placed(
    session: Session, run: AnalysisRun, themes: Sequence[Theme], raised: Sequence[Raised]
) -> ThemeMap | None:
    """Return the map of the themes whose numbers are shown, or None where there is none to draw."""
    share = meaning.share_shown(session, run)
    sizes = {f.theme_id: thememap.size_of(row.facts) for row in raised for f in row.facts}
    drawn = [theme for theme in themes if sizes.get(theme.id)]
    if share is None or len(drawn) < FEWEST:
        return None
    where = _where(session, run, drawn)
    cells = meaning.cells(where, {theme.id: sizes[theme.id] for theme in drawn}, SIZE)
    names = {theme.id: theme.name for theme in drawn}
    places = [
        ThemePlace(one.key, names[one.key], round(one.x), round(one.y), round(one.radius))
        for one in sorted(cells, key=lambda one: (-one.radius, names[one.key]))
    ]
    return ThemeMap(tuple(places), share) if len(places) >= FEWEST else None


def _where(
    session: Session, run: AnalysisRun, themes: Sequence[Theme]
) -> dict[str, list[meaning.Point]]:
    """Return the places of each theme's clauses, of answers that may be shown and no others."""
    places = meaning.places(session, run)
    by_answer: dict[tuple[str, str], list[meaning.Point]] = {}
    for (response_id, question, _), point in places.items():
        by_answer.setdefault((response_id, question), []).append(point)
    found: dict[str, list[meaning.Point]] = {}
    for theme in themes:
        members = queries.answers_in(run.id, [theme]).subquery()
        shown = select(members.c.response_id, members.c.question).where(
            queries.may_be_shown(members.c.response_id, members.c.question)
        )
        answers = [(row[0], row[1]) for row in session.execute(shown)]
        points = [point for one in answers for point in by_answer.get(one, ())]
        if points:
            found[theme.id] = points
    return found
