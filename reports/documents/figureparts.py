"""Every figure of a report, in parts that fit on a page each, and found by words.

A report has hundreds of figures. On one page they are too much to load on a phone and too much to
look through, so each part of the report has pages of its own.
"""

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import chain

from reports.documents import printed
from reports.documents.document import Document, Fact
from reports.findings.found import Grid, QuestionFinding

MOST = 250
"""Figures on one page: below 150 kB, whatever their words are."""
QUESTIONS = "question"
OTHER = ("other", "Other figures")
#: The parts but for the questions, and what their keys begin with.
PARTS = {
    ("people", "How many people took part"): "responses wrote channel reach contacts",
    ("answers", "What we answer, and who raised it"): "headline entries entry",
    ("themes", "What people raised"): "theme comments",
    ("words", "The words people used"): "word cloud",
    ("who", "Who we heard from, and from where"): "profile equality place missing baseline",
}
PART_OF = {start: part for part, starts in PARTS.items() for start in starts.split()}


@dataclasses.dataclass(frozen=True, slots=True)
class Line:
    """A figure and what it is about, where its own words do not say so."""

    fact: Fact
    about: str

    @property
    def text(self) -> str:
        """Return what the figure says, and of what."""
        return _said(self.about, ": ", self.fact.wording)


@dataclasses.dataclass(frozen=True, slots=True)
class Section:
    """Figures under one heading: a question that was asked, or none for a whole part."""

    heading: str
    lines: tuple[Line, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Part:
    """The figures of one page, at an address of its own.

    Attributes:
        name: the end of its address.
        title: what it is about; the pages of a long part say which of how many they are.
    """

    name: str
    title: str
    sections: tuple[Section, ...]

    @property
    def size(self) -> int:
        """Return how many figures stand on the page."""
        return sum(len(section.lines) for section in self.sections)


def parts(document: Document) -> tuple[Part, ...]:
    """Return the pages of a report's figures, in reading order; every figure stands on one."""
    about = about_each(document)
    found: dict[tuple[str, str], dict[str, list[Line]]] = {}
    asked = {one.key: one.text for survey in document.findings for one in survey.findings}
    surveys = {one.code: one.title for one in document.findings}
    for fact in printed.ledger(document):
        part, heading = _place(fact.key, surveys, asked)
        line = Line(fact, about.get(fact.key, ""))
        found.setdefault(part, {}).setdefault(heading, []).append(line)
    order = [*PARTS, *(part for part in found if part not in PARTS)]
    return tuple(chain.from_iterable(_pages(*part, found[part]) for part in order if part in found))


def part_with(found: Sequence[Part], key: str) -> Part | None:
    """Return the page on which a figure stands."""
    return next(
        (one for one in found for s in one.sections for line in s.lines if line.fact.key == key),
        None,
    )


def matching(found: Sequence[Part], words: str) -> tuple[Line, ...]:
    """Return the figures that hold every one of some words, each with the question it is of."""
    wanted = words.casefold().split()
    headed = (
        Line(line.fact, _said(section.heading, ", ", line.about))
        for part in found
        for section in part.sections
        for line in section.lines
    )
    return tuple(one for one in headed if all(word in one.text.casefold() for word in wanted))


def about_each(document: Document) -> dict[str, str]:
    """Return what a figure is about, by key, where its own words do not say so."""
    themes = {fact.key: row.label for row in document.raised for fact in row.facts}
    entries = {
        voice.fact.key: f"{entry.title} (our answer)"
        for entry in document.entries
        for voice in entry.voices
    }
    hidden = {
        key: label
        for survey in document.findings
        for one in survey.findings
        for key, label in _hidden(one)
    }
    return {**hidden, **themes, **entries}


def _said(what: str, between: str, rest: str) -> str:
    """Put what a number is of before it; a question mark needs no other sign after it."""
    if not (what and rest):
        return what or rest
    return f"{what}{' ' if what.endswith('?') else between}{rest}"


def _hidden(question: QuestionFinding) -> Iterator[tuple[str, str]]:
    """Name the answer that a hidden number is of: it says only that it is not shown."""
    grids: tuple[Grid, ...] = (*question.grids, *question.groups)
    for row in chain.from_iterable(grid.rows for grid in grids):
        for cell in row.cells:
            if cell.fact.value is None:
                yield cell.fact.key, row.label


def _place(key: str, surveys: dict[str, str], asked: dict[str, str]) -> tuple[tuple[str, str], str]:
    """Return the part a figure belongs to, and the heading it stands under there."""
    start, _, rest = key.partition("/")
    survey, _, rest = rest.partition("/")
    if start != QUESTIONS or survey not in surveys:
        return PART_OF.get(start, OTHER), ""
    part = (f"answers-of-{survey}", f"Answers: {surveys[survey]}")
    return part, asked.get(f"{survey}/{rest.partition('/')[0]}", "")


def _pages(name: str, title: str, headed: dict[str, list[Line]]) -> list[Part]:
    """Put the figures of a part on as few pages as they need."""
    pages: list[list[Section]] = [[]]
    for heading, lines in headed.items():
        for start in range(0, len(lines), MOST):
            few = tuple(lines[start : start + MOST])
            if pages[-1] and sum(len(one.lines) for one in pages[-1]) + len(few) > MOST:
                pages.append([])
            pages[-1].append(Section(heading, few))
    many = len(pages)
    return [
        Part(
            name if number == 1 else f"{name}-{number}",
            title if many == 1 else f"{title}, part {number} of {many}",
            tuple(sections),
        )
        for number, sections in enumerate(pages, 1)
    ]
