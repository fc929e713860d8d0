"""Kinds of question: one class and one template each.

A new kind is one subclass of Question, one line in KINDS and one template; a test goes through
KINDS and fails for a kind that lacks any of its parts.
"""

from surveys.questions.area import Area
from surveys.questions.base import (
    ANSWER,
    AnswerError,
    Group,
    Question,
    Row,
    Sent,
    Values,
)
from surveys.questions.choices import Multi, Single
from surveys.questions.files import Picture, Recording
from surveys.questions.information import Information
from surveys.questions.measures import Date, Number
from surveys.questions.rows import Matrix, Ranking, Votes
from surveys.questions.said import words_beside, words_to_read
from surveys.questions.scales import Agree5, Faces3, Scale10, YesNo, YesSometimesNo
from surveys.questions.shown import Shown, shown
from surveys.questions.wording import (
    EDITION_FACTS,
    EDITIONS,
    LANGUAGES,
    Choice,
    Edition,
    EditionFacts,
    Fixed,
    Line,
    Message,
    Option,
    Passage,
    Wording,
    has_pictures,
    is_simple,
    other_edition,
)
from surveys.questions.words import LongText, ShortText

KINDS: dict[str, type[Question]] = {
    kind.kind: kind
    for kind in (
        Information,
        Single,
        Multi,
        YesNo,
        Agree5,
        YesSometimesNo,
        Faces3,
        Scale10,
        Number,
        Date,
        ShortText,
        LongText,
        Area,
        Ranking,
        Matrix,
        Votes,
        Picture,
        Recording,
    )
}

__all__ = [
    "ANSWER",
    "EDITIONS",
    "EDITION_FACTS",
    "KINDS",
    "LANGUAGES",
    "AnswerError",
    "Choice",
    "Edition",
    "EditionFacts",
    "Fixed",
    "Group",
    "Line",
    "Message",
    "Option",
    "Passage",
    "Question",
    "Row",
    "Sent",
    "Shown",
    "Values",
    "Wording",
    "has_pictures",
    "is_simple",
    "other_edition",
    "shown",
    "words_beside",
    "words_to_read",
]
