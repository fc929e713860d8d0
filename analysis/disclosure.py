"""Small numbers can point at a person, so every count, word and quote passes through here first.

The rules are those of statistical offices: a count of one to threshold minus one is replaced by
"[c]"; where a hidden number could be worked out by subtraction its neighbour is hidden too;
percentages need a base of ten; quotes need a slice of ten people.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

CONFIDENTIAL = "[c]"
DEFAULT_THRESHOLD = 5
SMALLEST_BASE_FOR_PERCENT = 10
SMALLEST_SLICE_FOR_QUOTES = 10

Key = TypeVar("Key", str, tuple[str, str])
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
    """Protect counts that add up to a known total, so that no subtraction gives one away.

    When small cells are hidden, the next smallest is hidden with them until at least two are
    hidden and together they hold at least the threshold.
    """
    hidden = _hidden_keys(counts, {k for k, n in counts.items() if 0 < n < threshold}, threshold)
    return {key: HIDDEN if key in hidden else Count(n, None) for key, n in counts.items()}


def hide_small_parts(
    table: Table, *, threshold: int = DEFAULT_THRESHOLD
) -> dict[str, dict[str, Count]]:
    """Protect a table of counts whose row totals and column totals are both known.

    Rows and columns are each completed like `protect_row`, again and again until nothing more
    has to be hidden.
    """
    hidden = {(r, c) for r, row in table.items() for c, n in row.items() if 0 < n < threshold}
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for line in _lines(table):
            in_line = {cell for cell in line if cell in hidden}
            hidden |= _hidden_keys(line, in_line, threshold)
    return {
        r: {c: HIDDEN if (r, c) in hidden else Count(n, None) for c, n in row.items()}
        for r, row in table.items()
    }


def may_show_together(
    together: int, parts: Sequence[int | None], *, threshold: int = DEFAULT_THRESHOLD
) -> bool:
    """Tell whether people counted once over several parts may be shown beside those parts.

    Args:
        together: people in at least one part.
        parts: people in each part as it is shown; None where it is hidden.
        threshold: smallest count that may be shown.

    A hidden part could be worked out from the whole. With every part open, what one part adds
    to the others, and how many people are in several, follow by subtraction.
    """
    known = [part for part in parts if part is not None]
    if len(known) < len(parts):
        return False
    differences = [*(together - part for part in known), sum(known) - together]
    return not any(0 < abs(difference) < threshold for difference in differences)


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


def _lines(table: Table) -> list[dict[tuple[str, str], int]]:
    """Return every row and every column as a mapping from cell to count."""
    columns = dict.fromkeys(c for row in table.values() for c in row)
    rows = [{(r, c): n for c, n in row.items()} for r, row in table.items()]
    return rows + [{(r, c): row[c] for r, row in table.items() if c in row} for c in columns]


def _hidden_keys(counts: Mapping[Key, int], hidden: set[Key], threshold: int) -> set[Key]:
    """Return the cells to hide in one line: the small ones and what would betray them."""
    hidden = set(hidden)
    spare = sorted((n, str(key), key) for key, n in counts.items() if key not in hidden and n > 0)
    while hidden and spare and _can_be_worked_out([counts[key] for key in hidden], threshold):
        hidden.add(spare.pop(0)[2])
    return hidden


def _can_be_worked_out(values: list[int], threshold: int) -> bool:
    """Tell whether a known total and the open cells would give a hidden number away."""
    return len(values) == 1 or sum(values) < threshold
