"""Where somebody lives or works: a district from a list; half a postcode helps to find it."""

from collections.abc import Sequence
from typing import ClassVar

from wtforms import StringField

from surveys import postcodes
from surveys.questions.base import ANSWER, AnswerError, Fields, Group, Sent, Values, first, given
from surveys.questions.choices import Single
from surveys.questions.wording import Choice, Edition, Fixed, Message, Wording

POSTCODE = f"{ANSWER}_postcode"
NOT_A_POSTCODE = Message(
    "Write the first half of a postcode, for example SG1, or choose from the list",
    "Please write the start of the postcode, like SG1",
)
OTHERS = Fixed("Show the other areas", "Show me the other places")


class Area(Single):
    """One district. A postcode is used to find it and is forgotten at once."""

    kind: ClassVar[str] = "area"
    takes: ClassVar[frozenset[str]] = frozenset({"list", "options", "facts"})
    own_pictures: ClassVar[frozenset[str]] = frozenset({"find", "letter", "map", "private"})

    def fields(self, edition: Edition) -> Fields:
        """Return the list, and a small box for the first half of a postcode."""
        return {**super().fields(edition), POSTCODE: StringField(self.text.in_(edition))}

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept a district; a postcode alone is never an answer, the person chooses."""
        if given(sent) or not first(sent, POSTCODE).strip():
            return super().parse(sent, edition, stored)
        found = self.assist(sent, edition)
        raise AnswerError(self._where(first(found, POSTCODE)))

    def assist(self, sent: Sent, edition: Edition) -> Sent:
        """Narrow the list to the districts of a postcode; choosing is left to the person."""
        del edition
        if given(sent) and not first(sent, POSTCODE).strip():
            return sent
        outward = postcodes.outward(first(sent, POSTCODE))
        if not outward:
            raise AnswerError(NOT_A_POSTCODE, POSTCODE)
        found = self._candidates(outward)
        if not found:
            raise AnswerError(_unknown(outward), POSTCODE)
        chosen = tuple(key for key in given(sent) if key in found)
        return {ANSWER: chosen, POSTCODE: (outward,)}

    def found(self, sent: Sent, edition: Edition) -> str:
        """Return where a postcode lies, to be checked by the person."""
        outward = postcodes.outward(first(sent, POSTCODE))
        return self._where(outward).in_(edition) if self._candidates(outward) else ""

    def grouped(self, choices: Sequence[Choice], sent: Sent, edition: Edition) -> tuple[Group, ...]:
        """Return the few districts of a postcode first, all others one step away."""
        found = self._candidates(postcodes.outward(first(sent, POSTCODE)))
        if not found:
            return super().grouped(choices, sent, edition)
        near = tuple(choice for choice in choices if choice.value in found)
        far = tuple(choice for choice in choices if choice.value not in found)
        is_open = any(choice.chosen for choice in far)
        return (Group("", "", near), Group(OTHERS.in_(edition), "map", far, is_open=is_open))

    def _where(self, outward: str) -> Message:
        """Return what is known about a postcode that has districts."""
        near = self._candidates(outward)
        words = next(option.words for option in self.options if option.key in near)
        return _one(outward, words) if len(near) == 1 else _several(outward)

    def _candidates(self, outward: str) -> Values:
        """Return the districts of a postcode that this version of the list offers."""
        possible = postcodes.districts(outward)
        return tuple(option.key for option in self.options if option.key in possible)


def _several(outward: str) -> Message:
    return Message(
        "%(postcode)s is in more than one area. Choose yours",
        "%(postcode)s is in more than 1 place. Please pick yours",
        postcode=outward,
    )


def _one(outward: str, area: Wording) -> Message:
    return Message(
        "%(postcode)s is in %(area)s. If that is right, choose it",
        "%(postcode)s is in %(area)s. Pick it if that is right",
        postcode=outward,
        area=area,
    )


def _unknown(outward: str) -> Message:
    return Message(
        "We do not know where %(postcode)s is. Choose from the list",
        "We do not know %(postcode)s. Please pick a place",
        postcode=outward,
    )
