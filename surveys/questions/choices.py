"""Questions answered by choosing: one thing, or several."""

from collections.abc import Iterator
from typing import ClassVar

from wtforms import RadioField, SelectMultipleField, StringField

from surveys.questions import keying
from surveys.questions.base import (
    ANSWER,
    OWN,
    WORDS,
    AnswerError,
    Fields,
    Question,
    Sent,
    Values,
    first,
    given,
)
from surveys.questions.wording import Edition, Message, Option
from surveys.questions.words import SHORT_LIMIT, tidy, too_long

NOT_AN_OPTION = Message("Choose one of the answers on this page", "Pick an answer on this page")
ONLY_ONE = Message("Choose one answer only", "Pick one answer only")
LEAST_OPTIONS = 2
MOST_EASY_OPINIONS = 4


class Choosing(Question):
    """What choosing one thing and choosing several have in common: "other, say what"."""

    @property
    def talker(self) -> Option | None:
        """Return the option that asks for own words, if there is one."""
        return next((option for option in self.options if option.say_what), None)

    @property
    def pictures(self) -> frozenset[str]:
        """Return the pictures of the options, and of the box for own words."""
        return super().pictures | ({"write"} if self.talker else frozenset())

    @property
    def is_many(self) -> bool:
        """Tell whether an answer may be several values: own words stand beside their key."""
        return self.talker is not None

    @property
    def has_words(self) -> bool:
        """Tell whether "other, say what" is there."""
        return self.talker is not None

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return the keys in their field and own words in theirs."""
        keys = tuple(value for value in stored if not value.startswith(OWN))
        said = self.own_words(stored)
        return {ANSWER: self.shown(keys, edition), **({WORDS: (said,)} if said else {})}

    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the fields for the numbers of options, and words behind them for "other"."""
        numbers, words = keying.numbers_then_words(typed)
        if words and not self.talker:
            raise AnswerError(keying.NUMBERS_ONLY)
        keys = keying.chosen([option.key for option in self.offered(edition)], numbers)
        return {ANSWER: keys, **({WORDS: (words,)} if words else {})}

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return the labels of what was chosen, with own words behind "other"."""
        said = " ".join(self.own_words(stored).split())
        marked = self.shown(stored, edition)
        return tuple(
            f"{option.label(edition)}: {said}"
            if said and option.say_what
            else option.label(edition)
            for option in self.offered(edition)
            if option.key in marked
        )

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the options as well."""
        yield from super().mistakes()
        yield from option_mistakes(self)

    def _words(self, sent: Sent) -> str:
        words = tidy(first(sent, WORDS)) if self.talker else ""
        if len(words) > SHORT_LIMIT:
            raise AnswerError(too_long(len(words), SHORT_LIMIT), WORDS)
        return words

    def _box(self, edition: Edition) -> Fields:
        return {WORDS: StringField(self.talker.label(edition))} if self.talker else {}


class Single(Choosing):
    """Choose one; a long list of facts or a short list of answers."""

    kind: ClassVar[str] = "single"
    takes: ClassVar[frozenset[str]] = frozenset({"options", "groups", "list", "facts", "safety"})

    def fields(self, edition: Edition) -> Fields:
        """Return radio buttons; `choices` draws the options and `parse` judges what comes back."""
        return {
            ANSWER: RadioField(self.text.in_(edition), validate_choice=False),
            **self._box(edition),
        }

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept nothing (skipped) or one key; keep the finer stored answer of the same band.

        A person who answered finely and then switches edition sees the band. Switching must
        never blur what somebody said, so only a changed band changes the stored answer. Words
        for "other" choose it, unless another answer was chosen: then the person decides.
        """
        chosen, words = given(sent), self._words(sent)
        if len(chosen) > 1:
            raise AnswerError(ONLY_ONE)
        if not self.keys.issuperset(chosen):
            raise AnswerError(NOT_AN_OPTION)
        if words and self.talker:
            if chosen and chosen != (self.talker.key,):
                raise AnswerError(_words_elsewhere(self.talker), WORDS)
            return (self.talker.key, f"{OWN}{words}")
        if stored and chosen == self.shown(stored, edition):
            return stored
        return chosen

    def mistakes(self) -> Iterator[str]:
        """Yield a mistake when easy read would offer more answers than an opinion can have."""
        yield from super().mistakes()
        if not self.facts and len(self.offered("easy")) > MOST_EASY_OPINIONS:
            yield (
                f"easy read offers at most {MOST_EASY_OPINIONS} answers to an opinion question; "
                "keep finer answers to the standard edition, or say facts: true"
            )


class Multi(Choosing):
    """Choose any, or up to a limit; one option may rule out the others."""

    kind: ClassVar[str] = "multi"
    takes: ClassVar[frozenset[str]] = frozenset(
        {"options", "groups", "list", "facts", "limit", "exclusive"}
    )

    @property
    def is_many(self) -> bool:
        """Tell that an answer may be several values."""
        return True

    def fields(self, edition: Edition) -> Fields:
        """Return a set of tick boxes."""
        return {
            ANSWER: SelectMultipleField(self.text.in_(edition), validate_choice=False),
            **self._box(edition),
        }

    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Accept any known keys within the limit; keep them in the order of the page."""
        del edition, stored
        wanted, words = set(given(sent)), self._words(sent)
        if words and self.talker:
            wanted.add(self.talker.key)
        if not wanted <= self.keys:
            raise AnswerError(NOT_AN_OPTION)
        if self.limit and len(wanted) > self.limit:
            raise AnswerError(_too_many(len(wanted), self.limit))
        if self.exclusive in wanted and len(wanted) > 1:
            raise AnswerError(self._not_together())
        chosen = tuple(option.key for option in self.options if option.key in wanted)
        return (*chosen, f"{OWN}{words}") if words else chosen

    def mistakes(self) -> Iterator[str]:
        """Yield mistakes in the limit and the excluding option."""
        yield from super().mistakes()
        if self.exclusive is not None and self.exclusive not in self.keys:
            yield f"exclusive names {self.exclusive!r}, which is not an option; use an option's key"
        if self.limit is not None and not 0 < self.limit < len(self.options):
            yield "limit must be at least 1 and less than the number of options"

    def _not_together(self) -> Message:
        alone = next(option.words for option in self.options if option.key == self.exclusive)
        return Message(
            "Choose “%(alone)s” or other answers, not both",
            "Pick “%(alone)s” or other answers, not both",
            alone=alone,
        )


def _too_many(count: int, limit: int) -> Message:
    return Message(
        "You chose %(count)s. Choose up to %(limit)s",
        "You picked %(count)s. Please pick up to %(limit)s",
        count=count,
        limit=limit,
    )


def _words_elsewhere(talker: Option) -> Message:
    return Message(
        "Choose “%(other)s” to keep what you wrote, or take your words away",
        "Pick “%(other)s” to keep your words, or take your words away",
        other=talker.words,
    )


def option_mistakes(question: Question) -> Iterator[str]:
    """Yield what is wrong with a list of options: too few, a key used twice, a lost group."""
    yield from key_mistakes("option", question.options)
    if len(question.options) < LEAST_OPTIONS:
        yield "at least two options are needed; add options or name a list"
    if sum(option.say_what for option in question.options) > 1:
        yield "only one option may ask people to say what; remove say_what from the others"
    groups = {group.key for group in question.groups}
    for option in question.options:
        if option.easy_as and option.easy_as not in {o.key for o in question.offered("easy")}:
            yield f"easy_as of {option.key!r} must be the key of an option that easy read offers"
        if option.group and option.group not in groups:
            yield f"option {option.key!r} is in the group {option.group!r}; add it to groups"


def key_mistakes(what: str, named: tuple[Option, ...]) -> Iterator[str]:
    """Yield keys that are used twice, and what has no words in the standard edition."""
    keys = [option.key for option in named]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"the {what} key {key!r} is used twice; give each {what} its own key"
    for option in named:
        if not option.words.standard.strip():
            yield f"{what} {option.key!r} needs words in the standard edition"
