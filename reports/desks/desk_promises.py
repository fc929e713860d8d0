"""Staff views of promises that were made in prose: what became of each."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_security import current_user
from sqlalchemy import select
from wtforms import Form, SelectField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import InputRequired

from engage.db import db
from engage.orm import utc_now
from reports.documents.document import STATUS_WORDS
from reports.entries import promises
from reports.models.life import OldPromise
from reports.words import wording

blueprint = Blueprint("old_promises", __name__, url_prefix="/desk/old-promises")


class UpdateForm(Form):
    """What became of one old promise."""

    key = SelectField("Which promise?", [InputRequired("Choose the promise.")])
    status = SelectField(
        "What became of it?",
        [InputRequired("Choose what became of it.")],
        choices=[
            SelectChoice("", "Choose one"),
            *(SelectChoice(code, words) for code, words in STATUS_WORDS.items()),
        ],
    )
    note = TextAreaField("In a sentence, with a date", [InputRequired("Say what became of it.")])


@blueprint.get("/")
def listed() -> str:
    """List the old promises, those without an update first, and the form to update one."""
    return _page(UpdateForm())


@blueprint.post("/")
def update() -> Any:
    """Keep what became of a promise; the public ledger shows it at once."""
    form = UpdateForm(request.form)
    form.key.choices = _choices(_all())
    if not form.validate():
        return _page(form), 400
    promises.update(db.session(), **form.data, actor=current_user.id, now=utc_now())
    db.session.commit()
    flash("The promise is updated. The public ledger shows it now.", "done")
    return redirect(url_for(".listed"), 303)


def _page(form: UpdateForm) -> str:
    found = _all()
    form.key.choices = _choices(found)
    return render_template(
        "reports/desk_promises.html",
        form=form,
        promises=found,
        status_words=STATUS_WORDS,
        date=wording.date,
        demo=any(one.is_demo for one in found),
    )


def _all() -> list[OldPromise]:
    waiting_first = (OldPromise.status != "update_due", OldPromise.due_on, OldPromise.key)
    return list(db.session.scalars(select(OldPromise).order_by(*waiting_first)))


def _choices(found: list[OldPromise]) -> list[SelectChoice]:
    named = (SelectChoice(one.key, f"{one.title} ({wording.date(one.due_on)})") for one in found)
    return [SelectChoice("", "Choose one"), *named]
