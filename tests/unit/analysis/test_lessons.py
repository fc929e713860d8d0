import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.engine.lessons import Lessons, keep_to, lessons_from

SCORES = np.array([[0.9, 0.1, 0.0], [0.2, 0.8, 0.1], [0.8, 0.3, 0.2], [0.1, 0.2, 0.7]])


def test_without_lessons_every_row_goes_where_it_scores_highest() -> None:
    found = keep_to(SCORES, Lessons())
    assert found.themes.tolist() == [0, 1, 0, 2]
    assert found.moved == ()


def test_what_was_merged_stays_together() -> None:
    found = keep_to(SCORES, Lessons(together=((0, 1),)))
    assert found.themes.tolist() == [0, 0, 0, 2]
    assert found.moved == (1,)


def test_what_was_split_stays_apart_and_the_less_sure_one_moves() -> None:
    found = keep_to(SCORES, Lessons(apart=((0, 2),)))
    assert found.themes.tolist() == [0, 1, 1, 2]
    assert found.moved == (2,)


def test_a_contradiction_is_reported_and_nothing_is_lost() -> None:
    found = keep_to(SCORES, Lessons(together=((0, 2),), apart=((0, 2),)))
    assert found.unkept == ((0, 2),)
    assert len(found.themes) == len(SCORES)


def test_more_answers_to_keep_apart_than_themes_is_reported() -> None:
    found = keep_to(SCORES[:, :1], Lessons(apart=((0, 1),)))
    assert found.unkept == ((0, 1),)


def test_a_frame_teaches_what_is_in_one_theme_and_what_is_in_two() -> None:
    assert lessons_from([[3, 1], [2], []]) == Lessons(together=((1, 3),), apart=((1, 2),))


pairs = st.lists(st.tuples(st.integers(0, 7), st.integers(0, 7)), max_size=6).map(tuple)


@given(together=pairs, apart=pairs, seed=st.integers(0, 99))
def test_lessons_are_kept_or_reported(
    together: tuple[tuple[int, int], ...], apart: tuple[tuple[int, int], ...], seed: int
) -> None:
    scores = np.random.default_rng(seed).random((8, 4))
    found = keep_to(scores, Lessons(together, apart))
    assert all(found.themes[a] == found.themes[b] for a, b in together)
    assert set(found.unkept) == {p for p in apart if found.themes[p[0]] == found.themes[p[1]]}


@pytest.mark.parametrize("columns", [1, 2])
def test_few_themes_are_no_trouble(columns: int) -> None:
    assert set(keep_to(SCORES[:, :columns], Lessons()).themes.tolist()) <= set(range(columns))
