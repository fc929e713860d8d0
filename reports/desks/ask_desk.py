"""The staff page for a councillor's question: choose, ask, and copy an answer that holds."""

from typing import Any

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from flask_security import current_user
from wtforms import Form, SelectField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind

from engage import consultations
from engage.consultations import Consultation
from engage.db import db
from engage.found import plan_or_404
from engage.orm import utc_now
from reports.enquiries import askedwords, asking
from reports.enquiries.asking import Subjects, Wanted
from reports.models.asked import AskedQuestion
from reports.publishing import services
from reports.words import wording

blueprint = Blueprint("ask_desk", __name__, url_prefix="/desk/consultations/<slug>/ask")


class AskForm(Form):
    """What was said, and by whom from where."""

    subject = SelectField("What did they say?", validate_choice=False)
    audience = SelectField("Who?", validate_choice=False)
    district = SelectField("From where?", validate_choice=False)


@blueprint.get("/")
def form(slug: str) -> Any:
    """Show the form, and what was asked before."""
    plan = plan_or_404(slug)
    return _page(plan, AskForm())


@blueprint.post("/")
def ask(slug: str) -> Any:
    """Answer one question, keep the answer, and show it on a page of its own."""
    plan = plan_or_404(slug)
    sent = AskForm(request.form)
    wanted = Wanted(sent.subject.data or "", sent.audience.data or "", sent.district.data or "")
    try:
        asked = asking.ask(
            db.session(), plan, wanted, settings=current_app.extensions["engage_settings"],
            actor=current_user.id, now=utc_now(),
        )  # fmt: skip
    except (asking.CannotBeAskedError, services.NotAnalysedError) as mistake:
        db.session.rollback()
        return _page(plan, sent, str(mistake)), 400
    db.session.commit()
    return redirect(url_for(".answer", slug=slug, asked_id=asked.id), 303)


@blueprint.get("/<asked_id>")
def answer(slug: str, asked_id: str) -> str:
    """Show an answer as it was handed out."""
    plan = plan_or_404(slug)
    asked = db.session.get(AskedQuestion, asked_id)
    if asked is None or asked.consultation_id != plan.id:
        abort(404)
    return render_template(
        "reports/asked.html",
        plan=plan,
        asked=asked,
        name=askedwords.name_of(db.session(), asked),
        words=askedwords.in_words(db.session(), plan, asked),
        demo=plan.is_demo,
    )


def _page(plan: Consultation, shown: AskForm, mistake: str = "") -> str:
    session = db.session()
    known = _known(plan)
    if known:
        _fill(shown, known)
    before = asking.earlier(session, plan)
    return render_template(
        "reports/ask.html",
        plan=plan,
        form=shown,
        mistake=mistake,
        can_ask=known is not None,
        before=[(one, askedwords.name_of(session, one)) for one in before],
        years=[one for one in consultations.everything(session) if one.id != plan.id],
        demo=plan.is_demo,
    )


def _known(plan: Consultation) -> Subjects | None:
    try:
        run = services.latest_run(db.session(), plan.id)
    except services.NotAnalysedError:
        return None
    return asking.subjects(db.session(), run)


def _fill(shown: AskForm, known: Subjects) -> None:
    """Put in what can be chosen, themes first, then each question with its answers."""
    themes = [SelectChoice(f"theme/{one.id}", one.name, optgroup="Themes") for one in known.themes]
    answers = [
        SelectChoice(
            one.key(line.option), line.label,
            optgroup=f"{one.question}, {wording.audience(one.audience)}: {one.text}",
        )
        for one in known.questions
        for line in one.lines
    ]  # fmt: skip
    shown.subject.choices = [SelectChoice("", "Choose one"), *themes, *answers]
    shown.audience.choices = [
        SelectChoice("", "Everybody, each group apart"),
        *(SelectChoice(code, wording.audience(code)) for code in known.audiences),
    ]
    shown.district.choices = [
        SelectChoice("", "The whole county"),
        *(SelectChoice(code, label) for code, label in known.districts.items()),
    ]
