"""Questions answered in a person's own words."""

from typing import ClassVar

from wtforms import StringField, TextAreaField

from surveys.questions.base import ANSWER, AnswerError, Fields, Question, Sent, Values
from surveys.questions.wording import Edition, Message

SHORT_LIMIT = 200
LONG_LIMIT = 4000
#: The last two places of every plane of Unicode are no characters, and HTML refuses them.
NO_WRITING = 0xFFFE


class OwnWords(Question):
    """Free text, kept as typed except for blanks at the ends."""

    is_text: ClassVar[bool] = True
    longest: ClassVar[int]

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept any words up to the limit; line breaks become one kind, control marks go."""
        del edition, stored
        words = tidy(" ".join(sent.get(ANSWER, ())))
        if len(words) > self.longest:
            raise AnswerError(too_long(len(words), self.longest))
        return (words,) if words else ()

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return the words themselves."""
        del edition
        return {ANSWER: stored}

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the person's own words, unchanged in every edition."""
        del edition
        return stored

    def export(self, stored: Values) -> str:
        """Return the words; the exporter makes them safe for spreadsheets."""
        return stored[0] if stored else ""

    def own_words(self, stored: Values) -> str:
        """Return the whole answer, even when it begins with "="."""
        return stored[0] if stored else ""

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return what was typed, word for word."""
        del edition
        return {ANSWER: (typed,)}


class ShortText(OwnWords):
    """One line of words."""

    kind: ClassVar[str] = "short_text"
    longest: ClassVar[int] = SHORT_LIMIT

    def fields(self, edition: Edition) -> Fields:
        """Return a one-line box."""
        return {ANSWER: StringField(self.text.in_(edition))}


class LongText(OwnWords):
    """As much as somebody wants to say, within reason."""

    kind: ClassVar[str] = "long_text"
    longest: ClassVar[int] = LONG_LIMIT

    def fields(self, edition: Edition) -> Fields:
        """Return a box of several lines."""
        return {ANSWER: TextAreaField(self.text.in_(edition))}


def tidy(words: str) -> str:
    """Return words as they may be kept: one kind of line break, no control marks, no blank ends."""
    lines = words.replace("\r\n", "\n").replace("\r", "\n")
    return "".join(mark for mark in lines if _is_kept(mark)).strip()


def too_long(length: int, limit: int) -> Message:
    """Return what to say about words that are longer than what can be kept."""
    return Message(
        "Your answer is %(over)s characters too long. Shorten it to %(limit)s",
        "Your answer is too long. Please take away %(over)s letters",
        over=f"{length - limit:,}",
        limit=f"{limit:,}",
    )


def _is_kept(mark: str) -> bool:
    """Keep all writing; control marks and half characters would break page, file or database."""
    if mark in {"\n", "\t"}:
        return True
    if mark < " " or "\x7f" <= mark <= "\x9f" or "\ud800" <= mark <= "\udfff":
        return False
    return not ("\ufdd0" <= mark <= "\ufdef" or ord(mark) & NO_WRITING == NO_WRITING)
