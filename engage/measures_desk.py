"""The staff pages of our own measures: what asking brought, how it went, and what came of it.

They stand under the roof because they need every room, and the clock of reading for safety.
"""

from itertools import groupby
from typing import Any

from flask import (
    Blueprint,
    abort,
    current_app,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask import Response as FlaskResponse
from flask_security import current_user

from engage import measuring
from engage.consultations import Consultation, local_date
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from engage.settings import Settings
from reports.desks.measure_forms import EnterForm
from reports.engagement import entering, handlines, measured
from reports.engagement.byhand import ENTERED, ByHand
from reports.engagement.defined import TITLES
from reports.engagement.measured import Measure
from reports.representation import baselines

blueprint = Blueprint("measures", __name__, url_prefix="/desk/consultations/<slug>/measures")


@blueprint.get("/")
def show(slug: str) -> str:
    """Show each measure with what it means, its value, its base, its day and its trend."""
    plan = plan_or_404(slug)
    found = _measures(plan)
    groups = [
        (title, [list(same) for _, same in groupby(inside, key=lambda one: one.key)])
        for group, title in TITLES.items()
        if (inside := [one for one in found if one.defined.group == group])
    ]
    return render_template(
        "reports/desk_measures.html",
        plan=plan,
        groups=groups,
        entered=ENTERED,
        not_measured=measured.NOT_MEASURED,
        demo=plan.is_demo,
    )


@blueprint.get("/measures.csv")
def file(slug: str) -> FlaskResponse:
    """Hand out the same as a table."""
    plan = plan_or_404(slug)
    response = make_response(measured.sheet(_measures(plan)).csv())
    response.mimetype = "text/csv"
    name = f"measures-{plan.slug}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@blueprint.get("/by-hand/<key>")
def by_hand(slug: str, key: str) -> str:
    """Show the form in which a number is entered, and what was entered before."""
    plan, one = plan_or_404(slug), _entered(key)
    return _form_page(plan, one, EnterForm.of(one, data={"out_of": _everybody(one)}))


@blueprint.post("/by-hand/<key>")
def enter(slug: str, key: str) -> Any:
    """Keep a number that somebody looked up elsewhere."""
    plan, one = plan_or_404(slug), _entered(key)
    form = EnterForm.of(one, request.form)
    if not form.validate():
        return _form_page(plan, one, form), 400
    actor, now = current_user.id, utc_now()
    try:
        entering.enter(db.session(), plan, one, form.typed(), actor=actor, now=now)
    except entering.EnteringError as mistake:
        db.session.rollback()
        return _form_page(plan_or_404(slug), one, form, str(mistake)), 400
    db.session.commit()
    flash("The number is kept, with your name and its source.", "done")
    return redirect(url_for(".by_hand", slug=slug, key=key), 303)


def _form_page(plan: Consultation, one: ByHand, form: EnterForm, mistake: str = "") -> str:
    rows = [row for row in entering.history(db.session(), plan) if row.measure == one.key]
    current = {row.id for row in entering.in_force(rows)}
    names = entering.names(db.session(), rows)
    return render_template(
        "reports/desk_measure_by_hand.html",
        plan=plan,
        one=one,
        form=form,
        mistake=mistake,
        history=[(row, _seen(one, row), names[row.entered_by]) for row in reversed(rows)],
        current=current,
        demo=plan.is_demo,
    )


def _seen(one: ByHand, row: Any) -> str:
    """Write what was entered, as whoever reads it may see it; who wrote it knows it anyway."""
    mine = row.entered_by == current_user.id
    if one.adds_up and not mine:
        return "In the sum"
    return handlines.shown(one, row, 0 if mine else _settings().threshold)


def _everybody(one: ByHand) -> int | None:
    """Return how many there are in the county, where a figure about it is known."""
    known = baselines.in_force(db.session(), local_date(utc_now()))
    found = [row.value for row in known if row.key in one.baselines]
    return int(sum(found)) if found else None


def _measures(plan: Consultation) -> tuple[Measure, ...]:
    return measuring.take(db.session(), plan, settings=_settings(), now=utc_now())


def _entered(key: str) -> ByHand:
    return ENTERED.get(key) or abort(404)


def _settings() -> Settings:
    settings: Settings = current_app.extensions["engage_settings"]
    return settings
