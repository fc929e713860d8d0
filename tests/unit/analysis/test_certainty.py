import numpy as np
import pytest

from analysis.engine.certainty import confidence, expected_calibration_error

CLOSENESS, MARGIN, AGREEMENT = np.array([0.5, 0.6]), np.array([0.1, 0.1]), 0.5


def test_a_coding_closer_than_others_of_its_run_is_surer() -> None:
    farther, closer = confidence(CLOSENESS, MARGIN, AGREEMENT)
    assert 0 < farther < closer < 1


def test_a_wider_margin_and_resamples_that_agree_raise_every_confidence() -> None:
    low = confidence(CLOSENESS, MARGIN, AGREEMENT)
    assert (confidence(CLOSENESS, MARGIN + 0.2, AGREEMENT) > low).all()
    assert (confidence(CLOSENESS, MARGIN, AGREEMENT + 0.2) > low).all()


def test_a_run_whose_answers_are_all_closer_claims_no_more() -> None:
    low = confidence(CLOSENESS, MARGIN, AGREEMENT)
    assert confidence(CLOSENESS + 0.3, MARGIN, AGREEMENT) == pytest.approx(low)


def test_no_coding_has_no_confidence() -> None:
    assert len(confidence(np.zeros(0), np.zeros(0), AGREEMENT)) == 0


def test_the_calibration_error_is_the_mean_distance_from_truth() -> None:
    sure = np.array([0.95, 0.95, 0.15, 0.15])
    assert expected_calibration_error(sure, np.array([True, True, False, False])) == pytest.approx(
        0.1
    )
    assert expected_calibration_error(sure, np.array([False, False, True, True])) > 0.8
