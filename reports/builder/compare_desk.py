"""Staff view of two versions of a report beside each other: words and figures that changed."""

from flask import Blueprint, abort, render_template, request
from flask_security import current_user
from sqlalchemy.orm import Session

from engage import audit
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from reports.builder import beside
from reports.counting import figures
from reports.documents import versions
from reports.documents.document import Document, from_json
from reports.models import Report
from reports.publishing import drafts, services, takeouts
from reports.words import wording

DRAFT = "draft"
blueprint = Blueprint("compare_desk", __name__, url_prefix="/desk/consultations/<slug>/report")


@blueprint.get("/compare")
def compare(slug: str) -> str:
    """Show two versions side by side; by default the newest one and the draft."""
    plan = plan_or_404(slug)
    report = services.find_report(db.session(), plan) or abort(404)
    choices = _choices(db.session(), report)
    names = list(choices)
    old, new = request.args.get("old", ""), request.args.get("new", "")
    chosen = (old or next(iter(names[1:2]), ""), new or next(iter(names[:1]), ""))
    if any(name and name not in choices for name in chosen):
        abort(404)
    pair = [_document(db.session(), report, name) for name in chosen if name]
    found = (beside.rows(*pair), versions.changes(*pair)) if len(pair) == len(chosen) else None
    if DRAFT in chosen and found:
        _note_read(report)
    return render_template(
        "reports/builder/compare.html",
        plan=plan,
        choices=choices,
        old=chosen[0],
        new=chosen[1],
        rows=found[0] if found else (),
        changes=found[1] if found else None,
        everything=request.args.get("all") == "yes",
        cell=figures.cell,
        demo=plan.is_demo,
    )


def _choices(session: Session, report: Report) -> dict[str, str]:
    """Return what can be compared by its name, the newest first: the built draft, then versions."""
    made = drafts.kept(session, report)
    found = {DRAFT: "Draft, as it was built last"} if made else {}
    for one in reversed(report.publications):
        found[f"v{one.version}"] = f"Version {one.version}, {wording.date(one.published_at.date())}"
    return found


def _document(session: Session, report: Report, name: str) -> Document:
    if name == DRAFT:
        return drafts.document_of(session, report) or abort(404)
    one = next(one for one in report.publications if f"v{one.version}" == name)
    stored = from_json(one.document)
    return takeouts.without(stored, takeouts.taken_from(session, one, stored))


def _note_read(report: Report) -> None:
    """Record who read the draft: it holds words that nobody approved."""
    audit.record_read(
        db.engine, actor=current_user.id, verb="read", object_type="draft", object_id=report.id,
        now=utc_now(),
    )  # fmt: skip
