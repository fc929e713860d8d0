"""The staff page "who answered": one protected table for each equality question."""

from typing import Any

from flask import Blueprint, current_app, render_template
from flask_security import current_user

from analysis import equality
from engage import audit
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from engage.settings import Settings
from surveys import queries
from surveys.services import KeyDestroyedError

blueprint = Blueprint("who_answered", __name__, url_prefix="/desk/consultations/<slug>")


@blueprint.get("/who-answered")
def tables(slug: str) -> str:
    """Show how many people gave each equality answer, small numbers hidden."""
    session, now = db.session(), utc_now()
    plan = plan_or_404(slug)
    snapshot = queries.latest_snapshot(session, plan.id)
    found: tuple[equality.ProtectedTable, ...] = ()
    why_not = (
        "" if snapshot else "Close the surveys first: only answers that are fixed are counted."
    )
    if snapshot is not None:
        audit.record_read(
            db.engine, actor=str(current_user.id), verb="read_profile",
            object_type="snapshot", object_id=snapshot.id, now=now,
        )  # fmt: skip
        try:
            found = equality.profiles(session, snapshot.id, now=now, **_limits())
        except KeyDestroyedError as gone:
            why_not = str(gone)
    return render_template(
        "analysis/who_answered.html", plan=plan, tables=found, why_not=why_not, demo=plan.is_demo
    )


def _limits() -> dict[str, Any]:
    settings: Settings = current_app.extensions["engage_settings"]
    return {
        "secret": settings.secret_key,
        "threshold": settings.threshold,
        "key_days": settings.equality_key_days,
    }
