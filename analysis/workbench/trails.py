"""What was decided, by whom and why; taking it back; and the code frame version by version."""

import json
from collections.abc import Sequence
from typing import Any

from flask import abort, request
from flask_security import current_user

from analysis.decided import changes, decisions, frame, trail
from analysis.models.records import Change
from analysis.models.store import Theme
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

SHOWN, LAST_PAGE = 25, 100_000
FIELDS = {
    "name": "Name", "easy_name": "Easy-read name", "means": "Means", "includes": "Includes",
    "excludes": "Excludes", "example": "Example", "parent_id": "Broader theme",
    "starter_code": "Starter code", "ambition": "Ambition",
}  # fmt: skip


@blueprint.get("/trail")
def of_all(slug: str) -> str:
    """Show every decision of the consultation, newest first, page by page."""
    consultation = plan_or_404(slug)
    page = min(max(request.args.get("page", 1, type=int), 1), LAST_PAGE)
    skip = (page - 1) * SHOWN
    found = trail.of_consultation(db.session(), consultation.id, SHOWN + 1, skip)
    return desk.page(
        "trail", consultation, theme=None, page=page, is_more=len(found) > SHOWN,
        **_shown(found[:SHOWN]),
    )  # fmt: skip


@blueprint.get("/<theme_id>/trail")
def of_theme(slug: str, theme_id: str) -> str:
    """Show every decision about one theme, also when it is out of use."""
    consultation = plan_or_404(slug)
    found = db.session.get(Theme, theme_id)
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    made = {one.change_id for one in found.decisions}
    whole = [one for one in (db.session.get(Change, key) for key in made if key) if one]
    whole.sort(key=lambda one: -one.number)
    return desk.page(
        "trail", consultation, theme=found, decisions=list(reversed(found.decisions)),
        **_shown(whole),
    )  # fmt: skip


@blueprint.post("/undo/<change_id>")
def undo(slug: str, change_id: str) -> Any:
    """Take one change back exactly, unless the same things have changed since."""
    consultation = plan_or_404(slug)
    found = db.session.get(Change, change_id)
    if found is None or found.consultation_id != consultation.id:
        abort(404)
    try:
        decisions.undo(db.session(), found, actor=current_user.id, now=utc_now())
    except (changes.ChangedSinceError, trail.DecisionError) as mistake:
        return desk.refused(slug, "of_all", mistake)
    there = _where(found)
    return desk.done(
        slug,
        there.pop("endpoint"),
        "Taken back. Everything it touched is as it was before.",
        **there,
    )


def _where(undone: Change) -> dict[str, Any]:
    """Return where a change was taken back: at its page of the trail, or beside its comment."""
    page = request.form.get("page", 1, type=int)
    if undone.response_id is None or request.form.get("from") == "trail":
        return {"endpoint": "of_all", "page": page if page > 1 else None}
    answer = {"response_id": undone.response_id, "question": undone.question}
    return {"endpoint": "read", "_anchor": "panel", **answer, **_order()}


@blueprint.get("/frame")
def versions(slug: str) -> str:
    """List the versions of the code frame, and compare any two of them."""
    consultation = plan_or_404(slug)
    found = frame.versions(db.session(), consultation.id)
    number = {version.number: version for version in found}
    one = number.get(request.args.get("one", 0, type=int))
    other = number.get(request.args.get("other", 0, type=int))
    return desk.page(
        "frame", consultation, versions=list(reversed(found)), one=one, other=other,
        differences=frame.compare(one, other) if one and other else None, fields=FIELDS,
        names=_names(consultation), people=desk.people(),
    )  # fmt: skip


def _order() -> dict[str, Any]:
    order = request.form.get("order", "")
    return {"order": order} if order else {}


def _names(consultation: Consultation) -> dict[str, str]:
    rows = db.session.query(Theme).filter_by(consultation_id=consultation.id)
    return {theme.id: theme.name for theme in rows}


def _shown(found: Sequence[Change]) -> dict[str, Any]:
    """Return changes with the names of the themes they touched and what can be taken back."""
    touched = {one.id: list(json.loads(one.after)["themes"]) for one in found}
    wanted = {key for keys in touched.values() for key in keys}
    themes = db.session.query(Theme).filter(Theme.id.in_(wanted))
    return {
        "changes": found,
        "touched": touched,
        "theme_names": {theme.id: theme.name for theme in themes},
        "answers": {one.id: len(json.loads(one.after)["answers"]) for one in found},
        "taken_back": changes.undone(db.session(), [one.id for one in found]),
        "people": desk.people(),
    }
