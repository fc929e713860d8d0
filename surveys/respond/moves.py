"""From page to page: the blueprint, and where somebody is sent whose page cannot be shown."""

import datetime as dt
from typing import Any
from urllib.parse import urlsplit

from flask import Blueprint, abort, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from engage.db import db
from engage.orm import utc_now
from surveys import cleaning, routing, screens, services, visits
from surveys.gathering import kiosk
from surveys.questionnaire import Page
from surveys.questions import files
from surveys.respond import unkept
from surveys.visits import Visit

blueprint = Blueprint("respond", __name__, url_prefix="/s")
blueprint.after_request(visits.never_store)
blueprint.after_request(kiosk.starts_again)
blueprint.context_processor(kiosk.on_page)
blueprint.add_app_template_filter(screens.linked, "linked")

CHECK = "check"
SAME_SITE = frozenset({"same-origin", "none"})
FORBIDDEN = 403
FILE_FORM = "multipart/form-data"
FILE_AND_WORDS = cleaning.LARGEST_FILE + files.MEGABYTE


@blueprint.before_request
def be_careful() -> None:
    """Refuse forms of other websites; let a page that asks for a file bring one.

    Any kind of file may come as large as the largest kind: what is too large for its question is
    then refused with everything else on the page in its place.
    """
    require_same_site()
    if request.mimetype == FILE_FORM and unkept.may_bring_file():
        request.max_content_length = FILE_AND_WORDS


def require_same_site() -> None:
    """Refuse a form that another website sends in this person's name."""
    if request.method in {"GET", "HEAD", "OPTIONS"}:
        return
    said = request.headers.get("Sec-Fetch-Site")
    origin = request.headers.get("Origin")
    foreign = origin is not None and urlsplit(origin).netloc != request.host
    hidden = origin == "null" and said == "same-origin"  # a page that tells nobody where it is
    if (foreign and not hidden) or (said is not None and said not in SAME_SITE):
        abort(FORBIDDEN)


@blueprint.context_processor
def token_of_page() -> dict[str, str]:
    """Give every form of the page its token, unless the view has drawn another one."""
    return {"token": visits.sent_token()}


@blueprint.errorhandler(services.SurveyError)
def refused(error: services.SurveyError) -> ResponseReturnValue:
    """Show what was sent and say why it was not kept: already sent, closed, or not open yet."""
    db.session.rollback()
    slug = str((request.view_args or {}).get("slug", ""))
    visit = visits.current(db.session(), slug, utc_now())
    if isinstance(error, services.InvitationUsedError):
        return unkept.page(slug, visit, unkept.USED)
    return elsewhere(slug, visit)


@blueprint.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> ResponseReturnValue:
    """Say that there is too much to read, a file or words."""
    return unkept.too_large(str((request.view_args or {}).get("slug", "")))


def elsewhere(slug: str, visit: Visit | None) -> ResponseReturnValue:
    """Answer somebody whose page cannot be shown: nothing found, already sent, or closed.

    What they have just written is shown to them, so that they can copy it; but not at a shared
    screen, when the page sent again is one of the person before.
    """
    if visits.is_left_over():
        return to("respond.start", slug)
    if request.method == "POST" and unkept.wrote_something(visit):
        return unkept.page(slug, visit)
    if visit is None:
        return to("respond.start", slug, again=1)
    sent = visit.response.submitted_at is not None
    return to("respond.thanks" if sent else "respond.start", slug)


def after_sending(visit: Visit) -> AnyResponse:
    """Lead from sending to the questions about the person, if there are any, or to the code."""
    slug = visit.response.slug
    if visit.questionnaire.equality and not visit.is_kiosk:
        return to("respond.about_you", slug)
    return to("respond.thanks", slug)


def is_being_written(visit: Visit, now: dt.datetime | None = None) -> bool:
    """Tell whether answers may still be given in this visit."""
    told = visit.response
    return told.submitted_at is None and told.state(now or utc_now()) == "open"


def has_begun(visit: Visit | None) -> bool:
    """Tell whether there is a response that has not been sent yet."""
    return visit is not None and visit.response.submitted_at is None


def page_to_go_on(visit: Visit) -> Page | None:
    """Return the page after the one that was saved last; None when it is time to check."""
    reached = visit.questionnaire.page(visit.response.reached or "")
    after = reached.id if reached else ""
    return routing.next_page(visit.questionnaire, visit.answers, after, visit.audience)


def coming_back() -> dict[str, str]:
    """Return the mark that leads back to "check your answers" after a change."""
    return {"back_to": CHECK} if request.values.get("back_to") == CHECK else {}


def to_page(slug: str, page: Page | None, **values: str) -> AnyResponse:
    """Redirect to a page, or to "check your answers" when there is none left."""
    if page is None:
        return to(f"respond.{CHECK}", slug)
    return to("respond.question", slug, page_id=page.id, **values)


def to(endpoint: str, slug: str, **values: Any) -> AnyResponse:
    """Redirect to a page of a survey, in the way that Back does not send anything again."""
    return redirect(url_for(endpoint, slug=slug, **values), 303)
