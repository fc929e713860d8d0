"""Figures that must not be added, and the one way to add those that may.

A meeting counts people in a room, a census counts children, a survey counts answers. A sum of
them is a number of nothing; so is a sum of two counts that hold the same children.
"""

import dataclasses
from collections.abc import Iterable
from typing import Literal, get_args

Unit = Literal["people", "contacts", "schools", "areas", "per cent"]
UNITS: tuple[Unit, ...] = get_args(Unit)


class CannotBeAddedError(ValueError):
    """These two figures have no sum; the message says why, in words for the page."""


@dataclasses.dataclass(frozen=True, slots=True)
class Amount:
    """A number of something that may be added to others of its kind.

    Attributes:
        name: what was counted, as a reader would say it ("pupils with an EHC plan").
        value: how many.
        unit: what one of them is: a person, a contact with one, a school, or a share.
        holds: names of the groups whose members are counted in it. Two amounts that hold the
            same group may hold the same person.
    """

    name: str
    value: float
    unit: Unit
    holds: frozenset[str] = frozenset()

    def __add__(self, other: "Amount") -> "Amount":
        """Add another amount; raise CannotBeAddedError where the sum would count nothing."""
        if self.unit != other.unit:
            message = (
                f"“{self.name}” counts {self.unit} and “{other.name}” counts {other.unit}."
                " A sum of both would count neither, so show them side by side."
            )
            raise CannotBeAddedError(message)
        if self.unit == "per cent":
            message = (
                f"“{self.name}” and “{other.name}” are shares, and shares have no sum."
                " Add the people behind them."
            )
            raise CannotBeAddedError(message)
        if self.holds & other.holds:
            message = (
                f"“{self.name}” and “{other.name}” can hold the same people"
                f" ({', '.join(sorted(self.holds & other.holds))}), who would be counted twice."
                " Show them side by side."
            )
            raise CannotBeAddedError(message)
        return Amount(
            f"{self.name} and {other.name}",
            self.value + other.value,
            self.unit,
            self.holds | other.holds,
        )


def total(amounts: Iterable[Amount]) -> Amount:
    """Add any number of amounts; raise CannotBeAddedError, and ValueError when there are none."""
    first, *rest = amounts
    for amount in rest:
        first = first + amount
    return first
