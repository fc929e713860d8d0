"""The map of themes in a publication: circles by size, and by how near they are in meaning.

No comment is on it. A circle lies where the comments of its theme lie on average, and is as large
as the numbers that the report shows for it; a theme whose every number is hidden is not drawn.
The table beside it says the same in words.
"""

import math
from collections.abc import Sequence

from analysis.pictures.charts import BAR, INK, framed
from reports.counting import figures
from reports.documents.document import Document, Fact, Raised
from reports.documents.themeparts import ThemeMap, ThemePlace
from reports.words import wording

SIZE = 340
FILL = "#dbe6f1"
NEAREST = 2
LONGEST_ALT = 250


def size_of(facts: Sequence[Fact]) -> int | None:
    """Return what a circle is sized by: the numbers that are shown, or None where none is."""
    shown = [fact.value for fact in facts if fact.value is not None]
    return sum(shown) if any(shown) else None


def svg(document: Document) -> str:
    """Draw the circles with their numbers; an empty string without a map."""
    found = document.theme_map
    if found is None:
        return ""
    circles = "".join(
        f'<circle cx="{one.x}" cy="{one.y}" r="{one.radius}" fill="{FILL}" stroke="{BAR}"'
        f' stroke-width="2"/><text x="{one.x}" y="{one.y + 5}" text-anchor="middle"'
        f' font-weight="bold" fill="{INK}">{number}</text>'
        for number, one in enumerate(found.places, 1)
    )
    return framed(circles, SIZE, title=alt(document), width=SIZE)


def alt(document: Document) -> str:
    """Describe the map by its largest circle, its number and base, in at most 250 characters."""
    found = document.theme_map
    if found is None:
        return ""
    top = max(found.places, key=lambda one: (one.radius, one.label))
    fact = _largest(document, top)
    start = f"Map of {len(found.places)} themes as circles."
    end = " The table lists all."
    said = f" The largest is “{top.label}”, raised by {fact.wording}." if fact else ""
    if len(start) + len(said) + len(end) > LONGEST_ALT and fact:
        said = f" The largest is number {found.places.index(top) + 1}: {fact.wording}."
    return f"{start}{said}{end}"[:LONGEST_ALT]


def table(document: Document) -> tuple[list[str], list[list[str]]]:
    """Return head and rows of the table beside the map, in the order of the numbers."""
    found = document.theme_map
    head = ["Circle and theme", "People who raised it", "Nearest on the map"]
    if found is None:
        return head, []
    return head, [
        [f"{number} {one.label}", _people(document, one), "; ".join(near(found, one))]
        for number, one in enumerate(found.places, 1)
    ]


def near(found: ThemeMap, one: ThemePlace) -> list[str]:
    """Name the circles whose middles are nearest, with their numbers."""
    others = [
        (math.hypot(other.x - one.x, other.y - one.y), number, other.label)
        for number, other in enumerate(found.places, 1)
        if other is not one
    ]
    return [f"{number} {label}" for _, number, label in sorted(others)[:NEAREST]]


def about(found: ThemeMap) -> str:
    """Say how to read the map."""
    return (
        "Themes that lie near each other are about like things. A larger circle means that more"
        f" people raised it, as far as the numbers are shown. Two directions can show"
        f" {found.share}% of all differences, so read it as a sketch. No comment is on it."
    )


def _row(document: Document, one: ThemePlace) -> Raised | None:
    for row in document.raised:
        if any(fact.theme_id == one.theme_id for fact in row.facts):
            return row
    return None


def _people(document: Document, one: ThemePlace) -> str:
    row = _row(document, one)
    return "; ".join(
        f"{figures.cell(fact)} {wording.audience(fact.audience, fact.value)}"
        for fact in (row.facts if row else ())
    )


def _largest(document: Document, one: ThemePlace) -> Fact | None:
    row = _row(document, one)
    shown = [fact for fact in (row.facts if row else ()) if fact.value]
    return max(shown, key=lambda fact: fact.value or 0, default=None)
