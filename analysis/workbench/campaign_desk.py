"""The campaign desk: texts that share their words, for a person to confirm, refuse or part."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from analysis.decided import queries
from analysis.models.copies_store import CopyDecision, CopyGroup
from analysis.preparation import copies, copy_decisions
from analysis.workbench.forms import REASON
from engage import audit
from engage.accounts import User
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now

BAD_REQUEST = 400
blueprint = Blueprint("campaign_desk", __name__, url_prefix="/desk/consultations/<slug>/campaigns")

STANDING = {
    "confirmed": "Campaign: its words count once",
    "not_a_campaign": "Not a campaign: every answer counts by itself",
    None: "Proposed: waiting for a person",
}
TOLD = {
    "confirmed": "Confirmed as a campaign",
    "not_a_campaign": "Not a campaign",
    "undone": "Decision undone",
    "taken_out": "One answer taken out",
    "put_back": "One answer put back",
}
ACTS: dict[str, Callable[..., CopyDecision]] = {
    "confirm": copy_decisions.confirm,
    "refuse": copy_decisions.refuse,
    "undo": copy_decisions.undo,
}
DONE = {
    "confirm": "The group is confirmed. Its words count once from the next analysis.",
    "refuse": "The group is no campaign. Every answer is analysed from the next analysis.",
    "undo": "The decision is undone. The group waits for a person again.",
}


@blueprint.get("/")
def campaigns(slug: str) -> str:
    """List the groups of shared text, undecided ones first."""
    plan = plan_or_404(slug)
    session = db.session()
    states = copies.standing(session, plan.id)
    rows = [
        (group, copies.effect(session, group, plan.id), STANDING[states.get(group.key)])
        for group in copies.groups(session, plan.id)
    ]
    return render_template(
        "analysis/campaigns.html", plan=plan, demo=plan.is_demo, rows=rows,
        run=queries.latest_run(session, plan.id), decided=states,
    )  # fmt: skip


@blueprint.get("/<group_id>")
def group(slug: str, group_id: str) -> str:
    """Show one group: the shared words, what people added, and what confirming it does."""
    plan = plan_or_404(slug)
    return _page(plan, _group(plan, group_id))


@blueprint.post("/<group_id>/decide")
def decide(slug: str, group_id: str) -> ResponseReturnValue:
    """Confirm the group, refuse it with a reason, or undo either."""
    plan = plan_or_404(slug)
    found, why = _group(plan, group_id), request.form.get("why", "")
    verb = request.form.get("decision", "")
    act = ACTS.get(verb) or abort(BAD_REQUEST)
    if mistaken := REASON.mistake(why):
        return _page(plan, found, mistaken, why), BAD_REQUEST
    try:
        act(db.session(), plan, found, why=why, actor=current_user.id, now=utc_now())
    except copy_decisions.ReasonMissingError as mistake:
        db.session.rollback()
        return _page(plan, found, str(mistake), why), BAD_REQUEST
    db.session.commit()
    flash(DONE[verb], "done")
    return redirect(url_for(".group", slug=slug, group_id=group_id), 303)


@blueprint.post("/<group_id>/move/<response_id>/<question>")
def move(slug: str, group_id: str, response_id: str, question: str) -> ResponseReturnValue:
    """Take one answer out of the group, or put it back."""
    plan = plan_or_404(slug)
    found, out = _group(plan, group_id), request.form.get("out") == "1"
    try:
        copy_decisions.move(
            db.session(), plan, found, (response_id, question),
            out=out, actor=current_user.id, now=utc_now(),
        )  # fmt: skip
    except copy_decisions.NotInGroupError:
        abort(404)
    db.session.commit()
    flash("The answer is out of the group." if out else "The answer is back in the group.", "done")
    return redirect(url_for(".group", slug=slug, group_id=group_id), 303)


def _page(plan: Consultation, found: CopyGroup, mistake: str = "", why: str = "") -> str:
    from analysis.texts.campaigns import marked, runs  # noqa: PLC0415  # numpy

    audit.record_read(
        db.engine, actor=current_user.id, verb="read_copies", object_type="copy_group",
        object_id=found.id, now=utc_now(),
    )  # fmt: skip
    session = db.session()
    members = copies.readable(session, found, plan.id)
    out = copies.taken_out(session, plan.id)
    shared = runs(found.shared_text)
    words = copies.words_of(session, members)
    parts = {
        (m.response_id, m.question): marked(words[m.response_id, m.question], shared)
        for m in members
        if not m.identical and (m.response_id, m.question) in words
    }
    return render_template(
        "analysis/campaign.html", plan=plan, demo=plan.is_demo, group=found, members=members,
        identical=sum(m.identical for m in members), parts=parts, adds=copies.adds,
        out={(r, q) for key, r, q in out if key == found.key},
        effect=copies.effect(session, found, plan.id),
        state=copies.standing(session, plan.id).get(found.key), standing=STANDING,
        joined=copies.joined_since(session, found, plan.id),
        trail=[_told(row) for row in copies.trail(session, found, plan.id)],
        mistake=mistake, why=why,
    )  # fmt: skip


def _told(row: Any) -> dict[str, str]:
    user = db.session.get(User, row.decided_by)
    return {
        "when": row.decided_at.strftime("%d %B %Y, %H:%M UTC"),
        "what": TOLD[row.verb],
        "who": user.display_name if user else row.decided_by,
        "why": row.why,
    }


def _group(plan: Consultation, group_id: str) -> CopyGroup:
    found = copies.newest_of(db.session(), plan.id, group_id)
    if found is None:
        abort(404)
    return found
