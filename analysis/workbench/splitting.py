"""Moving some of a theme's comments elsewhere: choosing them page by page, and the effect."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_security import current_user

from analysis.decided import decisions, queries, reading_order
from analysis.models.store import AnalysisRun, Theme
from analysis.preparation import translations
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from analysis.workbench.forms import NAME, REASON
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now

ON_A_PAGE, BAD_REQUEST = 20, 400
LIMITS = {"name": NAME, "easy_name": NAME, "why": REASON}


@blueprint.get("/<theme_id>/split")
def choose_split(slug: str, theme_id: str) -> str:
    """Show the theme's comments, whole, to choose those that belong elsewhere."""
    consultation, found = desk.theme_at(slug, theme_id)
    start = request.args.get("from", 0, type=int)
    return _split_page(consultation, desk.run_of(consultation), found, start)


@blueprint.post("/<theme_id>/split")
def split(slug: str, theme_id: str) -> Any:
    """Move chosen comments to a new theme or another one, after showing what that changes."""
    consultation, found = desk.theme_at(slug, theme_id)
    run, chosen = desk.run_of(consultation), desk.clauses("clause")
    if (start := request.form.get("go", type=int)) is not None:
        return _split_page(consultation, run, found, start)
    target = desk.named(found, "into")
    names = (request.form.get("name", ""), request.form.get("easy_name", ""))
    why = request.form.get("why", "")
    if mistakes := _split_mistakes(chosen, target, names):
        start = request.form.get("from", 0, type=int)
        return _split_page(consultation, run, found, start, mistakes), BAD_REQUEST
    return desk.weigh(
        slug, found, f"Move chosen comments out of “{found.name}”",
        lambda: decisions.split(
            db.session(), run, found, chosen, target or names, actor=current_user.id,
            now=utc_now(), why=why,
        ),
        "The chosen comments have moved.", _split_again(slug, theme_id),
    )  # fmt: skip


def _split_page(
    consultation: Consultation,
    run: AnalysisRun,
    found: Theme,
    start: int,
    mistakes: Sequence[Mapping[str, str]] = (),
) -> str:
    """Show a page of a theme's comments; what was ticked and typed stays as it was sent."""
    desk.note_reading("read_comments", "theme", found.id)
    answers = _answers(run, found)
    start = min(max(start or 0, 0), max(0, (len(answers) - 1) // ON_A_PAGE * ON_A_PAGE))
    shown, ticked = answers[start : start + ON_A_PAGE], request.form.getlist("clause")
    here = {":".join(answer) for answer in shown}
    return desk.page(
        "split", consultation, theme=found, others=desk.others(consultation, found), start=start,
        answers=[(answer, queries.clauses(db.session(), run.id, answer)) for answer in shown],
        following=start + ON_A_PAGE if len(answers) > start + ON_A_PAGE else None,
        previous=start - ON_A_PAGE if start >= ON_A_PAGE else None, total=len(answers),
        elsewhere=[key for key in ticked if key.rpartition(":")[0] not in here],
        languages=translations.languages(db.session(), run.id), mistakes=mistakes, ticked=ticked,
        sent=request.form,
    )  # fmt: skip


def _split_again(slug: str, theme_id: str) -> desk.Again:
    """Return what shows the comments again, with what was ticked and what stops the move."""

    def again(sentence: str) -> Any:
        consultation, found = desk.theme_at(slug, theme_id)
        start = request.form.get("from", 0, type=int)
        mistakes = [{"href": "#into", "text": sentence}]
        run = desk.run_of(consultation)
        return _split_page(consultation, run, found, start, mistakes), BAD_REQUEST

    return again


def _split_mistakes(
    chosen: Sequence[object], target: Theme | None, names: tuple[str, str]
) -> list[dict[str, str]]:
    """Return what is missing before comments can move, each with the field to mend."""
    found = []
    if target is None and (gone := desk.gone("into")):
        found.append({"href": "#into", "text": gone})
    elif target is None and not all(map(str.strip, names)):
        found.append({"href": "#into", "text": "Choose a theme, or give a new one both its names."})
    for field, limit in LIMITS.items():
        if mistake := limit.mistake(request.form.get(field, "")):
            found.append({"href": f"#{field}", "text": mistake})
    if not chosen:
        found.append({"href": "#c-1-1", "text": "Tick at least one comment to move."})
    return found


def _answers(run: AnalysisRun, found: Theme) -> list[tuple[str, str]]:
    lines = reading_order.in_order(desk.lines(run), "constant")
    return [line.answer for line in lines if found.id in line.theme_ids]
