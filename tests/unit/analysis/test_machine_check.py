import numpy as np
import pytest

from analysis.codeframes.held_back import is_held_back
from analysis.codeframes.machine_check import expected_calibration_error, measure

PEOPLE = {f"r{n}": frozenset("ab"[n % 2]) for n in range(40)}
MACHINE = {a: codes if int(a[1:]) % 4 else frozenset("b") for a, codes in PEOPLE.items()}


def test_a_fifth_is_held_back_and_always_the_same_fifth() -> None:
    held = [is_held_back(f"answer {n}") for n in range(2000)]
    assert np.mean(held) == pytest.approx(0.2, abs=0.03)
    assert held == [is_held_back(f"answer {n}") for n in range(2000)]


def test_every_figure_has_its_interval_and_every_group_its_line() -> None:
    audience = {a: "parents" if int(a[1:]) < 30 else "staff" for a in PEOPLE}
    whole, parents, staff = measure(MACHINE, PEOPLE, {"audience": audience})
    assert (whole.answers, parents.answers, staff.answers) == (40, 30, 10)
    assert whole.f1 == pytest.approx(0.75)
    assert whole.interval is not None
    assert whole.interval.low < 0.75 < whole.interval.high


def test_a_line_about_fewer_than_ten_answers_shows_nothing() -> None:
    language = {a: "pl" if int(a[1:]) < 9 else "en" for a in PEOPLE}
    lines = {line.value: line for line in measure(MACHINE, PEOPLE, {"language": language})}
    assert lines["pl"].answers is lines["pl"].f1 is lines["pl"].interval is None
    assert lines["en"].answers == 31


def test_both_saying_nothing_is_agreement() -> None:
    empty = {f"r{n}": frozenset[str]() for n in range(12)}
    assert measure(empty, empty, {})[0].f1 == 1


def test_sureness_that_comes_true_has_no_error_and_boasting_has() -> None:
    assert expected_calibration_error([0.75] * 4, [True, True, True, False]) == 0
    assert expected_calibration_error([1.0] * 4, [False] * 4) == 1
    assert expected_calibration_error([], []) is None
