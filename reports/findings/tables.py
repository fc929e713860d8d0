"""Findings as plain tables of words: what page, PDF, Word and open data show beside the charts."""

import dataclasses

from reports.counting import figures, shorthands
from reports.findings import intervals
from reports.findings.found import Cell, Change, Column, Grid, Row
from reports.words import wording


@dataclasses.dataclass(frozen=True, slots=True)
class Table:
    """A table in words: the first cell of a row is its heading, every other one a number.

    Attributes:
        finer: positions of the rows that are part of the row above.
    """

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    finer: frozenset[int] = frozenset()

    @property
    def numeric(self) -> tuple[int, ...]:
        """Return the positions of the columns of numbers."""
        return tuple(range(1, len(self.head)))


def answers(grid: Grid) -> Table:
    """Return answers down; one audience gets a column for each of its three numbers."""
    finer = frozenset(place for place, row in enumerate(grid.rows) if row.part == "finer")
    if len(grid.columns) == 1:
        (column,) = grid.columns
        who = wording.audience(column.base.audience, column.base.value)
        number = f"{wording.number(column.base.value)} " if column.base.value else ""
        rows = tuple(
            (
                _label(row),
                figures.cell(row.cells[0].fact),
                shorthands.share(row.cells[0].percent),
                row.cells[0].likely,
            )
            for row in grid.rows
        )
        head = ("Answer", "People", "In 100", "Likely in 100")
        return Table(f"What {number}{who} answered", head, rows, finer)
    return Table(
        "What each group of people answered",
        ("Answer", *(_of(column) for column in grid.columns)),
        tuple((_label(row), *map(_together, row.cells)) for row in grid.rows),
        finer,
    )


def groups(grid: Grid) -> Table:
    """Return groups of people down and answers across."""
    rows = tuple(
        (
            column.label,
            figures.cell(column.base),
            *(_together(row.cells[place]) for row in grid.rows),
        )
        for place, column in enumerate(grid.columns)
    )
    return Table(
        grid.caption, ("Group", "Who answered", *(row.label for row in grid.rows)), rows
    )  # fmt: skip


def changes(change: Change) -> Table:
    """Return what was said then and now."""
    rows = tuple(
        (row.label, _share(row.before.value, row.before.base), _share(row.now.value, row.now.base),
         row.verdict)
        for row in change.rows
    )  # fmt: skip
    who = wording.audience(change.audience)
    return Table(
        f"Then and now: {who}", ("Answer", change.since, "This time", "What the difference says"),
        rows,
    )  # fmt: skip


def _label(row: Row) -> str:
    return f"of these: {row.label}" if row.part == "finer" else row.label


def _of(column: Column) -> str:
    base = column.base.value
    return f"{column.label} (of {wording.number(base)})" if base else column.label


def _together(cell: Cell) -> str:
    shown = figures.cell(cell.fact)
    meant = ", ".join(one for one in (shorthands.share(cell.percent), cell.likely) if one)
    return f"{shown} ({meant})" if meant else shown


def _share(value: int | None, base: int | None) -> str:
    """Write a share with its per cent and interval, as far as its base allows either."""
    counted = f"{wording.number(value or 0)} of {wording.number(base or 0)}"
    meant = (intervals.percent(value, base), intervals.likely(value, base))
    said = ", ".join(one for one in meant if one)
    return f"{counted} ({said})" if said else counted
