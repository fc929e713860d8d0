"""A map of districts as equal tiles: where people answered, with no map of anybody else.

Every district gets the same room, so a small town is not hidden by a wide one. A tile says its
name and number in words; the shade and the bar under the number only repeat it, and a number
that may not be shown is striped and marked. The table beside it is the truth.
"""

import csv
import dataclasses
import functools
import textwrap
from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path

from analysis.pictures.charts import EDGE, FONT, INK, PAPER
from reports.counting import figures, shorthands
from reports.representation.heardparts import Place, PlaceMap
from reports.words import wording

TILES = Path(__file__).resolve().parent / "tiles.csv"
TILE_WIDE, TILE_HIGH, GAP = 84, 72, 5
SHADES = (("#ffffff", INK), ("#dbe6f1", INK), ("#a9c4df", INK), ("#174a7c", "#ffffff"))
STRIPE = "#b4b8bb"
NAME_CHARACTERS = 11
STRIPES_APART = 10
LONGEST_ALT = 250


@dataclasses.dataclass(frozen=True, slots=True)
class Tile:
    """Where a district's tile stands, counting rows and columns from nought."""

    code: str
    short: str
    row: int
    column: int


@functools.cache
def arrangement() -> dict[str, Tile]:
    """Return the tile of each district that has one."""
    with TILES.open(encoding="utf-8", newline="") as file:
        return {
            row["code"]: Tile(row["code"], row["short"], int(row["row"]), int(row["column"]))
            for row in csv.DictReader(file)
        }


def map_svg(found: PlaceMap) -> str:
    """Draw the tiles; an empty string when no district has one."""
    if not found.places:
        return ""
    most = max((place.fact.value or 0 for place in found.places), default=0)
    across = 1 + max(place.column for place in found.places)
    down = 1 + max(place.row for place in found.places)
    wide, high = across * (TILE_WIDE + GAP) - GAP, down * (TILE_HIGH + GAP) - GAP
    tiles = "".join(_tile(place, most) for place in found.places)
    room = f"{-EDGE} {-EDGE} {wide + 2 * EDGE} {high + 2 * EDGE}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" width="{wide + 2 * EDGE}"'
        f' viewBox="{room}"><title>{escape(map_alt(found))}</title>'
        f'<rect x="{-EDGE}" y="{-EDGE}" width="{wide + 2 * EDGE}" height="{high + 2 * EDGE}"'
        f' fill="{PAPER}"/><g font-family="{FONT}" text-anchor="middle">{tiles}</g></svg>'
    )


def map_alt(found: PlaceMap) -> str:
    """Describe the map by its largest tile, its number and base, in at most 250 characters."""
    hidden = sum(place.fact.value is None for place in found.places)
    top = max(found.places, key=lambda place: (place.fact.value or 0, place.label))
    said = f"Map of {len(found.places)} districts as tiles, {found.label.lower()}."
    if top.fact.value:
        said += f" Most: {top.label}, {top.fact.wording}."
    if hidden:
        said += f" Numbers not shown: {hidden}."
    return f"{said} The table has every number."[:LONGEST_ALT]


def map_table(maps: Sequence[PlaceMap]) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table beside the maps: districts down, audiences across."""
    rows: dict[str, list[str]] = {}
    labels = {place.code: place.label for one in maps for place in (*one.places, *one.others)}
    for code, label in labels.items():
        cells = [_cell(one, code) for one in maps]
        rows[code] = [label, *cells]
    return ["Where", *(_column(one) for one in maps)], list(rows.values())


def _column(one: PlaceMap) -> str:
    base = one.base.value
    return f"{one.label} (of {wording.number(base)})" if base is not None else one.label


def _cell(one: PlaceMap, code: str) -> str:
    found = [place for place in (*one.places, *one.others) if place.code == code]
    return figures.cell(found[0].fact) if found else shorthands.NOT_APPLICABLE


def _tile(place: Place, most: int) -> str:
    left, top = place.column * (TILE_WIDE + GAP), place.row * (TILE_HIGH + GAP)
    shade, ink = SHADES[_step(place.fact.value, most)]
    middle = left + TILE_WIDE / 2
    lines = textwrap.wrap(place.short, NAME_CHARACTERS)
    first = top + (26 if len(lines) == 1 else 18)
    name = "".join(
        f'<text x="{middle}" y="{first + 15 * row}" font-size="14" fill="{ink}">'
        f"{escape(line)}</text>"
        for row, line in enumerate(lines)
    )
    striped = "".join(_stripes(left, top)) if place.fact.value is None else ""
    number = (
        f'<text x="{middle}" y="{top + 54}" font-size="19" font-weight="bold" fill="{ink}">'
        f"{escape(figures.cell(place.fact))}</text>"
    )
    return (
        f'<rect x="{left}" y="{top}" width="{TILE_WIDE}" height="{TILE_HIGH}" fill="{shade}"'
        f' stroke="{INK}"/>{striped}{name}{number}{_bar(place.fact.value, most, left, top, ink)}'
    )


def _step(value: int | None, most: int) -> int:
    """Return the shade: none for nothing or a hidden number, else by thirds of the largest."""
    return 0 if not value else min(3, 1 + 3 * (value - 1) // most)


def _bar(value: int | None, most: int, left: int, top: int, ink: str) -> str:
    if not value:
        return ""
    long = (TILE_WIDE - 16) * value / most
    return (
        f'<rect x="{left + 8}" y="{top + TILE_HIGH - 10}" width="{long:.1f}" height="4"'
        f' fill="{ink}"/>'
    )


def _stripes(left: int, top: int) -> Iterator[str]:
    """Yield slanting lines along the two edges of a tile, clear of its words."""
    for place in range(STRIPES_APART, TILE_WIDE, STRIPES_APART):
        for edge in (top, top + TILE_HIGH - 8):
            yield (
                f'<path d="M{left + place - 6} {edge + 8}L{left + place} {edge}"'
                f' stroke="{STRIPE}" stroke-width="3"/>'
            )
