"""Respondents' pages: one question a page, saved on Continue, in two editions, without scripts.

A GET changes nothing. A page whose next page was shown has been committed.
"""

from typing import Any

from flask import Blueprint, current_app, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response as AnyResponse

from engage.db import db
from engage.orm import utc_now
from surveys import forms, presenting, routing, screens, services, visits
from surveys.models import Survey
from surveys.questionnaire import Page, Questionnaire
from surveys.questions import Edition, other_edition
from surveys.respondents import Place
from surveys.services.answering import ON_SCREEN
from surveys.visits import Visit

blueprint = Blueprint("respond", __name__, url_prefix="/s")
blueprint.after_request(visits.never_store)
blueprint.add_app_template_filter(screens.linked, "linked")

CHECK = "check"
AGAIN = "again"


@blueprint.get("/<slug>/")
def start(slug: str) -> ResponseReturnValue:
    """Tell people what taking part means, and let them say yes or no with equal ease."""
    session, now = db.session(), utc_now()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    plan = visits.consultation_at(session, place)
    visit = visits.current(session, slug, now)
    edition = visits.wanted_edition(visit.edition if visit else read.default_edition)
    around = presenting.around(slug, read, edition, place.is_demo)
    state = place.state(now)
    if state != "open":
        words = screens.closed(plan) if state == "closed" else screens.not_open(plan)
        sprite = presenting.passages(edition, words.easy, screens.SWITCH)
        return render_template(f"surveys/{state}.html", words=words, sprite=sprite, **around)
    page = presenting.start(around, read, plan, lost="again" in request.args)
    saved = presenting.saved_note(place.audience) if _has_begun(visit) else None
    return render_template("surveys/start.html", **page, saved=saved)


@blueprint.post("/<slug>/take-part")
def take_part(slug: str) -> ResponseReturnValue:
    """Begin a response on yes, or carry on with one; on no keep nothing, not even a beginning."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    read = visits.questionnaire_at(session, place)
    edition = visits.wanted_edition(read.default_edition)
    visit = visits.current(session, slug, utc_now())
    said = request.form.get("answer")
    if visit is not None and _has_begun(visit):
        if said == "yes":
            return _carry_on(visit, edition)
        services.discard(session, visit.response)
        db.session.commit()
    if said in ("yes", AGAIN):
        return _begin(place, read, edition)
    return visits.forget(_to("respond.no_thanks", slug, edition=edition), slug)


@blueprint.get("/<slug>/no-thanks")
def no_thanks(slug: str) -> ResponseReturnValue:
    """Say that no is fine."""
    place = visits.place_or_404(db.session(), slug)
    read = visits.questionnaire_at(db.session(), place)
    edition = visits.wanted_edition(read.default_edition)
    return render_template(
        "surveys/no_thanks.html",
        words=read.no_thanks,
        sprite=presenting.passages(edition, read.no_thanks.easy),
        **presenting.around(slug, read, edition, place.is_demo),
    )


@blueprint.get("/<slug>/q/<page_id>")
def question(slug: str, page_id: str) -> ResponseReturnValue:
    """Ask one question, with the answer given before if there is one."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not _is_being_written(visit):
        return _elsewhere(slug, visit)
    page = visit.questionnaire.page(page_id)
    if page is None or page not in routing.path(visit.questionnaire, visit.answers):
        return _to(f"respond.{CHECK}", slug)
    return _asked(visit, page)


@blueprint.post("/<slug>/q/<page_id>")
def answer(slug: str, page_id: str) -> ResponseReturnValue:
    """Keep the answer and go on; a mistake shows the page again with everything typed."""
    visit = visits.current(db.session(), slug, utc_now())
    page = visit.questionnaire.page(page_id) if visit else None
    if visit is None or page is None:
        return _elsewhere(slug, visit)
    then = request.form.get("then", "")
    mistake = _keep(visit, page, skip=then == "skip")
    if mistake is not None:
        return mistake
    db.session.commit()
    if then == "later":
        return _to("respond.start", slug, saved=1, edition=visit.edition)
    return _onwards(visit, page)


@blueprint.post("/<slug>/edition")
def edition(slug: str) -> ResponseReturnValue:
    """Keep what is on the page, then show the same page in the other edition.

    An answer that cannot be kept stays on the page too, with what is wrong in the new words.
    """
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None:
        return _elsewhere(slug, visit)
    page = visit.questionnaire.page(request.form.get("page", ""))
    mistake = _keep(visit, page, skip=False) if page else None
    services.switch_edition(
        db.session(), visit.response, other_edition(visit.edition), now=utc_now()
    )
    db.session.commit()
    if page is not None and mistake is not None:
        return _keep(visit.in_other_edition(), page, skip=False) or mistake
    return _to_page(slug, page, **_coming_back())


@blueprint.get("/<slug>/help-now")
def help_now(slug: str) -> ResponseReturnValue:
    """Show who can help, straight after an unhappy answer or whenever somebody asks for help."""
    place = visits.place_or_404(db.session(), slug)
    visit = visits.current(db.session(), slug, utc_now())
    read = visit.questionnaire if visit else visits.questionnaire_at(db.session(), place)
    edition = visit.edition if visit else visits.wanted_edition(read.default_edition)
    return render_template(
        "surveys/help_now.html",
        words=read.help_now,
        told="after" in request.args,
        plan=visits.consultation_at(db.session(), place),
        go_on=_after_help(slug, visit),
        sprite=presenting.passages(edition, read.help_now.easy, screens.HELP),
        **presenting.around(slug, read, edition, place.is_demo),
    )


@blueprint.get("/<slug>/check")
def check(slug: str) -> ResponseReturnValue:
    """Show every answer before it is sent, each with a way to change it."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None or not _is_being_written(visit):
        return _elsewhere(slug, visit)
    return render_template("surveys/check.html", **presenting.check(visit))


@blueprint.post("/<slug>/check")
def send(slug: str) -> ResponseReturnValue:
    """Send the answers; pressing twice sends once."""
    visit = visits.current(db.session(), slug, utc_now())
    if visit is None:
        return _elsewhere(slug, visit)
    services.submit(db.session(), visit.response, secret=str(current_app.secret_key), now=utc_now())
    db.session.commit()
    return _to("respond.thanks", slug)


@blueprint.get("/<slug>/thanks")
def thanks(slug: str) -> ResponseReturnValue:
    """Thank, show the receipt code, and say what happens when."""
    session = db.session()
    place = visits.place_or_404(session, slug)
    visit = visits.current(session, slug, utc_now())
    if visit is None or visit.response.submitted_at is None:
        return _to(f"respond.{CHECK}" if visit else "respond.start", slug)
    code = services.receipt_code(session, visit.response, secret=str(current_app.secret_key))
    plan = visits.consultation_at(session, place)
    around = presenting.around(slug, visit.questionnaire, visit.edition, place.is_demo)
    page = presenting.thanks(around, visit.questionnaire, plan)
    return render_template("surveys/thanks.html", code=code, **page)


@blueprint.errorhandler(services.SurveyError)
def refused(error: services.SurveyError) -> ResponseReturnValue:
    """Send people to the page that says why: already sent, closed, or not open yet."""
    db.session.rollback()
    slug = str((request.view_args or {}).get("slug", ""))
    sent = isinstance(error, services.AlreadySentError)
    return _to("respond.thanks" if sent else "respond.start", slug)


def _is_being_written(visit: Visit) -> bool:
    return visit.response.submitted_at is None and visit.response.state(utc_now()) == "open"


def _has_begun(visit: Visit | None) -> bool:
    return visit is not None and visit.response.submitted_at is None


def _begin(place: Place, read: Questionnaire, edition: Edition) -> AnyResponse:
    """Start a response and show its first question."""
    session = db.session()
    survey = session.get_one(Survey, place.survey_id)
    response = services.start_response(
        session, survey, edition=edition, channel=ON_SCREEN[edition], now=utc_now()
    )
    db.session.commit()
    reply = _to_page(place.slug, routing.next_page(read, {}))
    return visits.remember(reply, place.slug, place.audience, response.id)


def _carry_on(visit: Visit, edition: Edition) -> AnyResponse:
    """Go on after the page that was saved last, in the edition that is being read now."""
    if edition != visit.edition:
        services.switch_edition(db.session(), visit.response, edition, now=utc_now())
        db.session.commit()
    reached = visit.questionnaire.page(visit.response.reached or "")
    page = routing.next_page(visit.questionnaire, visit.answers, reached.id if reached else "")
    return _to_page(visit.response.slug, page)


def _elsewhere(slug: str, visit: Visit | None) -> AnyResponse:
    """Send people on whose page cannot be shown: nothing found, already sent, or closed."""
    if visit is None:
        return _to("respond.start", slug, again=1)
    sent = visit.response.submitted_at is not None
    return _to("respond.thanks" if sent else "respond.start", slug)


def _keep(visit: Visit, page: Page, *, skip: bool) -> ResponseReturnValue | None:
    """Save one page; return the same page with its mistake when it cannot be kept."""
    stored = visit.stored(page)
    form = forms.form_for(visit.questionnaire, page, visit.edition)(request.form, stored)
    if not skip and not form.validate():
        return _asked(visit, page, sent=form.sent, error=form.error)
    sent = () if skip else form.sent
    visit.answers[page.question.code] = services.record_page(
        db.session(), visit.response, page, sent, now=utc_now(), stored=stored
    )
    return None


def _asked(
    visit: Visit, page: Page, *, sent: tuple[str, ...] | None = None, error: str = ""
) -> str:
    context = presenting.question(visit, page, sent=sent, error=error)
    return render_template("surveys/question.html", **context, **_coming_back())


def _onwards(visit: Visit, page: Page) -> AnyResponse:
    """Go to help after an unhappy answer, back to checking, or to the next question."""
    slug = visit.response.slug
    if set(visit.stored(page)) & set(page.question.unhappy):
        return _to("respond.help_now", slug, after=page.id, **_coming_back())
    return _to_page(slug, _following(visit, page), **_coming_back())


def _following(visit: Visit, page: Page) -> Page | None:
    """Return the next page; somebody changing an answer sees only questions it has opened."""
    if not _coming_back():
        return routing.next_page(visit.questionnaire, visit.answers, page.id)
    opened = routing.opened_by(visit.questionnaire, visit.answers, page)
    return opened[0] if opened else None


def _after_help(slug: str, visit: Visit | None) -> str:
    """Return where "continue" leads: back to the page that was open, or on to the next one."""
    if visit is None or visit.response.submitted_at is not None:
        return ""
    page = visit.questionnaire.page(request.args.get("page", ""))
    after = visit.questionnaire.page(request.args.get("after", ""))
    if after is not None:
        page = _following(visit, after)
    elif page is None:
        return ""
    return _to_page(slug, page, **_coming_back()).location or ""


def _coming_back() -> dict[str, str]:
    """Return the mark that leads back to "check your answers" after a change."""
    return {"back_to": CHECK} if request.values.get("back_to") == CHECK else {}


def _to_page(slug: str, page: Page | None, **values: str) -> AnyResponse:
    """Redirect to a page, or to "check your answers" when there is none left."""
    if page is None:
        return _to(f"respond.{CHECK}", slug)
    return _to("respond.question", slug, page_id=page.id, **values)


def _to(endpoint: str, slug: str, **values: Any) -> AnyResponse:
    return redirect(url_for(endpoint, slug=slug, **values), 303)
