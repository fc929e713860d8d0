"""Children under 13: is a grown-up with you? And what to do when nobody is."""

from flask import request
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from surveys import grownups, presenting, routing, screens, services, visits
from surveys.editions import speaking
from surveys.respond import moves
from surveys.respond.moves import blueprint


@blueprint.get("/<slug>/grown-up")
def grown_up(slug: str) -> ResponseReturnValue:
    """Ask a child whether a grown-up is there, or say that it can take part in a group."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not moves.is_being_written(visit):
        return moves.elsewhere(slug, visit)
    page = grownups.age_page(visit.questionnaire)
    if page is None or not grownups.is_asked_now(visit):
        return moves.to_page(slug, moves.page_to_go_on(visit))
    return speaking.render(
        "surveys/grown_up.html",
        visit.edition,
        previous=page,
        in_group=visit.response.under_13 != grownups.WITH_ADULT,
        **_around(visit),
    )


@blueprint.post("/<slug>/grown-up")
def grown_up_choice(slug: str) -> ResponseReturnValue:
    """Go on when a grown-up is there; otherwise keep nothing, and say how to take part."""
    now = utc_now()
    visit = visits.current(db.session(), slug, now)
    if visit is None or not moves.is_being_written(visit, now):
        return moves.elsewhere(slug, visit)
    page = grownups.age_page(visit.questionnaire)
    if page is None or not grownups.is_asked_now(visit):
        return moves.to_page(slug, moves.page_to_go_on(visit))
    if request.form.get("answer") == "yes" and visit.response.under_13 == grownups.WITH_ADULT:
        services.grown_up_is_there(db.session(), visit.response, now=now)
        db.session.commit()
        told = visit.questionnaire, visit.answers
        reply = moves.to_page(slug, routing.next_page(*told, page.id, visit.audience))
        return visits.remember(reply, slug, visit.audience, visit.token)
    services.discard(db.session(), visit.response)
    db.session.commit()
    return visits.forget(moves.to("respond.not_alone", slug, edition=visit.edition), slug)


@blueprint.get("/<slug>/not-alone")
def not_alone(slug: str) -> ResponseReturnValue:
    """Say kindly that nothing was kept, and how a child can take part."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    edition = visits.readable_edition(read, visits.by_cookie(session, slug, utc_now()))
    return speaking.render(
        "surveys/not_alone.html",
        edition,
        in_group=place.under_13 != grownups.WITH_ADULT,
        contact=visits.consultation_at(session, place).contact,
        help_words=read.keeping_safe,
        sprite=presenting.passages(edition, screens.GROWN_UP, read.keeping_safe.easy),
        **presenting.around(slug, read, edition, place.is_demo),
    )


def _around(visit: visits.Visit) -> dict[str, object]:
    told = visit.response
    return {
        **presenting.around(told.slug, visit.questionnaire, visit.edition, told.is_demo),
        "sprite": presenting.passages(visit.edition, screens.GROWN_UP),
    }
