"""What a receipt code opens: one's answers, what became of one's words, and the way out.

Whoever finds a code must not learn from it what somebody wrote: own words are shown only after
the code has been typed again. Between the pages travels a signed note that ends after half an
hour, never the code itself. Pages speak in the edition that the answers were given in.
"""

import datetime as dt
from collections.abc import Callable
from typing import Any

from flask import Blueprint, current_app, make_response, request
from flask import Response as HttpResponse
from itsdangerous import BadSignature, URLSafeTimedSerializer

from engage import jobs
from engage.consultations import local_date
from engage.db import db
from engage.orm import utc_now
from engage.throttle import Guard, Throttle
from reports.documents.familywords import EASY_VERDICTS, VERDICT_WORDS
from reports.loop import trails
from reports.publishing import drafts, takeouts
from reports.words import wording
from surveys import pictures, services, visits
from surveys.codes import CodeError
from surveys.editions import speaking
from surveys.models import Response
from surveys.questions import Edition, Message, has_pictures
from surveys.questions.words import tidy

blueprint = Blueprint("receipts", __name__)
UNKNOWN = Message(
    "We do not know this code. Check each letter and number.",
    "We do not know this code. Check each letter and number.",
)
TOO_OFTEN = Message(
    "Too many wrong codes. Please wait ten minutes and try again.",
    "There were too many wrong codes. Please wait ten minutes. Then try again.",
)
NOT_THE_SAME = Message(
    "This is not the code of these answers. Check each letter and number.",
    "This code is for other answers. Check each letter and number.",
)
WINDOW = dt.timedelta(minutes=10)
NOTE_LASTS = dt.timedelta(minutes=30)
#: The same code again and again, and addresses: a whole class may sit behind one. While many are
#: wrong all together each address has to slow down, and nobody else.
wrong_codes = Throttle(limit=8, window=WINDOW)
wrong_addresses = Guard(calm=600, tight=40, alarm=1_000, window=WINDOW)
#: The pictures of the words that stand in each template itself.
DRAWN = {
    "reports/your_code.html": "code find list done private next paper",
    "reports/your_answers.html": (
        "take_out count quote doing calendar private code read change stop list thanks"
        " write dont_know group languages different_views no_words tell send"
    ),
    "reports/take_out.html": "count take_out quote stop private read safe list",
    "reports/taken_out.html": "count quote stop take_out safe thanks list",
}


class _NotFoundError(ValueError):
    """No response belongs to what was typed; the message says so kindly."""

    def __init__(self, message: Message | str, status: int) -> None:
        self.message, self.status = message, status
        super().__init__(str(message))


@blueprint.get("/your-answers")
def ask() -> HttpResponse:
    """Ask for the code that was shown when the answers were sent."""
    return _asking("reports/your_code.html", _wanted())


@blueprint.post("/your-answers")
def show() -> HttpResponse:
    """Show what was answered and what became of it, or say kindly that the code is not known."""
    code = _typed()
    try:
        found = _response(code)
    except _NotFoundError as mistake:
        return _asking("reports/your_code.html", _wanted(), mistake, code=code)
    return _shown("reports/your_answers.html", found)


@blueprint.post("/your-answers/words")
def words() -> HttpResponse:
    """Show somebody's own words as well, once the code has been typed a second time."""
    try:
        noted = _noted()
    except _NotFoundError as mistake:
        return _asking("reports/your_code.html", _wanted(), mistake)
    try:
        _response(_typed(), noted)
    except _NotFoundError as mistake:
        return _shown("reports/your_answers.html", noted, mistake)
    return _shown("reports/your_answers.html", noted, with_words=True)


@blueprint.post("/your-answers/take-out")
def take_out() -> HttpResponse:
    """Say what taking the answers out will do, and ask whether to do it."""
    return _about_noted("reports/take_out.html")


@blueprint.post("/your-answers/taken-out")
def taken_out() -> HttpResponse:
    """Take the answers out, and say what was done and what cannot be undone."""
    done = _about_noted("reports/taken_out.html", _take_out)
    # Who looks next must not see the words again in a page that this browser still keeps.
    done.headers["Clear-Site-Data"] = '"cache"'
    return done


def _about_noted(template: str, act: Callable[[Response], None] | None = None) -> HttpResponse:
    """Show a page about the response that a note names, after doing what was asked."""
    try:
        found = _noted()
    except _NotFoundError as mistake:
        return _asking("reports/your_code.html", _wanted(), mistake)
    counted = services.is_in_snapshot(db.session(), found.id)
    if act is not None:
        act(found)
        db.session.commit()
    elif found.withdrawn_at is not None:
        template = "reports/your_answers.html"
    return _shown(template, found, counted=counted)


def _take_out(found: Response) -> None:
    session, now = db.session(), utc_now()
    services.withdraw(session, found, secret=_secret(), now=now)
    drafts.erase_after(session, found)
    for publication in takeouts.publications_quoting(session, found.id):
        jobs.enqueue(session, takeouts.JOB, publication.id, asked_by="respondent", now=now)


def _typed() -> str:
    return tidy(request.form.get("code", ""))[:40]


def _response(code: str, noted: Response | None = None) -> Response:
    """Return the response behind a code; every wrong code counts against guessing.

    With `noted` the code has to be that response's own.
    """
    now, address = utc_now(), request.remote_addr or ""
    watched: tuple[tuple[Throttle | Guard, str], ...] = (
        (wrong_codes, noted.id if noted else code),
        (wrong_addresses, address),
    )
    if not all(throttle.allows(source, now) for throttle, source in watched):
        raise _NotFoundError(TOO_OFTEN, 429)
    try:
        found = services.response_for_receipt(db.session(), code, secret=_secret())
        mistake: Message | str = UNKNOWN if found is None else NOT_THE_SAME
    except CodeError as error:
        found, mistake = None, str(error)
    if found is None or (noted and found.id != noted.id):
        for throttle, source in watched:
            throttle.count(source, now)
        raise _NotFoundError(mistake, 400)
    return found


def _noted() -> Response:
    """Return the response of the signed note in a form; it replaces the code for a while."""
    try:
        identity = _signer().loads(
            request.form.get("note", ""), max_age=int(NOTE_LASTS.total_seconds())
        )
    except BadSignature:
        identity = ""
    found = db.session.get(Response, str(identity))
    if found is None or found.submitted_at is None:
        raise _NotFoundError(UNKNOWN, 400)
    return found


def _asking(
    template: str, edition: Edition, mistake: _NotFoundError | None = None, code: str = ""
) -> HttpResponse:
    said = speaking.say(mistake.message, edition) if mistake else ""
    page = speaking.render(template, edition, code=code, mistake=said, **_frame(template, edition))
    return _private(page, mistake.status if mistake else 200)


def _shown(
    template: str,
    found: Response,
    mistake: _NotFoundError | None = None,
    *,
    with_words: bool = False,
    counted: bool | None = None,
) -> HttpResponse:
    edition = trails.edition_of(found)
    trail = trails.trail_of(db.session(), found, local_date(utc_now()))
    page = speaking.render(
        template,
        edition,
        trail=trail,
        answers=trails.answers_of(db.session(), found, with_words=with_words),
        with_words=with_words,
        counted=services.is_in_snapshot(db.session(), found.id) if counted is None else counted,
        mistake=speaking.say(mistake.message, edition) if mistake else "",
        note=_signer().dumps(found.id),
        demo=trail.is_demo,
        verdict_words=VERDICT_WORDS,
        easy_verdicts=EASY_VERDICTS,
        **_frame(template, edition, trails.pictures_of(db.session(), found, trail)),
    )
    return _private(page, mistake.status if mistake else 200)


def _frame(template: str, edition: Edition, more: frozenset[str] = frozenset()) -> dict[str, Any]:
    """Return what all of these pages need besides their own words."""
    drawn = more.union(DRAWN[template].split()) if has_pictures(edition) else ()
    return {
        "date": wording.date,
        "sprite": pictures.address(drawn) if drawn else "",
        "switch_sprite": pictures.address(("easy_read",)),
    }


def _wanted() -> Edition:
    return visits.wanted_edition("standard")


def _private(html: str, status: int = 200) -> HttpResponse:
    response = make_response(html, status)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(_secret(), salt="receipt note")


def _secret() -> str:
    secret: str = current_app.extensions["engage_settings"].secret_key
    return secret
