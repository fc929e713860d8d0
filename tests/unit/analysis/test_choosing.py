import numpy as np
import pytest
from scipy.cluster.hierarchy import linkage

from analysis.embeddings.embedding import unit_rows
from analysis.engine.choosing import clearly_finer, finer_counts, silhouette, silhouettes
from analysis.engine.clustering import WardThemes, cuts_of


def clouds(count: int, each: int, spread: float):  # noqa: ANN201
    random = np.random.default_rng(5)
    middles = unit_rows(random.normal(size=(count, 60)))
    return unit_rows(middles.repeat(each, axis=0) + random.normal(0, spread, (count * each, 60)))


def test_many_precise_subjects_get_many_themes() -> None:
    places = clouds(50, 8, 0.03)
    assert 45 <= len(set(WardThemes().read(places).fit(places).labels_.tolist())) <= 60
    assert len(set(WardThemes().fit(places).labels_.tolist())) <= 20


def test_one_cloud_gets_no_more_than_the_usual_themes() -> None:
    places = clouds(1, 400, 0.2)
    assert len(set(WardThemes().read(places).fit(places).labels_.tolist())) <= 19


def test_a_number_that_is_asked_for_is_kept() -> None:
    places = clouds(50, 8, 0.03)
    assert len(set(WardThemes(7).read(places).fit(places).labels_.tolist())) == 7


def test_finer_numbers_start_at_the_usual_one_and_leave_five_answers_a_theme() -> None:
    assert finer_counts(200, 14)[0] == 14
    assert finer_counts(200, 14)[-1] <= 40
    assert finer_counts(10_000, 20)[-1] <= 80
    assert finer_counts(10, 2) == [2]


def test_a_single_cut_is_the_best_one() -> None:
    assert clearly_finer(clouds(2, 5, 0.1), np.zeros((10, 1), dtype=int)) == 0


def test_a_silhouette_is_large_for_parts_that_stand_apart() -> None:
    places = clouds(4, 10, 0.02)
    good, bad = np.repeat(np.arange(4), 10), np.tile(np.arange(4), 10)
    scores = silhouettes(places, np.column_stack([good, bad]))
    assert scores[0] > 0.9
    assert scores[1] < 0
    assert silhouette(1 - places @ places.T, [0] * 40) == -1


def test_cuts_of_one_tree_have_the_silhouettes_they_have_alone() -> None:
    places = clouds(6, 10, 0.3)
    cuts = cuts_of(linkage(places, "ward"), [3, 6, 9, 20])
    alone = [silhouette(1 - places @ places.T, cut) for cut in cuts.T]
    assert silhouettes(places, cuts) == pytest.approx(alone)
