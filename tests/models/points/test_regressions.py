"""The binomial regression and the boosted trees: what they recover, and every kind of past."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from turnout import Election
from turnout.areas import build_panel
from turnout.errors import DataError, HistoryError
from turnout.models.base import FittedModel, Model
from turnout.models.points.boosting import BoostedTrees
from turnout.models.points.features import FEATURES, Eve, Training, center
from turnout.models.points.glm import BinomialGLM, _slopes
from turnout.models.points.past import Past

MODELS = (BinomialGLM(), BoostedTrees())
COMING = Election("2030-05-01", "local")


def simulated(elections=5, areas=60, back=0.0, seed=1) -> pd.DataFrame:
    """Areas with a lasting level and, in each contest, noise of which `back` is carried over."""
    rng = np.random.default_rng(seed)
    level = rng.normal(0.4, 0.4, areas)
    noise = np.zeros(areas)
    rows = []
    for number in range(elections):
        noise = back * noise + rng.normal(0, 0.3, areas)
        share = expit(level + noise + rng.normal(0, 0.1))
        for area in range(areas):
            rows.append(
                {
                    "date": f"{2010 + 4 * number}-05-01",
                    "election_type": "local",
                    "district": "NS"[area % 2],
                    "area": f"area {area}",
                    "registered": 5000,
                    "voters": rng.binomial(5000, share[area]),
                }
            )
    return pd.DataFrame(rows)


def past_of(results) -> Past:
    return Past.of(build_panel(results, election=COMING), COMING)


# Features


def test_features_of_a_place_by_hand():
    results = pd.DataFrame(
        {
            "date": ["2010-01-01", "2012-01-01", "2014-01-01", "2018-01-01"],
            "election_type": ["local", "national", "local", "national"],
            "area": "A",
            "registered": 10_000_000,
            "voters": [x * 100_000 for x in (50, 80, 60, 70)],
        }
    )
    eve = Eve.of(past_of(results), 4)
    half, most, some, many = 0.0, np.log(4), np.log(1.5), np.log(7 / 3)
    found = dict(zip(FEATURES, eve.table[0], strict=True))
    assert found["last"] == pytest.approx(some, abs=1e-4)
    assert found["last_any"] == pytest.approx(many - some, abs=1e-4)
    assert found["trend"] == pytest.approx(some - half, abs=1e-4)
    assert found["reversion"] == pytest.approx((half + some) / 2 - some, abs=1e-4)
    assert found["usual"] == pytest.approx(0)
    assert (found["other_type"], found["days_since"]) == (0, 2)
    first = Eve.of(past_of(results), 1)
    assert first.other_type[0]
    assert first.last[0] == pytest.approx(half, abs=1e-4)
    assert most > many


def test_training_never_looks_ahead():
    results = simulated()
    changed = results.copy()
    changed.loc[changed["date"] == "2026-05-01", "voters"] = 100
    before, after = (Training.of(past_of(table), "x") for table in (results, changed))
    earlier = before.contest < before.contest.max()
    np.testing.assert_array_equal(before.features[earlier], after.features[earlier])
    np.testing.assert_array_equal(before.features[~earlier], after.features[~earlier])
    assert not np.array_equal(before.actual[~earlier], after.actual[~earlier])


def test_centering_takes_the_shared_part_out():
    values = np.array([[1.0, np.nan], [3.0, 5.0], [8.0, 7.0]])
    weights = np.array([1.0, 1.0, 2.0])
    # means (1 + 3 + 16) / 4 = 5 and (5 + 14) / 3
    expected = [[-4, 0], [-2, 5 - 19 / 3], [3, 7 - 19 / 3]]
    np.testing.assert_allclose(center(values, weights), expected)


# The regression's slopes


def training_with(slopes, places, seed=1, sd=0.05) -> tuple[Training, np.ndarray]:
    """Return contests whose places change by a slope of the contest times one feature, and that."""
    rng = np.random.default_rng(seed)
    contests, rows = len(slopes), len(slopes) * places
    contest = np.repeat(np.arange(contests), places)
    feature = np.concatenate([row - row.mean() for row in rng.normal(0, 1, (contests, places))])
    features = np.zeros((rows, len(FEATURES)))
    features[:, 0] = rng.normal(0.5, 0.2, rows)
    shared = rng.normal(0, 0.3, contests)[contest]
    change = shared + np.asarray(slopes)[contest] * feature + rng.normal(0, sd, rows)
    training = Training(
        place=np.tile(np.arange(places), contests),
        contest=contest,
        features=features,
        actual=features[:, 0] + change,
        own=np.ones(rows, dtype=bool),
        weight=np.full(rows, 1 / sd**2),
    )
    return training, feature[:, None]


def test_a_contest_is_one_draw_of_the_slopes_however_many_places_it_has():
    for places in (50, 5000):
        training, feature = training_with([0.2], places)
        # The mean of the prior's 0 and of one draw of 0.2 about the slope, of the same variance.
        assert _slopes(training, feature, 0.3) == pytest.approx(0.1, abs=0.005)


def test_common_slopes_are_those_of_a_dense_mixed_model():
    sd, slope_sd = 0.1, 0.3
    training, feature = training_with([0.3, -0.1, 0.2, 0.25], places=30, sd=sd)
    same = training.contest[:, None] == training.contest
    noise = sd**2 * np.eye(len(same)) + 1e4 * same
    own = slope_sd**2 * same * (feature @ feature.T)
    cross = slope_sd**2 * feature @ feature.T
    expected = slope_sd**2 * feature.T @ np.linalg.solve(noise + own + cross, training.change)
    np.testing.assert_allclose(_slopes(training, feature, slope_sd), expected, atol=0.003)


def test_slopes_that_all_contests_share_are_recovered():
    training, feature = training_with([0.4] * 30, places=40)
    assert _slopes(training, feature, 0.3) == pytest.approx(0.4, abs=0.02)


def test_places_that_change_alike_have_no_slopes():
    results = simulated(elections=4, areas=4)
    results["voters"] = results.groupby("date")["voters"].transform("first")
    training = Training.of(past_of(results), "glm")
    features = training.centered[0][:, 1:4]
    np.testing.assert_allclose(_slopes(training, features, 0.3), 0, atol=1e-6)


# Models


@pytest.mark.parametrize("model", MODELS)
def test_they_satisfy_the_protocol(model):
    assert isinstance(model, Model)
    assert isinstance(model.fit(simulated(2, 3)), FittedModel)


@pytest.mark.few(1)
@pytest.mark.parametrize("model", MODELS)
def test_places_return_to_their_level(model):
    # Independent noise about a lasting level: the mean of the past is better than the last.
    results = simulated(elections=6, areas=150)
    known = results[results["date"] < "2030"]
    forecast = model.fit(known).forecast(COMING, draws=500, seed=1)
    share = (known["voters"] / known["registered"]).to_numpy().reshape(5, 150)
    level = share.mean(axis=0)
    by_area = forecast.intervals().set_index("area")["median"]
    medians = by_area[known["area"].iloc[:150]].to_numpy()
    medians = medians - medians.mean()
    error = np.abs(medians - (level - level.mean())).mean()
    naive = np.abs((share[-1] - share[-1].mean()) - (level - level.mean())).mean()
    assert error < 0.75 * naive


@pytest.mark.parametrize("model", MODELS)
def test_areas_share_the_shock(model):
    forecast = model.fit(simulated()).forecast(COMING, draws=1000, seed=1)
    whole = forecast.at("total").draws[:, 0]
    # Independent areas would leave a sixtieth of an area's variance.
    assert whole.var() > 0.2 * forecast.draws.var(axis=0).mean()


@pytest.mark.parametrize("model", MODELS)
def test_a_gap_between_types_is_no_error_within_one(model):
    # Local elections follow national ones of 30 points more; among themselves they hardly move.
    rng = np.random.default_rng(3)
    days = [("2010", "national", 0.8), ("2012", "local", 0.5), ("2014", "national", 0.81)]
    days += [("2016", "local", 0.51), ("2018", "national", 0.8), ("2020", "local", 0.5)]
    results = pd.DataFrame(
        [
            (f"{year}-05-01", kind, f"area {area}", 100_000, round(100_000 * share + lift))
            for area, lift in enumerate(rng.normal(0, 2000, 20))
            for year, kind, share in days
        ],
        columns=["date", "election_type", "area", "registered", "voters"],
    )
    within, crossed = model.view(past_of(results)).laws
    assert within.scale < 0.2 < 0.5 < crossed.scale


@pytest.mark.slow
@pytest.mark.parametrize("model", MODELS)
def test_coverage_of_simulated_elections(model):
    held = []
    for seed in range(20):
        results = simulated(elections=5, areas=30, seed=seed)
        past, actual = results[results["date"] < "2026"], results[results["date"] > "2026"]
        election = Election("2026-05-01", "local")
        interval = (
            model.fit(past).forecast(election, draws=300, seed=1).intervals(by="total").iloc[0]
        )
        turnout = actual["voters"].sum() / actual["registered"].sum()
        held.append(interval["lower"] <= turnout <= interval["upper"])
    # 90% of 20: fewer than 14 has a probability of .2%
    assert sum(held) >= 14


@pytest.mark.parametrize("model", MODELS)
def test_totals_tell_of_the_shared_part(model):
    results = simulated(elections=2, areas=8).assign(city="K")
    totals = pd.DataFrame(
        {
            "date": ["2004-05-01", "2006-05-01", "2008-05-01"],
            "election_type": "local",
            "city": "K",
            "registered": 40_000,
            "voters": [30_000, 8_000, 30_000],
        }
    )
    shaken = model.fit(pd.concat([totals, results])).forecast(COMING, draws=10, seed=1)
    calm = model.fit(results).forecast(COMING, draws=10, seed=1)
    scales = [one.about.diagnostics["shock_scale"] for one in (shaken, calm)]
    assert scales[0] > 2 * scales[1]


@pytest.mark.parametrize("model", MODELS)
def test_a_single_place_is_enough(model):
    results = simulated(elections=4, areas=1).drop(columns="district")
    forecast = model.fit(results).forecast(COMING, draws=200, seed=1)
    low, high = forecast.quantiles([0.05, 0.95])[:, 0]
    assert 0 < low < high < 1


@pytest.mark.parametrize("model", MODELS)
def test_one_election_is_too_few(model):
    with pytest.raises(HistoryError, match="at least two polling days"):
        model.fit(simulated(elections=1)).forecast(COMING)


@pytest.mark.parametrize("model", MODELS)
def test_order_of_rows_is_irrelevant(model):
    results = simulated()
    shuffled = results.sample(frac=1, random_state=1)
    one, other = (
        model.fit(table).forecast(COMING, draws=2000, seed=1).at("total").quantiles([0.5])
        for table in (results, shuffled)
    )
    np.testing.assert_allclose(one, other, atol=0.01)


# Covariates


def with_crowding(effect) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Results whose areas vote by their number of candidates, and a roll with the coming one."""
    rng = np.random.default_rng(5)
    results = simulated(elections=5, areas=80, seed=5)
    candidates = rng.integers(1, 6, len(results))
    share = expit(0.4 + effect * candidates + rng.normal(0, 0.05, len(results)))
    results = results.assign(candidates=candidates, voters=rng.binomial(5000, share))
    roll = results.iloc[:80][["district", "area", "registered"]]
    return results, roll.assign(candidates=np.tile([1, 5], 40))


@pytest.mark.slow
def test_trees_learn_a_covariate_of_places():
    results, roll = with_crowding(effect=0.2)
    gaps = []
    for model in (BoostedTrees(covariates=("candidates",)), BoostedTrees()):
        forecast = model.fit(results).forecast(COMING, roll=roll, draws=300, seed=1)
        by_area = forecast.intervals().set_index("area")["median"]
        few, many = (by_area[roll.loc[roll["candidates"] == n, "area"]].mean() for n in (1, 5))
        gaps.append(many - few)
    # expit(.4 + 1) - expit(.4 + .2) = .16; without the covariate nothing is known of it
    assert gaps[0] > 0.1
    assert abs(gaps[1]) < 0.04


def test_a_missing_covariate_is_named():
    results, roll = with_crowding(effect=0.2)
    with pytest.raises(DataError, match="weather"):
        BoostedTrees(covariates=("weather",)).fit(results).forecast(COMING, roll=roll)
