"""The doors to a survey that are not its own address: links, invitations, sessions, shared screens.

A door notes in the browser what brought somebody, and leads to the survey's start page. Nothing
is kept about who came through it.
"""

import dataclasses
import datetime as dt
import secrets

from flask import (
    Blueprint,
    Response,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from engage.throttle import Guard, Throttle, connection
from surveys import visits
from surveys.ages import YOUNG_AUDIENCE
from surveys.gathering import invitations, kiosk, links, sessions
from surveys.models import FacilitatedSession, Survey
from surveys.services.answering import ON_SCREEN
from surveys.visits import Came

blueprint = Blueprint("doors", __name__)

NOT_FOUND, GONE, TOO_MANY = 404, 410, 429
#: Wrong codes: a whole school may mistype, a machine that guesses is stopped.
WRONG_CODES = Guard(calm=300, tight=60, alarm=5_000, window=dt.timedelta(minutes=10))
#: Codes that opened a session from an address today open it again, whoever guesses there.
LET_IN = Throttle(limit=1, window=dt.timedelta(hours=12))


@blueprint.after_request
def _never_store(reply: Response) -> Response:
    return visits.never_store(reply)


@blueprint.get("/g/<token>")
def link(token: str) -> ResponseReturnValue:
    """Lead from a poster, a newsletter or a QR code to the survey, and remember the channel."""
    found = links.link_by_token(db.session(), token)
    if found is None:
        return _says("no_link", NOT_FOUND)
    came, survey = found
    return _start(survey, Came(link_id=came.id, channel=_channel(came.channel), slug=survey.slug))


@blueprint.get("/i/<token>")
def invitation(token: str) -> ResponseReturnValue:
    """Lead from an invitation to the survey, unless somebody has used it.

    Nobody can guess one: it has 80 random bits.
    """
    sealed = invitations.seal(token, secret=str(current_app.secret_key))
    found = invitations.find(db.session(), sealed)
    if found is None:
        return _says("no_invitation", NOT_FOUND)
    invited, survey = found
    if invited.used_on is not None:
        return _says("used", GONE, survey)
    return _start(survey, Came(invitation=sealed, slug=survey.slug))


@blueprint.get("/join")
def join() -> ResponseReturnValue:
    """Ask for the code on the wall, and lead on when one was typed."""
    typed = request.args.get("code", "").strip()
    if typed:
        return _enter(typed)
    error = "Please type the code on the wall." if "code" in request.args else ""
    return _ask(error)


@blueprint.get("/join/<code>")
def join_session(code: str) -> ResponseReturnValue:
    """Start the survey for the session whose code is on the wall."""
    return _enter(code)


@blueprint.get("/kiosk/<token>")
def shared_screen(token: str) -> ResponseReturnValue:
    """Make this browser a shared screen that is ready for the next person."""
    session, session_id = db.session(), kiosk.session_of(token)
    reply = make_response(_ready(sessions.open_by_id(session, session_id)))
    over = sessions.slug_of(session, session_id)
    return visits.clear(reply, over) if over and reply.status_code == NOT_FOUND else reply


@blueprint.get("/s/<slug>/next-person")
def next_person(slug: str) -> ResponseReturnValue:
    """Make a shared screen ready for the next person: nothing of the last one stays."""
    came = visits.brought()
    if not came.kiosk:
        came = visits.read_token(visits.sent_token())[1]
    if not came.kiosk:
        return redirect(url_for("respond.start", slug=slug), 303)
    reply = make_response(_ready(sessions.open_by_id(db.session(), came.session_id)))
    return visits.clear(reply, slug) if reply.status_code == NOT_FOUND else reply


def _ready(found: tuple[FacilitatedSession, Survey] | None) -> ResponseReturnValue:
    if found is None:
        return _says("session_over", NOT_FOUND)
    held, survey = found
    came = dataclasses.replace(
        _came(held, survey), kiosk=str(kiosk.IDLE_SECONDS), turn=secrets.token_hex(8)
    )
    return visits.forget(_start(survey, came), survey.slug)


def _enter(typed: str) -> ResponseReturnValue:
    """Go into a session; only wrong codes are counted, so a class on one address can join.

    Where too many were wrong, a code that somebody has joined with from there still opens.
    """
    source, now = request.remote_addr or "", utc_now()
    joined = f"{connection(source)} {sessions.plain(typed)}"
    if not WRONG_CODES.allows(source, now) and LET_IN.allows(joined, now):
        return _says("too_many", TOO_MANY)
    found = sessions.open_by_code(db.session(), typed)
    if found is None:
        WRONG_CODES.count(source, now)
        return _ask("We do not know this code. Please look at the wall and try again.", typed)
    LET_IN.count(joined, now)
    held, survey = found
    return _start(survey, _came(held, survey))


def _came(held: FacilitatedSession, survey: Survey) -> Came:
    return Came(session_id=held.id, channel=held.channel, slug=survey.slug)


def _start(survey: Survey, came: Came) -> AnyResponse:
    """Lead to the start page; in a session young people begin with easy read."""
    easy = came.session_id and survey.audience == YOUNG_AUDIENCE
    address = url_for("respond.start", slug=survey.slug, edition="easy" if easy else None)
    return visits.bring(redirect(address, 303), survey.slug, came)


def _channel(channel: str) -> str:
    """Return the channel of a link; nothing for plain web links, where it follows the edition."""
    return "" if channel in ON_SCREEN.values() else channel


def _ask(error: str, typed: str = "") -> ResponseReturnValue:
    page = render_template("surveys/join.html", error=error, typed=typed[:40])
    return make_response(page, NOT_FOUND if typed else 200)


def _says(what: str, status: int, survey: Survey | None = None) -> ResponseReturnValue:
    """Say in plain words why a door does not open, and what else can be done."""
    plan = db.session().get_one(Consultation, survey.consultation_id) if survey else None
    page = render_template("surveys/door.html", what=what, contact=plan.contact if plan else "")
    return make_response(page, status)
