"""Stock BERTopic as its README starts it, measured in its own environment.

    PYTHON_OF_STOCK benchmarks/stockthemes.py JOBS.pickle RESULTS.pickle

Jobs are (name, texts, vectors): all-MiniLM-L6-v2 is BERTopic's default model, so its vectors are
handed over and embedding is measured for neither side. The first fit of a process compiles code
and is not counted. This file imports nothing of Engage: it runs where Engage is not installed.
"""

import pickle
import resource
import sys
import time
from pathlib import Path

from bertopic import BERTopic
from bertopic.backend import BaseEmbedder

WARM_UP = 300


class Handed(BaseEmbedder):
    """A model that is never asked, because the vectors are there already."""

    def embed(self, documents, verbose=False):  # noqa: ANN001, ANN201, ARG002
        """Refuse: nothing should be embedded here."""
        message = "Vectors were handed over; nothing is left to embed."
        raise RuntimeError(message)


def fitted(texts: list[str], vectors: object) -> dict[str, object]:
    """Fit once; return topics, words, CPU and wall seconds and peak memory in MB."""
    wall, cpu = time.perf_counter(), time.process_time()
    model = BERTopic(embedding_model=Handed())
    topics, _ = model.fit_transform(texts, vectors)
    return {
        "topics": [int(topic) for topic in topics],
        "words": [[w for w, _ in model.get_topic(t)] for t in sorted(set(topics)) if t >= 0],
        "cpu": time.process_time() - cpu,
        "wall": time.perf_counter() - wall,
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """Fit every job, in order, and write the results after each one."""
    source, target = map(Path, sys.argv[1:])
    with source.open("rb") as file:
        jobs = pickle.load(file)  # noqa: S301  # written by benchmarks/themes.py
    name, texts, vectors = jobs[0]
    fitted(texts[:WARM_UP], vectors[:WARM_UP])
    results = {}
    for name, texts, vectors in jobs:
        results[name] = fitted(texts, vectors)
        target.write_bytes(pickle.dumps(results))


if __name__ == "__main__":
    main()
