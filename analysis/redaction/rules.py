"""The rules together: what they would take out of a text, before anybody decides about it.

Their patterns take a fifth of a second to compile, so this is imported when a text is read.
"""

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
from analysis.redaction.spans import Span, without_overlap
from analysis.redaction.standing import standing
from analysis.redaction.villages import unknown_places
from analysis.redaction.words import Word, words_of


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
