"""Small numbers can point at a person, so every count, word and quote passes through here first.

The rules are those of statistical offices: a count of one to threshold minus one is replaced by
"[c]"; where a hidden number could be worked out by subtraction its neighbour is hidden too;
percentages need a base of ten; quotes need a slice of ten people. What has to be hidden beside
the small numbers themselves is decided by `analysis.disclosure.suppression` against an attacker.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from analysis.disclosure.attack import Relation
from analysis.disclosure.suppression import protect

DEFAULT_THRESHOLD = 5
CONFIDENTIAL = "[c]"
SMALLEST_BASE_FOR_PERCENT = 10
SMALLEST_SLICE_FOR_QUOTES = 10

_TOTAL = "\N{GREEK CAPITAL LETTER SIGMA}"  # no code, option or name is written so
Table = Mapping[str, Mapping[str, int]]


@dataclass(frozen=True)
class Count:
    """A number of people as it may be shown: either its value, or the mark that replaces it.

    Attributes:
        value: the number, or None when it is hidden.
        shorthand: "[c]" when it is hidden, or None.
    """

    value: int | None
    shorthand: str | None

    @property
    def is_hidden(self) -> bool:
        """Tell whether the reader sees a mark instead of a number."""
        return self.value is None

    def __str__(self) -> str:
        return self.shorthand or f"{self.value:,}"


HIDDEN = Count(None, CONFIDENTIAL)


def protect_count(n: int, *, threshold: int = DEFAULT_THRESHOLD) -> Count:
    """Return the count as it may be shown; nought says nothing about anybody, so it stays."""
    return HIDDEN if 0 < n < threshold else Count(n, None)


def protect_row(
    counts: Mapping[str, int], *, threshold: int = DEFAULT_THRESHOLD
) -> dict[str, Count]:
    """Protect counts that add up to a known total, so that no subtraction gives one away."""
    total = Relation(_TOTAL, tuple(counts))
    numbers = {**counts, _TOTAL: sum(counts.values())}
    found = protect(numbers, [total], threshold=threshold, printed=[_TOTAL], calls_small=False)
    return _shown(counts, found.hidden)


def protect_table(
    table: Table, *, threshold: int = DEFAULT_THRESHOLD
) -> tuple[dict[str, dict[str, Count]], dict[str, Count], dict[str, Count]]:
    """Protect a table with its totals; return its cells, its row totals and its column totals.

    Everybody counted is in exactly one cell. Rows hold the same columns.
    """
    columns = list(dict.fromkeys(c for row in table.values() for c in row))
    cells = [[row.get(c, 0) for c in columns] for row in table.values()]
    rows = {f"row {r}": sum(row) for r, row in enumerate(cells)}
    feet = {f"column {c}": sum(row[c] for row in cells) for c in range(len(columns))}
    inside = {f"cell {r} {c}": n for r, row in enumerate(cells) for c, n in enumerate(row)}
    relations = [
        *(Relation(f"row {r}", _cells([r], range(len(columns)))) for r in range(len(cells))),
        *(Relation(f"column {c}", _cells(range(len(cells)), [c])) for c in range(len(columns))),
        Relation(_TOTAL, tuple(rows)),
        Relation(_TOTAL, tuple(feet)),
    ]
    numbers = {**inside, **rows, **feet, _TOTAL: sum(rows.values())}
    found = protect(numbers, relations, threshold=threshold, printed=[_TOTAL], calls_small=False)
    shown = _shown(numbers, found.hidden)
    return (
        {
            name: {c: shown[f"cell {r} {number}"] for number, c in enumerate(columns)}
            for r, name in enumerate(table)
        },
        {name: shown[f"row {r}"] for r, name in enumerate(table)},
        {c: shown[f"column {number}"] for number, c in enumerate(columns)},
    )


def _cells(rows: Iterable[int], columns: Iterable[int]) -> tuple[str, ...]:
    across = list(columns)
    return tuple(f"cell {r} {c}" for r in rows for c in across)


def percentage(n: int, base: int, *, threshold: int = DEFAULT_THRESHOLD) -> int | None:
    """Return a whole percentage, or None when the base or the number itself is too small."""
    if base < SMALLEST_BASE_FOR_PERCENT or 0 < n < threshold:
        return None
    return round(100 * n / base)


def protect_words(
    people_by_word: Mapping[str, int], *, threshold: int = DEFAULT_THRESHOLD
) -> dict[str, int]:
    """Keep only words that at least `threshold` different people used."""
    return {word: people for word, people in people_by_word.items() if people >= threshold}


def may_quote(slice_respondents: int) -> bool:
    """Tell whether a group is large enough for words from it to be shown."""
    return slice_respondents >= SMALLEST_SLICE_FOR_QUOTES


def _shown(counts: Mapping[str, int], hidden: Collection[str]) -> dict[str, Count]:
    return {key: HIDDEN if key in hidden else Count(n, None) for key, n in counts.items()}
