"""The same answers by one group of people: by age, with or without help, by edition, by area."""

from collections.abc import Iterator

from reports.counting.counted import Shown
from reports.findings import intervals, numbers, sentences
from reports.findings.bands import Line, Panel
from reports.findings.found import Cell, Column, Grid, Row
from reports.findings.intervals import Share
from reports.findings.stated import HIDDEN_NOTE, stated
from reports.findings.tally import ANSWERED, GROUPED, Asked, Grouping
from reports.words import wording


def grids(one: Asked, shown: Shown) -> Iterator[Grid]:
    """Yield a table for each audience; none for a question that is not told apart."""
    panel = numbers.grouped_panel(one)
    if panel is None or one.grouping is None:
        return
    for audience in one.tallies:
        columns = tuple(_columns(one, one.grouping, audience, shown))
        if sum(column.base.value is not None for column in columns) > 1:
            yield _grid(one, one.grouping, panel, audience, columns, shown)


def _grid(
    one: Asked, by: Grouping, panel: Panel, audience: str, columns: tuple[Column, ...], shown: Shown
) -> Grid:
    groups = [column.base.key.rpartition(".")[2] for column in columns]
    rows = tuple(
        Row(line.label, line.option, "band" if line.parts else "answer", tuple(
            _cell(one, by, panel, line, audience, group, shown) for group in groups
        ))
        for line in panel.lines
    )  # fmt: skip
    caption = f"{GROUPED[by.by]}: {wording.audience(audience)}"
    hidden = any(cell.fact.value is None for row in rows for cell in row.cells)
    notes = (*((HIDDEN_NOTE,) if hidden else ()), *_compared(columns, rows))
    return Grid(caption, columns, rows, notes)


def _columns(one: Asked, by: Grouping, audience: str, shown: Shown) -> Iterator[Column]:
    """Yield each group with its base; a group that nobody belongs to is left out."""
    everybody = shown.value(one.key(audience, ANSWERED))
    for group in by.keys:
        value = shown.value(one.key(audience, ANSWERED, group))
        if value != 0:
            who = f"who answered belong to “{by.label(group)}”"
            yield Column(
                by.label(group), stated(one, audience, ANSWERED, shown, everybody, who, group)
            )


def _cell(
    one: Asked, by: Grouping, panel: Panel, line: Line, audience: str, group: str, shown: Shown
) -> Cell:
    base = shown.value(one.key(audience, ANSWERED, group))
    did = sentences.said(one.question, panel, line)
    who = f"in “{by.label(group)}” who answered {did}"
    found = stated(one, audience, line.option, shown, base, who, group)
    return Cell(found, intervals.percent(found.value, found.base))


def _compared(columns: tuple[Column, ...], rows: tuple[Row, ...]) -> Iterator[str]:
    """Yield whether the answer given most often differs between groups by more than chance."""
    totals = [sum(cell.fact.value or 0 for cell in row.cells) for row in rows]
    if not any(totals):
        return
    row = rows[totals.index(max(totals))]
    shares = [
        Share(f"“{column.label}”", cell.fact.value, column.base.value)
        for column, cell in zip(columns, row.cells, strict=True)
        if cell.fact.value is not None and column.base.value
    ]
    if said := intervals.comparison(shares, f"“{row.label}”"):
        yield said
