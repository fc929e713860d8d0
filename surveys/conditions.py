"""When a page is asked: conditions on earlier answers and on who answers, in any combination."""

import abc
import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any

from surveys.questions import Question, Values

Answers = Mapping[str, Values]


class Condition(abc.ABC):
    """Something that is true or false of the answers so far."""

    @abc.abstractmethod
    def holds(self, answers: Answers, audience: str = "") -> bool:
        """Tell whether the condition is met; a skipped question matches nothing."""

    @abc.abstractmethod
    def questions(self) -> frozenset[str]:
        """Return the codes of the questions it depends on."""

    @abc.abstractmethod
    def words(self) -> str:
        """Return the condition for staff, in one line."""

    @abc.abstractmethod
    def mistakes(
        self, earlier: Mapping[str, Question], audiences: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield what cannot be meant, with what to do about it."""


@dataclasses.dataclass(frozen=True)
class Answered(Condition):
    """One earlier question has one of these answers."""

    question: str
    any_of: tuple[str, ...]

    def holds(self, answers: Answers, audience: str = "") -> bool:
        """Tell whether one of the answers was given."""
        del audience
        return not set(self.any_of).isdisjoint(answers.get(self.question, ()))

    def questions(self) -> frozenset[str]:
        """Return the one question."""
        return frozenset({self.question})

    def words(self) -> str:
        """Return question and answers."""
        return f"{self.question}: {' or '.join(self.any_of)}"

    def mistakes(
        self, earlier: Mapping[str, Question], audiences: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield a question that comes later or not at all, and answers it does not have."""
        del audiences
        asked = earlier.get(self.question)
        if asked is None:
            yield f"`when` names {self.question!r}, which is not an earlier question; name one"
            return
        for key in self.any_of:
            if key not in asked.keys:
                yield f"`when` names {key!r}, which is not an answer of {asked.code}; use its keys"


@dataclasses.dataclass(frozen=True)
class ForAudience(Condition):
    """The person belongs to one of these audiences."""

    any_of: tuple[str, ...]

    def holds(self, answers: Answers, audience: str = "") -> bool:
        """Tell whether the audience is one of them."""
        del answers
        return audience in self.any_of

    def questions(self) -> frozenset[str]:
        """Return none: an audience is known before the first question."""
        return frozenset()

    def words(self) -> str:
        """Return the audiences."""
        return f"for {' or '.join(self.any_of)}"

    def mistakes(
        self, earlier: Mapping[str, Question], audiences: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield audiences that this questionnaire does not ask."""
        del earlier
        for name in self.any_of:
            if name not in audiences:
                yield f"`when` names the audience {name!r}; add it to audiences or remove it"


@dataclasses.dataclass(frozen=True)
class Together(Condition):
    """Several conditions: all of them, or any of them."""

    parts: tuple[Condition, ...]
    is_all: bool

    def holds(self, answers: Answers, audience: str = "") -> bool:
        """Tell whether all, or any, are met."""
        met = (part.holds(answers, audience) for part in self.parts)
        return all(met) if self.is_all else any(met)

    def questions(self) -> frozenset[str]:
        """Return the questions of all parts."""
        return frozenset().union(*(part.questions() for part in self.parts))

    def words(self) -> str:
        """Return the parts, joined."""
        joined = (" and " if self.is_all else " or ").join(part.words() for part in self.parts)
        return f"({joined})"

    def mistakes(
        self, earlier: Mapping[str, Question], audiences: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield the mistakes of all parts."""
        for part in self.parts:
            yield from part.mistakes(earlier, audiences)


@dataclasses.dataclass(frozen=True)
class Not(Condition):
    """The opposite of a condition; it holds for a question that was skipped, too."""

    part: Condition

    def holds(self, answers: Answers, audience: str = "") -> bool:
        """Tell whether the condition is not met."""
        return not self.part.holds(answers, audience)

    def questions(self) -> frozenset[str]:
        """Return the questions of the condition."""
        return self.part.questions()

    def words(self) -> str:
        """Return the condition with "not"."""
        return f"not {self.part.words()}"

    def mistakes(
        self, earlier: Mapping[str, Question], audiences: tuple[str, ...]
    ) -> Iterator[str]:
        """Yield the mistakes of the condition."""
        return self.part.mistakes(earlier, audiences)


def read(written: Mapping[str, Any]) -> Condition:
    """Return the condition of a document; the schema has seen that its form is one of these."""
    if "question" in written:
        return Answered(written["question"], tuple(written["any_of"]))
    if "audience" in written:
        return ForAudience(tuple(written["audience"]))
    if "not" in written:
        return Not(read(written["not"]))
    name = "all" if "all" in written else "any"
    return Together(tuple(read(part) for part in written[name]), is_all=name == "all")
