"""Listening to single tokens: sums worked out by hand, and what must not matter."""

import numpy as np
import pytest

from engage.safeguarding import attention

UNIT = np.float32(0.1)


def learnt(*, sets: int = 1) -> dict[str, np.ndarray]:
    """Return two heads that turn two numbers of a token into one each, repeated."""
    whole = {
        "look": [[100, 0], [0, 0]],
        "turn": [[10, 0], [0, 10]],
        "turn_shift": [0, 0],
        "mix": [[10, -10], [0, 10]],
        "mix_shift": [0, 0],
        "last": [10, 20],
        "last_shift": -5,
    }
    table = {name: np.array([one] * sets, dtype=np.int8) for name, one in whole.items()}
    units = {f"{name}_unit": UNIT for name in whole}
    return table | units | {"token_size": np.float32(2)}


def test_a_head_hears_the_token_it_looks_for_among_any_number_of_others() -> None:
    loud, quiet = np.float32([8, 0]), np.float32([0, 0])
    told = attention.listened(
        [np.stack([loud, *[quiet] * others]) for others in (0, 1, 50)], learnt()
    )
    assert told == pytest.approx([4 - 0.5] * 3)


def test_a_head_that_looks_for_nothing_hears_the_mean() -> None:
    rows = np.float32([[0, 8], [0, 0]])
    assert attention.listened([rows], learnt()) == pytest.approx([2 * 2 - 0.5])


def test_the_mean_of_several_sets_is_told_and_the_order_of_tokens_does_not_matter() -> None:
    rows = np.float32([[1, 2], [3, 1], [0, 5]])
    once = attention.listened([rows], learnt())
    assert attention.listened([rows[::-1]], learnt(sets=3)) == pytest.approx(once)
