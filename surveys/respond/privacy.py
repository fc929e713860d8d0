"""The privacy notice as somebody was shown it: short first, details under headings."""

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from engage.db import db
from engage.orm import utc_now
from surveys import pictures, presenting, respondents, services, visits
from surveys.editions import languages, speaking
from surveys.questions import has_pictures
from surveys.respond.moves import blueprint


@blueprint.get("/<slug>/privacy")
def privacy(slug: str) -> ResponseReturnValue:
    """Show the version this response was begun with, or else the one of the plan."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    visit = visits.current(session, slug, utc_now())
    read = visits.questionnaire_at(session, place)
    plan = visits.consultation_at(session, place)
    began = respondents.notice_version(session, visit.response.id) if visit else None
    notice = services.notice_for(session, began or plan.privacy_notice_version)
    if notice is None:
        return redirect(url_for("pages.privacy"), 303)
    wanted = visits.wanted_edition(visit.edition if visit else read.default_edition)
    there = wanted in read.languages or wanted in languages.ALWAYS or wanted == "bsl"
    edition = wanted if there and notice.is_in(wanted) else "standard"
    part = notice.part(request.args.get("part", ""))
    drawn = notice.pictures(edition, part) | {"calendar", "question", "paper"}
    context = {
        **presenting.around(slug, read, edition, place.is_demo),
        "notice": notice,
        "part": part,
        "plan": plan,
        "last_day": speaking.day_in(plan.closes_on, edition),
        "sprite": pictures.address(drawn) if has_pictures(edition) else "",
    }
    return speaking.render("surveys/privacy.html", edition, **context)
