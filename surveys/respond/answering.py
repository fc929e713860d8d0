"""Asking one question, keeping its answer, changing the edition, and help at once.

The two busiest views go by a plain connection: a session would cost more than their statements.
"""

import datetime as dt

from flask import Response, abort, current_app, request, url_for
from flask.typing import ResponseReturnValue
from sqlalchemy import Connection
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from engage.db import db
from engage.orm import utc_now
from engage.throttle import Throttle, connection
from surveys import forms, fragments, grownups, presenting, routing, screens, services, visits
from surveys.editions import languages, speaking
from surveys.forms import PageForm
from surveys.models import Upload
from surveys.questionnaire import Page
from surveys.questions import AnswerError, Edition, Values, other_edition
from surveys.respond import moves
from surveys.respond.moves import blueprint
from surveys.services import uploads
from surveys.visits import Visit

FILE_FIELD = "answer-file"
LATER, BACK, HELP_NOW = "later", "back", "help"
#: Back for somebody whose answer cannot be kept: as it was before, by their own choice.
LEAVE = "leave"
#: What a form of a question sends beside what was written on it.
OF_THE_FORM = frozenset({"csrf_token", "token", "edition", "then", "at"})
LONGEST_PART = 3
FILES_WINDOW = dt.timedelta(minutes=10)
#: Files that are looked at, kept or not; a class of thirty sends one each, and some twice.
FILES_OF_RESPONSE = Throttle(limit=30, window=FILES_WINDOW)
FILES_OF_ADDRESS = Throttle(limit=200, window=FILES_WINDOW)


@blueprint.get("/<slug>/q/<page_id>")
def question(slug: str, page_id: str) -> ResponseReturnValue:
    """Ask one question, with the answer given before if there is one."""
    now = utc_now()
    with db.engine.connect() as database:
        visit = visits.current(database, slug, now)
    if visit is None or not moves.is_being_written(visit, now):
        return moves.elsewhere(slug, visit)
    page = visit.questionnaire.page(page_id)
    if page is None or not _is_on_path(visit, page):
        return moves.to(f"respond.{moves.CHECK}", slug)
    if grownups.stands_before(visit, page):
        return moves.to("respond.grown_up", slug)
    return fragments.question(visit, page, moves.coming_back(), part=_part())


@blueprint.post("/<slug>/q/<page_id>")
def answer(slug: str, page_id: str) -> ResponseReturnValue:
    """Keep the answer and go on; a mistake shows the page again with everything typed."""
    now = utc_now()
    with db.engine.connect() as database:
        visit = visits.current(database, slug, now)
        then = request.form.get("then", "")
        if visit is None or not moves.is_being_written(visit, now):
            return _help(slug, visit) if then == HELP_NOW else moves.elsewhere(slug, visit)
        page = visit.questionnaire.page(page_id)
        if page is None or then in forms.HELP:
            return _helped(visit, page) if page else moves.elsewhere(slug, visit)
        if then == LEAVE:
            return visits.remember(_back(visit, page), slug, visit.audience, visit.token)
        file = _file(database, visit, page) if then != "skip" or _fields_of_part(page) else ""
        mistake = _keep(database, visit, page, file, skip=then == "skip")
        if mistake is not None:
            return _help(slug, visit, page) if then == HELP_NOW else mistake
        if then == LATER:
            secret = str(current_app.secret_key)
            services.return_code(database, visit.response, secret=secret, now=now)
        database.commit()
    return visits.remember(_next(visit, page, then), slug, visit.audience, visit.token)


@blueprint.post("/<slug>/edition")
def edition(slug: str) -> ResponseReturnValue:
    """Keep what is on the page, then show the same page in another edition.

    An answer that cannot be kept stays on the page too, with what is wrong in the new words.
    """
    now = utc_now()
    with db.engine.connect() as database:
        visit = visits.current(database, slug, now)
        if visit is None or not moves.is_being_written(visit, now):
            return moves.elsewhere(slug, visit)
        page = visit.questionnaire.page(request.form.get("page", ""))
        file = _file(database, visit, page) if page else ""  # it can be read only once
        mistake = _keep(database, visit, page, file) if page else None
        wanted = _wanted(visit)
        services.switch_edition(database, visit.response, wanted, now=now)
        database.commit()
        if page is not None and mistake is not None:
            return _keep(database, visit.in_edition(wanted), page, file) or mistake
    page = page or visit.questionnaire.page(request.form.get("at", ""))
    reply = moves.to_page(slug, page, **moves.coming_back())
    return visits.remember(reply, slug, visit.audience, visit.token)


@blueprint.get("/<slug>/help-now")
def help_now(slug: str) -> ResponseReturnValue:
    """Show who can help, straight after an unhappy answer or whenever somebody asks for help."""
    return _help(slug, visits.current(db.session(), slug, utc_now()))


@blueprint.get("/<slug>/upload/<upload_id>")
def upload(slug: str, upload_id: str) -> ResponseReturnValue:
    """Show somebody the picture they have sent themselves, and nobody else's."""
    visit = visits.current(db.session(), slug, utc_now())
    found = db.session.get(Upload, upload_id)
    if visit is None or found is None or found.response_id != visit.response.id:
        abort(404)
    return Response(found.content, mimetype=found.media_type)


def _help(slug: str, visit: Visit | None, page: Page | None = None) -> str:
    """Show who can help; what was written on a page and cannot be kept yet waits meanwhile."""
    place = visits.place_or_404(db.session(), slug)
    read = visit.questionnaire if visit else visits.questionnaire_at(db.session(), place)
    edition = visits.readable_edition(read, visit)
    written = request.form.items(multi=True) if page else ()
    return speaking.render(
        "surveys/help_now.html",
        edition,
        words=read.help_now,
        told="after" in request.args,
        plan=visits.consultation_at(db.session(), place),
        go_on=_after_help(slug, visit),
        is_sent=visit is not None and visit.response.submitted_at is not None,
        asked=page,
        carried=[pair for pair in written if pair[0] not in OF_THE_FORM],
        sprite=presenting.passages(edition, read.help_now.easy, screens.HELP),
        **{**presenting.around(slug, read, edition, place.is_demo), "can_leave": True},
    )


def _next(visit: Visit, page: Page, then: str) -> AnyResponse:
    """Lead from a page that was kept to where its button says."""
    slug = visit.response.slug
    if then == LATER:
        return moves.to("respond.later", slug)
    if then == HELP_NOW:
        return moves.to("respond.help_now", slug, page=page.id, **moves.coming_back())
    return _back(visit, page) if then == BACK else _onwards(visit, page)


def _back(visit: Visit, page: Page) -> AnyResponse:
    """Go to the part or page before, to the list of answers, or to the very beginning."""
    slug, told = visit.response.slug, (visit.questionnaire, visit.answers, page.id, visit.audience)
    if _part() > 1:
        return moves.to_page(slug, page, part=str(_part() - 1), **moves.coming_back())
    if moves.coming_back():
        return moves.to(f"respond.{moves.CHECK}", slug)
    before = routing.previous_page(*told)
    if before is None:
        return moves.to("respond.start", slug, edition=visit.edition)
    return moves.to_page(slug, before)


def _is_on_path(visit: Visit, page: Page) -> bool:
    return page in routing.path(visit.questionnaire, visit.answers, visit.audience)


def _keep(
    database: Connection,
    visit: Visit,
    page: Page,
    file: str | AnswerError = "",
    *,
    skip: bool = False,
) -> ResponseReturnValue | None:
    """Save one page; return the same page with its mistake when it cannot be kept."""
    stored = visit.stored(page)
    form = _form(visit, page, stored)
    if not skip or _fields_of_part(page):
        if isinstance(file, AnswerError):
            form.refuse(file)
        elif file:
            form.put(file)
        if form.mistake is not None or not form.validate():
            return _asked(visit, page, form)
    values = () if skip and not _fields_of_part(page) else form.values
    try:
        services.keep_page(database, visit.response, page, values, stored)
    except AnswerError as error:
        form.refuse(error)
        return _asked(visit, page, form)
    visit.answers[page.question.code] = values
    return None


def _file(database: Connection, visit: Visit, page: Page) -> str | AnswerError:
    """Keep a file that came with the page; return its id, what is wrong with it, or nothing."""
    sent = request.files.get(FILE_FIELD) if page.question.takes_file else None
    there = sent is not None and sent.filename
    return keep_file(database, visit, page, sent.read()) if sent and there else ""


def file_of_page(visit: Visit) -> str:
    """Keep a file of a page that is left for the list of editions; return its id, or nothing.

    A file that cannot be kept is said to be wrong when its page is sent.
    """
    page = visit.questionnaire.page(request.form.get("page", ""))
    with db.engine.connect() as database:
        kept = _file(database, visit, page) if page else ""
    return kept if isinstance(kept, str) else ""


def keep_file(database: Connection, visit: Visit, page: Page, content: bytes) -> str | AnswerError:
    """Keep a file that somebody has sent and return its id, or what is wrong with it.

    Cleaning a file costs more than anything else on these pages, so each response and each address
    gets only so many in a while.
    """
    now, mine, source = utc_now(), visit.response.id, connection(request.remote_addr or "")
    if not (FILES_OF_RESPONSE.allows(mine, now) and FILES_OF_ADDRESS.allows(source, now)):
        return AnswerError(uploads.TOO_MANY)
    FILES_OF_RESPONSE.count(mine, now)
    FILES_OF_ADDRESS.count(source, now)
    try:
        with Session(bind=database) as session:
            kept = uploads.keep(session, mine, page.question, content).id
            session.commit()  # which ends nothing: the connection is in a transaction of its own
    except AnswerError as error:
        return error
    database.commit()  # a mistake elsewhere on the page must not take the file back
    return kept


def _wanted(visit: Visit) -> Edition:
    """Return the edition that was asked for if it is on offer, or the one of the quick switch."""
    wanted = visits.wanted_edition(other_edition(visit.edition))
    production = current_app.extensions["engage_settings"].is_production
    offered = languages.is_on_offer(
        db.session(), visit.response.survey_id, visit.questionnaire, wanted, production=production
    )
    return wanted if offered else visit.edition


def _helped(visit: Visit, page: Page) -> str:
    """Show the page again with what it could find, for example a district; nothing is saved."""
    form = _form(visit, page, visit.stored(page))
    form.assist()
    return _asked(visit, page, form)


def _asked(visit: Visit, page: Page, form: PageForm) -> str:
    context = presenting.question(visit, page, form, part=_part())
    context.update(moves.coming_back())
    context["turned_back"] = bool(form.mistake) and request.form.get("then") == BACK
    return speaking.render("surveys/question.html", visit.edition, **context)


def _form(visit: Visit, page: Page, stored: Values) -> PageForm:
    """Return the form of a page with what was sent; a skipped line of it was sent empty."""
    part = _fields_of_part(page)
    sent: MultiDict[str, str] = request.form
    if part and sent.get("then") == "skip":
        sent = MultiDict([pair for pair in sent.items(multi=True) if pair[0] not in part])
    return forms.form_for(visit.questionnaire, page, visit.edition)(sent, stored, part)


def _part() -> int:
    """Return which page of a question is meant, counting from 1."""
    named = request.values.get("part", "")
    return int(named) if named.isdecimal() and len(named) < LONGEST_PART else 1


def _fields_of_part(page: Page) -> tuple[str, ...]:
    """Return the fields that the page which was sent asked for; none when it asked for all."""
    parts = page.question.parts("easy") if request.form.get("part") else ()
    return parts[min(max(_part(), 1), len(parts)) - 1] if parts else ()


def _onwards(visit: Visit, page: Page) -> AnyResponse:
    """Go to help after an unhappy answer, back to checking, or to the next question."""
    slug = visit.response.slug
    if _fields_of_part(page):
        more = page.question.part_after(_part(), visit.stored(page), "easy")
        if more is not None:
            return moves.to_page(slug, page, part=str(more), **moves.coming_back())
    if set(visit.stored(page)) & set(page.question.unhappy):
        return moves.to("respond.help_now", slug, after=page.id, **moves.coming_back())
    return moves.to_page(slug, _following(visit, page), **moves.coming_back())


def _following(visit: Visit, page: Page) -> Page | None:
    """Return the next page; somebody changing an answer sees only questions it has opened."""
    told = visit.questionnaire, visit.answers
    if not moves.coming_back():
        return routing.next_page(*told, page.id, visit.audience)
    opened = routing.opened_by(*told, page, visit.audience)
    return opened[0] if opened else None


def _after_help(slug: str, visit: Visit | None) -> str:
    """Return where "continue" leads: back to the page that was open, or on to the next one."""
    if visit is None:
        return ""
    if visit.response.submitted_at is not None:
        about = request.args.get("about", "")
        to_it = url_for("respond.about_you_question", slug=slug, page_id=about or "-")
        return to_it if about else ""
    page = visit.questionnaire.page(request.args.get("page", ""))
    after = visit.questionnaire.page(request.args.get("after", ""))
    if after is not None:
        page = _following(visit, after)
    elif page is None:
        return ""
    return moves.to_page(slug, page, **moves.coming_back()).location or ""
