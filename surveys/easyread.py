"""Advice on easy-read words: what a writer should look at again.

Formulas do not prove that anybody understands, so this advises and never refuses. The rules are
those of the easy-read guides that software can check: short sentences with one idea, no double
negatives, no per cent signs, no initials without their meaning, few passives.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from typing import Final

from surveys.questionnaire import PASSAGES, Questionnaire
from surveys.questions import Passage

LONGEST_SENTENCE: Final = 15
MEAN_SENTENCE: Final = 10
HIGHEST_GRADE: Final = 4.0
#: Initials that the questionnaires explain in the line after, or that everybody reads as a word.
KNOWN_INITIALS: Final = frozenset({"SEND", "EHC", "OK", "TV", "I", "A"})

_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*|\d+(?:[.,]\d+)*")  # noqa: RUF001  # an apostrophe
_SENTENCE_END = re.compile(r"(?<=[.!?])\s+")
_INITIALS = re.compile(r"\b[A-Z]{2,}\b")
_NEGATIVES = re.compile(
    r"\b(?:no|not|never|nothing|nobody|none|without|cannot|un(?:able|fair|happy|safe|clear))\b|n['’]t\b",  # noqa: RUF001  # an apostrophe
    re.IGNORECASE,
)
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|been|being|be)\s+(?:\w+ly\s+)?(?:\w{2,}ed|given|told|made|done|seen|"
    r"taken|shown|known|heard|kept|sent|held|found|written|chosen)\b",
    re.IGNORECASE,
)
_VOWELS = re.compile(r"[aeiouy]+")
_SILENT_E = re.compile(r"(?:[^aeiouy]e|[^aeiouyldt]es|[^aeiouytd]ed)$")


@dataclasses.dataclass(frozen=True)
class Advice:
    """One thing to look at: where it is, which rule, and what to do."""

    where: str
    rule: str
    text: str


def review(questionnaire: Questionnaire) -> tuple[Advice, ...]:
    """Return advice on every easy-read line of a questionnaire, and on the whole of it."""
    lines = tuple(easy_lines(questionnaire))
    found = [advice for where, text in lines for advice in review_line(text, where)]
    return (*found, *review_whole([text for _, text in lines]))


def easy_lines(questionnaire: Questionnaire) -> Iterator[tuple[str, str]]:
    """Yield every easy-read line that is a sentence, with the place it stands at."""
    yield "title", questionnaire.title.easy
    for name in PASSAGES:
        yield from _numbered(name, getattr(questionnaire, name))
    for page in questionnaire.pages:
        question = page.question
        yield question.code, question.text.easy
        yield from _numbered(f"{question.code} hint", question.hint)
        yield from _numbered(f"{question.code} body", question.body)


def review_line(text: str, where: str = "") -> Iterator[Advice]:
    """Yield advice on one line."""
    for rule, advice in _LINE_RULES.items():
        said = advice(text)
        if said:
            yield Advice(where, rule, said)


def review_whole(lines: Iterable[str]) -> Iterator[Advice]:
    """Yield advice that only all lines together can earn: mean length and reading grade."""
    text = list(lines)
    mean = mean_words(text)
    if mean > MEAN_SENTENCE:
        yield Advice(
            "everything", "mean", f"The mean is {mean:.1f} words. Aim for {MEAN_SENTENCE}."
        )
    level = grade(text)
    if level > HIGHEST_GRADE:
        yield Advice("everything", "grade", f"The reading grade is {level:.1f}. Use shorter words.")


def sentences(text: str) -> list[str]:
    """Return the sentences of a text that have words in them."""
    return [part for part in _SENTENCE_END.split(text.strip()) if _WORD.search(part)]


def mean_words(lines: Iterable[str]) -> float:
    """Return the mean number of words in a sentence; 0 when there is none."""
    lengths = [len(_WORD.findall(part)) for line in lines for part in sentences(line)]
    return sum(lengths) / len(lengths) if lengths else 0.0


def grade(lines: Iterable[str]) -> float:
    """Return the Flesch-Kincaid grade: about the school year that reads this with ease."""
    said = [part for line in lines for part in sentences(line)]
    words = [word for part in said for word in _WORD.findall(part)]
    if not words:
        return 0.0
    spoken = sum(map(syllables, words))
    return 0.39 * len(words) / len(said) + 11.8 * spoken / len(words) - 15.59


def syllables(word: str) -> int:
    """Return about how many syllables a word has; a number counts as its digits."""
    if word[0].isdigit():
        return sum(character.isdigit() for character in word)
    plain = word.lower()
    count = len(_VOWELS.findall(plain)) - bool(_SILENT_E.search(plain))
    return max(count, 1)


def _numbered(name: str, passage: Passage) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(passage.easy, start=1):
        yield f"{name}, line {number}", line.text


def _too_long(text: str) -> str:
    longest = max((len(_WORD.findall(part)) for part in sentences(text)), default=0)
    if longest <= LONGEST_SENTENCE:
        return ""
    return f"This sentence has {longest} words. Use at most {LONGEST_SENTENCE}."


def _two_ideas(text: str) -> str:
    return "Put each sentence on its own line." if len(sentences(text)) > 1 else ""


def _double_negative(text: str) -> str:
    twice = any(len(_NEGATIVES.findall(part)) > 1 for part in sentences(text))
    return "Two negatives in one sentence. Say what is true instead." if twice else ""


def _per_cent(text: str) -> str:
    return "Say “1 in 4” or “some” instead of a per cent sign." if "%" in text else ""


def _initials(text: str) -> str:
    unknown = [found for found in _INITIALS.findall(text) if found not in KNOWN_INITIALS]
    return f"Say what {unknown[0]} means, or use the words." if unknown else ""


def _passive(text: str) -> str:
    return "Say who does it: “we”, “you” or “they”." if _PASSIVE.search(text) else ""


_LINE_RULES: Final = {
    "long": _too_long,
    "two ideas": _two_ideas,
    "double negative": _double_negative,
    "per cent": _per_cent,
    "initials": _initials,
    "passive": _passive,
}
