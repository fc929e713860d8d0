"""Themes beside stock BERTopic, on labelled comments of your own.

    .venv/bin/python benchmarks/themes.py comments.csv:label --stock-python ../stock/bin/python
    .venv/bin/python benchmarks/themes.py comments.csv --quick

A file is a CSV with the columns "text" and "label"; "FILE:COLUMN" names another label column and
"FILE:COLUMN:20" uses twenty of its classes. README.md beside this file says what the figures mean.
"""

import argparse
import collections
import dataclasses
import pathlib
import pickle
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence

import labelledtexts
import numpy as np
import themescale
from labelledtexts import Draw
from sklearn.metrics import adjusted_rand_score
from threadpoolctl import threadpool_limits

from analysis.embeddings.embedding import Embedder, Progress, Vectors, default_embedder
from analysis.engine import certainty, coherence
from analysis.engine.blending import PHRASES, BlendReducer
from analysis.engine.clustering import WardThemes
from analysis.language.stopwords import STOP_WORDS
from analysis.texts.documents import Document
from analysis.themes.pipeline import analyse
from analysis.themes.results import Analysis

SIZES = (200, 500, 1000)
RESAMPLED = 500
KEPT = 0.8
UNSURE = 0.15


class Remembering:
    """A sentence model that embeds each text once for all draws."""

    name = "remembered"

    def __init__(self, embedder: Embedder) -> None:
        self.embedder = embedder
        self.known: dict[str, Vectors] = {}

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one row a text."""
        new = sorted(set(texts) - self.known.keys())
        self.known.update(zip(new, self.embedder.embed(new, progress), strict=True) if new else ())
        return np.array([self.known[text] for text in texts])


@dataclasses.dataclass(frozen=True)
class Ours:
    """What one analysis of a draw gave.

    Attributes:
        groups: theme of each text, -1 for all that are set aside.
        sure: confidence in the primary theme, nan for those set aside.
        cpu: CPU seconds of finding themes; `proving` those of testing them.
        analysis: the whole result.
    """

    groups: list[int]
    sure: np.ndarray
    cpu: float
    proving: float
    analysis: Analysis


def main() -> None:
    """Measure what was asked for and print the tables; ratios to stock are the last lines."""
    asked = _parser().parse_args()
    sizes, times = ((200,), 1) if asked.quick else (tuple(asked.sizes), asked.draws)
    draws = [draw for file in asked.files for draw in labelledtexts.draws(file, sizes, times)]
    embedder = Remembering(default_embedder())
    embedder.embed([text for draw in draws for text in draw.texts])
    ours = {draw.key: _ours(draw, embedder) for draw in draws}
    usual = {draw.key: _usual(draw, ours[draw.key], embedder) for draw in draws}
    halves = {draw.key: _halves(draw) for draw in draws if draw.size == min(RESAMPLED, sizes[-1])}
    stock = _stock(asked, draws, halves, embedder) if asked.stock_python else {}
    _print_quality(draws, ours, usual, stock)
    _print_trust(draws, ours)
    _print_resamples(draws, halves, embedder, stock)
    _print_words(draws, ours, stock)
    if not asked.quick:
        themescale.print_embedding(list(embedder.known))
    if asked.hundred_thousand or asked.million:
        themescale.print_scale(embedder, asked.stock_python, million=asked.million)
    _print_ratios(draws, ours, usual, stock)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description="Themes beside stock BERTopic.")
    parser.add_argument("files", nargs="+", metavar="FILE[:COLUMN[:CLASSES]]")
    parser.add_argument(
        "--stock-python", metavar="PATH", help="Python with BERTopic, UMAP, HDBSCAN"
    )
    parser.add_argument(
        "--stock-results", type=pathlib.Path, metavar="PATH", help="keep stock's results, use again"
    )
    parser.add_argument("--quick", action="store_true", help="one draw of 200 texts of each file")
    parser.add_argument("--sizes", nargs="+", type=int, default=SIZES)
    parser.add_argument("--draws", type=int, default=3)
    parser.add_argument("--hundred-thousand", action="store_true", help="also 100,000 rows")
    parser.add_argument("--million", action="store_true", help="also 1,000,000 rows, by a student")
    return parser


def _ours(draw: Draw, embedder: Embedder) -> Ours:
    cpu: dict[str, float] = collections.defaultdict(float)

    def spent(stage: str, done: int, total: int) -> None:
        cpu[stage] += time.process_time() if done >= total else -time.process_time()

    documents = [Document(f"{row:06d}", text) for row, text in enumerate(draw.texts)]
    stages = ("Finding themes", "Testing themes")
    found = analyse(
        documents,
        progress=lambda s, d, t: spent(s, d, t) if s in stages else None,
        embedder=embedder,
    )
    groups, sure = [-1] * draw.size, np.full(draw.size, np.nan)
    for coding in found.codings:
        if coding.is_primary:
            groups[int(coding.document_id)] = coding.theme or -1
            sure[int(coding.document_id)] = coding.confidence
    return Ours(groups, sure, cpu[stages[0]], cpu[stages[1]], found)


def _usual(draw: Draw, ours: Ours, embedder: Embedder) -> tuple[list[int], float]:
    """Group with pairs of words and by the usual number of themes alone, for comparison."""
    rows = [row for row, sure in enumerate(ours.sure) if not np.isnan(sure)]
    rows.sort(key=lambda row: draw.texts[row])
    labels, cpu = _grouped([draw.texts[row] for row in rows], embedder, finer=False)
    groups = [-1] * draw.size
    for row, label in zip(rows, labels, strict=True):
        groups[row] = label
    return groups, cpu


def _grouped(texts: Sequence[str], embedder: Embedder, *, finer: bool) -> tuple[list[int], float]:
    vectors, started = embedder.embed(texts), time.process_time()
    with threadpool_limits(1):
        reducer = BlendReducer() if finer else BlendReducer(wordings=(PHRASES,))
        places = reducer.read(texts).fit_transform(vectors)
        themes = WardThemes().read(vectors) if finer else WardThemes()
        labels = themes.fit(places).labels_.tolist()
    return labels, time.process_time() - started


def _halves(draw: Draw) -> list[list[int]]:
    """Draw two resamples of four in five texts, each in the order of its texts."""
    random = np.random.default_rng(draw.number)
    most = round(KEPT * draw.size)
    return [
        sorted(random.permutation(draw.size)[:most].tolist(), key=lambda row: draw.texts[row])
        for _ in range(2)
    ]


def _stock(
    asked: argparse.Namespace,
    draws: Sequence[Draw],
    halves: dict[str, list[list[int]]],
    embedder: Embedder,
) -> dict[str, dict]:
    """Run stock BERTopic in its own environment on the same texts and vectors, or read its run."""
    if asked.stock_results and asked.stock_results.exists():
        return pickle.loads(asked.stock_results.read_bytes())  # noqa: S301  # our own
    jobs = [(d.key, list(d.texts)) for d in draws]
    for draw in draws:
        for number, rows in enumerate(halves.get(draw.key, ())):
            jobs.append((f"{draw.key} half {number}", [draw.texts[row] for row in rows]))
    with tempfile.TemporaryDirectory() as folder:
        source = pathlib.Path(folder, "jobs")
        target = asked.stock_results or pathlib.Path(folder, "results")
        source.write_bytes(pickle.dumps([(k, t, embedder.embed(t)) for k, t in jobs]))
        script = pathlib.Path(__file__).with_name("stockthemes.py")
        subprocess.run([asked.stock_python, script, source, target], check=True)  # noqa: S603
        return pickle.loads(target.read_bytes())  # noqa: S301  # written by our own script


def _rows(draws: Sequence[Draw]) -> dict[tuple[str, int], list[Draw]]:
    rows: dict[tuple[str, int], list[Draw]] = {}
    for draw in draws:
        rows.setdefault((draw.name, draw.size), []).append(draw)
    return rows


def _line(draws: Sequence[Draw], groups: dict[str, list[int]]) -> str:
    if not groups:
        return f"{'-':>23}"
    scores = [labelledtexts.agreement(d.labels, groups[d.key]) for d in draws]
    nmi, ari = np.mean(scores, axis=0)
    count = np.mean([len(set(groups[d.key]) - {-1}) for d in draws])
    return f"{nmi:6.3f} {ari:6.3f} {count:4.0f}     "


def _print_quality(draws: Sequence[Draw], ours: dict, usual: dict, stock: dict) -> None:
    print(f"\n{'texts':<26}{'ours: NMI ARI themes':<23}{'plain pipeline':<23}{'stock'}")
    tables = _tables(ours, usual, stock)
    for (name, size), some in _rows(draws).items():
        print(f"{name:<20}{size:>5} " + " ".join(_line(some, table) for table in tables))
    print(f"{'mean of all':<26}" + " ".join(_line(draws, table) for table in tables))


def _tables(ours: dict, usual: dict, stock: dict) -> list[dict[str, list[int]]]:
    return [
        {key: one.groups for key, one in ours.items()},
        {key: one[0] for key, one in usual.items()},
        {key: one["topics"] for key, one in stock.items()},
    ]


def _print_trust(draws: Sequence[Draw], ours: dict[str, Ours]) -> None:
    print(
        f"\n{'texts':<26}{'right':>7}{'claimed':>9}{'error':>7}{'kept':>7}{'unsure':>8}{'agree':>7}"
    )
    for (name, size), some in _rows(draws).items():
        figures = np.mean([_trust(draw, ours[draw.key]) for draw in some], axis=0)
        print(f"{name:<20}{size:>5} " + " ".join(f"{figure:7.3f}" for figure in figures))


def _trust(draw: Draw, ours: Ours) -> tuple[float, ...]:
    """Return accuracy, confidence, calibration error, accuracy kept and flagged, agreement."""
    right = labelledtexts.right_by_majority(draw.labels, ours.groups)
    rows = ~np.isnan(ours.sure)
    sure, right = ours.sure[rows], right[rows]
    order = np.argsort(sure, kind="stable")
    flagged = round(UNSURE * len(order))
    error = certainty.expected_calibration_error(sure, right)
    kept, left = right[order[flagged:]].mean(), right[order[:flagged]].mean()
    agree = ours.analysis.run.stability.get("agreement", np.nan)
    return right.mean(), sure.mean(), error, kept, left, agree


def _print_resamples(draws: Sequence[Draw], halves: dict, embedder: Embedder, stock: dict) -> None:
    print(f"\n{'two resamples of 80%':<26}{'ours':>7}{'stock':>7}")
    for (name, size), some in _rows([d for d in draws if d.key in halves]).items():
        mine = np.mean([_overlap(halves[d.key], _ours_of(d, halves, embedder)) for d in some])
        theirs = [_overlap(halves[d.key], _stock_of(d, stock)) for d in some if stock]
        print(f"{name:<20}{size:>5} {mine:7.3f} " + (f"{np.mean(theirs):6.3f}" if theirs else "-"))


def _ours_of(draw: Draw, halves: dict, embedder: Embedder) -> list[list[int]]:
    texts = [[draw.texts[row] for row in rows] for rows in halves[draw.key]]
    return [_grouped(some, embedder, finer=True)[0] for some in texts]


def _stock_of(draw: Draw, stock: dict) -> list[list[int]]:
    return [stock[f"{draw.key} half {number}"]["topics"] for number in range(2)]


def _overlap(rows: list[list[int]], groups: list[list[int]]) -> float:
    first, second = (dict(zip(r, g, strict=True)) for r, g in zip(rows, groups, strict=True))
    both = sorted(first.keys() & second.keys())
    return adjusted_rand_score([first[row] for row in both], [second[row] for row in both])


def _print_words(draws: Sequence[Draw], ours: dict[str, Ours], stock: dict) -> None:
    print(f"\n{'first ten words':<26}{'stop':>7}{'NPMI':>7}{'differ':>7}")
    found = {"ours": [[t.words for t in ours[d.key].analysis.themes] for d in draws]}
    if stock:
        found["stock"] = [stock[d.key]["words"] for d in draws]
    for who, themes in found.items():
        pairs = list(zip(draws, themes, strict=True))
        stop = np.mean(
            [
                coherence.share_of([word for words in t for word in words], STOP_WORDS)
                for _, t in pairs
            ]
        )
        npmi = [coherence.coherences(t, d.texts) for d, t in pairs]
        flat = [score for scores in npmi for score in scores if score is not None]
        differ = np.mean([coherence.diversity(t) for _, t in pairs])
        print(f"{who:<26}{stop:7.3f}{np.mean(flat):7.3f}{differ:7.3f}")


def _print_ratios(draws: Sequence[Draw], ours: dict, usual: dict, stock: dict) -> None:
    if not stock:
        print("\nratios: stock was not measured; name its Python with --stock-python")
        return
    for size in sorted({draw.size for draw in draws}):
        some = [draw for draw in draws if draw.size == size]
        scores = np.array(
            [
                [
                    np.mean([labelledtexts.agreement(d.labels, t[d.key])[i] for d in some])
                    for i in (0, 1)
                ]
                for t in _tables(ours, usual, stock)
            ]
        )
        cpu = sum(stock[d.key]["cpu"] for d in some) / sum(ours[d.key].cpu for d in some)
        proof = sum(ours[d.key].proving for d in some) / len(some)
        print(
            f"ratios at {size}: ARI {scores[0, 1] / scores[2, 1]:.2f} NMI "
            f"{scores[0, 0] / scores[2, 0]:.2f} of stock's, stock's CPU {cpu:.1f} times ours "
            f"(testing themes takes {proof:.2f} s more)"
        )


if __name__ == "__main__":
    sys.exit(main())
