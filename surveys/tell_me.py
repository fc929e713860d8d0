"""Being told what happened: a page of its own, which never learns whose answers were whose.

It lies outside the address of the survey, so the browser does not send the cookie of the answers
here. All it is handed is a signed note of the survey's address and the edition that is read.
"""

import dataclasses
import datetime as dt
from typing import Any

from email_validator import EmailNotValidError, validate_email
from flask import Blueprint, abort, current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature, URLSafeSerializer

from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from engage.throttle import Throttle, connection
from surveys import pictures, presenting, services, visits
from surveys.ages import YOUNG_AUDIENCE
from surveys.editions import speaking
from surveys.questions import EDITIONS, Edition, Wording, has_pictures, is_simple
from surveys.questions.words import tidy
from surveys.respondents import Place

blueprint = Blueprint("tell_me", __name__, url_prefix="/tell-me")
blueprint.after_request(visits.never_store)

OK, BAD_REQUEST, TOO_MANY = 200, 400, 429
STEPS = ("kind", "address", "wanted")
#: Contacts from one address: a hall full of parents may share one, a machine gets no further.
kept_lately = Throttle(limit=120, window=dt.timedelta(minutes=10))
WAIT = Wording(
    "Many people have asked from this connection. Wait ten minutes, then press the button again",
    "Too many people asked. Please wait ten minutes",
)
LONGEST_ADDRESS = 400
FEWEST_DIGITS, MOST_DIGITS = 10, 15
PICTURES = ("tell", "email", "text_message", "letter", "private", "take_out", "list", "easy_read",
            "languages", "signing", "read", "paper", "done", "calendar",
            "back", "send", "write", "no", "code", "next")  # fmt: skip
CHOOSE_KIND = Wording("Choose how we should tell you", "Pick how we should tell you")
CHOOSE_FORMAT = Wording("Choose the kind of message you want", "Pick the kind of message you want")
NOT_EMAIL = Wording(
    "Enter an e-mail address like name@example.org", "Write an e-mail address like name@example.org"
)
NOT_PHONE = Wording("Enter a phone number like 07700 900000", "Write a number like 07700 900000")
NOT_POST = Wording("Enter your name and address", "Write your name and where you live")


@dataclasses.dataclass(frozen=True)
class Wish:
    """What somebody typed: how to be told, where, and in which format."""

    kind: str = ""
    address: str = ""
    wanted: str = ""

    def mistakes(self) -> dict[str, Wording]:
        """Return what is wrong, by the field it is wrong in."""
        found = {}
        if self.kind not in ADDRESS_RULES:
            found["kind"] = CHOOSE_KIND
        elif not (rule := ADDRESS_RULES[self.kind])[0](self.address):
            found["address"] = rule[1]
        if self.wanted not in services.FORMATS:
            found["wanted"] = CHOOSE_FORMAT
        return found


def note(slug: str, edition: Edition) -> str:
    """Return the signed note that leads from a survey to this page; it names nobody."""
    return str(_signer().dumps([slug, edition]))


@blueprint.get("/")
def ask() -> ResponseReturnValue:
    """Ask how and where somebody wants to be told what happened."""
    place, edition = _place()
    return _page(place, edition, Wish())


@blueprint.post("/")
def keep() -> ResponseReturnValue:
    """Keep where and how, apart from everything else."""
    place, edition = _place()
    wish = Wish(
        kind=request.form.get("kind", ""),
        address=" ".join(tidy(request.form.get("address", "")).split())[:LONGEST_ADDRESS],
        wanted=request.form.get("wanted", ""),
    )
    if mistakes := wish.mistakes():
        here = {name: mistakes[name] for name in _asked(edition) if name in mistakes}
        return _page(place, edition, wish, here), BAD_REQUEST if here else OK
    now, source = utc_now(), connection(request.remote_addr or "")
    if not kept_lately.allows(source, now):
        return _page(place, edition, wish, {_asked(edition)[-1]: WAIT}), TOO_MANY
    kept_lately.count(source, now)
    services.keep_contact(
        db.session(), place.consultation_id,
        kind=wish.kind, address=wish.address, wanted=wish.wanted, now=now,
    )  # fmt: skip
    db.session.commit()
    return redirect(url_for(".done", note=request.values.get("note", "")), 303)


@blueprint.get("/done")
def done() -> ResponseReturnValue:
    """Say that we shall tell them, and until when the address is kept."""
    place, edition = _place()
    return _rendered("surveys/tell_me_done.html", place, edition)


def _asked(edition: Edition) -> tuple[str, ...]:
    """Return what has been asked so far: in easy words one thing a page, else all at once."""
    last = request.form.get("asked", "")
    if not is_simple(edition) or last not in STEPS:
        return STEPS
    return STEPS[: STEPS.index(last) + 1]


def _page(
    place: Place, edition: Edition, wish: Wish, mistakes: dict[str, Wording] | None = None
) -> str:
    wrong = wish.mistakes()
    step = next((name for name in STEPS if name in wrong), STEPS[-1])
    said = {name: speaking.say(words, edition) for name, words in (mistakes or {}).items()}
    return _rendered(
        "surveys/tell_me.html",
        place,
        edition,
        wish=wish,
        step=step,
        mistakes=said,
        errors=[{"href": f"#{name}", "text": words} for name, words in said.items()],
    )


def _rendered(template: str, place: Place, edition: Edition, **context: Any) -> str:
    plan = db.session().get_one(Consultation, place.consultation_id)
    return speaking.render(
        template,
        edition,
        slug=place.slug,
        easy=is_simple(edition),
        demo=place.is_demo,
        note=request.values.get("note", ""),
        plan=plan,
        delete_on=services.delete_on(plan),
        sprite=pictures.address(PICTURES) if has_pictures(edition) else "",
        can_leave=place.audience == YOUNG_AUDIENCE,
        leave_to=presenting.LEAVE_TO,
        leave_sprite=presenting.sprite(edition, ("leave",)),
        **context,
    )


def _place() -> tuple[Place, Edition]:
    """Return the survey and edition that the note names; without a true note there is no page."""
    try:
        slug, named = _signer().loads(request.values.get("note", ""))
    except (BadSignature, ValueError):
        abort(404)
    edition = next((one for one in EDITIONS if one == named), None) or abort(404)
    return visits.place_or_404(db.session(), str(slug)), edition


def _signer() -> URLSafeSerializer:
    return URLSafeSerializer(str(current_app.secret_key), salt="tell me what happened")


def _is_email(address: str) -> bool:
    try:
        validate_email(address, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True


def _is_phone(address: str) -> bool:
    digits = [character for character in address if character.isdigit()]
    plain = all(character.isdigit() or character in "+ ()-" for character in address)
    return plain and FEWEST_DIGITS <= len(digits) <= MOST_DIGITS


def _is_post(address: str) -> bool:
    return len(address.split()) > 1


ADDRESS_RULES = {
    "email": (_is_email, NOT_EMAIL),
    "text": (_is_phone, NOT_PHONE),
    "post": (_is_post, NOT_POST),
}
