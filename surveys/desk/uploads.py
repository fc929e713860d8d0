"""The staff page of pictures and recordings: see, listen, and write down what is said."""

from flask import Blueprint, Response, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from engage import audit
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from surveys import queries, services
from surveys.desk.found import plan_and_survey_or_404
from surveys.gathering import artefacts
from surveys.models import Survey, Upload

blueprint = Blueprint(
    "uploads_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/uploads"
)
BAD_REQUEST = 400
KINDS = {"picture": "Picture", "voice": "Voice recording", "video": "Video"}


@blueprint.get("/")
def uploads(slug: str, survey_slug: str) -> str:
    """List every picture and recording with what its sender allows; the reading is recorded."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    return _page(plan, survey)


@blueprint.get("/<upload_id>/file")
def file(slug: str, survey_slug: str, upload_id: str) -> Response:
    """Hand out one picture or recording, and record who took it before it leaves."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    found = _upload_or_404(survey, upload_id)
    _record("open_upload", "upload", found.id)
    reply = Response(found.content, mimetype=found.media_type)
    reply.headers["Cache-Control"] = "private, no-store"
    reply.headers["Content-Disposition"] = "inline"
    return reply


@blueprint.post("/<upload_id>/transcript")
def transcribe(slug: str, survey_slug: str, upload_id: str) -> ResponseReturnValue:
    """Keep what is said, as somebody wrote it down; analysis and safeguarding read it."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    found = _upload_or_404(survey, upload_id)
    words = request.form.get("transcript", "")
    try:
        services.transcribe(db.session(), found, words, actor=str(current_user.id), now=utc_now())
    except services.SurveyError as mistake:
        db.session.rollback()
        return _page(plan, survey, str(mistake), upload_id), BAD_REQUEST
    db.session.commit()
    address = url_for(".uploads", slug=slug, survey_slug=survey_slug)
    return redirect(f"{address}#upload-{upload_id}", 303)


def _page(plan: Consultation, survey: Survey, mistake: str = "", about: str = "") -> str:
    _record("read_uploads", "survey", survey.id)
    read = queries.current_document(db.session(), survey)
    return render_template(
        "surveys/uploads.html",
        plan=plan,
        survey=survey,
        uploads=services.uploads_of(db.session(), survey.id),
        asked={code: asked.text.standard for code, asked in read.questions.items()},
        drawings=artefacts.drawings_of(db.session(), survey.id),
        held=queries.held_answers(db.session(), survey.id),
        names=KINDS,
        about=about,
        errors=[{"href": f"#transcript-{about}", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _record(verb: str, object_type: str, object_id: str) -> None:
    audit.record_read(
        db.engine, actor=str(current_user.id), verb=verb, object_type=object_type,
        object_id=object_id, now=utc_now(),
    )  # fmt: skip


def _upload_or_404(survey: Survey, upload_id: str) -> Upload:
    """Return a file that this page leads to; one that is held is for the reader alone."""
    session = db.session()
    held = queries.held_answers(session, survey.id)
    drawn = (
        upload for made, upload in artefacts.drawings_of(session, survey.id) if not made.is_held
    )
    sent = services.uploads_of(session, survey.id)
    here = (*(one for one in sent if (one.response_id, one.question) not in held), *drawn)
    return next((one for one in here if one.id == upload_id), None) or abort(404)
