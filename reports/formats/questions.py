"""The findings of closed questions in files: a part of the Word document, a table of open data."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from reports.counting import shorthands
from reports.documents.document import Document
from reports.findings import answered, intervals, tables
from reports.findings.found import Cell, Column, Grid, QuestionFinding, Row
from reports.formats import drawn, wordparts
from reports.formats.sheets import Column as Field
from reports.formats.sheets import Sheet
from reports.formats.source import Source

if TYPE_CHECKING:
    from docx.document import Document as Word

HEADING = "What people answered, question by question"
WIDE = 7.0


def word_part(word: "Word", source: Source, title: str) -> None:
    """Place every question with its sentence, its charts and its tables."""
    found = source.document.findings
    if not found:
        return
    word.add_heading(title, 2)
    pictures = drawn.pngs(answered.drawings(found))
    for limit in (intervals.LIMITS, intervals.INTERVALS):
        word.add_paragraph(limit)
    names = {one.key: name for name, one in answered.questions(found)}
    for survey in found:
        word.add_heading(survey.title, 3)
        for one in survey.findings:
            _question(word, one, names[one.key], source, pictures)


def sheet(document: Document) -> Sheet:
    """Return one row for each answer, each audience and each group of people."""
    return Sheet(
        "answers",
        HEADING,
        "One row for each answer to each question, for each group of people. Rows marked band"
        " hold the rows marked finer under them: do not add both.",
        (
            Field("key", "string", "Name of the number in figures.csv."),
            Field("questionnaire", "string", "Code of the questionnaire."),
            Field("question", "string", "Code of the question; the same in every edition."),
            Field("text", "string", "The question, in the words of the standard edition."),
            Field("about", "string", "Which line, where a question asks several things alike."),
            Field("audience", "string", "Code of the people who answered."),
            Field("group", "string", "Group of people among them; empty for all of them."),
            Field("answer", "string", "The answer in words."),
            Field("part", "string", "answer, band, or finer: a part of the band above."),
            Field("people", "integer", "How many gave it, or the mark that hides it."),
            Field("base", "integer", "How many answered the question."),
            Field("in_100", "string", "The same of a hundred; [z] on fewer than ten people."),
            Field("likely_in_100", "string", "The 95% interval (Wilson), of those who answer so."),
        ),
        tuple(_rows(document)),
        ("key",),
    )


def _question(
    word: "Word", one: QuestionFinding, name: str, source: Source, pictures: Mapping[str, bytes]
) -> None:
    word.add_heading(one.text, 4)
    wordparts.kept(word, one.headline)
    for sentence in (*one.said, *(fact.wording for fact in one.measures)):
        if sentence:
            wordparts.kept(word, sentence)
    for place, grid in enumerate(one.grids):
        if len(one.grids) > 1:
            word.add_paragraph(grid.caption)
        _drawing(word, f"{name}/{place}", source, pictures)
        _table(word, tables.answers(grid), grid.notes)
    for grid in one.groups:
        _table(word, tables.groups(grid), grid.notes)
    for place, change in enumerate(one.changes):
        _drawing(word, f"{name}/c{place}", source, pictures)
        _table(word, tables.changes(change), change.notes)
    word.add_paragraph(f"{'. '.join(fact.wording for fact in one.asked)}.")


def _drawing(word: "Word", name: str, source: Source, pictures: Mapping[str, bytes]) -> None:
    if name in pictures:
        alt = drawn.alt(source.drawings[name])
        wordparts.picture(word, pictures[name], alt=alt, centimetres=WIDE)


def _table(word: "Word", one: tables.Table, notes: tuple[str, ...]) -> None:
    wordparts.table(word, one.caption, one.head, one.rows)
    for note in notes:
        word.add_paragraph(note)


def _rows(document: Document) -> Iterator[tuple[str, ...]]:
    for survey in document.findings:
        for one in survey.findings:
            for grid in one.grids:
                about = grid.caption if grid.caption != one.text else ""
                yield from _of_grid(survey.code, one, grid, about, is_group=False)
            for grid in one.groups:
                yield from _of_grid(survey.code, one, grid, "", is_group=True)


def _of_grid(
    questionnaire: str, one: QuestionFinding, grid: Grid, about: str, *, is_group: bool
) -> Iterator[tuple[str, ...]]:
    for row in grid.rows:
        for column, cell in zip(grid.columns, row.cells, strict=True):
            group = column.label if is_group else ""
            yield (
                cell.fact.key, questionnaire, one.code, one.text, about,
                column.base.audience or "", group, *_numbers(row, column, cell),
            )  # fmt: skip


def _numbers(row: Row, column: Column, cell: Cell) -> tuple[str, ...]:
    fact = cell.fact
    meant = (shorthands.in_hundred(one, fact) for one in (cell.percent, cell.likely))
    return (row.label, row.part, shorthands.value(fact), shorthands.value(column.base), *meant)
