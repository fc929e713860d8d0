"""What every kind of question must be able to do; one subclass owns each kind."""

import abc
import dataclasses
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import ClassVar

from wtforms import Field

from surveys.questions.said import OWN as OWN  # noqa: PLC0414  # a part of what kinds use
from surveys.questions.said import Values as Values  # noqa: PLC0414  # as above
from surveys.questions.said import words_beside
from surveys.questions.wording import (
    Choice,
    Edition,
    Line,
    Message,
    Option,
    Passage,
    Wording,
    is_simple,
)

#: What a page sent: the values of each field by its name. All names begin with "answer".
Sent = Mapping[str, Sequence[str]]
#: WTForms fields by name; outside a form they are not yet bound to one.
Fields = dict[str, Field]

ANSWER = "answer"
WORDS = "answer_words"


class AnswerError(ValueError):
    """An answer cannot be kept as it is; the message says why and what to do.

    Attributes:
        message: the words, in every edition.
        field: the first field that is wrong; its first control has this name as its id.
        fields: every field that the message is about.
    """

    def __init__(self, message: Message, *fields: str) -> None:
        self.message, self.fields = message, fields or (ANSWER,)
        self.field = self.fields[0]
        super().__init__(message.in_("standard"))


@dataclasses.dataclass(frozen=True)
class Group:
    """Choices that are shown together; without words they stand openly on the page."""

    text: str
    picture: str
    choices: tuple[Choice, ...]
    is_open: bool = False


@dataclasses.dataclass(frozen=True)
class Row:
    """One line of a question that asks several things alike: one set of choices."""

    name: str
    text: str
    picture: str
    choices: tuple[Choice, ...]
    number: int = 0


@dataclasses.dataclass(frozen=True)
class Question(abc.ABC):
    """One question in all its editions.

    An answer is a tuple of strings: empty when skipped, one option key or one text, or several
    keys for "choose any". The stored form is the same whichever edition asked. Own words beside
    a key are a further value that begins with "=".

    Attributes:
        code: stable name of the question, for example "PC04".
        text: the question itself.
        picture: picture beside the easy-read question.
        hint: help under the question; in easy read each line has its own picture.
        body: what to read; only "information" has it.
        options: what can be chosen, in one constant order.
        groups: headings that a long list of options is shown under.
        rows: what is asked one after the other with the same options.
        facts: the options are facts (a district, a role), so there may be many.
        limit: most options that may be chosen, or how many are put in order.
        exclusive: key that cannot be chosen together with another; only "multi" uses it.
        feeling: the question asks about a feeling, the only place for faces.
        unhappy: keys after which help lines are shown straight away.
        private: never analysed and never shown in a report.
        list_name: the taxonomy list the options came from, if they did.
        lowest, highest: the smallest and the largest number that may be given.
        decimals: how many digits may stand after the point.
        unit: what is counted, behind the box.
        ends: what the two ends of a scale of numbers mean.
        media: what may be recorded, "voice" or "video" or both.
    """

    code: str
    text: Wording
    picture: str = ""
    hint: Passage = dataclasses.field(default_factory=Passage)
    body: Passage = dataclasses.field(default_factory=Passage)
    options: tuple[Option, ...] = ()
    groups: tuple[Option, ...] = ()
    rows: tuple[Option, ...] = ()
    facts: bool = False
    limit: int | None = None
    exclusive: str | None = None
    feeling: bool = False
    unhappy: tuple[str, ...] = ()
    private: bool = False
    list_name: str = ""
    lowest: Decimal | None = None
    highest: Decimal | None = None
    decimals: int = 0
    unit: Wording | None = None
    ends: tuple[Wording, Wording] | None = None
    media: tuple[str, ...] = ()

    #: Name in questionnaire documents and of the template.
    kind: ClassVar[str]
    #: The whole answer is the person's own words.
    is_text: ClassVar[bool] = False
    #: False for a page that only informs; it has no number in "Question 3 of 9".
    is_asked: ClassVar[bool] = True
    #: The answer is a file, sent in the field "answer-file".
    takes_file: ClassVar[bool] = False
    #: Settings of a document that mean something for this kind, beyond those every kind has.
    takes: ClassVar[frozenset[str]] = frozenset()
    #: Pictures of the kind's own words in easy read.
    own_pictures: ClassVar[frozenset[str]] = frozenset()
    #: Options that the kind brings with it, instead of those of a document.
    scale: ClassVar[tuple[Option, ...]] = ()

    def __post_init__(self) -> None:
        """Take the kind's own options; a frozen dataclass is set through object."""
        if self.scale:
            object.__setattr__(self, "options", self.scale)

    def parts(self, edition: Edition) -> tuple[tuple[str, ...], ...]:
        """Return the fields of each page of easy read, which asks one thing a page.

        Nothing means that the whole question stands on one page.
        """
        del edition
        return ()

    def part_after(self, number: int, values: Values, edition: Edition) -> int | None:
        """Return the number of the page to ask after this one, counting from 1, if there is one."""
        del values
        return number + 1 if number < len(self.parts(edition)) else None

    @property
    def template(self) -> str:
        """Return the one template that shows this kind, on a screen and on paper."""
        return f"questions/{self.kind}.html"

    @property
    def is_many(self) -> bool:
        """Tell whether an answer may be several values, one row each."""
        return False

    @property
    def has_words(self) -> bool:
        """Tell whether an answer may hold own words, which a person must read for safety."""
        return self.is_text

    @property
    def keys(self) -> frozenset[str]:
        """Return every key that may be stored, and that a condition may name."""
        return frozenset(option.key for option in self.options)

    def offered(self, edition: Edition) -> tuple[Option, ...]:
        """Return the options of one edition; easy read may offer fewer, never other ones."""
        if not is_simple(edition):
            return self.options
        return tuple(option for option in self.options if not option.easy_as)

    def shown(self, stored: Sequence[str], edition: Edition) -> Values:
        """Return what stands chosen on the page: in easy read the band of a finer answer."""
        if not is_simple(edition):
            return tuple(stored)
        bands = {option.key: option.easy_as for option in self.options if option.easy_as}
        return tuple(bands.get(value, value) for value in stored)

    def choices(self, chosen: Sequence[str], edition: Edition) -> tuple[Choice, ...]:
        """Return the options ready for a template, with those chosen marked."""
        marked = self.shown(chosen, edition)
        return tuple(
            Choice(
                value=option.key,
                text=self.label(option, edition),
                picture=option.picture,
                chosen=option.key in marked,
                number=number,
                group=option.group,
                say_what=option.say_what,
            )
            for number, option in enumerate(self.offered(edition), start=1)
        )

    def label(self, option: Option, edition: Edition) -> str:
        """Return what stands beside an option."""
        return option.label(edition)

    def grouped(self, choices: Sequence[Choice], sent: Sent, edition: Edition) -> tuple[Group, ...]:
        """Return the choices in the groups of a long list, those without a group at the end."""
        del sent
        named = [
            Group(group.label(edition), group.picture, found, any(one.chosen for one in found))
            for group in self.groups
            if (found := tuple(one for one in choices if one.group == group.key))
        ]
        kept = {group.key for group in self.groups}
        loose = tuple(one for one in choices if one.group not in kept)
        return (*named, Group("", "", loose)) if loose else tuple(named)

    def lines(self, sent: Sent, edition: Edition) -> tuple[Row, ...]:
        """Return the rows of a question that asks several things alike."""
        del sent, edition
        return ()

    @abc.abstractmethod
    def fields(self, edition: Edition) -> Fields:
        """Return the WTForms fields that read the answer, by name; none when nothing is asked."""

    @abc.abstractmethod
    def parse(self, sent: Sent, edition: Edition, stored: Values = ()) -> Values:
        """Turn what was sent into what is stored; raise AnswerError."""

    def filled(self, stored: Values, edition: Edition) -> Sent:
        """Return what stands in the fields when a stored answer is shown again."""
        return {ANSWER: self.shown(stored, edition)} if stored else {}

    def assist(self, sent: Sent, edition: Edition) -> Sent:
        """Return the fields after somebody asked the page to help; raise AnswerError."""
        del edition
        return sent

    def found(self, sent: Sent, edition: Edition) -> str:
        """Return what helping has found, in the words of the edition."""
        del sent, edition
        return ""

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return what "check your answers" shows, in the words of the edition."""
        labels = {option.key: option.label(edition) for option in self.offered(edition)}
        marked = self.shown(stored, edition)
        return tuple(labels[key] for key in labels if key in marked)

    def export(self, stored: Values) -> str:
        """Return one spreadsheet cell; keys, not labels, so that editions add up."""
        return ";".join(stored)

    def own_words(self, stored: Values) -> str:
        """Return the words the person wrote in an answer, or nothing."""
        return words_beside(stored)

    def is_read(self, stored: Values) -> bool:
        """Tell whether a person reads or looks at this answer for somebody's safety."""
        return bool(stored) and (self.takes_file or bool(self.own_words(stored)))

    @abc.abstractmethod
    def keyed(self, typed: str, edition: Edition = "standard") -> Sent:
        """Return the fields for what somebody typed from a sheet of paper; raise AnswerError.

        Numbers are those printed beside the boxes of the sheet's edition.
        """

    @property
    def pictures(self) -> frozenset[str]:
        """Return the names of all pictures that easy read shows with this question."""
        lines = (*self.hint.easy, *self.body.easy)
        named = (*self.offered("easy"), *self.groups, *self.rows, *self._pictured())
        found = {self.picture, *(line.picture for line in lines), *(one.picture for one in named)}
        return frozenset(found | self.own_pictures) - {""}

    def mistakes(self) -> Iterator[str]:
        """Yield what is wrong with the question as written, each with what to do about it."""
        if self.feeling and self.kind != "faces3":
            yield 'only faces3 asks about feelings; remove "feeling"'
        for key in self.unhappy:
            if key not in self.keys:
                yield f"safety names the option {key!r}, which is not there; use a key of an option"
        yield from self._missing_easy_words()

    def _missing_easy_words(self) -> Iterator[str]:
        if not self.text.easy.strip() or not self.picture:
            yield "the easy read edition needs its own words and a picture for the question"
        for name, passage in (("hint", self.hint), ("body", self.body)):
            if bool(passage.standard) != bool(passage.easy):
                yield f"the {name} needs words in both editions"
            if not all(_complete(line) for line in passage.easy):
                yield f"each easy read line of the {name} needs words and a picture"
        for option in self._pictured():
            if not option.words.easy.strip() or not option.picture:
                yield f"option {option.key!r} needs easy read words and a picture"

    def _pictured(self) -> tuple[Option, ...]:
        """Return everything that easy read shows with a picture of its own."""
        return (*self.offered("easy"), *self.rows, *self.groups)


def _complete(line: Line) -> bool:
    return bool(line.text.strip() and line.picture)


def first(sent: Sent, name: str = ANSWER) -> str:
    """Return the first value of a field, or nothing."""
    values = sent.get(name, ())
    return values[0] if values else ""


def given(sent: Sent, name: str = ANSWER) -> Values:
    """Return the values of a field that are not empty."""
    return tuple(value for value in sent.get(name, ()) if value)
