"""Staff pages of what a session made: many notes at once, drawings, corrections."""

import dataclasses

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import FileStorage

from engage.db import db
from engage.orm import utc_now
from surveys.desk.facilitate import (
    BAD_REQUEST,
    ONE,
    asked_in,
    held_or_404,
    may_see,
    mine_or_404,
    page,
)
from surveys.desk.found import plan_and_survey_or_404
from surveys.desk.gathering import actor
from surveys.gathering import artefacts
from surveys.gathering.artefacts import Noted, Permission
from surveys.gathering.sessions import SessionError
from surveys.models import Artefact, FacilitatedSession, Survey, Upload
from surveys.questions import AnswerError
from surveys.questions.words import tidy

blueprint = Blueprint(
    "session_made", __name__,
    url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/sessions/<session_id>/made",
)  # fmt: skip


@blueprint.post("/")
def add(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    """Keep every line as one thing, or a picture with what it shows."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    try:
        _add(survey, held, request.files.get("picture"))
    except (SessionError, AnswerError) as mistake:
        db.session.rollback()
        return page(plan, survey, held, str(mistake), "lines"), BAD_REQUEST
    db.session.commit()
    return _back(slug, survey_slug, session_id)


@blueprint.get("/<artefact_id>")
def edit(slug: str, survey_slug: str, session_id: str, artefact_id: str) -> str:
    """Show one thing with its words to correct."""
    return _form(slug, survey_slug, session_id, artefact_id)


@blueprint.post("/<artefact_id>")
def change(slug: str, survey_slug: str, session_id: str, artefact_id: str) -> ResponseReturnValue:
    """Correct one thing, or take it out."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    artefact = _artefact_or_404(held, artefact_id)
    try:
        _change(survey, held, artefact)
    except SessionError as mistake:
        db.session.rollback()
        return _form(slug, survey_slug, session_id, artefact_id, str(mistake)), BAD_REQUEST
    db.session.commit()
    return _back(slug, survey_slug, session_id)


@blueprint.get("/<artefact_id>/picture")
def picture(slug: str, survey_slug: str, session_id: str, artefact_id: str) -> Response:
    """Show the picture of a drawing."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    artefact = _artefact_or_404(held_or_404(survey, session_id), artefact_id)
    upload = db.session().get(Upload, artefact.upload_id) if artefact.upload_id else None
    if upload is None:
        abort(404)
    return Response(upload.content, mimetype=upload.media_type)


def _add(survey: Survey, held: FacilitatedSession, sent: FileStorage | None) -> None:
    session, form = db.session(), request.form
    kind, typed, upload = form.get("kind", ""), form.get("lines", ""), None
    noted = artefacts.lines(typed, kind)
    if kind == "drawing" and sent is not None and sent.filename:
        allowed = Permission(
            "may_print" in form, form.get("may_print_name", ""), form.get("may_print_age", "")
        )
        words = " ".join(tidy(typed).split())
        upload = artefacts.keep_drawing(session, sent.read(), allowed, description=words)
        noted = (Noted(words[: artefacts.LONGEST_WORDS]),)
    artefacts.add_artefacts(
        session, held, kind, [_about(one, survey) for one in noted], may_quote="may_quote" in form,
        upload=upload, actor=actor(), now=utc_now(),
    )  # fmt: skip


def _about(noted: Noted, survey: Survey, before: str | None = None) -> Noted:
    """Return a note with the question it is about; a newer questionnaire may lack an old one."""
    named = request.form.get("question", "")
    if named and named != before and named not in asked_in(survey):
        message = "Choose a question from the list, or none."
        raise SessionError(message)
    return dataclasses.replace(noted, question=named)


def _change(survey: Survey, held: FacilitatedSession, artefact: Artefact) -> None:
    session, form = db.session(), request.form
    if form.get("then") == "remove":
        artefacts.remove_artefact(session, held, artefact, actor=actor(), now=utc_now())
        return
    noted = artefacts.lines(" ".join(form.get("words", "").split()), artefact.kind)
    if not noted and artefact.upload_id is None:
        message = "Write what it says, or take it out."
        raise SessionError(message)
    artefacts.change_artefact(
        session,
        held,
        artefact,
        _about(noted[0] if noted else Noted(""), survey, artefact.question),
        may_quote="may_quote" in form,
        actor=actor(),
        now=utc_now(),
    )


def _form(slug: str, survey_slug: str, session_id: str, artefact_id: str, mistake: str = "") -> str:
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    artefact = _artefact_or_404(held, artefact_id)
    return render_template(
        "surveys/session_made.html",
        plan=plan,
        survey=survey,
        held=held,
        one=artefact,
        kind=ONE[artefact.kind],
        asked=asked_in(survey),
        about=request.form.get("question", artefact.question or ""),
        words=request.form.get("words", artefacts.spelled(artefact)),
        errors=[{"href": "#words", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _artefact_or_404(held: FacilitatedSession, artefact_id: str) -> Artefact:
    found = db.session().get(Artefact, artefact_id)
    if found is None or found.session_id != held.id or found.removed_on is not None:
        abort(404)
    if not may_see(held, found):
        abort(404)
    return found


def _back(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    address = url_for(
        "facilitate.show", slug=slug, survey_slug=survey_slug, session_id=session_id,
        _anchor="made",
    )  # fmt: skip
    return redirect(address, 303)
