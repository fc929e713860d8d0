"""The translation desk: answers in other languages, the original beside what a person wrote."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from analysis.decided import decisions, queries
from analysis.language.languages import name_of
from analysis.models.store import AnalysisRun, Reading
from analysis.preparation import translations
from analysis.preparation.translations import Waiting
from analysis.workbench.desk import run_of
from engage import audit
from engage.accounts import User
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

BAD_REQUEST = 400
blueprint = Blueprint(
    "translation_desk", __name__, url_prefix="/desk/consultations/<slug>/translations"
)


@blueprint.get("/")
def listed(slug: str) -> str:
    """List the answers in other languages, those without a translation first."""
    plan = plan_or_404(slug)
    session = db.session()
    run = queries.latest_run(session, plan.id)
    if run:
        _note_reading(run)
    return render_template(
        "analysis/translations.html", plan=plan, demo=plan.is_demo, run=run, language=name_of,
        answers=translations.answers(session, run) if run else [],
    )  # fmt: skip


@blueprint.get("/<response_id>/<question>")
def answer(slug: str, response_id: str, question: str) -> str:
    """Show one answer with its translations, and the form for a new one."""
    plan = plan_or_404(slug)
    run = run_of(plan)
    found = _waiting(run, (response_id, question))
    _note_reading(run)
    return _page(plan, run, found, found.translation.words if found.translation else "")


@blueprint.post("/<response_id>/<question>")
def translate(slug: str, response_id: str, question: str) -> ResponseReturnValue:
    """Keep a translation, and where a person ticks themes count the answer there at once."""
    plan = plan_or_404(slug)
    session, run, key = db.session(), run_of(plan), (response_id, question)
    found, words = _waiting(run, key), request.form.get("words", "")
    actor, now = current_user.id, utc_now()
    try:
        translations.keep(session, found, words, actor=actor, now=now)
    except translations.TranslationError as mistake:
        session.rollback()
        return _page(plan, run, found, words, str(mistake)), BAD_REQUEST
    wanted = set(request.form.getlist("themes"))
    themes = [theme for theme in queries.themes(session, plan.id) if theme.id in wanted]
    if themes:
        decisions.code_answer(session, run, key, themes, actor=actor, now=now)
    session.commit()
    flash("The translation is saved, with your name and the time.", "done")
    return redirect(url_for(".listed", slug=slug), 303)


@blueprint.post("/<response_id>/<question>/take-back")
def take_back(slug: str, response_id: str, question: str) -> ResponseReturnValue:
    """Take the translation that counts back; the original waits again."""
    plan = plan_or_404(slug)
    found = _waiting(run_of(plan), (response_id, question))
    if found.translation is None:
        abort(404)
    translations.take_back(db.session(), found.translation, actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("The translation is taken back. The original is as it was.", "done")
    return redirect(url_for(".listed", slug=slug), 303)


def _page(
    plan: Consultation, run: AnalysisRun, found: Waiting, words: str, mistake: str = ""
) -> str:
    session, key = db.session(), (found.response_id, found.question)
    return render_template(
        "analysis/translation.html", plan=plan, demo=plan.is_demo, answer=found, words=words,
        language=name_of, mistake=mistake, themes=queries.themes(session, plan.id),
        chosen={theme.id for theme in queries.themes_of_answer(session, run, key)}
        if _is_read(found) else set(),
        trail=[_told(row) for row in translations.trail(session, key)],
    )  # fmt: skip


def _is_read(found: Waiting) -> bool:
    """Tell whether a person said what it is about; the machine's guess ticks nothing."""
    return db.session.get(Reading, (found.response_id, found.question)) is not None


def _told(row: Any) -> dict[str, str]:
    user = db.session.get(User, row.translated_by)
    return {
        "when": row.translated_at.strftime("%d %B %Y, %H:%M UTC"),
        "who": user.display_name if user else row.translated_by,
        "words": row.words,
        "state": "taken back" if row.taken_back_at else "",
    }


def _note_reading(run: AnalysisRun) -> None:
    audit.record_read(
        db.engine, actor=current_user.id, verb="read_translations", object_type="analysis_run",
        object_id=run.id, now=utc_now(),
    )  # fmt: skip


def _waiting(run: AnalysisRun, key: tuple[str, str]) -> Waiting:
    found = translations.one(db.session(), run, key)
    if found is None:
        abort(404)
    return found
