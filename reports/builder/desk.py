"""Staff views of the builder: the parts of the report in order, texts, and who has to agree."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from werkzeug.wrappers import Response

from engage import taxonomy
from engage.consultations import local_date
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from reports.builder import agreed
from reports.builder.forms import EasyCheckForm, TextForm
from reports.desks.life_forms import values
from reports.documents.document import STATUS_WORDS
from reports.entries import arranging, easy_checks, standing
from reports.models import Entry, Report
from reports.models.life import CoOwner
from reports.publishing import drafts, inspection, services
from reports.words import wording
from reports.words.sections import ABOUT, OWED
from surveys import pictures

blueprint = Blueprint("builder_desk", __name__, url_prefix="/desk/consultations/<slug>/report")
MOVED = {"up": "moved up", "down": "moved down", "top": "moved to the top"}


@blueprint.get("/builder/")
def overview(slug: str) -> str:
    """Show what the report is made of, in order, and who has to agree to it."""
    report, session = _report(slug), db.session()
    return render_template(
        "reports/builder/overview.html",
        plan=report.consultation,
        report=report,
        parts=arranging.arranged(report),
        title=arranging.title,
        about=ABOUT,
        owed=OWED,
        groups=_groups(report),
        agreements=agreed.agreements(session, report),
        draft=drafts.kept(session, report),
        running=drafts.running(session, report),
        latest=services.latest(session, report),
        stands=standing.standing,
        status_words=STATUS_WORDS,
        at=request.args.get("at", ""),
        way=request.args.get("way", ""),
        date=wording.date,
        demo=report.consultation.is_demo,
    )


@blueprint.post("/builder/parts/<key>")
def arrange(slug: str, key: str) -> Response:
    """Move a part, leave it out or put it in; the page comes back to the same button."""
    report, act = _report(slug), request.form.get("act", "")
    known = {"actor": current_user.id, "now": utc_now()}
    try:
        if act in {"show", "hide"}:
            part = arranging.show(db.session(), report, key, shown=act == "show", **known)
            said = "is in the report" if act == "show" else "is left out"
        else:
            part = arranging.move(db.session(), report, key, _way(act), **known)
            said = f"is {MOVED[act]}"
    except arranging.ArrangementError as mistake:
        flash(str(mistake), "error")
        return _back(slug)
    words = f"“{arranging.title(part)}” {said}."
    db.session.commit()
    flash(words, "done")
    return _back(slug, at=f"part-{key}", way=act)


@blueprint.post("/builder/entries/<key>")
def arrange_entry(slug: str, key: str) -> Response:
    """Move an entry among those of its ambition; the page comes back to the same button."""
    act = request.form.get("act", "")
    found = _entry(slug, key)
    place, of = arranging.move_entry(
        db.session(), found, _way(act), actor=current_user.id, now=utc_now()
    )
    words = f"“{found.title}” is now number {place} of {of} in its ambition."
    db.session.commit()
    flash(words, "done")
    return _back(slug, at=f"entry-{key}", way=act)


@blueprint.get("/builder/text", defaults={"key": ""})
@blueprint.get("/builder/text/<key>")
def text(slug: str, key: str) -> str:
    """Show a text of one's own to write in, or an empty one."""
    report = _report(slug)
    return _text_page(report, key, TextForm(obj=_text(report, key) if key else None))


@blueprint.post("/builder/text", defaults={"key": ""})
@blueprint.post("/builder/text/<key>")
def save_text(slug: str, key: str) -> Any:
    """Keep a text, only try its words, or delete it."""
    report, form, act = _report(slug), TextForm(request.form), request.form.get("act", "")
    known = {"actor": current_user.id, "now": utc_now()}
    if act == "delete":
        _text(report, key)
        arranging.drop_text(db.session(), report, key, **known)
        db.session.commit()
        flash("The text is deleted.", "done")
        return _back(slug)
    if not form.validate():
        return _text_page(report, key, form), 400
    if act == "check":
        return _text_page(report, key, form, tried=True)
    try:
        part = arranging.write_text(db.session(), report, form.text(), key=key, **known)
    except arranging.ArrangementError as mistake:
        db.session.rollback()
        return _text_page(_report(slug), key, form, mistake=str(mistake)), 400
    at = f"part-{part.key}"
    db.session.commit()
    flash("The text is saved. Move it to its place.", "done")
    return _back(slug, at=at, way="down")


@blueprint.get("/builder/easy-read")
def easy_check(slug: str) -> str:
    """Show who has checked the easy read so far, and the form for a new check."""
    return _check_page(_report(slug), EasyCheckForm())


@blueprint.post("/builder/easy-read")
def keep_easy_check(slug: str) -> Any:
    """Keep that a group of readers checked the easy read as it stands."""
    report, form = _report(slug), EasyCheckForm(request.form)
    if not form.validate():
        return _check_page(report, form), 400
    try:
        easy_checks.record(
            db.session(), report, **values(form), actor=current_user.id, now=utc_now()
        )
    except easy_checks.EasyCheckError as mistake:
        return _check_page(report, form, str(mistake)), 400
    db.session.commit()
    flash("The check is kept. A changed line makes it unchecked again.", "done")
    return _back(slug)


@blueprint.post("/builder/signatures/<body>")
def ask(slug: str, body: str) -> Response:
    """Ask a body to sign every answer that it was not asked about yet."""
    report = _report(slug)
    wanted = CoOwner.consultation_id == report.consultation_id, CoOwner.code == body
    found = db.session.scalar(select(CoOwner).where(*wanted)) or abort(404)
    asked = agreed.ask_everywhere(db.session(), report, found, actor=current_user.id, now=utc_now())
    words = f"{found.name} is asked to sign {wording.plural(asked, 'answer', 'answers')} more."
    db.session.commit()
    flash(words, "done")
    return _back(slug)


def _groups(report: Report) -> list[tuple[str, list[Entry]]]:
    """Return the entries by ambition in the order of the strategy, as they will be published."""
    terms = taxonomy.terms("ambitions", local_date(utc_now()))
    known = {term.code for term in terms}
    groups = [
        (term.label, [one for one in report.entries if one.ambition == term.code]) for term in terms
    ]
    rest = [one for one in report.entries if one.ambition not in known]
    return [(label, inside) for label, inside in (*groups, ("Other things", rest)) if inside]


def _text_page(
    report: Report, key: str, form: TextForm, mistake: str = "", *, tried: bool = False
) -> str:
    easy, plain = form.easy_words.data or "", form.words.data or ""
    return render_template(
        "reports/builder/text.html",
        plan=report.consultation,
        key=key,
        form=form,
        mistake=mistake,
        tried=tried,
        faults=inspection.easy_faults([easy]),
        details=inspection.private_details([form.heading.data or "", plain]),
        advice=inspection.easy_advice([easy]),
        pictures=pictures.table().values(),
        demo=report.consultation.is_demo,
    )


def _check_page(report: Report, form: EasyCheckForm, mistake: str = "") -> str:
    return render_template(
        "reports/builder/easy_check.html",
        plan=report.consultation,
        report=report,
        form=form,
        mistake=mistake,
        in_force=easy_checks.in_force(report),
        date=wording.date,
        demo=report.consultation.is_demo,
    )


def _way(act: str) -> arranging.Way:
    return next((way for way in arranging.WAYS if way == act), None) or abort(400)


def _text(report: Report, key: str) -> Any:
    texts = (part for part in report.sections if part.kind == "text" and part.key == key)
    return next(texts, None) or abort(404)


def _report(slug: str) -> Report:
    plan = plan_or_404(slug)
    return services.find_report(db.session(), plan) or abort(404)


def _entry(slug: str, key: str) -> Entry:
    statement = select(Entry).where(Entry.report_id == _report(slug).id, Entry.key == key)
    return db.session.scalar(statement) or abort(404)


def _back(slug: str, at: str | None = None, way: str | None = None) -> Response:
    return redirect(url_for(".overview", slug=slug, at=at, way=way), 303)
