"""Staff pages of facilitated sessions: open one, write down what came of it, read it back, close.

A facilitator sees their own sessions until they are closed; an officer works with all of them; an
analyst reads.
"""

import datetime as dt

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user
from markupsafe import Markup

from engage.consultations import Consultation, local_date
from engage.db import db
from engage.orm import utc_now
from surveys import queries
from surveys.desk.found import plan_and_survey_or_404
from surveys.desk.gathering import CHANNEL_NAMES, actor, home, threshold_of
from surveys.gathering import artefacts, kiosk, sessions
from surveys.gathering.links import shown_people
from surveys.gathering.sessions import SessionError
from surveys.models import ARTEFACT_KINDS, PLACE_TYPES, Artefact, FacilitatedSession, Survey
from surveys.paperwork import qrcodes

blueprint = Blueprint(
    "facilitate", __name__, url_prefix="/desk/consultations/<slug>/surveys/<survey_slug>/sessions"
)
BAD_REQUEST, CONFLICT = 400, 409
READERS = ("engagement_officer", "analyst")
SESSION_CHANNELS = ("youth_council", "voh_school", "event", "focus_group")
PLACES = {
    "school": "School", "college": "College", "youth_council": "Youth council",
    "forum": "Parent carer forum", "community": "Community place", "online": "Online meeting",
    "other": "Another place",
}  # fmt: skip
KINDS = {
    "sticky_note": "Sticky notes", "drawing": "A drawing", "dot_votes": "Dot votes",
    "spoken": "Things said aloud", "flipchart": "Flipchart lines",
}  # fmt: skip
ONE = {
    "sticky_note": "Sticky note", "drawing": "Drawing", "dot_votes": "Dot votes",
    "spoken": "Said aloud", "flipchart": "Flipchart line",
}  # fmt: skip


@blueprint.get("/")
def listed(slug: str, survey_slug: str) -> str:
    """List the sessions this person may see, and offer to open one."""
    return _list(*plan_and_survey_or_404(slug, survey_slug))


@blueprint.post("/")
def open_session(slug: str, survey_slug: str) -> ResponseReturnValue:
    """Open a session and show its code."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    form = request.form
    try:
        opened = sessions.open_session(
            db.session(), survey, label=form.get("label", ""), channel=form.get("channel", ""),
            place_type=form.get("place_type", ""), held_on=_day(form.get("held_on", "")),
            facilitator=actor(), now=utc_now(),
        )  # fmt: skip
    except SessionError as mistake:
        db.session.rollback()
        return _list(plan, survey, str(mistake)), BAD_REQUEST
    db.session.commit()
    return _to(slug, survey_slug, opened.id)


@blueprint.get("/<session_id>")
def show(slug: str, survey_slug: str, session_id: str) -> str:
    """Show one session with everything that can be done with it."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    return page(plan, survey, held_or_404(survey, session_id))


@blueprint.post("/<session_id>/record")
def record(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    """Keep heads, help given, and whether a worry was passed on at once."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held, form = mine_or_404(survey, session_id), request.form
    heads = form.get("heads", "").strip()
    raised = {"yes": True, "no": False}.get(form.get("raised", ""))
    try:
        sessions.record_session(
            db.session(), held, heads=_number(heads) if heads else None, raised_on_day=raised,
            help_given=form.get("help_given", ""), actor=actor(), now=utc_now(),
            raised_reference=form.get("raised_reference", ""),
        )  # fmt: skip
    except SessionError as mistake:
        db.session.rollback()
        return page(plan, survey, held, str(mistake), "heads"), BAD_REQUEST
    db.session.commit()
    return _to(slug, survey_slug, session_id)


@blueprint.get("/<session_id>/wall")
def wall(slug: str, survey_slug: str, session_id: str) -> str:
    """Show the code as it goes on the wall: large, with a QR code and three short lines."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    code = sessions.spaced(held.code)
    drawn = qrcodes.svg(f"{home()}/join/{held.code}", title=f"QR code: join with {code}")
    return render_template(
        "surveys/session_wall.html",
        plan=plan,
        survey=survey,
        held=held,
        code=code,
        address=f"{home().partition('://')[2]}/join",
        qr=Markup(drawn),  # noqa: S704  # our own SVG
        demo=plan.is_demo,
    )


@blueprint.get("/<session_id>/kiosk")
def shared_screen(slug: str, survey_slug: str, session_id: str) -> str:
    """Give the address that makes a tablet a shared screen of this session."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    address = f"{home()}{kiosk.address(held.id)}"
    drawn = qrcodes.svg(address, title="QR code: open this on the shared tablet")
    return render_template(
        "surveys/session_kiosk.html",
        plan=plan,
        survey=survey,
        held=held,
        address=address,
        qr=Markup(drawn),  # noqa: S704  # our own SVG
        seconds=kiosk.IDLE_SECONDS,
        demo=plan.is_demo,
    )


@blueprint.get("/<session_id>/read-back")
def read_back(slug: str, survey_slug: str, session_id: str) -> str:
    """Show the group what was written down, large, with room for what they say about it."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    return render_template(
        "surveys/session_read_back.html",
        plan=plan,
        survey=survey,
        held=held,
        made=made_in(held),
        demo=plan.is_demo,
    )


@blueprint.post("/<session_id>/read-back")
def note_read_back(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    """Note that the group has seen it, and what they said."""
    _, survey = plan_and_survey_or_404(slug, survey_slug)
    held, now = mine_or_404(survey, session_id), utc_now()
    note = request.form.get("note", "")
    sessions.read_back(db.session(), held, on=local_date(now), note=note, actor=actor(), now=now)
    db.session.commit()
    return _to(slug, survey_slug, session_id)


@blueprint.post("/<session_id>/close")
def close(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    """Close the session: its code opens nothing any more, and it has been handed over."""
    plan, survey = plan_and_survey_or_404(slug, survey_slug)
    held = mine_or_404(survey, session_id)
    try:
        sessions.close_session(db.session(), held, actor=actor(), now=utc_now())
    except SessionError as mistake:
        db.session.rollback()
        return page(plan, survey, held, str(mistake), "heads"), CONFLICT
    db.session.commit()
    return redirect(url_for(".listed", slug=slug, survey_slug=survey_slug), 303)


def held_or_404(survey: Survey, session_id: str) -> FacilitatedSession:
    """Return a session that this person may see."""
    held = db.session().get(FacilitatedSession, session_id)
    if held is None or held.survey_id != survey.id or not (_reads_all() or _is_mine(held)):
        abort(404)
    return held


def mine_or_404(survey: Survey, session_id: str) -> FacilitatedSession:
    """Return an open session that this person may work on."""
    held = held_or_404(survey, session_id)
    if not may_change(held):
        abort(404)
    return held


def may_change(held: FacilitatedSession) -> bool:
    """Tell whether this person may write in a session: its facilitator, or an officer."""
    officer = current_user.has_role("engagement_officer")
    return held.closed_at is None and (officer or _is_mine(held))


def page(
    plan: Consultation, survey: Survey, held: FacilitatedSession, mistake: str = "", at: str = ""
) -> str:
    """Draw the page of a session; a mistake is said at the field it belongs to."""
    return render_template(
        "surveys/session.html",
        plan=plan,
        survey=survey,
        held=held,
        code=sessions.spaced(held.code),
        made=made_in(held),
        asked=asked_in(survey),
        totals=_shown(survey, held),
        places=PLACES,
        channels=CHANNEL_NAMES,
        kinds=KINDS,
        one_of=ONE,
        kind_codes=ARTEFACT_KINDS,
        may_change=may_change(held),
        typed=request.form,
        at=at,
        errors=[{"href": f"#{at}", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def asked_in(survey: Survey) -> dict[str, str]:
    """Return the questions of a survey that something made in a session can be about."""
    read = queries.current_document(db.session(), survey)
    return {code: one.text.standard for code, one in read.questions.items() if one.is_asked}


def _list(plan: Consultation, survey: Survey, mistake: str = "") -> str:
    session = db.session()
    own = None if _reads_all() else actor()
    found = sessions.sessions_of(session, survey, own)
    return render_template(
        "surveys/sessions.html",
        plan=plan,
        survey=survey,
        found=[(held, _shown(survey, held)) for held in found],
        may_read=held_is_readable,
        may_open=_may_open(),
        places=PLACES,
        place_codes=PLACE_TYPES,
        channels=CHANNEL_NAMES,
        channel_codes=SESSION_CHANNELS,
        today=local_date(utc_now()).isoformat(),
        typed=request.form,
        errors=[{"href": "#label", "text": mistake}] if mistake else [],
        demo=plan.is_demo,
    )


def held_is_readable(held: FacilitatedSession) -> bool:
    """Tell whether the list may lead to a session: a closed one has been handed over."""
    return _reads_all() or _is_mine(held)


def may_see(held: FacilitatedSession, made: Artefact) -> bool:
    """Tell whether this person may see something: what is held its facilitator alone."""
    return _is_mine(held) or not made.is_held


def made_in(held: FacilitatedSession) -> list[Artefact]:
    """Return what a session made, as far as this person may see it."""
    made = artefacts.artefacts_of(db.session(), held)
    return [one for one in made if may_see(held, one)]


def _shown(survey: Survey, held: FacilitatedSession) -> dict[str, str]:
    """Return the counts of a session; to others than its facilitator no small number of people."""
    totals = sessions.totals_of(db.session(), held)
    people = {"heads": totals.heads, "responses": totals.responses, "sheets": totals.sheets}
    threshold = 0 if held.facilitator_id == actor() else threshold_of(survey)
    shown = {name: shown_people(count, threshold) for name, count in people.items()}
    return {**shown, "artefacts": str(totals.artefacts)}


def _is_mine(held: FacilitatedSession) -> bool:
    return held.facilitator_id == actor() and held.closed_at is None


def _reads_all() -> bool:
    return any(current_user.has_role(role) for role in READERS)


def _may_open() -> bool:
    return any(current_user.has_role(role) for role in ("facilitator", "engagement_officer"))


def _number(typed: str) -> int:
    return int(typed) if typed.isdecimal() and len(typed) < 6 else 0  # noqa: PLR2004  # no room holds more


def _day(typed: str) -> dt.date:
    try:
        return dt.date.fromisoformat(typed)
    except ValueError:
        message = "Write the day of the session."
        raise SessionError(message) from None


def _to(slug: str, survey_slug: str, session_id: str) -> ResponseReturnValue:
    return redirect(
        url_for(".show", slug=slug, survey_slug=survey_slug, session_id=session_id), 303
    )
