"""Staff pages of the safeguarding desk: the list, one text, a page of low ones, log, lateness.

Every page that shows words records who reads them before they are shown. Addresses, titles and
messages hold nothing of a case.
"""

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    flash,
    redirect,
    render_template,
    request,
    url_for,
)
from flask.typing import ResponseReturnValue
from flask_security import current_user
from sqlalchemy import ColumnElement

from engage import audit
from engage.db import db
from engage.orm import utc_now
from engage.safeguarding import acts, order, reading, services
from engage.safeguarding.decisions import DECISIONS, QUICK_REASONS
from engage.safeguarding.models import HOLD_FROM, TOGETHER_BELOW, SafeguardingItem
from engage.safeguarding.verdicts import SafeguardingError, Verdict, moment_of
from engage.settings import Settings

blueprint = Blueprint("safeguarding_desk", __name__, url_prefix="/desk/safeguarding")
BAD_REQUEST = 400
PAGE, TOGETHER_PAGE = 50, 10
STATES = {
    reading.WAITING: "Not read yet", reading.SECOND: "Wait for a second reader",
    reading.SETTLED: "Decided",
}  # fmt: skip
WHO = {"": "Everybody", "young": "Under-18 surveys", "others": "Other surveys"}


@blueprint.get("/")
def queue() -> str:
    """List texts without their words: what to open first, by when, and who holds it."""
    state = request.args.get("state", reading.WAITING)
    who, mine = request.args.get("who", ""), request.args.get("mine") == "yes"
    chosen = _chosen(state if state in STATES else reading.WAITING, who, mine=mine)
    page, pages = _page_of(len(chosen))
    return render_template(
        "safeguarding/queue.html",
        lines=chosen[(page - 1) * PAGE : page * PAGE],
        total=len(chosen),
        page=page,
        pages=pages,
        state=state,
        who=who,
        mine=mine,
        states=STATES,
        people=WHO,
        low=len(_together()),
        late=_late(),
        **_shared(),
    )


@blueprint.get("/late")
def late() -> str:
    """Show what is or was read too late, and the share read in time."""
    found, now = reading.lines(db.session(), _settings()), utc_now()
    behind = [line for line in found if line.is_late(now)]
    in_time, judged = reading.share_in_time(found, now)
    return render_template(
        "safeguarding/late.html",
        waiting=[line for line in behind if line.read_at is None],
        before=[line for line in behind if line.read_at is not None][:PAGE],
        in_time=in_time,
        judged=judged,
        **_shared(),
    )


@blueprint.get("/log")
def log() -> str:
    """Show who decided what, the newest first; reasons stand with each text."""
    _note_reading("read_safeguarding_log", "safeguarding_log", "all")
    total = acts.how_many(db.session())
    page, pages = _page_of(total)
    shown = acts.log_of(db.session(), limit=PAGE, skip=(page - 1) * PAGE)
    return render_template(
        "safeguarding/log.html", moments=acts.by_moment(shown), total=total, page=page,
        pages=pages, start=(page - 1) * PAGE + 1, end=(page - 1) * PAGE + len(shown),
        **_shared(),
    )  # fmt: skip


@blueprint.get("/together")
def together() -> str:
    """Show a page of low texts, to be read one after the other and taken as read at once."""
    return _together_page()


@blueprint.post("/together")
def take_together() -> ResponseReturnValue:
    """Take the texts of a page as read, if none has changed and the reader says so."""
    seen = dict(pair.split(":", 1) for pair in request.form.getlist("seen") if ":" in pair)
    if request.form.get("read") != "yes":
        return _together_page("Tick the box once you have read all of them."), BAD_REQUEST
    try:
        services.read_together(db.session(), seen, **_by_me())
    except SafeguardingError as mistake:
        db.session.rollback()
        return _together_page(str(mistake)), BAD_REQUEST
    db.session.commit()
    flash("Saved.", "done")
    return redirect(url_for(".together"), 303)


@blueprint.get("/<item_id>")
def item(item_id: str) -> str:
    """Show one text with what is known about it, and the decisions to choose from."""
    return _page(_item_or_404(item_id))


@blueprint.get("/<item_id>/files/<upload_id>")
def file(item_id: str, upload_id: str) -> Response:
    """Hand out a picture or recording, and record who took it before it leaves."""
    line = reading.line_of(db.session(), _item_or_404(item_id), _settings())
    files = reading.context(db.session(), line).files
    found = next((one for one in files if one.id == upload_id), None) or abort(404)
    _note_reading("open_upload", "upload", found.id)
    reply = Response(found.content, mimetype=found.media_type)
    reply.headers["Cache-Control"] = "private, no-store"
    reply.headers["Content-Disposition"] = "inline"
    return reply


@blueprint.post("/<item_id>/decide")
def decide(item_id: str) -> ResponseReturnValue:
    """Keep a decision with its reason; mistakes come back with what was typed."""
    found = _item_or_404(item_id)
    try:
        services.decide(db.session(), found, _verdict(), **_by_me())
    except SafeguardingError as mistake:
        db.session.rollback()
        return _page(_item_or_404(item_id), mistake), BAD_REQUEST
    db.session.commit()
    flash("Saved.", "done")
    return redirect(url_for(".queue"), 303)


@blueprint.post("/<item_id>/confirm")
def confirm(item_id: str) -> ResponseReturnValue:
    """Agree as the second reader."""
    found = _item_or_404(item_id)
    form = request.form
    try:
        services.confirm(
            db.session(), found, reason=_reason(), words=form.get("words", ""),
            stands=form.get("stands", ""), **_by_me(),
        )  # fmt: skip
    except SafeguardingError as mistake:
        db.session.rollback()
        return _page(_item_or_404(item_id), mistake), BAD_REQUEST
    db.session.commit()
    flash("Saved.", "done")
    return redirect(url_for(".queue", state=reading.SECOND), 303)


def _page(found: SafeguardingItem, mistake: SafeguardingError | None = None) -> str:
    _note_reading("read_safeguarding", "safeguarding_item", found.id)
    session = db.session()
    line = reading.line_of(session, found, _settings())
    words = reading.words_of(session, [found])[found.id]
    return render_template(
        "safeguarding/item.html",
        line=line,
        words=words,
        fingerprint=reading.digest(words),
        stands=found.standing,
        about=reading.context(session, line),
        why=order.why(words),
        typed=request.form,
        mine=found.decided_by == str(current_user.id),
        wrong={mistake.field: str(mistake)} if mistake else {},
        **_shared(),
    )


def _together_page(mistake: str = "") -> str:
    lines = _together()[:TOGETHER_PAGE]
    for line in lines:
        _note_reading("read_safeguarding", "safeguarding_item", line.item.id)
    words = reading.words_of(db.session(), [line.item for line in lines])
    return render_template(
        "safeguarding/together.html",
        lines=lines,
        words=words,
        fingerprints={one: reading.digest(text) for one, text in words.items()},
        errors=[{"href": "#read", "text": mistake}] if mistake else [],
        **_shared(),
    )


def _shared() -> dict[str, Any]:
    """Return what every page of this desk needs."""
    return {
        "now": utc_now(),
        "decisions": DECISIONS,
        "quick": QUICK_REASONS,
        "level": _level,
        "demo": _settings().mode != "production",
    }


def _page_of(total: int) -> tuple[int, int]:
    """Return which page of a list was asked for, as far as there are that many, and how many."""
    pages = max(1, -(-total // PAGE))
    return min(max(request.args.get("page", 1, int), 1), pages), pages


def _chosen(state: str, who: str, *, mine: bool) -> list[reading.Line]:
    found = reading.lines(db.session(), _settings(), reading.is_state(state))
    name = current_user.display_name
    return [
        line
        for line in found
        if (not mine or name in {line.holder, line.deputy})
        and (who not in {"young", "others"} or line.is_young == (who == "young"))
    ]


def _late() -> int:
    waiting = reading.lines(db.session(), _settings(), reading.is_state(reading.WAITING))
    return sum(line.is_late(utc_now()) for line in waiting)


def _together() -> list[reading.Line]:
    condition: ColumnElement[bool] = reading.may_be_together()
    return reading.lines(db.session(), _settings(), condition)


def _verdict() -> Verdict:
    """Read the form; a quick button means no concern with the reason that stands on it."""
    form = request.form
    quick = form.get("quick", "") in QUICK_REASONS
    return Verdict(
        decision="no_concern" if quick else form.get("decision", ""),
        reason=_reason(),
        words=form.get("words", ""),
        returns=form.get("returns") == "yes",
        reference=form.get("reference", ""),
        referred_at=moment_of(form.get("referred_on", ""), form.get("referred_time", "")),
        referred_by=form.get("referred_by", ""),
        stands=form.get("stands", ""),
    )


def _reason() -> str:
    return QUICK_REASONS.get(request.form.get("quick", ""), request.form.get("reason", ""))


def _level(score: int) -> str:
    """Say in a word how soon to read something."""
    if score >= HOLD_FROM:
        return "First"
    return "Soon" if score >= TOGETHER_BELOW else "In turn"


def _by_me() -> dict[str, Any]:
    return {
        "actor": str(current_user.id),
        "now": utc_now(),
        "keep_days": _settings().safeguarding_keep_days,
    }


def _note_reading(verb: str, object_type: str, object_id: str) -> None:
    audit.record_read(
        db.engine, actor=str(current_user.id), verb=verb, object_type=object_type,
        object_id=object_id, now=utc_now(),
    )  # fmt: skip


def _item_or_404(item_id: str) -> SafeguardingItem:
    return db.session().get(SafeguardingItem, item_id) or abort(404)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings
