"""Questions answered in a person's own words."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms import Field, StringField, TextAreaField

from surveys.questions.base import AnswerError, Question, Values
from surveys.questions.wording import Edition

SHORT_LIMIT = 200
LONG_LIMIT = 4000


class OwnWords(Question):
    """Free text, kept as typed except for blanks at the ends."""

    is_text: ClassVar[bool] = True
    longest: ClassVar[int]

    def parse(self, sent: Sequence[str], edition: Edition, stored: Values = ()) -> Values:
        """Accept any words up to the limit; line breaks become one kind, control marks go."""
        del stored
        words = _tidy(" ".join(sent))
        if len(words) > self.longest:
            raise AnswerError(self._too_long(edition, len(words) - self.longest))
        return (words,) if words else ()

    def shown(self, stored: Values, edition: Edition) -> Values:
        """Return the words themselves."""
        del edition
        return stored

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the person's own words, unchanged in every edition."""
        del edition
        return stored

    def export(self, stored: Values) -> str:
        """Return the words; the exporter makes them safe for spreadsheets."""
        return stored[0] if stored else ""

    def _too_long(self, edition: Edition, over: int) -> str:
        if edition == "easy":
            return f"Your answer is too long. Please take away {over:,} letters"
        return f"Your answer is {over:,} characters too long. Shorten it to {self.longest:,}"


class ShortText(OwnWords):
    """One line of words."""

    kind: ClassVar[str] = "short_text"
    longest: ClassVar[int] = SHORT_LIMIT

    def field(self, edition: Edition) -> Field:
        """Return a one-line box."""
        return StringField(self.text.in_(edition))


class LongText(OwnWords):
    """As much as somebody wants to say, within reason."""

    kind: ClassVar[str] = "long_text"
    longest: ClassVar[int] = LONG_LIMIT

    def field(self, edition: Edition) -> Field:
        """Return a box of several lines."""
        return TextAreaField(self.text.in_(edition))


def _tidy(words: str) -> str:
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    kept = (c for c in lines if c in {"\n", "\t"} or (c >= " " and c != "\x7f"))
    return "".join(kept).strip()
