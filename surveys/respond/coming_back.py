"""Stopping half-way and coming back: with a code, on any device, without an account."""

import datetime as dt

from flask import current_app, request
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from engage.throttle import Guard
from surveys import presenting, screens, services, visits
from surveys.codes import CodeError
from surveys.editions import speaking
from surveys.questions import Message
from surveys.questions.words import tidy
from surveys.respond import moves
from surveys.respond.moves import blueprint
from surveys.respondents import Answering

WINDOW = dt.timedelta(minutes=15)
LONGEST_CODE = 40
WRONG, TOO_OFTEN = 422, 429
#: Wrong codes: a whole class may mistype theirs, a guesser needs billions.
wrong_codes = Guard(calm=600, tight=60, alarm=3_000, window=WINDOW)
UNKNOWN = Message(
    "We cannot find this code. It works for up to 14 days while the survey is open, and only until "
    "you send your answers",
    "We cannot find this code. Please look at it again",
)
WAIT = Message(
    "There were too many wrong codes. Wait 15 minutes, then try again",
    "Too many wrong codes. Please wait 15 minutes",
)
UNREADABLE = Message(
    "A code looks like COME-7K4Q-92XD-V. Check what you typed",
    "This code is not right. Please look at it again",
)


@blueprint.get("/<slug>/later")
def later(slug: str) -> ResponseReturnValue:
    """Show the code to come back with, for somebody who has asked for it."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not moves.is_being_written(visit):
        return moves.elsewhere(slug, visit)
    secret = str(current_app.secret_key)
    code = services.shown_return_code(db.session(), visit.response, secret=secret)
    around = presenting.around(slug, visit.questionnaire, visit.edition, visit.response.is_demo)
    invited = bool(visit.came.invitation)
    page = presenting.later(around, visit)
    return speaking.render("surveys/later.html", visit.edition, code=code, invited=invited, **page)


@blueprint.post("/<slug>/later")
def ask_for_code(slug: str) -> ResponseReturnValue:
    """Make a code to come back with; asking twice gives the same one."""
    now = utc_now()
    visit = visits.current(db.session(), slug, now)
    if visit is None or not moves.is_being_written(visit, now):
        return moves.elsewhere(slug, visit)
    secret = str(current_app.secret_key)
    services.return_code(db.session(), visit.response, secret=secret, now=now)
    db.session.commit()
    reply = moves.to("respond.later", slug)
    return visits.remember(reply, slug, visit.audience, visit.token)


@blueprint.get("/<slug>/come-back")
def come_back(slug: str) -> ResponseReturnValue:
    """Ask for the code that was shown when somebody stopped."""
    return _ask(slug)


@blueprint.post("/<slug>/come-back")
def come_back_with(slug: str) -> ResponseReturnValue:
    """Go on where somebody stopped, or say what is wrong with the code."""
    if not visits.read_token(request.form.get(visits.TOKEN, ""))[0]:
        return moves.to("respond.come_back", slug)
    typed, address = tidy(request.form.get("code", ""))[:LONGEST_CODE], request.remote_addr or ""
    if not wrong_codes.allows(address, utc_now()):
        return _ask(slug, typed, WAIT), TOO_OFTEN
    try:
        found, mistake = _found(slug, typed), UNKNOWN
    except CodeError:
        found, mistake = None, UNREADABLE
    token = visits.token_for(found.id, visits.brought()) if found else ""
    visit = visits.visit_of(db.session(), slug, token, utc_now())
    if visit is None:
        wrong_codes.count(address, utc_now())
        return _ask(slug, typed, mistake), WRONG
    reply = moves.to_page(slug, moves.page_to_go_on(visit))
    return visits.remember(reply, slug, visit.audience, token)


def _found(slug: str, typed: str) -> Answering | None:
    secret = str(current_app.secret_key)
    found = services.response_to_come_back_to(db.session(), typed, secret=secret, now=utc_now())
    return found if found is not None and found.slug == slug else None


def _ask(slug: str, typed: str = "", mistake: Message | None = None) -> str:
    session = db.session()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    visit = visits.by_cookie(session, slug, utc_now())
    edition = visits.readable_edition(read, visit)
    error = speaking.say(mistake, edition) if mistake else ""
    return speaking.render(
        "surveys/come_back.html",
        edition,
        token=visits.fresh_token(),
        typed=typed,
        error=error,
        errors=[{"href": "#code", "text": error}] if error else [],
        sprite=presenting.passages(edition, screens.COME_BACK),
        **presenting.around(slug, read, edition, place.is_demo),
    )
