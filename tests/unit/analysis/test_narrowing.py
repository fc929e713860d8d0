import math

import pytest

from analysis.disclosure.narrowing import Ends, Held, narrow

ANY, STILL = (-math.inf, math.inf), (0.0, 0.0)
ADDS_UP = Held({"a": 1.0, "b": 1.0, "all": -1.0}, 0.0, 0.0)
INSIDE = Held({"a": 1.0, "all": -1.0}, -math.inf, 3.0)
NEXT = Held({"all": 1.0, "more": 1.0}, 0.0, 0.0)


@pytest.mark.parametrize(
    ("ends", "left"),
    [
        ({"a": (2.0, 2.0), "b": STILL, "all": ANY}, {"all": (2.0, 2.0)}),
        ({"a": (2.0, 2.0), "b": (-5.0, 9.0), "all": STILL}, {"b": (-2.0, -2.0)}),
        ({"a": (0.0, math.inf), "b": (-1.0, 1.0), "all": (0.0, 4.0)}, {"a": (0.0, 5.0)}),
        ({"a": ANY, "b": ANY, "all": (1.0, 1.0)}, {"a": ANY, "b": ANY}),
    ],
)
def test_what_adds_up_leaves_each_number_the_room_of_the_others(ends: Ends, left: Ends) -> None:
    assert narrow([ADDS_UP], ends)
    assert {key: ends[key] for key in left} == left


def test_what_lies_inside_may_rise_with_its_base_and_by_what_is_free() -> None:
    ends = {"a": (0.0, math.inf), "all": (-2.0, 1.0)}
    assert narrow([INSIDE], ends)
    assert ends == {"a": (0.0, 4.0), "all": (-2.0, 1.0)}


def test_one_row_narrows_the_next() -> None:
    ends = {"more": ANY, "a": (2.0, 2.0), "b": STILL, "all": ANY}
    assert narrow([NEXT, ADDS_UP], ends)
    assert ends["more"] == (-2.0, -2.0)


@pytest.mark.parametrize(
    ("row", "ends"),
    [
        (ADDS_UP, {"a": (2.0, 2.0), "b": STILL, "all": STILL}),
        (ADDS_UP, {"a": (2.0, 2.0), "b": (0.0, 7.0), "all": (0.0, 1.0)}),
        (INSIDE, {"a": (4.0, 4.0), "all": STILL}),
    ],
)
def test_a_move_that_nothing_can_make_up_for_is_none(row: Held, ends: Ends) -> None:
    assert not narrow([row], ends)
