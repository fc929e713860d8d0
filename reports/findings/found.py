"""The findings of a published report as frozen values: what the stored document holds of them."""

import dataclasses
from typing import Literal

from reports.words.easylines import EasyLine
from reports.words.facts import Fact

Drawing = Literal["", "bars", "stacked", "numbers"]
Part = Literal["answer", "finer", "band"]


@dataclasses.dataclass(frozen=True, slots=True)
class Cell:
    """One number of a table with what it means for a hundred people.

    Attributes:
        percent: whole per cent in words ("58%"); empty on a base under ten or a hidden number.
        likely: the 95% interval for people who answer like this ("53 to 62"); empty likewise.
    """

    fact: Fact
    percent: str = ""
    likely: str = ""


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One audience, or one group of people in it, and how many of it answered."""

    label: str
    base: Fact


@dataclasses.dataclass(frozen=True, slots=True)
class Row:
    """One answer and its number in each column.

    Attributes:
        part: "band" unites the "finer" rows after it; an "answer" stands for itself.
    """

    label: str
    option: str
    part: Part
    cells: tuple[Cell, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class Grid:
    """One table: answers down, audiences or groups across.

    Attributes:
        notes: sentences that belong under it: what is hidden, what the bands are.
    """

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...] = ()

    @property
    def top(self) -> tuple[Row, ...]:
        """Return the rows that are no part of another: what charts show."""
        return tuple(row for row in self.rows if row.part != "finer")


@dataclasses.dataclass(frozen=True, slots=True)
class Before:
    """One answer in an earlier consultation and now.

    Attributes:
        verdict: whether the difference is more than chance would give, in words.
    """

    label: str
    before: Fact
    now: Fact
    verdict: str


@dataclasses.dataclass(frozen=True, slots=True)
class Change:
    """The same question, asked before.

    Attributes:
        since: title of the consultation in which it was asked.
        notes: sentences on how far both can be compared.
    """

    since: str
    audience: str
    rows: tuple[Before, ...]
    notes: tuple[str, ...]


@dataclasses.dataclass(frozen=True, slots=True)
class QuestionFinding:
    """One question: a sentence that says what was found, and the numbers it rests on.

    Attributes:
        key: "<questionnaire>/<code>", unique in a document.
        kind: name of the kind of question.
        easy_text: the question in easy read with its picture.
        headline: the finding in one sentence, with its base.
        easy: the same as easy-read lines.
        said: further sentences: intervals, comparisons, wording.
        asked: for each audience, how many were asked and how many answered.
        grids: one table; one for each line where a question asks several things alike.
        groups: the same by one group of people.
        drawing: which chart stands beside each table; none where nothing can be drawn.
        measures: middle and mean of numbers, each with the people it is out of.
    """

    key: str
    code: str
    kind: str
    text: str
    easy_text: EasyLine
    headline: str
    easy: tuple[EasyLine, ...]
    said: tuple[str, ...]
    asked: tuple[Fact, ...]
    grids: tuple[Grid, ...] = ()
    groups: tuple[Grid, ...] = ()
    drawing: Drawing = ""
    measures: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()


@dataclasses.dataclass(frozen=True, slots=True)
class SurveyFindings:
    """One questionnaire: its findings in the order in which they are printed."""

    code: str
    title: str
    easy_title: str
    findings: tuple[QuestionFinding, ...]
