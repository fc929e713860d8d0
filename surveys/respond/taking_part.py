"""Saying yes or no: what taking part means, and the beginning of a response."""

from flask import abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from surveys import presenting, routing, screens, services, visits
from surveys.editions import languages, speaking
from surveys.gathering import sessions
from surveys.models import Survey
from surveys.questionnaire import Questionnaire
from surveys.questions import Edition, Passage
from surveys.respond import moves
from surveys.respond.moves import blueprint
from surveys.respondents import Place, State
from surveys.services.answering import ON_SCREEN
from surveys.visits import Visit

AGAIN = "again"
FRESH = "fresh"


@blueprint.get("/<slug>/")
def start(slug: str) -> ResponseReturnValue:
    """Tell people what taking part means, and let them say yes or no with equal ease."""
    session, now = db.session(), utc_now()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    plan = visits.consultation_at(session, place)
    visit = visits.current(session, slug, now)
    edition = _edition(place, read, visit.edition if visit else read.default_edition)
    around = presenting.around(slug, read, edition, place.is_demo)
    state, begun = place.state(now), visit if visit and moves.has_begun(visit) else None
    if state != "open":
        words = _not_now(state, plan, begun)
        sprite = presenting.passages(edition, words.easy, screens.SWITCH)
        return speaking.render(
            f"surveys/{state}.html", edition, words=words, sprite=sprite, **around
        )
    page = presenting.start(around, read, plan, lost="again" in request.args)
    fresh = visits.fresh_token(visits.brought())
    page["saved"] = presenting.saved_note(begun) if begun else None
    page["late"] = screens.late(plan, place.grace_days) if place.is_late(now) else None
    page["token"] = begun.token if begun else fresh
    return speaking.render("surveys/start.html", edition, **page, fresh=fresh)


@blueprint.post("/<slug>/take-part")
def take_part(slug: str) -> ResponseReturnValue:
    """Begin a response on yes, or carry on with one; on no keep nothing, not even a beginning."""
    session, now = db.session(), utc_now()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    token = request.form.get(FRESH) or request.form.get(visits.TOKEN, "")
    if not visits.read_token(token)[0] or visits.is_left_over():
        return moves.to("respond.start", slug, again=1)
    visit = visits.current(session, slug, now) or visits.by_cookie(session, slug, now)
    edition = _edition(place, read, visit.edition if visit else read.default_edition)
    said = request.form.get("answer")
    if visit is not None and moves.has_begun(visit):
        if said == "yes":
            return _carry_on(visit, edition)
        services.discard(session, visit.response)
        db.session.commit()
    elif visit is not None and visit.token == token:  # an old start page: these were sent
        return moves.to("respond.start", slug)
    if said in ("yes", AGAIN):
        return _begin(place, read, edition, token)
    return visits.forget(moves.to("respond.no_thanks", slug, edition=edition), slug)


@blueprint.get("/<slug>/no-thanks")
def no_thanks(slug: str) -> ResponseReturnValue:
    """Say that no is fine."""
    place = visits.place_or_404(db.session(), slug)
    read = visits.questionnaire_at(db.session(), place)
    visit = visits.by_cookie(db.session(), slug, utc_now())
    edition = _edition(place, read, visit.edition if visit else read.default_edition)
    return speaking.render(
        "surveys/no_thanks.html",
        edition,
        words=read.no_thanks,
        sprite=presenting.passages(edition, read.no_thanks.easy, screens.NO_THANKS),
        **presenting.around(slug, read, edition, place.is_demo),
    )


def _not_now(state: State, plan: Consultation, begun: Visit | None) -> Passage:
    """Return why nobody can answer now, and how long what was saved is kept meanwhile."""
    if state == "paused" and begun:
        return screens.paused(plan, presenting.kept_until(begun))
    return screens.NOT_NOW[state](plan)


def _begin(place: Place, read: Questionnaire, edition: Edition, token: str) -> AnyResponse:
    """Start the response that the page has drawn, and show its first question.

    A second press finds the response of the first one. A session that has been closed meanwhile
    gets no more responses; a shared screen of it stops.
    """
    session = db.session()
    response_id, came = visits.read_token(token)
    if came.session_id and sessions.open_by_id(session, came.session_id) is None:
        if came.kiosk:
            return redirect(url_for("doors.next_person", slug=place.slug), 303)
        came = visits.OPEN_PAGE
        token = visits.token_for(response_id)
    services.start_response(
        session,
        session.get_one(Survey, place.survey_id),
        edition=edition,
        channel=came.channel or ON_SCREEN[edition],
        now=utc_now(),
        response_id=response_id,
        session_id=came.session_id,
        link_id=came.link_id,
    )
    db.session.commit()
    reply = moves.to_page(place.slug, routing.next_page(read, {}, audience=place.audience))
    return visits.remember(reply, place.slug, place.audience, token)


def _carry_on(visit: Visit, edition: Edition) -> AnyResponse:
    """Go on after the page that was saved last, in the edition that is being read now."""
    if edition != visit.edition:
        services.switch_edition(db.session(), visit.response, edition, now=utc_now())
        db.session.commit()
    reply = moves.to_page(visit.response.slug, moves.page_to_go_on(visit))
    return visits.remember(reply, visit.response.slug, visit.audience, visit.token)


def _edition(place: Place, read: Questionnaire, default: Edition) -> Edition:
    """Return the edition that is asked for, if it is on offer here."""
    wanted = visits.wanted_edition(default)
    production = current_app.extensions["engage_settings"].is_production
    offered = languages.is_on_offer(
        db.session(), place.survey_id, read, wanted, production=production
    )
    if not offered and wanted != default and request.method == "GET":
        abort(404)  # the address of an edition that nobody is offered
    return wanted if offered else default
