"""What the machine suggests about each theme, with its scores; and what people set aside."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from analysis.decided import decisions, queries
from analysis.engine import stance
from analysis.models.prepared_store import SetAside
from analysis.models.store import AnalysisRun, ProposedCoding
from analysis.preparation import offtopic, translations
from analysis.runs import suggested
from analysis.workbench.desk import labels_of_codes, protected_count, run_of
from engage import audit
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

BAD_REQUEST = 400
blueprint = Blueprint(
    "suggestions_desk", __name__, url_prefix="/desk/consultations/<slug>/suggestions"
)


@blueprint.get("/")
def suggestions(slug: str) -> str:
    """Show names, codes, ways of speaking and examples that the newest run suggests."""
    plan = plan_or_404(slug)
    session = db.session()
    run = run_of(plan)
    _note_reading(run)
    themes = {
        source.id: theme for theme in queries.themes(session, plan.id) for source in theme.sources
    }
    return render_template(
        "analysis/suggestions.html", plan=plan, demo=plan.is_demo, run=run, themes=themes,
        found=suggested.of_run(session, run), labels=labels_of_codes(),
        stances=stance.STANCES, protected=protected_count,
        aside=offtopic.of_run(session, run),
    )  # fmt: skip


@blueprint.get("/off-topic/<response_id>/<question>")
def off_topic(slug: str, response_id: str, question: str) -> str:
    """Show one answer and the form that sets it aside as about something else."""
    plan = plan_or_404(slug)
    run = run_of(plan)
    clauses = _clauses(run, (response_id, question))
    _note_reading(run)
    return _page(plan, clauses)


@blueprint.post("/off-topic/<response_id>/<question>")
def set_aside(slug: str, response_id: str, question: str) -> ResponseReturnValue:
    """Set the answer aside, with what it is about instead."""
    plan = plan_or_404(slug)
    run, key, why = run_of(plan), (response_id, question), request.form.get("why", "")
    clauses = _clauses(run, key)
    try:
        offtopic.set_aside(db.session(), run, key, why=why, actor=current_user.id, now=utc_now())
    except offtopic.SetAsideError as mistake:
        db.session.rollback()
        return _page(plan, clauses, str(mistake), why), BAD_REQUEST
    db.session.commit()
    flash("The answer is off topic from the next analysis. It stays counted as set aside.", "done")
    return redirect(url_for(".suggestions", slug=slug), 303)


@blueprint.post("/off-topic/undo/<decision_id>")
def undo(slug: str, decision_id: str) -> ResponseReturnValue:
    """Let the next analysis read the answer again."""
    plan = plan_or_404(slug)
    known = {row.id for row, _ in offtopic.of_run(db.session(), run_of(plan))}
    if decision_id not in known:
        abort(404)
    decision = db.session.get_one(SetAside, decision_id)
    offtopic.undo(db.session(), decision, actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("The answer is analysed again from the next analysis.", "done")
    return redirect(url_for(".suggestions", slug=slug), 303)


def _page(plan: Consultation, clauses: Any, mistake: str = "", why: str = "") -> str:
    return render_template(
        "analysis/off_topic.html", plan=plan, demo=plan.is_demo, clauses=clauses,
        mistake=mistake, why=why, languages=translations.languages(db.session(), clauses[0].run_id),
    )  # fmt: skip


def _clauses(run: AnalysisRun, key: tuple[str, str]) -> list[ProposedCoding]:
    found = list(queries.clauses(db.session(), run.id, key))
    if not found or found[0].set_aside_reason == decisions.HELD:
        abort(404)
    return found


def _note_reading(run: AnalysisRun) -> None:
    audit.record_read(
        db.engine, actor=current_user.id, verb="read_suggestions", object_type="analysis_run",
        object_id=run.id, now=utc_now(),
    )  # fmt: skip
