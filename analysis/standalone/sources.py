"""Get the rows out of a file as people have it: what kind it is, how it is written, which sheets.

Exports from survey tools differ in delimiter, encoding and sheets; all are found out from what is
in the file, whatever its name ends with. What is no table is refused with what to do instead.
"""

import csv
import html
import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
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
LONGEST_CELL = 10_000_000
SPREADSHEETS = {".xlsx", ".xlsm"}
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SAVE_IT = "is not a CSV file or an .xlsx spreadsheet. Save it as one of them."
NO_TABLES = {
    b"%PDF": "is a PDF, which holds no table. Export the answers as CSV or .xlsx instead.",
    OLD_OFFICE: "is an old Office file, such as .xls, or has a password. Open it and save it as "
    ".xlsx, without a password.",
}
INSIDE = {
    "word/document.xml": "is a Word document. Export the answers as CSV or .xlsx instead.",
    "content.xml": "is a LibreOffice (OpenDocument) file. Open it there and save it as .xlsx.",
}
"""What is not read, by how it begins and by what is packed inside, and what to do instead."""

_MARKUP = re.compile(r"<\s*br\s*/?\s*>|</\s*(?:p|div|li)\s*>|_x000[dD]_", re.IGNORECASE)
_TAG = re.compile(
    r"</?\s*(?:p|div|li|ul|ol|span|b|i|u|em|strong|font|a)(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_ENTITY = re.compile(r"&(?:[A-Za-z]{2,8}|#[0-9]{2,6}|#[xX][0-9A-Fa-f]{2,5});")
_WINDOWS_QUOTES = re.compile(rb"[A-Za-z]\x92[a-z]")
_MAC_QUOTES = re.compile(rb"[A-Za-z]\xd5[a-z]")


class FileProblem(ValueError):  # noqa: N818  # a sentence for a person, not a program's error
    """The file cannot be analysed as asked; the message says why and what to do."""


@dataclass(frozen=True)
class Source:
    """The rows of a file, sheet by sheet, with every cell as plain words.

    Attributes:
        sheets: by title; a CSV file is one sheet called "".
        notes: sentences on what could not be read, for a person.
    """

    sheets: dict[str, list[Row]]
    notes: tuple[str, ...] = ()


def read(path: Path, wanted: str = "") -> Source:
    """Read every row of a CSV, TSV or XLSX file.

    Args:
        path: the file.
        wanted: name of a column that is looked for, to tell what divides the cells of a CSV file.

    Raises:
        FileProblem: it is missing, locked, or no table.
    """
    if path.is_dir() or not path.exists():
        message = f"There is no file {path}."
        raise FileProblem(message)
    try:
        data = path.read_bytes()
    except OSError as error:
        message = f"{path} cannot be read. Close it where it is open, or ask who may open it."
        raise FileProblem(message) from error
    if _is_workbook(path, data):
        return _workbook(path, data)
    return _text_file(path, data, wanted)


def plain(name: str) -> str:
    """Return a column's name as it is compared: capitals, line ends and spaces do not matter."""
    return " ".join(name.split()).casefold()


def places_of(name: str, columns: Sequence[str]) -> list[int]:
    """Return where columns of that name are, those written just so first."""
    exact = [i for i, column in enumerate(columns) if column == name]
    similar = [i for i, column in enumerate(columns) if plain(column) == plain(name)]
    return list(dict.fromkeys(exact + similar))


def place_of_names(rows: Sequence[Row], wanted: str) -> int | None:
    """Return which of the first rows holds the wanted name, or None."""
    first = enumerate(rows[:ROWS_ABOVE_NAMES])
    return next((i for i, row in first if wanted and places_of(wanted, row)), None)


def words_of(cell: str) -> str:
    """Return a cell without web code: survey tools export "&amp;#39;" and "<br>" for ' and a line.

    Only what is surely code goes: "<5 weeks" and "R&D; more" stay as they were typed.
    """
    if "<" in cell or "_x" in cell:
        cell = _TAG.sub("", _MARKUP.sub("\n", cell))
    if "&" in cell:
        cell = _ENTITY.sub(lambda found: html.unescape(found[0]), cell)
    return cell


def _is_workbook(path: Path, data: bytes) -> bool:
    """Tell whether it is a spreadsheet that can be read; what is neither that nor text is refused.

    Raises:
        FileProblem: it is another kind of file.
    """
    why = next((said for start, said in NO_TABLES.items() if data.startswith(start)), "")
    if data.startswith(ZIP) and zipfile.is_zipfile(io.BytesIO(data)):
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            names = set(packed.namelist())
        if "xl/workbook.xml" in names:
            return True
        why = next((said for name, said in INSIDE.items() if name in names), SAVE_IT)
    elif path.suffix.lower() in SPREADSHEETS and not why:
        why = "is not a spreadsheet that can be opened. Save it again, or as CSV if it is one."
    if why:
        message = f"{path.name} {why}"
        raise FileProblem(message)
    return False


def _text_file(path: Path, data: bytes, wanted: str) -> Source:
    text = _decoded(path, data)
    start = text.lstrip()[:200].lower()
    if start.startswith(("<!doctype", "<html", "<?xml", "<table")):
        message = f"{path.name} is a web page or XML. Open it in a spreadsheet, save it as .xlsx."
        raise FileProblem(message)
    if path.suffix.lower() == ".json" or start.startswith(("[{", "{\n", "[\n")):
        message = f"{path.name} is JSON. Export the answers as CSV or .xlsx instead."
        raise FileProblem(message)
    rows = _csv_rows(path, text, wanted)
    lost = text.count(UNREADABLE)
    note = f"Characters that could not be read, with “{UNREADABLE}” in their place: {lost:,}."
    return Source({"": rows}, (note,) if lost else ())


def _csv_rows(path: Path, text: str, wanted: str) -> list[Row]:
    """Return the rows; a quotation mark left open is refused."""
    csv.field_size_limit(LONGEST_CELL)
    told = re.match(r"sep=(.)\r?\n", text)
    text = text[told.end() :] if told else text
    source = io.StringIO(f"{text.rstrip()}\n{THE_END}", newline="")
    reader = csv.reader(source, delimiter=told[1] if told else _delimiter(text, wanted))
    rows: list[Row] = []
    begun = 1
    try:
        for row in reader:
            if row != [THE_END]:
                rows.append(tuple(map(words_of, row)))
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
    return rows


def _decoded(path: Path, data: bytes) -> str:
    """Return the text of a file that may come from any age of Excel."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    if b"\x00" in data[:1000]:
        message = f"{path.name} {SAVE_IT}"
        raise FileProblem(message)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return _damaged(data)


def _damaged(data: bytes) -> str:
    """Read it as Windows wrote it, or an old Mac, unless most of what is not English is UTF-8."""
    text = data.decode("utf-8-sig", errors="replace")
    lost = text.count(UNREADABLE)
    special = sum(not character.isascii() for character in text) - lost
    if special > lost:
        return text
    from_mac = len(_MAC_QUOTES.findall(data)) > len(_WINDOWS_QUOTES.findall(data))
    return data.decode("mac_roman" if from_mac else "cp1252", errors="replace")


def _delimiter(text: str, wanted: str) -> str:
    """Return what divides the wanted name from most others, or else the first row most.

    With neither, nothing divides: a comma is then part of what somebody wrote.
    """
    return max(NO_DELIMITER + DELIMITERS, key=lambda one: _divided(text[:HEAD], one, wanted))


def _divided(head: str, delimiter: str, wanted: str) -> tuple[bool, int]:
    """Tell whether the wanted name is a cell then, and how many cells its row or the first has."""
    reader = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
    rows = [tuple(map(words_of, row)) for row in islice(filter(any, reader), ROWS_ABOVE_NAMES)]
    place = place_of_names(rows, wanted)
    return place is not None, len(rows[place or 0]) if rows else 0


def _workbook(path: Path, data: bytes) -> Source:
    """Return the filled rows of every sheet, as shown: values, not formulas."""
    import openpyxl  # noqa: PLC0415  # only for spreadsheets
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    except (zipfile.BadZipFile, InvalidFileException, KeyError, OSError) as error:
        message = f"The file {path.name} is not a spreadsheet that can be opened. Save it again."
        raise FileProblem(message) from error
    try:
        return Source({sheet.title: list(_rows_of(sheet)) for sheet in book.worksheets})
    finally:
        book.close()


def _rows_of(sheet: Any) -> Iterable[Row]:
    """Give the rows of a sheet; how large it says it is may be wrong, and is not believed."""
    sheet.reset_dimensions()
    for row in sheet.iter_rows(values_only=True):
        yield tuple("" if cell is None else words_of(str(cell)) for cell in row)
