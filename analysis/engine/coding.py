"""From placed segments to codings: one primary theme an answer, and which need a person."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.engine.topics import Placement

UNSURE_SHARE = 0.15


@dataclass(frozen=True)
class Coded:
    """The topic of every segment, in the order of the segments.

    Attributes:
        topics: topic number of each segment.
        closeness: cosine to that topic, -1 to 1.
        margin: how much closer that topic is than the closest other one.
        is_primary: True for exactly one segment of every answer.
    """

    topics: NDArray[np.int64]
    closeness: NDArray[np.float64]
    margin: NDArray[np.float64]
    is_primary: NDArray[np.bool_]


def code_answers(owners: Sequence[int], answers: Placement, placed: Placement) -> Coded:
    """Code the segments of answers.

    The answer's own theme is its primary one, carried by the segment closest to it. Another
    segment leads to a further theme unless it sits as far from it as the least sure answers sit
    from theirs; then it keeps its answer's theme.

    Args:
        owners: for each segment the number of its answer, 0 to n-1, without gaps.
        answers: where each whole answer was placed.
        placed: where each segment would be placed by itself.
    """
    own = answers.topics[np.asarray(owners)]
    sure = placed.confidence >= np.quantile(answers.confidence, UNSURE_SHARE)
    topics = np.where(sure, placed.topics, own)
    primary = np.zeros(len(topics), dtype=np.bool_)
    for answer, rows in _rows_of(owners).items():
        closeness = placed.similarity[:, answers.topics[answer]].round(9)
        having = [row for row in rows if topics[row] == answers.topics[answer]]
        best = max(having or rows, key=lambda row: (float(closeness[row]), -row))
        topics[best] = answers.topics[answer]
        primary[best] = True
    final = Placement(topics, placed.similarity, placed.places)
    return Coded(topics, final.confidence, final.margin, primary)


def evidence(
    coded: Coded, owners: Sequence[int], answers: Placement
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return closeness and margin of each coding: a primary one is judged by its whole answer."""
    own = np.asarray(owners)
    return (
        np.where(coded.is_primary, answers.confidence[own], coded.closeness),
        np.where(coded.is_primary, answers.margin[own], coded.margin),
    )


def review_flags(confidence: NDArray[np.float64], share: float) -> NDArray[np.bool_]:
    """Mark the least sure share of codings, the ones a person should read first."""
    if not len(confidence):
        return np.zeros(0, dtype=np.bool_)
    marked = max(1, round(share * len(confidence))) if share > 0 else 0
    flags = np.zeros(len(confidence), dtype=np.bool_)
    flags[np.argsort(confidence.round(9), kind="stable")[:marked]] = True
    return flags


def _rows_of(owners: Sequence[int]) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for row, owner in enumerate(owners):
        rows.setdefault(owner, []).append(row)
    return rows
