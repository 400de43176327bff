"""Places against each other: errors of deviations, and rank correlation with its interval."""

import numpy as np
import pytest
from scipy.stats import spearmanr

from turnout.scores import deviation_errors, spearman


def test_the_level_of_the_whole_does_not_count() -> None:
    actual, weights = np.array([0.5, 0.6, 0.8]), np.array([1.0, 2.0, 1.0])
    error, flat = deviation_errors(actual, actual + 0.1, weights=weights)
    np.testing.assert_allclose([error, flat], [0.0, (0.125 + 2 * 0.025 + 0.175) / 4], atol=1e-12)
    same, _ = deviation_errors(actual, np.full(3, 0.4), weights=weights)
    np.testing.assert_allclose(same, flat)


def test_the_correlation_is_scipys_and_its_interval_holds_the_truth() -> None:
    rng = np.random.default_rng(1)
    held = 0
    for _ in range(400):
        x, y = rng.multivariate_normal([0, 0], [[1, 0.7], [0.7, 1]], 40).T
        r, low, high = spearman(x, y)
        np.testing.assert_allclose(r, spearmanr(x, y).statistic)
        # Spearman's of a normal pair: 6 / pi asin(rho / 2).
        held += low < 6 / np.pi * np.arcsin(0.35) < high
    assert 0.92 < held / 400 < 0.98


@pytest.mark.parametrize("forecast", [[1.0, 2.0, 3.0], [2.0, 2.0, 2.0, 2.0]])
def test_too_few_places_have_no_order(forecast: list[float]) -> None:
    actual = [float(one) for one in range(len(forecast))]
    assert np.isnan(spearman(actual, forecast)).all()
    assert np.isnan(spearman(forecast, actual)).all()


@pytest.mark.parametrize(("places", "level", "z"), [(4, 0.95, 1.959964), (10, 0.8, 1.281552)])
def test_the_interval_is_that_of_bonett_and_wright(places: int, level: float, z: float) -> None:
    x = np.arange(places, dtype=float)
    y = np.roll(x, 1)  # one place falls from the top to the bottom
    r = 1 - 6 * ((places - 1) ** 2 + places - 1) / (places * (places**2 - 1))
    half = z * np.sqrt((1 + r * r / 2) / (places - 3))
    expected = [r, np.tanh(np.arctanh(r) - half), np.tanh(np.arctanh(r) + half)]
    np.testing.assert_allclose(spearman(x, y, level=level), expected, atol=1e-6)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_a_perfect_order_has_an_interval_too(sign: float) -> None:
    x = np.arange(6.0)
    r, low, high = spearman(x, sign * x)
    assert -1 <= low <= high <= 1
    np.testing.assert_allclose([r, low, high], sign, atol=1e-6)
