"""Kinds of question: one class and one template each.

A new kind is one subclass of Question, one line in KINDS and one template; a test goes through
KINDS and fails for a kind that lacks any of its parts.
"""

from surveys.questions.base import AnswerError, Question, Values
from surveys.questions.choices import Multi, Single
from surveys.questions.information import Information
from surveys.questions.scales import Agree5, Faces3, YesSometimesNo
from surveys.questions.wording import (
    EDITIONS,
    Choice,
    Edition,
    Line,
    Option,
    Passage,
    Wording,
    other_edition,
)
from surveys.questions.words import LongText, ShortText

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        Information,
        Single,
        Multi,
        Agree5,
        YesSometimesNo,
        Faces3,
        ShortText,
        LongText,
    )
}

__all__ = [
    "EDITIONS",
    "KINDS",
    "AnswerError",
    "Choice",
    "Edition",
    "Line",
    "Option",
    "Passage",
    "Question",
    "Values",
    "Wording",
    "other_edition",
]
