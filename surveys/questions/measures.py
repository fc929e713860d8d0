"""Questions answered with a number or a date, read the way people write them."""

import datetime as dt
import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation
from typing import ClassVar

from wtforms import StringField

from surveys.questions.base import ANSWER, AnswerError, Fields, Question, Sent, Values, first
from surveys.questions.wording import Edition, Fixed, Message, Option
from surveys.questions.words import tidy

MOST_DIGITS = 12
DAY, MONTH, YEAR = f"{ANSWER}_day", f"{ANSWER}_month", f"{ANSWER}_year"
MONTHS = tuple(
    Fixed(name, name)
    for name in (
        *("January", "February", "March", "April", "May", "June", "July"),
        *("August", "September", "October", "November", "December"),
    )
)
_GROUPED = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(rf"-?\d{{1,{MOST_DIGITS}}}(?:[.,]\d{{1,{MOST_DIGITS}}})?")
_BETWEEN = re.compile(r"[\s/.,-]+")
_ENDING = re.compile(r"(?<=\d)(?:st|nd|rd|th)$", re.IGNORECASE)
NOT_A_NUMBER = Message("Write a number, for example 3", "Please write a number, like 3")
WHOLE = Message("Write a whole number, for example 3", "Please write a whole number, like 3")
NO_DAY = Message("The date needs a day, for example 27", "Please write the day, like 27")
NO_MONTH = Message("The date needs a month, for example 3", "Please write the month, like 3")
NO_YEAR = Message("The date needs a year, for example 2026", "Please write the year, like 2026")
NOT_A_DAY = Message("The day must be a number from 1 to 31", "Please write the day, from 1 to 31")
NO_SUCH_DAY = Message(
    "There is no such day in that month. Check the day", "Please check the day. It is not right"
)
NOT_A_MONTH = Message(
    "The month must be a number from 1 to 12, or its name", "Please write the month, from 1 to 12"
)
NOT_A_YEAR = Message(
    "The year must be four figures, for example 2026", "Please write the year, like 2026"
)
#: What to say when several parts of a date are missing or wrong, by these parts.
SEVERAL = {
    (DAY, MONTH): Message("Check the day and the month", "Please check the day and the month"),
    (DAY, YEAR): Message("Check the day and the year", "Please check the day and the year"),
    (MONTH, YEAR): Message("Check the month and the year", "Please check the month and the year"),
    (DAY, MONTH, YEAR): Message(
        "Check the day, the month and the year",
        "Please check the day, the month and the year",
    ),
}
DATE_PARTS = 3
LAST_DAY = 31
OLDEST_YEAR = 1900
NEWEST_YEAR = 2100


class Number(Question):
    """A number, with its unit behind the box; stored as decimal figures."""

    kind: ClassVar[str] = "number"
    takes: ClassVar[frozenset[str]] = frozenset({"min", "max", "decimals", "unit"})

    def fields(self, edition: Edition) -> Fields:
        """Return a short box."""
        return {ANSWER: StringField(self.text.in_(edition))}

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept "1,200", "3.5 hours" or figures of another script within the limits."""
        del stored
        typed = ascii_figures(tidy(first(sent)))
        if self.unit:
            typed = typed.removesuffix(self.unit.in_(edition))
        typed = typed.strip().removeprefix("£").replace(" ", "")
        if not typed:
            return ()
        number = _decimal(typed)
        if number is None:
            raise AnswerError(NOT_A_NUMBER)
        if -int(number.as_tuple().exponent) > self.decimals:
            raise AnswerError(WHOLE if not self.decimals else self._too_fine())
        if self.lowest is not None and number < self.lowest:
            raise AnswerError(self._outside())
        if self.highest is not None and number > self.highest:
            raise AnswerError(self._outside())
        return (f"{number:f}",)

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the number with its unit."""
        unit = f" {self.unit.in_(edition)}" if self.unit else ""
        return tuple(f"{value}{unit}" for value in stored)

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return what was typed; "-" is a skipped question, 0 is a number."""
        del edition
        return {} if typed.strip() in {"", "-"} else {ANSWER: (typed.strip(),)}

    def mistakes(self) -> Iterator[str]:
        """Yield limits that nothing fits between."""
        yield from super().mistakes()
        if self.lowest is not None and self.highest is not None and self.lowest > self.highest:
            yield "min is larger than max; exchange them"

    def _outside(self) -> Message:
        if self.lowest is None:
            return Message(
                "Write a number up to %(most)s", "Please write a number up to %(most)s",
                most=self.highest,
            )  # fmt: skip
        if self.highest is None:
            return Message(
                "Write a number from %(least)s upwards", "Please write %(least)s or more",
                least=self.lowest,
            )  # fmt: skip
        return Message(
            "Write a number from %(least)s to %(most)s",
            "Please write a number from %(least)s to %(most)s",
            least=self.lowest,
            most=self.highest,
        )

    def _too_fine(self) -> Message:
        return Message(
            "Write at most %(places)s figures after the point",
            "Please write a shorter number",
            places=self.decimals,
        )


class Date(Question):
    """A day, in three boxes; months may be names, and a whole date may stand in the first box."""

    kind: ClassVar[str] = "date"

    #: The boxes, with their labels and pictures.
    boxes: ClassVar[tuple[Option, ...]] = (
        Option(DAY, Fixed("Day", "Day"), ""),
        Option(MONTH, Fixed("Month", "Month"), ""),
        Option(YEAR, Fixed("Year", "Year"), ""),
    )

    def fields(self, edition: Edition) -> Fields:
        """Return boxes for day, month and year."""
        return {box.key: StringField(box.label(edition)) for box in self.boxes}

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept a date that exists; say which boxes are wrong."""
        del edition, stored
        day, month, year = _parts(tuple(_clean(first(sent, box.key)) for box in self.boxes))
        if not (day or month or year):
            return ()
        return (_date(day, month, year).isoformat(),)

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return day, month and year in their boxes."""
        del edition
        if not stored:
            return {}
        year, month, day = stored[0].split("-")
        return {DAY: (str(int(day)),), MONTH: (str(int(month)),), YEAR: (year,)}

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the date as people write it."""
        return tuple(_spoken(value, edition) for value in stored)

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return what was typed as a whole date: 27 3 2026, 27/3/2026 or 27 March 2026."""
        del edition
        return {} if typed.strip() in {"", "-"} else {DAY: (typed.strip(),)}


def ascii_figures(typed: str) -> str:
    """Return words with the figures of any script as 0 to 9."""
    return "".join(str(int(mark)) if mark.isdecimal() else mark for mark in typed)


def _decimal(typed: str) -> Decimal | None:
    if _GROUPED.fullmatch(typed):
        typed = typed.replace(",", "")
    elif not _PLAIN.fullmatch(typed):
        return None
    try:
        number = Decimal(typed.replace(",", "."))
    except InvalidOperation:
        return None
    return number or abs(number)  # "-0" is 0


def _clean(typed: str) -> str:
    return _ENDING.sub("", ascii_figures(tidy(typed)))


def _parts(typed: tuple[str, ...]) -> tuple[str, str, str]:
    """Return day, month and year; a whole date in the first box is taken apart."""
    day, month, year = typed
    if month or year:
        return day, month, year
    found = [part for part in (_ENDING.sub("", part) for part in _BETWEEN.split(day)) if part]
    if len(found) != DATE_PARTS:
        return day, month, year
    if len(found[0]) == len("2026"):
        found.reverse()
    return found[0], found[1], found[2]


def _date(day: str, month: str, year: str) -> dt.date:
    wrong = dict(_wrong_parts(day, month, year))
    if wrong:
        parts = tuple(wrong)
        raise AnswerError(SEVERAL.get(parts) or wrong[parts[0]], *parts)
    try:
        return dt.date(_year(year), _month(month), int(day))
    except ValueError:
        raise AnswerError(NO_SUCH_DAY, DAY) from None


def _wrong_parts(day: str, month: str, year: str) -> Iterator[tuple[str, Message]]:
    """Yield each box that cannot be part of any date, with what to say about it alone."""
    if not _day(day):
        yield DAY, NOT_A_DAY if day else NO_DAY
    if not _month(month):
        yield MONTH, NOT_A_MONTH if month else NO_MONTH
    if not _year(year):
        yield YEAR, NOT_A_YEAR if year else NO_YEAR


def _day(typed: str) -> int:
    number = int(typed) if typed.isdecimal() and len(typed) < DATE_PARTS else 0
    return number if number <= LAST_DAY else 0


def _month(typed: str) -> int:
    """Return the number of a month: figures, its name, or at least three letters of it."""
    if typed.isdecimal() and len(typed) < DATE_PARTS:
        return int(typed) if 1 <= int(typed) <= len(MONTHS) else 0
    wanted = typed.rstrip(".").lower()
    named = (
        number for number, name in enumerate(MONTHS, 1) if name.standard.lower().startswith(wanted)
    )
    return next(named, 0) if len(wanted) >= DATE_PARTS else 0


def _year(typed: str) -> int:
    """Return the year that two or four figures mean, if there may be answers about it."""
    if not (typed.isdecimal() and len(typed) in {2, 4}):
        return 0
    full = int(typed) if len(typed) > len("26") else _century(int(typed))
    return full if OLDEST_YEAR <= full <= NEWEST_YEAR else 0


def _century(year: int) -> int:
    """Return the year that two figures mean: those up to 49 lie in this century."""
    return 2000 + year if year < 50 else 1900 + year  # noqa: PLR2004  # the docstring says it


def _spoken(iso: str, edition: Edition) -> str:
    found = dt.date.fromisoformat(iso)
    return f"{found.day} {MONTHS[found.month - 1].in_(edition)} {found.year}"
