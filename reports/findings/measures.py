"""Numbers that people gave: ranges to count them in, their middle, their mean and their spread."""

import dataclasses
import math
from collections.abc import Iterator, Mapping
from decimal import ROUND_FLOOR, Decimal

ENOUGH = 20
"""People needed before a middle or a mean is said: fewer would be told apart in it."""

MOST_RANGES = 6
MOST_MONTHS = 12
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
Range = tuple[str, tuple[str, ...]]


@dataclasses.dataclass(frozen=True, slots=True)
class Spread:
    """The middle of the answers, the range of the middle half, the mean and its deviation."""

    median: float
    lower: float
    upper: float
    mean: float
    deviation: float


def ranges(people: Mapping[str, int]) -> Iterator[Range]:
    """Cut numbers into at most six ranges of equal width with round ends, the last one open.

    Args:
        people: stored number to how many people gave it.

    Yields:
        The words of a range and the stored numbers in it.
    """
    if not people:
        return
    numbers = {text: Decimal(text) for text in people}
    low, high = min(numbers.values()), max(numbers.values())
    whole = all(one == one.to_integral_value() for one in numbers.values())
    step = _step(high - low, whole=whole)
    start = (low / step).to_integral_value(ROUND_FLOOR) * step
    for place in range(MOST_RANGES):
        first = start + place * step
        if first > high:
            return
        is_last = place == MOST_RANGES - 1
        inside = [
            text
            for text, one in numbers.items()
            if one >= first and (is_last or one < first + step)
        ]
        is_open = is_last and high >= first + step
        yield _words(first, step, whole=whole, is_open=is_open), tuple(sorted(inside))


def months(people: Mapping[str, int]) -> Iterator[Range]:
    """Gather dates ("2026-03-27") by month, or by year where they lie far apart."""
    found: dict[str, list[str]] = {}
    by_month = len({date[:7] for date in people}) <= MOST_MONTHS
    for date in sorted(people):
        year, month = date[:4], int(date[5:7])
        name = f"{_MONTHS[month - 1]} {year}" if by_month else year
        found.setdefault(name, []).append(date)
    for name, dates in found.items():
        yield name, tuple(dates)


def spread(people: Mapping[str, int]) -> Spread | None:
    """Return middle, quarters, mean and standard deviation; None for fewer than ENOUGH people."""
    answers = sorted(float(text) for text, count in people.items() for _ in range(count))
    if len(answers) < ENOUGH:
        return None
    mean = math.fsum(answers) / len(answers)
    squares = math.fsum((one - mean) ** 2 for one in answers)
    return Spread(
        _at(answers, 0.5), _at(answers, 0.25), _at(answers, 0.75), mean,
        math.sqrt(squares / (len(answers) - 1)),
    )  # fmt: skip


def figure(value: float) -> str:
    """Write a number with one figure after the point, or none where it is whole."""
    return f"{value:,.1f}".removesuffix(".0")


def _at(answers: list[float], share: float) -> float:
    """Return a quantile; between two answers it lies in proportion."""
    place = share * (len(answers) - 1)
    low = math.floor(place)
    high = min(low + 1, len(answers) - 1)
    return answers[low] + (answers[high] - answers[low]) * (place - low)


def _step(reach: Decimal, *, whole: bool) -> Decimal:
    least = reach / MOST_RANGES
    step = Decimal(1) if whole else Decimal("0.1")
    while True:
        for times in (1, 2, 5):
            if step * times >= least:
                return step * times
        step *= 10


def _words(first: Decimal, step: Decimal, *, whole: bool, is_open: bool) -> str:
    if is_open:
        return f"{_plain(first)} or more"
    if whole:
        last = first + step - 1
        return _plain(first) if last == first else f"{_plain(first)} to {_plain(last)}"
    return f"{_plain(first)} to under {_plain(first + step)}"


def _plain(number: Decimal) -> str:
    return f"{number.normalize():,f}"
