"""Forms of the builder: a text of one's own, and the check of the easy read."""

from wtforms import Form, StringField, TextAreaField
from wtforms.validators import InputRequired

from engage.limits import Limit
from reports.desks.forms import EASY_HINT, DayField
from reports.entries.arranging import TextPart


class TextForm(Form):
    """A text between the other parts of the report."""

    heading = StringField("Heading", [InputRequired("Give the text a heading."), Limit(200)])
    words = TextAreaField(
        "Text",
        [InputRequired("Write the text."), Limit(20_000)],
        description="Leave an empty line between paragraphs.",
    )
    easy_heading = StringField("Heading in easy read (optional)", [Limit(200)])
    easy_words = TextAreaField(
        "The same in easy read (optional)", [Limit(10_000)], description=EASY_HINT
    )

    def text(self) -> TextPart:
        """Return the text as it was typed."""
        return TextPart(**{name: self[name].data or "" for name in TextPart.__dataclass_fields__})


class EasyCheckForm(Form):
    """Which group read the easy edition, when, and what they changed."""

    readers = StringField(
        "Which group read it?",
        [InputRequired("Name the group that read it, for example the youth council."),
         Limit(120)],
        description="The name of the group. It is printed, so no names of people.",
    )  # fmt: skip
    checked_on = DayField("On which day?", [InputRequired("Say on which day.")])
    changed = TextAreaField(
        "What did they change?",
        [InputRequired("Say what they changed. If nothing: write “Nothing”.")],
    )
