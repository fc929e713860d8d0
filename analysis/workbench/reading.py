"""Reading answers in context and saying what they are about, by form or by single keys."""

from typing import Any

from flask import abort, flash, redirect, request, session, url_for
from flask_security import current_user
from werkzeug.wrappers import Response as Reply

from analysis.decided import assisting, codings, queries, reading_order, trail
from analysis.decided.codings import About
from analysis.decided.reading_order import ORDERS, Answer, Line, Order
from analysis.models.records import QuoteCandidate
from analysis.models.store import STANCES, AnalysisRun, Reading, Theme
from analysis.preparation import translations
from analysis.workbench import desk, saying
from analysis.workbench.desk import blueprint
from engage import taxonomy
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from surveys import respondents
from surveys.models import Response, Survey, SurveyVersion
from surveys.questions import EDITION_FACTS

BEFORE, AFTER = 3, 8
BAD_REQUEST = 400
KEYS = "workbench_keys"


@blueprint.get("/read")
def read_next(slug: str) -> Reply:
    """Lead to the next unread answer in the order that was chosen."""
    run = desk.run_of(plan_or_404(slug))
    lines = _lines(run)
    line = reading_order.after(lines, _here())
    if line is None:
        flash("Every comment has been read.", "done")
        return redirect(url_for(".overview", slug=slug), 303)
    return redirect(_address(slug, line.answer), 303)


@blueprint.get("/read/<response_id>/<question>")
def read(slug: str, response_id: str, question: str) -> str:
    """Show one answer in context, redacted, with what it is about now and by whose word."""
    consultation = plan_or_404(slug)
    run, answer = desk.run_of(consultation), (response_id, question)
    _require_readable(run, answer)
    desk.note_reading("read_comment", "answer", f"{response_id}:{question}")
    return _page(consultation, run, answer)


@blueprint.post("/read/<response_id>/<question>")
def code(slug: str, response_id: str, question: str) -> Any:
    """Keep what the reader says the answer is about, and go on to the next."""
    consultation = plan_or_404(slug)
    run, answer = desk.run_of(consultation), (response_id, question)
    _require_readable(run, answer)
    in_use = {theme.id: theme for theme in queries.themes(db.session(), consultation.id)}
    before = codings.now_about(db.session(), run, answer)
    about = saying.about(request.form, in_use, before)
    if mistake := saying.mistake(request.form, about, _gone(in_use)):
        return _page(consultation, run, answer, mistake), BAD_REQUEST
    try:
        codings.code(
            db.session(), run, answer, about, actor=current_user.id, now=utc_now(),
            expected=desk.seen_version(),
        )  # fmt: skip
    except trail.ConflictError:
        return _conflict(slug, answer, about)
    db.session.commit()
    return redirect(url_for(".read_next", slug=slug, order=_order(), after=":".join(answer)), 303)


@blueprint.post("/read/<response_id>/<question>/quote")
def quote(slug: str, response_id: str, question: str) -> Reply:
    """Mark a clause as one to print, or take the mark away."""
    run, answer = desk.run_of(plan_or_404(slug)), (response_id, question)
    _require_readable(run, answer)
    clause = (*answer, request.form.get("segment", 1, type=int))
    try:
        marked = codings.mark_quote(db.session(), clause, actor=current_user.id, now=utc_now())
    except codings.QuotePermissionError as mistake:
        return _back(slug, answer, str(mistake), "error")
    db.session.commit()
    sentence = "Marked as one to print." if marked else "It is no longer marked."
    return _back(slug, answer, sentence, "done")


@blueprint.get("/read/<response_id>/<question>/hold")
def ask_hold(slug: str, response_id: str, question: str) -> str:
    """Say what holding an answer for safety will do, before it is done."""
    consultation = plan_or_404(slug)
    answer = (response_id, question)
    _require_readable(desk.run_of(consultation), answer)
    return desk.page("hold", consultation, answer=answer, order=_order())


@blueprint.post("/read/<response_id>/<question>/hold")
def hold(slug: str, response_id: str, question: str) -> Reply:
    """Take an answer out of every page and count until somebody has decided about it."""
    run, answer = desk.run_of(plan_or_404(slug)), (response_id, question)
    _require_readable(run, answer)
    codings.hold_for_safety(db.session(), run, answer, actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("Held. The safeguarding reader decides about it.", "done")
    return redirect(url_for(".read_next", slug=slug, order=_order()), 303)


@blueprint.post("/keys")
def keys(slug: str) -> Reply:
    """Turn single keys on or off for this person at this browser."""
    session[KEYS] = "off" if session.get(KEYS, "on") == "on" else "on"
    response_id, _, question = request.form.get("answer", "").partition(":")
    if not question:
        return redirect(url_for(".read_next", slug=slug), 303)
    return redirect(_address(slug, (response_id, question)), 303)


def _page(
    consultation: Consultation,
    run: AnalysisRun,
    answer: Answer,
    mistake: dict[str, str] | None = None,
) -> str:
    """Show one answer; after a mistake all that was ticked and chosen stays as it was sent."""
    lines, suggested = _lines(run), assisting.scores(db.session(), run.id, answer)
    place = next((n for n, line in enumerate(lines) if line.answer == answer), 0)
    themes = queries.themes(db.session(), consultation.id)
    themes.sort(key=lambda theme: -suggested.get(theme.id, 0))
    mine = db.session.get(Reading, answer)
    return desk.page(
        "read", consultation, answer=answer, key=":".join(answer), order=_order(), orders=ORDERS,
        clauses=queries.clauses(db.session(), run.id, answer), themes=themes,
        about={one.theme_id: one for one in codings.now_about(db.session(), run, answer)},
        reading=mine, version=request.form.get("version", mine.version if mine else 0),
        mistake=mistake, sent=request.form, place=place + 1, total=len(lines),
        read=sum(bool(line.read_by) for line in lines), near=_near(lines, place),
        previous=lines[place - 1].answer if place > 0 else None,
        following=lines[place + 1].answer if place + 1 < len(lines) else None,
        context=context_of(answer), may_quote=codings.may_quote(db.session(), answer[0]),
        quoted=_quoted(answer), stances=STANCES, history=trail.of_answer(db.session(), answer),
        last=trail.last_by(db.session(), consultation.id, current_user.id),
        people=desk.people(), suggested=suggested, keys_on=session.get(KEYS, "on") == "on",
        languages=translations.languages(db.session(), run.id),
        theme_of={source.id: theme for theme in themes for source in theme.sources},
    )  # fmt: skip


def _lines(run: AnalysisRun) -> list[Line]:
    """Return the answers to read in the order that was chosen."""
    asked = assisting.asked_before(db.session(), run.id) if _order() == "teaching" else ()
    return reading_order.in_order(desk.lines(run), _order(), asked)


def _gone(in_use: dict[str, Theme]) -> list[str]:
    """Return the names of themes that the form holds and that went out of use meanwhile."""
    sent = [key for key in saying.sent_themes(request.form) if key and key not in in_use]
    return [gone.name for key in sent if (gone := db.session.get(Theme, key))]


def _conflict(slug: str, answer: Answer, about: list[About]) -> Any:
    """Show what somebody else decided meanwhile beside what this person was about to say."""
    db.session.rollback()
    consultation = plan_or_404(slug)
    run = desk.run_of(consultation)
    theirs, there = db.session.get(Reading, answer), codings.now_about(db.session(), run, answer)
    if theirs and _in_short(there) == _in_short(about):
        flash("Somebody else has just said the same of that comment.", "done")
        return redirect(
            url_for(".read_next", slug=slug, order=_order(), after=":".join(answer)), 303
        )
    return desk.page(
        "reading_conflict", consultation, answer=answer, order=_order(), theirs=theirs,
        there=there, mine=about,
        names={theme.id: theme.name for theme in queries.themes(db.session(), consultation.id)},
        clauses=queries.clauses(db.session(), run.id, answer), typed=desk.typed(),
        languages=translations.languages(db.session(), run.id),
        version=theirs.version if theirs else 0, people=desk.people(),
    ), desk.CONFLICT  # fmt: skip


def _in_short(about: list[About]) -> set[tuple[str, str | None, tuple[int, ...]]]:
    return {(one.theme_id, one.stance, one.clauses) for one in about}


def context_of(answer: Answer) -> dict[str, str]:
    """Return the question as it was asked, and who answered it how."""
    response = db.session.get_one(Response, answer[0])
    version = db.session.get_one(SurveyVersion, response.survey_version_id)
    asked = respondents.questionnaire(db.session(), version.id, version.document_hash)
    question = asked.questions.get(answer[1])
    survey = db.session.get_one(Survey, version.survey_id)
    edition = next(name for name in EDITION_FACTS if name == response.edition)
    help_words = {term.code: term.label for term in taxonomy.history("help_used")}
    return {
        "question": question.text.in_(edition) if question else answer[1],
        "audience": survey.audience,
        "edition": EDITION_FACTS[edition].english,
        "help": help_words.get(response.help or "", ""),
        "language": EDITION_FACTS[edition].language,
    }


def _quoted(answer: Answer) -> set[int]:
    rows = db.session.query(QuoteCandidate).filter_by(response_id=answer[0], question=answer[1])
    return {row.segment for row in rows}


def _near(lines: list[Line], place: int) -> list[tuple[int, Line]]:
    start = max(0, place - BEFORE)
    return [(start + n + 1, line) for n, line in enumerate(lines[start : place + AFTER + 1])]


def _require_readable(run: AnalysisRun, answer: Answer) -> None:
    found = queries.clauses(db.session(), run.id, answer)
    if not found or found[0].set_aside_reason == codings.HELD:
        abort(404)


def _order() -> Order:
    wanted = request.values.get("order", "")
    return next((order for order in ORDERS if order == wanted), "unsure")


def _here() -> Answer | None:
    response_id, _, question = request.args.get("after", "").partition(":")
    return (response_id, question) if question else None


def _address(slug: str, answer: Answer) -> str:
    order = None if _order() == "unsure" else _order()
    return url_for(
        ".read", slug=slug, response_id=answer[0], question=answer[1], order=order,
        _anchor="panel",
    )  # fmt: skip


def _back(slug: str, answer: Answer, sentence: str, kind: str) -> Reply:
    flash(sentence, kind)
    return redirect(_address(slug, answer), 303)
