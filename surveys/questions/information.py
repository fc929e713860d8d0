"""A page that tells and asks nothing, for example what the six ambitions are."""

from typing import ClassVar

from surveys.questions.base import Fields, Question, Sent, Values
from surveys.questions.wording import Edition


class Information(Question):
    """Words to read before the next question; its body holds them."""

    kind: ClassVar[str] = "information"
    is_asked: ClassVar[bool] = False
    takes: ClassVar[frozenset[str]] = frozenset({"body"})

    def fields(self, edition: Edition) -> Fields:
        """Return nothing: there is no answer to read."""
        del edition
        return {}

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Store nothing, whatever was sent."""
        del sent, edition, stored
        return ()

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return nothing: there is no answer on the sheet."""
        del typed, edition
        return {}
