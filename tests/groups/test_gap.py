"""The model of the gap, against the same model written out as one normal distribution."""

from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.stats import multivariate_normal

from turnout.groups.coregionalization import Normals, correlation_of_splits
from turnout.groups.gap import GapModel, _Marginal
from turnout.groups.partitions import GapPrior
from turnout.groups.units import Units

LOG_SD = np.log([0.2, 0.15, 0.1, 0.12, 0.25])

PRIOR = GapPrior(-0.3, 0.5, (0.1,) * 5)

UNITS = Units(
    gap=np.array([[0.1, 0.3, 0.0], [0.2, 0.0, 0.0], [-0.1, 0.4, 0.0], [0.0, 0.5, 0.0]]),
    variance=np.array(
        [[0.01, 0.02, np.inf], [0.03, np.inf, np.inf], [0.02, 0.01, np.inf], [np.inf, 0.01, np.inf]]
    ),
    group=np.array([0, 0, 1, 2]),
    share=np.array([1.0, 1.0, 1.0, 0.25]),
    group_share=np.array([1.0, 1.0, 0.5]),
    target=np.array([1, 2]),
    coming=2,
)

CONTESTS = pd.DataFrame(
    {
        "election_type": ["pileg", "pilwako", "pilgub"],
        "type_group": ["pemilu", "pilkada", "pilkada"],
    }
)


def written_out() -> np.ndarray:
    """Covariance of all gaps, units x contests, without the sampling error."""
    place, above, residual, contest, kind = np.exp(2 * LOG_SD)
    likeness = np.array([[1, 0, 0], [0, 1, 0.5], [0, 0.5, 1]])
    of_contests = PRIOR.level_sd**2 + kind * likeness + contest * np.eye(3)
    same_group = UNITS.group[:, None] == UNITS.group
    group = above * np.where(same_group, UNITS.group_share[UNITS.group], 0.0)
    lasting = group + np.diag(place * UNITS.share)
    whole = np.kron(np.ones((4, 4)), of_contests) + np.kron(lasting, np.ones((3, 3)))
    return whole + np.diag(np.repeat(residual * UNITS.share, 3))


def test_the_likelihood_is_that_of_one_normal_distribution() -> None:
    model = GapModel.of(UNITS, CONTESTS, PRIOR)
    seen = np.isfinite(UNITS.variance).ravel()
    covariance = written_out()[np.ix_(seen, seen)] + np.diag(UNITS.variance.ravel()[seen])
    expected = multivariate_normal.logpdf(UNITS.gap.ravel()[seen] - PRIOR.level, cov=covariance)
    constant = -0.5 * seen.sum() * np.log(2 * np.pi)
    found = model.log_likelihood(np.stack([LOG_SD, LOG_SD + 0.1]))
    np.testing.assert_allclose(found[0] + constant, expected)
    assert found[1] != found[0]


def test_of_many_places_whole_groups_are_taken_at_even_steps() -> None:
    assert UNITS.thinned(4).gap.tolist() == UNITS.gap.tolist()
    some = UNITS.thinned(2)
    np.testing.assert_array_equal(some.gap, UNITS.gap[[0, 1, 3]])
    np.testing.assert_array_equal(some.group, [0, 0, 1])
    np.testing.assert_array_equal(some.group_share, [1, 0.5])
    unseen = replace(UNITS, variance=np.where(UNITS.group[:, None] < 2, np.inf, UNITS.variance))
    np.testing.assert_array_equal(unseen.thinned(2).gap, UNITS.gap[[3]])


def test_draws_are_those_of_one_normal_distribution() -> None:
    marginal = _Marginal.of(GapModel.of(UNITS, CONTESTS, PRIOR), LOG_SD[None])
    normals = Normals.of_splits(np.eye(1), np.random.default_rng(1))[0]
    draws = marginal.draw(200_000, normals)
    seen = np.isfinite(UNITS.variance).ravel()
    wanted = np.array([1 * 3 + 2, 2 * 3 + 2])
    whole = written_out()
    across = whole[np.ix_(wanted, seen)]
    known = whole[np.ix_(seen, seen)] + np.diag(UNITS.variance.ravel()[seen])
    mean = PRIOR.level + across @ np.linalg.solve(known, UNITS.gap.ravel()[seen] - PRIOR.level)
    covariance = whole[np.ix_(wanted, wanted)] - across @ np.linalg.solve(known, across.T)
    np.testing.assert_allclose(draws.mean(axis=0), mean, atol=0.003)
    np.testing.assert_allclose(np.cov(draws.T), covariance, atol=0.002)


def test_the_correlation_of_splits_is_that_of_groups_that_deviate_alike() -> None:
    registered = np.array([10.0, 20.0, 30.0, 40.0])
    alike = np.random.default_rng(1).standard_normal((200_000, 4))
    gaps = [
        alike[:, one] - np.average(alike[:, one + 1 :], axis=1, weights=registered[one + 1 :])
        for one in range(3)
    ]
    found = correlation_of_splits(registered)
    np.testing.assert_allclose(found, np.corrcoef(gaps), atol=0.01)


def test_draws_of_two_splits_are_correlated_in_every_part() -> None:
    correlation = np.array([[1.0, -0.6], [-0.6, 1.0]])
    model = GapModel.of(UNITS, CONTESTS, PRIOR)
    marginal = _Marginal.of(model, LOG_SD[None])
    sources = Normals.of_splits(correlation, np.random.default_rng(1))
    first, second = (marginal.draw(100_000, one) for one in sources)
    together = np.corrcoef(first.T, second.T)
    alone = together[:2, :2]
    np.testing.assert_allclose(together[:2, 2:], -0.6 * alone, atol=0.01)
    np.testing.assert_allclose(together[2:, 2:], alone, atol=0.01)
