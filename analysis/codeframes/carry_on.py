"""Late answers join the approved frame; next year starts from this one; a theme has a trend.

Nobody else's coding may move because somebody answered late. So a late answer is not analysed
anew with the others: it is laid beside what is already coded and takes the theme of its nearest
neighbours, by itself, whoever else is late.
"""

import dataclasses
import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from analysis import disclosure
from analysis.codeframes.codeframe import Code, CodeFrame
from analysis.disclosure import Count

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from analysis.embeddings.embedding import Vectors

    Likeness = NDArray[np.float64]

NEAREST = 5
LEAST_LIKENESS = 0.35
UNSURE_MARGIN = 0.05


@dataclass(frozen=True)
class Joined:
    """Where one late answer goes.

    Attributes:
        theme: the theme it joins, or None when it is like nothing in the frame: a person decides.
        likeness: cosine to the nearest examples of that theme, or of the nearest there is.
        needs_review: a person should read it: unlike all themes, or between two.
    """

    theme: str | None
    likeness: float
    needs_review: bool


@dataclass(frozen=True)
class Point:
    """A theme in one consultation, as it may be shown.

    Attributes:
        consultation: its name.
        on: the day it closed.
        people: respondents in the theme, or the mark that hides them.
        base: respondents whose words were analysed.
        percent: whole percentage, or None when base or number is too small.
    """

    consultation: str
    on: dt.date
    people: Count
    base: Count
    percent: int | None


def join_frame(late: "Vectors", coded: "Vectors", themes: Sequence[str]) -> tuple[Joined, ...]:
    """Say for each late answer which approved theme it joins, each for itself.

    Args:
        late: (answers, dimensions) unit rows of the late answers.
        coded: (examples, dimensions) unit rows of answers that are in the frame already.
        themes: the theme of each example; one of them for every row of `coded`.

    Raises:
        ValueError: there is nothing to join.
    """
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    if len(themes) != len(coded) or not len(coded):
        message = "Late answers need answers that are already in an approved frame."
        raise ValueError(message)
    keys = sorted(set(themes))
    likeness = (late @ coded.T).astype(np.float64)
    of = np.asarray(themes)
    near = np.stack([_nearest(likeness[:, of == key]) for key in keys], axis=1).round(6)
    return tuple(_joined(keys, row) for row in near)


def next_frame(frame: CodeFrame, new_id: Callable[[], str]) -> tuple[CodeFrame, Mapping[str, str]]:
    """Return next year's frame: every code in use under a new id that names where it comes from.

    Args:
        frame: this year's.
        new_id: gives an id that no other code has or will have.

    Returns:
        The new frame, and the new id of each code carried.
    """
    carried = {code.id: new_id() for code in frame.in_use()}
    codes = tuple(
        dataclasses.replace(
            code,
            id=carried[code.id],
            parent=_parent_in(frame, code, carried),
            carried_from=code.id,
        )
        for code in frame.in_use()
    )
    return CodeFrame(codes), carried


def lineage(code: str, carried_from: Mapping[str, str | None]) -> tuple[str, ...]:
    """Return a code with its ancestors, the newest first; a loop in the records ends the walk."""
    line: list[str] = []
    following: str | None = code
    while following is not None and following not in line:
        line.append(following)
        following = carried_from.get(following)
    return tuple(line)


def trend(
    years: Sequence[tuple[str, dt.date, int, int]],
    *,
    threshold: int = disclosure.DEFAULT_THRESHOLD,
) -> tuple[Point, ...]:
    """Return a theme over time as it may be shown, the earliest first.

    Args:
        years: (consultation, day it closed, people in the theme, people analysed).
        threshold: smallest number of people that may be shown.
    """
    ordered = sorted(years, key=lambda year: (year[1], year[0]))
    return tuple(
        Point(
            consultation=name,
            on=day,
            people=_protected(people, base, threshold),
            base=disclosure.protect_count(base, threshold=threshold),
            percent=_percent(people, base, threshold),
        )
        for name, day, people, base in ordered
    )


def _protected(people: int, base: int, threshold: int) -> Count:
    """Hide a number that is small itself, or whose remainder to the base is."""
    if 0 < base - people < threshold:
        return disclosure.HIDDEN
    return disclosure.protect_count(people, threshold=threshold)


def _percent(people: int, base: int, threshold: int) -> int | None:
    if _protected(people, base, threshold).is_hidden:
        return None
    return disclosure.percentage(people, base, threshold=threshold)


def _nearest(likeness: "Likeness") -> "Likeness":
    """Return the mean of the nearest examples of one theme, for each late answer."""
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    near = min(NEAREST, likeness.shape[1])
    mean: Likeness = np.sort(likeness, axis=1)[:, -near:].mean(axis=1)
    return mean


def _joined(keys: Sequence[str], row: "Likeness") -> Joined:
    import numpy as np  # noqa: PLC0415  # heavy: pages of the desk import this module

    best = int(row.argmax())
    second = float(np.partition(row, -2)[-2]) if len(row) > 1 else -1.0
    likeness = float(row[best])
    if likeness < LEAST_LIKENESS:
        return Joined(None, likeness, needs_review=True)
    return Joined(keys[best], likeness, needs_review=likeness - second < UNSURE_MARGIN)


def _parent_in(frame: CodeFrame, code: Code, carried: Mapping[str, str]) -> str | None:
    """Return the nearest broader code that is carried too."""
    above = code.parent
    while above is not None and above not in carried:
        above = frame[above].parent
    return None if above is None else carried[above]
