"""One visit to a survey: which survey, which response, and the token that links the two.

The token is the response's random id, signed, with what brought the person here. Every form
carries it, and so does a cookie that is sent back only to the survey it belongs to. What a form
carries wins: it decides which response is written, and it gives back a cookie that was lost. So
nobody loses what they typed, a form that is not ours writes nothing, and a double press on "Yes"
begins one response.

The cookie lasts 14 days so that a parent can come back; on surveys for young people, who share
devices at school, it goes when the browser closes.
"""

import dataclasses
import datetime as dt
import functools

from flask import Response as HttpResponse
from flask import abort, current_app, request
from itsdangerous import BadSignature, TimestampSigner
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from engage.consultations import Consultation
from engage.orm import new_id
from surveys import respondents
from surveys.ages import YOUNG_AUDIENCE
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import EDITION_FACTS, EDITIONS, Edition, Values
from surveys.respondents import Answering, Place
from surveys.screens import ANSWERS_KEPT_DAYS

COOKIE = "engage_answers"
CAME_COOKIE = "engage_came"
TOKEN = "token"  # noqa: S105  # the name of a form field
KEPT = dt.timedelta(days=ANSWERS_KEPT_DAYS)
CODE_SHOWN_FOR = dt.timedelta(hours=1)
#: A note of one use is never taken for one of the other.
ANSWERS, CAME = "survey answers", "what brought somebody"
_BETWEEN = "~"


@dataclasses.dataclass(frozen=True)
class Came:
    """What brought somebody to a survey: a link, an invitation, a session, or nothing special.

    Attributes:
        channel: the channel of the link or session; empty for the open web page.
        invitation: keyed hash of the invitation; never stored with the response.
        kiosk: seconds of idling after which a shared screen starts again; empty elsewhere.
        slug: the survey it leads to; in any other it says nothing.
        turn: whose turn it is at a shared screen; drawn anew for each person.
    """

    session_id: str = ""
    link_id: str = ""
    channel: str = ""
    invitation: str = ""
    kiosk: str = ""
    slug: str = ""
    turn: str = ""


OPEN_PAGE = Came()


@dataclasses.dataclass(frozen=True)
class Visit:
    """A response being written, with its questionnaire and everything answered so far."""

    response: Answering
    questionnaire: Questionnaire
    answers: dict[str, Values]
    token: str = ""
    came: Came = OPEN_PAGE

    @property
    def edition(self) -> Edition:
        """Return the edition the person reads now."""
        return self.response.edition

    @property
    def audience(self) -> str:
        """Return whom the survey asks; conditions may depend on it."""
        return self.response.audience

    @property
    def session_id(self) -> str | None:
        """Return the facilitated session the response belongs to, if it does."""
        return self.response.session_id

    @property
    def is_kiosk(self) -> bool:
        """Tell whether this is a shared screen that must not show the last person's answers."""
        return bool(self.came.kiosk)

    @property
    def is_young(self) -> bool:
        """Tell whether the survey asks children and young people."""
        return self.audience == YOUNG_AUDIENCE

    def in_edition(self, edition: Edition) -> "Visit":
        """Return the same visit as somebody reads it who has just changed the edition."""
        return dataclasses.replace(
            self, response=dataclasses.replace(self.response, edition=edition)
        )

    def stored(self, page: Page) -> Values:
        """Return the answer given on a page so far."""
        return self.answers.get(page.question.code, ())


def place_or_404(session: Session, slug: str) -> Place:
    """Return the survey at an address, or answer that there is none."""
    found = respondents.place(session, slug)
    if found is None:
        abort(404)
    return found


def questionnaire_at(session: Session, place: Place) -> Questionnaire:
    """Return the newest questionnaire of a survey."""
    return respondents.questionnaire(session, place.version_id, place.document_hash)


def consultation_at(session: Session, place: Place) -> Consultation:
    """Return the plan behind a survey."""
    return session.get_one(Consultation, place.consultation_id)


def readable_edition(read: Questionnaire, visit: "Visit | None" = None) -> Edition:
    """Return the edition named in the address, or of the visit, if there are words in it."""
    wanted = wanted_edition(visit.edition if visit else read.default_edition)
    there = wanted in read.languages or not EDITION_FACTS[wanted].is_translated
    return wanted if there else read.default_edition


def wanted_edition(default: Edition) -> Edition:
    """Return the edition named in the address or form, or the survey's own."""
    named = request.values.get("edition", "")
    return next((edition for edition in EDITIONS if edition == named), default)


def current(session: Session | Connection, slug: str, now: dt.datetime) -> Visit | None:
    """Return the visit of this request; None without one, or when its token is forged or too old.

    A form names its own response, whatever the cookie says by now. A request without a form goes
    by the cookie.
    """
    return visit_of(session, slug, sent_token(), now)


def sent_token() -> str:
    """Return the token that this request came with; its page carries the same one on."""
    if request.method == "POST":
        return request.form.get(TOKEN, "")
    return request.cookies.get(COOKIE, "")


def by_cookie(session: Session, slug: str, now: dt.datetime) -> Visit | None:
    """Return the visit that the cookie names, whatever a form says."""
    return visit_of(session, slug, request.cookies.get(COOKIE, ""), now)


def visit_of(
    session: Session | Connection, slug: str, token: str, now: dt.datetime
) -> Visit | None:
    """Return the visit that a token names, if it is in this survey and not long over."""
    response_id, came = read_token(token)
    found = respondents.reading(session, response_id) if response_id else None
    if found is None:
        return None
    response, answers = found
    if response.slug != slug or _is_over(response, now) or is_of_another_turn(came):
        return None
    read = respondents.questionnaire(session, response.version_id, response.document_hash)
    return Visit(response, read, answers, token, came)


def token_for(response_id: str, came: Came = OPEN_PAGE) -> str:
    """Return the signed token of a response."""
    facts = dataclasses.astuple(came) if came != OPEN_PAGE else ()
    return _signer(ANSWERS).sign(_BETWEEN.join((response_id, *facts))).decode()


def fresh_token(came: Came = OPEN_PAGE) -> str:
    """Return the token of a response that does not exist yet: a start page carries it."""
    return token_for(new_id(), came)


def kiosk_of_page() -> str:
    """Return after how many seconds this page starts again; nothing on people's own devices.

    A page that belongs to a response goes by how that response began, so that pages which are
    drawn once for many people are drawn alike.
    """
    response_id, came = read_token(sent_token())
    return came.kiosk if response_id else brought().kiosk


def read_token(token: str) -> tuple[str, Came]:
    """Return the response's id and what brought the person; an empty id for a forged token."""
    said = _unsigned(token, ANSWERS)
    if not said:
        return "", OPEN_PAGE
    response_id, *facts = said.split(_BETWEEN)
    return response_id, _came_here(facts)


def is_of_another_turn(came: Came) -> bool:
    """Tell whether a page is left over from somebody who was at this shared screen before.

    A browser can go back to such a page and send it again, whatever the screen shows now.
    """
    return bool(came.kiosk) and came.turn != brought().turn


def is_left_over() -> bool:
    """Tell whether this request comes from a page of somebody who was at this screen before."""
    return is_of_another_turn(read_token(sent_token())[1])


def remember(reply: AnyResponse, slug: str, audience: str, token: str) -> AnyResponse:
    """Give the browser the cookie of a response, unless it has it already."""
    if request.cookies.get(COOKIE) != token:
        shared = audience == YOUNG_AUDIENCE or read_token(token)[1].kiosk
        _set_cookie(reply, COOKIE, token, slug, lasting=not shared)
    return reply


def forget(reply: AnyResponse, slug: str) -> AnyResponse:
    """Take the cookie back from somebody who has decided not to take part."""
    reply.delete_cookie(COOKIE, path=_path(slug))
    return reply


def bring(reply: AnyResponse, slug: str, came: Came) -> AnyResponse:
    """Note in the browser what brought somebody here, until they say yes or the browser closes."""
    said = _signer(CAME).sign(_BETWEEN.join(dataclasses.astuple(came))).decode()
    _set_cookie(reply, CAME_COOKIE, said, slug, lasting=False)
    return reply


def clear(reply: AnyResponse, slug: str) -> AnyResponse:
    """Take everything back that a browser knows of a survey: this screen is shared no more."""
    reply.delete_cookie(CAME_COOKIE, path=_path(slug))
    return forget(reply, slug)


def brought() -> Came:
    """Return what the browser has noted about how somebody came."""
    said = _unsigned(request.cookies.get(CAME_COOKIE, ""), CAME)
    return _came_here(said.split(_BETWEEN)) if said else OPEN_PAGE


def never_store(reply: HttpResponse) -> HttpResponse:
    """Keep answers out of every cache: the next person at this screen must not find them."""
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _set_cookie(reply: AnyResponse, name: str, said: str, slug: str, *, lasting: bool) -> None:
    reply.set_cookie(
        name,
        said,
        max_age=KEPT if lasting else None,
        path=_path(slug),
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        httponly=True,
        samesite="Lax",
    )


def _path(slug: str) -> str:
    return f"/s/{slug}/"


def _came_here(facts: list[str]) -> Came:
    """Return what brought somebody to the survey of this request; nothing if it leads elsewhere."""
    if len(facts) != len(dataclasses.fields(Came)):
        return OPEN_PAGE
    came = Came(*facts)
    return came if came.slug == (request.view_args or {}).get("slug") else OPEN_PAGE


def _unsigned(said: str, use: str) -> str:
    if not said:
        return ""
    try:
        return _signer(use).unsign(said, max_age=int(KEPT.total_seconds())).decode()
    except BadSignature:
        return ""


def _signer(use: str) -> TimestampSigner:
    return _signer_of(str(current_app.secret_key), use)


@functools.lru_cache(maxsize=8)
def _signer_of(secret: str, use: str) -> TimestampSigner:
    return TimestampSigner(secret, salt=use)


def _is_over(response: Answering, now: dt.datetime) -> bool:
    """Tell whether a sent response has been sent so long ago that its code is shown no more."""
    return response.submitted_at is not None and now - response.submitted_at > CODE_SHOWN_FOR
