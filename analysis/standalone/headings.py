"""Find the names of the columns: under a title, in one row, or in two or three as tools write them.

SurveyMonkey and spreadsheets with merged cells write names in two rows, Qualtrics in three. Read as
one row, the others would count as answers ("Open-Ended Response").
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from analysis.standalone.sources import ROWS_ABOVE_NAMES, Row, place_of_names, places_of, plain

STANDS_FOR_ANSWERS = frozenset(["open-ended response", "response"])
IMPORT_ID = '{"ImportId"'
_FIGURE = re.compile(r"[\d.,:/ -]+")


@dataclass(frozen=True)
class Heading:
    """Where the names of columns stand and what they are.

    Attributes:
        names: of each column; a part of a question has the question before it.
        parts: where they stand in several rows, the first two of these as they are.
        top: the first row of names.
        end: the first row under them.
    """

    names: Row
    parts: tuple[Row, ...]
    top: int
    end: int


def heading(rows: Sequence[Row], wanted: str) -> Heading:
    """Return the heading of a table.

    Args:
        rows: all that are filled; at least one.
        wanted: a column that is looked for, or "": then titles are told by how few cells they have.
    """
    place = place_of_names(rows, wanted)
    found = _guessed(rows) if place is None else place
    top, end = _reach(rows, found, wanted)
    upper, lower = (tuple(c.strip() for c in rows[n]) for n in (top, min(top + 1, end - 1)))
    if end - top == 1:
        return Heading(upper, (), top, end)
    return Heading(_joined(upper, lower), (upper, lower), top, end)


def _guessed(rows: Sequence[Row]) -> int:
    """Return the first row that has about as many cells as most do."""
    filled = [sum(bool(cell.strip()) for cell in row) for row in rows[:ROWS_ABOVE_NAMES]]
    usual = median(filled)
    return next(place for place, cells in enumerate(filled) if cells * 2 > usual)


def _reach(rows: Sequence[Row], place: int, wanted: str) -> tuple[int, int]:
    """Return the first row of names and the first row under them."""
    for machine in range(place + 1, min(place + 3, len(rows))):
        if rows[machine][0].startswith(IMPORT_ID):
            return max(0, machine - 2), machine + 1
    if place and _is_below(rows[place - 1], rows[place]):
        return place - 1, place + 1
    under = rows[place + 1] if place + 1 < len(rows) else ()
    if _is_below(rows[place], under) and _loses_nothing(rows[place], under, wanted):
        return place, place + 2
    return place, place + 1


def _is_below(upper: Row, row: Row) -> bool:
    """Tell whether a row goes on with the names of the row above it.

    Each names columns that the other leaves without a name, as merged cells do, or it says what
    only names say; a row with a figure or a date holds answers.
    """
    if not row or any(_FIGURE.fullmatch(cell.strip()) for cell in row):
        return False
    pairs = [(above.strip(), under.strip()) for above, under in zip(upper, row, strict=False)]
    says_so = any(plain(under) == "open-ended response" for _, under in pairs)
    adds = any(under and not above for above, under in pairs)
    leaves = any(above and not under for above, under in pairs)
    return says_so or (adds and leaves)


def _loses_nothing(names: Row, row: Row, wanted: str) -> bool:
    """Tell whether a row holds no words in the wanted column that could be somebody's answer."""
    columns = places_of(wanted, names) if wanted else []
    return all(
        place >= len(row) or plain(row[place]) in STANDS_FOR_ANSWERS | {""} for place in columns
    )


def _joined(upper: Row, lower: Row) -> Row:
    """Return one name for each column; a cell left empty goes on with the question before it."""
    names, question = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place].strip() if place < len(upper) else ""
        under = lower[place].strip() if place < len(lower) else ""
        question = above or question
        is_alone = not under or (bool(above) and plain(under) in STANDS_FOR_ANSWERS)
        names.append(above if is_alone else f"{question}: {under}" if question else under)
    return tuple(names)
