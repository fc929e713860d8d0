"""How far the machine's codes agree with people's, on answers it was not taught with.

A figure without an interval invites trust in luck, and a figure for everybody hides whom the
machine serves worse: so every figure has an interval, and each edition, audience and language has
its own line. Lines about fewer than ten answers are not shown.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.codeframes.agreement import DRAWS, LEVEL, SEED, Interval

SMALLEST_SLICE = 10
Codes = frozenset[str]
Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Line:
    """How well the machine did on some answers.

    Attributes:
        slice: what kind, such as "audience"; empty for all answers.
        value: which one, such as "parent_carer".
        answers: how many, or None when too few to show anything.
        f1: micro-F1, 0 to 1; None when not shown.
        precision: of the codes suggested, the share that people gave too.
        recall: of the codes people gave, the share suggested.
        interval: of the F1.
    """

    slice: str
    value: str
    answers: int | None
    f1: float | None
    precision: float | None
    recall: float | None
    interval: Interval | None


def measure(
    machine: Mapping[str, Codes],
    people: Mapping[str, Codes],
    slices: Mapping[str, Mapping[str, str]],
) -> tuple[Line, ...]:
    """Compare codes on the answers that both have, over all and slice by slice.

    Args:
        machine: codes suggested, by answer.
        people: codes given by people, by answer.
        slices: for each kind of slice the value of each answer.
    """
    answers = sorted(machine.keys() & people.keys())
    counts = np.array([_counts(machine[a], people[a]) for a in answers], dtype=np.int64)
    lines = [_line("", "", counts.reshape(-1, 3))]
    for kind, values in slices.items():
        of = [values.get(answer, "") for answer in answers]
        for value in sorted(set(of)):
            rows = [row for row, one in enumerate(of) if one == value]
            lines.append(_line(kind, value, counts[rows]))
    return tuple(lines)


def expected_calibration_error(
    sureness: Sequence[float], right: Sequence[bool], *, bins: int = 10
) -> float | None:
    """Return how far claims of sureness are from what came true, on the mean; None without any."""
    if not len(sureness):
        return None
    claimed, true = np.asarray(sureness, float), np.asarray(right, float)
    place = np.clip((claimed * bins).astype(int), 0, bins - 1)
    apart = [
        abs(claimed[place == b].mean() - true[place == b].mean()) * float((place == b).mean())
        for b in np.unique(place)
    ]
    return float(np.sum(apart))


def _counts(machine: Codes, people: Codes) -> tuple[int, int, int]:
    """Return (in both, suggested, given); two empty sets agree and count as one code in both."""
    if not machine and not people:
        return 1, 1, 1
    return len(machine & people), len(machine), len(people)


def _line(kind: str, value: str, counts: Counts) -> Line:
    if len(counts) < SMALLEST_SLICE:
        return Line(kind, value, None, None, None, None, None)
    both, suggested, given = (int(total) for total in counts.sum(axis=0))
    return Line(
        slice=kind,
        value=value,
        answers=len(counts),
        f1=_f1(counts),
        precision=both / suggested if suggested else None,
        recall=both / given if given else None,
        interval=_interval(counts),
    )


def _f1(counts: Counts) -> float:
    both, suggested, given = (int(total) for total in counts.sum(axis=0))
    return 2 * both / (suggested + given) if suggested + given else 1.0


def _interval(counts: Counts) -> Interval:
    chance = np.random.default_rng(SEED)
    n = len(counts)
    drawn = chance.multinomial(n, np.full(n, 1 / n), size=DRAWS) @ counts
    f1 = 2 * drawn[:, 0] / np.maximum(drawn[:, 1] + drawn[:, 2], 1)
    low, high = np.quantile(f1, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return Interval(float(low), float(high))
