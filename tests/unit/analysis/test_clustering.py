import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage

from analysis.engine.clustering import WardThemes, cuts_of


@pytest.mark.parametrize("rows", [2, 3, 40, 250])
def test_a_tree_is_cut_as_scipy_cuts_it(rows: int) -> None:
    places = np.random.default_rng(rows).standard_normal((rows, 5))
    places[rows // 2 : rows // 2 + 4] = places[0]
    tree = linkage(places, "ward")
    counts = sorted({max(1, rows // part) for part in (2, 3, 7, rows)})
    assert np.array_equal(cuts_of(tree, counts), cut_tree(tree, counts))


@pytest.mark.parametrize("wanted", [None, 12])
def test_the_same_words_never_stand_in_two_themes(wanted: int | None) -> None:
    random = np.random.default_rng(1)
    vectors = np.repeat(random.standard_normal((3, 20)), 30, axis=0)
    places = vectors + random.normal(scale=1e-7, size=vectors.shape)
    labels = WardThemes(wanted).read(vectors).fit(places).labels_
    assert [len(set(labels[start : start + 30].tolist())) for start in (0, 30, 60)] == [1, 1, 1]
    assert len(set(labels.tolist())) == 3
