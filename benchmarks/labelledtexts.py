"""Labelled texts for the benchmark of themes: read, drawn, and scored against people's labels."""

import csv
import dataclasses
import pathlib
import random
import sys
from collections import Counter
from collections.abc import Sequence

import numpy as np
from sklearn.metrics import adjusted_rand_score, normalized_mutual_info_score

LONGEST_FIELD = 10**9


@dataclasses.dataclass(frozen=True)
class Draw:
    """Some texts of one file.

    Attributes:
        name: of the file and its label column.
        size: how many texts were asked for.
        number: of the draw, from 1.
        texts: as they were written.
        labels: a person's, one for each.
    """

    name: str
    size: int
    number: int
    texts: tuple[str, ...]
    labels: tuple[str, ...]

    @property
    def key(self) -> str:
        """Name the draw in results."""
        return f"{self.name} {self.size} {self.number}"


def read(wanted: str) -> tuple[str, list[tuple[str, str]]]:
    """Read "FILE", "FILE:COLUMN" or "FILE:COLUMN:CLASSES"; return a name and (text, label) rows.

    The texts are in the column "text". The label is in "label" unless said; of several parted by
    semicolons the first counts. With a number of classes, only so many, drawn once, are used.
    """
    path, column, classes = [*wanted.split(":"), "", ""][:3]
    column = column or "label"
    csv.field_size_limit(LONGEST_FIELD)
    with pathlib.Path(path).open(encoding="utf-8", newline="") as file:
        table = csv.DictReader(file)
        if missing := {"text", column}.difference(table.fieldnames or ()):
            lacks, has = ", ".join(sorted(missing)), ", ".join(table.fieldnames or ())
            sys.exit(f"{path} has no column {lacks}. Its columns are: {has}. Write FILE:COLUMN.")
        rows = [(row["text"], row[column].split(";")[0]) for row in table]
    if classes:
        names = sorted({label for _, label in rows})
        chosen = set(random.Random(2).sample(names, int(classes)))  # noqa: S311  # repeatable
        rows = [row for row in rows if row[1] in chosen]
    return f"{pathlib.Path(path).stem[:12]}:{column[:8]}{classes}", rows


def draws(wanted: str, sizes: Sequence[int], times: int) -> list[Draw]:
    """Draw texts of each size so many times; a file with fewer texts gives one draw of them all."""
    name, rows = read(wanted)
    found = []
    for size in sorted({min(size, len(rows)) for size in sizes}):
        for number in range(1, (times if size < len(rows) else 1) + 1):
            some = random.Random(100 + number).sample(rows, size)  # noqa: S311  # repeatable
            texts, labels = zip(*some, strict=True)
            found.append(Draw(name, size, number, texts, labels))
    return found


def agreement(labels: Sequence[str], groups: Sequence[int]) -> tuple[float, float]:
    """Return NMI and ARI of groups with a person's labels; every row counts."""
    nmi = normalized_mutual_info_score(labels, groups)
    return float(nmi), float(adjusted_rand_score(labels, groups))


def right_by_majority(labels: Sequence[str], groups: Sequence[int]) -> np.ndarray:
    """Tell for each row whether it carries the commonest label of its group."""
    seen: dict[int, Counter[str]] = {}
    for label, group in zip(labels, groups, strict=True):
        seen.setdefault(group, Counter())[label] += 1
    most = {group: min(c, key=lambda name: (-c[name], name)) for group, c in seen.items()}
    return np.array([most[g] == label for label, g in zip(labels, groups, strict=True)])
