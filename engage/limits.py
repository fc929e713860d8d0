"""How much may be written in a box, said in words and never by cutting."""

from wtforms import Field, Form
from wtforms.validators import ValidationError


class Limit:
    """Refuses words that are too long with a sentence that says what to do.

    They come back whole: neither the server nor the browser cuts anything off unasked.
    """

    def __init__(self, most: int, what: str = "This") -> None:
        self.most, self.what = most, what

    def __call__(self, _form: Form, field: Field) -> None:
        """Raise ValidationError for words that are too long."""
        if mistake := self.mistake(field.data or ""):
            raise ValidationError(mistake)

    def mistake(self, words: str) -> str:
        """Return what to do about words that are too long, or nothing."""
        there = len(words.replace("\r\n", "\n").rstrip())
        if there <= self.most:
            return ""
        has = f"{self.what} has at most {self.most:,} letters; there are {there:,} now."
        return f"{has} Shorten it and send it again."
