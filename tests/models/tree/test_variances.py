"""The variances of a level: exact gradient, agreement with statsmodels, recovery."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime

from turnout.models.tree.kernels import PARAMETERS, ContestKernel
from turnout.models.tree.messages import Message, observe
from turnout.models.tree.variances import LevelPrior, _profile, enough_of, fit_level


def contests(count: int, types: tuple[str, ...] = ("pilkada", "pemilu")) -> pd.DataFrame:
    days = pd.to_datetime([f"{2000 + 3 * number}-06-27" for number in range(count)])
    kinds = [types[number % len(types)] for number in range(count)]
    return pd.DataFrame({"date": days, "election_type": kinds, "type_group": kinds})


def observed(values: np.ndarray, variances: np.ndarray) -> Message:
    weights = np.where(np.isnan(values), 0.0, 1 / variances)
    return observe(np.nan_to_num(values), np.zeros((*values.shape, 0)), weights)


def panel(
    parameters: np.ndarray, parents: int, each: int, count: int, seed: int, missing: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray, ContestKernel]:
    """Draw nodes of a level from its model: values, sampling variances, parents, kernel."""
    rng = np.random.default_rng(seed)
    kernel = ContestKernel.of(contests(count))
    root = np.linalg.cholesky(kernel.covariance(np.log(parameters)) + 1e-12 * np.eye(count))
    nodes = parents * each
    parent = np.repeat(np.arange(parents), each)
    variances = rng.uniform(0.001, 0.02, (nodes, count))
    above = rng.normal(0.5, 0.5, (parents, count))[parent]
    own = rng.standard_normal((nodes, count)) @ root.T
    values = above + own + np.sqrt(variances) * rng.standard_normal((nodes, count))
    values[rng.random(values.shape) < missing] = np.nan
    return values, variances, parent, kernel


TRUTH = np.array([0.2, 0.1, 0.1, 0.12, 0.08, 0.15, 12.0])


def test_the_gradient_is_the_derivative() -> None:
    """Of the restricted likelihood by the log parameters, with values missing."""
    values, variances, parent, kernel = panel(TRUTH, 6, 4, 5, seed=1, missing=0.3)
    data = observed(values, variances)

    def value(log_parameters: np.ndarray) -> float:
        return _profile(data, parent, kernel.covariance(log_parameters))[0]

    for scale in (0.5, 1.0, 2.0):
        point = np.log(TRUTH * scale)
        slope = _profile(data, parent, kernel.covariance(point))[1]
        ours = kernel.gradient(point, slope)
        theirs = approx_fprime(point, value, 1e-6)
        np.testing.assert_allclose(ours, theirs, atol=2e-3, rtol=1e-4)


def test_free_parents_make_it_restricted_maximum_likelihood() -> None:
    """Against the textbook's density of contrasts within parents, parents' values flat."""
    values, variances, parent, kernel = panel(TRUTH, 3, 3, 3, seed=2)
    data = observed(values, variances)

    def contrasts(covariance: np.ndarray) -> float:
        total = 0.0
        for number in range(3):
            own = np.flatnonzero(parent == number)
            whole = np.kron(np.eye(3), covariance) + np.diag(variances[own].ravel())
            design = np.kron(np.ones((3, 1)), np.eye(3))
            inverse = np.linalg.inv(whole)
            information = design.T @ inverse @ design
            z = values[own].ravel()
            flat = np.linalg.solve(information, design.T @ inverse @ z)
            residual = z - design @ flat
            total -= 0.5 * (
                residual @ inverse @ residual
                + np.linalg.slogdet(whole)[1]
                + np.linalg.slogdet(information)[1]
            )
        return total

    one, other = kernel.covariance(np.log(TRUTH)), kernel.covariance(np.log(0.6 * TRUTH))
    ours = _profile(data, parent, one)[0] - _profile(data, parent, other)[0]
    # Parents have a variance of 25 instead of infinity.
    np.testing.assert_allclose(ours, contrasts(one) - contrasts(other), atol=0.02)


def test_random_intercepts_are_those_of_mixed_lm() -> None:
    """The special case of statsmodels: equal sampling variance, a lasting effect and noise.

    One contest shock component plays the residual: K = a^2 + d^2 [e = e']. MixedLM estimates the
    same two by REML with an effect of every contest, which the free parent is.
    """
    from statsmodels.regression.mixed_linear_model import MixedLM

    rng = np.random.default_rng(3)
    nodes, count = 60, 4
    lasting, noise = 0.25, 0.12
    level = rng.normal(0.8, 0.3, count)
    values = (
        level
        + lasting * rng.standard_normal((nodes, 1))
        + noise * rng.standard_normal((nodes, count))
    )
    table = contests(count, ("a", "b", "c", "d"))
    kernel = ContestKernel.of(table)
    off = -np.inf
    weak = 1e3  # a prior so wide that it says nothing
    prior = LevelPrior(
        np.array([np.log(0.2), off, off, off, off, np.log(0.2), np.log(10.0)]),
        np.array([weak, 0, 0, 0, 0, weak, 0]),
    )
    tiny = np.full(values.shape, 1e-8)
    fitted = fit_level(observed(values, tiny), np.zeros(nodes, dtype=int), kernel, prior)
    frame = pd.DataFrame(
        {
            "z": values.ravel(),
            "contest": np.tile(np.arange(count), nodes),
            "node": np.repeat(np.arange(nodes), count),
        }
    )
    design = pd.get_dummies(frame["contest"]).to_numpy(float)
    reference = MixedLM(frame["z"].to_numpy(), design, groups=frame["node"]).fit(reml=True)
    ours = np.exp(2 * fitted[[PARAMETERS.index("lasting"), PARAMETERS.index("shock")]])
    theirs = [float(reference.cov_re[0, 0]), float(reference.scale)]
    np.testing.assert_allclose(ours, theirs, rtol=2e-3)


def test_fixed_parameters_stay_and_the_prior_rules_without_data() -> None:
    values, variances, parent, kernel = panel(TRUTH, 2, 2, 3, seed=4)
    nothing = observed(np.full_like(values, np.nan), variances)
    prior = LevelPrior.of_scatter(0.3, 15.0)
    fitted = fit_level(nothing, parent, kernel, prior)
    np.testing.assert_allclose(fitted, prior.center, atol=1e-3)


@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_a_scaled_prior_scales_deviations_and_not_the_memory(factor: float) -> None:
    prior = LevelPrior.of_scatter(0.3, 15.0)
    scaled = prior.scaled(factor)
    np.testing.assert_allclose(np.exp(scaled.center[:-1]), factor * np.exp(prior.center[:-1]))
    assert scaled.center[-1] == prior.center[-1]


def test_the_variances_of_many_places_are_recovered() -> None:
    """What adds up is what the data know: variance of a place, of its change, across types."""
    values, variances, parent, kernel = panel(TRUTH, 80, 15, 6, seed=5, missing=0.2)
    prior = LevelPrior.of_scatter(0.3, 15.0)
    fitted = fit_level(observed(values, variances), parent, kernel, prior)
    ours, truth = kernel.covariance(fitted), kernel.covariance(np.log(TRUTH))
    np.testing.assert_allclose(np.diag(ours), np.diag(truth), rtol=0.08)
    for gap in (1, 2, 4):  # other type, same type, same type longer ago
        np.testing.assert_allclose(ours[0, gap], truth[0, gap], rtol=0.1)


def test_a_sample_of_parents_keeps_them_whole() -> None:
    parent = np.repeat(np.arange(1_000), [1, 2, 3, 4] * 250)
    chosen = enough_of(parent, np.random.default_rng(1))
    count = np.bincount(parent[chosen], minlength=1_000)
    whole = np.bincount(parent, minlength=1_000)
    assert ((count == 0) | (count == whole)).all()
    assert (count[whole == 1] == 0).all()
    assert 1_500 <= len(chosen) < 1_510


def test_the_most_probable_parameters_leave_no_better_ones_beside_them() -> None:
    """Likelihood times prior, by finite differences: flat where the fit stopped."""
    values, variances, parent, kernel = panel(TRUTH, 6, 4, 4, seed=3, missing=0.2)
    data = observed(values, variances)
    center = np.log(3 * TRUTH)
    prior = LevelPrior(center, np.full(len(center), 0.4))
    found = fit_level(data, parent, kernel, prior)

    def value(log_parameters: np.ndarray) -> float:
        likelihood = _profile(data, parent, kernel.covariance(log_parameters))[0]
        return likelihood - (((log_parameters - center) / 0.4) ** 2).sum() / 2

    assert np.abs(found - center).max() > 0.2
    np.testing.assert_allclose(approx_fprime(found, value, 1e-6), 0, atol=0.05)
