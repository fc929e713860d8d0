"""Pages for everybody: what can be answered now, what came of it, and the rules of this site."""

import datetime as dt

from flask import Blueprint, render_template

from engage import consultations, overview
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now

blueprint = Blueprint("pages", __name__)


@blueprint.get("/")
def home() -> str:
    """Show what is open, in each edition, and what has been published."""
    now = utc_now()
    listed = [
        (consultation, _open_lines(consultation, now))
        for consultation in consultations.open_on(db.session(), consultations.local_date(now))
    ]
    reports = overview.published_reports(db.session())
    shown = [consultation for consultation, lines in listed if lines]
    invented = any(consultation.is_demo for consultation in shown) or any(
        report.consultation.is_demo for report in reports
    )
    return render_template(
        "pages/home.html",
        listed=[(consultation, lines) for consultation, lines in listed if lines],
        reports=reports,
        demo=invented,
    )


@blueprint.get("/accessibility")
def accessibility() -> str:
    """Show the accessibility statement that the 2018 regulations ask for."""
    return render_template("pages/accessibility.html")


@blueprint.get("/privacy")
def privacy() -> str:
    """Show the privacy notice; why the law allows each consultation comes from its own plan."""
    begun = _begun(consultations.local_date(utc_now()))
    demo = any(consultation.is_demo for consultation in begun)
    return render_template("pages/privacy.html", consultations=begun, demo=demo)


@blueprint.get("/cookies")
def cookies() -> str:
    """Show which one cookie this site sets, and why."""
    return render_template("pages/cookies.html")


@blueprint.get("/contact")
def contact() -> str:
    """Show who can help, and whom to call when somebody is not safe."""
    return render_template("pages/contact.html")


@blueprint.get("/complaints")
def complaints() -> str:
    """Show how to complain, and what happens then."""
    return render_template("pages/complaints.html")


@blueprint.get("/credits")
def credits_() -> str:
    """Name the people whose pictures and letters this site uses."""
    return render_template("pages/credits.html")


def _open_lines(consultation: Consultation, now: dt.datetime) -> list[overview.SurveyLine]:
    lines = overview.survey_lines(db.session(), consultation, now)
    return [line for line in lines if line.is_open]


def _begun(today: dt.date) -> list[Consultation]:
    return [
        consultation
        for consultation in consultations.everything(db.session())
        if consultation.opens_on <= today
    ]
