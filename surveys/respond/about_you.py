"""Questions about the person, after the answers have been sent: a gate, then one a page.

What is answered here is kept apart from the answers; every question can be left out.
"""

from typing import Any

from flask import current_app, redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from engage.consultations import local_date
from engage.db import db
from engage.orm import utc_now
from surveys import ages, equality, forms, presenting, services, visits
from surveys.editions import speaking
from surveys.forms import PageForm
from surveys.questionnaire import Page
from surveys.questions import EDITION_FACTS, Edition, Line, Values, shown
from surveys.respond import moves
from surveys.respond.moves import blueprint
from surveys.visits import Visit

_PICTURES = ("yes", "no", "next", "skip", "back", "stop", "code", "write")
SKIP, FINISH, BACK, LEAVE, HELP_NOW = "skip", "finish", "back", "leave", "help"
_FIXED = tuple(Line("", name) for name in _PICTURES)


class _About:
    """A visit to the questions about the person: the block, its pages and what was said."""

    def __init__(self, visit: Visit) -> None:
        self.visit = visit
        self.block = equality.block(local_date(utc_now()))
        session = db.session()
        self.consultation_id = visits.place_or_404(session, visit.response.slug).consultation_id
        self.given = services.given_so_far(
            session, self.consultation_id, visit.response.id, secret=_secret()
        )
        told = visit.questionnaire, visit.answers
        self._pages = self.block.asked(
            child=ages.may_be_under_16(*told), age_known=ages.age_known(*told)
        )

    @property
    def path(self) -> tuple[Page, ...]:
        """Return the pages that follow from what was said so far."""
        return self.block.path(self._pages, self.given)

    @property
    def edition(self) -> Edition:
        """Return the edition that is read; a language that lacks these words gets English."""
        edition = self.visit.edition
        there = edition in self.block.questionnaire.languages
        return edition if there or not EDITION_FACTS[edition].is_translated else "standard"

    def page(self, page_id: str) -> Page | None:
        """Return a page of the path."""
        return next((page for page in self.path if page.id == page_id), None)

    def beside(self, page: Page, step: int) -> Page | None:
        """Return the page before (-1) or after (1)."""
        place = self.path.index(page) + step
        return self.path[place] if 0 <= place < len(self.path) else None

    def keep(self, page: Page, values: Values) -> None:
        """Keep an answer, and take back what no longer follows from it."""
        self._write(page, values)
        self.given = {**self.given, page.question.code: values}
        for other in self.block.questionnaire.pages:
            if self.given.get(other.question.code) and not self.block.leads_to(other, self.given):
                self._write(other, ())
                self.given.pop(other.question.code)

    def _write(self, page: Page, values: Values) -> None:
        services.keep_equality(
            db.session(), self.consultation_id, self.visit.response.id, page.question.code,
            values, wording=self.block.version, secret=_secret(), now=utc_now(),
        )  # fmt: skip


def is_offered(visit: Visit) -> bool:
    """Tell whether this person is asked about themselves: once sent, and never at a kiosk."""
    place = visits.place_or_404(db.session(), visit.response.slug)
    return bool(
        visit.questionnaire.equality
        and visit.response.submitted_at is not None
        and not visit.is_kiosk
        and services.takes_answers(db.session(), place.consultation_id)
    )


@blueprint.get("/<slug>/about-you")
def about_you(slug: str) -> ResponseReturnValue:
    """Ask whether somebody wants to answer questions about themselves; no is as easy as yes."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not is_offered(visit):
        return moves.elsewhere(slug, visit)
    about = _About(visit)
    words = about.block.questionnaire.start
    sprite = presenting.passages(about.edition, words.easy, _FIXED)
    code = services.receipt_code(db.session(), visit.response, secret=_secret())
    return _rendered("surveys/about_you.html", about, words=words, sprite=sprite, code=code)


@blueprint.post("/<slug>/about-you")
def about_you_choice(slug: str) -> ResponseReturnValue:
    """Go to the first question on yes; on no the answers are finished."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not is_offered(visit):
        return moves.elsewhere(slug, visit)
    if request.form.get("answer") != "yes":
        return moves.to("respond.thanks", slug)
    return _to(slug, _About(visit).path[0])


@blueprint.get("/<slug>/about-you/<page_id>")
def about_you_question(slug: str, page_id: str) -> ResponseReturnValue:
    """Ask one question about the person."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not is_offered(visit):
        return moves.elsewhere(slug, visit)
    about = _About(visit)
    page = about.page(page_id)
    return _asked(about, page) if page else moves.to("respond.about_you", slug)


@blueprint.post("/<slug>/about-you/<page_id>")
def about_you_answer(slug: str, page_id: str) -> ResponseReturnValue:
    """Keep the answer apart, and go where the button says; help comes whatever was ticked."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not is_offered(visit):
        return moves.elsewhere(slug, visit)
    about = _About(visit)
    page = about.page(page_id)
    if page is None:
        return moves.to("respond.about_you", slug)
    then = request.form.get("then", "")
    if then != LEAVE:
        form = _form(about, page)
        if then == SKIP or form.validate():
            about.keep(page, () if then == SKIP else form.values)
            db.session.commit()
        elif then != HELP_NOW:
            return _asked(about, page, form)
    return _next(about, page, then)


def _form(about: _About, page: Page) -> PageForm:
    stored = about.given.get(page.question.code, ())
    return forms.form_for(about.block.questionnaire, page, about.edition)(request.form, stored)


def _next(about: _About, page: Page, then: str) -> AnyResponse:
    """Lead to help, the end, the page before (the gate, from the first one), or the next."""
    slug = about.visit.response.slug
    if then == HELP_NOW:
        return moves.to("respond.help_now", slug, about=page.id)
    if then in (BACK, LEAVE):
        return redirect(_address(slug, about.beside(page, -1)), 303)
    return moves.to("respond.thanks", slug) if then == FINISH else _to(slug, about.beside(page, 1))


def _asked(about: _About, page: Page, form: PageForm | None = None) -> str:
    asked, edition = page.question, about.edition
    stored = about.given.get(asked.code, ())
    options = (Line("", option.picture) for option in asked.options)
    sprite = presenting.passages(edition, _FIXED, options, (Line("", asked.picture),))
    error = form.error if form else ""
    ready = shown(asked, edition, stored, form.sent if form else None, error, sprite=sprite)
    return _rendered(
        "surveys/about_you_question.html",
        about,
        page=page,
        question=asked,
        q=ready,
        answered=bool(stored),
        turned_back=bool(error) and request.form.get("then") == BACK,
        number=about.path.index(page) + 1,
        errors=[{"href": f"#{ready.error_field}", "text": error}] if error else [],
        sprite=sprite,
    )


def _rendered(template: str, about: _About, **context: Any) -> str:
    visit = about.visit
    demo = visit.response.is_demo
    around = presenting.around(visit.response.slug, visit.questionnaire, visit.edition, demo)
    return speaking.render(template, about.edition, **{**around, **context})


def _address(slug: str, page: Page | None) -> str:
    if page is None:
        return url_for("respond.about_you", slug=slug)
    return url_for("respond.about_you_question", slug=slug, page_id=page.id)


def _to(slug: str, page: Page | None) -> AnyResponse:
    if page is None:
        return moves.to("respond.thanks", slug)
    return moves.to("respond.about_you_question", slug, page_id=page.id)


def _secret() -> str:
    return str(current_app.secret_key)
