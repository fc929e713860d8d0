"""A bar chart that can be read on a phone: the label stands above its bar, not beside it.

By default the drawing is narrow enough for a small screen at full size, so no text shrinks;
several of them stand side by side on a wide page and on paper. Every bar carries its own label and
number, so there is no legend to decode and no meaning in colour alone. Presentation attributes
only, as the pages' policy forbids inline styles; its own white ground keeps it readable in a dark
scheme.
"""

import textwrap
from collections.abc import Sequence
from html import escape

Bar = tuple[str, float, str]

NARROW = 262
EDGE = 6
NUMBER_WIDTH = 40
LINE = 20
BAR_HEIGHT = 14
GAP = 12
CHARACTER_WIDTH = 7.7
INK = "#0b0c0c"
BAR = "#174a7c"
PAPER = "#ffffff"
TRACK = "#e7e2d6"
FONT = "Source Sans Pro, Arial, Helvetica, sans-serif"


def bars_svg(rows: Sequence[Bar], *, title: str, width: int = NARROW, full: float = 0.0) -> str:
    """Draw bars from top to bottom, the number at the end of each.

    Args:
        rows: (label, value, text beside the bar); the longest bar fills the width. A value of
            nought draws no bar, which suits hidden numbers.
        title: alternative text that names the top bar, its number and its base.
        width: of the drawing in CSS pixels, without its edge.
        full: the value that would fill the width; 0 for the longest bar. Shares take 100, so
            that a bar looks no larger than it is.

    Returns:
        SVG whose first child is <title>; an empty string when there is nothing to draw.
    """
    longest = max((value for _, value, _ in rows), default=0)
    largest = full or longest
    if longest <= 0:
        return ""
    parts, top = [], 0
    for label, value, text in rows:
        lines = textwrap.wrap(label, int(width / CHARACTER_WIDTH)) or [""]
        parts.append(_row(lines, value / largest, text, top, width))
        top += len(lines) * LINE + BAR_HEIGHT + GAP
    return framed("".join(parts), top - GAP, title=title, width=width)


def framed(drawn: str, height: int, *, title: str, width: int = NARROW) -> str:
    """Put a drawing on its own white ground, with a title and the type that all charts share.

    Args:
        drawn: SVG elements that begin at 0, 0.
        height: of what is drawn, without its edge.
        title: alternative text.
        width: as in bars_svg.
    """
    room = f"{-EDGE} {-EDGE} {width + 2 * EDGE} {height + 2 * EDGE}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img"'
        f' width="{width + 2 * EDGE}" viewBox="{room}"><title>{escape(title)}</title>'
        f'<rect x="{-EDGE}" y="{-EDGE}" width="{width + 2 * EDGE}" height="{height + 2 * EDGE}"'
        f' fill="{PAPER}"/><g font-family="{FONT}" font-size="15" fill="{INK}">'
        f"{drawn}</g></svg>"
    )


def _row(lines: list[str], share: float, text: str, top: int, width: int) -> str:
    labels = "".join(
        f'<text x="0" y="{top + 14 + place * LINE}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )
    bar, room = top + len(lines) * LINE, width - NUMBER_WIDTH
    return (
        f'{labels}<rect x="0" y="{bar}" width="{room}" height="{BAR_HEIGHT}" fill="{TRACK}"/>'
        f'<rect x="0" y="{bar}" width="{room * share:.1f}" height="{BAR_HEIGHT}" fill="{BAR}"/>'
        f'<text x="{width}" y="{bar + 12}" text-anchor="end" font-weight="bold">'
        f"{escape(text)}</text>"
    )
