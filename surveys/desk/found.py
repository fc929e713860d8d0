"""The survey that the address of a staff page names, or the page that says it is not there."""

from flask import abort

from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from surveys import queries
from surveys.models import Survey


def survey_or_404(plan: Consultation, slug: str) -> Survey:
    """Return a survey of this consultation; one of another is not there."""
    survey = queries.survey_by_slug(db.session(), slug)
    if survey is None or survey.consultation_id != plan.id:
        abort(404)
    return survey


def plan_and_survey_or_404(slug: str, survey_slug: str) -> tuple[Consultation, Survey]:
    """Return the consultation and the survey of an address."""
    plan = plan_or_404(slug)
    return plan, survey_or_404(plan, survey_slug)
