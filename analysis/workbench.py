"""Staff views of the analysis room: see what was proposed, then name, approve, merge or retire."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms import Form, SelectField, StringField, TextAreaField
from wtforms.validators import DataRequired, Length

from analysis import decisions, disclosure, queries, services
from analysis.store import AnalysisRun, ProposedCoding, Theme
from engage import audit, taxonomy
from engage.consultations import Consultation, by_slug
from engage.db import db
from engage.orm import utc_now

EXAMPLES_SHOWN = 12
blueprint = Blueprint("workbench", __name__, url_prefix="/desk/consultations/<slug>/themes")


class NameForm(Form):
    """The two names people will read, and an optional reason for the trail."""

    name = StringField(
        "Name of the theme", [DataRequired("Give the theme a name."), Length(max=200)]
    )
    easy_name = StringField(
        "Name in easy read",
        [DataRequired("Give the theme an easy-read name."), Length(max=200)],
    )
    why = TextAreaField("Why (optional)", [Length(max=1000)])


class RetireForm(Form):
    """A theme goes out of use only with a reason."""

    why = TextAreaField(
        "Why does it go out of use?", [DataRequired("Say why this theme goes out of use.")]
    )


class MergeForm(Form):
    """Which theme's comments join this one."""

    other = SelectField("Theme that joins this one", [DataRequired("Choose a theme.")])


@blueprint.get("/")
def overview(slug: str) -> str:
    """Show the newest run, what was set aside, and every theme with its people."""
    consultation = _consultation(slug)
    run = queries.latest_run(db.session(), consultation.id)
    return render_template(
        "analysis/themes.html",
        consultation=consultation,
        demo=consultation.is_demo,
        run=run,
        rows=[_row(run.id, theme) for theme in queries.themes(db.session(), consultation.id)]
        if run
        else [],
        bases=_protected(queries.base_by_audience(db.session(), run.id)) if run else {},
        set_aside=queries.set_aside(db.session(), run.id) if run else {},
        read=queries.answers_read(db.session(), run.id) if run else 0,
        audiences=_audiences(),
    )


@blueprint.post("/analyse")
def analyse(slug: str) -> Response:
    """Put an analysis of the closed surveys on the worker's list."""
    consultation = _consultation(slug)
    try:
        job = services.start_run(db.session(), consultation, actor=current_user.id, now=utc_now())
    except services.NoSnapshotError as mistake:
        flash(str(mistake), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/<theme_id>")
def theme(slug: str, theme_id: str) -> str:
    """Show one theme: its people, typical comments (redacted), and its trail of decisions."""
    consultation, found = _theme(slug, theme_id)
    _note_reading("read_comments", "theme", found.id)
    return _theme_page(consultation, found, NameForm(obj=found), RetireForm(prefix="retire"), 200)


@blueprint.post("/<theme_id>/name")
def rename(slug: str, theme_id: str) -> Any:
    """Give the theme new names; mistakes come back with what was typed."""
    consultation, found = _theme(slug, theme_id)
    form = NameForm(request.form)
    if not form.validate():
        return _theme_page(consultation, found, form, RetireForm(prefix="retire"), 400), 400
    decisions.rename(
        db.session(),
        found,
        name=form.name.data or "",
        easy_name=form.easy_name.data or "",
        why=form.why.data or "",
        actor=current_user.id,
        now=utc_now(),
    )
    return _done(slug, theme_id, "The new names are saved.")


@blueprint.post("/<theme_id>/approve")
def approve(slug: str, theme_id: str) -> Response:
    """Let the theme into reports."""
    _, found = _theme(slug, theme_id)
    try:
        decisions.approve(db.session(), found, actor=current_user.id, now=utc_now())
    except decisions.DecisionError as mistake:
        flash(str(mistake), "error")
        return redirect(url_for(".theme", slug=slug, theme_id=theme_id), 303)
    return _done(slug, theme_id, "Approved. Reports can now use this theme.")


@blueprint.post("/<theme_id>/merge")
def merge(slug: str, theme_id: str) -> Response:
    """Bring another theme's comments into this one."""
    consultation, found = _theme(slug, theme_id)
    others = {other.id: other for other in _others(consultation, found)}
    other = others.get(request.form.get("other", ""))
    if other is None:
        flash("Choose the theme that joins this one.", "error")
        return redirect(url_for(".theme", slug=slug, theme_id=theme_id), 303)
    decisions.merge(db.session(), found, other, actor=current_user.id, now=utc_now())
    return _done(slug, theme_id, f"The comments of “{other.name}” are now in this theme.")


@blueprint.post("/<theme_id>/retire")
def retire(slug: str, theme_id: str) -> Any:
    """Take the theme out of use, with a reason."""
    consultation, found = _theme(slug, theme_id)
    form = RetireForm(request.form, prefix="retire")
    if not form.validate():
        return _theme_page(consultation, found, NameForm(obj=found), form, 400), 400
    decisions.retire(
        db.session(), found, why=form.why.data or "", actor=current_user.id, now=utc_now()
    )
    db.session.commit()
    flash(f"“{found.name}” is out of use.", "done")
    return redirect(url_for(".overview", slug=slug), 303)


@blueprint.get("/read")
def read_next(slug: str) -> Response:
    """Lead to the unread answer that the machine is least sure of."""
    run = _run(_consultation(slug))
    answer = queries.next_unread(db.session(), run.id)
    if answer is None:
        flash("Every comment has been read.", "done")
        return redirect(url_for(".overview", slug=slug), 303)
    return redirect(url_for(".read", slug=slug, response_id=answer[0], question=answer[1]), 303)


@blueprint.get("/read/<response_id>/<question>")
def read(slug: str, response_id: str, question: str) -> str:
    """Show one answer, redacted, with the themes it counts in now."""
    consultation = _consultation(slug)
    run, answer = _run(consultation), (response_id, question)
    clauses = _clauses(run, answer)
    _note_reading("read_comment", "answer", f"{response_id}:{question}")
    return render_template(
        "analysis/read.html",
        consultation=consultation,
        demo=consultation.is_demo,
        clauses=clauses,
        themes=queries.themes(db.session(), consultation.id),
        chosen={theme.id for theme in queries.themes_of_answer(db.session(), run, answer)},
        answer=answer,
        read=queries.answers_read(db.session(), run.id),
        run=run,
    )


@blueprint.post("/read/<response_id>/<question>")
def code(slug: str, response_id: str, question: str) -> Response:
    """Keep what the reader says the answer is about, and go on to the next."""
    consultation = _consultation(slug)
    wanted = set(request.form.getlist("themes"))
    themes = [t for t in queries.themes(db.session(), consultation.id) if t.id in wanted]
    run = _run(consultation)
    _clauses(run, (response_id, question))
    decisions.code_answer(
        db.session(), run, (response_id, question), themes, actor=current_user.id, now=utc_now()
    )
    db.session.commit()
    return redirect(url_for(".read_next", slug=slug), 303)


def _run(consultation: Consultation) -> AnalysisRun:
    run = queries.latest_run(db.session(), consultation.id)
    if run is None:
        abort(404)
    return run


def _clauses(run: AnalysisRun, answer: tuple[str, str]) -> Sequence[ProposedCoding]:
    """Return one answer clause by clause, unless it is not for reading here."""
    found = queries.clauses(db.session(), run.id, answer)
    if not found or found[0].set_aside_reason == decisions.HELD:
        abort(404)
    return found


def _note_reading(verb: str, kind: str, identity: str) -> None:
    """Record who reads people's words, before they are shown."""
    audit.record(
        db.session(),
        actor=current_user.id,
        verb=verb,
        object_type=kind,
        object_id=identity,
        now=utc_now(),
    )
    db.session.commit()


def _consultation(slug: str) -> Consultation:
    consultation = by_slug(db.session(), slug)
    if consultation is None:
        abort(404)
    return consultation


def _theme(slug: str, theme_id: str) -> tuple[Consultation, Theme]:
    consultation = _consultation(slug)
    found = db.session.get(Theme, theme_id)
    if found is None or found.consultation_id != consultation.id or found.retired_at:
        abort(404)
    return consultation, found


def _others(consultation: Consultation, found: Theme) -> list[Theme]:
    return [
        other for other in queries.themes(db.session(), consultation.id) if other.id != found.id
    ]


def _theme_page(
    consultation: Consultation, found: Theme, names: NameForm, retiring: RetireForm, status: int
) -> str:
    run = queries.latest_run(db.session(), consultation.id)
    merging = MergeForm()
    others = [(other.id, other.name) for other in _others(consultation, found)]
    merging.other.choices = [("", "Choose a theme"), *others]
    return render_template(
        "analysis/theme.html",
        consultation=consultation,
        demo=consultation.is_demo,
        theme=found,
        row=_row(run.id, found) if run else None,
        bases=_protected(queries.base_by_audience(db.session(), run.id)) if run else {},
        examples=queries.examples(db.session(), run.id, found, EXAMPLES_SHOWN) if run else [],
        names=names,
        retiring=retiring,
        merging=merging,
        failed=status != 200,  # noqa: PLR2004  # plain HTTP
        audiences=_audiences(),
    )


def _row(run_id: str, theme: Theme) -> dict[str, Any]:
    people = queries.people_by_audience(db.session(), run_id, [theme])
    return {"theme": theme, "people": _protected(people)}


def _protected(counts: dict[str, int]) -> dict[str, disclosure.Count]:
    threshold = current_app.extensions["engage_settings"].threshold
    return {
        name: disclosure.protect_count(count, threshold=threshold) for name, count in counts.items()
    }


def _audiences() -> dict[str, str]:
    terms = taxonomy.terms("audiences", on=utc_now().date())
    return {term.code: term.label for term in terms}


def _done(slug: str, theme_id: str, message: str) -> Response:
    db.session.commit()
    flash(message, "done")
    return redirect(url_for(".theme", slug=slug, theme_id=theme_id), 303)
