"""Importance sampling against sums over a grid."""

from collections.abc import Callable

import numpy as np
import pytest

from turnout.errors import HistoryError
from turnout.models.integration import GOOD_SAMPLE, Posterior, integrate


def grid_posterior(
    log_likelihood: Callable[[np.ndarray], np.ndarray], center: np.ndarray, spread: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Return points and weights of a fine grid over two parameters."""
    axis = np.linspace(-6, 6, 601)
    standard = np.stack(np.meshgrid(axis, axis, indexing="ij"), axis=-1).reshape(-1, 2)
    points = center + spread * standard
    log_weights = log_likelihood(points) - (standard**2).sum(axis=1) / 2
    weights = np.exp(log_weights - log_weights.max())
    return points, weights / weights.sum()


def variance_of_sums(points: np.ndarray) -> np.ndarray:
    """Return the likelihood of 12 values whose variance is the sum of two: a ridge with tails."""
    values = np.random.default_rng(1).normal(0, 0.3, 12)
    variance = np.exp(2 * points).sum(axis=1)
    return -0.5 * (len(values) * np.log(variance) + (values**2).sum() / variance)


def far_and_narrow(points: np.ndarray) -> np.ndarray:
    """Return the likelihood of a normal five prior standard deviations away, correlated."""
    precision = np.linalg.inv(0.04 * np.array([[1.0, 0.8], [0.8, 1.0]]))
    away = points - np.array([4.0, -3.0])
    return -0.5 * np.einsum("ni,ij,nj->n", away, precision, away)


def nothing(points: np.ndarray) -> np.ndarray:
    return np.zeros(len(points))


@pytest.mark.parametrize(
    ("log_likelihood", "center", "spread"),
    [
        (variance_of_sums, np.array([-1.0, -2.0]), np.array([0.8, 1.5])),
        (far_and_narrow, np.array([0.0, 0.0]), np.array([1.0, 1.0])),
        (nothing, np.array([0.3, 2.0]), np.array([0.5, 1.0])),
    ],
)
def test_weighted_draws_tell_what_a_grid_tells(
    log_likelihood: Callable[[np.ndarray], np.ndarray], center: np.ndarray, spread: np.ndarray
) -> None:
    found = integrate(log_likelihood, center, spread, 1024)
    assert found.effective >= GOOD_SAMPLE
    np.testing.assert_allclose(found.weights.sum(), 1)
    points, weights = grid_posterior(log_likelihood, center, spread)
    mean = weights @ points
    sd = np.sqrt(weights @ (points - mean) ** 2)
    error = sd / np.sqrt(found.effective)
    ours = found.weights @ found.draws
    assert (np.abs(ours - mean) < 4 * error).all()
    ours_sd = np.sqrt(found.weights @ (found.draws - ours) ** 2)
    np.testing.assert_allclose(ours_sd, sd, rtol=0.15)
    for share in (0.05, 0.95):
        for parameter in range(2):
            order = np.argsort(points[:, parameter])
            bound = points[order[np.searchsorted(np.cumsum(weights[order]), share)], parameter]
            below = found.weights[found.draws[:, parameter] <= bound].sum()
            assert abs(below - share) < 4 * np.sqrt(share * (1 - share) / found.effective)


def test_a_single_parameter_is_integrated_too() -> None:
    def log_likelihood(points: np.ndarray) -> np.ndarray:
        return -0.5 * ((points[:, 0] - 3) / 0.1) ** 2

    found = integrate(log_likelihood, np.zeros(1), np.ones(1), 256)
    # Precisions 1 and 100 at 0 and 3: mean 300 / 101.
    np.testing.assert_allclose(found.weights @ found.draws[:, 0], 300 / 101, atol=0.02)


def test_the_answer_is_the_same_every_time() -> None:
    one, other = (
        integrate(variance_of_sums, np.array([-1.0, -2.0]), np.array([0.8, 1.5]), 256)
        for _ in range(2)
    )
    np.testing.assert_array_equal(one.draws, other.draws)
    np.testing.assert_array_equal(one.weights, other.weights)


def test_what_cannot_be_integrated_is_refused() -> None:
    """A likelihood without any shape: every draw may outweigh all others."""

    def log_likelihood(points: np.ndarray) -> np.ndarray:
        return 1_000 * np.sin(1e6 * points.sum(axis=1))

    with pytest.raises(HistoryError, match="at least 50 needed"):
        integrate(log_likelihood, np.zeros(2), np.ones(2), 64)


def test_draws_are_picked_in_proportion_to_their_weight() -> None:
    weights = np.array([0.5, 0.2, 0.0, 0.3])
    posterior = Posterior(np.zeros((4, 1)), weights, 4.0)
    picked = posterior.pick(1000, np.random.default_rng(3))
    count = np.bincount(picked, minlength=4)
    assert (np.abs(count - 1000 * weights) <= 1).all()
    assert count[2] == 0
