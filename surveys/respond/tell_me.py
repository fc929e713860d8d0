"""The door from a survey to "tell me what happened": who may pass, and a note without a name."""

from flask import redirect, url_for
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from surveys import ages, tell_me, visits
from surveys.respond import moves
from surveys.respond.moves import blueprint
from surveys.visits import Visit


def is_offered(visit: Visit) -> bool:
    """Tell whether this person may ask to be told: not a child, and not at a kiosk."""
    return bool(
        visit.questionnaire.asks_contact
        and visit.response.submitted_at is not None
        and not visit.is_kiosk
        and not ages.may_be_under_16(visit.questionnaire, visit.answers)
    )


@blueprint.get("/<slug>/tell-me")
def tell_me_door(slug: str) -> ResponseReturnValue:
    """Lead to the page that knows nothing of the answers; the browser keeps their cookie here."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not is_offered(visit):
        return moves.elsewhere(slug, visit)
    return redirect(url_for("tell_me.ask", note=tell_me.note(slug, visit.edition)), 303)
