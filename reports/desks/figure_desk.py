"""Staff view of what became of every published number since."""

from flask import Blueprint, abort, current_app, render_template

from engage.consultations import by_slug, local_date
from engage.db import db
from engage.orm import utc_now
from reports.publishing import checking, services

blueprint = Blueprint(
    "figure_desk", __name__, url_prefix="/desk/consultations/<slug>/report/figures"
)


@blueprint.get("/")
def checked(slug: str) -> str:
    """Count every figure of the newest version again and say which no longer match, and why."""
    session = db.session()
    plan = by_slug(session, slug) or abort(404)
    report = services.find_report(session, plan) or abort(404)
    newest = services.latest(session, report)
    settings, now = current_app.extensions["engage_settings"], utc_now()
    found = None
    if newest is not None:
        found = checking.check(session, newest, settings=settings, now=now)
    return render_template(
        "reports/desk_figures.html",
        plan=plan,
        report=report,
        checked=found,
        line=checking.found_on(found, local_date(now)) if found else "",
        demo=plan.is_demo,
    )
