"""A drawing on a sheet of paper: kept with what was ticked beside it, and with nothing else.

On paper as on a screen nobody may print a picture without a yes to that very picture, and no first
name or age with it unless they stand in their own boxes. Whoever keys ticks what is ticked.
"""

import dataclasses
from collections.abc import Mapping

from sqlalchemy.orm import Session

from surveys.questions import ANSWER, Edition, Question, Sent, Values
from surveys.questions.base import OWN
from surveys.questions.files import AGE, NAME, ONLY_WORDS, PRINT
from surveys.services import uploads


@dataclasses.dataclass(frozen=True)
class Drawing:
    """A photo or scan of a drawing, and what its owner allows.

    Attributes:
        name: the first name that may be printed with it; nothing without a yes to the picture.
        age: the same for an age.
    """

    content: bytes
    may_print: bool = False
    name: str = ""
    age: str = ""


def keep(
    session: Session,
    response_id: str,
    question: Question,
    drawing: Drawing,
    words: Sent,
    edition: Edition,
) -> Values:
    """Keep a drawing as an answer, with the words about it; return what is to be stored.

    Raises AnswerError in plain words when it is not a picture that can be read.
    """
    upload = uploads.keep(session, response_id, question, drawing.content)
    allowed: Mapping[str, tuple[str, ...]] = {
        ANSWER: (upload.id,),
        PRINT: ("yes" if drawing.may_print else "no",),
        NAME: (drawing.name,),
        AGE: (drawing.age,),
    }
    values = question.parse({**words, **allowed}, edition)
    uploads.settle(session, response_id, question, values)
    return values


def words_only(question: Question, values: Values) -> Values:
    """Return an answer as two people compare it: the words, for the picture itself is one."""
    if not question.takes_file:
        return values
    return question.parse(question.keyed(question.own_words(values)), "standard")


def with_words(question: Question, stored: Values, corrected: Values) -> Values:
    """Return a corrected answer that keeps the picture, and what may be done with it."""
    if not question.takes_file or not stored or stored[0] == ONLY_WORDS:
        return corrected
    words = question.own_words(corrected)
    rest = (value for value in stored[1:] if not value.startswith(OWN))
    return (stored[0], *((f"{OWN}{words}",) if words else ()), *rest)
