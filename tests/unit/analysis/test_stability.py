import numpy as np

from analysis.embeddings.embedding import unit_rows
from analysis.engine.blending import BlendReducer
from analysis.engine.clustering import WardThemes
from analysis.engine.stability import measure
from analysis.engine.structure import LEAST_SEPARATION, separation


def clouds(count: int, each: int, spread: float):  # noqa: ANN201
    random = np.random.default_rng(5)
    middles = unit_rows(random.normal(size=(count, 40)))
    return unit_rows(middles.repeat(each, axis=0) + random.normal(0, spread, (count * each, 40)))


def measured(vectors: np.ndarray, themes: int):  # noqa: ANN201
    reducer = BlendReducer(word_weight=0).read([])
    labels = WardThemes(themes).fit(reducer.fit_transform(vectors)).labels_
    return measure(reducer, labels, seed=1), labels


def test_clear_themes_are_found_again_and_answers_stay_in_them() -> None:
    found, _ = measured(clouds(5, 20, 0.03), 5)
    assert found.themes.min() > 0.95
    assert found.settled.min() == 1
    assert found.agreement > 0.95


def test_themes_cut_from_one_cloud_come_and_go() -> None:
    found, _ = measured(clouds(1, 100, 0.3), 8)
    assert found.themes.mean() < 0.6
    assert found.agreement < 0.6


def test_the_same_seed_gives_the_same_figures() -> None:
    vectors = clouds(4, 15, 0.2)
    first, again = measured(vectors, 4)[0], measured(vectors, 4)[0]
    assert np.array_equal(first.themes, again.themes)
    assert first.agreement == again.agreement


def test_of_many_answers_an_even_share_is_looked_at() -> None:
    found, _ = measured(clouds(6, 200, 0.05), 6)
    assert len(found.rows) == len(found.settled) == 1000


def test_themes_are_told_from_a_cloud_without_any() -> None:
    clear, cloud = clouds(8, 15, 0.1), clouds(1, 120, 0.3)
    assert separation(clear, measured(clear, 8)[1], seed=1) > 0.1
    assert separation(cloud, measured(cloud, 8)[1], seed=1) < LEAST_SEPARATION
