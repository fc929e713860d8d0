"""The staff page of a survey's languages: what is missing, and who has checked which words."""

import dataclasses
import datetime as dt
import json

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from surveys import queries
from surveys.desk.found import plan_and_survey_or_404
from surveys.editions import languages as spoken
from surveys.models import Survey
from surveys.questions import EDITION_FACTS, LANGUAGES, Edition

blueprint = Blueprint(
    "languages_desk",
    __name__,
    url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/languages",
)
BAD_REQUEST = 400


@dataclasses.dataclass(frozen=True)
class LanguageRow:
    """One language as the page shows it.

    Attributes:
        missing: standard words that are not in the language.
        is_complete: the published version has every word in it.
        checked_by: who has checked these very words; empty while nobody has.
    """

    code: Edition
    name: str
    own_name: str
    missing: tuple[str, ...]
    is_complete: bool
    checked_by: str = ""
    checked_on: dt.date | None = None


@blueprint.get("/")
def languages(slug: str, survey_slug: str) -> str:
    """Show each language: its missing words, a draft, or checked by whom and when."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    return _page(plan, survey)


@blueprint.post("/<language>")
def sign(slug: str, survey_slug: str, language: str) -> ResponseReturnValue:
    """Record that a named person has checked a language."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    wanted = next((one for one in LANGUAGES if one == language), None) or abort(404)
    version = queries.current_version(db.session(), survey)
    read = queries.current_document(db.session(), survey)
    try:
        spoken.sign_off_language(
            db.session(), version, wanted, read, checked_by=request.form.get("checked_by", ""),
            now=utc_now(), actor=str(current_user.id),
        )  # fmt: skip
    except spoken.LanguageError as mistake:
        db.session.rollback()
        return _page(plan, survey, str(mistake), wanted), BAD_REQUEST
    db.session.commit()
    address = url_for(".languages", slug=slug, survey_slug=survey_slug)
    return redirect(f"{address}#language-{wanted}", 303)


def _page(plan: Consultation, survey: Survey, mistake: str = "", about: str = "") -> str:
    return render_template(
        "surveys/languages.html",
        plan=plan,
        survey=survey,
        rows=_rows(survey),
        about=about,
        written=request.form.get("checked_by", ""),
        errors=[{"href": f"#checked-{about}", "text": mistake}] if mistake else [],
        production=current_app.extensions["engage_settings"].is_production,
        demo=plan.is_demo,
    )


def _rows(survey: Survey) -> list[LanguageRow]:
    session = db.session()
    version = queries.current_version(session, survey)
    read = queries.current_document(session, survey)
    stored = json.loads(version.document)
    rows = []
    for language in LANGUAGES:
        signed = spoken.sign_off(session, read, language)
        is_complete = language in read.languages
        rows.append(
            LanguageRow(
                code=language,
                name=EDITION_FACTS[language].english,
                own_name=EDITION_FACTS[language].name,
                missing=() if is_complete else tuple(spoken.missing(stored, language)),
                is_complete=is_complete,
                checked_by=signed.checked_by if signed else "",
                checked_on=signed.checked_on if signed else None,
            )
        )
    return rows
