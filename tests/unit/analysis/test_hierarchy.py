import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.embeddings.embedding import unit_rows
from analysis.engine.hierarchy import ThemeTree, grow


def grown(seed: int, rows: int = 90, themes: int = 6):  # noqa: ANN201
    random = np.random.default_rng(seed)
    places = unit_rows(random.normal(size=(rows, 5)))
    labels = np.concatenate([np.arange(themes), random.integers(0, themes, rows - themes)])
    return grow(places, labels), places, labels


@given(st.integers(0, 40))
def test_finer_themes_lie_inside_broader_ones(seed: int) -> None:
    tree = grown(seed)[0].tree
    for broader in range(1, tree.leaves + 1):
        for finer in range(broader, tree.leaves + 1):
            over: dict[int, set[int]] = {}
            for fine, broad in zip(tree.groups(finer), tree.groups(broader), strict=True):
                over.setdefault(fine, set()).add(broad)
            assert all(len(parents) == 1 for parents in over.values())
            assert tree.parents(finer, broader) == {f: min(b) for f, b in over.items()}


@given(st.integers(0, 40))
def test_every_level_has_the_number_of_themes_asked_for(seed: int) -> None:
    tree = grown(seed)[0].tree
    assert len(tree.merges) == tree.leaves - 1
    for themes in range(1, tree.leaves + 1):
        assert set(tree.groups(themes)) == set(range(themes))
    assert tree.groups(0) == tree.groups(1)
    assert tree.groups(10_000) == tree.groups(tree.leaves)


def test_the_anchor_level_is_the_themes_that_were_found() -> None:
    found, places, labels = grown(3)
    leaves = found.leaves_of(places, labels)
    assert (found.themes[leaves] == labels).all()
    groups = np.array(found.tree.groups(found.tree.anchor))
    pairs = set(zip(groups[leaves].tolist(), labels.tolist(), strict=True))
    assert len(pairs) == found.tree.anchor


def test_nearest_themes_join_first() -> None:
    corner = np.eye(3)[[0] * 8 + [1] * 8 + [2] * 8] * 0.9
    places = unit_rows(corner + np.array([0.0, 0.35, 0.35]))
    found = grow(places, np.repeat([0, 1, 2], 8))
    first, second, third = (
        found.tree.groups(2)[int(np.flatnonzero(found.themes == t)[0])] for t in range(3)
    )
    assert second == third != first


def test_a_finer_level_cannot_lie_in_one_with_more_themes() -> None:
    with pytest.raises(ValueError, match="at least as many"):
        ThemeTree(2, 1, ((0, 1),)).parents(1, 2)


def test_one_theme_of_equal_answers_grows_a_tree() -> None:
    found = grow(np.ones((20, 2)) / np.sqrt(2), np.zeros(20, dtype=np.int64))
    assert found.tree.anchor == 1
    assert len(set(found.tree.groups(1))) == 1


def test_a_leaf_is_nearer_to_a_group_that_it_joins_sooner() -> None:
    tree = ThemeTree(leaves=4, anchor=2, merges=((0, 1), (2, 3), (0, 2)))
    near = tree.nearness(tree.groups(3), 4)
    assert near.tolist() == [
        [1.0, 0.25, 0.25, 0.0],
        [1.0, 0.25, 0.25, 0.0],
        [0.25, 1.0, 0.5, 0.0],
        [0.25, 0.5, 1.0, 0.0],
    ]
