"""Code lists with dates: what a district, an ambition or an age band was called, and when."""

import csv
import dataclasses
import datetime as dt
import functools
import re
from collections.abc import Iterator
from pathlib import Path

LISTS = Path(__file__).resolve().parent / "lists"
COLUMNS = (
    "code", "label", "easy_label", "picture", "parent", "valid_from", "valid_to", "source",
)  # fmt: skip
CODE = re.compile(r"[A-Za-z0-9_]{1,40}")


class TaxonomyError(ValueError):
    """A list cannot be read; the message names the file, the line and the mistake."""


@dataclasses.dataclass(frozen=True)
class Term:
    """One line of a list: a code, its words in both editions, and the days it is in force.

    Attributes:
        parent: code of the broader term, in the same list or in the list it belongs under.
        valid_from: first day in force.
        valid_to: last day in force, or None while it still is.
        source: where the words come from.
    """

    code: str
    label: str
    easy_label: str
    picture: str
    parent: str
    valid_from: dt.date
    valid_to: dt.date | None
    source: str

    def in_force(self, on: dt.date) -> bool:
        """Tell whether the term may be used on that day."""
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


def terms(name: str, on: dt.date) -> tuple[Term, ...]:
    """Return the terms of a list that are in force on a day, in the order of the file."""
    return tuple(term for term in history(name) if term.in_force(on))


def term(name: str, code: str, on: dt.date) -> Term | None:
    """Return one term as it stood on a day, or None if that code was not in force."""
    return next((found for found in terms(name, on) if found.code == code), None)


def names() -> tuple[str, ...]:
    """Return the names of all lists."""
    return tuple(sorted(path.stem for path in LISTS.glob("*.csv")))


def history(name: str) -> tuple[Term, ...]:
    """Return every term a list ever had; raise TaxonomyError if there is no such list."""
    return load(LISTS / f"{name}.csv")


@functools.cache
def load(path: Path) -> tuple[Term, ...]:
    """Read and check one list once; raise TaxonomyError at its first mistake."""
    if not path.is_file():
        message = f"There is no list called {path.stem!r}. Look in engage/taxonomy/lists."
        raise TaxonomyError(message)
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(_read(path, csv.DictReader(file)))


def _read(path: Path, reader: "csv.DictReader[str]") -> Iterator[Term]:
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise _mistake(path, 1, f"the columns must be {','.join(COLUMNS)}")
    seen: list[Term] = []
    for row in reader:
        found = _term(path, reader.line_num, row)
        if any(_clash(found, other) for other in seen):
            raise _mistake(path, reader.line_num, f"{found.code!r} is in force twice at once")
        seen.append(found)
        yield found


def _term(path: Path, line: int, row: dict[str, str]) -> Term:
    if None in row or None in row.values():
        raise _mistake(path, line, f"there must be {len(COLUMNS)} columns")
    clean = {column: row[column].strip() for column in COLUMNS}
    if not CODE.fullmatch(clean["code"]):
        raise _mistake(path, line, f"{clean['code']!r} is not a code: letters, digits and _ only")
    for column in ("label", "easy_label", "source"):
        if not clean[column]:
            raise _mistake(path, line, f"the {column} is empty")
    first, last = clean.pop("valid_from"), clean.pop("valid_to")
    return Term(
        **clean,
        valid_from=_date(path, line, first),
        valid_to=_date(path, line, last) if last else None,
    )


def _date(path: Path, line: int, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        raise _mistake(path, line, f"{value!r} is not a date like 2026-09-01") from None


def _clash(one: Term, other: Term) -> bool:
    if one.code != other.code:
        return False
    later, earlier = sorted((one, other), key=lambda found: found.valid_from, reverse=True)
    return earlier.in_force(later.valid_from)


def _mistake(path: Path, line: int, what: str) -> TaxonomyError:
    return TaxonomyError(f"{path.name}, line {line}: {what}.")
