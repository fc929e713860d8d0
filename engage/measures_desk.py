"""The staff page of our own measures: what asking brought, how it went, and what came of it.

It stands under the roof because it needs every room, and the clock of reading for safety.
"""

from itertools import groupby

from flask import Blueprint, abort, current_app, make_response, render_template
from flask import Response as FlaskResponse

from engage import consultations
from engage.consultations import Consultation
from engage.db import db
from engage.orm import utc_now
from engage.safeguarding import reading
from engage.settings import Settings
from reports.engagement import gathering, measured
from reports.engagement.measured import Measure
from surveys.models import Survey

blueprint = Blueprint("measures", __name__, url_prefix="/desk/consultations/<slug>/measures")


@blueprint.get("/")
def show(slug: str) -> str:
    """Show each measure with what it means, its value and its base."""
    plan = _plan(slug)
    found = sorted(_measures(plan), key=lambda one: list(measured.TITLES).index(one.group))
    groups = [
        (title, [list(same) for _, same in groupby(inside, key=lambda one: one.name)])
        for group, title in measured.TITLES.items()
        if (inside := [one for one in found if one.group == group])
    ]
    return render_template(
        "reports/desk_measures.html",
        plan=plan,
        groups=groups,
        not_measured=measured.NOT_MEASURED,
        demo=plan.is_demo,
    )


@blueprint.get("/measures.csv")
def file(slug: str) -> FlaskResponse:
    """Hand out the same as a table."""
    plan = _plan(slug)
    response = make_response(measured.sheet(_measures(plan)).csv())
    response.mimetype = "text/csv"
    name = f"measures-{plan.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _measures(plan: Consultation) -> tuple[Measure, ...]:
    session, now, settings = db.session(), utc_now(), _settings()
    mine = reading.lines(session, settings, Survey.consultation_id == plan.id)
    return gathering.measures(
        session,
        plan,
        read_in_time=reading.share_in_time(mine, now),
        settings=settings,
        now=now,
    )


def _plan(slug: str) -> Consultation:
    return consultations.by_slug(db.session(), slug) or abort(404)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings
