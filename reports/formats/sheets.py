"""Tables as CSV files that no spreadsheet runs, each with a description of its columns."""

import csv
import dataclasses
import io
from collections.abc import Iterable, Sequence
from typing import Literal

from surveys.cells import safe

Type = Literal["string", "integer", "date", "boolean"]
HIDDEN = ("[c]", "[z]", "[low]")


@dataclasses.dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what its cells are, and what they mean in plain words."""

    name: str
    kind: Type
    meaning: str


@dataclasses.dataclass(frozen=True, slots=True)
class Sheet:
    """One table; the first columns named in `key` tell its rows apart."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[str, ...], ...]
    key: tuple[str, ...] = ()

    @property
    def path(self) -> str:
        """Return the name of the file."""
        return f"{self.name}.csv"

    def csv(self) -> bytes:
        """Write the table as UTF-8 with a mark, so that Excel reads letters as they are."""
        return written([column.name for column in self.columns], self.rows)

    def schema(self) -> dict[str, object]:
        """Describe the table as a Frictionless table schema."""
        fields = [
            {"name": one.name, "type": one.kind, "description": one.meaning}
            | ({"constraints": {"required": True}} if one.name in self.key else {})
            for one in self.columns
        ]
        made: dict[str, object] = {"fields": fields, "missingValues": ["", *HIDDEN]}
        return made | ({"primaryKey": list(self.key)} if self.key else {})


def written(head: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """Write cells as CSV; a cell that a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(head)
    writer.writerows(safe(row) for row in rows)
    return out.getvalue().encode("utf-8-sig")
