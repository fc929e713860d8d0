"""Checking every answer, sending them, and the code that is shown once."""

from flask import current_app
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from surveys import grownups, presenting, services, visits
from surveys.editions import speaking
from surveys.respond import moves, tell_me
from surveys.respond.moves import blueprint


@blueprint.get("/<slug>/check")
def check(slug: str) -> ResponseReturnValue:
    """Show every answer before it is sent, each with a way to change it."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not moves.is_being_written(visit):
        return moves.elsewhere(slug, visit)
    if grownups.is_asked_now(visit):
        return moves.to("respond.grown_up", slug)
    return speaking.render("surveys/check.html", visit.edition, **presenting.check(visit))


@blueprint.post("/<slug>/check")
def send(slug: str) -> ResponseReturnValue:
    """Send the answers; pressing twice sends once."""
    session, now = db.session(), utc_now()
    visit = visits.current(session, slug, now)
    if visit is None:
        return moves.elsewhere(slug, visit)
    if moves.has_begun(visit) and grownups.is_asked_now(visit):
        return moves.to("respond.grown_up", slug)
    secret, invitation = str(current_app.secret_key), visit.came.invitation
    services.submit(session, visit.response, secret=secret, now=now, invitation=invitation)
    db.session.commit()
    reply = moves.after_sending(visit)
    return visits.remember(reply, slug, visit.audience, visit.token)


@blueprint.get("/<slug>/thanks")
def thanks(slug: str) -> ResponseReturnValue:
    """Thank, show the receipt code, and say what happens when."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    visit = visits.current(session, slug, utc_now())
    if visit is None or visit.response.submitted_at is None:
        return moves.to(f"respond.{moves.CHECK}" if visit else "respond.start", slug)
    code = services.receipt_code(session, visit.response, secret=str(current_app.secret_key))
    plan = visits.consultation_at(session, place)
    around = presenting.around(slug, visit.questionnaire, visit.edition, place.is_demo)
    page = presenting.thanks(around, visit.questionnaire, plan)
    return speaking.render(
        "surveys/thanks.html", visit.edition, code=code, tells_me=tell_me.is_offered(visit), **page
    )
