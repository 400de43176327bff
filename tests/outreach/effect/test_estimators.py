"""Estimators against statsmodels and by hand."""

import numpy as np
import pandas as pd
import pytest
import statsmodels.formula.api as smf

from turnout.outreach.effect.estimators import cross_section, mundlak, placebo, two_way_within
from turnout.outreach.effect.observations import Observations, doses_of_next
from turnout.outreach.effect.posterior import combine


def balanced(places: int = 12, contests: int = 4, seed: int = 1) -> Observations:
    """Return places that all have the same sampling variance."""
    rng = np.random.default_rng(seed)
    place, contest = np.divmod(np.arange(places * contests), contests)
    doses = np.column_stack([rng.uniform(0, 0.4, len(place)) * (contest > 1) for _ in range(2)])
    logit = 0.5 * rng.normal(size=places)[place] + 0.2 * contest + doses @ [0.3, -0.1]
    logit = logit + 0.1 * rng.normal(size=len(place))
    turnout = 1 / (1 + np.exp(-logit))
    day = np.array([10, 500, 1000, 1500])[contest]
    return Observations(logit, np.full(len(place), 0.001), place, contest, day, doses, turnout)


def test_within_equals_least_squares_with_dummies_in_statsmodels():
    data = balanced()
    frame = pd.DataFrame({"z": data.logit, "a": data.doses[:, 0], "b": data.doses[:, 1]}).assign(
        place=data.place, contest=data.contest
    )
    dummies = smf.ols("z ~ a + b + C(place) + C(contest)", frame)
    expected = dummies.fit().params[["a", "b"]]
    found = two_way_within(data)
    np.testing.assert_allclose(found.mean, expected, rtol=1e-6)
    by_place = dummies.fit(cov_type="cluster", cov_kwds={"groups": frame["place"]})
    # The demeaned regression counts two parameters, that with dummies 17 (48 rows).
    smaller = np.sqrt((48 - 17) / (48 - 2))
    assert (found.sd >= smaller * by_place.bse[["a", "b"]].to_numpy() * (1 - 1e-6)).all()


def test_mundlak_equals_within_on_a_balanced_panel():
    data = balanced()
    np.testing.assert_allclose(mundlak(data).mean, two_way_within(data).mean, rtol=0.02)


def test_a_dose_that_all_places_share_says_nothing():
    data = balanced()
    doses = data.doses.copy()
    doses[:, 1] = 0.2 * (data.contest == 3)
    shared = Observations(**{**vars(data), "doses": doses})
    for estimator in (two_way_within, mundlak, cross_section):
        found = estimator(shared)
        assert np.isfinite(found.mean[0])
        assert np.isnan(found.mean[1])
        assert np.isnan(found.sd[1])


def test_two_contests_have_no_placebo():
    data = balanced()
    assert np.isnan(placebo(data.rows(data.contest > 1)).mean).all()


def test_the_doses_of_the_next_polling_day():
    data = balanced(places=2)
    earlier, following = doses_of_next(data)
    assert earlier.contest.tolist() == [0, 1, 2] * 2
    np.testing.assert_array_equal(following, data.doses[data.contest > 0])


def test_order_of_rows_is_irrelevant():
    data = balanced()
    mixed = data.rows(np.random.default_rng(3).permutation(len(data.logit)))
    for estimator in (two_way_within, mundlak, cross_section, placebo):
        np.testing.assert_allclose(estimator(mixed).mean, estimator(data).mean, rtol=1e-6)
        np.testing.assert_allclose(estimator(mixed).sd, estimator(data).sd, rtol=1e-6)


def test_posterior_is_precision_weighted():
    # Two kinds, prior precisions 100 and 25, data precisions 1 / (.01 + .03) = 25 and 1 / .04 = 25.
    prior = (np.array([0.1, 0.0]), np.array([0.1, 0.2]))
    data = (np.array([0.5, 0.4]), np.diag([0.01, 0.04]))
    found = combine(("a", "b"), prior, data, np.array([np.sqrt(0.03), 0.0]))
    np.testing.assert_allclose(found.mean, [(10 + 12.5) / 125, 10 / 50])
    np.testing.assert_allclose(found.sd, [125**-0.5, 50**-0.5])


def test_draws_of_one_kind_named_twice_are_the_same():
    found = combine(("a",), (np.zeros(1), np.ones(1)), (np.ones(1), np.eye(1)), np.zeros(1))
    draws = found.of(["a", "a"]).draw(500, np.random.default_rng(1))
    np.testing.assert_allclose(draws[:, 0], draws[:, 1], atol=1e-6)
    np.testing.assert_allclose(draws[:, 0].mean(), 0.5, atol=0.1)
    with pytest.raises(ValueError, match="b"):
        found.of(["b"])
