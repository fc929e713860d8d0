"""The form in which a measure is entered by hand."""

from typing import Any, Self

from wtforms import FloatField, Form, IntegerField, SelectField, StringField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # stubs lag behind
from wtforms.validators import InputRequired, Optional

from engage.limits import Limit
from reports.desks.forms import DayField
from reports.engagement.byhand import ByHand
from reports.engagement.entering import Number

A_NUMBER = "Write a number, such as 42. Leave out words and signs."


class NumberField(FloatField):
    """A number as people write it, with commas for thousands if they like."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raise ValueError with a sentence when it is no number."""
        try:
            super().process_formdata([one.replace(",", "").strip() for one in valuelist])
        except ValueError:
            raise ValueError(A_NUMBER) from None


class WholeField(IntegerField):
    """The same for a whole number."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed; raise ValueError with a sentence when it is no whole number."""
        try:
            super().process_formdata([one.replace(",", "").strip() for one in valuelist if one])
        except ValueError:
            raise ValueError(A_NUMBER) from None


class EnterForm(Form):
    """One number with its part, its day, its source and what it is out of."""

    part = SelectField("Which part is it for?")
    value = NumberField("", [InputRequired("Write the number.")])
    out_of = WholeField("", [Optional()])
    on_date = DayField("On which day was it true?", [InputRequired("Say on which day.")])
    source = StringField(
        "Where can it be looked up?",
        [InputRequired("Say where the number can be looked up."), Limit(200)],
        description="A register, a report, a session: never the name of a person.",
    )

    @classmethod
    def of(cls, one: ByHand, typed: Any = None, data: Any = None) -> Self:
        """Make the form of one measure, without the fields that it has no use for."""
        form = cls(typed, data=data)
        form.value.label.text, form.out_of.label.text = one.value, one.out_of
        form.part.choices = [SelectChoice("", "Choose one")]
        form.part.choices += [SelectChoice(code, words) for code, words in one.parts.items()]
        if not one.parts:
            del form.part
        if not one.out_of:
            del form.out_of
        return form

    def typed(self) -> Number:
        """Return what was typed, as the service asks for it."""
        return Number(**{"part": "", "out_of": None, **self.data})
