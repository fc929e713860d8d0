"""Take out of an answer what could point at a person, and leave a label where it stood.

Rules rather than a model: they run anywhere, never send a word away, and a person can read why
something was taken. They err towards taking too much from a name and too little from a meaning:
"autism" stays, "Mrs Example" goes. What people decide about a text outweighs every rule.
"""

import re
from collections.abc import Iterable, Sequence

from analysis.language.languages import ENGLISH, detect
from analysis.redaction.alone import UNKNOWN
from analysis.redaction.births import births, born_beside
from analysis.redaction.clues import clues
from analysis.redaction.contacts import contacts
from analysis.redaction.neighbours import neighbours_know
from analysis.redaction.numbers import numbers
from analysis.redaction.people import people
from analysis.redaction.settings import settings
from analysis.redaction.spans import (
    BY_HAND,
    KINDS,
    PLACEHOLDER,
    Override,
    Redacted,
    Span,
    overruled,
    rendered,
    without_overlap,
)
from analysis.redaction.standing import standing
from analysis.redaction.villages import unknown_places
from analysis.redaction.words import Word, words_of

__all__ = [
    "BY_HAND",
    "KINDS",
    "PLACEHOLDER",
    "Override",
    "Redacted",
    "Span",
    "found_by_rules",
    "redact",
    "rendered",
    "without_placeholders",
]


def redact(text: str, overrides: Iterable[Override] = ()) -> Redacted:
    """Replace everything that identifies somebody by a label such as "[name]".

    Args:
        text: an answer as it was written.
        overrides: what people decided about it, oldest first.
    """
    spans = overruled(found_by_rules(text), overrides)
    return Redacted(rendered(text, spans), tuple(spans))


def found_by_rules(text: str) -> list[Span]:
    """Return what the rules alone would take out, in order and without overlap."""
    words = words_of(text)
    if not words and not any(character.isdigit() for character in text):
        return []
    certain = [*contacts(text), *births(text), *numbers(text)]
    named = [*settings(text, words)]
    names = _without_first_words(text, words, people(text, words, [*certain, *named]))
    return without_overlap(
        [
            *certain,
            *named,
            *names,
            *born_beside(text, names),
            *clues(text),
            *neighbours_know(text),
            *standing(text),
            *unknown_places(words),
        ]
    )


def _without_first_words(text: str, words: Sequence[Word], names: Iterable[Span]) -> list[Span]:
    """Let the first words of sentences stay in other languages: no list of ours knows them."""
    found = list(names)
    first = {word.start for word in words if word.opens}
    unknown = [span for span in found if span.rule == UNKNOWN and span.start in first]
    if not unknown or detect(text) == ENGLISH:
        return found
    return [span for span in found if span not in unknown]


def without_placeholders(text: str) -> str:
    """Return redacted text as a machine should read it: a school stays "school", a name goes."""
    return " ".join(PLACEHOLDER.sub(_spoken, text).split())


def _spoken(match: re.Match[str]) -> str:
    return "school" if match.group() == "[school]" else " "
