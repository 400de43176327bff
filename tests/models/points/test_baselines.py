"""Naive models: points by hand, the shared shock, and every kind of missing past."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit, logit
from scipy.stats import binom

from turnout import Election
from turnout.areas import build_panel
from turnout.errors import TurnoutError
from turnout.models import UnusedInputError
from turnout.models.base import FittedModel, Model
from turnout.models.binomial import binomial_counts
from turnout.models.notes import GROUP_UNSEEN, ON_TYPE, TYPE_UNSEEN
from turnout.models.points.boosting import BoostedTrees
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.lags import known_lags
from turnout.models.points.naive import LastOfType, LastTurnout, UniformSwing
from turnout.models.points.shocks import (
    PRIOR_SHOCK,
    Changes,
    Errors,
    Shocks,
    learn_errors,
    learn_swing,
)

MODELS = (LastOfType(), LastTurnout(), UniformSwing())


def table(*rows) -> pd.DataFrame:
    columns = ["date", "election_type", "city", "district", "area", "registered", "voters"]
    return pd.DataFrame(rows, columns=columns)


PAST = table(
    ("2010-06-01", "pilkada", "K", "N", "A", 100_000, 60_000),
    ("2010-06-01", "pilkada", "K", "S", "B", 100_000, 50_000),
    ("2014-04-01", "pemilu", "K", "N", "A", 100_000, 80_000),
    ("2014-04-01", "pemilu", "K", "S", "B", 100_000, 70_000),
    ("2015-06-01", "pilkada", "K", "N", "A", 100_000, 64_000),
    ("2015-06-01", "pilkada", "K", "S", "B", 100_000, 55_000),
    ("2019-04-01", "pemilu", "K", "N", "A", 100_000, 85_000),
    ("2019-04-01", "pemilu", "K", "S", "B", 100_000, 75_000),
)


def medians(model, results, election=None, **keywords):
    coming = election or Election("2020-12-09", "pilkada")
    forecast = model.fit(results).forecast(coming, draws=8000, seed=1, **keywords)
    return dict(zip(forecast.places["area"], forecast.quantiles([0.5])[0], strict=True))


@pytest.mark.parametrize("model", MODELS)
def test_they_satisfy_the_protocol(model):
    assert isinstance(model, Model)
    assert isinstance(model.fit(PAST), FittedModel)


def test_last_of_type_takes_the_newest_of_the_type():
    found = medians(LastOfType(), PAST)
    np.testing.assert_allclose([found["A"], found["B"]], [0.64, 0.55], atol=0.01)


def test_last_turnout_takes_the_newest():
    found = medians(LastTurnout(), PAST)
    np.testing.assert_allclose([found["A"], found["B"]], [0.85, 0.75], atol=0.01)


def test_uniform_swing_adds_the_mean_swing_from_the_last_type():
    # pemilu 2014 to pilkada 2015: A .80 to .64, B .70 to .55, the same mean in logit for both
    swing = np.mean(logit([0.64, 0.55]) - logit([0.80, 0.70]))
    found = medians(UniformSwing(), PAST)
    expected = expit(logit([0.85, 0.75]) + swing)
    np.testing.assert_allclose([found["A"], found["B"]], expected, atol=0.015)


def test_a_new_type_falls_back_to_its_group():
    found = medians(LastOfType(), PAST, Election("2020-12-09", "pilgub"))
    np.testing.assert_allclose(found["A"], 0.64, atol=0.01)


def test_a_type_never_seen_falls_back_to_the_newest():
    found = medians(LastOfType(), PAST, Election("2020-12-09", "referendum"))
    np.testing.assert_allclose(found["A"], 0.85, atol=0.01)


def test_a_new_area_takes_its_district():
    roll = PAST[["city", "district", "area", "registered"]].iloc[:2]
    roll = pd.concat([roll, roll.iloc[:1].assign(area="new")])
    forecast = (
        LastOfType()
        .fit(PAST)
        .forecast(Election("2020-12-09", "pilkada"), roll=roll, draws=4000, seed=1)
    )
    table = forecast.intervals().set_index("area")
    # district N in 2015 is A alone
    np.testing.assert_allclose(table.loc["new", "median"], 0.64, atol=0.02)
    width = table["upper"] - table["lower"]
    assert width["new"] > width["A"]


def test_a_contest_known_as_a_total_is_spread_over_the_areas():
    total = table(("2018-06-01", "pilkada", "K", None, None, 200_000, 100_000))
    lags = known_lags(
        build_panel(pd.concat([PAST, total]), election=Election("2020-12-09", "pilkada"))
    )
    spread = lags.logit[:, 3]
    assert not lags.observed[:, 3].any()
    # A used to lie above the city, B below it, and together they agree with its 50%
    assert spread[0] > 0 > spread[1]
    np.testing.assert_allclose(expit(spread).mean(), 0.5, atol=0.005)


def test_an_official_total_settles_partly_counted_areas():
    partial = PAST.copy()
    official = table(("2019-04-01", "pemilu", "K", None, None, 220_000, 165_000))
    panel = build_panel(pd.concat([partial, official]), election=Election("2020-12-09", "pilkada"))
    lags = known_lags(panel)
    # the areas' sum says 80%, the official total 75%
    np.testing.assert_allclose(expit(lags.logit[:, 3]).mean(), 0.75, atol=0.005)


@pytest.mark.parametrize("model", MODELS)
def test_one_past_election_is_enough(model):
    forecast = model.fit(PAST.iloc[:2]).forecast(Election("2020-12-09", "pilkada"), seed=1)
    low, high = forecast.at("city").quantiles([0.05, 0.95])[:, 0]
    assert 0.1 < low < 0.55 < high < 0.9


@pytest.mark.parametrize("model", MODELS)
def test_areas_share_the_shock(model):
    forecast = model.fit(PAST).forecast(Election("2020-12-09", "pilkada"), draws=2000, seed=1)
    correlation = np.corrcoef(forecast.draws.T)[0, 1]
    assert correlation > 0.8
    areas, city = forecast.intervals(), forecast.intervals(by="city")
    narrowest = (areas["upper"] - areas["lower"]).min()
    assert (city["upper"] - city["lower"]).iloc[0] > 0.8 * narrowest


@pytest.mark.parametrize("model", MODELS)
def test_a_seed_repeats_the_draws(model):
    fitted = model.fit(PAST)
    coming = Election("2020-12-09", "pilkada")
    first, again, other = (fitted.forecast(coming, draws=50, seed=s).draws for s in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_small_areas_are_noisier():
    small = PAST.assign(registered=lambda t: np.where(t["area"] == "B", 20, t["registered"]))
    small["voters"] = np.where(small["area"] == "B", 10, small["voters"])
    forecast = LastOfType().fit(small).forecast(Election("2020-12-09", "pilkada"), seed=1)
    spread = forecast.draws.std(axis=0)
    assert spread[1] > spread[0] + 0.05
    # voters are whole people
    np.testing.assert_allclose(20 * forecast.draws[:, 1] % 1, 0, atol=1e-4)


def test_a_count_in_progress_is_refused():
    with pytest.raises(TurnoutError, match="LastOfType cannot use a count"):
        LastOfType().fit(PAST).forecast(Election("2020-12-09", "pilkada"), counted=PAST.iloc[:1])


@pytest.mark.few(2)
@pytest.mark.parametrize(
    "model", [*MODELS, BinomialGLM(), BoostedTrees()], ids=lambda model: model.name
)
def test_a_type_that_was_never_seen_is_told(model):
    fitted = model.fit(PAST)
    for kind, text in (("pilgub", TYPE_UNSEEN), ("pilkades", GROUP_UNSEEN), ("pilkada", None)):
        notes = fitted.forecast(Election("2020-12-09", kind), draws=100, seed=1).about.notes
        told = [note.text for note in notes if note.text in ON_TYPE]
        assert told == ([] if text is None else [text])


def test_outreach_and_counts_that_cannot_be_used_are_refused():
    log = pd.DataFrame({"date": ["2020-01-01"], "kind": ["forum"], "reached": [10]})
    with pytest.raises(UnusedInputError, match="LastOfType cannot use outreach"):
        LastOfType().fit(PAST, outreach=log)
    coming = Election("2020-12-09", "pilkada")
    with pytest.raises(UnusedInputError, match="LastOfType cannot use outreach"):
        LastOfType().fit(PAST).forecast(coming, activities=log)
    for model in (LastOfType(), BinomialGLM()):
        with pytest.raises(UnusedInputError, match="cannot use a count in progress"):
            model.fit(PAST).forecast(coming, counted=PAST)


def test_older_boundaries_tell_how_turnout_changes():
    old = PAST.assign(area=PAST["area"] + " old")
    new = table(("2019-04-01", "pemilu", "K", "N", "A", 100_000, 85_000))
    roll = pd.DataFrame({"city": ["K"], "district": ["N"], "area": ["A"], "registered": [1e5]})
    coming = Election("2024-04-01", "pemilu")
    both = LastOfType().fit(pd.concat([old, new]))
    alone = LastOfType().fit(new)
    scales = [
        fitted.forecast(coming, roll=roll, draws=10, seed=1).about.diagnostics["shock_scale"]
        for fitted in (both, alone)
    ]
    assert scales[1] == pytest.approx(PRIOR_SHOCK)
    assert scales[0] != pytest.approx(PRIOR_SHOCK)


# The error laws


def changes(values, noise=0.0) -> Changes:
    values = np.asarray(values, float)
    return Changes(values, np.full(values.shape, noise), np.ones(values.shape, dtype=bool))


def test_errors_without_a_past_are_the_prior():
    errors = learn_errors(Changes.none(3), np.ones(3))
    assert errors == Errors(PRIOR_SHOCK, 3.0, pytest.approx(0.15))


def test_the_shock_is_learned_from_shared_errors():
    # two elections, all areas off by +.3 and -.1: (3 * .25^2 + .09 + .01) / 5
    errors = learn_errors(changes(np.tile([0.3, -0.1], (40, 1))), np.ones(40))
    np.testing.assert_allclose(errors.scale, np.sqrt((3 * 0.25**2 + 0.1) / 5))
    assert errors.freedom == 5
    assert errors.area_sd < 0.06


def test_binomial_noise_is_not_the_areas_own():
    rng = np.random.default_rng(1)
    errors = learn_errors(changes(rng.normal(0, 0.2, (400, 1)), noise=0.04), np.ones(400))
    assert errors.area_sd < 0.08


def test_totals_tell_nothing_of_the_areas_own_errors():
    known = changes(np.full((400, 1), 0.2))
    errors = learn_errors(Changes(known.values, known.noise, ~known.own), np.ones(400))
    assert errors.area_sd == pytest.approx(0.15)
    assert errors.freedom == 4


def test_the_swing_of_few_elections_is_uncertain():
    swing, errors = learn_swing(changes(np.tile([0.2, 0.4], (10, 1))), np.ones(10))
    np.testing.assert_allclose(swing, 0.3)
    plain = (3 * 0.25**2 + 2 * 0.1**2) / 4
    np.testing.assert_allclose(errors.scale, np.sqrt(plain * 1.5))


def test_shocks_of_two_laws_rise_together():
    laws = (Errors(0.1, 4, 0.1), Errors(0.5, 4, 0.1))
    law = np.zeros(1, dtype=np.intp)
    shocks = Shocks.of(laws, law, 1000, np.random.default_rng(1)).values
    np.testing.assert_allclose(shocks[:, 1], 5 * shocks[:, 0])
    np.testing.assert_allclose(np.quantile(shocks[:, 0], 0.95), 0.2132, rtol=0.15)


def test_binomial_noise_has_the_binomial_mean_and_variance():
    rng = np.random.default_rng(1)
    for size in (2.4, 30.0, 5000.0):
        share = binomial_counts(np.array([size]), np.full((1, 20_000), 0.7), rng) / size
        np.testing.assert_allclose(share.mean(), 0.7, atol=0.01)
        np.testing.assert_allclose(share.var(), 0.21 / round(size), rtol=0.05)


def test_counts_of_few_people_are_distributed_as_the_binomial_law_says():
    rng = np.random.default_rng(2)
    for people, share in ((3, 0.7), (10, 0.5), (17, 0.3), (60, 0.9), (150, 0.97), (99, 0.5)):
        size = np.array([float(people)])
        drawn = binomial_counts(size, np.full((1, 200_000), share), rng).ravel()
        assert (drawn == np.round(drawn)).all()
        found = np.bincount(drawn.astype(int), minlength=people + 1).cumsum() / len(drawn)
        known = binom.cdf(np.arange(people + 1), people, share)
        # Chance alone takes the largest gap of so many draws to 0.0044 once in a thousand times.
        np.testing.assert_allclose(found, known, atol=0.005)


def test_counts_where_all_or_none_vote_are_all_or_none():
    rng = np.random.default_rng(3)
    for people in (1.0, 20.0, 70.0, 1e6):
        for share in (0.0, 1.0):
            drawn = binomial_counts(np.array([people]), np.full((1, 50), share), rng)
            np.testing.assert_array_equal(drawn, share * people)
