"""A filled-in sheet as somebody types it: one small box for each printed question.

The numbers are those beside the printed boxes, so nobody has to know the keys that are stored.
"""

import dataclasses
from collections.abc import Mapping

from surveys import routing
from surveys.paperwork import paper, paperroutes
from surveys.questionnaire import Questionnaire
from surveys.questions import AnswerError, Choice, Edition, Question, Sent, Values
from surveys.questions.files import Picture
from surveys.questions.scales import Scale10
from surveys.questions.shown import shown
from surveys.questions.words import tidy

BOX = "q-"


@dataclasses.dataclass(frozen=True)
class KeyedLine:
    """One question on the keying screen.

    Attributes:
        name: of its box.
        options: printed numbers and short labels, to look at while typing.
        rows: the same for the lines of a question that asks several things alike.
        has_words: a box for words rather than for numbers.
        has_picture: a drawing may stand there, with boxes for what may be done with it.
    """

    number: int
    code: str
    name: str
    text: str
    options: tuple[Choice, ...]
    rows: tuple[tuple[int, str], ...]
    has_words: bool
    has_picture: bool
    typed: str
    mistake: str


@dataclasses.dataclass(frozen=True)
class Reading:
    """What one person read from a sheet.

    Attributes:
        sent: what each question was sent, as a page would send it.
        values: what would be stored.
        mistakes: what cannot be kept, by question, in plain words.
        off_path: questions that were answered although the sheet said to leave them out.
    """

    sent: Mapping[str, Sent]
    values: Mapping[str, Values]
    mistakes: Mapping[str, str]
    off_path: tuple[str, ...]


def typed_in(form: Mapping[str, str]) -> dict[str, str]:
    """Return what stands in the boxes of a form, by question."""
    return {name.removeprefix(BOX): tidy(form[name]) for name in form if name.startswith(BOX)}


def read_sheet(read: Questionnaire, edition: Edition, typed: Mapping[str, str]) -> Reading:
    """Turn what was typed into answers; a mistake in one question keeps none of the others."""
    sent: dict[str, Sent] = {}
    values: dict[str, Values] = {}
    mistakes: dict[str, str] = {}
    for question in asked_on_paper(read, edition):
        try:
            fields = question.keyed(typed.get(question.code, "").strip(), edition)
            found = question.parse(fields, edition)
        except AnswerError as error:
            mistakes[question.code] = error.message.in_("standard")
            continue
        if found:
            sent[question.code], values[question.code] = fields, found
    left_out = routing.left_out(read, values)
    return Reading(sent, values, mistakes, tuple(page.question.code for page in left_out))


def lines(
    read: Questionnaire,
    edition: Edition,
    typed: Mapping[str, str],
    mistakes: Mapping[str, str],
) -> tuple[KeyedLine, ...]:
    """Return every question with what was typed and what is wrong with it."""
    numbers = numbered(read, edition)
    return tuple(
        _line(question, edition, numbers[question.code], typed, mistakes)
        for question in asked_on_paper(read, edition)
    )


def asked_on_paper(read: Questionnaire, edition: Edition) -> tuple[Question, ...]:
    """Return the questions that a sheet asks, in order."""
    pages = paperroutes.on_sheet(read, edition)
    return tuple(page.question for page in pages if page.question.is_asked)


def numbered(read: Questionnaire, edition: Edition) -> dict[str, int]:
    """Return the printed number of every question."""
    return paper.numbers(paperroutes.on_sheet(read, edition))


def _line(
    question: Question,
    edition: Edition,
    number: int,
    typed: Mapping[str, str],
    mistakes: Mapping[str, str],
) -> KeyedLine:
    q = shown(question, edition)
    options = q.rows[0].choices if question.rows else q.choices
    if isinstance(question, Scale10):  # its boxes are numbers themselves, from 0
        options = tuple(dataclasses.replace(one, number=int(one.value)) for one in options)
    return KeyedLine(
        number=number,
        code=question.code,
        name=f"{BOX}{question.code}",
        text=question.text.in_(edition),
        options=options,
        rows=tuple((row.number, row.text) for row in q.rows),
        has_words=question.has_words and not options,
        has_picture=isinstance(question, Picture),
        typed=typed.get(question.code, ""),
        mistake=mistakes.get(question.code, ""),
    )
