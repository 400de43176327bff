"""Importance sampling against sums over a grid."""

from collections.abc import Callable

import numpy as np
import pytest

from turnout.errors import HistoryError
from turnout.models.tree.elliptical_slice import Ellipses, run_chains
from turnout.models.tree.integration import GOOD_SAMPLE, Posterior, integrate


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


def test_too_small_a_sample_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("turnout.models.tree.integration.LEAST_SAMPLE", 1e6)
    with pytest.raises(HistoryError, match=r"effective sample size .* at least 1000000 needed"):
        integrate(far_and_narrow, np.zeros(2), np.ones(2), 64)


@pytest.mark.slow
def test_chains_that_are_stuck_count_for_nothing() -> None:
    starts = np.random.default_rng(6).standard_normal((64, 2))

    def only_the_starts(points: np.ndarray) -> np.ndarray:
        known = (points[:, None] == starts[None]).all(axis=2).any(axis=1)
        return np.where(known, 0.0, -1e12)

    ellipses = Ellipses(np.zeros(2), np.eye(2), 8.0)
    draws, effective = run_chains(only_the_starts, starts, ellipses, np.random.default_rng(7))
    assert effective == 1
    np.testing.assert_array_equal(draws[-64:], starts)


def test_draws_are_picked_in_proportion_to_their_weight() -> None:
    weights = np.array([0.5, 0.2, 0.0, 0.3])
    posterior = Posterior(np.zeros((4, 1)), weights, 4.0)
    picked = posterior.pick(1000, np.random.default_rng(3))
    count = np.bincount(picked, minlength=4)
    assert (np.abs(count - 1000 * weights) <= 1).all()
    assert count[2] == 0


def test_chains_tell_what_a_grid_tells() -> None:
    """The walk that takes over where weighting fails, from starts that are far from right."""
    center, spread = np.array([-1.0, -2.0]), np.array([0.8, 1.5])

    def log_target(standard: np.ndarray) -> np.ndarray:
        return variance_of_sums(center + spread * standard) - (standard**2).sum(axis=1) / 2

    rng = np.random.default_rng(5)
    starts = rng.normal(0.5, 0.7, (256, 2))
    draws, effective = run_chains(log_target, starts, Ellipses(np.zeros(2), np.eye(2), 8.0), rng)
    points, weights = grid_posterior(variance_of_sums, center, spread)
    mean = weights @ points
    sd = np.sqrt(weights @ (points - mean) ** 2)
    assert effective > 500
    np.testing.assert_allclose((center + spread * draws).mean(axis=0), mean, atol=0.15 * sd.max())
    np.testing.assert_allclose((center + spread * draws).std(axis=0), sd, rtol=0.1)


def test_thirty_parameters_of_which_some_are_known_well() -> None:
    """Too many for weighting alone: a ridge, a far peak, and parameters nobody knows."""
    exact = np.zeros(30)
    exact[3], exact[7] = 2.0 / 1.01, -1.5 / 1.01

    def log_likelihood(points: np.ndarray) -> np.ndarray:
        ridge = points[:, 10] + points[:, 11] + points[:, 12] - 1.2
        away = (points[:, [3, 7]] - [2.0, -1.5]) / 0.1
        return -0.5 * ((away**2).sum(axis=1) + (ridge / 0.1) ** 2)

    exact[10:13] = 1.2 / (3 + 0.01)
    found = integrate(log_likelihood, np.zeros(30), np.ones(30), 256)
    assert found.effective > 50
    mean = found.weights @ found.draws
    np.testing.assert_allclose(mean, exact, atol=5 / np.sqrt(found.effective))
    np.testing.assert_allclose(mean[[3, 7]], exact[[3, 7]], atol=0.05)


@pytest.mark.parametrize("said", [[4.0, -3.0], [0.0, 0.0]])
def test_what_was_known_before_is_a_start_that_changes_nothing_else(said: list[float]) -> None:
    """A start near the peak spares the climb; one that is far off does no harm."""
    rng = np.random.default_rng(3)
    known = Posterior(said + 0.2 * rng.standard_normal((500, 2)), np.full(500, 1 / 500), 500.0)
    calls = []

    def log_likelihood(points: np.ndarray) -> np.ndarray:
        calls.append(len(points))
        return far_and_narrow(points)

    found = integrate(log_likelihood, np.zeros(2), np.ones(2), 1024, known)
    points, weights = grid_posterior(far_and_narrow, np.zeros(2), np.ones(2))
    mean = weights @ points
    sd = np.sqrt(weights @ (points - mean) ** 2)
    error = 5 * sd / np.sqrt(found.effective)
    assert (np.abs(found.weights @ found.draws - mean) < error).all()
    assert (len(calls) < 6) == (said[0] > 0)
