"""Which districts the first half of a postcode lies in.

Postcodes and districts do not nest, so one postcode may name several districts: then a person is
asked. The table is a helper for finding a district in a list; it decides nothing, and no
postcode is ever stored.
"""

import csv
import functools
import re
from collections.abc import Mapping
from pathlib import Path

TABLE = Path(__file__).resolve().parent / "postcodes.csv"
LONGEST = 12
_FULL = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)[0-9][A-Z]{2}")
_FIRST = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)")


def outward(typed: str) -> str:
    """Return the first half of a postcode, tidied; nothing when it does not look like one.

    Somebody who types the whole postcode is understood, and its second half is dropped here.
    """
    first, _, rest = typed.strip().upper()[:LONGEST].partition(" ")
    whole = _FULL.fullmatch(first + rest.replace(" ", ""))
    found = whole or _FIRST.fullmatch(first)
    return found[1] if found else ""


def districts(first_half: str) -> frozenset[str]:
    """Return the codes of the districts that a first half lies in; none when it is not known."""
    return table().get(first_half, frozenset())


@functools.cache
def table(path: Path = TABLE) -> Mapping[str, frozenset[str]]:
    """Return the districts of every first half that the table knows."""
    found: dict[str, set[str]] = {}
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found.setdefault(row["postcode"], set()).add(row["district"])
    return {postcode: frozenset(codes) for postcode, codes in found.items()}
