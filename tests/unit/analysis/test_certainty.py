import numpy as np
import pytest

from analysis.engine.certainty import confidence, expected_calibration_error

CLOSENESS, MARGIN = np.array([0.5, 0.6]), np.array([0.1, 0.1])
RUN = 0.5, 0.05


def test_a_coding_closer_than_others_of_its_run_is_surer() -> None:
    farther, closer = confidence(CLOSENESS, MARGIN, *RUN)
    assert 0 < farther < closer < 1


def test_a_wider_margin_and_a_firmer_clearer_run_raise_every_confidence() -> None:
    low = confidence(CLOSENESS, MARGIN, *RUN)
    assert (confidence(CLOSENESS, MARGIN + 0.2, *RUN) > low).all()
    assert (confidence(CLOSENESS, MARGIN, 0.7, 0.05) > low).all()
    assert (confidence(CLOSENESS, MARGIN, 0.5, 0.1) > low).all()


def test_a_run_whose_answers_are_all_closer_claims_no_more() -> None:
    low = confidence(CLOSENESS, MARGIN, *RUN)
    assert confidence(CLOSENESS + 0.3, MARGIN, *RUN) == pytest.approx(low)


def test_the_same_closeness_says_more_where_themes_stand_apart() -> None:
    apart = [
        np.ptp(confidence(CLOSENESS, MARGIN, 0.5, separation)) for separation in (0, 0.05, 0.2)
    ]
    assert apart[0] == 0
    assert apart[0] < apart[1] < apart[2]
    below = confidence(CLOSENESS, MARGIN, 0.5, -0.01)
    assert np.ptp(below) == 0


def test_no_coding_has_no_confidence() -> None:
    assert len(confidence(np.zeros(0), np.zeros(0), *RUN)) == 0


def test_the_calibration_error_is_the_mean_distance_from_truth() -> None:
    sure = np.array([0.95, 0.95, 0.15, 0.15])
    assert expected_calibration_error(sure, np.array([True, True, False, False])) == pytest.approx(
        0.1
    )
    assert expected_calibration_error(sure, np.array([False, False, True, True])) > 0.8
