"""Read a table of answers from a CSV file or a spreadsheet, and write CSV that no spreadsheet runs.

Exports from survey tools differ in delimiter, encoding, sheets and lines above the column names;
all are found out. Every row with anything in it is kept, in order, because rows in must equal rows
out. What was not read, or may have been cut, is said in the notes of the table.
"""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

Row = tuple[str, ...]
DELIMITERS = ",;\t|"
NO_DELIMITER = "\x1f"
THE_END = "\x1e"
UNREADABLE = "\ufffd"
ROWS_ABOVE_NAMES = 10
HEAD = 100_000
OLD_SPREADSHEET = b"\xd0\xcf\x11\xe0"
LONGEST_CELL = 10_000_000
LONGEST_SHEET_CELL = 32_767
CUT = " [cut: see the CSV file]"
RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
SPREADSHEETS = {".xlsx", ".xlsm"}


class FileProblem(ValueError):  # noqa: N818  # a sentence for a person, not a program's error
    """The file cannot be analysed as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, every cell as text.

    Attributes:
        notes: sentences on what was not read or may be cut, for a person.
    """

    columns: Row
    rows: tuple[Row, ...]
    notes: Row = ()

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; capitals and outer spaces of its name do not matter.

        Raises:
            FileProblem: there is no such column; the message lists those there are.
        """
        places = _places_of(name, self.columns)
        if not places:
            raise FileProblem(self._missing(name))
        return [row[places[0]] if places[0] < len(row) else "" for row in self.rows]

    def notes_on(self, name: str) -> Row:
        """Return the notes, and one more where several columns have that name."""
        count = len(_places_of(name, self.columns))
        if count < 2:  # noqa: PLR2004  # one is what is wanted
            return self.notes
        twice = (
            f"{count} columns are called “{name}”; the first was read. Rename the others to read"
        )
        return (*self.notes, f"{twice} them.")

    def _missing(self, name: str) -> str:
        named = [column for column in self.columns if column]
        found = ", ".join(f"“{column}”" for column in named)
        wanted = _plain(name)
        near = [column for column in named if wanted and wanted in _plain(column)]
        meant = f" Did you mean “{near[0]}”?" if len(near) == 1 else ""
        return f"There is no column “{name}”.{meant} The columns are: {found}."


def read_table(path: Path, wanted: str = "") -> Table:
    """Read a CSV, TSV or XLSX file.

    Args:
        path: the file.
        wanted: name of a column that is looked for; where it stands under a title, or on a later
            sheet, is where the names are.

    Raises:
        FileProblem: it is missing, empty, or neither kind of file.
    """
    if path.is_dir() or not path.exists():
        message = f"There is no file {path}."
        raise FileProblem(message)
    is_spreadsheet = path.suffix.lower() in SPREADSHEETS
    rows, notes = (_spreadsheet_rows if is_spreadsheet else _csv_rows)(path, wanted)
    rows = [row for row in rows if any(cell.strip() for cell in row) or len(row) > 1]
    if not rows:
        message = f"The file {path.name} is empty."
        raise FileProblem(message)
    place = _place_of_names(rows, wanted) or 0
    header, body = rows[place], rows[place + 1 :]
    if not body:
        message = f"The file {path.name} has column names but no rows under them."
        raise FileProblem(message)
    above = f"Rows above the column names, which were not read: {place}."
    table = Table(tuple(cell.strip() for cell in header), tuple(body), tuple(notes))
    told = [*notes, *([above] if place else []), *_on_long_rows(table)]
    return replace(table, notes=tuple(told))


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    """Write UTF-8 CSV with cells that a spreadsheet shows and never runs."""
    path.write_text(csv_text(columns, rows), encoding="utf-8", newline="")
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


def _plain(name: str) -> str:
    return name.strip().casefold()


def _places_of(name: str, columns: Sequence[str]) -> list[int]:
    """Return where columns of that name are, those written just so first."""
    exact = [i for i, column in enumerate(columns) if column == name]
    similar = [i for i, column in enumerate(columns) if _plain(column) == _plain(name)]
    return list(dict.fromkeys(exact + similar))


def _place_of_names(rows: Sequence[Row], wanted: str) -> int | None:
    """Return which of the first rows holds the wanted name, or None."""
    first = enumerate(rows[:ROWS_ABOVE_NAMES])
    return next((i for i, row in first if wanted and _places_of(wanted, row)), None)


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


def _csv_rows(path: Path, wanted: str) -> tuple[list[Row], list[str]]:
    """Return the rows, and what could not be read; a quotation mark left open is refused."""
    text = _decoded(path)
    csv.field_size_limit(LONGEST_CELL)
    source = io.StringIO(f"{text.rstrip()}\n{THE_END}", newline="")
    reader = csv.reader(source, delimiter=_delimiter(text, wanted))
    rows: list[Row] = []
    begun = 1
    try:
        for row in reader:
            if row != [THE_END]:
                rows.append(tuple(row))
                line, begun = begun, reader.line_num + 1
    except csv.Error as error:
        message = f"The file {path.name} could not be read as CSV near line {reader.line_num}."
        raise FileProblem(message) from error
    if rows and any(THE_END in cell for cell in rows[-1]):
        message = (
            f"In {path.name} a quotation mark opens in line {line} or after and none closes it, so "
            "all that follows would be one comment. Close it, or take it out."
        )
        raise FileProblem(message)
    lost = text.count(UNREADABLE)
    note = f"Characters that could not be read, with “{UNREADABLE}” in their place: {lost:,}."
    return rows, [note] if lost else []


def _decoded(path: Path) -> str:
    """Return the text of a file that may come from any age of Excel."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:1000] or data.startswith(OLD_SPREADSHEET):
        message = f"{path.name} is not a CSV file or an .xlsx spreadsheet. Save it as one of them."
        raise FileProblem(message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _damaged(data)


def _damaged(data: bytes) -> str:
    """Read it as Windows wrote it, unless most of what is not plain English is UTF-8."""
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count(UNREADABLE)
    special = sum(not character.isascii() for character in text) - lost
    return text if special > lost else data.decode("cp1252", errors="replace")


def _delimiter(text: str, wanted: str) -> str:
    """Return what divides the wanted name from most others, or else the first row most.

    With neither, nothing divides: a comma is then part of what somebody wrote.
    """
    return max(NO_DELIMITER + DELIMITERS, key=lambda one: _divided(text[:HEAD], one, wanted))


def _divided(head: str, delimiter: str, wanted: str) -> tuple[bool, int]:
    """Tell whether the wanted name is a cell then, and how many cells its row or the first has."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows = [tuple(row) for row in islice(filter(any, reader), ROWS_ABOVE_NAMES)]
    place = _place_of_names(rows, wanted)
    return place is not None, len(rows[place or 0]) if rows else 0


def _spreadsheet_rows(path: Path, wanted: str) -> tuple[list[Row], list[str]]:
    """Return the rows of a sheet, as shown: values, not formulas; and which sheets were not read.

    It is the first sheet with the wanted column, or else the first with rows under a header.
    """
    import zipfile  # noqa: PLC0415  # with openpyxl, only for spreadsheets

    import openpyxl  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        message = f"The file {path.name} is not a spreadsheet that can be opened. Save it again."
        raise FileProblem(message) from error
    try:
        sheets = {sheet.title: _rows_of(sheet) for sheet in book.worksheets}
    finally:
        book.close()
    having = [name for name, rows in sheets.items() if _place_of_names(rows, wanted) is not None]
    filled = [name for name, rows in sheets.items() if len(rows) > 1]
    chosen = next(iter(having + filled), None)
    rows = sheets[chosen] if chosen is not None else [r for some in sheets.values() for r in some]
    return rows, _on_other_sheets(sheets, chosen)


def _on_other_sheets(sheets: Mapping[str, Sequence[Row]], chosen: str | None) -> list[str]:
    """Say which sheet was read and how many were not, by number: a sheet may be named for a child.

    A note goes into reports and records that travel further than the file.
    """
    others = sum(bool(rows) for name, rows in sheets.items() if name != chosen)
    if chosen is None or not others:
        return []
    place = list(sheets).index(chosen) + 1
    return [f"Sheet {place} of {len(sheets)} was read. Sheets with rows, not read: {others}."]


def _rows_of(sheet: Any) -> list[Row]:
    """Return the filled rows; how large a sheet says it is may be wrong, and is not believed."""
    sheet.reset_dimensions()
    rows = (
        tuple("" if cell is None else str(cell) for cell in row)
        for row in sheet.iter_rows(values_only=True)
    )
    return [row for row in rows if any(row)]
