"""Broader and finer themes: one tree, cut anywhere, so that finer themes nest in broader ones.

The themes the machine claims are the anchor. Below them Ward's tree inside each theme gives finer
parts, down to the leaves; above them the themes join, nearest first. Every level is a cut of this
one tree: a comment never jumps between branches when somebody asks for fewer or for more themes.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.embeddings.embedding import unit_rows
from analysis.engine.clustering import centres

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

LEAVES_A_THEME = 4
MOST_LEAVES = 160
SMALLEST_LEAF = 4
"""On average a leaf holds at least so many answers."""


@dataclass(frozen=True)
class ThemeTree:
    """How leaves join into themes.

    Attributes:
        leaves: how many parts the finest level has; they are numbered from 0.
        anchor: how many themes the machine claims.
        merges: pairs of leaves whose groups join, in order; n leaves have n - 1 pairs.
    """

    leaves: int
    anchor: int
    merges: tuple[tuple[int, int], ...]

    def groups(self, themes: int) -> tuple[int, ...]:
        """Return for each leaf the number, from 0, of its group when there are so many themes.

        A number outside 1 to the number of leaves becomes the nearest one that is possible.
        """
        wanted = max(1, min(themes, self.leaves))
        group = list(range(self.leaves))
        for first, second in self.merges[: self.leaves - wanted]:
            old, new = group[second], group[first]
            group = [new if own == old else own for own in group]
        names = {own: number for number, own in enumerate(dict.fromkeys(group))}
        return tuple(names[own] for own in group)

    def nearness(self, groups: Sequence[int], columns: int) -> Matrix:
        """Return how near each leaf is to each group, from 0 to 1, by when they join.

        Args:
            groups: the group of each leaf.
            columns: how many groups there are, or more: a further one is near to no leaf.

        Returns:
            an array of shape (leaves, columns); 1 for a leaf's own group.
        """
        near = np.zeros((self.leaves, columns))
        near[np.arange(self.leaves), groups] = 1.0
        cluster = np.arange(self.leaves)
        for step, (first, second) in enumerate(self.merges, start=1):
            sides = [np.flatnonzero(cluster == cluster[leaf]) for leaf in (first, second)]
            for side, other in (sides, sides[::-1]):
                for group in {groups[leaf] for leaf in other.tolist()}:
                    met = 1.0 - step / (len(self.merges) + 1)
                    near[side, group] = np.maximum(near[side, group], met)
            cluster[sides[1]] = cluster[sides[0][0]]
        return near

    def parents(self, finer: int, broader: int) -> dict[int, int]:
        """Return for each group of the finer level the one it lies in on the broader level.

        Raises:
            ValueError: the finer level has fewer themes than the broader one.
        """
        if finer < broader:
            message = "The finer level must have at least as many themes as the broader one."
            raise ValueError(message)
        return dict(zip(self.groups(finer), self.groups(broader), strict=True))


@dataclass(frozen=True)
class Grown:
    """A tree with the places of its leaves.

    Attributes:
        tree: see ThemeTree.
        centres: unit centre of each leaf, of shape (leaves, d).
        themes: for each leaf the number of its theme at the anchor.
    """

    tree: ThemeTree
    centres: Matrix
    themes: Labels

    def leaves_of(self, places: NDArray[Any], themes: Labels) -> Labels:
        """Return for each place the nearest leaf of its theme."""
        similarity = (np.asarray(places, dtype=np.float64) @ self.centres.T).round(9)
        similarity[self.themes[None, :] != themes[:, None]] = -np.inf
        leaves: Labels = np.argmax(similarity, axis=1)
        return leaves


def grow(places: Matrix, themes: Labels) -> Grown:
    """Grow the tree of themes.

    Args:
        places: of shape (n, d).
        themes: for each place the number of its theme, 0 to k-1, each used.
    """
    count = int(themes.max()) + 1
    inner = [_inner(places, np.flatnonzero(themes == theme)) for theme in range(count)]
    room = max(0, min(LEAVES_A_THEME * count, MOST_LEAVES, len(places) // SMALLEST_LEAF) - count)
    heights = sorted(
        ((-float(h), theme) for theme, tree in enumerate(inner) for h in tree[:, 2]),
        key=lambda item: (round(item[0], 9), item[1]),
    )[:room]
    splits = [sum(own == theme for _, own in heights) for theme in range(count)]
    return _joined(places, themes, inner, splits)


def _joined(
    places: Matrix, themes: Labels, inner: Sequence[NDArray[Any]], splits: Sequence[int]
) -> Grown:
    """Number the leaves theme by theme and list all joins: inside themes first, then of themes."""
    leaf_of = np.zeros(len(places), dtype=np.int64)
    joins: list[tuple[float, int, int]] = []
    owners: list[int] = []
    for theme, (tree, count) in enumerate(zip(inner, splits, strict=True)):
        rows = np.flatnonzero(themes == theme)
        own, pairs = _leaves(tree, len(rows), count)
        leaf_of[rows] = own + len(owners)
        joins += [(height, a + len(owners), b + len(owners)) for height, a, b in pairs]
        owners += [theme] * (count + 1)
    first = [owners.index(theme) for theme in range(len(splits))]
    inside = [(a, b) for _, a, b in sorted(joins, key=lambda join: round(join[0], 9))]
    above = [(first[a], first[b]) for a, b in _of_themes(places, themes)]
    tree_ = ThemeTree(len(owners), len(splits), tuple(inside + above))
    return Grown(tree_, centres(places, leaf_of), np.asarray(owners, dtype=np.int64))


def _inner(places: Matrix, rows: Labels) -> NDArray[Any]:
    """Return Ward's tree of the rows of one theme, of shape (rows - 1, 4)."""
    from scipy.cluster.hierarchy import linkage  # noqa: PLC0415  # heavy

    return linkage(places[rows], "ward") if len(rows) > 1 else np.zeros((0, 4))


def _leaves(
    tree: NDArray[Any], rows: int, splits: int
) -> tuple[Labels, list[tuple[float, int, int]]]:
    """Cut one theme into splits + 1 leaves; return the leaf of each row and the joins above."""
    holders: dict[int, list[int]] = {row: [row] for row in range(rows)}
    joined = len(tree) - splits
    for step in range(joined):
        a, b = int(tree[step, 0]), int(tree[step, 1])
        holders[rows + step] = holders.pop(a) + holders.pop(b)
    ordered = sorted(holders, key=lambda node: min(holders[node]))
    leaf = {node: number for number, node in enumerate(ordered)}
    labels = np.zeros(rows, dtype=np.int64)
    for node, number in leaf.items():
        labels[holders[node]] = number
    pairs = []
    for step in range(joined, len(tree)):
        a, b = leaf[int(tree[step, 0])], leaf[int(tree[step, 1])]
        leaf[rows + step] = min(a, b)
        pairs.append((float(tree[step, 2]), min(a, b), max(a, b)))
    return labels, pairs


def _of_themes(places: Matrix, themes: Labels) -> list[tuple[int, int]]:
    """Return which themes join, in order: the pair whose join adds least spread (Ward) first."""
    sizes = np.bincount(themes).astype(np.float64)
    middles = np.zeros((len(sizes), places.shape[1]))
    np.add.at(middles, themes, unit_rows(places))
    middles /= sizes[:, None]
    joins = []
    for _ in range(len(sizes) - 1):
        apart = ((middles[:, None] - middles[None]) ** 2).sum(axis=2)
        weight = sizes[:, None] * sizes[None] / np.maximum(sizes[:, None] + sizes[None], 1)
        cost = np.where((sizes[:, None] > 0) & (sizes[None] > 0), (weight * apart).round(9), np.inf)
        cost[np.tril_indices(len(sizes))] = np.inf
        a, b = (int(i) for i in np.unravel_index(np.argmin(cost), cost.shape))
        middles[a] = (sizes[a] * middles[a] + sizes[b] * middles[b]) / (sizes[a] + sizes[b])
        sizes[a], sizes[b] = sizes[a] + sizes[b], 0
        joins.append((a, b))
    return joins
