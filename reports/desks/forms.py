"""Forms of the desk: what people write about an entry, and on the front of the report."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from wtforms import Field, Form, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import InputRequired, Optional, ValidationError

from engage import taxonomy
from engage.limits import Limit
from reports.entries.drafting import Front, Reply, Saying
from reports.models import Entry
from reports.words import wording

EASY_HINT = "One short sentence on each line. Put a picture in front: [listen] We listened to you."
DAY_HINT = "For example 1 May 2026"
DAY_PATTERNS = ("%d %B %Y", "%d %b %Y", "%d/%m/%Y", "%Y-%m-%d")
CAUSES = [
    SelectChoice("", "Not said"),
    SelectChoice("this_feedback", "Because of what people told us"),
    SelectChoice("already_planned_confirmed", "Already planned, and confirmed"),
    SelectChoice("already_planned_changed", "Already planned, and changed"),
]
CATEGORIES = [
    SelectChoice("", "Not about the Local Offer"),
    SelectChoice("content_quality_gaps", "Content, quality and gaps"),
    SelectChoice("info_accessibility", "How easy the information is to find and use"),
    SelectChoice("how_developed", "How it was developed"),
]


class DayField(StringField):
    """A day as people write it: "1 May 2026" or "1/5/2026"; no picker to fight with."""

    data: Any

    def __init__(self, label: str, validators: Any = None, **more: Any) -> None:
        super().__init__(label, validators, description=DAY_HINT, **more)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return wording.date(self.data) if self.data else ""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raise ValueError with a sentence when it is not a day."""
        typed = " ".join(valuelist[0].split()) if valuelist else ""
        self.data = _day(typed, self.label.text) if typed else None


class SayingForm(Form):
    """The first band of an entry: what families said, before anybody answers."""

    title = StringField("Title", [InputRequired("Give the entry a title."), Limit(200)])
    easy_title = StringField(
        "Title in easy read", [InputRequired("Give the easy-read title."), Limit(200)]
    )
    reg56_category = SelectField("Local Offer category", choices=CATEGORIES)
    said_text = TextAreaField(
        "What families said, in their words", [InputRequired("Write what families said.")]
    )
    said_easy = TextAreaField("What families said, in easy read", description=EASY_HINT)
    also_said = TextAreaField("What some said differently (optional)")

    def saying(self) -> Saying:
        """Return the first band as it was typed."""
        return Saying(**_typed(self, Saying))


def _once_begun(sentence: str) -> Callable[[Any, Field], None]:
    """Ask for a field as soon as anything of the answer is written; before, nothing is owed."""

    def needed(form: Any, field: Field) -> None:
        if form.is_begun and not (field.data or "").strip():
            raise ValidationError(sentence)

    return needed


class EntryForm(SayingForm):
    """Both bands of an entry; which fields are needed depends on how far the answer is.

    Attributes:
        was_answered: an answer is kept already, which can be changed and not taken away.
    """

    was_answered = False
    response_type = SelectField(
        "How far is the answer?", [_once_begun("Choose how far the answer is.")]
    )
    we_did_text = TextAreaField(
        "What is done, by whom, where and when", [_once_begun("Write the answer.")]
    )
    we_did_easy = TextAreaField("The answer in easy read", description=EASY_HINT)
    because_kind = SelectField("Kind of reason, if it cannot be done")
    because_text = TextAreaField("Because", description="At least 40 letters. No jargon.")
    because_easy = TextAreaField("The reason in easy read", description=EASY_HINT)
    instead_text = TextAreaField(
        "What there is instead", description="Or write: Nothing at present."
    )
    instead_easy = TextAreaField("What there is instead, in easy read", description=EASY_HINT)
    evidence_text = TextAreaField("Evidence: measure, number, date")
    difference = TextAreaField("What families should notice")
    owner_role = StringField("Who: job title, not a name", [Limit(120)])
    owner_org = StringField("Who: body", [Limit(120)])
    decided_by = StringField("Decided by", [Limit(120)])
    decided_on = DayField("Decided on", [Optional()])
    started_on = DayField("Started on", [Optional()])
    due_on = DayField("To be done by", [Optional()])
    done_on = DayField("Done on", [Optional()])
    caused_by = SelectField("Why is it done?", choices=CAUSES)
    review_due = DayField("To be checked by", [Optional()])

    @property
    def is_begun(self) -> bool:
        """Tell whether anything of the answer is there; if not, the first band is kept alone."""
        return self.was_answered or any(_typed(self, Reply).values())

    def reply(self) -> Reply:
        """Return the second band as it was typed."""
        return Reply(**_typed(self, Reply))


class FrontForm(Form):
    """What stands on the front of the report."""

    title = StringField("Title", [InputRequired("Give the report a title."), Limit(200)])
    easy_title = StringField(
        "Title in easy read", [InputRequired("Give the easy-read title."), Limit(200)]
    )
    summary = TextAreaField("One sentence that says what changed")
    easy_summary = TextAreaField("The summary in easy read", description=EASY_HINT)
    not_heard = TextAreaField("Who did you not hear from, and what will you do about it?")
    easy_not_heard = TextAreaField("Who is missing, in easy read", description=EASY_HINT)
    next_update = DayField("Date of the next update", [Optional()])

    def front(self) -> Front:
        """Return the front as it was typed."""
        return Front(**_typed(self, Front))


def _day(typed: str, label: str) -> dt.date:
    for pattern in DAY_PATTERNS:
        try:
            return dt.datetime.strptime(typed, pattern).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    message = f"{label}: write a day like 1 May 2026."
    raise ValueError(message)


def entry_form(entry: Entry, today: dt.date, data: Any = None) -> SayingForm:
    """Make the form of an entry with the words of the lists that are in force.

    Until the findings are approved there is nothing to answer, so only the first band is there.
    """
    if entry.report.findings_approved_at is None:
        return SayingForm(data, obj=entry)
    form = EntryForm(data, obj=entry)
    form.was_answered = entry.response_type is not None
    form.response_type.choices = _choices("response_types", today, "Choose one")
    form.because_kind.choices = _choices("because_kinds", today, "No reason needed")
    return form


def _choices(name: str, today: dt.date, nothing: str) -> list[SelectChoice]:
    terms = taxonomy.terms(name, today)
    return [SelectChoice("", nothing), *(SelectChoice(t.code, t.label) for t in terms)]


def _typed(form: Form, kind: type[Any]) -> dict[str, Any]:
    """Return the values of the fields that a dataclass has."""
    return {name: _value(form[name]) for name in kind.__dataclass_fields__}


def _value(field: Any) -> Any:
    """Return what was typed: an empty choice or date is None, empty words are empty."""
    if isinstance(field, DayField | SelectField):
        return field.data or None
    return field.data or ""
