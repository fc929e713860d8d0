"""What every kind of question must be able to do; one subclass owns each kind."""

import abc
import dataclasses
from collections.abc import Iterator, Sequence
from typing import ClassVar

from wtforms import Field

from surveys.questions.wording import Choice, Edition, Line, Option, Passage, Wording

Values = tuple[str, ...]


class AnswerError(ValueError):
    """An answer cannot be kept as it is; the message is in the words of the person's edition."""


@dataclasses.dataclass(frozen=True)
class Question(abc.ABC):
    """One question in all its editions.

    An answer is a tuple of strings: empty when skipped, one option key or one text, or several
    keys for "choose any". The stored form is the same whichever edition asked.

    Attributes:
        code: stable name of the question, for example "PC04".
        text: the question itself.
        picture: picture beside the easy-read question.
        hint: help under the question; in easy read each line has its own picture.
        body: what to read; only "information" has it.
        options: what can be chosen, in one constant order.
        facts: the options are facts (a district, a role), so there may be many.
        limit: most options that may be chosen; only "multi" uses it.
        exclusive: key that cannot be chosen together with another; only "multi" uses it.
        feeling: the question asks about a feeling, the only place for faces.
        unhappy: keys after which help lines are shown straight away.
        private: never analysed and never shown in a report.
        list_name: the taxonomy list the options came from, if they did.
    """

    code: str
    text: Wording
    picture: str = ""
    hint: Passage = dataclasses.field(default_factory=Passage)
    body: Passage = dataclasses.field(default_factory=Passage)
    options: tuple[Option, ...] = ()
    facts: bool = False
    limit: int | None = None
    exclusive: str | None = None
    feeling: bool = False
    unhappy: tuple[str, ...] = ()
    private: bool = False
    list_name: str = ""

    #: Name in questionnaire documents and of the template.
    kind: ClassVar[str]
    #: The answer is the person's own words, so analysis and safeguarding read it.
    is_text: ClassVar[bool] = False
    #: An answer may be several values, one row each.
    is_many: ClassVar[bool] = False
    #: False for a page that only informs; it has no number in "Question 3 of 9".
    is_asked: ClassVar[bool] = True
    #: Settings of a document that mean something for this kind, beyond those every kind has.
    takes: ClassVar[frozenset[str]] = frozenset()

    #: Options that the kind brings with it, instead of those of a document.
    scale: ClassVar[tuple[Option, ...]] = ()

    def __post_init__(self) -> None:
        """Take the kind's own options; a frozen dataclass is set through object."""
        if self.scale:
            object.__setattr__(self, "options", self.scale)

    @property
    def template(self) -> str:
        """Return the one template that shows this kind in both editions."""
        return f"questions/{self.kind}.html"

    @property
    def keys(self) -> frozenset[str]:
        """Return every key that may be stored."""
        return frozenset(option.key for option in self.options)

    def offered(self, edition: Edition) -> tuple[Option, ...]:
        """Return the options of one edition; easy read may offer fewer, never other ones."""
        if edition == "standard":
            return self.options
        return tuple(option for option in self.options if not option.easy_as)

    def shown(self, stored: Values, edition: Edition) -> Values:
        """Return what stands chosen on the page: in easy read the band of a finer answer."""
        if edition == "standard":
            return stored
        bands = {option.key: option.easy_as for option in self.options if option.easy_as}
        return tuple(bands.get(value, value) for value in stored)

    def choices(self, chosen: Values, edition: Edition) -> tuple[Choice, ...]:
        """Return the options ready for a template, with those chosen marked."""
        marked = self.shown(chosen, edition)
        return tuple(
            Choice(option.key, option.label(edition), option.picture, option.key in marked)
            for option in self.offered(edition)
        )

    @abc.abstractmethod
    def field(self, edition: Edition) -> Field | None:
        """Return the WTForms field that reads the answer, or None when nothing is asked.

        Outside a form WTForms gives back a field that is not yet bound to one.
        """

    @abc.abstractmethod
    def parse(self, sent: Sequence[str], edition: Edition, stored: Values = ()) -> Values:
        """Turn what was sent into what is stored; raise AnswerError in plain words."""

    def summary(self, stored: Values, edition: Edition) -> Values:
        """Return what "check your answers" shows, in the words of the edition."""
        labels = {option.key: option.label(edition) for option in self.offered(edition)}
        marked = self.shown(stored, edition)
        return tuple(labels[key] for key in labels if key in marked)

    def export(self, stored: Values) -> str:
        """Return one spreadsheet cell; keys, not labels, so that editions add up."""
        return ";".join(stored)

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
        for option in self.offered("easy"):
            if not option.words.easy.strip() or not option.picture:
                yield f"option {option.key!r} needs easy read words and a picture"


def _complete(line: Line) -> bool:
    return bool(line.text.strip() and line.picture)
