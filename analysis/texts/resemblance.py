"""Which of many texts resemble each other, by MinHash over runs of three words.

Work grows with the number of words, never with the number of pairs: most texts have too few runs
that any other text has, and are left alone. Each of the others gets 64 smallest hashes; texts that
agree in one of 16 bands of four are compared, but only with the first few of that band. Broder, "On
the resemblance and containment of documents", 1997.
"""

import zlib
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

RUN = 3
BANDS, ROWS = 16, 4
LEADERS = 8
"""With so many texts of one band a text is compared; more share a band by chance only."""

ALIKE = 0.8
CHUNK = 4000
SEED = 1997
MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


@dataclass(frozen=True)
class Shingles:
    """The hashed runs of three words of many texts, end to end.

    Attributes:
        runs: of all texts.
        starts: where each text's runs begin, and at the end where the last ones stop.
    """

    runs: Hashes
    starts: NDArray[np.int64]

    def __len__(self) -> int:
        """Return the number of texts."""
        return len(self.starts) - 1

    def sequence(self, text: int) -> list[int]:
        """Return the runs of a text as they follow each other."""
        own: list[int] = self.runs[self.starts[text] : self.starts[text + 1]].tolist()
        return own

    def of(self, text: int) -> frozenset[int]:
        """Return the runs of a text as a set."""
        return frozenset(self.sequence(text))

    def some(self, texts: Sequence[int]) -> "Shingles":
        """Return the runs of some of the texts, in that order."""
        lengths = np.diff(self.starts)[list(texts)]
        parts = [self.runs[self.starts[text] : self.starts[text + 1]] for text in texts]
        runs = np.concatenate(parts) if parts else self.runs[:0]
        return Shingles(runs, np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64))

    def holding(self, wanted: Collection[int]) -> list[int]:
        """Return the texts that hold any of these runs."""
        if not wanted:
            return []
        places = np.flatnonzero(np.isin(self.runs, np.array(sorted(wanted), dtype=np.uint64)))
        found = np.unique(np.searchsorted(self.starts, places, side="right") - 1)
        owners: list[int] = found.tolist()
        return owners


def shingles(texts: Sequence[str]) -> Shingles:
    """Hash every run of three words of plain texts; a text of fewer words is one run."""
    known: dict[str, int] = {}
    numbers: list[int] = []
    lengths: list[int] = []
    for text in texts:
        words = text.split(" ")
        words += ["·"] * (RUN - len(words))
        for word in words:
            if word not in known:
                known[word] = zlib.crc32(word.encode()) | zlib.adler32(word.encode()) << 32
        numbers += [known[word] for word in words]
        lengths.append(len(words))
    return _runs(np.array(numbers, dtype=np.uint64), np.array(lengths, dtype=np.int64))


def _runs(words: Hashes, lengths: NDArray[np.int64]) -> Shingles:
    """Hash each word with its next two, and leave out runs that cross into the next text."""
    starts = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    if not len(words):
        return Shingles(words, starts)
    padded = np.concatenate([words, np.zeros(RUN - 1, dtype=np.uint64)])
    run = np.zeros(len(words), dtype=np.uint64)
    for step in range(RUN):
        run = _mixed(run * MULTIPLIER + padded[step : step + len(words)])
    inside = np.ones(len(words), dtype=np.bool_)
    for step in range(1, RUN):
        inside[starts[1:] - step] = False
    kept = np.concatenate([[0], np.cumsum(lengths - (RUN - 1))]).astype(np.int64)
    return Shingles(run[inside], kept)


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits (the finaliser of splitmix64), so that near numbers hash far apart."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed: Hashes = values ^ (values >> np.uint64(31))
    return mixed


def jaccard(one: frozenset[int], other: frozenset[int]) -> float:
    """Return the share of runs that two texts have in common, 0 to 1."""
    together = len(one | other)
    return len(one & other) / together if together else 0.0


def alike(prints: Shingles) -> list[list[int]]:
    """Return groups of texts that are alike: chains of a Jaccard similarity of at least 0.8.

    Every text is in exactly one group; most are alone in theirs.
    """
    parent = list(range(len(prints)))
    sets: dict[int, frozenset[int]] = {}
    shared = _of_shared_runs(prints)
    for bucket in _buckets(prints.some(shared)):
        leaders: list[int] = []
        for text in (shared[place] for place in bucket):
            own = sets.setdefault(text, prints.of(text))
            near = next((one for one in leaders if jaccard(sets[one], own) >= ALIKE), None)
            if near is not None:
                _join(parent, near, text)
            elif len(leaders) < LEADERS:
                leaders.append(text)
    found: dict[int, list[int]] = {}
    for text in range(len(prints)):
        found.setdefault(_root(parent, text), []).append(text)
    return list(found.values())


def _of_shared_runs(prints: Shingles) -> list[int]:
    """Return the texts that could be alike: four fifths of their runs are in another text too."""
    if not len(prints.runs):
        return []
    _, where, counts = np.unique(prints.runs, return_inverse=True, return_counts=True)
    repeated = np.concatenate([[0], np.cumsum(counts[where] > 1)])
    share = np.diff(repeated[prints.starts]) / np.diff(prints.starts)
    found: list[int] = np.flatnonzero(share >= ALIKE).tolist()
    return found


def _buckets(prints: Shingles) -> Iterator[list[int]]:
    """Return the texts, two or more, that agree in a band of their smallest hashes."""
    signatures = _signatures(prints)
    for band in range(BANDS):
        keys = np.zeros(len(prints), dtype=np.uint64)
        for row in range(band * ROWS, (band + 1) * ROWS):
            keys = _mixed(keys * MULTIPLIER + signatures[:, row])
        order = np.argsort(keys, kind="stable")
        edges = np.flatnonzero(np.diff(keys[order])) + 1
        for bucket in np.split(order, edges):
            if len(bucket) > 1:
                yield bucket.tolist()


def _signatures(prints: Shingles) -> Hashes:
    """Return for each text its smallest hash under each of 64 hash functions."""
    random = np.random.default_rng(SEED)
    odd = random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64) * np.uint64(2) + np.uint64(1)
    plus = random.integers(0, 2**63, BANDS * ROWS, dtype=np.uint64)
    found = np.zeros((len(prints), BANDS * ROWS), dtype=np.uint64)
    for start in range(0, len(prints), CHUNK):
        stop = min(start + CHUNK, len(prints))
        first, last = prints.starts[start], prints.starts[stop]
        runs = prints.runs[first:last]
        offsets = prints.starts[start:stop] - first
        for row in range(BANDS * ROWS):
            hashed = runs * odd[row] + plus[row]
            found[start:stop, row] = np.minimum.reduceat(
                hashed ^ (hashed >> np.uint64(32)), offsets
            )
    return found


def _root(parent: list[int], text: int) -> int:
    while parent[text] != text:
        parent[text] = parent[parent[text]]
        text = parent[text]
    return text


def _join(parent: list[int], one: int, other: int) -> None:
    first, second = sorted((_root(parent, one), _root(parent, other)))
    parent[second] = first
