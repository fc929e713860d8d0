"""What was counted of one question, before anybody decides what may be shown of it."""

import dataclasses
from collections.abc import Mapping
from typing import Literal

from surveys.conditions import Condition
from surveys.questions import Question, Wording

By = Literal["age", "help", "edition", "area"]
BY: tuple[By, ...] = ("age", "help", "edition", "area")
GROUPED: dict[By, str] = {
    "age": "By age",
    "help": "With help or without",
    "edition": "By edition",
    "area": "By area",
}
ANSWERED, ASKED = ":answered", ":asked"
UNSAID = ":unsaid"
EDITIONS = (("standard", "Standard and other editions"), ("easy", "Easy read"))


@dataclasses.dataclass(frozen=True, slots=True)
class Tally:
    """People of one audience.

    Attributes:
        asked: how many had the question on their way through the questionnaire.
        answered: how many gave any answer.
        people: stored value to how many gave it.
        easy: the same for those who sent their answers in an easy edition.
        first: the same for those who gave it as the first of several.
        groups: group of people to `people` within it, with ANSWERED for its base.
    """

    asked: int = 0
    answered: int = 0
    people: Mapping[str, int] = dataclasses.field(default_factory=dict)
    easy: Mapping[str, int] = dataclasses.field(default_factory=dict)
    first: Mapping[str, int] = dataclasses.field(default_factory=dict)
    groups: Mapping[str, Mapping[str, int]] = dataclasses.field(default_factory=dict)


@dataclasses.dataclass(frozen=True, slots=True)
class Grouping:
    """A way to tell the people of one audience apart.

    Attributes:
        question: code of the question whose answer it is; empty for the edition.
        bands: key and label of each group, in order.
    """

    by: By
    question: str
    bands: tuple[tuple[str, str], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """Return every group, and at the end those who did not say."""
        named = tuple(key for key, _ in self.bands)
        return (*named, UNSAID) if self.question else named

    def label(self, key: str) -> str:
        """Return the words for a group."""
        return "Did not say" if key == UNSAID else dict(self.bands)[key]


@dataclasses.dataclass(frozen=True, slots=True)
class Asked:
    """One question of one questionnaire, with what each audience answered.

    Attributes:
        title: of the questionnaire.
        when: who is asked; None for everybody.
        reworded: an earlier version of the questionnaire said it in other words.
    """

    questionnaire: str
    title: Wording
    question: Question
    tallies: Mapping[str, Tally]
    grouping: Grouping | None = None
    when: Condition | None = None
    reworded: bool = False

    @property
    def code(self) -> str:
        """Return the code of the question."""
        return self.question.code

    def key(self, audience: str, option: str, group: str = "") -> str:
        """Return the name of a number, for good: editions and versions use the same."""
        key = f"question/{self.questionnaire}/{self.code}/{audience}/{option}"
        return f"{key}/{self.grouping.by}.{group}" if self.grouping and group else key


class Sums:
    """Counts of one question and one audience, added up over versions."""

    def __init__(self) -> None:
        self.asked = self.answered = 0
        self.people: dict[str, int] = {}
        self.easy: dict[str, int] = {}
        self.first: dict[str, int] = {}
        self.groups: dict[str, dict[str, int]] = {}

    def add(self, value: str, people: int, *, is_easy: bool, is_first: bool) -> None:
        """Add people who gave a value; only what was given first counts them as answering."""
        self.answered += people if is_first else 0
        more(self.people, value, people)
        more(self.easy, value, people if is_easy else 0)
        more(self.first, value, people if is_first else 0)

    def add_group(self, group: str, value: str, people: int, *, is_first: bool) -> None:
        """Add people of one group."""
        inside = self.groups.setdefault(group, {})
        more(inside, value, people)
        more(inside, ANSWERED, people if is_first else 0)

    def tally(self, grouping: Grouping | None) -> Tally:
        """Return what was added up."""
        groups = {} if grouping is None else self._complete(grouping)
        return Tally(self.asked, self.answered, self.people, self.easy, self.first, groups)

    def _complete(self, grouping: Grouping) -> dict[str, dict[str, int]]:
        """Put everybody who gave no known group among those who did not say: groups add up."""
        start = f"{grouping.by}." if grouping.question else ""
        named = {key: self.groups.get(start + key, {}) for key, _ in grouping.bands}
        whole = {**self.people, ANSWERED: self.answered}
        rest = {
            value: people - sum(inside.get(value, 0) for inside in named.values())
            for value, people in whole.items()
        }
        return {**named, UNSAID: rest}


def more(found: dict[str, int], key: str, people: int) -> None:
    """Add people to a number that may not be there yet."""
    found[key] = found.get(key, 0) + people
