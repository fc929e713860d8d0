"""Forms of respondents' pages: one class for each page and edition, built once and kept.

Plain WTForms: the site-wide protection against forged forms is checked before a view runs, so
a form needs none of its own.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from wtforms import Form

from surveys.questionnaire import Page, Questionnaire
from surveys.questions import AnswerError, Edition, Question, Values

CLASSES_KEPT = 1024
ANSWER = "answer"

_classes: dict[tuple[str, str, Edition], "type[PageForm]"] = {}


class PageForm(Form):
    """The one answer of a page. Invalid input stays in the form, so nothing typed is lost."""

    question: ClassVar[Question]
    edition: ClassVar[Edition]

    def __init__(self, sent: Any, stored: Values) -> None:
        super().__init__(sent)
        self.stored = stored
        self.values: Values = stored
        self.error = ""

    @property
    def sent(self) -> tuple[str, ...]:
        """Return what was typed or ticked, exactly as it came."""
        field = self._fields.get(ANSWER)
        return tuple(str(value) for value in (field.raw_data or ())) if field else ()

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """Let the question judge; its message is the error, in the words of the edition."""
        del extra_validators
        try:
            self.values = self.question.parse(self.sent, self.edition, self.stored)
        except AnswerError as error:
            self.error = str(error)
        return not self.error


def form_for(questionnaire: Questionnaire, page: Page, edition: Edition) -> type[PageForm]:
    """Return the form class of a page; a published version never changes, so it is kept."""
    key = (questionnaire.digest, page.id, edition)
    found = _classes.get(key) if questionnaire.digest else None
    return found or _remember(key, _build(page.question, edition))


def _build(question: Question, edition: Edition) -> type[PageForm]:
    parts: dict[str, Any] = {"question": question, "edition": edition}
    field = question.field(edition)
    if field is not None:
        parts[ANSWER] = field
    return type(f"{question.code}Form", (PageForm,), parts)


def _remember(key: tuple[str, str, Edition], built: type[PageForm]) -> type[PageForm]:
    if len(_classes) >= CLASSES_KEPT:
        _classes.clear()
    _classes[key] = built
    return built
