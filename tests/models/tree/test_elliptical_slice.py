"""One move of many chains leaves the target as it is; chains that stay where they were are told."""

import numpy as np
import pytest

from turnout.models.tree import elliptical_slice
from turnout.models.tree.elliptical_slice import Ellipses, move, run_chains

MEAN = np.array([0.5, -1.0])
COVARIANCE = np.array([[1.0, 0.5], [0.5, 0.6]])
WIDE = Ellipses(MEAN + 0.4, np.linalg.cholesky(1.5 * COVARIANCE), 4.0)


def log_normal(points: np.ndarray) -> np.ndarray:
    away = points - MEAN
    return -0.5 * np.einsum("ni,ij,nj->n", away, np.linalg.inv(COVARIANCE), away)


def test_the_density_is_that_of_a_t() -> None:
    points = MEAN + np.array([[0.4, 0.4], [1.0, 2.0]])
    away = points - WIDE.mean
    squares = np.einsum("ni,ij,nj->n", away, np.linalg.inv(1.5 * COVARIANCE), away)
    np.testing.assert_allclose(WIDE.distance(points), squares, atol=1e-12)
    np.testing.assert_allclose(WIDE.log_density(points), -3 * np.log1p(squares / 4), atol=1e-12)


def test_a_move_leaves_the_target_as_it_is() -> None:
    rng = np.random.default_rng(1)
    points = rng.multivariate_normal(MEAN, COVARIANCE, 20_000)
    moved = move(log_normal, points, WIDE, rng)
    np.testing.assert_allclose(moved.mean(axis=0), MEAN, atol=0.02)
    np.testing.assert_allclose(np.cov(moved.T), COVARIANCE, atol=0.03)
    for column in (0, 1):
        assert abs(np.corrcoef(points[:, column], moved[:, column])[0, 1]) < 0.5


@pytest.mark.parametrize("scale", [0.05, 1.0, 20.0])
def test_chains_that_walk_count_and_chains_that_stay_do_not(
    scale: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(elliptical_slice, "_FORGOTTEN", 4)
    monkeypatch.setattr(elliptical_slice, "_KEPT", 8)
    rng = np.random.default_rng(2)
    starts = scale * rng.standard_normal((60, 1))
    ellipses = Ellipses(np.zeros(1), np.full((1, 1), scale), 5.0)
    draws, walking = run_chains(lambda x: -0.5 * (x[:, 0] / scale) ** 2, starts, ellipses, rng)
    assert draws.shape == (480, 1)
    assert walking > 60
    np.testing.assert_allclose(draws.std(), scale, rtol=0.2)

    def spikes(points: np.ndarray) -> np.ndarray:
        near = np.abs(points - starts.T).min(axis=1)
        return -0.5 * (near / (1e-9 * scale)) ** 2

    assert run_chains(spikes, starts, ellipses, rng)[1] == 1
