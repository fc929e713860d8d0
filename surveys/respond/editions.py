"""Choosing an edition: every one that is on offer, named as its own readers name it."""

import dataclasses
from typing import Any

from flask import abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy.orm import Session

from engage.db import db
from engage.orm import utc_now
from surveys import pictures, presenting, visits
from surveys.editions import languages, speaking
from surveys.questionnaire import Questionnaire
from surveys.questions import ANSWER, EDITION_FACTS, Edition, has_pictures
from surveys.respond import answering, moves
from surveys.respond.moves import blueprint
from surveys.respondents import Place
from surveys.visits import Visit

PICTURES = {"standard": "paper", "easy": "easy_read", "plain": "read", "bsl": "signing"}
ANY_LANGUAGE = "languages"


@dataclasses.dataclass(frozen=True)
class Offer:
    """One edition as the page offers it."""

    edition: Edition
    name: str
    language: str
    direction: str
    picture: str
    href: str
    is_current: bool


@blueprint.get("/<slug>/editions")
def editions(slug: str) -> str:
    """List the editions on offer: links before answering, buttons that keep the place during it."""
    session, now = db.session(), utc_now()
    place = visits.place_or_404(session, slug)
    visit = visits.current(session, slug, now)
    if visit is not None and moves.is_being_written(visit, now):
        return _while_answering(place, visit, kept=(), at=request.args.get("page", ""))
    read = visits.questionnaire_at(session, place)
    wanted = visits.wanted_edition(visit.edition if visit else read.default_edition)
    return _page(place, read, offered_or_404(session, place, read, wanted), answering=False)


@blueprint.post("/<slug>/editions")
def editions_while_answering(slug: str) -> ResponseReturnValue:
    """List them from a question page; what was written on it travels along and is kept."""
    session, now = db.session(), utc_now()
    visit = visits.current(session, slug, now)
    if visit is None or not moves.is_being_written(visit, now):
        return moves.elsewhere(slug, visit)
    kept = [pair for pair in request.form.items(multi=True) if pair[0] not in answering.OF_THE_FORM]
    file = answering.file_of_page(visit)
    if file:
        kept = [(name, said) for name, said in kept if name != ANSWER] + [(ANSWER, file)]
    place = visits.place_or_404(session, slug)
    return _while_answering(place, visit, kept=tuple(kept), at="")


@blueprint.app_template_global()
def is_draft(slug: str, edition: Edition) -> bool:
    """Tell whether a page must say that nobody has checked its translation."""
    place = visits.place_or_404(db.session(), slug)
    read = visits.questionnaire_at(db.session(), place)
    return languages.is_draft(db.session(), read, edition)


def offered(session: Session, place: Place, read: Questionnaire) -> tuple[Edition, ...]:
    """Return the editions that people may choose in a survey on this site."""
    production = current_app.extensions["engage_settings"].is_production
    return languages.on_offer(session, place.survey_id, read, production=production)


def offered_or_404(
    session: Session, place: Place, read: Questionnaire, edition: Edition
) -> Edition:
    """Return an edition that may be chosen; the address of another one leads nowhere."""
    if edition not in languages.ALWAYS and edition not in offered(session, place, read):
        abort(404)
    return edition


def _while_answering(
    place: Place, visit: Visit, *, kept: tuple[tuple[str, str], ...], at: str
) -> str:
    back = at or dict(kept).get("page", "")
    return _page(
        place,
        visit.questionnaire,
        visit.edition,
        answering=True,
        kept=kept,
        at=at,
        from_page=back if visit.questionnaire.page(back) else "",
    )


def _page(
    place: Place, read: Questionnaire, edition: Edition, *, answering: bool, **told: Any
) -> str:
    offers = [_offer(place.slug, one, edition) for one in offered(db.session(), place, read)]
    names = {"done", *(offer.picture for offer in offers)}
    drawn = pictures.address(names) if has_pictures(edition) else ""
    around = presenting.around(place.slug, read, edition, place.is_demo)
    context = {**around, **told, "offers": offers, "answering": answering, "sprite": drawn}
    return speaking.render("surveys/editions.html", edition, **context)


def _offer(slug: str, edition: Edition, current: Edition) -> Offer:
    facts = EDITION_FACTS[edition]
    return Offer(
        edition=edition,
        name=facts.name,
        language=facts.language,
        direction=facts.direction,
        picture=PICTURES.get(edition, ANY_LANGUAGE),
        href=url_for("respond.start", slug=slug, edition=edition),
        is_current=edition == current,
    )
