"""Drawings of findings: bars, one bar of a hundred, numbers from 0 to 10, and then and now.

Shades differ in pattern as well as in colour and every part has its words and number beside it,
so that they can be read in black and white. All are narrow enough for a phone at full size.
"""

import dataclasses
import textwrap
from collections.abc import Iterator, Sequence
from html import escape

from analysis.pictures.charts import BAR, CHARACTER_WIDTH, INK, NARROW, TRACK, bars_svg, framed
from reports.findings import intervals
from reports.findings.found import Change, Grid, QuestionFinding, Row
from reports.words import wording
from reports.words.facts import Fact

LONGEST_ALT = 250
BARS_SHOWN = 12
THICK = 22
LINE = 20
GAP = 12
SWATCH = 16
DOT = 7
HONEY = "#ffcf4a"
STYLES = ("solid", "across", "honey", "upright", "paper", "dark")
WIDE_FIGURE = 9
EDGE = f'stroke="{INK}" stroke-width="1"'


@dataclasses.dataclass(frozen=True, slots=True)
class Shade:
    """One part of a bar; `text` is its number in words."""

    label: str
    people: int | None
    text: str


@dataclasses.dataclass(frozen=True, slots=True)
class Stack:
    """One bar of a hundred: everybody who answered, cut by what they answered."""

    heading: str
    base: int
    shades: tuple[Shade, ...]


def drawings(found: QuestionFinding, name: str) -> Iterator[tuple[str, str]]:
    """Yield name and SVG of every drawing of a question.

    Args:
        found: the question.
        name: start of the names; "/0", "/1" follow for each table, "/c0" for each change.
    """
    if found.drawing:
        for place, grid in enumerate(found.grids):
            if svg := _of_grid(found, grid):
                yield f"{name}/{place}", svg
    for place, change in enumerate(found.changes):
        yield f"{name}/c{place}", change_svg(change, title=change_alt(found, change))


def alt(found: QuestionFinding, grid: Grid) -> str:
    """Describe a chart by its largest number and its base, in at most 250 characters."""
    facts = [(row, cell.fact) for row in grid.top for cell in row.cells if cell.fact.value]
    if not facts:
        return ""
    row, fact = max(facts, key=lambda pair: _share(pair[1]))
    start = "Chart" if found.drawing == "stacked" else "Bar chart"
    return _short(f"{start}. Largest: “", row.label, f"”, {_of(fact)}. {_question(found, grid)}")


def change_alt(found: QuestionFinding, change: Change) -> str:
    """Describe then and now by the answer that most people give now."""
    row = max(change.rows, key=lambda one: _share(one.now))
    said = f"”, {_of(row.before)} before and {_of(row.now)} now. {found.text}"
    return _short("Chart of then and now. Largest: “", row.label, said)


def stacked_svg(rows: Sequence[Stack], title: str) -> str:
    """Draw one bar of a hundred for each row, and under all of them what each shade means.

    Args:
        rows: heading, base and parts of each bar; what is hidden is left open at its end.
        title: alternative text.
    """
    parts: list[str] = []
    top = 0
    for row in rows:
        drawn, top = _stack(row, top)
        parts += [*drawn]
    legend, top = _legend(rows, top)
    return framed("".join([*parts, *legend]), top, title=title)


def numbers_svg(
    charts: Sequence[tuple[str, Sequence[tuple[str, int | None]]]],
    title: str,
    ends: Sequence[str] = (),
) -> str:
    """Draw how many people gave each number, one line for each number.

    Args:
        charts: heading and rows of each chart; a row is (number, people or None when hidden).
        title: alternative text.
        ends: what the numbers at both ends mean ("0: not at all").
    """
    room, top, parts = NARROW - 2 * 36, 0, []
    for heading, rows in charts:
        largest = max((people or 0 for _, people in rows), default=0) or 1
        if heading:
            parts.append(_bold(heading, 0, top + 14))
            top += LINE
        for label, people in rows:
            long = room * (people or 0) / largest
            text = "[c]" if people is None else wording.number(people)
            parts.append(
                f'<text x="24" y="{top + 16}" text-anchor="end">{escape(label)}</text>'
                f'<rect x="32" y="{top}" width="{long:.1f}" height="{THICK}" fill="{BAR}"/>'
                f"{_bold(text, 38 + long, top + 16)}"
            )
            top += THICK + 4
        top += GAP
    for words in ends:
        lines = _wrapped(words)
        parts.append(_words(lines, top))
        top += len(lines) * LINE
    return framed("".join(parts), top if ends else top - GAP, title=title)


def change_svg(change: Change, *, title: str) -> str:
    """Draw an open dot for then, a full dot for now, and an arrow from one to the other."""
    parts, top = [], 0
    for row in change.rows:
        lines = _wrapped(row.label)
        parts.append(_words(lines, top))
        top += len(lines) * LINE
        then, now = _place(row.before), _place(row.now)
        parts.append(_arrow(then, now, top + 10))
        words = f"{_percent(row.before)} then, {_percent(row.now)} now"
        parts.append(_bold(words, 0, top + 38))
        top += 38 + GAP
    return framed("".join(parts), top - GAP + 4, title=title)


def _of_grid(found: QuestionFinding, grid: Grid) -> str:
    title = alt(found, grid)
    if not title:
        return ""
    if found.drawing == "stacked":
        return stacked_svg(list(_stacks(grid)), title)
    if found.drawing == "numbers":
        ends = [row.label for row in grid.top if row.label != _key(row)]
        return numbers_svg(list(_histograms(grid)), title, ends)
    return bars_svg(list(_bars(grid)), title=title, full=100)


def _stacks(grid: Grid) -> Iterator[Stack]:
    for place, column in enumerate(grid.columns):
        if column.base.value:
            cells = [(row.label, row.cells[place]) for row in grid.top]
            yield Stack(
                column.label if len(grid.columns) > 1 else "", column.base.value,
                tuple(Shade(label, c.fact.value, c.percent or _text(c.fact)) for label, c in cells),
            )  # fmt: skip


def _histograms(grid: Grid) -> Iterator[tuple[str, list[tuple[str, int | None]]]]:
    for place, column in enumerate(grid.columns):
        heading = column.label if len(grid.columns) > 1 else ""
        yield heading, [(_key(row), row.cells[place].fact.value) for row in grid.top]


def _bars(grid: Grid) -> Iterator[tuple[str, float, str]]:
    """Yield the longest bars; one for each audience where several were asked."""
    rows = list(grid.top)
    if len(grid.columns) == 1 and not _is_ordered(rows):
        rows.sort(key=lambda row: -(row.cells[0].fact.value or 0))
    for row in rows[:BARS_SHOWN]:
        for column, cell in zip(grid.columns, row.cells, strict=True):
            label = row.label if len(grid.columns) == 1 else f"{row.label}: {column.label}"
            yield label, 100 * _share(cell.fact), cell.percent or _text(cell.fact)


def _is_ordered(rows: Sequence[Row]) -> bool:
    return any(row.option.startswith(":range.") for row in rows)


def _stack(row: Stack, top: int) -> tuple[list[str], int]:
    parts = []
    if row.heading:
        parts.append(_bold(row.heading, 0, top + 14))
        top += LINE
    left = 0.0
    for place, shade in enumerate(row.shades):
        wide = NARROW * (shade.people or 0) / row.base
        if wide:
            parts.append(_shade(place, left, top, wide, THICK))
            if row.heading and wide > len(shade.text) * WIDE_FIGURE:
                parts.append(f'<text x="{left:.1f}" y="{top + THICK + 16}">{shade.text}</text>')
            left += wide
    if (rest := NARROW - left) > 1:
        parts.append(_open(left, top, rest, THICK))
    return parts, top + THICK + (LINE if row.heading else 0) + GAP


def _legend(rows: Sequence[Stack], top: int) -> tuple[list[str], int]:
    """Write what each shade means; with one bar its number stands there too."""
    parts, indent = [], SWATCH + 8
    for place, shade in enumerate(rows[0].shades):
        words = _wrapped(f"{shade.label}: {shade.text}" if len(rows) == 1 else shade.label, indent)
        is_hidden = len(rows) == 1 and shade.people is None
        box = _open(0, top + 2, SWATCH, SWATCH) if is_hidden else _shade(
            place, 0, top + 2, SWATCH, SWATCH
        )  # fmt: skip
        parts += [box, _words(words, top, indent)]
        top += len(words) * LINE + 4
    return parts, top


def _open(left: float, top: int, wide: float, high: int) -> str:
    """Draw where a number is hidden: a broken line round nothing."""
    return (
        f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{high}" fill="none" {EDGE}'
        ' stroke-dasharray="3 3"/>'
    )


def _shade(place: int, left: float, top: int, wide: float, high: int) -> str:
    """Draw a rectangle in the pattern of its place; lines are drawn, so that no name is needed."""
    style = STYLES[place % len(STYLES)]
    fill = {"solid": BAR, "honey": HONEY, "dark": INK}.get(style, "#ffffff")
    box = (
        f'<rect x="{left:.1f}" y="{top}" width="{wide:.1f}" height="{high}" fill="{fill}" {EDGE}/>'
    )
    if style == "across":
        lines = "".join(f"M{left:.1f} {y}h{wide:.1f}" for y in range(top + 4, top + high, 5))
    elif style == "upright":
        steps = range(4, int(wide), 5)
        lines = "".join(f"M{left + step:.1f} {top}v{high}" for step in steps)
    else:
        return box
    return f'{box}<path d="{lines}" stroke="{BAR}" stroke-width="2"/>' if lines else box


def _arrow(then: float, now: float, y: int) -> str:
    way = 1 if now >= then else -1
    line = ""
    if abs(now - then) > 2 * DOT + 8:
        end = now - way * (DOT + 2)
        line = (
            f'<path d="M{then + way * DOT:.1f} {y}H{end:.1f}m{-way * 6} -5l{way * 6} 5'
            f'l{-way * 6} 5" fill="none" stroke="{INK}" stroke-width="2"/>'
        )
    return (
        f'<path d="M0 {y}H{NARROW}" stroke="{TRACK}" stroke-width="4"/>{line}'
        f'<circle cx="{then:.1f}" cy="{y}" r="{DOT}" fill="#ffffff" stroke="{INK}"'
        f' stroke-width="2"/><circle cx="{now:.1f}" cy="{y}" r="{DOT}" fill="{BAR}"/>'
    )


def _bold(text: str, left: float, base: int) -> str:
    return f'<text x="{left:.1f}" y="{base}" font-weight="bold">{escape(text)}</text>'


def _words(lines: Sequence[str], top: int, left: int = 0) -> str:
    return "".join(
        f'<text x="{left}" y="{top + 14 + place * LINE}">{escape(line)}</text>'
        for place, line in enumerate(lines)
    )


def _wrapped(text: str, left: int = 0) -> list[str]:
    return textwrap.wrap(text, int((NARROW - left) / CHARACTER_WIDTH)) or [""]


def _place(fact: Fact) -> float:
    return DOT + (NARROW - 2 * DOT) * _share(fact)


def _share(fact: Fact) -> float:
    return (fact.value or 0) / fact.base if fact.base else 0.0


def _percent(fact: Fact) -> str:
    return intervals.percent(fact.value, fact.base) or f"{round(100 * _share(fact))}%"


def _text(fact: Fact) -> str:
    return "[c]" if fact.value is None else wording.number(fact.value)


def _of(fact: Fact) -> str:
    who = wording.audience(fact.audience)
    return f"{wording.number(fact.value or 0)} of {wording.number(fact.base or 0)} {who}"


def _key(row: Row) -> str:
    return row.option.rpartition(":")[2]


def _question(found: QuestionFinding, grid: Grid) -> str:
    return found.text if grid.caption == found.text else f"{grid.caption}: {found.text}"


def _short(start: str, label: str, end: str) -> str:
    """Keep a text within its length: first the label gives way, then the end."""
    room = LONGEST_ALT - len(start) - min(len(end), 150)
    label = label if len(label) <= room else f"{label[: room - 1]}…"
    whole = start + label + end
    return whole if len(whole) <= LONGEST_ALT else f"{whole[: LONGEST_ALT - 1]}…"
