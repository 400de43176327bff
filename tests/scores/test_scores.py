"""Scores against hand-worked numbers, definitions and scoringrules."""

import numpy as np
import pytest
import scoringrules
from hypothesis import given
from hypothesis import strategies as st
from scipy import integrate, stats

from turnout import scores
from turnout.scores import blocks

RNG = np.random.default_rng(20241127)
DRAWS = RNG.normal(0.7, 0.1, size=(200, 7))
ACTUAL = RNG.normal(0.7, 0.1, size=7)


def test_crps_is_the_fair_estimator_of_scoringrules():
    oracle = scoringrules.crps_ensemble(ACTUAL, DRAWS.T, estimator="fair")
    np.testing.assert_allclose(scores.crps(ACTUAL, DRAWS), oracle, rtol=1e-10)


def test_crps_by_the_double_sum():
    # |x - y|: .1, .1, .3 -> mean 1/6; pairs .2, .4, .2 -> both ways 1.6, / (2 * 3 * 2) = .1333
    draws = np.array([[0.6], [0.8], [1.0]])
    np.testing.assert_allclose(scores.crps([0.7], draws), [0.5 / 3 - 1.6 / 12])


def test_crps_of_many_normal_draws_nears_the_closed_form():
    draws = np.random.default_rng(1).normal(size=(200_000, 1))
    exact = 2 * stats.norm.pdf(0) - 1 / np.sqrt(np.pi)
    np.testing.assert_allclose(scores.crps([0.0], draws), exact, atol=0.004)


def test_crps_is_fair_for_two_draws():
    rng = np.random.default_rng(2)
    few = scores.crps(np.zeros(200_000), rng.normal(size=(2, 200_000))).mean()
    exact = 2 * stats.norm.pdf(0) - 1 / np.sqrt(np.pi)
    assert abs(few - exact) < 4 * 0.8 / np.sqrt(200_000)


def test_blocks_change_nothing(monkeypatch):
    whole = scores.crps(ACTUAL, DRAWS), scores.wis(ACTUAL, DRAWS)
    monkeypatch.setattr(blocks, "_BLOCK_CELLS", 450)
    np.testing.assert_allclose(scores.crps(ACTUAL, DRAWS), whole[0], rtol=1e-12)
    np.testing.assert_allclose(scores.wis(ACTUAL, DRAWS), whole[1], rtol=1e-12)


def test_blocks_hold_no_more_cells_than_they_may(monkeypatch):
    held = []

    def score(y, x):
        held.append(x.shape)
        return y

    for cells in (7, 2):  # two areas of three draws; less than one area
        monkeypatch.setattr(blocks, "_BLOCK_CELLS", cells)
        np.testing.assert_array_equal(
            blocks.by_block(np.arange(5), np.zeros((3, 5)), score), range(5)
        )
    assert held == [(2, 3), (2, 3), (1, 3), *5 * [(1, 3)]]


def test_float32_draws_are_scored_in_float64():
    np.testing.assert_allclose(
        scores.crps(ACTUAL, DRAWS.astype("float32")), scores.crps(ACTUAL, DRAWS), atol=1e-7
    )


@pytest.mark.parametrize("draws", [np.zeros((1, 7)), np.zeros((5, 6)), np.zeros((2, 7, 1))])
def test_wrong_shapes_are_named(draws):
    with pytest.raises(ValueError, match="7 areas"):
        scores.crps(ACTUAL, draws)


def test_interval_parts_sum_to_the_score_of_scoringrules():
    lower, upper = np.quantile(DRAWS, [0.4, 0.6], axis=0)
    parts = scores.interval_parts(ACTUAL, lower, upper, level=0.2)
    np.testing.assert_allclose(
        sum(parts), scoringrules.interval_score(ACTUAL, lower, upper, 0.8), rtol=1e-12
    )
    assert np.all((parts.below == 0) | (parts.above == 0))
    assert (parts.below > 0).any()
    assert (parts.above > 0).any()


@pytest.mark.parametrize("level", [0.0, 1.0, 90])
def test_interval_level_is_a_share(level):
    with pytest.raises(ValueError, match=r"level=0\.9"):
        scores.interval_score([0.5], [0.4], [0.6], level=level)


def test_crossed_intervals_are_refused():
    with pytest.raises(ValueError, match="1 interval"):
        scores.interval_score([0.5], [0.7], [0.6], level=0.9)


def test_wis_by_hand():
    # median 50, 50% [40, 60], 90% [30, 70], actual 72: miss 22
    # IS50 = 20 + 4 * 12 = 68, IS90 = 40 + 20 * 2 = 80
    # (11 + .25 * 68 + .05 * 80) / 2.5 = 32 / 2.5 = 12.8
    score = scores.weighted_interval_score(
        [72], [50], [[40], [30]], [[60], [70]], levels=[0.5, 0.9]
    )
    np.testing.assert_allclose(score, [12.8])


def test_wis_notices_the_median_that_scoringrules_ignores():
    ends = {"lower": [[40], [30]], "upper": [[60], [70]], "levels": [0.5, 0.9]}
    near = scores.weighted_interval_score([50], [50], **ends)
    far = scores.weighted_interval_score([60], [50], **ends)
    np.testing.assert_allclose([*near, *far], [(5 + 2) / 2.5, (5 + 5 + 2) / 2.5])


def test_wis_is_twice_the_mean_pinball_loss():
    # Bracher et al. 2021: WIS of K intervals and the median = 2/(2K+1) x sum of pinball losses
    levels = (0.5, 0.8, 0.9)
    probabilities = [0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95]
    losses = [
        scores.pinball(ACTUAL, np.quantile(DRAWS, p, axis=0), probability=p) for p in probabilities
    ]
    np.testing.assert_allclose(
        scores.wis(ACTUAL, DRAWS, levels=levels), 2 * np.mean(losses, axis=0), rtol=1e-10
    )


def test_pinball_against_scoringrules():
    np.testing.assert_allclose(
        scores.pinball(ACTUAL, DRAWS[0], probability=0.3),
        scoringrules.quantile_score(ACTUAL, DRAWS[0], 0.3),
    )
    with pytest.raises(ValueError, match="between 0 and 1"):
        scores.pinball([1.0], [1.0], probability=30)


def test_binomial_log_score_against_the_definition():
    rates = RNG.uniform(0.5, 0.9, size=(50, 3))
    voters, registered = np.array([60, 700, 0]), np.array([100, 1000, 5])
    mixture = stats.binom.pmf(voters, registered, rates).mean(axis=0)
    np.testing.assert_allclose(
        scores.binomial_log_score(voters, registered, rates), -np.log(mixture), rtol=1e-9
    )


def test_binomial_log_score_at_the_ends():
    certain = scores.binomial_log_score([2, 2], [2, 2], [[1.0, 0.0], [1.0, 0.0]])
    np.testing.assert_array_equal(certain, [0.0, np.inf])
    with pytest.raises(ValueError, match="1 area"):
        scores.binomial_log_score([3], [2], [[0.5], [0.5]])
    with pytest.raises(ValueError, match="rate"):
        scores.binomial_log_score([1], [2], [[0.5], [1.5]])


def test_brier_against_scoringrules():
    np.testing.assert_allclose(
        scores.brier([True, False, True], [0.2, 0.2, 1.0]),
        scoringrules.brier_score(np.array([1, 0, 1]), np.array([0.2, 0.2, 1.0])),
    )
    with pytest.raises(ValueError, match="between 0 and 1"):
        scores.brier([True], [86])


def test_means_are_weighted():
    # errors +.1, -.2 with weights 3, 1: mae .125, bias .025; one of two inside: 3/4
    assert scores.mae([0.5, 0.6], [0.6, 0.4], weights=[3, 1]) == pytest.approx(0.125)
    assert scores.bias([0.5, 0.6], [0.6, 0.4], weights=[3, 1]) == pytest.approx(0.025)
    assert scores.coverage([0.5, 0.6], [0.5, 0.0], [0.7, 0.5], weights=[3, 1]) == 0.75
    assert scores.width([0.5, 0.0], [0.7, 0.5], weights=[3, 1]) == pytest.approx(0.275)
    assert scores.mae([0.5, 0.6], [0.6, 0.4]) == pytest.approx(0.15)


def test_the_ends_of_an_interval_are_inside():
    assert scores.coverage([0.4, 0.6, 0.6], [0.4, 0.4, 0.7], [0.6, 0.6, 0.8]) == pytest.approx(
        2 / 3
    )


@pytest.mark.parametrize("probability", [0, 1, 1.5, -0.1, [0.5, np.nan]])
def test_the_probability_of_a_quantile_lies_inside(probability):
    with pytest.raises(ValueError, match="probability must lie between 0 and 1"):
        scores.pinball([0.5, 0.6], [0.5, 0.6], probability=probability)


def test_pit_is_uniform_when_calibrated_even_with_few_draws():
    rng = np.random.default_rng(3)
    values = scores.pit(rng.normal(size=5000), rng.normal(size=(4, 5000)), rng=rng)
    assert stats.kstest(values, "uniform").pvalue > 0.001


def test_pit_of_counts_with_ties_is_uniform():
    rng = np.random.default_rng(4)
    values = scores.pit(rng.poisson(1, size=5000), rng.poisson(1, size=(50, 5000)), rng=rng)
    assert stats.kstest(values, "uniform").pvalue > 0.001


def test_pit_tells_a_forecast_that_is_too_low():
    values = scores.pit(np.full(20, 9.0), np.zeros((99, 20)), rng=np.random.default_rng(5))
    assert values.min() >= 0.99


def test_clopper_pearson_against_the_published_table():
    # Clopper & Pearson's 95% limits: 0 of 10: 0, .3085; 5 of 10: .1871, .8129; 10 of 10: .6915, 1
    lower, upper = scores.clopper_pearson([0, 5, 10], 10)
    np.testing.assert_allclose(lower, [0, 0.1871, 0.6915], atol=5e-5)
    np.testing.assert_allclose(upper, [0.3085, 0.8129, 1], atol=5e-5)


def test_clopper_pearson_against_scipy():
    for k, n in [(0, 1), (1, 1), (0, 3), (1, 3), (3, 3), (57, 67)]:
        oracle = stats.binomtest(k, n).proportion_ci(0.9, method="exact")
        np.testing.assert_allclose(scores.clopper_pearson(k, n, level=0.9), oracle, rtol=1e-6)
    with pytest.raises(ValueError, match="between 0 and n"):
        scores.clopper_pearson(4, 3)
    with pytest.raises(ValueError, match="for 95% pass"):
        scores.clopper_pearson(1, 3, level=95)


def test_what_is_not_known_has_no_score():
    rng = np.random.default_rng(6)
    known = [[0.4, 0.4], [0.6, 0.6]]
    for values in (
        scores.crps([np.nan, 0.5], known),
        scores.wis([np.nan, 0.5], known),
        scores.pit([np.nan, 0.5], known, rng=rng),
        scores.pit([0.5, 0.5], [[0.4, 0.4], [np.nan, 0.6]], rng=rng),
    ):
        assert np.isnan(values).tolist() == [True, False]
    assert np.isnan(scores.coverage([np.nan, 0.5], [0, 0], [1, 1]))
    assert scores.coverage([0.2, 0.5], [-np.inf, 0], [np.inf, 1]) == 1
    with pytest.raises(ValueError, match="true or false"):
        scores.brier([np.nan], [0.5])


@given(
    shift=st.floats(-0.4, 0.4),
    scale=st.floats(0.1, 100),
    seed=st.integers(0, 1000),
)
def test_scores_move_and_scale_with_their_units(shift, scale, seed):
    rng = np.random.default_rng(seed)
    draws, actual = rng.uniform(size=(20, 3)), rng.uniform(size=3)
    for score in (scores.crps, scores.wis):
        np.testing.assert_allclose(
            score(scale * (actual + shift), scale * (draws + shift)),
            scale * score(actual, draws),
            rtol=1e-7,
            atol=1e-9,
        )


def test_crps_of_a_mixture_by_integration():
    # independent definition: the integral of (F(z) - [z >= y])^2, plain (not fair) estimator
    draws, y = np.array([0.2, 0.5, 0.9]), 0.6
    plain = integrate.quad(
        lambda z: ((draws <= z).mean() - (z >= y)) ** 2, 0, 1, points=[0.2, 0.5, 0.6, 0.9]
    )[0]
    spread = np.abs(draws[:, None] - draws).sum()
    fair = plain + spread / (2 * 9) - spread / (2 * 3 * 2)
    np.testing.assert_allclose(scores.crps([y], draws[:, None]), [fair])


@pytest.mark.parametrize(
    ("call", "shapes"),
    [
        (lambda: scores.crps([[0.5], [0.5]], DRAWS[:2, :2]), r"actual \(2, 1\), draws \(2, 2\)"),
        (lambda: scores.wis([[0.5, 0.5]], DRAWS[:2, :2]), r"actual \(1, 2\), draws \(2, 2\)"),
        (lambda: scores.crps([0.5] * 3, DRAWS[:2, :2]), r"3 areas\) .* \(3,\), got \(2, 2\)"),
        (
            lambda: scores.weighted_interval_score(
                [0.5, 0.6], [0.5, 0.6], [[0.4, 0.5]], [[0.6, 0.7]], levels=[0.5, 0.8]
            ),
            r"shape \(2, 2\), one per level and area, got .*lower \(1, 2\)",
        ),
        (
            lambda: scores.interval_score([[0.5], [0.6]], [0.4, 0.4], [0.7, 0.7], level=0.9),
            r"actual \(2, 1\), lower \(2,\), upper \(2,\)",
        ),
        (
            lambda: scores.interval_score([0.5], [0.4], [0.7], level=[0.5, 0.9]),
            r"level \(2,\)",
        ),
        (
            lambda: scores.brier([[True], [False]], [0.1, 0.2, 0.3]),
            r"happened \(2, 1\), probability \(3,\)",
        ),
        (
            lambda: scores.weighted_interval_score(
                *2 * [[0.5, 0.6]], [0.4, 0.5], [0.6, 0.7], levels=[0.5, 0.9]
            ),
            r"ends must have shape \(2, 2\).* lower \(2,\), upper \(2,\)",
        ),
        (lambda: scores.mae([[0.5], [0.6]], [0.5, 0.6]), r"actual \(2, 1\), forecast \(2,\)"),
        (lambda: scores.bias([[0.5], [0.6]], [0.5, 0.6]), r"actual \(2, 1\), forecast \(2,\)"),
        (lambda: scores.coverage([0.5, 0.6], [0.1], [0.9]), r"actual \(2,\), lower \(1,\)"),
        (lambda: scores.width([0.5, 0.6], [[0.9], [0.9]]), r"lower \(2,\), upper \(2, 1\)"),
        (lambda: scores.pinball([[0.5], [0.6]], [0.1, 0.2], probability=0.5), r"quantile \(2,\)"),
        (lambda: scores.clopper_pearson([[1], [2]], [3, 4]), r"k \(2, 1\), n \(2,\)"),
        (
            lambda: scores.binomial_log_score([1, 2], [3], [[0.5, 0.5], [0.5, 0.5]]),
            r"voters \(2,\), registered \(1,\)",
        ),
        (
            lambda: scores.binomial_log_score([1, 2], [3, 4], [[0.5], [0.5]]),
            r"2 areas\) to fit voters \(2,\), got \(2, 1\)",
        ),
        (
            lambda: scores.mae([0.5, 0.6], [0.5, 0.6], weights=[1]),
            r"weights \(1,\), areas \(2,\)",
        ),
    ],
)
def test_shapes_that_do_not_fit_are_told(call, shapes):
    with pytest.raises(ValueError, match=shapes):
        call()


def test_one_number_stands_for_every_area():
    assert scores.mae([0.5, 0.7], 0.6) == pytest.approx(0.1)
    np.testing.assert_allclose(scores.brier([True, False], 0.5), 0.25)
    np.testing.assert_allclose(scores.crps(0.7, [0.6, 0.8]), [0.0], atol=1e-12)


def test_one_level_needs_no_list():
    np.testing.assert_allclose(
        scores.wis(ACTUAL, DRAWS, levels=0.9), scores.wis(ACTUAL, DRAWS, levels=[0.9])
    )
    median, lower, upper = scores.central_intervals(DRAWS, 0.9)
    assert lower.shape == upper.shape == (1, 7)
    np.testing.assert_allclose(
        scores.weighted_interval_score(ACTUAL, median, lower[0], upper[0], levels=0.9),
        scores.wis(ACTUAL, DRAWS, levels=0.9),
    )


@pytest.mark.parametrize("levels", [[90], 90, [0.5, 1.0], [np.nan]])
def test_levels_are_shares(levels):
    told = r"levels must lie between 0 and 1, got .*levels=\[0\.9\]"
    with pytest.raises(ValueError, match=told):
        scores.wis(ACTUAL, DRAWS, levels=levels)
    with pytest.raises(ValueError, match=told):
        scores.central_intervals(DRAWS, levels)
    with pytest.raises(ValueError, match=told):
        scores.weighted_interval_score([0.5], [0.5], [[0.4]], [[0.6]], levels=levels)


@pytest.mark.parametrize(
    ("weights", "says"),
    [([1, -1], "1 of 2 are not"), ([np.nan, 1], "1 of 2 are not"), ([0, 0], "must not all be 0")],
)
def test_weights_are_weights(weights, says):
    for call in (scores.mae, scores.bias, scores.width):
        with pytest.raises(ValueError, match=says):
            call([0.5, 0.6], [0.6, 0.7], weights=weights)
    with pytest.raises(ValueError, match=says):
        scores.coverage([0.5, 0.6], [0.4, 0.4], [0.6, 0.7], weights=weights)


def test_means_of_nothing_are_not_known():
    none = np.empty(0)
    for value in (
        scores.mae(none, none),
        scores.bias(none, none, weights=none),
        scores.coverage(none, none, none),
        scores.width(none, none),
    ):
        assert np.isnan(value)
    assert scores.crps(none, np.empty((5, 0))).shape == (0,)
    assert scores.central_intervals(np.empty((5, 0)), [0.5])[1].shape == (1, 0)
    with pytest.raises(ValueError, match=r"at least one draw, got \(0, 2\)"):
        scores.central_intervals(np.empty((0, 2)), [0.5])


def test_width_and_coverage_refuse_crossed_intervals():
    with pytest.raises(ValueError, match="1 interval"):
        scores.width([0.7, 0.1], [0.6, 0.2])
    with pytest.raises(ValueError, match="1 interval"):
        scores.coverage([0.5, 0.5], [0.7, 0.1], [0.6, 0.2])


def test_clopper_pearson_of_an_unknown_count_is_not_known():
    lower, upper = scores.clopper_pearson([np.nan, 5], 10)
    assert np.isnan([lower[0], upper[0]]).all()
    assert lower[1] == pytest.approx(0.1871, abs=5e-5)


def test_crps_refuses_infinite_draws():
    with pytest.raises(ValueError, match="draws must be finite; 1 are not"):
        scores.crps([0.5], [[0.5], [np.inf]])


def test_pit_takes_a_seed():
    np.testing.assert_array_equal(
        scores.pit(ACTUAL, DRAWS, rng=1),
        scores.pit(ACTUAL, DRAWS, rng=np.random.default_rng(1)),
    )


@pytest.mark.parametrize("bad", [-1, 11])
def test_one_impossible_count_among_good_ones_is_refused(bad):
    with pytest.raises(ValueError, match="1 area"):
        scores.binomial_log_score([5, bad, 10], [10, 10, 10], [[0.5] * 3] * 2)
    with pytest.raises(ValueError, match="k must lie"):
        scores.clopper_pearson([5, bad, 10], [10, 10, 10])
    assert scores.binomial_log_score([0, 5, 10], [10, 10, 10], [[0.5] * 3] * 2).shape == (3,)
    with pytest.raises(ValueError, match="at least 1"):
        scores.clopper_pearson([0, 0], [1, 0])


@pytest.mark.parametrize("level", [0.0, 1.0, -0.1, 1.1])
def test_a_level_is_between_nothing_and_all(level):
    with pytest.raises(ValueError, match="between 0 and 1"):
        scores.clopper_pearson([5], [10], level=level)
    with pytest.raises(ValueError, match="between 0 and 1"):
        scores.central_intervals([[0.5], [0.6]], [0.5, level])
