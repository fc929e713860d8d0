"""What a snapshot holds about who answered, before anybody decides what may be shown of it."""

import dataclasses
import datetime as dt
from collections.abc import Mapping

from reports.representation.baselines import PopulationBaseline
from reports.representation.equalityprofile import Tables
from surveys.breakdowns import UNSAID, Asked
from surveys.gathering.sessions import Totals

TITLES = {
    "support": "Support that the child or young person has",
    "child_ages": "Age of the child or young person",
    "young_person_ages": "Age of the young person",
    "districts": "District",
}
"""Code lists that a report counts people by, with the heading of each."""


@dataclasses.dataclass(frozen=True, slots=True)
class Tallied:
    """One question and how many people gave each answer, with those who gave none."""

    asked: Asked
    people: Mapping[str, int]

    @property
    def answered(self) -> int:
        """Return how many people answered it."""
        return sum(self.people.values()) - self.people[UNSAID]


@dataclasses.dataclass(frozen=True, slots=True)
class Gathered:
    """Everything that was counted.

    Attributes:
        answered: audience to how many answered; nought for a survey that nobody answered.
        tallies: what people were asked about themselves.
        tables: the equality questions, protected already.
        totals: what sessions brought, each in its own unit.
        on: the day whose code lists hold.
    """

    answered: Mapping[str, int]
    tallies: tuple[Tallied, ...]
    tables: Tables
    baselines: tuple[PopulationBaseline, ...]
    totals: Totals
    threshold: int
    on: dt.date
