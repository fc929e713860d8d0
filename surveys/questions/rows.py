"""Questions that ask several things alike: lines with the same answers, and things in order.

Each line is a set of radio buttons of its own. A table of radio buttons cannot be followed with
a screen reader or on a small screen, and dragging shuts out more people still.
"""

import dataclasses
from collections.abc import Iterator
from typing import ClassVar

from wtforms import RadioField

from surveys.questions import keying
from surveys.questions.base import ANSWER, AnswerError, Fields, Question, Row, Sent, Values, given
from surveys.questions.choices import (
    MOST_EASY_OPINIONS,
    NOT_AN_OPTION,
    ONLY_ONE,
    key_mistakes,
    option_mistakes,
)
from surveys.questions.wording import Choice, Edition, Fixed, Message, Option, Wording, is_simple

MOST_PLACES = 5
PLACES = (
    Option("1", Fixed("First", "What comes first?"), "first"),
    Option("2", Fixed("Second", "What comes second?"), "second"),
    Option("3", Fixed("Third", "What comes third?"), "third"),
    Option("4", Fixed("Fourth", "What comes fourth?"), "fourth"),
    Option("5", Fixed("Fifth", "What comes fifth?"), "fifth"),
)


class Lines(Question):
    """What a matrix and a ranking share: one field for each line."""

    @property
    def is_many(self) -> bool:
        """Tell that an answer may be several values."""
        return True

    @property
    def asked(self) -> tuple[Option, ...]:
        """Return the lines in order."""
        return self.rows

    def fields(self, edition: Edition) -> Fields:
        """Return one set of radio buttons for each line."""
        return {
            name_of(row): RadioField(row.label(edition), validate_choice=False)
            for row in self.asked
        }

    def parts(self, edition: Edition) -> tuple[tuple[str, ...], ...]:
        """Ask one line a page in easy words."""
        return tuple((name_of(row),) for row in self.asked) if is_simple(edition) else ()

    def lines(self, sent: Sent, edition: Edition) -> tuple[Row, ...]:
        """Return the lines with what is chosen in each."""
        return tuple(
            Row(
                name=name_of(row),
                text=row.label(edition),
                picture=row.picture,
                choices=self.choices(sent.get(name_of(row), ()), edition),
                number=number,
            )
            for number, row in enumerate(self.asked, start=1)
        )

    def _one(self, sent: Sent, row: Option) -> str:
        """Return the one key chosen in a line, or nothing."""
        chosen = given(sent, name_of(row))
        if len(chosen) > 1:
            raise AnswerError(ONLY_ONE, name_of(row))
        if not {option.key for option in self.options}.issuperset(chosen):
            raise AnswerError(NOT_AN_OPTION, name_of(row))
        return chosen[0] if chosen else ""


class Matrix(Lines):
    """The same answers for each of several lines; any line may be left out."""

    kind: ClassVar[str] = "matrix"
    takes: ClassVar[frozenset[str]] = frozenset({"rows", "options", "scale", "facts"})

    @property
    def keys(self) -> frozenset[str]:
        """Return line and answer together, which is what is stored."""
        return frozenset(f"{row.key}:{option.key}" for row in self.rows for option in self.options)

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept one answer a line; a finer stored answer of the same band is kept."""
        before = pairs(stored)
        found = {row.key: self._one(sent, row) for row in self.rows}
        for row, key in found.items():
            finer = before.get(row, "")
            if key and finer and self.shown((finer,), edition) == (key,):
                found[row] = finer
        return tuple(f"{row}:{key}" for row, key in found.items() if key)

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return the answer of each line in its field."""
        return {
            f"{ANSWER}_{row}": self.shown((key,), edition) for row, key in pairs(stored).items()
        }

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return each answered line with its answer."""
        said = pairs(stored)
        labels = {option.key: option.label(edition) for option in self.offered(edition)}
        shown = {row: self.shown((key,), edition)[0] for row, key in said.items()}
        return tuple(
            f"{row.label(edition)}: {labels.get(shown[row.key], '')}"
            for row in self.rows
            if row.key in shown
        )

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the fields for "1=2 2=4", or for one number a line in order."""
        names = [name_of(row) for row in self.rows]
        return keying.lines(names, [option.key for option in self.offered(edition)], typed)

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the lines and in the answers."""
        yield from super().mistakes()
        yield from option_mistakes(self)
        yield from key_mistakes("row", self.rows)
        if not self.rows:
            yield "at least one row is needed; add rows"
        if not self.facts and len(self.offered("easy")) > MOST_EASY_OPINIONS:
            yield f"easy read offers at most {MOST_EASY_OPINIONS} answers in each row"


class Votes(Matrix):
    """Short statements, one after the other: agree, disagree, or pass."""

    kind: ClassVar[str] = "votes"
    takes: ClassVar[frozenset[str]] = frozenset({"rows"})
    scale: ClassVar[tuple[Option, ...]] = (
        Option("agree", Fixed("Agree", "Yes, I agree"), "agree"),
        Option("disagree", Fixed("Disagree", "No, I do not agree"), "disagree"),
        Option("pass", Fixed("Pass", "Skip this one"), "skip"),
    )


class Ranking(Lines):
    """What comes first, second, third: chosen place by place, without dragging."""

    kind: ClassVar[str] = "ranking"
    takes: ClassVar[frozenset[str]] = frozenset({"options", "list", "facts", "limit"})

    @property
    def asked(self) -> tuple[Option, ...]:
        """Return the places that are asked for."""
        return PLACES[: min(self.limit or MOST_PLACES, MOST_PLACES, len(self.options))]

    def lines(self, sent: Sent, edition: Edition) -> tuple[Row, ...]:
        """Return the places; in easy words what has a place already is not offered again."""
        places = super().lines(sent, edition)
        if not self.parts(edition):
            return places
        return tuple(
            dataclasses.replace(place, choices=_still_free(place, places[:number]))
            for number, place in enumerate(places)
        )

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept each thing once; a place left empty is filled by the next."""
        del edition, stored
        ranked: list[str] = []
        for place in self.asked:
            key = self._one(sent, place)
            if key in ranked:
                raise AnswerError(self._twice(key, place.words), name_of(place))
            if key:
                ranked.append(key)
        return tuple(ranked)

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return each thing at its place."""
        del edition
        return {name_of(place): (key,) for place, key in zip(self.asked, stored, strict=False)}

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the things in order, with their place."""
        labels = {option.key: option.label(edition) for option in self.options}
        return tuple(
            f"{place}. {labels[key]}" for place, key in enumerate(stored, start=1) if key in labels
        )

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the fields for the numbers of things, the first one first."""
        numbers, rest = keying.numbers_then_words(typed)
        if rest:
            raise AnswerError(keying.NUMBERS_ONLY)
        if len(numbers) > len(self.asked):
            raise AnswerError(_too_many_places(len(self.asked)))
        keys = keying.chosen([option.key for option in self.offered(edition)], numbers)
        return {name_of(place): (key,) for place, key in zip(self.asked, keys, strict=False)}

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the things and in how many are put in order."""
        yield from super().mistakes()
        yield from option_mistakes(self)
        if any(option.say_what or option.easy_as for option in self.options):
            yield "things to put in order are the same in every edition and ask for no words"
        if self.limit is not None and not 0 < self.limit <= min(MOST_PLACES, len(self.options)):
            yield f"limit says how many are put in order: 1 to {MOST_PLACES}, no more than options"

    def _pictured(self) -> tuple[Option, ...]:
        return (*super()._pictured(), *self.asked)

    def _twice(self, key: str, place: Wording) -> Message:
        again = next(option.words for option in self.options if option.key == key)
        return Message(
            "You chose “%(again)s” twice. Choose something else, or leave this place empty",
            "You picked “%(again)s” 2 times. Pick something else",
            again=again,
            place=place,
        )


def _still_free(place: Row, before: tuple[Row, ...]) -> tuple[Choice, ...]:
    taken = {choice.value for row in before for choice in row.choices if choice.chosen}
    return tuple(choice for choice in place.choices if choice.value not in taken)


def name_of(row: Option) -> str:
    """Return the name of a line's field."""
    return f"{ANSWER}_{row.key}"


def pairs(stored: Values) -> dict[str, str]:
    """Return the answer of each line."""
    return {row: key for row, found, key in (value.partition(":") for value in stored) if found}


def _too_many_places(most: int) -> Message:
    return Message(
        "Type up to %(most)s numbers, the first choice first",
        "Type up to %(most)s numbers, the first choice first",
        most=most,
    )
