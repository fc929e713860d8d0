"""A page that tells and asks nothing, for example what the six ambitions are."""

from collections.abc import Sequence
from typing import ClassVar

from surveys.questions.base import Question, Values
from surveys.questions.wording import Edition


class Information(Question):
    """Words to read before the next question; its body holds them."""

    kind: ClassVar[str] = "information"
    is_asked: ClassVar[bool] = False
    takes: ClassVar[frozenset[str]] = frozenset({"body"})

    def field(self, edition: Edition) -> None:
        """Return nothing: there is no answer to read."""
        del edition

    def parse(self, sent: Sequence[str], edition: Edition, stored: Values = ()) -> Values:
        """Store nothing, whatever was sent."""
        del sent, edition, stored
        return ()
