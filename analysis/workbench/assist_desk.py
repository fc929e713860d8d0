"""Staff pages of assisted coding: second readings, suggestions, how good they are, and files."""

from typing import Any, NoReturn

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response
from wtforms import Form, TextAreaField
from wtforms.validators import DataRequired

from analysis.codeframes.interchange import NoCodesError
from analysis.decided import assisting, coded, exports, queries, second_reading
from analysis.decided.coded import Answer, CodedAnswer
from analysis.models.assist_records import FIRST, SECOND, SecondReading
from analysis.models.store import AnalysisRun, Theme
from analysis.preparation import translations
from analysis.workbench.desk import run_of
from analysis.workbench.forms import REASON
from analysis.workbench.reading import context_of
from engage import audit
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

BAD_REQUEST = 400
blueprint = Blueprint("assist", __name__, url_prefix="/desk/consultations/<slug>/coding")


class SettleForm(Form):
    """What two readers agreed on; without a reason nobody can learn from it."""

    why = TextAreaField(
        "What did you agree on, and why?",
        [DataRequired("Say in a few words what you agreed on and why."), REASON],
    )


NOTHING_TICKED = "Nothing is ticked. Tick a theme, or say that it is about none of these."
READ_ALREADY = "That comment is not waiting for you: you have read it, or it is not in a sample."
SETTLED_ALREADY = "There is nothing to settle about that comment: it is settled, or both agree."
GONE_MEANWHILE = "A theme that you ticked went out of use meanwhile. Look at the themes again."
NOTHING_DRAWN = (
    "No sample was drawn: every question has its sample, or no comment has been read for safety"
    " yet. Only comments that a safeguarding reader has let go are drawn."
)


@blueprint.get("/")
def overview(slug: str) -> str:
    """Show who reads twice, how far people and machine agree, and what can be taken away."""
    plan, run = _plan_and_run(slug)
    session, reader = db.session(), str(current_user.id)
    return render_template(
        "analysis/coding.html",
        plan=plan,
        demo=plan.is_demo,
        draws=second_reading.draws(session, run.id),
        waiting=len(second_reading.waiting(session, run, reader)),
        agreement=second_reading.agree(session, run),
        apart=_apart(plan, run),
        names=_names(plan),
        machine=assisting.machine_against_people(session, run),
        first=assisting.to_read_first(session, run),
        files=exports.NAMES,
    )


@blueprint.post("/draw")
def draw(slug: str) -> Response:
    """Draw the sample for a second reader."""
    _, run = _plan_and_run(slug)
    drawn = second_reading.draw(db.session(), run, actor=current_user.id, now=utc_now())
    db.session.commit()
    if not drawn:
        flash(NOTHING_DRAWN, "error")
        return redirect(url_for(".overview", slug=slug), 303)
    questions = f"{len(drawn)} question" if len(drawn) == 1 else f"{len(drawn)} questions"
    flash(f"Samples are drawn for {questions}.", "done")
    return redirect(url_for(".overview", slug=slug), 303)


@blueprint.post("/suggest")
def suggest(slug: str) -> Response:
    """Let the worker learn from what people coded."""
    _, run = _plan_and_run(slug)
    try:
        job = assisting.ask_for_suggestions(db.session(), run, actor=current_user.id, now=utc_now())
    except assisting.TooFewCodedError as mistake:
        flash(str(mistake), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.get("/second")
def next_second(slug: str) -> Response:
    """Lead to the next answer that this person may read second."""
    _, run = _plan_and_run(slug)
    answers = second_reading.waiting(db.session(), run, str(current_user.id))
    if not answers:
        flash("There is nothing for you to read a second time now.", "done")
        return redirect(url_for(".overview", slug=slug), 303)
    response_id, question = answers[0]
    return redirect(url_for(".second", slug=slug, response_id=response_id, question=question), 303)


@blueprint.get("/second/<response_id>/<question>")
def second(slug: str, response_id: str, question: str) -> str:
    """Show one answer to its second reader, without a word of what the first one said."""
    plan, run = _plan_and_run(slug)
    return _second_page(plan, run, (response_id, question))


@blueprint.post("/second/<response_id>/<question>")
def keep_second(slug: str, response_id: str, question: str) -> Any:
    """Keep what the second reader says and go on to the next."""
    plan, run = _plan_and_run(slug)
    if mistake := _unsaid(plan):
        return _second_page(plan, run, (response_id, question), mistake), BAD_REQUEST
    try:
        second_reading.read_second(
            db.session(), run, (response_id, question), _ticked(plan),
            actor=current_user.id, now=utc_now(),
        )  # fmt: skip
    except second_reading.SecondReadingError as mistake:
        db.session.rollback()
        flash(str(mistake), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    db.session.commit()
    return redirect(url_for(".next_second", slug=slug), 303)


@blueprint.get("/settle/<response_id>/<question>")
def disagreement(slug: str, response_id: str, question: str) -> str:
    """Show one answer that two people read differently, with what each said."""
    plan, run = _plan_and_run(slug)
    return _settle_page(plan, run, (response_id, question), SettleForm())


@blueprint.post("/settle/<response_id>/<question>")
def settle(slug: str, response_id: str, question: str) -> Any:
    """Make what the two agreed on count; mistakes come back with what was typed."""
    plan, run = _plan_and_run(slug)
    form, answer = SettleForm(request.form), (response_id, question)
    if not form.validate() or _unsaid(plan):
        return _settle_page(plan, run, answer, form), BAD_REQUEST
    try:
        second_reading.settle(
            db.session(), run, answer, _ticked(plan), why=form.why.data or "",
            actor=current_user.id, now=utc_now(),
        )  # fmt: skip
    except second_reading.SecondReadingError as mistake:
        db.session.rollback()
        flash(str(mistake), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    db.session.commit()
    flash("Settled. Both first readings stay on record.", "done")
    return redirect(url_for(".overview", slug=slug), 303)


@blueprint.get("/files/<name>")
def file(slug: str, name: str) -> Response:
    """Hand out a file, and record who took it before it leaves."""
    plan, run = _plan_and_run(slug)
    if name not in exports.NAMES:
        abort(404)
    now, settings = utc_now(), current_app.extensions["engage_settings"]
    audit.record_read(
        db.engine, actor=str(current_user.id), verb="export", object_type="analysis_run",
        object_id=run.id, now=now,
    )  # fmt: skip
    try:
        content = exports.export(
            db.session(), plan, run, name, threshold=settings.threshold, now=now
        )
    except NoCodesError as reason:
        flash(str(reason), "error")
        return redirect(url_for(".overview", slug=slug), 303)
    reply = Response(content, mimetype="application/octet-stream")
    reply.headers["Content-Disposition"] = f'attachment; filename="{plan.slug}-{name}"'
    return reply


def _plan_and_run(slug: str) -> tuple[Consultation, AnalysisRun]:
    plan = plan_or_404(slug)
    return plan, run_of(plan)


def _names(plan: Consultation) -> dict[str, str]:
    return {code.id: code.name for code in coded.code_frame(db.session(), plan.id)}


def _apart(plan: Consultation, run: AnalysisRun) -> list[tuple[SecondReading, str, str]]:
    """Return each disagreement with what only one and only the other reader said, in words."""
    names = _names(plan)

    def named(themes: frozenset[str]) -> str:
        return "; ".join(sorted(names[theme] for theme in themes if theme in names))

    found = second_reading.disagreed(db.session(), run)
    return [(reading, named(one), named(other)) for reading, one, other in found]


def _unsaid(plan: Consultation) -> str:
    """Return what a form leaves open: no theme, and not that there is none; or empty."""
    sent = set(request.form.getlist("themes"))
    if request.form.get("act") == "none" or (sent and len(_ticked(plan)) == len(sent)):
        return ""
    return GONE_MEANWHILE if sent else NOTHING_TICKED


def _ticked(plan: Consultation) -> list[Theme]:
    none = request.form.get("act") == "none"
    wanted = set() if none else set(request.form.getlist("themes"))
    return [theme for theme in queries.themes(db.session(), plan.id) if theme.id in wanted]


def _second_page(plan: Consultation, run: AnalysisRun, key: Answer, mistake: str = "") -> str:
    waiting = second_reading.waiting(db.session(), run, str(current_user.id))
    answer = _answer(run, key) if key in waiting else _over(plan, READ_ALREADY)
    _note_reading(answer.key)
    return render_template(
        "analysis/second.html",
        plan=plan,
        demo=plan.is_demo,
        answer=answer,
        context=context_of(answer.key),
        languages=translations.languages(db.session(), run.id),
        themes=queries.themes(db.session(), plan.id),
        left=len(waiting),
        mistake=mistake,
    )


def _settle_page(plan: Consultation, run: AnalysisRun, key: Answer, form: SettleForm) -> str:
    found = {
        (reading.response_id, reading.draw.question): (one, other)
        for reading, one, other in second_reading.disagreed(db.session(), run)
    }
    answer = _answer(run, key) if key in found else _over(plan, SETTLED_ALREADY)
    _note_reading(key)
    said = second_reading.said_alone(db.session(), run, key)
    return render_template(
        "analysis/settle.html",
        plan=plan,
        demo=plan.is_demo,
        answer=answer,
        context=context_of(answer.key),
        form=form,
        unsaid=_unsaid(plan) if request.method == "POST" else "",
        languages=translations.languages(db.session(), run.id),
        themes=queries.themes(db.session(), plan.id),
        chosen=set(request.form.getlist("themes"))
        if request.method == "POST"
        else said[FIRST] | said[SECOND],
        first=said[FIRST],
        second=said[SECOND],
    )


def _over(plan: Consultation, words: str) -> NoReturn:
    """Lead somebody who comes back to what is done to what is left."""
    flash(words, "done")
    abort(redirect(url_for(".overview", slug=plan.slug), 303))


def _answer(run: AnalysisRun, key: Answer) -> CodedAnswer:
    answers = coded.coded_answers(db.session(), run, {key[0]})
    return next((answer for answer in answers if answer.key == key), None) or abort(404)


def _note_reading(key: Answer) -> None:
    audit.record_read(
        db.engine, actor=str(current_user.id), verb="read_comment", object_type="answer",
        object_id=f"{key[0]}:{key[1]}", now=utc_now(),
    )  # fmt: skip
