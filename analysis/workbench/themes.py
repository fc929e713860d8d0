"""One theme: its people and comments, its names and meaning, and every decision about it."""

from collections.abc import Mapping
from typing import Any

from flask import request
from flask_security import current_user

from analysis.decided import decisions, frame, queries
from analysis.models.store import AnalysisRun, Theme
from analysis.preparation import translations
from analysis.runs import firmness, reanalysis
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from analysis.workbench.forms import (
    MeaningForm,
    NameForm,
    OtherForm,
    RetireForm,
)
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now

BAD_REQUEST = 400


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
    seen = desk.clauses("seen") if request.form.get("have_read") == "yes" else []
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
    other, again = desk.named(found, "other"), _again(slug, theme_id, "other")
    if other is None:
        return again(desk.gone("other") or "Choose the theme that joins this one.")
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
    parent, again = desk.named(found, "parent"), _again(slug, theme_id, "parent")
    if parent is None and (gone := desk.gone("parent")):
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


def _again(slug: str, theme_id: str, field: str, **forms: Any) -> desk.Again:
    """Return what shows the theme again, with what was typed and what to mend at a field."""

    def again(sentence: str) -> Any:
        consultation, found = desk.theme_at(slug, theme_id)
        return _theme_page(consultation, found, wrong={field: sentence}, **forms), BAD_REQUEST

    return again


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
        languages=translations.languages(db.session(), run.id) if run else {},
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
