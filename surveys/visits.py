"""One visit to a survey: which survey, which response, and the cookie that links the two.

The cookie holds the response's random id, signed, and nothing else. It is sent back only to the
survey it belongs to. It lasts 14 days so that a parent can come back; on surveys for young
people, who share devices at school, it goes when the browser closes.
"""

import dataclasses
import datetime as dt

from flask import Response as HttpResponse
from flask import abort, current_app, request
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from engage.consultations import Consultation
from surveys import respondents
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import EDITIONS, Edition, Values, other_edition
from surveys.respondents import Answering, Place
from surveys.screens import ANSWERS_KEPT_DAYS

COOKIE = "engage_answers"
KEPT = dt.timedelta(days=ANSWERS_KEPT_DAYS)
CODE_SHOWN_FOR = dt.timedelta(hours=1)
SHARED_DEVICE_AUDIENCE = "young_person"


@dataclasses.dataclass(frozen=True)
class Visit:
    """A response being written, with its questionnaire and everything answered so far."""

    response: Answering
    questionnaire: Questionnaire
    answers: dict[str, Values]

    @property
    def edition(self) -> Edition:
        """Return the edition the person reads now."""
        return self.response.edition

    def in_other_edition(self) -> "Visit":
        """Return the same visit as somebody reads it who has just changed the edition."""
        changed = dataclasses.replace(self.response, edition=other_edition(self.edition))
        return dataclasses.replace(self, response=changed)

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


def wanted_edition(default: Edition) -> Edition:
    """Return the edition named in the address or form, or the survey's own."""
    named = request.values.get("edition", "")
    return next((edition for edition in EDITIONS if edition == named), default)


def current(session: Session, slug: str, now: dt.datetime) -> Visit | None:
    """Return the visit the cookie names; None without one, or when it is forged or too old."""
    response_id = _response_id(request.cookies.get(COOKIE, ""))
    response = respondents.answering(session, response_id) if response_id else None
    if response is None or response.slug != slug or _is_over(response, now):
        return None
    questionnaire = respondents.questionnaire(session, response.version_id, response.document_hash)
    return Visit(response, questionnaire, respondents.answers(session, response.id))


def remember(reply: AnyResponse, slug: str, audience: str, response_id: str) -> AnyResponse:
    """Give the browser the cookie of a response that has just begun."""
    reply.set_cookie(
        COOKIE,
        _signer().dumps(response_id),
        max_age=None if audience == SHARED_DEVICE_AUDIENCE else KEPT,
        path=f"/s/{slug}/",
        secure=bool(current_app.config.get("SESSION_COOKIE_SECURE")),
        httponly=True,
        samesite="Lax",
    )
    return reply


def forget(reply: AnyResponse, slug: str) -> AnyResponse:
    """Take the cookie back from somebody who has decided not to take part."""
    reply.delete_cookie(COOKIE, path=f"/s/{slug}/")
    return reply


def never_store(reply: HttpResponse) -> HttpResponse:
    """Keep answers out of every cache: the next person at this screen must not find them."""
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _response_id(cookie: str) -> str:
    if not cookie:
        return ""
    try:
        return str(_signer().loads(cookie, max_age=int(KEPT.total_seconds())))
    except BadSignature:
        return ""


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt="survey answers")


def _is_over(response: Answering, now: dt.datetime) -> bool:
    """Tell whether a sent response has been sent so long ago that its code is shown no more."""
    return response.submitted_at is not None and now - response.submitted_at > CODE_SHOWN_FOR
