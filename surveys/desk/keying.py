"""Keying screens: a filled-in sheet becomes a response, by keyboard alone, and is checked."""

import dataclasses
from typing import Any

from flask import Blueprint, Response, abort, flash, redirect, request
from flask.typing import ResponseReturnValue
from flask_security import current_user

from engage import audit
from engage.db import db
from engage.orm import utc_now
from surveys import cleaning, queries, respondents
from surveys.codes import CodeError
from surveys.desk import keying_page
from surveys.desk.found import plan_and_survey_or_404
from surveys.desk.keying_page import Desk
from surveys.desk.paper import chosen_session, is_officer, settings
from surveys.models import PaperSheet, SheetScan, SurveyVersion
from surveys.paperwork import printing, secondreading, sheets
from surveys.paperwork.secondreading import Kept, UndecidedError
from surveys.questions import AnswerError, files
from surveys.services.errors import SurveyError

blueprint = Blueprint(
    "keying", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/keying"
)
BAD_REQUEST = 400
BRINGS_PICTURES = frozenset({"keying.key", "keying.key_unnumbered", "keying.attach"})
UNKNOWN = "No sheet of this survey has this code. Check what you typed."


@blueprint.url_value_preprocessor
def take_pictures(endpoint: str | None, _values: dict[str, Any] | None) -> None:
    """Take a photo as a phone makes it, of a drawing or of the sheet; from who signed in."""
    if endpoint in BRINGS_PICTURES and current_user.is_authenticated:
        request.max_content_length = cleaning.LARGEST_FILE + files.MEGABYTE


@blueprint.get("/")
def next_sheet(slug: str, survey_slug: str) -> str:
    """Ask for the code of the next sheet."""
    return keying_page.ask(*plan_and_survey_or_404(slug, survey_slug))


@blueprint.post("/")
def open_sheet(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Open the sheet with the code that was typed."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    try:
        sheet = sheets.find_sheet(db.session(), survey, request.form.get("code", "")[:40])
    except CodeError as error:
        return keying_page.ask(plan, survey, str(error)), BAD_REQUEST
    if sheet is None or not _may(sheet):
        return keying_page.ask(plan, survey, UNKNOWN), BAD_REQUEST
    return redirect(keying_page.at(plan, survey, sheet.code), 303)


@blueprint.get("/new")
def unnumbered(slug: str, survey_slug: str) -> str:
    """Show the boxes for a sheet whose code cannot be read, or is another's: a photocopy."""
    return keying_page.page(_without_code(slug, survey_slug))


@blueprint.post("/new")
def key_unnumbered(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Key a sheet that gets its code now, to be written on the paper."""
    desk = _without_code(slug, survey_slug)
    return _key(desk)


@blueprint.get("/<code>")
def sheet(slug: str, survey_slug: str, code: str) -> str:
    """Show the boxes of a sheet: to key it, or to key it again as the second person."""
    return keying_page.page(_with_code(slug, survey_slug, code))


@blueprint.post("/<code>")
def key(slug: str, survey_slug: str, code: str) -> ResponseReturnValue:
    """Keep what was keyed, or compare a second reading with the first."""
    desk = _with_code(slug, survey_slug, code)
    return _verify(desk, code) if desk.is_second else _key(desk)


@blueprint.get("/<code>/scan")
def scan(slug: str, survey_slug: str, code: str) -> Response:
    """Show the picture of a sheet, and record who looked."""
    found = _sheet(slug, survey_slug, code)
    kept = db.session().get(SheetScan, found.id) or abort(404)
    audit.record_read(
        db.engine, actor=_actor(), verb="read", object_type="sheet_scan", object_id=found.id,
        now=utc_now(),
    )  # fmt: skip
    return Response(kept.content, mimetype=kept.media_type)


@blueprint.post("/<code>/scan")
def attach(slug: str, survey_slug: str, code: str) -> ResponseReturnValue:
    """Keep a picture of the sheet beside it, cleaned of what a camera adds."""
    desk, found = _with_code(slug, survey_slug, code), _sheet(slug, survey_slug, code)
    sent = request.files.get("scan")
    try:
        content = sent.read() if sent else b""
        secondreading.attach_scan(db.session(), found, content, actor=_actor(), now=utc_now())
    except AnswerError as mistake:
        db.session.rollback()
        return keying_page.page(desk, errors=[("scan", str(mistake))]), BAD_REQUEST
    db.session.commit()
    return redirect(keying_page.at(desk.plan, desk.survey, code), 303)


def _key(desk: Desk) -> ResponseReturnValue:
    """Keep a first reading; with a mistake nothing is kept and everything typed is shown again."""
    reading, session = desk.reading(), db.session()
    errors = list(keying_page.first_mistakes(desk, reading))
    if errors:
        return keying_page.page(desk, reading, errors), BAD_REQUEST
    pictures = desk.pictures()
    try:
        sheet = desk.sheet or _numbered_now(desk)
        code = sheet.code
        sheets.key_sheet(
            session, sheet, reading.sent, arrived=_arrived(), pictures=pictures,
            secret=settings().secret_key, keyed_by=_actor(), now=utc_now(),
        )  # fmt: skip
        if desk.original:
            told = settings().secret_key
            sheets.close_slip(session, desk.original, secret=told, actor=_actor(), now=utc_now())
    except AnswerError as mistake:
        session.rollback()
        where = f"{keying_page.DRAWING}{next(iter(pictures), '')}"
        return keying_page.page(desk, reading, [(where, str(mistake))]), BAD_REQUEST
    except SurveyError as mistake:
        session.rollback()
        return keying_page.page(desk, reading, [("main", str(mistake))]), BAD_REQUEST
    session.commit()
    flash(_saved(desk, code), "done")
    return redirect(keying_page.at(desk.plan, desk.survey), 303)


def _saved(desk: Desk, code: str) -> str:
    if desk.sheet:
        return f"Saved: {code}."
    said = f"Saved. Write this on the paper: {code}."
    if desk.original:
        said += (
            " Two people hold the slip of this paper, so its code opens nothing any more. Their "
            "answers are counted apart."
        )
    return said


def _verify(desk: Desk, code: str) -> ResponseReturnValue:
    """Compare a second reading with the first; differences are shown until each is decided."""
    reading, session = desk.reading(), db.session()
    errors = list(keying_page.mistakes(desk, reading))
    found = desk.sheet
    if errors or found is None:
        return keying_page.page(desk, reading, errors), BAD_REQUEST
    try:
        secondreading.verify_sheet(
            session, found, reading.values, decided=_decided(desk), verified_by=_actor(),
            now=utc_now(),
        )  # fmt: skip
    except UndecidedError as error:
        session.rollback()
        open_ = [keying_page.differs(desk, one) for one in error.differences]
        return keying_page.page(desk, reading, open_, error.differences), BAD_REQUEST
    except SurveyError as mistake:
        session.rollback()
        return keying_page.page(desk, reading, [("main", str(mistake))]), BAD_REQUEST
    if "drop_scan" in request.form:
        secondreading.drop_scan(session, found)
    session.commit()
    flash(f"Checked: {code}.", "done")
    return redirect(keying_page.at(desk.plan, desk.survey), 303)


def _arrived() -> sheets.Arrived:
    if "late" not in request.form:
        return "in_time"
    return "too_late" if "too_late" in request.form else "late"


def _decided(desk: Desk) -> dict[str, Kept]:
    """Return the reading that was chosen for each difference; an odd value decides nothing."""
    chosen: dict[str, Kept] = {}
    for code in desk.read.questions:
        for kept in secondreading.KEPT:
            if request.form.get(f"decide-{code}") == kept:
                chosen[code] = kept
    return chosen


def _numbered_now(desk: Desk) -> PaperSheet:
    session, copied = db.session(), desk.original
    version = (
        session.get_one(SurveyVersion, copied.survey_version_id)
        if copied
        else queries.current_version(session, desk.survey)
    )
    held = copied.session_id if copied else chosen_session(desk.survey)
    return sheets.unnumbered_sheet(session, version, desk.edition, session_id=held, now=utc_now())


def _without_code(slug: str, survey_slug: str) -> Desk:
    """Return the desk for a paper without a code of its own; a copy is as its original was."""
    if request.values.get("copy_of"):
        copied = _with_code(slug, survey_slug, request.values["copy_of"])
        if copied.sheet is None or copied.sheet.response_id is None:
            abort(404)
        return dataclasses.replace(copied, sheet=None, original=copied.sheet)
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    read = queries.current_document(db.session(), survey)
    offered = printing.editions(db.session(), survey, production=settings().is_production)
    wanted = request.values.get("edition", "")
    edition = next((one for one in offered if one == wanted), read.default_edition)
    return Desk(plan, survey, read, edition, None)


def _with_code(slug: str, survey_slug: str, code: str) -> Desk:
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    found, session = _sheet(slug, survey_slug, code), db.session()
    version = session.get_one(SurveyVersion, found.survey_version_id)
    read = respondents.questionnaire(session, version.id, version.document_hash)
    return Desk(plan, survey, read, sheets.edition_of(found), found)


def _sheet(slug: str, survey_slug: str, code: str) -> PaperSheet:
    """Return a sheet that this person may open; to others it is not there."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    try:
        found = sheets.find_sheet(db.session(), survey, code)
    except CodeError:
        abort(404)
    if found is None or not _may(found):
        abort(404)
    return found


def _may(sheet: PaperSheet) -> bool:
    return is_officer() or sheets.may_handle(db.session(), sheet, _actor())


def _actor() -> str:
    return str(current_user.id)
