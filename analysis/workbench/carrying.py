"""Carrying on: late answers join the approved frame, and next year starts from this year's."""

from typing import Any

from flask import abort, flash, redirect, request, url_for
from flask_security import current_user
from werkzeug.wrappers import Response

from analysis.decided import queries
from analysis.runs import carrying_on, late
from analysis.workbench import desk
from analysis.workbench.desk import blueprint
from engage.consultations import by_slug
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from surveys.services import SurveysNotClosedError


@blueprint.get("/late")
def carry(slug: str) -> str:
    """Show who is late, where late comments went, and how themes fared from year to year."""
    consultation, session = plan_or_404(slug), db.session()
    run = queries.latest_run(session, consultation.id)
    earlier = carrying_on.earlier(session, consultation)
    return desk.page(
        "late", consultation, run=run, themes=queries.themes(session, consultation.id),
        waiting=desk.protected_count(late.waiting(session, run)) if run else None,
        joined=_joined(run) if run else [],
        frames=carrying_on.frames(session, consultation), earlier=earlier,
        notes=carrying_on.notes_since(session, earlier, consultation) if earlier else [],
        trends=carrying_on.trends(session, consultation, threshold=desk.threshold())
        if earlier else [],
    )  # fmt: skip


@blueprint.post("/late")
def join_late(slug: str) -> Response:
    """Put the joining of late answers on the worker's list."""
    consultation = plan_or_404(slug)
    try:
        job = late.ask(db.session(), consultation, actor=current_user.id, now=utc_now())
    except (carrying_on.NoFrameError, late.NothingLateError, SurveysNotClosedError) as mistake:
        return desk.refused(slug, "carry", mistake)
    db.session.commit()
    return redirect(f"/desk/jobs/{job.id}", 303)


@blueprint.post("/late/frame")
def carry_frame(slug: str) -> Response:
    """Start this consultation from the approved themes of an earlier one."""
    consultation = plan_or_404(slug)
    source = by_slug(db.session(), request.form.get("from", "")) or abort(404)
    try:
        carried = carrying_on.carry_frame(
            db.session(), source, consultation, actor=current_user.id, now=utc_now()
        )
    except (carrying_on.NoFrameError, carrying_on.FrameThereError) as mistake:
        return desk.refused(slug, "carry", mistake)
    db.session.commit()
    flash(f"{len(carried)} themes are carried on. Approve each anew: it may fit no more.", "done")
    return redirect(url_for(".carry", slug=slug), 303)


def _joined(run: Any) -> list[tuple[Any, Any]]:
    """Return the themes that late comments joined, with people as they may be shown."""
    found = carrying_on.late_people(db.session(), run)
    return [(theme, desk.protected_count(people)) for theme, people in found]
