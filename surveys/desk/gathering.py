"""Staff pages of links and invitations: where people hear of a survey, and who may come once."""

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
from markupsafe import Markup

from engage import pdf
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from engage.settings import Settings
from surveys import queries, services
from surveys.ages import YOUNG_AUDIENCE
from surveys.desk.found import plan_and_survey_or_404
from surveys.gathering import invitations, links
from surveys.models import CHANNELS, Survey, SurveyLink
from surveys.paperwork import posters, qrcodes

blueprint = Blueprint(
    "gathering_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>"
)
BAD_REQUEST = 400
CHANNEL_NAMES = {
    "online_std": "Online", "online_er": "Online, easy read", "paper_std": "Paper",
    "paper_er": "Paper, easy read", "phone": "Phone", "bsl": "British Sign Language",
    "event": "Event", "youth_council": "Youth council", "voh_school": "Voices of Herts, school",
    "focus_group": "Focus group", "email_letter": "E-mail or letter",
    "livestream_qa": "Livestream questions", "import_forms": "Imported forms",
}  # fmt: skip


@blueprint.get("/links")
def links_page(slug: str, survey_slug: str) -> str:
    """List the links with their people, and offer to make another."""
    return _links(*plan_and_survey_or_404(slug, survey_slug))


@blueprint.post("/links")
def make_link(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Make a link for one way of telling people."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    try:
        links.make_link(
            db.session(), survey, request.form.get("label", ""), request.form.get("channel", ""),
            actor=actor(), now=utc_now(),
        )  # fmt: skip
    except links.LinkError as mistake:
        db.session.rollback()
        return _links(plan, survey, str(mistake)), BAD_REQUEST
    db.session.commit()
    return redirect(url_for(".links_page", slug=slug, survey_slug=survey_slug), 303)


@blueprint.get("/links/<link_id>/qr.<kind>")
def qr(slug: str, survey_slug: str, link_id: str, kind: str) -> Response:
    """Hand out the QR code of a link as a drawing (svg) or a picture (png)."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    link = _link_or_404(survey, link_id)
    if kind == "svg":
        made = qrcodes.svg(_address(link), title=f"QR code: {link.label}")
        reply = Response(made, mimetype="image/svg+xml")
    elif kind == "png":
        reply = Response(qrcodes.png(_address(link)), mimetype="image/png")
    else:
        abort(404)
    reply.headers["Content-Disposition"] = (
        f'attachment; filename="{survey.slug}-{link.token}.{kind}"'
    )
    return reply


@blueprint.get("/links/<link_id>/poster.pdf")
def poster(slug: str, survey_slug: str, link_id: str) -> Response:
    """Hand out a poster to print: the QR code, the short address, plain words and easy read."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    link = _link_or_404(survey, link_id)
    read = queries.current_document(db.session(), survey)
    page = posters.poster_html(read, plan, _address(link), settings().organisation)
    reply = Response(pdf.to_pdf(page, base_url=posters.folder()), mimetype="application/pdf")
    reply.headers["Content-Disposition"] = f'inline; filename="{survey.slug}-poster.pdf"'
    return reply


@blueprint.get("/invitations")
def invitations_page(slug: str, survey_slug: str) -> str:
    """Say how many invitations there are and were used, and offer to make more."""
    return _invitations(*plan_and_survey_or_404(slug, survey_slug))


@blueprint.post("/invitations")
def invite(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Make invitations and hand out the list of addresses, this one time."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    count = request.form.get("count", "")
    try:
        tokens = invitations.make_invitations(
            db.session(), survey, int(count[:6]) if count.isdecimal() else 0,
            secret=str(current_app.secret_key), actor=actor(), now=utc_now(),
        )  # fmt: skip
    except services.SurveyError as mistake:
        db.session.rollback()
        return _invitations(plan, survey, str(mistake)), BAD_REQUEST
    db.session.commit()
    reply = Response(invitations.addresses_csv(tokens, home()), mimetype="text/csv")
    reply.headers["Content-Disposition"] = f'attachment; filename="{survey.slug}-invitations.csv"'
    return reply


def home() -> str:
    """Return our own address as people reach it: the one in the settings, or of this request."""
    return settings().public_url.rstrip("/") or request.host_url.rstrip("/")


def settings() -> Settings:
    """Return the settings of this installation."""
    found: Settings = current_app.extensions["engage_settings"]
    return found


def threshold_of(survey: Survey) -> int:
    """Return how many people a shown count needs: more of them where they are children."""
    young = survey.audience == YOUNG_AUDIENCE
    return settings().threshold_under_18 if young else settings().threshold


def actor() -> str:
    """Return the id of who is signed in, for the record."""
    return str(current_user.id)


def _address(link: SurveyLink) -> str:
    return f"{home()}/g/{link.token}"


def _link_or_404(survey: Survey, link_id: str) -> SurveyLink:
    found = db.session().get(SurveyLink, link_id)
    if found is None or found.survey_id != survey.id:
        abort(404)
    return found


def _links(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    found = links.counted_links(db.session(), survey, threshold_of(survey))
    drawn = {one.link.id: _drawn(one.link) for one in found}
    return render_template(
        "surveys/links.html",
        plan=plan,
        survey=survey,
        rows=found,
        drawn=drawn,
        home=home(),
        channels=CHANNEL_NAMES,
        known=CHANNELS,
        typed=request.form,
        errors=[{"href": "#label", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _drawn(link: SurveyLink) -> Markup:
    return Markup(qrcodes.svg(_address(link), title=f"QR code: {link.label}"))  # noqa: S704  # our own SVG


def _invitations(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    return render_template(
        "surveys/invitations.html",
        plan=plan,
        survey=survey,
        counted=invitations.counted(db.session(), survey),
        most=invitations.MOST,
        typed=request.form.get("count", ""),
        errors=[{"href": "#count", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )
