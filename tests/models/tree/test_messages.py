"""Messages, one step at a time, against plain Gaussian conditioning."""

import numpy as np
import pytest
from scipy.stats import multivariate_normal

from turnout.models.tree.messages import (
    Message,
    combine,
    effects_posterior,
    gather,
    log_evidence,
    observe,
    pass_up,
)

NO_EFFECTS = np.zeros((1, 3, 0))
COVARIANCE = np.array([[0.3, 0.1, 0.05], [0.1, 0.2, 0.02], [0.05, 0.02, 0.4]])


def one_place(values: list[float], variances: list[float]) -> Message:
    weights = np.array([[0.0 if np.isinf(one) else 1 / one for one in variances]])
    return observe(np.array([values]), NO_EFFECTS, weights)


def test_the_evidence_of_one_place_is_a_normal_density() -> None:
    message = one_place([0.4, 9.9, -0.2], [0.01, np.inf, 0.05])
    up = pass_up(message, COVARIANCE[None, None]).up
    ours = log_evidence(up, np.empty(0), np.empty(0))
    seen = COVARIANCE[np.ix_([0, 2], [0, 2])] + np.diag([0.01, 0.05])
    np.testing.assert_allclose(ours, multivariate_normal.logpdf([0.4, -0.2], cov=seen), atol=1e-6)


def test_nothing_observed_says_nothing() -> None:
    up = pass_up(one_place([1.0, 2.0, 3.0], [np.inf] * 3), COVARIANCE[None, None]).up
    np.testing.assert_allclose(up.precision, 0, atol=1e-12)
    np.testing.assert_allclose(up.shift, 0, atol=1e-12)
    np.testing.assert_allclose(log_evidence(up, np.empty(0), np.empty(0)), 0, atol=1e-6)


def test_a_level_without_variance_passes_on_what_it_hears() -> None:
    message = one_place([0.4, 0.1, -0.2], [0.01, 0.02, 0.05])
    up = pass_up(message, np.zeros((1, 1, 3, 3)) + 1e-12 * np.eye(3)).up
    np.testing.assert_allclose(up.precision, message.precision, rtol=1e-6)
    np.testing.assert_allclose(up.shift, message.shift, rtol=1e-6)


@pytest.mark.parametrize("own", [1, 5])
def test_places_are_passed_some_at_a_time_as_all_at_once(
    own: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With one covariance for all places, and one each."""
    rng = np.random.default_rng(2)
    values, weights = rng.normal(size=(5, 3)), rng.integers(0, 3, (5, 3)) * 1.0
    message = observe(values, rng.normal(size=(5, 3, 1)), weights)
    covariance = COVARIANCE * rng.uniform(0.5, 2, (2, own, 1, 1))
    whole = pass_up(message, covariance)
    monkeypatch.setattr("turnout.models.tree.messages.AT_ONCE", 2)
    parts = pass_up(message, covariance)
    np.testing.assert_array_equal(parts.posterior, whole.posterior)
    for name in ("precision", "shift", "quadratic", "constant"):
        np.testing.assert_array_equal(getattr(parts.up, name), getattr(whole.up, name))


def test_a_linear_effect_is_generalised_least_squares() -> None:
    """With a prior so wide that it says nothing."""
    rng = np.random.default_rng(1)
    design = rng.normal(size=(1, 3, 1))
    values, variances = rng.normal(size=3), np.array([0.01, 0.02, 0.05])
    message = observe(values[None], design, 1 / variances[None])
    up = pass_up(message, COVARIANCE[None, None]).up
    center, precision = effects_posterior(up.quadratic[:, 0], np.zeros(1), np.array([1e4]))
    inverse = np.linalg.inv(COVARIANCE + np.diag(variances))
    x = design[0, :, 0]
    np.testing.assert_allclose(precision[0, 0, 0], x @ inverse @ x, rtol=1e-5)
    np.testing.assert_allclose(center[0, 0], (x @ inverse @ values) / (x @ inverse @ x), rtol=1e-5)


def test_children_are_gathered_at_their_parents() -> None:
    rng = np.random.default_rng(2)
    message = observe(rng.normal(size=(5, 3)), np.zeros((5, 3, 0)), rng.uniform(1, 9, size=(5, 3)))
    parent = np.array([2, 0, 2, 0, 0])
    heard = gather(message, parent, 4)
    for number in range(4):
        mine = parent == number
        for part in ("precision", "shift", "quadratic", "constant"):
            np.testing.assert_allclose(
                getattr(heard, part)[0, number], getattr(message, part)[0, mine].sum(axis=0)
            )


def test_two_views_of_one_place_are_one_with_both() -> None:
    both = combine(
        one_place([0.4, 0.0, 0.0], [0.01, np.inf, np.inf]),
        one_place([0.0, 0.1, 0.0], [np.inf, 0.02, np.inf]),
    )
    at_once = one_place([0.4, 0.1, 0.0], [0.01, 0.02, np.inf])
    for part in ("precision", "shift", "quadratic", "constant"):
        np.testing.assert_allclose(getattr(both, part), getattr(at_once, part))


@pytest.mark.parametrize("nodes", [50])
def test_places_are_shrunk_as_mixed_lm_shrinks_them(nodes: int) -> None:
    """Random intercepts: the posterior of an unobserved contest is statsmodels' BLUP."""
    from statsmodels.regression.mixed_linear_model import MixedLM

    rng = np.random.default_rng(4)
    lasting, noise, count = 0.25, 0.12, 4
    values = (
        rng.normal(0.8, 0.3, count)
        + lasting * rng.standard_normal((nodes, 1))
        + noise * rng.standard_normal((nodes, count))
    )
    design = np.tile(np.eye(count), (nodes, 1))
    reference = MixedLM(values.ravel(), design, groups=np.repeat(np.arange(nodes), count)).fit()
    blups = np.array([float(effect.iloc[0]) for effect in reference.random_effects.values()])
    a2, d2 = float(reference.cov_re[0, 0]), float(reference.scale)

    # Five contests, the last unobserved; the parent's values are free.
    padded = np.column_stack([values, np.zeros(nodes)])
    weights = np.column_stack([np.full((nodes, count), 1e9), np.zeros(nodes)])
    covariance = a2 * np.ones((5, 5)) + d2 * np.eye(5)
    leaf = pass_up(observe(padded, np.zeros((nodes, 5, 0)), weights), covariance[None, None])
    heard = gather(leaf.up, np.zeros(nodes, dtype=int), 1)
    root = np.linalg.solve(heard.precision[0, 0] + 1e-6 * np.eye(5), heard.shift[0, 0, :, 0])
    # Mean of a leaf given its parent: K h' + (I - K Lambda') f.
    shift = covariance @ leaf.up.shift[0, :, :, 0].T
    mean = shift.T + root - (covariance @ leaf.up.precision[0] @ root)
    np.testing.assert_allclose(mean[:, -1] - root[-1], blups, atol=2e-4)
