import datetime as dt
import itertools

import numpy as np
import pytest

from analysis.codeframes.carry_on import join_frame, lineage, next_frame, trend
from analysis.codeframes.codeframe import Code, CodeFrame, FrameError, change_notes

FRAME = CodeFrame(
    (
        Code("t1", "Travel", "Getting there"),
        Code("t2", "Buses", "Buses of any kind", parent="t1"),
        Code("t3", "Old clubs", in_use=False),
        Code("t4", "Waiting", "Time until help comes", parent="t3"),
    )
)


def unit(*values: float) -> list[float]:
    return (np.array(values) / np.linalg.norm(values)).tolist()


CODED = np.array([unit(1, 0, 0), unit(1, 0.1, 0), unit(0, 1, 0), unit(0, 1, 0.1)], np.float32)
THEMES = ["bus", "bus", "wait", "wait"]
LATE = np.array([unit(1, 0.2, 0), unit(0, 0, 1), unit(1, 1, 0)], np.float32)


def test_a_late_answer_joins_the_theme_of_its_nearest_neighbours() -> None:
    bus, unlike, between = join_frame(LATE, CODED, THEMES)
    assert (bus.theme, bus.needs_review) == ("bus", False)
    assert (unlike.theme, unlike.needs_review) == (None, True)
    assert between.theme is not None
    assert between.needs_review


def test_who_else_is_late_changes_nothing() -> None:
    together = join_frame(LATE, CODED, THEMES)
    alone = [join_frame(LATE[n : n + 1], CODED, THEMES)[0] for n in range(len(LATE))]
    assert [(one.theme, one.needs_review) for one in together] == [
        (one.theme, one.needs_review) for one in alone
    ]


def test_nothing_to_join_is_said() -> None:
    with pytest.raises(ValueError, match="approved frame"):
        join_frame(LATE, CODED[:0], [])


def carried() -> tuple[CodeFrame, dict[str, str]]:
    numbers = itertools.count(1)
    frame, ids = next_frame(FRAME, lambda: f"n{next(numbers)}")
    return frame, dict(ids)


def test_next_year_starts_from_the_codes_in_use_under_new_ids_that_know_their_origin() -> None:
    frame, ids = carried()
    assert [(code.name, code.carried_from) for code in frame] == [
        ("Travel", "t1"),
        ("Buses", "t2"),
        ("Waiting", "t4"),
    ]
    assert frame[ids["t2"]].parent == ids["t1"]
    assert frame[ids["t4"]].parent is None
    assert not set(ids.values()) & {code.id for code in FRAME}


def test_a_frame_just_carried_on_has_nothing_new_in_it() -> None:
    frame, _ = carried()
    notes = {(note.change, note.after) for note in change_notes(FRAME, frame)}
    assert notes == {("kept", "Travel"), ("kept", "Buses"), ("moved", "Waiting")}


def test_change_notes_say_what_became_of_every_code() -> None:
    later = CodeFrame(
        (
            Code("t1", "Getting around", "Getting there"),
            Code("n2", "Buses", "Buses and taxis", carried_from="t2"),
            Code("n9", "Toilets"),
        )
    )
    notes = [(note.change, note.note) for note in change_notes(FRAME, later)]
    assert [change for change, _ in notes] == ["renamed", "redefined", "moved", "added", "retired"]
    assert notes[0][1] == "“Travel” is now called “Getting around”."
    assert notes[-1][1] == "“Waiting” is no longer in use."


@pytest.mark.parametrize(
    "codes",
    [
        (Code("a", "A"), Code("a", "B")),
        (Code("a", "A", parent="x"),),
        (Code("a", "A", parent="b"), Code("b", "B", parent="a")),
    ],
)
def test_a_frame_that_contradicts_itself_is_refused(codes: tuple[Code, ...]) -> None:
    with pytest.raises(FrameError):
        CodeFrame(codes)


def test_a_theme_is_followed_through_the_years_even_if_records_go_in_a_circle() -> None:
    assert lineage("c", {"c": "b", "b": "a", "a": None}) == ("c", "b", "a")
    assert lineage("c", {"c": "b", "b": "c"}) == ("c", "b")


def test_a_trend_hides_small_numbers_and_their_remainders() -> None:
    days = [dt.date(2024, 1, 1), dt.date(2025, 1, 1), dt.date(2026, 1, 1)]
    points = trend([("2026", days[2], 40, 80), ("2024", days[0], 3, 60), ("2025", days[1], 58, 60)])
    assert [point.consultation for point in points] == ["2024", "2025", "2026"]
    assert [str(point.people) for point in points] == ["[c]", "[c]", "40"]
    assert [point.percent for point in points] == [None, None, 50]
