"""Fewer, broader or more, finer themes: how many there would be, what that does, and choosing."""

from typing import Any

from flask import redirect, request
from flask_security import current_user

from analysis.decided.trees import NoTreeKeptError
from analysis.runs import foreseen, regroupings, undecided
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from analysis.workbench.forms import NumberForm
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now


@blueprint.get("/number")
def number(slug: str) -> Any:
    """Show how many themes there could be and, for a number that was chosen, what it would do."""
    return _page(slug, NumberForm(request.args))


@blueprint.post("/number")
def turn(slug: str) -> Any:
    """Put the number of themes that somebody has weighed on the worker's list."""
    consultation = plan_or_404(slug)
    run, form = desk.run_of(consultation), NumberForm(request.form)
    if not form.validate():
        return _page(slug, form), 400
    try:
        job = regroupings.ask(
            db.session(), run, themes=form.themes.data or 1, why=form.why.data or "",
            actor=current_user.id, now=utc_now(),
        )  # fmt: skip
    except (NoTreeKeptError, regroupings.NothingToRegroupError) as mistake:
        return desk.refused(slug, "number", mistake)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


def _page(slug: str, form: NumberForm) -> str:
    consultation = plan_or_404(slug)
    run, shown = desk.run_of(consultation), None
    try:
        found = undecided.standing(db.session(), run)
    except NoTreeKeptError as mistake:
        return desk.page("number", consultation, form=form, nothing=str(mistake), shown=None)
    form.most = found.tree.leaves
    if form.themes.raw_data and (form.validate() or not form.themes.errors) and found.free:
        shown = foreseen.foresee(
            db.session(), run, found, form.themes.data or 1, threshold=desk.threshold()
        )
    return desk.page(
        "number", consultation, form=form, nothing="", shown=shown, found=found,
        choices=foreseen.choices(found), now=len(found.open) + len(found.kept),
    )  # fmt: skip
