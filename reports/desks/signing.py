"""Where a body of families signs and judges: its own pages, which the council cannot use."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from wtforms import Form

from engage import audit
from engage.db import db
from engage.orm import utc_now
from reports.desks.life_forms import SignForm, VerdictForm, values
from reports.documents import sentences
from reports.documents.document import STATUS_WORDS
from reports.entries import answers, approvals, standing
from reports.models import Entry, Report
from reports.models.life import CoOwner
from reports.publishing import since
from reports.words import wording

blueprint = Blueprint("signing", __name__, url_prefix="/desk/signing")


@blueprint.get("/")
def listed() -> str:
    """List the answers of one's consultations, those that wait for a signature first."""
    bodies = approvals.bodies_of(db.session(), current_user.id)
    plans = [body.consultation_id for body in bodies]
    found = db.session.scalars(
        select(Entry).join(Report).where(Report.consultation_id.in_(plans)).order_by(Entry.position)
    ).all()
    names = {body.name for body in bodies}
    waiting = [one for one in found if _waits(one, names)]
    return render_template(
        "reports/signing_list.html",
        bodies=bodies,
        waiting=waiting,
        others=[one for one in found if one not in waiting and one.response_type],
        stands=standing.standing,
        status_words=STATUS_WORDS,
        demo=any(one.report.consultation.is_demo for one in found),
    )


@blueprint.get("/<entry_id>")
def show(entry_id: str) -> str:
    """Show an answer beside what families said, with both forms."""
    return _page(*_mine(entry_id))


@blueprint.post("/<entry_id>/signature")
def sign(entry_id: str) -> Any:
    """Sign the answer as it stands, or refuse."""
    return _kept(entry_id, SignForm(request.form), approvals.sign, "Your signature is kept.")


@blueprint.post("/<entry_id>/verdict")
def judge(entry_id: str) -> Any:
    """Say whether families feel the answer."""
    form = VerdictForm(request.form)
    return _kept(
        entry_id, form, approvals.give_verdict, "Your verdict is kept. Nobody can remove it."
    )


def _kept(entry_id: str, form: Form, keep: Callable[..., object], done: str) -> Any:
    found, body = _mine(entry_id)
    if not form.validate():
        return _page(found, body, form), 400
    try:
        keep(db.session(), found, body, **values(form), actor=current_user.id, now=utc_now())
        since.ask_for_files(db.session(), found, actor=current_user.id, now=utc_now())
    except approvals.ApprovalError as mistake:
        db.session.rollback()
        return _page(*_mine(entry_id), form, str(mistake)), 400
    db.session.commit()
    flash(done, "done")
    return redirect(url_for(".show", entry_id=entry_id), 303)


def _page(found: Entry, body: CoOwner, bound: Form | None = None, mistake: str = "") -> str:
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="entry", object_id=found.id,
        now=utc_now(),
    )  # fmt: skip
    return render_template(
        "reports/signing_entry.html",
        entry=found,
        body=body,
        answer=answers.answer(found),
        words=standing.family_words(found),
        signing=bound if isinstance(bound, SignForm) else SignForm(),
        judging=bound if isinstance(bound, VerdictForm) else VerdictForm(),
        mistake=mistake,
        status_of=sentences.status,
        signed=sentences.signature,
        felt=sentences.verdict,
        date=wording.date,
        demo=found.report.consultation.is_demo,
    )


def _mine(entry_id: str) -> tuple[Entry, CoOwner]:
    """Return an entry and the body one speaks for on it, or 404: others' answers are not shown."""
    found = db.session.get(Entry, entry_id) or abort(404)
    bodies = approvals.bodies_of(db.session(), current_user.id)
    plan = found.report.consultation_id
    body = next((one for one in bodies if one.consultation_id == plan), None) or abort(404)
    return found, body


def _waits(entry: Entry, names: set[str]) -> bool:
    states = standing.state_of(entry)
    return any(states.get(name) == "waiting" for name in names) and entry.response_type is not None
