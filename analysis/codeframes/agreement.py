"""How far two readers agree: percent, Cohen's kappa and Krippendorff's alpha, with intervals.

Percent alone flatters: two people who rarely use a code agree about most answers by chance. Kappa
and alpha take that chance out. Both are worked out here from their published definitions, code by
code, because one weak code hides in an average.
"""

import math
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

CODED_TWICE_SHARE = 0.10
CODED_TWICE_LEAST = 50
DRAWS = 1000
SEED = 2026
LEVEL = 0.95
GOOD = 0.80
USABLE = 0.667
"""Krippendorff's own marks: rely on codes from 0.80, draw careful conclusions from 0.667."""

Codes = frozenset[str]
Counted: TypeAlias = "NDArray[np.int64]"


@dataclass(frozen=True)
class Interval:
    """A bootstrap interval that covers the middle 95% of resamples."""

    low: float
    high: float


@dataclass(frozen=True)
class CodeAgreement:
    """How far two readers agree about one code.

    Attributes:
        code: its id.
        both: answers that both gave it.
        only_first: answers only the first reader gave it.
        only_second: answers only the second reader gave it.
        neither: answers that neither gave it.
        percent: share of answers on which they say the same, 0 to 1.
        kappa: Cohen's kappa, or None when it is not defined: nobody used the code, or everybody
            always did.
        alpha: Krippendorff's alpha for nominal data, or None likewise.
        interval: of alpha, or None.
    """

    code: str
    both: int
    only_first: int
    only_second: int
    neither: int
    percent: float
    kappa: float | None
    alpha: float | None
    interval: Interval | None

    @property
    def strength(self) -> str:
        """Say in plain words what the alpha allows."""
        if self.alpha is None:
            return "too few to tell"
        if self.alpha >= GOOD:
            return "reliable"
        return "use with care" if self.alpha >= USABLE else "agree on its meaning first"


@dataclass(frozen=True)
class Agreement:
    """Agreement over all answers that two people read.

    Attributes:
        answers: how many answers were read twice.
        same: answers whose codes are exactly the same.
        alpha: over every pair of an answer and a code, pooled, or None when not defined.
        interval: of that alpha.
        codes: one line for each code.
    """

    answers: int
    same: int
    alpha: float | None
    interval: Interval | None
    codes: tuple[CodeAgreement, ...]


def how_many_twice(answers: int) -> int:
    """Return how many answers to a question to read twice: a tenth, at least 50, never all over."""
    return min(answers, max(CODED_TWICE_LEAST, math.ceil(CODED_TWICE_SHARE * answers)))


def sample_to_read_twice(answers: Sequence[str], *, seed: int = SEED) -> tuple[str, ...]:
    """Draw the answers for a second reader; the same ids give the same draw in any order.

    Args:
        answers: ids of the answers to one question.
        seed: kept with the sample, so that the draw can be repeated.
    """
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    ordered = sorted(set(answers))
    order = np.random.default_rng(seed).permutation(len(ordered))
    return tuple(sorted(ordered[i] for i in order[: how_many_twice(len(ordered))]))


def compare_readers(
    first: Mapping[str, Codes], second: Mapping[str, Codes], codes: Sequence[str]
) -> Agreement:
    """Compare what two readers said about the answers that both have read.

    Args:
        first: for each answer the codes of its first reader; no codes is a word too.
        second: the same for the second reader.
        codes: ids of the codes in the frame; codes outside it are left out.
    """
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    answers = sorted(first.keys() & second.keys())
    tables = _tables(answers, first, second, codes)
    draws = _resamples(tables)
    lines = tuple(
        _line(code, tables[:, place], draws[:, place]) for place, code in enumerate(codes)
    )
    wanted = frozenset(codes)
    same = sum(first[a] & wanted == second[a] & wanted for a in answers)
    pooled = tables.sum(axis=(0, 1)) if codes else np.zeros(4, np.int64)
    return Agreement(
        answers=len(answers),
        same=same,
        alpha=_alpha(pooled),
        interval=_interval(draws.sum(axis=1), _alpha) if codes and answers else None,
        codes=lines,
    )


def disagreements(
    first: Mapping[str, Codes], second: Mapping[str, Codes]
) -> tuple[tuple[str, Codes, Codes], ...]:
    """Return (answer, codes only the first gave, codes only the second gave), most apart first."""
    apart = [
        (answer, first[answer] - second[answer], second[answer] - first[answer])
        for answer in first.keys() & second.keys()
        if first[answer] != second[answer]
    ]
    return tuple(sorted(apart, key=lambda row: (-len(row[1]) - len(row[2]), row[0])))


def cohen_kappa(first: Sequence[Hashable], second: Sequence[Hashable]) -> float | None:
    """Return Cohen's kappa of two readers over the same units in the same order.

    None when chance alone would agree always: both used one and the same value throughout.
    """
    if len(first) != len(second):
        message = "Both readers must have read the same units."
        raise ValueError(message)
    n = len(first)
    if not n:
        return None
    values = set(first) | set(second)
    observed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    chance = sum(first.count(v) * second.count(v) for v in values) / n**2
    return None if chance == 1 else (observed - chance) / (1 - chance)


def krippendorff_alpha(units: Sequence[Sequence[Hashable | None]]) -> float | None:
    """Return Krippendorff's alpha for nominal values from any number of readers.

    Args:
        units: for each unit one value a reader, None where that reader did not read it. Units
            with fewer than two values say nothing about agreement and are left out.

    Returns:
        1 for perfect agreement, 0 for chance, below 0 for systematic disagreement; None when
        nothing varies or nothing was read twice.
    """
    pairable = [
        [value for value in unit if value is not None]
        for unit in units
        if sum(value is not None for value in unit) > 1
    ]
    totals: dict[Hashable, int] = {}
    disagreement = 0.0
    for unit in pairable:
        counts = {value: unit.count(value) for value in set(unit)}
        for value, count in counts.items():
            totals[value] = totals.get(value, 0) + count
            disagreement += count * (len(unit) - count) / (len(unit) - 1)
    n = sum(totals.values())
    expected = sum(count * (n - count) for count in totals.values()) / (n - 1) if n > 1 else 0.0
    return None if expected == 0 else 1 - disagreement / expected


def _tables(
    answers: Sequence[str],
    first: Mapping[str, Codes],
    second: Mapping[str, Codes],
    codes: Sequence[str],
) -> Counted:
    """Return an array (answers, codes, 4): both, only first, only second, neither, each 0 or 1."""
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    tables = np.zeros((len(answers), len(codes), 4), dtype=np.int64)
    for row, answer in enumerate(answers):
        for place, code in enumerate(codes):
            cell = (0 if code in first[answer] else 2) + (0 if code in second[answer] else 1)
            tables[row, place, cell] = 1
    return tables


def _resamples(tables: Counted) -> Counted:
    """Return (DRAWS, codes, 4) counts of answers drawn again with replacement."""
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    n, codes, _ = tables.shape
    if not n:
        return np.zeros((0, codes, 4), dtype=np.int64)
    drawn = np.random.default_rng(SEED).multinomial(n, np.full(n, 1 / n), size=DRAWS)
    counts: Counted = (drawn @ tables.reshape(n, codes * 4)).reshape(DRAWS, codes, 4)
    return counts


def _line(code: str, table: Counted, draws: Counted) -> CodeAgreement:
    counts = table.sum(axis=0)
    both, only_first, only_second, neither = (int(count) for count in counts)
    n = both + only_first + only_second + neither
    return CodeAgreement(
        code=code,
        both=both,
        only_first=only_first,
        only_second=only_second,
        neither=neither,
        percent=(both + neither) / n if n else 0.0,
        kappa=_kappa(counts),
        alpha=_alpha(counts),
        interval=_interval(draws, _alpha),
    )


def _kappa(counts: Counted) -> float | None:
    """Return Cohen's kappa of one two-by-two table."""
    both, only_first, only_second, neither = (int(count) for count in counts)
    n = both + only_first + only_second + neither
    if not n:
        return None
    yes = (both + only_first) * (both + only_second)
    no = (neither + only_second) * (neither + only_first)
    chance = (yes + no) / n**2
    return None if chance == 1 else ((both + neither) / n - chance) / (1 - chance)


def _alpha(counts: Counted) -> float | None:
    """Return Krippendorff's alpha of one two-by-two table of two readers."""
    both, only_first, only_second, neither = (int(count) for count in counts)
    apart = only_first + only_second
    yes, no = 2 * both + apart, 2 * neither + apart
    expected = 2 * yes * no / (yes + no - 1) if yes and no else 0.0
    return None if expected == 0 else 1 - 2 * apart / expected


def _interval(draws: Counted, measure: Callable[[Counted], float | None]) -> Interval | None:
    """Return the middle 95% of a measure over resamples; None when most leave it undefined."""
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    found = [value for value in map(measure, draws) if value is not None]
    if len(found) <= DRAWS / 2:
        return None
    low, high = np.quantile(found, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
