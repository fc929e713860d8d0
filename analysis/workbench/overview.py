"""The overview: how far the analysis is, themes by size and audience, and what comes next."""

import json
from typing import Any

from flask import flash, redirect, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis import disclosure
from analysis.decided import frame, queries, reading_order
from analysis.decided.reading_order import Line
from analysis.models.store import AnalysisRun, Theme
from analysis.preparation import copies, translations
from analysis.runs import firmness, meaning, reanalysis, services
from analysis.runs.unchanged import ONLY_PEOPLES_WORD, ONLY_THEMES, Unchanged
from analysis.texts.setaside import MEANINGS
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

MAP_SIZE = 640.0
MOST_DOTS = 1_500
_BASES: Unchanged[dict[str, int]] = Unchanged(besides=ONLY_THEMES)
_PLACES: Unchanged[dict[meaning.Clause, meaning.Point]] = Unchanged(besides=ONLY_PEOPLES_WORD)


@blueprint.get("/")
def overview(slug: str) -> str:
    """Show the newest run: coverage, themes and their people, and what needs a person next."""
    consultation = plan_or_404(slug)
    run = queries.latest_run(db.session(), consultation.id)
    if run is None:
        return desk.page("themes", consultation, run=None)
    lines, bases = desk.lines(run), _bases(run)
    themes = queries.themes(db.session(), consultation.id)
    firm = _firm(run, themes, lines, bases)
    return desk.page(
        "themes",
        consultation,
        run=run,
        rows=_rows(lines, themes),
        bases=desk.protected(bases),
        **firm,
        coverage=_coverage(lines),
        read=sum(bool(line.read_by) for line in lines if line.is_readable),
        readable=sum(line.is_readable for line in lines),
        needs=_at_desks(consultation, run)
        + _needs(consultation, run, lines, themes, firm["mixed"]),
        decided=sum(bool(theme.approved_at) for theme in themes),
        flags=_flags(run),
        in_sight=frame.kept_in_sight(db.session(), consultation.id),
        threshold=desk.threshold(),
    )


@blueprint.post("/analyse")
def analyse(slug: str) -> Response:
    """Put an analysis of the closed surveys on the worker's list."""
    consultation = plan_or_404(slug)
    try:
        job = services.start_run(db.session(), consultation, actor=current_user.id, now=utc_now())
    except services.NoSnapshotError as mistake:
        flash(str(mistake), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/map")
def map_(slug: str) -> str:
    """Draw the themes and the comments where they lie by meaning, with a table beside it."""
    consultation = plan_or_404(slug)
    run = desk.run_of(consultation)
    places = _PLACES.of(db.session(), run.id, lambda: meaning.places(db.session(), run))
    themes = {theme.id: theme for theme in queries.themes(db.session(), consultation.id)}
    lines = desk.lines(run)
    where = _places_of_themes(lines, places)
    people = _people(lines, list(themes.values()))
    sizes = {key: count.value for key, count in people.items()}
    cells = meaning.cells({key: where[key] for key in where if key in themes}, sizes, MAP_SIZE)
    return desk.page(
        "map",
        consultation,
        size=round(MAP_SIZE),
        dots=_dots(list(places.values())),
        cells=_numbered(cells, themes, people),
        share=meaning.share_shown(db.session(), run),
    )


def _firm(
    run: AnalysisRun, themes: list[Theme], lines: list[Line], bases: dict[str, int]
) -> dict[str, Any]:
    """Return how firm the themes are, what speaks against signing them, and what is suggested."""
    firm = firmness.of_themes(db.session(), run, themes)
    return {
        "firm": firm,
        "mixed": [theme for theme in themes if desk.is_mixed(theme, firm[theme.id])],
        "unmet": firmness.unmet(run, themes, firm, lines),
        "guarded": firmness.guarded(themes, lines, bases, threshold=desk.threshold()),
        "labels": desk.labels_of_codes(),
    }


def _rows(lines: list[Line], themes: list[Theme]) -> list[dict[str, Any]]:
    """Return themes, largest first, each nested one under its broader one."""
    people = queries.people_by_theme(lines, themes)
    size = {theme.id: sum(people[theme.id].values()) for theme in themes}
    top = {theme.id: theme.parent_id or theme.id for theme in themes}
    ordered = sorted(
        themes,
        key=lambda t: (-size.get(top[t.id], 0), top[t.id], t.parent_id is not None, -size[t.id]),
    )
    return [{"theme": theme, "people": desk.protected(people[theme.id])} for theme in ordered]


def _people(lines: list[Line], themes: list[Theme]) -> dict[str, disclosure.Count]:
    counts = queries.people_by_theme(lines, themes)
    return {
        key: disclosure.protect_count(sum(by.values()), threshold=desk.threshold())
        for key, by in counts.items()
    }


def _coverage(lines: list[Line]) -> list[tuple[str, int]]:
    counts = reading_order.coverage(lines)
    words = dict(reading_order.STATES) | {
        f"aside:{reason}": f"Set aside: {meaning_}" for reason, meaning_ in MEANINGS.items()
    }
    known = [key for key in words if key in counts]
    return [(words.get(key, key), counts[key]) for key in [*known, *(counts.keys() - set(words))]]


def _bases(run: AnalysisRun) -> dict[str, int]:
    session = db.session()
    return _BASES.of(session, run.id, lambda: queries.base_by_audience(session, run.id))


def _at_desks(consultation: Consultation, run: AnalysisRun) -> list[tuple[str, str]]:
    """Return what waits for a person at the desks beside this one: sentence and address."""
    session, slug = db.session(), consultation.slug
    states = copies.standing(session, consultation.id)
    groups = sum(group.key not in states for group in copies.groups(session, consultation.id))
    foreign = translations.untranslated(session, run)
    found = [
        (groups, "Say whether shared text is a campaign", "campaign_desk.campaigns"),
        (foreign, "Translate comments in other languages", "translation_desk.listed"),
    ]
    return [(f"{words}: {n}", url_for(to, slug=slug)) for n, words, to in found if n]


def _needs(
    consultation: Consultation,
    run: AnalysisRun,
    lines: list[Line],
    themes: list[Theme],
    mixed: list[Theme],
) -> list[tuple[str, str]]:
    """Return what a person should do next: sentence and address, the first thing first."""
    slug = consultation.slug
    unsure = sum(line.needs_reading for line in lines)
    unread = sum(line.is_readable and not line.read_by for line in lines)
    homes = [(key, home.id) for key, home in reanalysis.homes(db.session(), run, themes).items()]
    joined = {key for key, _ in homes} | {theme.id for theme in mixed}
    nameless = [theme for theme in themes if not theme.easy_name and theme.id not in joined]
    waiting = [theme for theme in themes if theme.easy_name and not theme.approved_at]
    bare = [theme for theme in themes if theme.approved_at and not theme.means]
    found = [
        (unsure, "Read the comments that the machine is not sure of", "read_next", None),
        (unread - unsure, "Read the other comments that nobody has read yet", "read_next", None),
        (len(mixed), "Split the mixed groups, or find what holds each together", "theme", mixed),
        (len(nameless), "Name the themes that have no easy-read name", "theme", nameless),
        (len(waiting), "Read and approve the themes that have their names", "theme", waiting),
        (len(bare), "Say what the approved themes mean", "theme", bare),
    ]
    joining = [
        (
            f"Join new proposals to the themes that their comments were in: {len(homes)}",
            url_for(".theme", slug=slug, theme_id=homes[0][1], join=homes[0][0], _anchor="join"),
        )
    ] if homes else []  # fmt: skip
    return joining + [
        (f"{words}: {number}", url_for(f".{to}", slug=slug, **_first(which)))
        for number, words, to, which in found
        if number
    ]


def _first(themes: list[Theme] | None) -> dict[str, Any]:
    return {"theme_id": themes[0].id} if themes else {}


def _flags(run: AnalysisRun) -> list[str]:
    """Return what the run says against itself: its notes, and themes that did not hold."""
    try:
        notes = json.loads(run.notes)
    except ValueError:
        notes = run.notes.splitlines()
    return [str(note) for note in notes if note] if isinstance(notes, list) else [run.notes]


def _places_of_themes(
    lines: list[Line], places: dict[meaning.Clause, meaning.Point]
) -> dict[str, list[meaning.Point]]:
    found: dict[str, list[meaning.Point]] = {}
    for line in lines:
        if line.gone or not line.theme_ids:
            continue
        point = places.get((*line.answer, 1)) or next(
            (places[(*line.answer, n)] for n in range(2, 9) if (*line.answer, n) in places), None
        )
        if point:
            found.setdefault(line.theme_ids[0], []).append(point)
    return found


def _dots(points: list[meaning.Point]) -> str:
    """Return one path with a dot for each clause, thinned evenly where there are very many."""
    step = max(1, len(points) // MOST_DOTS)
    half = MAP_SIZE / 2
    return "".join(
        f"M{half * (1 + 0.9 * x):.0f} {half * (1 + 0.9 * y):.0f}h0" for x, y in points[::step]
    )


def _numbered(
    cells: list[meaning.Cell], themes: dict[str, Theme], people: dict[str, disclosure.Count]
) -> list[dict[str, Any]]:
    """Return the hexagons from left to right, with numbers that the table uses too."""
    ordered = sorted(cells, key=lambda cell: (cell.x, cell.y))
    return [
        {
            "number": number,
            "theme": themes[cell.key],
            "people": people[cell.key],
            "x": round(cell.x, 1),
            "y": round(cell.y, 1),
            "path": _hexagon(cell),
            "near": [themes[other].name for other in _nearest(cell, cells)[:1]],
        }
        for number, cell in enumerate(ordered, start=1)
    ]


def _hexagon(cell: meaning.Cell) -> str:
    x, y, r = cell.x, cell.y, cell.radius
    w, h = r * 0.866, r / 2
    corners = [(0, -r), (w, -h), (w, h), (0, r), (-w, h), (-w, -h)]
    return "M" + "L".join(f"{x + dx:.1f} {y + dy:.1f}" for dx, dy in corners) + "z"


def _nearest(cell: meaning.Cell, cells: list[meaning.Cell]) -> list[str]:
    """Return the other themes, the one that lies nearest first, edge to edge."""
    others = [other for other in cells if other.key != cell.key]
    gap = {o.key: ((o.x - cell.x) ** 2 + (o.y - cell.y) ** 2) ** 0.5 - o.radius for o in others}
    return sorted(gap, key=lambda key: (gap[key], key))
