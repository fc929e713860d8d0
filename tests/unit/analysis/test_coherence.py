import math

import pytest

from analysis.embeddings.embedding import unit_rows
from analysis.engine.coherence import coherences, distinctness, diversity, share_of

TEXTS = ["taxi late", "taxi late", "plan errors", "plan errors"]


@pytest.mark.parametrize(
    ("words", "score"),
    [(("Taxi", "late"), 1.0), (("taxi", "plan"), -1.0), (("taxi",), None), ((), None)],
)
def test_words_that_come_together_are_coherent(words: tuple[str, ...], score: float | None) -> None:
    assert coherences([words], TEXTS) == [score]


def test_coherence_is_normalised_pointwise_mutual_information() -> None:
    texts = ["taxi late", "taxi early", "late school", "school bell"]
    expected = math.log((1 / 4) / ((2 / 4) * (2 / 4))) / -math.log(1 / 4)
    assert coherences([["taxi", "late"]], texts) == [pytest.approx(expected)]


def test_words_shared_by_all_texts_are_coherent() -> None:
    assert coherences([["taxi", "late"]], ["taxi late"] * 3) == [1.0]


def test_diversity_is_the_share_of_different_words() -> None:
    assert diversity([["taxi", "late"], ["taxi", "plan"]]) == 0.75
    assert diversity([]) == 1


def test_the_share_of_stop_words_is_counted() -> None:
    assert share_of(["The", "taxi"], {"the"}) == 0.5
    assert share_of([], {"the"}) == 0


def test_a_theme_near_another_is_little_distinct() -> None:
    found = distinctness(unit_rows([[1.0, 0.0], [1.0, 0.1], [0.0, 1.0]]))
    assert found[0] == pytest.approx(found[1])
    assert found[0] < 0.01
    assert found[2] > 0.8
    assert distinctness(unit_rows([[1.0, 0.0]])) == [1.0]
