"""Forms of the desk for an entry's life: decision, owner, evidence, steps, and families' words."""

from typing import Any

from wtforms import Form, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import InputRequired, Optional

from engage.limits import Limit
from reports.desks.forms import DayField
from reports.entries.following import REVIEW_MONTHS

PRINTED = "Everybody can read it at once. Do not name a child, a family or a member of staff."


class DecisionForm(Form):
    """Who decided, when, and what they had before them."""

    decided_by = StringField("Who decided?", [InputRequired("Say who decided."), Limit(200)])
    decided_on = DayField("On which day?", [InputRequired("Say on which day.")])
    considered = TextAreaField(
        "What did they have before them?", [InputRequired("Say what they considered.")]
    )


class AssignForm(Form):
    """Who will answer, and by when."""

    role = StringField("Who: job title, not a name", [InputRequired("Name the role."), Limit(120)])
    body = StringField("Who: body", [InputRequired("Name the body."), Limit(120)])
    answer_by = DayField("The answer is written by", [InputRequired("Say by which day.")])
    address = StringField(
        "E-mail of this post, for reminders (optional; never printed)", [Limit(254)]
    )


class MeasureForm(Form):
    """One piece of evidence."""

    name = StringField("What is measured?", [InputRequired("Say what is measured."), Limit(200)])
    baseline = StringField("Where it began", [InputRequired("Say where it began."), Limit(80)])
    current = StringField("Where it is now", [InputRequired("Say where it is."), Limit(80)])
    as_at = DayField("On which day?", [InputRequired("Say on which day.")])
    source = StringField(
        "Where does the number come from?", [InputRequired("Name the source."), Limit(200)]
    )


class StepForm(Form):
    """How far an answer is on a day."""

    on_date = DayField("On which day?", [InputRequired("Say on which day.")])
    note = TextAreaField("How far is it?", [InputRequired("Say how far it is.")])
    evidence = StringField("What shows it? (optional)", [Limit(500)])
    review_month = SelectField(
        "Is this one of the reviews?",
        choices=[SelectChoice("", "No")]
        + [SelectChoice(str(n), f"Review after {n} months") for n in REVIEW_MONTHS],
    )
    next_check = DayField("To be checked next by", [Optional()])


class SignForm(Form):
    """Whether a body agrees with an answer."""

    outcome = RadioField(
        "Do you agree with this answer?",
        choices=[
            SelectChoice("agreed", "Yes, we agree"),
            SelectChoice("refused", "No, we do not agree"),
        ],
        validators=[InputRequired("Choose whether you agree.")],
    )
    note = TextAreaField("If not: why? It is printed beside the answer.", description=PRINTED)


class VerdictForm(Form):
    """Whether a body feels an answer."""

    value = RadioField(
        "Do families feel it?",
        choices=[
            SelectChoice("felt", "We feel it"),
            SelectChoice("partly", "Partly"),
            SelectChoice("not_yet", "Not yet"),
        ],
        validators=[InputRequired("Choose how far you feel it.")],
    )
    text = TextAreaField(
        "In your words (optional). They are printed beside the answer.", description=PRINTED
    )


def values(form: Form) -> dict[str, Any]:
    """Return what was typed, by name of field; words that nobody typed are empty."""
    return {
        field.name: field.data if isinstance(field, DayField) else field.data or ""
        for field in form
    }
