"""Forms of respondents' pages: one class for each page and edition, built once and kept.

Plain WTForms: the site-wide protection against forged forms is checked before a view runs, so
a form needs none of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar

from wtforms import Form

from surveys.questionnaire import Page, Questionnaire
from surveys.questions import ANSWER, AnswerError, Edition, Message, Question, Sent, Values
from surveys.questions.base import WORDS

CLASSES_KEPT = 1024
#: Values of "then" with which a page asks for help with its own fields, and saves nothing.
HELP = frozenset({"find"})

_classes: dict[tuple[str, str, Edition], "type[PageForm]"] = {}


class PageForm(Form):
    """The one answer of a page. Invalid input stays in the form, so nothing typed is lost."""

    question: ClassVar[Question]
    edition: ClassVar[Edition]

    def __init__(self, sent: Any, stored: Values, part: Sequence[str] = ()) -> None:
        super().__init__(sent)
        self.stored, self.part = stored, part
        self.values: Values = stored
        #: What was typed or ticked, exactly as it came, by field.
        self.sent: Sent = {
            name: tuple(str(value) for value in field.raw_data or ())
            for name, field in self._fields.items()
        }
        if part:  # the page asked for some fields only; the others stay as they are stored
            asked = {name: self.sent.get(name, ()) for name in part}
            self.sent = {**self.question.filled(stored, self.edition), **asked}
        self.mistake: Message | None = None
        self.wrong: tuple[str, ...] = (ANSWER,)

    @property
    def error(self) -> str:
        """Return what is wrong, in the words of the edition."""
        return self.mistake.in_(self.edition) if self.mistake else ""

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Let the question judge; its message is the error, in the words of the edition."""
        del extra_validators
        try:
            self.values = self.question.parse(self.sent, self.edition, self.stored)
        except AnswerError as error:
            self.refuse(error)
        return self.mistake is None

    def assist(self) -> None:
        """Let the question fill in what it can, for somebody who pressed "Find"."""
        try:
            self.sent = self.question.assist(self.sent, self.edition)
        except AnswerError as error:
            self.refuse(error)

    def put(self, value: str) -> None:
        """Stand the id of a file that has been kept in its field.

        What may be shown was said of the file before: a page that does not ask it anew drops it.
        """
        still = (*self.part, WORDS) if self.part else tuple(self.sent)
        said = {name: said for name, said in self.sent.items() if name in still}
        self.sent = {**said, ANSWER: (value,)}

    def refuse(self, error: AnswerError) -> None:
        """Show the page again with this mistake."""
        self.mistake, self.wrong = error.message, error.fields


def form_for(questionnaire: Questionnaire, page: Page, edition: Edition) -> type[PageForm]:
    """Return the form class of a page; a published version never changes, so it is kept."""
    key = (questionnaire.digest, page.id, edition)
    found = _classes.get(key) if questionnaire.digest else None
    return found or _remember(key, _build(page.question, edition))


def _build(question: Question, edition: Edition) -> type[PageForm]:
    parts: dict[str, Any] = {"question": question, "edition": edition, **question.fields(edition)}
    return type(f"{question.code}Form", (PageForm,), parts)


def _remember(key: tuple[str, str, Edition], built: type[PageForm]) -> type[PageForm]:
    if len(_classes) >= CLASSES_KEPT:
        _classes.clear()
    _classes[key] = built
    return built
