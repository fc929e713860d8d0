"""The staff page of recordings that stand beside questions: signed in BSL, or read aloud."""

from typing import Any

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from surveys import queries
from surveys.desk.found import plan_and_survey_or_404
from surveys.editions import media as recordings
from surveys.editions import media_view
from surveys.models import AttachedMedium, Survey

blueprint = Blueprint(
    "media_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/media"
)
BAD_REQUEST = 400
FORM = 100_000
USES = {"bsl": "Signed (British Sign Language)", "audio": "Read aloud"}


@blueprint.url_value_preprocessor
def take_films(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Let a film through that is longer than any other form; only to somebody who signed in."""
    if endpoint == "media_desk.attach" and current_user.is_authenticated:
        request.max_content_length = recordings.LARGEST + FORM


@blueprint.get("/")
def media(slug: str, survey_slug: str) -> str:
    """List the recordings of a survey, with a form for another one."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    return _page(plan, survey)


@blueprint.post("/")
def attach(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Attach a recording to a place, instead of the one that was there."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    sent, file = request.form, request.files.get("file")
    place = sent.get("place", "")
    if place not in recordings.places(queries.current_document(db.session(), survey)):
        abort(400)
    try:
        recordings.attach(
            db.session(), survey, place, sent.get("use", ""), file.read() if file else b"",
            sent.get("words", ""), actor=str(current_user.id), now=utc_now(),
        )  # fmt: skip
    except recordings.MediumError as mistake:
        db.session.rollback()
        return _page(plan, survey, str(mistake)), BAD_REQUEST
    return _changed(slug, survey_slug)


@blueprint.post("/<medium_id>/remove")
def remove(slug: str, survey_slug: str, medium_id: str) -> ResponseReturnValue:
    """Take a recording away."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    found = db.session.get(AttachedMedium, medium_id)
    if found is None or found.survey_id != survey.id:
        abort(404)
    recordings.remove(db.session(), found, actor=str(current_user.id), now=utc_now())
    return _changed(slug, survey_slug)


def _changed(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Keep the change, and show it from the next page on."""
    db.session.commit()
    media_view.shelf().forget(survey_slug)
    return redirect(url_for(".media", slug=slug, survey_slug=survey_slug), 303)


def _page(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    at = "words" if "Write down" in mistake else "file"
    return render_template(
        "surveys/media.html",
        plan=plan,
        survey=survey,
        media=recordings.attached(db.session(), survey.slug),
        places=recordings.places(queries.current_document(db.session(), survey)),
        uses=USES,
        sent=request.form,
        megabytes=recordings.LARGEST // recordings.CHUNK,
        error_at=at if mistake else "",
        errors=[{"href": f"#{at}", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )
