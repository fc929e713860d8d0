"""Staff pages about surveys: how many have answered, opening and closing, reading both editions."""

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from flask import Blueprint, Response, abort, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy.orm import Session

from engage import audit, consultations, taxonomy
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from engage.settings import Settings
from surveys import exports, presenting, queries, respondents, services, visits
from surveys.desk.found import survey_or_404
from surveys.editions import speaking
from surveys.models import Survey
from surveys.paperwork import secondreading
from surveys.questions import EDITION_FACTS, Edition

blueprint = Blueprint("survey_desk", __name__, url_prefix="/desk/consultations/<slug>/surveys")

CONFLICT = 409
STATES = {"not_open": "Not open yet", "open": "Open", "paused": "Paused", "closed": "Closed"}


@dataclasses.dataclass(frozen=True)
class SurveyRow:
    """One survey as the list shows it, with counts that are safe to read out."""

    slug: str
    people: str
    title: str
    state: str
    words: str
    version: int
    sent: tuple[tuple[str, str], ...]
    unchecked: str


@blueprint.get("/")
def surveys(slug: str) -> str:
    """List the surveys of a consultation with what can be done with each."""
    return _list(plan_or_404(slug))


@blueprint.post("/<survey_slug>/open")
def open_survey(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Let people answer, or say why not yet."""
    plan = plan_or_404(slug)
    survey = survey_or_404(plan, survey_slug)
    production = _settings().is_production
    try:
        services.open_survey(
            db.session(), survey, actor=_actor(), now=utc_now(), production=production
        )
    except services.SurveyError as error:
        db.session.rollback()
        return _list(plan, str(error), survey_slug), CONFLICT
    db.session.commit()
    return redirect(url_for("survey_desk.surveys", slug=slug), 303)


@blueprint.post("/<survey_slug>/close")
def close_survey(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Take no more answers."""
    return _changed(slug, survey_slug, services.close_survey)


@blueprint.post("/<survey_slug>/pause")
def pause_survey(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Stop for a while; people who are answering keep what they have said."""
    return _changed(slug, survey_slug, services.pause_survey)


@blueprint.post("/<survey_slug>/resume")
def resume_survey(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Go on after a pause."""
    return _changed(slug, survey_slug, services.resume_survey)


@blueprint.get("/<survey_slug>/preview")
def preview(slug: str, survey_slug: str) -> str:
    """Show every question of one edition on one page, with the conditions that lead to it."""
    plan = plan_or_404(slug)
    survey = survey_or_404(plan, survey_slug)
    read = queries.current_document(db.session(), survey)
    edition: Edition = visits.wanted_edition(read.default_edition)
    editions: tuple[Edition, ...] = ("standard", "easy", *read.languages)
    if edition not in editions:
        abort(404)
    with speaking.speaking(edition):
        return render_template(
            "surveys/preview.html",
            plan=plan,
            read=read,
            facts=EDITION_FACTS[edition],
            others={one: EDITION_FACTS[one].english for one in editions if one != edition},
            sprite=presenting.sprite(edition, presenting.every_picture(read)),
            **presenting.around(survey_slug, read, edition, plan.is_demo),
        )


@blueprint.get("/<survey_slug>/answers.csv")
def answers(slug: str, survey_slug: str) -> Response:
    """Hand out the raw answers, and record who took them before they leave."""
    survey = survey_or_404(plan_or_404(slug), survey_slug)
    audit.record_read(
        db.engine, actor=_actor(), verb="export", object_type="survey",
        object_id=survey.id, now=utc_now(),
    )  # fmt: skip
    reply = Response(exports.answers_csv(db.session(), survey), mimetype="text/csv")
    reply.headers["Content-Disposition"] = f'attachment; filename="{survey.slug}-answers.csv"'
    return reply


def _changed(slug: str, survey_slug: str, act: Callable[..., object]) -> ResponseReturnValue:
    """Do one thing with a survey, or say beside it why that cannot be."""
    plan = plan_or_404(slug)
    survey = survey_or_404(plan, survey_slug)
    try:
        act(db.session(), survey, actor=_actor(), now=utc_now())
    except services.SurveyError as error:
        db.session.rollback()
        return _list(plan, str(error), survey_slug), CONFLICT
    db.session.commit()
    return redirect(url_for("survey_desk.surveys", slug=slug), 303)


def _list(plan: Consultation, mistake: str = "", about: str = "") -> str:
    session = db.session()
    found = queries.surveys_of(session, plan.id)
    return render_template(
        "surveys/desk.html",
        plan=plan,
        rows=[_row(session, plan, survey) for survey in found],
        errors=[{"href": f"#{about}", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def _row(session: Session, plan: Consultation, survey: Survey) -> SurveyRow:
    now = utc_now()
    version = queries.current_version(session, survey)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    counted = queries.responses_so_far(session, survey.id)
    audience = taxonomy.term("audiences", survey.audience, consultations.local_date(now))
    state = respondents.survey_state(survey, plan.closes_on, now)
    threshold = _settings().threshold
    return SurveyRow(
        slug=survey.slug,
        people=audience.label if audience else survey.audience,
        title=read.title.standard,
        state=state,
        words=STATES[state],
        version=version.number,
        sent=tuple(_sent(counted, threshold)),
        unchecked=_unchecked(secondreading.unchecked(session, survey.id)),
    )


def _unchecked(sheets: int) -> str:
    """Say how many sheets can be read a second time; nothing when there is none."""
    waits = "1 waits" if sheets == 1 else f"{sheets} wait"
    return f"{waits} for a second person" if sheets else ""


def _sent(counted: Mapping[Edition, int], threshold: int) -> Iterator[tuple[str, str]]:
    """Yield each edition's name and count: the two of every survey, and others that were used."""
    for edition, facts in EDITION_FACTS.items():
        if counted[edition] or edition in {"standard", "easy"}:
            yield facts.english, shown_count(counted[edition], threshold)


def shown_count(people: int, threshold: int) -> str:
    """Return a count that points at nobody: small numbers become "fewer than 5"."""
    return str(people) if people == 0 or people >= threshold else f"fewer than {threshold}"


def _settings() -> Settings:
    settings: Any = current_app.extensions["engage_settings"]
    return settings  # type: ignore[no-any-return]  # Flask's extensions are untyped


def _actor() -> str:
    return str(current_user.id)
