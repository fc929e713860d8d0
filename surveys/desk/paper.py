"""The staff page for printing: choose an edition and how many, and open the file to print."""

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import select
from sqlalchemy.orm import Session

from engage import jobs
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from engage.settings import Settings
from surveys import queries, services
from surveys.desk.found import plan_and_survey_or_404
from surveys.models import FacilitatedSession, PaperPrint, Survey, SurveyVersion
from surveys.paperwork import printing
from surveys.questions import EDITION_FACTS, Edition

blueprint = Blueprint(
    "paper_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/paper"
)
BAD_REQUEST = 400
PRINTS_SHOWN = 10
OFFICER = "engagement_officer"


@blueprint.get("/")
def sheets(slug: str, survey_slug: str) -> str:
    """Ask for an edition and a number of copies, and list what was printed before."""
    return _form(*plan_and_survey_or_404(slug, survey_slug))


@blueprint.post("/")
def print_sheets(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Give every copy its code; a worker makes the file of a large pile."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    session, form = db.session(), request.form
    edition = next((one for one in _editions(survey) if one == form.get("edition")), None)
    copies = form.get("copies", "")
    if edition is None or not copies.isdecimal():
        return _form(plan, survey, "Choose an edition and write how many copies."), BAD_REQUEST
    try:
        asked = printing.print_sheets(
            session, survey, edition=edition, copies=int(copies[:6]), large="large" in form,
            session_id=chosen_session(survey), actor=str(current_user.id), now=utc_now(),
        )  # fmt: skip
    except services.SurveyError as mistake:
        session.rollback()
        return _form(plan, survey, str(mistake)), BAD_REQUEST
    if not printing.is_quick(session, asked):
        jobs.enqueue(session, printing.JOB, asked.id, asked_by=str(current_user.id), now=utc_now())
    session.commit()
    return redirect(url_for(".printed", slug=slug, survey_slug=survey_slug, print_id=asked.id), 303)


@blueprint.get("/<print_id>")
def printed(slug: str, survey_slug: str, print_id: str) -> str:
    """Show whether the file is ready; the page is loaded again by hand."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    session, asked = db.session(), _print(survey, print_id)
    job = printing.job_of(session, asked)
    return render_template(
        "surveys/paper_printed.html",
        plan=plan,
        survey=survey,
        asked=asked,
        copies=printing.copies_of(session, asked),
        name=printing.edition_name(asked.edition),
        ready=asked.content is not None or job is None,
        over=printing.is_over(session, asked),
        job=job,
        status=job.status.value if job else "",
        demo=plan.is_demo,
    )


@blueprint.get("/<print_id>/sheets.pdf")
def file(slug: str, survey_slug: str, print_id: str) -> Response:
    """Hand out the file; a few pages are made at once, for they hold no answers."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    session, asked = db.session(), _print(survey, print_id)
    if printing.is_over(session, asked):
        abort(404)
    content = asked.content
    if content is None and printing.job_of(session, asked) is None:
        content = printing.make_file(session, asked, settings=settings())
    if content is None:
        abort(404)
    reply = Response(content, mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'inline; filename="{survey.slug}-sheets.pdf"'
    return reply


def my_sessions(survey: Survey) -> list[FacilitatedSession]:
    """Return the sessions of a survey that this person may work for: an officer for all."""
    found = select(FacilitatedSession).where(FacilitatedSession.survey_id == survey.id)
    if not is_officer():
        found = found.where(FacilitatedSession.facilitator_id == str(current_user.id))
    return list(db.session().scalars(found.order_by(FacilitatedSession.opened_at.desc())))


def chosen_session(survey: Survey) -> str | None:
    """Return the session that a form names, if this person may work for it."""
    wanted = request.values.get("session", "")
    return next((one.id for one in my_sessions(survey) if one.id == wanted), None)


def is_officer() -> bool:
    """Tell whether this person may work with every sheet, not only their own."""
    return bool(current_user.has_role(OFFICER))


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["engage_settings"]
    return found


def _editions(survey: Survey) -> tuple[Edition, ...]:
    return printing.editions(db.session(), survey, production=settings().is_production)


def _print(survey: Survey, print_id: str) -> PaperPrint:
    asked = db.session().get(PaperPrint, print_id) or abort(404)
    version = db.session().get_one(SurveyVersion, asked.survey_version_id)
    mine = is_officer() or asked.asked_by == str(current_user.id)
    if version.survey_id != survey.id or not mine:
        abort(404)
    return asked


def _form(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    form = request.form
    return render_template(
        "surveys/paper_sheets.html",
        plan=plan,
        survey=survey,
        title=queries.current_document(db.session(), survey).title.standard,
        editions=[(one, EDITION_FACTS[one].name) for one in _editions(survey)],
        sessions=my_sessions(survey),
        chosen=form.get("edition", ""),
        chosen_session=request.values.get("session", ""),
        copies=form.get("copies", "1"),
        large="large" in form,
        prints=_prints(db.session(), survey),
        name_of=printing.edition_name,
        address=settings().public_url,
        errors=[{"href": "#copies", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _prints(session: Session, survey: Survey) -> list[PaperPrint]:
    found = (
        select(PaperPrint)
        .join(SurveyVersion, SurveyVersion.id == PaperPrint.survey_version_id)
        .where(SurveyVersion.survey_id == survey.id)
    )
    if not is_officer():
        found = found.where(PaperPrint.asked_by == str(current_user.id))
    return list(session.scalars(found.order_by(PaperPrint.asked_at.desc()).limit(PRINTS_SHOWN)))
