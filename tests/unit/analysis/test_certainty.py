import numpy as np
import pytest

from analysis.certainty import confidence, expected_calibration_error


@pytest.mark.parametrize("better", range(4))
def test_every_sign_of_a_firm_theme_raises_confidence(better: int) -> None:
    low = [np.array([0.5]), np.array([0.1]), np.array([0.5]), 0.5]
    high = list(low)
    high[better] = low[better] + 0.2
    assert 0 < confidence(*low)[0] < confidence(*high)[0] < 1


def test_the_calibration_error_is_the_mean_distance_from_truth() -> None:
    sure = np.array([0.95, 0.95, 0.15, 0.15])
    assert expected_calibration_error(sure, np.array([True, True, False, False])) == pytest.approx(
        0.1
    )
    assert expected_calibration_error(sure, np.array([False, False, True, True])) > 0.8
