"""Questions answered by choosing: one thing, or several."""

from collections.abc import Iterator, Sequence
from typing import ClassVar

from wtforms import Field, RadioField, SelectMultipleField

from surveys.questions.base import AnswerError, Question, Values
from surveys.questions.wording import Edition, Wording

NOT_AN_OPTION = Wording("Choose one of the answers on this page", "Pick an answer on this page")
ONLY_ONE = Wording("Choose one answer only", "Pick one answer only")
LEAST_OPTIONS = 2
MOST_EASY_OPINIONS = 4


class Single(Question):
    """Choose one; a long list of facts or a short list of answers."""

    kind: ClassVar[str] = "single"
    takes: ClassVar[frozenset[str]] = frozenset({"options", "list", "facts", "safety"})

    def field(self, edition: Edition) -> Field:
        """Return radio buttons; `choices` draws the options and `parse` judges what comes back."""
        return RadioField(self.text.in_(edition), validate_choice=False)

    def parse(self, sent: Sequence[str], edition: Edition, stored: Values = ()) -> Values:
        """Accept nothing (skipped) or one key; keep the finer stored answer of the same band.

        A person who answered finely and then switches edition sees the band. Switching must
        never blur what somebody said, so only a changed band changes the stored answer.
        """
        chosen = tuple(key for key in sent if key)
        if len(chosen) > 1:
            raise AnswerError(ONLY_ONE.in_(edition))
        if not self.keys.issuperset(chosen):
            raise AnswerError(NOT_AN_OPTION.in_(edition))
        if stored and chosen == self.shown(stored, edition):
            return stored
        return chosen

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the options as well."""
        yield from super().mistakes()
        yield from option_mistakes(self)
        if not self.facts and len(self.offered("easy")) > MOST_EASY_OPINIONS:
            yield (
                f"easy read offers at most {MOST_EASY_OPINIONS} answers to an opinion question; "
                "keep finer answers to the standard edition, or say facts: true"
            )


class Multi(Question):
    """Choose any, or up to a limit; one option may rule out the others."""

    kind: ClassVar[str] = "multi"
    is_many: ClassVar[bool] = True
    takes: ClassVar[frozenset[str]] = frozenset({"options", "list", "facts", "limit", "exclusive"})

    def field(self, edition: Edition) -> Field:
        """Return a set of tick boxes."""
        return SelectMultipleField(self.text.in_(edition), validate_choice=False)

    def parse(self, sent: Sequence[str], edition: Edition, stored: Values = ()) -> Values:
        """Accept any known keys within the limit; keep them in the order of the page."""
        del stored
        wanted = {key for key in sent if key}
        if not wanted <= self.keys:
            raise AnswerError(NOT_AN_OPTION.in_(edition))
        if self.limit and len(wanted) > self.limit:
            raise AnswerError(self._too_many(edition, len(wanted)))
        if self.exclusive in wanted and len(wanted) > 1:
            raise AnswerError(self._not_together(edition))
        return tuple(option.key for option in self.options if option.key in wanted)

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the options, the limit and the excluding option."""
        yield from super().mistakes()
        yield from option_mistakes(self)
        if self.exclusive is not None and self.exclusive not in self.keys:
            yield f"exclusive names {self.exclusive!r}, which is not an option; use an option's key"
        if self.limit is not None and not 0 < self.limit < len(self.options):
            yield "limit must be at least 1 and less than the number of options"

    def _too_many(self, edition: Edition, count: int) -> str:
        if edition == "easy":
            return f"You picked {count}. Please pick up to {self.limit}"
        return f"You chose {count}. Choose up to {self.limit}"

    def _not_together(self, edition: Edition) -> str:
        alone = next(o.label(edition) for o in self.options if o.key == self.exclusive)
        if edition == "easy":
            return f"Pick “{alone}” or other answers, not both"
        return f"Choose “{alone}” or other answers, not both"


def option_mistakes(question: Question) -> Iterator[str]:
    """Yield what is wrong with a list of options: too few, or a key used twice."""
    keys = [option.key for option in question.options]
    if len(keys) < LEAST_OPTIONS:
        yield "at least two options are needed; add options or name a list"
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"the option key {key!r} is used twice; give each option its own key"
    for option in question.options:
        if not option.words.standard.strip():
            yield f"option {option.key!r} needs words in the standard edition"
        if option.easy_as and option.easy_as not in {o.key for o in question.offered("easy")}:
            yield f"easy_as of {option.key!r} must be the key of an option that easy read offers"
