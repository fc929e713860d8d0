"""Forms of the workbench; mistakes come back with what was typed."""

from wtforms import (
    Form,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.validators import DataRequired

from engage.limits import Limit

NAME, REASON = Limit(200, "A name"), Limit(1000, "A reason")
MEANING = Limit(2000, "Each of these")


class NameForm(Form):
    """The two names people will read, and an optional reason for the trail."""

    name = StringField("Name of the theme", [DataRequired("Give the theme a name."), NAME])
    easy_name = StringField(
        "Name in easy read",
        [DataRequired("Give the theme an easy-read name."), NAME],
    )
    why = TextAreaField("Why (optional)", [REASON])

    def validate_why(self, field: TextAreaField) -> None:
        """Refuse a reason for nothing: names that stand there already are not saved again."""
        names = (self.name, self.easy_name)
        if field.data and all((name.data or "").strip() == name.object_data for name in names):
            message = "The names are as they were, so there is nothing to give a reason for."
            raise ValidationError(message)


class MeaningForm(Form):
    """What a second coder needs to code the same way."""

    means = TextAreaField("What it means", [MEANING])
    includes = TextAreaField("It includes", [MEANING])
    excludes = TextAreaField("It excludes", [MEANING])
    example = TextAreaField("An example, in words of your own", [MEANING])


class RetireForm(Form):
    """A theme goes out of use only with a reason."""

    why = TextAreaField(
        "Why does it go out of use?",
        [DataRequired("Say why this theme goes out of use."), REASON],
    )


class NumberForm(Form):
    """How many themes somebody would like, and why."""

    most = 1000
    themes = IntegerField("How many themes?", [DataRequired("Write a number, such as 12.")])
    why = TextAreaField("Why (optional)", [REASON])

    def validate_themes(self, field: IntegerField) -> None:
        """Refuse a number that no cut of the tree has."""
        if field.data is not None and not 1 <= field.data <= self.most:
            message = f"Choose a number from 1 to {self.most}: these comments part no further."
            raise ValidationError(message)


class OtherForm(Form):
    """Another theme, chosen from those in use."""

    other = SelectField("Theme that joins this one", [DataRequired("Choose a theme.")])
    parent = SelectField("Broader theme")
