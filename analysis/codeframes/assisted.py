"""Learn the agreed codes from a few coded answers and suggest codes for the rest.

A kernel ridge classifier, one code against the rest, on what an answer means (sentence vectors)
and how it is spelled (words and parts of words). It is solved in closed form: the same answers
give the same suggestions, and what it would have said about each coded answer without having seen
that answer comes for free. Those left-one-out scores set how sure a suggestion claims to be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from threadpoolctl import threadpool_limits

from analysis.codeframes.codeframe import Code
from analysis.embeddings.embedding import Vectors, unit_rows
from analysis.engine.coding import review_flags

Scores = NDArray[np.float64]
Chosen = NDArray[np.bool_]
Codes = frozenset[str]

VIEWS = (1.0, 1.0, 0.5)
"""How much the whole answer counts, what it says first, and the second model's reading of it."""
LEXICAL = 0.2
LEXICAL_DIMENSIONS = 100
RIDGE = 0.3
WEAK_RIDGE = 3.0
"""The name of a code, or an answer that stands in it since a person joined or parted themes,
teaches a tenth as much as an answer that a person coded."""
SURE_OF_NOTHING = 1e-9
HOLD = 4.0
ENOUGH = 100
"""How many answers' worth of evidence holds each code to what suits all; below enough, much more:
a handful of codings says nothing of single codes."""

STEEPNESS = (-2.3, 3.4)
"""Least and greatest logarithm of how steeply scores become likelihoods."""


class NothingCodedError(ValueError):
    """The machine cannot learn codes before a person has coded some answers."""


@dataclass(frozen=True)
class Lesson:
    """What is taught: the codes there are and what people said about some answers.

    Attributes:
        codes: codes in use, in the order of every array.
        coded: by number of the answer, the codes a person gave; none is a word too.
        labels: vectors of the codes' own words, one row each, or None.
        placed: by number of an answer that nobody coded, the codes it stands in because a person
            joined or parted themes.
    """

    codes: tuple[Code, ...]
    coded: Mapping[int, Codes]
    labels: Vectors | None = None
    placed: Mapping[int, Codes] = field(default_factory=dict)


@dataclass(frozen=True)
class Suggestions:
    """What the machine suggests for every answer; on coded answers without having seen them.

    Attributes:
        codes: ids of the codes, the columns.
        scores: (answers, codes) how likely a person would give that code, 0 to 1.
        chosen: (answers, codes) the codes suggested.
        sureness: (answers,) of the least certain part of what is suggested, 0 to 1.
        unsure: (answers,) the least sure share among answers that nobody coded.
    """

    codes: tuple[str, ...]
    scores: Scores
    chosen: Chosen
    sureness: Scores
    unsure: Chosen

    def codes_of(self, answer: int) -> tuple[tuple[str, float], ...]:
        """Return (code, score) suggested for one answer, the likeliest first."""
        found = [
            (self.codes[column], float(self.scores[answer, column]))
            for column in np.flatnonzero(self.chosen[answer])
        ]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))


def read_views(
    texts: Sequence[str],
    views: Sequence[Vectors],
    code_texts: Sequence[str] = (),
    code_views: Sequence[Vectors] = (),
) -> tuple[Vectors, Vectors | None]:
    """Join what texts mean with how they are written, into unit rows to learn from.

    Args:
        texts: n answers, redacted.
        views: up to three arrays (n, dimensions) of unit rows, in the order of VIEWS.
        code_texts: the words of the k codes, or none.
        code_views: their vectors, view by view.

    Returns:
        (n, all dimensions) and (k, all dimensions), or None without code texts.
    """
    from analysis.embeddings.spelling import spelled  # noqa: PLC0415  # scikit-learn, only to learn

    weights = VIEWS[: len(views)]
    meant = [np.sqrt(w) * v for w, v in zip(weights, views, strict=True)]
    lexical, labels = spelled(texts, code_texts, LEXICAL_DIMENSIONS)
    parts = [*meant, *(np.sqrt(LEXICAL) * part for part in lexical)]
    rows: Vectors = unit_rows(np.hstack(parts)).astype(np.float32)
    if not len(code_texts):
        return rows, None
    named = [np.sqrt(w) * v for w, v in zip(weights, code_views, strict=True)]
    named += [np.sqrt(LEXICAL) * part for part in labels]
    return rows, unit_rows(np.hstack(named)).astype(np.float32)


def suggest(rows: Vectors, lesson: Lesson, *, review_share: float = 0.15) -> Suggestions:
    """Suggest codes for every answer.

    Args:
        rows: (answers, dimensions) as `read_views` gives them.
        lesson: what people coded so far.
        review_share: the share of uncoded answers, least sure first, to be read by a person.

    Raises:
        NothingCodedError: nobody coded an answer, or there are no codes.
    """
    coded = np.array(sorted(lesson.coded), dtype=np.int64)
    if not len(coded) or not lesson.codes:
        message = "Code some answers first: the machine learns from what people coded."
        raise NothingCodedError(message)
    truth = _truth(lesson, lesson.coded, coded)
    with threadpool_limits(1):  # the last digits would depend on the number of cores
        raw = _learned(rows, coded, truth, _weak(rows, lesson))
    single = bool((truth.sum(axis=1) == 1).all())
    calibrate = _one_of_all if single else _each_by_itself
    scores = calibrate(raw[coded], truth)(raw)
    chosen = _best_only(scores) if single else scores >= _threshold(scores[coded], truth)
    if not single and (truth.sum(axis=1) > 0).all():
        chosen |= _best_only(scores)
    sureness = (
        np.where(chosen, scores, 1 - scores).min(axis=1) if not single else scores.max(axis=1)
    )
    return Suggestions(
        codes=tuple(code.id for code in lesson.codes),
        scores=scores,
        chosen=chosen,
        sureness=sureness,
        unsure=_unsure(sureness, coded, review_share),
    )


def _truth(
    lesson: Lesson, said: Mapping[int, Codes], answers: NDArray[np.int64]
) -> NDArray[np.bool_]:
    """Return (answers, codes): what was said; codes no longer in use are left out."""
    ids = [code.id for code in lesson.codes]
    found = [[code in said[int(row)] for code in ids] for row in answers]
    return np.array(found, dtype=np.bool_).reshape(len(answers), len(ids))


def _weak(rows: Vectors, lesson: Lesson) -> tuple[Vectors, Chosen]:
    """Return the rows that teach a little, and the codes that each of them teaches."""
    placed = np.array(sorted(lesson.placed.keys() - lesson.coded.keys()), dtype=np.int64)
    taught, target = rows[placed], _truth(lesson, lesson.placed, placed)
    if lesson.labels is None:
        return taught, target
    own = np.eye(len(lesson.labels), dtype=np.bool_)
    return np.vstack([taught, lesson.labels]), np.vstack([target, own])


def _kernel(left: Vectors, right: Vectors) -> Scores:
    """Return how alike rows are, from 1 for the same to nearly 0."""
    alike: Scores = np.exp(2 * (left @ right.T).astype(np.float64) - 2)
    return alike


def _learned(
    rows: Vectors, coded: NDArray[np.int64], truth: Chosen, weak: tuple[Vectors, Chosen]
) -> Scores:
    """Return raw scores (answers, codes); those of coded answers are left-one-out scores."""
    taught = np.vstack([rows[coded], weak[0]])
    target = np.where(np.vstack([truth, weak[1]]), 1.0, -1.0)
    ridge = np.repeat([RIDGE, WEAK_RIDGE], [len(coded), len(weak[0])])
    inverse = np.linalg.inv(_kernel(taught, taught) + np.diag(ridge))
    weights = inverse @ target
    raw: Scores = _kernel(rows, taught) @ weights
    unseen = target - weights / np.diag(inverse)[:, None]
    raw[coded] = unseen[: len(coded)]
    return raw


def _one_of_all(raw: Scores, truth: Chosen) -> Callable[[Scores], Scores]:
    """Return what turns raw scores into shares that add up to one over the codes.

    Each code has a steepness and an offset of its own, because people give some codes more often
    than others; both stay near what suits all codes unless many codings say otherwise.
    """
    answers, codes = raw.shape
    hold = HOLD / answers * max(1.0, ENOUGH / answers) ** 2

    def loss(guess: Scores) -> tuple[float, Scores]:
        steep, offset = guess[:codes], guess[codes:]
        own = steep - steep.mean()
        shares = _shares(raw * np.exp(steep) + offset)
        off = (shares - truth) / answers
        slopes = (off * raw).sum(axis=0) * np.exp(steep) + 2 * hold * own
        value = hold * ((own**2).sum() + (offset**2).sum())
        value -= np.log(shares[truth] + SURE_OF_NOTHING).mean()
        return float(value), np.concatenate([slopes, off.sum(axis=0) + 2 * hold * offset])

    start = np.concatenate([np.ones(codes), np.zeros(codes)])
    bounds = [STEEPNESS] * codes + [(None, None)] * codes
    fitted = minimize(loss, start, jac=True, method="L-BFGS-B", bounds=bounds).x
    return lambda values: _shares(values * np.exp(fitted[:codes]) + fitted[codes:])


def _shares(values: Scores) -> Scores:
    powers = np.exp(values - values.max(axis=1, keepdims=True))
    spread: Scores = powers / powers.sum(axis=1, keepdims=True)
    return spread


def _each_by_itself(raw: Scores, truth: Chosen) -> Callable[[Scores], Scores]:
    """Return what turns raw scores into likelihoods, each code for itself."""
    from sklearn.linear_model import LogisticRegression  # noqa: PLC0415  # only to learn

    said = truth.ravel()
    if said.all() or not said.any():
        return lambda values: np.full(values.shape, float(said[0]))
    fitted = LogisticRegression(C=100.0).fit(raw.reshape(-1, 1), said)
    slope, start = float(fitted.coef_[0, 0]), float(fitted.intercept_[0])
    return lambda values: 1 / (1 + np.exp(-(slope * values + start)))


def _threshold(scores: Scores, truth: Chosen) -> float:
    """Return the likelihood from which codes are suggested: best micro-F1 on unseen answers."""
    levels = np.unique(np.quantile(scores, np.linspace(0.05, 0.99, 95)).round(4))

    def f1(level: float) -> float:
        chosen = scores >= level
        return float(2 * (chosen & truth).sum() / max(int(chosen.sum() + truth.sum()), 1))

    return float(max(levels, key=lambda level: (f1(level), level)))


def _best_only(scores: Scores) -> Chosen:
    best = np.zeros(scores.shape, dtype=np.bool_)
    best[np.arange(len(scores)), scores.round(9).argmax(axis=1)] = True
    return best


def _unsure(sureness: Scores, coded: NDArray[np.int64], share: float) -> Chosen:
    uncoded = np.setdiff1d(np.arange(len(sureness)), coded)
    flags = np.zeros(len(sureness), dtype=np.bool_)
    flags[uncoded] = review_flags(sureness[uncoded], share)
    return flags
