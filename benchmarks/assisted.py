"""How good assisted coding is, on a table of answers that people coded.

    python benchmarks/assisted.py FILE --text COLUMN --code COLUMN [--between ";"]

For 5, 10 and 20% coded, three draws each, every answer that nobody coded is compared with what
people said. "asked" answers are those the machine asks about first, "drawn" ones are drawn by
chance. Beside it, on the same drawn answers: TF-IDF with a linear model, and a linear model on
the sentence vectors. A third of the answers is never asked about, so that "fixed third" cannot
gain from the hard answers having been coded away.
"""

import argparse
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression

from analysis.codeframes import asked_first, assisted
from analysis.codeframes.codeframe import Code
from analysis.embeddings.embedding import Vectors, default_embedder
from analysis.embeddings.multilingual import installed_space
from analysis.standalone import tables

SHARES = (0.05, 0.10, 0.20)
FIRST_ROUND = 60
ROUNDS = 10
FLAGGED = 0.15
BINS = 10


@dataclass(frozen=True)
class Coded:
    """Answers with the codes people gave and the vectors to learn from."""

    texts: list[str]
    truth: NDArray[np.bool_]
    codes: tuple[Code, ...]
    plain: Vectors
    rows: Vectors
    labels: Vectors | None

    def lesson(self, known: Sequence[int]) -> assisted.Lesson:
        """Return what was coded about these answers."""
        ids = np.array([code.id for code in self.codes])
        return assisted.Lesson(
            self.codes, {int(row): frozenset(ids[self.truth[row]]) for row in known}, self.labels
        )


def main() -> None:
    """Print one line for each share, draw and way."""
    asked = _arguments()
    data = _read(asked)
    print(f"{len(data.texts):,} answers, {len(data.codes)} codes")
    print("coded way               draw  micro-F1  fixed third  kept 85%  flagged 15%   ECE   s")
    for share in asked.shares:
        found: dict[str, list[tuple[float, ...]]] = {}
        for draw in range(1, asked.draws + 1):
            for way, line in _ways(data, share, draw):
                found.setdefault(way, []).append(line)
                print(f"{share:4.0%}  {way:<17} {draw:>4}  {_shown(line)}", flush=True)
        for way, lines in found.items():
            print(f"{share:4.0%}  {way:<17} mean  {_shown(np.mean(lines, axis=0))}", flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--text", required=True, help="column of answers")
    parser.add_argument("--code", required=True, help="column of codes")
    parser.add_argument("--between", help="what stands between several codes of one answer")
    parser.add_argument("--vectors", type=Path, help="keep or find the sentence vectors here")
    parser.add_argument("--shares", type=float, nargs="+", default=SHARES)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--one-model", action="store_true", help="leave the second model out")
    return parser.parse_args()


def _read(asked: argparse.Namespace) -> Coded:
    table = tables.read_table(asked.file)
    texts, cells = table.column(asked.text), table.column(asked.code)
    given = [
        {part.strip() for part in (cell.split(asked.between) if asked.between else [cell])} - {""}
        for cell in cells
    ]
    names = sorted(set().union(*given))
    truth = np.array([[name in row for name in names] for row in given])
    views, named = _vectors(asked, texts, names)
    rows, labels = assisted.read_views(texts, views, names, named)
    codes = tuple(Code(name, name) for name in names)
    return Coded(texts, truth, codes, views[0], rows, labels)


def _vectors(
    asked: argparse.Namespace, texts: list[str], names: list[str]
) -> tuple[list[Vectors], list[Vectors]]:
    kept = np.load(asked.vectors) if asked.vectors and asked.vectors.exists() else {}
    if "opening" in kept:
        views = [kept[name] for name in ("first", "opening", "second")]
    else:
        started = time.process_time()
        both = texts + names
        views = [*default_embedder().embed_with_openings(both), installed_space().embed(both)]
        print(f"vectors: {time.process_time() - started:.0f} CPU-s")
        if asked.vectors:
            np.savez(asked.vectors, first=views[0], opening=views[1], second=views[2])
    views = views[:2] if asked.one_model else views
    return [v[: len(texts)] for v in views], [v[len(texts) :] for v in views]


def _ways(data: Coded, share: float, draw: int) -> Iterator[tuple[str, tuple[float, ...]]]:
    chance = np.random.default_rng(draw)
    order = chance.permutation(len(data.texts))
    fixed, pool = np.split(order, [len(order) // 3])
    budget = round(share * len(order))
    drawn = pool[:budget]
    for way, scores in (
        ("TF-IDF + linear", _linear(_words(data.texts), data, drawn)),
        ("vectors + linear", _linear(data.plain, data, drawn)),
    ):
        yield way, _measured(data, scores, _best(data, scores), drawn, fixed, np.nan)
    for way, known in (
        ("drawn", drawn),
        ("asked", _asked(data, budget, [int(row) for row in fixed])),
        ("asked, no third", _asked(data, budget, [])),
    ):
        started = time.perf_counter()
        found = assisted.suggest(data.rows, data.lesson(known), review_share=FLAGGED)
        took = time.perf_counter() - started
        held = fixed if way != "asked, no third" else np.zeros(0, np.int64)
        yield way, _measured(data, found.scores, found.chosen, np.array(known), held, took)


def _asked(data: Coded, budget: int, never: list[int]) -> list[int]:
    """Let the machine ask, in rounds, and answer as people did."""
    known = asked_first.ask_first(data.rows, None, never, min(FIRST_ROUND, budget))
    each = max(10, (budget - len(known)) // ROUNDS)
    while len(known) < budget:
        found = assisted.suggest(data.rows, data.lesson(known))
        more = asked_first.ask_first(
            data.rows, found, known + never, min(each, budget - len(known))
        )
        if not more:
            break
        known += more
    return known


def _words(texts: list[str]) -> object:
    return TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True, min_df=2).fit_transform(texts)


def _linear(rows: object, data: Coded, known: NDArray[np.int64]) -> NDArray[np.float64]:
    """Return likelihoods of a logistic regression, one code against the rest or all together."""
    scores = np.zeros(data.truth.shape)
    if (data.truth.sum(axis=1) == 1).all():
        model = LogisticRegression(C=10, max_iter=200)
        model.fit(rows[known], data.truth[known].argmax(axis=1))
        scores[:, model.classes_] = model.predict_proba(rows)
        return scores
    for column in range(scores.shape[1]):
        said = data.truth[known, column]
        if said.any() and not said.all():
            model = LogisticRegression(C=10, max_iter=200).fit(rows[known], said)
            scores[:, column] = model.predict_proba(rows)[:, 1]
    return scores


def _best(data: Coded, scores: NDArray[np.float64]) -> NDArray[np.bool_]:
    chosen = scores == scores.max(axis=1, keepdims=True)
    return chosen if (data.truth.sum(axis=1) == 1).all() else chosen | (scores > 1 - scores)


def _measured(
    data: Coded,
    scores: NDArray[np.float64],
    chosen: NDArray[np.bool_],
    known: NDArray[np.int64],
    fixed: NDArray[np.int64],
    seconds: float,
) -> tuple[float, ...]:
    rest = np.setdiff1d(np.arange(len(data.texts)), known)
    sure = scores.max(axis=1)
    order = rest[np.argsort(sure[rest], kind="stable")]
    flagged, kept = np.split(order, [round(FLAGGED * len(order))])
    top = scores.argmax(axis=1)
    right = data.truth[np.arange(len(top)), top]
    return (
        _f1(chosen[rest], data.truth[rest]),
        _f1(chosen[fixed], data.truth[fixed]) if len(fixed) else np.nan,
        float(right[kept].mean()),
        float(right[flagged].mean()),
        _ece(sure[rest], right[rest]),
        seconds,
    )


def _f1(chosen: NDArray[np.bool_], truth: NDArray[np.bool_]) -> float:
    return float(2 * (chosen & truth).sum() / (chosen.sum() + truth.sum()))


def _ece(sure: NDArray[np.float64], right: NDArray[np.bool_]) -> float:
    """Return the expected calibration error in ten equal bins."""
    place = np.clip((sure * BINS).astype(int), 0, BINS - 1)
    apart = [
        abs(sure[place == b].mean() - right[place == b].mean()) * (place == b).mean()
        for b in np.unique(place)
    ]
    return float(np.sum(apart))


def _shown(line: Sequence[float] | NDArray[np.float64]) -> str:
    f1, third, kept, flagged, ece, seconds = line
    return f"{f1:8.3f}  {third:11.3f}  {kept:8.3f}  {flagged:11.3f}  {ece:.3f} {seconds:4.1f}"


if __name__ == "__main__":
    main()
