"""One theme: its people and comments, its names and meaning, and every decision about it."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_security import current_user

from analysis.decided import decisions, frame, queries, reading_order
from analysis.models.store import AnalysisRun, Theme
from analysis.runs import firmness, reanalysis
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from analysis.workbench.forms import MeaningForm, NameForm, OtherForm, RetireForm
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now

ON_A_PAGE, BAD_REQUEST = 20, 400


@blueprint.get("/<theme_id>")
def theme(slug: str, theme_id: str) -> str:
    """Show one theme: its people, typical and edge comments (redacted), and what can be done."""
    consultation, found = desk.theme_at(slug, theme_id)
    desk.note_reading("read_comments", "theme", found.id)
    return _theme_page(consultation, found)


@blueprint.post("/<theme_id>/name")
def rename(slug: str, theme_id: str) -> Any:
    """Give the theme new names; mistakes come back with what was typed."""
    consultation, found = desk.theme_at(slug, theme_id)
    form = NameForm(request.form, obj=found)
    if not form.validate():
        return _theme_page(consultation, found, names=form), BAD_REQUEST
    return desk.decide(
        slug, found,
        lambda: decisions.rename(
            db.session(), found, name=form.name.data or "", easy_name=form.easy_name.data or "",
            why=form.why.data or "", actor=current_user.id, now=utc_now(),
        ),
        "The new names are saved.", _again(slug, theme_id, "name", names=form),
    )  # fmt: skip


@blueprint.post("/<theme_id>/meaning")
def define(slug: str, theme_id: str) -> Any:
    """Keep what the theme means, includes and excludes, with an example."""
    consultation, found = desk.theme_at(slug, theme_id)
    form = MeaningForm(request.form)
    if not form.validate():
        return _theme_page(consultation, found, meaning=form), BAD_REQUEST
    words = {name: str(value or "") for name, value in form.data.items()}
    return desk.decide(
        slug, found,
        lambda: decisions.define(db.session(), found, words, actor=current_user.id, now=utc_now()),
        "What the theme means is saved.", _again(slug, theme_id, "means", meaning=form),
    )  # fmt: skip


@blueprint.post("/<theme_id>/approve")
def approve(slug: str, theme_id: str) -> Any:
    """Let the theme into reports, once its examples have been read."""
    consultation, found = desk.theme_at(slug, theme_id)
    run = desk.run_of(consultation)
    seen = _clauses("seen") if request.form.get("have_read") == "yes" else []
    wrong = "have_read" if found.easy_name else "easy_name"
    return desk.decide(
        slug, found,
        lambda: frame.approve_after_reading(
            db.session(), run, found, seen, actor=current_user.id, now=utc_now()
        ),
        "Approved. Reports can now use this theme.", _again(slug, theme_id, wrong),
    )  # fmt: skip


@blueprint.post("/<theme_id>/merge")
def merge(slug: str, theme_id: str) -> Any:
    """Bring another theme's comments into this one, after showing what that changes."""
    _, found = desk.theme_at(slug, theme_id)
    other, again = _named(found, "other"), _again(slug, theme_id, "other")
    if other is None:
        return again(_gone("other") or "Choose the theme that joins this one.")
    name, why = other.name, request.form.get("why", "")
    return desk.weigh(
        slug, found, f"Join “{name}” to “{found.name}”",
        lambda: decisions.merge(
            db.session(), found, other, actor=current_user.id, now=utc_now(), why=why
        ),
        f"The comments of “{name}” are now in this theme.", again,
    )  # fmt: skip


@blueprint.post("/<theme_id>/nest")
def nest(slug: str, theme_id: str) -> Any:
    """Put the theme under a broader one or on its own, after showing what that changes."""
    _, found = desk.theme_at(slug, theme_id)
    parent, again = _named(found, "parent"), _again(slug, theme_id, "parent")
    if parent is None and (gone := _gone("parent")):
        return again(gone)
    where = f"under “{parent.name}”" if parent else "on its own"
    if found.parent_id == (parent.id if parent else None):
        return again(f"It stands {where} already. Choose another place, or leave it there.")
    why = request.form.get("why", "")
    return desk.weigh(
        slug, found, f"Put “{found.name}” {where}",
        lambda: decisions.nest(
            db.session(), found, parent, actor=current_user.id, now=utc_now(), why=why
        ),
        f"The theme now stands {where}.", again,
    )  # fmt: skip


@blueprint.post("/<theme_id>/retire")
def retire(slug: str, theme_id: str) -> Any:
    """Take the theme out of use, with a reason, after showing what that changes."""
    consultation, found = desk.theme_at(slug, theme_id)
    form = RetireForm(request.form)
    if not form.validate():
        return _theme_page(consultation, found, retiring=form), BAD_REQUEST
    run = queries.latest_run(db.session(), consultation.id)
    return desk.weigh(
        slug, found, f"Take “{found.name}” out of use",
        lambda: frame.retire_guarded(
            db.session(), run, found, threshold=desk.threshold(), why=form.why.data or "",
            actor=current_user.id, now=utc_now(),
        ),
        f"“{found.name}” is out of use.", _again(slug, theme_id, "why", retiring=form),
        after="all",
    )  # fmt: skip


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
    run, chosen = desk.run_of(consultation), _clauses("clause")
    if (start := request.form.get("go", type=int)) is not None:
        return _split_page(consultation, run, found, start)
    target = _named(found, "into")
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
        mistakes=mistakes, ticked=ticked, sent=request.form,
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
    if target is None and (gone := _gone("into")):
        found.append({"href": "#into", "text": gone})
    elif target is None and not all(map(str.strip, names)):
        found.append({"href": "#into", "text": "Choose a theme, or give a new one both its names."})
    if not chosen:
        found.append({"href": "#c-1-1", "text": "Tick at least one comment to move."})
    return found


def _again(slug: str, theme_id: str, field: str, **forms: Any) -> desk.Again:
    """Return what shows the theme again, with what was typed and what to mend at a field."""

    def again(sentence: str) -> Any:
        consultation, found = desk.theme_at(slug, theme_id)
        return _theme_page(consultation, found, wrong={field: sentence}, **forms), BAD_REQUEST

    return again


def _named(found: Theme, field: str) -> Theme | None:
    wanted = request.form.get(field, "")
    in_use = queries.themes(db.session(), found.consultation_id)
    return next((one for one in in_use if one.id == wanted != found.id), None)


def _gone(field: str) -> str:
    """Return what to say where a theme that was chosen has gone out of use meanwhile."""
    gone = db.session.get(Theme, request.form.get(field, ""))
    if gone is None:
        return ""
    return (
        f"“{gone.name}” went out of use while you were deciding, so nothing was done. Its trail"
        " says who took it out, and why."
    )


def _clauses(field: str) -> list[tuple[str, str, int]]:
    """Return the clauses that were ticked, each sent as response:question:number."""
    parts = [value.split(":") for value in request.form.getlist(field)]
    return [(p[0], p[1], int(p[2])) for p in parts if len(p) == 3 and p[2].isdigit()]  # noqa: PLR2004


def _answers(run: AnalysisRun, found: Theme) -> list[tuple[str, str]]:
    lines = reading_order.in_order(desk.lines(run), "constant")
    return [line.answer for line in lines if found.id in line.theme_ids]


def _theme_page(
    consultation: Consultation,
    found: Theme,
    names: NameForm | None = None,
    retiring: RetireForm | None = None,
    meaning: MeaningForm | None = None,
    wrong: Mapping[str, str] | None = None,
) -> str:
    run = queries.latest_run(db.session(), consultation.id)
    joined = request.form.get("other", request.args.get("join", ""))
    other = OtherForm(parent=request.form.get("parent", found.parent_id or ""), other=joined)
    choices = [(one.id, one.name) for one in desk.others(consultation, found)]
    other.other.choices = [("", "Choose a theme"), *choices]
    other.parent.choices = [("", "None: it stands on its own"), *choices]
    typical, edge = frame.examples(db.session(), run, found) if run else ((), ())
    people = queries.people_by_audience(db.session(), run.id, [found]) if run else {}
    return desk.page(
        "theme", consultation, theme=found, counts=desk.protected(people) if run else None,
        bases=desk.protected(queries.base_by_audience(db.session(), run.id)) if run else {},
        typical=typical, edge=edge, names=names or NameForm(obj=found),
        retiring=retiring or RetireForm(), meaning=meaning or MeaningForm(obj=found), other=other,
        wrong=wrong or {}, **_advice(run, found, consultation),
        nested=[one for one in desk.others(consultation, found) if one.parent_id == found.id],
    )  # fmt: skip


def _advice(run: AnalysisRun | None, found: Theme, consultation: Consultation) -> dict[str, Any]:
    """Return what the machine suggests for a theme that nobody has approved."""
    if run is None or found.approved_at:
        return {"suggested": {}, "home": None, "mixed": False}
    firm = firmness.of_themes(db.session(), run, [found])[found.id]
    in_use = queries.themes(db.session(), consultation.id)
    return {
        "suggested": firm.suggested,
        "mixed": desk.is_mixed(found, firm),
        "labels": desk.labels_of_codes(),
        "home": reanalysis.homes(db.session(), run, in_use).get(found.id),
    }
