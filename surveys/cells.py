"""Cells of a spreadsheet: what a person wrote is read, never executed."""

from collections.abc import Iterable

_RUNS_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def safe(cells: Iterable[str]) -> list[str]:
    """Return cells that no spreadsheet will take for a formula."""
    return [f"'{cell}" if cell.startswith(_RUNS_AS_FORMULA) else cell for cell in cells]
