"""Read a table of answers from a CSV file or a spreadsheet, and write CSV that no spreadsheet runs.

Exports from survey tools differ in delimiter and encoding; both are found out. Every row with
anything in it is kept, in order, because rows in must equal rows out.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

DELIMITERS = ",;\t|"
LONGEST_CELL = 10_000_000
LONGEST_SHEET_CELL = 32_767
CUT = " [cut: see the CSV file]"
RUNS_IN_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r")
SPREADSHEETS = {".xlsx", ".xlsm"}


class FileProblem(ValueError):  # noqa: N818  # a sentence for a person, not a program's error
    """The file cannot be analysed as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Table:
    """A header and the rows under it, every cell as text."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, name: str) -> list[str]:
        """Return the cells of a column; capitals and outer spaces of its name do not matter.

        Raises:
            FileProblem: there is no such column; the message lists those there are.
        """
        place = _place_of(name, self.columns)
        if place is None:
            found = ", ".join(f"“{column}”" for column in self.columns)
            message = f"There is no column “{name}”. The columns are: {found}."
            raise FileProblem(message)
        return [row[place] if place < len(row) else "" for row in self.rows]


def read_table(path: Path) -> Table:
    """Read a CSV, TSV or XLSX file.

    Raises:
        FileProblem: it is missing, empty, or neither kind of file.
    """
    if path.is_dir() or not path.exists():
        message = f"There is no file {path}."
        raise FileProblem(message)
    rows = _spreadsheet_rows(path) if path.suffix.lower() in SPREADSHEETS else _csv_rows(path)
    rows = [row for row in rows if any(cell.strip() for cell in row) or len(row) > 1]
    if not rows:
        message = f"The file {path.name} is empty."
        raise FileProblem(message)
    header, *body = rows
    if not body:
        message = f"The file {path.name} has column names but no rows under them."
        raise FileProblem(message)
    return Table(tuple(cell.strip() for cell in header), tuple(body))


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


def _place_of(name: str, columns: Sequence[str]) -> int | None:
    wanted = name.strip().casefold()
    exact = [i for i, column in enumerate(columns) if column == name]
    similar = [i for i, column in enumerate(columns) if column.casefold() == wanted]
    return next(iter(exact + similar), None)


def _csv_rows(path: Path) -> list[tuple[str, ...]]:
    text = _decoded(path)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text))
    try:
        return [tuple(row) for row in reader]
    except csv.Error as error:
        message = f"The file {path.name} could not be read as CSV near line {reader.line_num}."
        raise FileProblem(message) from error


def _decoded(path: Path) -> str:
    """Return the text of a file that may come from any age of Excel."""
    data = path.read_bytes()
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:1000]:
        message = f"The file {path.name} is not a CSV file or an .xlsx spreadsheet."
        raise FileProblem(message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")


def _delimiter(text: str) -> str:
    """Return the delimiter that the header line uses most outside quotes; a comma when none."""
    counts = dict.fromkeys(DELIMITERS, 0)
    quoted = False
    for character in text:
        if character == '"':
            quoted = not quoted
        elif not quoted and character in "\r\n":
            break
        elif not quoted and character in counts:
            counts[character] += 1
    return max(DELIMITERS, key=lambda delimiter: counts[delimiter])


def _spreadsheet_rows(path: Path) -> list[tuple[str, ...]]:
    """Return the rows of the first sheet, as shown: values, not formulas."""
    import zipfile  # noqa: PLC0415  # with openpyxl, only for spreadsheets

    import openpyxl  # noqa: PLC0415
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        message = f"The file {path.name} is not a spreadsheet that can be opened. Save it again."
        raise FileProblem(message) from error
    try:
        sheet = book.worksheets[0]
        rows = [
            tuple("" if cell is None else str(cell) for cell in row)
            for row in sheet.iter_rows(values_only=True)
        ]
    finally:
        book.close()
    return [row for row in rows if any(row)]
