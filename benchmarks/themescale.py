"""How the engine grows: embedding in several processes, 100,000 rows, and a student for a million.

The rows are the texts of the benchmark, drawn again and again, each vector moved a little so that
no two are equal. Ours and stock run in processes of their own, so that peak memory is theirs.
"""

import pathlib
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence

import numpy as np

from analysis import redaction
from analysis.embeddings import embedding
from analysis.standalone import tables
from analysis.texts.documents import Document
from analysis.themes import preparing

ROWS = 100_000
MILLION = 1_000_000
FITTED = 4000
TAUGHT = 20_000
NOISE = 0.02
EMBEDDED = 1500


def print_embedding(texts: Sequence[str]) -> None:
    """Print texts a second: one by one, batched by length, fanned out over processes."""
    some = sorted(texts)[:: max(1, len(texts) // EMBEDDED)]
    model = embedding.default_embedder()
    print(f"\nembedding {len(some)} texts: texts a second")
    print(f"  one at a time     {_rate(lambda: [model.embed([text]) for text in some], some):8.1f}")
    print(f"  batched by length {_rate(lambda: model.embed(some), some):8.1f}")
    for workers in (1, 2):
        with embedding.FannedOut(workers) as fanned:
            fanned.embed(some[:32])
            rate = _rate(lambda fanned=fanned: fanned.embed(some), some)
        print(f"  {workers} process(es)      {rate:8.1f}")


def _rate(work: object, texts: Sequence[str]) -> float:
    started = time.perf_counter()
    work()
    return len(texts) / (time.perf_counter() - started)


def print_scale(embedder: object, stock_python: str | None, *, million: bool) -> None:
    """Print CPU, wall and peak memory of 100,000 rows for both, and of a million by a student."""
    texts = sorted(embedder.known)
    vectors = np.array([embedder.known[text] for text in texts], dtype=np.float32)
    rows = np.random.default_rng(1).integers(0, len(texts), ROWS)
    noise = np.random.default_rng(2).standard_normal((ROWS, vectors.shape[1]), dtype=np.float32)
    many = embedding.unit_rows(vectors[rows] + NOISE * noise)
    job = [("100,000", [texts[row] for row in rows], many)]
    mine = _alone(sys.executable, "themescale.py", job)
    print(f"\n100,000 rows, vectors given: ours {_said(mine)}")
    if stock_python:
        theirs = _alone(stock_python, "stockthemes.py", job)["100,000"]
        print(f"100,000 rows, vectors given: stock {_said(theirs)}")
        print(f"ratio at 100,000: stock's CPU {theirs['cpu'] / mine['cpu']:.1f} times ours")
    if million:
        _print_million(texts)


def _said(found: dict) -> str:
    themes = len(set(found["topics"]) - {-1})
    spent = f"{found['cpu']:.1f} CPU s, {found['wall']:.1f} s, {found['peak_mb']:.0f} MB"
    return f"{spent}, {themes} themes"


def _alone(python: str, script: str, jobs: list) -> dict:
    with tempfile.TemporaryDirectory() as folder:
        source, target = pathlib.Path(folder, "jobs"), pathlib.Path(folder, "results")
        with source.open("wb") as file:
            pickle.dump(jobs, file)
        path = pathlib.Path(__file__).with_name(script)
        subprocess.run([python, path, source, target], check=True)  # noqa: S603  # our own words
        return pickle.loads(target.read_bytes())  # noqa: S301  # written by our own script


def _print_million(texts: Sequence[str]) -> None:
    """Read a file of a million rows to the end: redact, set aside, embed a sample, teach, place.

    Each row is a text with the first words of another, so that nearly all rows differ.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "million.csv")
        first, second = np.random.default_rng(3).integers(0, len(texts), (2, MILLION))
        ends = [" ".join(text.split()[:3]) for text in texts]
        drawn = ([f"{texts[a]} {ends[b]}"] for a, b in zip(first, second, strict=True))
        tables.write_csv(path, ["text"], drawn)
        clock = [(time.perf_counter(), time.process_time())]

        def step(name: str) -> None:
            clock.append((time.perf_counter(), time.process_time()))
            (wall, cpu), (since, used) = clock[-1], clock[-2]
            print(f"  {name:42} {wall - since:7.0f} s {cpu - used:7.0f} CPU s", flush=True)

        print("\n1,000,000 rows, CSV to a theme for each:")
        rows = tables.read_table(path).column("text")
        step("reading the file")
    redacted = [redaction.redact(row).text for row in rows]
    step("removing names")
    documents = [Document(str(place), text) for place, text in enumerate(redacted)]
    _, words, reasons = preparing.sorted_out(documents, redacted)
    kept = [place for place, reason in enumerate(reasons) if reason is None]
    step(f"setting aside {len(rows) - len(kept):,}")
    agreed = _taught([words[place] for place in kept], step)
    (end, cpu), (start, used) = clock[-1], clock[0]
    print(
        f"  all: {(end - start) / 60:.1f} minutes, {cpu - used:.0f} CPU s, peak "
        f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB; the student agrees "
        f"with its teacher on {agreed:.3f} of the texts it never saw"
    )


def _taught(words: list[str], step: Callable[[str], None]) -> float:
    """Teach a linear student the themes of a sample and let it read all; return how they agree."""
    from sklearn.feature_extraction.text import HashingVectorizer  # noqa: PLC0415
    from sklearn.linear_model import SGDClassifier  # noqa: PLC0415

    from analysis.engine import topics  # noqa: PLC0415

    sample = [words[i] for i in np.linspace(0, len(words) - 1, TAUGHT).astype(int)]
    vectors = embedding.default_embedder().embed(sample)
    step(f"embedding {TAUGHT:,}")
    few = np.linspace(0, TAUGHT - 1, FITTED).astype(int)
    chosen = [sample[i] for i in few]
    model = embedding.default_embedder()
    teacher = topics.fit(chosen, vectors[few], model, themes=None, seed=1)
    themes = teacher.place(sample, vectors).topics
    reader = HashingVectorizer(ngram_range=(1, 2), n_features=2**18)
    held = np.arange(TAUGHT) % 10 == 0
    student = SGDClassifier(loss="log_loss", alpha=1e-5, random_state=1)
    student.fit(reader.transform([sample[i] for i in np.flatnonzero(~held)]), themes[~held])
    new = reader.transform([sample[i] for i in np.flatnonzero(held)])
    agreed = float((student.predict(new) == themes[held]).mean())
    step("finding themes and teaching")
    for start in range(0, len(words), ROWS):
        student.predict(reader.transform(words[start : start + ROWS]))
    step("placing every row")
    return agreed


def main() -> None:
    """Fit on a sample, place all the rest: what runs alone in a process."""
    from analysis.engine import topics  # noqa: PLC0415

    source, target = map(pathlib.Path, sys.argv[1:])
    with source.open("rb") as file:
        [(_, texts, vectors)] = pickle.load(file)  # noqa: S301  # our own
    order = np.array(sorted(range(len(texts)), key=lambda row: (texts[row], row)))
    wall, cpu = time.perf_counter(), time.process_time()
    rows = order[np.unique(np.linspace(0, len(order) - 1, FITTED).round().astype(int))]
    fitted = topics.fit(
        [texts[row] for row in rows],
        vectors[rows],
        embedding.default_embedder(),
        themes=None,
        seed=1,
    )
    placed = fitted.place(texts, vectors)
    found = {
        "topics": placed.topics.tolist(),
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    target.write_bytes(pickle.dumps(found))


if __name__ == "__main__":
    main()
