"""Read a table of answers from a CSV file or a spreadsheet, and write CSV that no spreadsheet runs.

Every row with anything in it is kept, in order, because rows in must equal rows out. What was not
read, or may have been cut, is said in the notes of the table.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from analysis.standalone import sources
from analysis.standalone.headings import Heading, heading
from analysis.standalone.sources import FileProblem, Row, place_of_names, places_of, plain

LONGEST_SHEET_CELL = 32_767
CUT = " [cut: see the CSV file]"
FEWEST_WORDS = 3
"""In a column of comments people write at least so many words, on the mean."""

RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, every cell as text.

    Attributes:
        columns: their names.
        rows: the cells under them; a row may be shorter or longer.
        notes: sentences on what was not read or may be cut, for a person.
        parts: where names stand in several rows each of these, by which a column is known too.
    """

    columns: Row
    rows: tuple[Row, ...]
    notes: Row = ()
    parts: tuple[Row, ...] = ()

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; capitals and spaces of its name do not matter.

        Raises:
            FileProblem: there is no such column; the message lists those there are.
        """
        places = self._places(name)
        if not places:
            raise FileProblem(self._missing(name))
        return [row[places[0]] if places[0] < len(row) else "" for row in self.rows]

    def notes_on(self, name: str) -> Row:
        """Return the notes, and one more where several columns have that name."""
        count = len(self._places(name))
        if count < 2:  # noqa: PLR2004  # one is what is wanted
            return self.notes
        twice = (
            f"{count} columns are called “{name}”; the first was read. Rename the others to read"
        )
        return (*self.notes, f"{twice} them.")

    def wordiest(self) -> str:
        """Return the name of the column with the most words in a filled cell, or "" if few have.

        It is most likely the column of comments.
        """
        words = {
            name: _words_in_a_cell([row[place] for row in self.rows if place < len(row)])
            for place, name in enumerate(self.columns)
            if name
        }
        likely = max(words, key=lambda name: words[name], default="")
        return likely if words.get(likely, 0.0) >= FEWEST_WORDS else ""

    def _places(self, name: str) -> list[int]:
        found = (places_of(name, names) for names in (self.columns, *self.parts))
        return next(filter(None, found), [])

    def _missing(self, name: str) -> str:
        named = [column for column in self.columns if column]
        found = ", ".join(f"“{column}”" for column in named)
        wanted = plain(name)
        near = [column for column in named if wanted and wanted in plain(column)]
        meant = f" Did you mean “{near[0]}”?" if len(near) == 1 else ""
        return f"There is no column “{name}”.{meant} The columns are: {found}."


def read_table(path: Path, wanted: str = "", sheet: str = "") -> Table:
    """Read a CSV, TSV or XLSX file.

    Args:
        path: the file.
        wanted: name of a column that is looked for; where it stands under a title, or on a later
            sheet, is where the names are.
        sheet: title of the one to read, or "" for the first with that column, else the fullest.

    Raises:
        FileProblem: it is missing, empty, or no table.
    """
    source = sources.read(path, wanted)
    title = _chosen(source.sheets, wanted, sheet, path)
    rows = [row for row in source.sheets[title] if any(cell.strip() for cell in row)]
    if not rows:
        message = f"The file {path.name} is empty."
        raise FileProblem(message)
    names = heading(rows, wanted)
    body = rows[names.end :]
    if not body:
        message = f"The file {path.name} has column names but no rows under them."
        raise FileProblem(message)
    table = Table(names.names, tuple(body), parts=names.parts)
    told = [
        *source.notes,
        *_on_sheets(source.sheets, title),
        *_on_names(names),
        *_on_empty_rows(len(source.sheets[title]) - len(rows)),
        *_on_long_rows(table),
    ]
    return replace(table, notes=tuple(told))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write CSV with cells that a spreadsheet shows and never runs, in UTF-8 that Excel knows."""
    path.write_text(csv_text(columns, rows), encoding="utf-8-sig", newline="")
    return path


def csv_text(columns: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return CSV with cells that a spreadsheet shows and never runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([safe_cell(cell) for cell in row] for row in rows)
    return out.getvalue()


def spreadsheet(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return an .xlsx file with one sheet, its header kept in view, and no formula in it."""
    import openpyxl  # noqa: PLC0415  # only for spreadsheets

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_sheet_cell(cell) for cell in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _sheet_cell(value: object) -> object:
    """Return a cell as a spreadsheet can hold it; what does not fit says so."""
    safe = safe_cell(value)
    if not isinstance(safe, str):
        return safe
    shown = "".join(c for c in safe if c >= " " or c in "\t\n\r")
    return shown if len(shown) <= LONGEST_SHEET_CELL else shown[: LONGEST_SHEET_CELL - 30] + CUT


def safe_cell(value: object) -> object:
    """Return the value, with an apostrophe before text that a spreadsheet would run."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value.lstrip(" ").startswith(RUNS_IN_SPREADSHEETS):
        return f"'{value}"
    return value


def _words_in_a_cell(cells: Sequence[str]) -> float:
    filled = [len(cell.split()) for cell in cells if cell.strip()]
    return sum(filled) / len(filled) if filled else 0.0


def _chosen(sheets: Mapping[str, Sequence[Row]], wanted: str, sheet: str, path: Path) -> str:
    """Return the title of the sheet to read.

    Raises:
        FileProblem: there is no such sheet.
    """
    if sheet:
        same = [title for title in sheets if title and plain(title) == plain(sheet)]
        if same:
            return same[0]
        there = ", ".join(f"“{title}”" for title in sheets if title) or "none: it is a CSV file"
        message = f"There is no sheet “{sheet}” in {path.name}. Its sheets are: {there}."
        raise FileProblem(message)
    having = [title for title, rows in sheets.items() if _is_under(wanted, rows)]
    return having[0] if having else max(sheets, key=lambda title: _filled(sheets[title]))


def _is_under(wanted: str, rows: Sequence[Row]) -> bool:
    return place_of_names([row for row in rows if any(row)], wanted) is not None


def _filled(rows: Sequence[Row]) -> int:
    return sum(bool(cell.strip()) for row in rows for cell in row)


def _on_sheets(sheets: Mapping[str, Sequence[Row]], title: str) -> list[str]:
    """Say which sheet was read and how many were not, by number: a sheet may be named for a child.

    A note goes into reports and records that travel further than the file.
    """
    others = sum(_filled(rows) > 0 for name, rows in sheets.items() if name != title)
    place = list(sheets).index(title) + 1
    note = f"Sheet {place} of {len(sheets)} was read. Sheets with rows, not read: {others}."
    return [note] if others else []


def _on_names(names: Heading) -> list[str]:
    above = f"Rows above the column names, which were not read: {names.top}."
    deep = f"The column names stand in {names.end - names.top} rows, none of which is an answer."
    return [*([above] if names.top else []), *([deep] if names.parts else [])]


def _on_empty_rows(count: int) -> list[str]:
    """Say that rows are empty in every column: they are nobody's answer, and were not counted."""
    return [f"Rows with nothing in any column, which were not counted: {count:,}."] if count else []


def _on_long_rows(table: Table) -> list[str]:
    """Say which rows have words past the last column: a comma may have cut a comment there."""
    width = len(table.columns)
    long = [n for n, row in enumerate(table.rows, start=1) if any(c.strip() for c in row[width:])]
    if not long:
        return []
    which = f"Row {long[0]} goes" if len(long) == 1 else f"{len(long):,} rows go"
    first = "" if len(long) == 1 else f" (the first is row {long[0]})"
    note = (
        f"{which} on past the last column{first}, and what stands there was not read. A comment "
        "with a comma in it needs quotation marks around it in a CSV file."
    )
    return [note]
