import numpy as np
import pytest
from scipy.cluster.hierarchy import cut_tree, linkage

from analysis.engine.clustering import cuts_of


@pytest.mark.parametrize("rows", [2, 3, 40, 250])
def test_a_tree_is_cut_as_scipy_cuts_it(rows: int) -> None:
    places = np.random.default_rng(rows).standard_normal((rows, 5))
    places[rows // 2 : rows // 2 + 4] = places[0]
    tree = linkage(places, "ward")
    counts = sorted({max(1, rows // part) for part in (2, 3, 7, rows)})
    assert np.array_equal(cuts_of(tree, counts), cut_tree(tree, counts))
