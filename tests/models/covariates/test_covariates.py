"""Covariates: what is put in is found again, totals are means, and what is missing is said."""

import numpy as np
import pandas as pd
import pytest
from scipy.optimize import approx_fprime
from scipy.special import expit

from turnout.areas import build_panel
from turnout.elections import Election
from turnout.errors import DataError
from turnout.models.covariates.covariate import read_covariates
from turnout.models.covariates.parts import CONTEST_SD, MEAN, PLACE_SD
from turnout.models.points.boosting import BoostedTrees
from turnout.models.tree.kernels import ContestKernel
from turnout.models.tree.messages import effects_posterior, observe
from turnout.models.tree.model import HierarchicalModel
from turnout.models.tree.variances import _profile

COMING = Election("2030-11-27", "pilkada")
DAYS = ("2012-11-27", "2015-12-09", "2018-06-27", "2020-12-09", "2025-11-27")


def town() -> pd.DataFrame:
    """Two districts of 100 and 300 voters, two areas in one of them, and the town's total."""
    rows = [
        ("2018-06-27", "A", "a1", 100, 70, 2.0),
        ("2018-06-27", "A", "a2", 300, 200, 4.0),
        ("2018-06-27", "B", "b1", 200, 150, 4.0),
        ("2023-06-27", "A", "a1", 100, 60, 3.0),
        ("2023-06-27", "A", "a2", 300, 210, None),
        ("2023-06-27", "B", None, 200, 150, 5.0),
        ("2013-06-27", None, None, 600, 400, 7.0),
    ]
    names = ["date", "district", "area", "registered", "voters", "candidates"]
    return pd.DataFrame(rows, columns=names).assign(election_type="pilkada")


def simulated(rng: np.random.Generator, *, of_contest: float, of_place: float) -> pd.DataFrame:
    """Return 60 areas in 12 contests with effects per standard deviation of two covariates."""
    areas, contests = 60, 12
    fever = rng.standard_normal(contests)
    fever = (fever - fever.mean()) / fever.std()
    crowd = rng.standard_normal((areas, contests))
    lasting = 0.15 * rng.standard_normal((areas, 1))
    noise = 0.05 * rng.standard_normal((areas, contests))
    shock = 0.1 * rng.standard_normal(contests)
    logits = 0.8 + of_contest * fever + of_place * crowd + lasting + shock + noise
    area, contest = np.divmod(np.arange(areas * contests), contests)
    years = 2000 + 2 * contest
    return pd.DataFrame(
        {
            "date": [f"{year}-06-01" for year in years],
            "election_type": "pilkada",
            "district": [f"district {one // 10}" for one in area],
            "area": [f"area {one}" for one in area],
            "registered": 4_000,
            "voters": rng.binomial(4_000, expit(logits)).ravel(),
            "fever": 10 + 3 * fever[contest],
            "crowd": 500 + 50 * crowd.ravel(),
        }
    )


def coming_roll(results: pd.DataFrame, **columns: float) -> pd.DataFrame:
    newest = results[results["date"] == results["date"].max()]
    return newest[["district", "area", "registered"]].assign(**columns)


@pytest.mark.slow
def test_effects_of_contests_and_places_are_recovered() -> None:
    """Put in: 0.25 per sd of a contest's, -0.12 per sd of a place's."""
    results = simulated(np.random.default_rng(4), of_contest=0.25, of_place=-0.12)
    fitted = HierarchicalModel(covariates=("fever", "crowd")).fit(results)
    roll = coming_roll(results, fever=10.0, crowd=500.0)
    state = fitted.predictive(COMING, roll=roll).state
    assert [effect.name for effect in state.effects] == ["fever", "crowd", f"crowd{MEAN}"]
    assert [effect.sd for effect in state.effects] == [CONTEST_SD, PLACE_SD, CONTEST_SD]
    best = state.posterior.draws[[np.argmax(state.posterior.weights)]]
    quadratic = state.upper(best).nodes[0].up.quadratic[:, 0]
    center, precision = effects_posterior(quadratic, *state.effect_priors)
    sd = np.sqrt(np.diag(np.linalg.inv(precision[0])))
    # Among 12 contests with shocks of .1 the one is known to .1 / sqrt(12), or a little less well.
    np.testing.assert_array_less(np.abs(center[0, :2] - [0.25, -0.12]), 3 * sd[:2])
    assert 0.02 < sd[0] < 0.08
    assert sd[1] < 0.01


@pytest.mark.slow
def test_a_forecast_follows_what_the_roll_says() -> None:
    results = simulated(np.random.default_rng(4), of_contest=0.25, of_place=-0.12)
    fitted = HierarchicalModel(covariates=("fever", "crowd")).fit(results)

    def logits(fever: float, first: float) -> tuple[float, np.ndarray]:
        """Return the whole's and the places' mean logits; the first place is crowded by `first`."""
        roll = coming_roll(results, fever=fever, crowd=500.0)
        roll.loc[roll.index[0], "crowd"] += first
        forecast = fitted.forecast(COMING, roll=roll, draws=400, seed=2)
        whole, places = (
            np.log(draws / (1 - draws)).mean(axis=0)
            for draws in (forecast.at("total").draws, forecast.draws)
        )
        return float(whole[0]), places

    usual, places = logits(10.0, 0.0)
    np.testing.assert_allclose(logits(13.0, 0.0)[0] - usual, 0.25, atol=0.06)
    moved = logits(10.0, 50.0)[1] - places
    np.testing.assert_allclose(moved[0] - moved[1:].mean(), -0.12, atol=0.02)


def test_what_a_covariate_explains_is_no_variance_of_areas() -> None:
    results = simulated(np.random.default_rng(4), of_contest=0.0, of_place=0.2)

    def shock(model: HierarchicalModel) -> float:
        return float(np.exp(model.fit(results).levels["area"][5]))

    assert shock(HierarchicalModel()) > 0.15
    assert shock(HierarchicalModel(covariates=("crowd",))) < 0.08  # put in: .05


def test_the_gradient_is_the_derivative_with_linear_effects() -> None:
    rng = np.random.default_rng(1)
    dates = pd.to_datetime(["2013-06-01", "2015-06-01", "2018-06-01", "2024-06-01"])
    types = ["pileg", "pilkada", "pilkada", "pileg"]
    kernel = ContestKernel.of(
        pd.DataFrame({"date": dates, "election_type": types, "type_group": types})
    )
    parent = np.repeat(np.arange(5), 4)
    values, designs = rng.normal(size=(20, 4)), rng.normal(size=(20, 4, 2))
    weights = np.where(rng.random((20, 4)) < 0.7, rng.uniform(5, 200, (20, 4)), 0.0)
    data = observe(values, designs, weights)
    effects = (np.array([0.1, 0.0]), np.array([0.3, 0.2]))
    point = np.log([0.2, 0.1, 0.1, 0.12, 0.08, 0.15, 12.0])

    def value(log_parameters: np.ndarray) -> float:
        return _profile(data, parent, kernel.covariance(log_parameters), effects)[0]

    slope = _profile(data, parent, kernel.covariance(point), effects)[1]
    numeric = approx_fprime(point, value, 1e-6)
    np.testing.assert_allclose(kernel.gradient(point, slope), numeric, atol=2e-3, rtol=1e-4)


def test_totals_are_means_of_their_places_and_gaps_are_filled() -> None:
    panel = build_panel(town())
    (covariate,) = read_covariates(panel, ["candidates"])
    table = panel.nodes[["district", "area"]].assign(
        **{str(2013 + 5 * contest): covariate.values[:, contest] for contest in range(3)}
    )
    rows = {(row.district, row.area): list(row)[2:] for row in table.itertuples(index=False)}
    # 2018: A is (100 x 2 + 300 x 4) / 400, the town (400 x 3.5 + 200 x 4) / 600.
    np.testing.assert_allclose(rows["A", "a1"], [7, 2, 3])
    np.testing.assert_allclose(rows["A", "a2"], [7, 4, 3])
    np.testing.assert_allclose(rows["A", None], [7, 3.5, 3])
    np.testing.assert_allclose(rows["B", "b1"], [7, 4, 5])
    np.testing.assert_allclose(rows[None, None], [7, 2200 / 600, (3 * 400 + 5 * 200) / 600])
    # That of a2 in 2023 is only its neighbour's; the town's of 2013 was told.
    assert covariate.unknown["results"] == 1
    assert [part.sd for part in covariate.parts] == [PLACE_SD, CONTEST_SD]
    # A place's part is its distance from the town's mean, which a total has none of.
    np.testing.assert_array_equal(covariate.parts[0].away[0], 0.0)


@pytest.mark.slow
def test_without_covariates_nothing_changes() -> None:
    results = simulated(np.random.default_rng(4), of_contest=0.1, of_place=0.1)
    plain = results.drop(columns=["fever", "crowd"])
    forecasts = [
        HierarchicalModel().fit(table).forecast(COMING, draws=200, seed=1)
        for table in (plain, results)
    ]
    np.testing.assert_array_equal(forecasts[0].draws, forecasts[1].draws)


@pytest.mark.slow
def test_a_covariate_of_usual_value_everywhere_changes_next_to_nothing() -> None:
    """Centred: what is usual is no news, whatever the units."""
    results = simulated(np.random.default_rng(4), of_contest=0.0, of_place=0.0)
    roll = coming_roll(results, fever=10.0)
    totals = [
        model.fit(results).forecast(COMING, roll=roll, draws=2000, seed=1).at("total")
        for model in (HierarchicalModel(), HierarchicalModel(covariates=("fever",)))
    ]
    medians = [total.intervals()["median"].iloc[0] for total in totals]
    np.testing.assert_allclose(medians[1], medians[0], atol=0.006)


@pytest.mark.slow
def test_a_covariate_that_never_varied_says_that_its_prior_speaks() -> None:
    results = town().assign(uncontested=False)
    results[["registered", "voters"]] *= 1000
    roll = coming_roll(results.dropna(subset=["area"]), uncontested=True)
    fitted = HierarchicalModel(covariates=("uncontested",)).fit(results)
    forecast = fitted.forecast(COMING, roll=roll, draws=4000, seed=1)
    (said,) = [note for note in forecast.about.notes if "uncontested" in note.say()]
    # 70% x 30% x (-0.1 +- 0.2) logit.
    assert "from its prior alone (-2.1 points, give or take 4.2" in said.say("en")
    assert "-2,1 poin, kurang lebih 4,2" in said.say("id")
    without = fitted.forecast(COMING, roll=roll.assign(uncontested=0), draws=4000, seed=1)
    logits = [
        np.log(one.draws / (1 - one.draws)).astype(float)[:, 0] for one in (forecast, without)
    ]
    # The documented prior: -0.1 +- 0.2 logit per unit; a single candidate widens the forecast.
    np.testing.assert_allclose(logits[0].mean() - logits[1].mean(), -0.1, atol=0.02)
    difference = logits[0] - logits[1]
    np.testing.assert_allclose(difference.std(), 0.2, rtol=0.1)


@pytest.mark.slow
def test_a_place_without_a_value_counts_at_the_mean_and_is_said() -> None:
    results = simulated(np.random.default_rng(4), of_contest=0.0, of_place=0.2)
    roll = coming_roll(results, crowd=500.0)
    roll.loc[roll.index[:3], "crowd"] = np.nan
    fitted = HierarchicalModel(covariates=("crowd",)).fit(results)
    notes = fitted.forecast(COMING, roll=roll, draws=100, seed=1).about.notes
    (said,) = [note.say("en") for note in notes if "crowd" in note.say("en")]
    assert "0 of 720 past results and 3 of 60 places to forecast" in said


def test_covariates_that_need_no_column() -> None:
    results = town().assign(stations_total=[1, 3, 2, 1, 3, 1, 6])
    panel = build_panel(results, election=COMING)
    months, size = read_covariates(panel, ["months_since_last", "log_registered"], 3)
    # 60 months from June 2013 to June 2018, 60 more, and 89 to November 2030.
    np.testing.assert_allclose(months.values[0, 1:], [60, 60, 89], atol=0.1)
    assert np.isnan(months.values[0, 0])
    assert [part.sd for part in months.parts] == [CONTEST_SD]
    # A place is as large in every contest: there is nothing that a contest has in common.
    assert [part.sd for part in size.parts] == [PLACE_SD]
    places = dict(zip(panel.nodes["area"], size.values[:, 3], strict=True))
    np.testing.assert_allclose(places["a2"] - places["a1"], np.log(3))
    roll = results.iloc[:3][["district", "area", "registered"]].assign(stations_total=[1, 3, 1])
    panel = build_panel(results, election=COMING, roll=roll)
    (crowding,) = read_covariates(panel, ["voters_per_station"], 3)
    places = dict(zip(panel.nodes["area"], crowding.values.tolist(), strict=True))
    np.testing.assert_allclose(places["a1"], [100, 100, 100, 100])
    np.testing.assert_allclose(places["b1"], [100, 100, 200, 200])


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"columns": ["candidates"]}, "lack the covariate 'candidates'"),
        ({"values": None}, "has no value in any result before the election"),
        ({"values": "many"}, r"7 values of the covariate 'candidates' are not numbers"),
        ({"values": np.inf}, r"7 values of the covariate 'candidates' are not numbers"),
        ({"values": "2.848"}, r"two ways: 7 values .* \(first: 2\.848\)"),
    ],
)
def test_a_covariate_that_cannot_be_read_is_an_error(change: dict, said: str) -> None:
    results = town()
    if "columns" in change:
        results = results.drop(columns=change["columns"])
    else:
        results = results.assign(candidates=change["values"])
    with pytest.raises(DataError, match=said):
        HierarchicalModel(covariates=("candidates",)).fit(results)


def test_a_coming_election_without_a_value_is_an_error_that_tells_the_remedy() -> None:
    fitted = HierarchicalModel(covariates=("candidates",)).fit(town())
    with pytest.raises(DataError, match="Add the column 'candidates' to the roll") as caught:
        fitted.forecast(COMING, draws=100)
    assert "daftar pemilih" in caught.value.say("id")


@pytest.mark.slow
def test_a_history_of_totals_alone_follows_its_covariate() -> None:
    """Without places below, the whole is a target itself."""
    fever = np.array([-1.0, 1.0, -1.0, 1.0, -1.0])
    share = expit(0.8 + 0.3 * fever)
    results = pd.DataFrame(
        {
            "date": DAYS,
            "election_type": "pilkada",
            "city": "Kota",
            "registered": 100_000,
            "voters": (100_000 * share).round(),
            "fever": fever,
        }
    )
    fitted = HierarchicalModel(covariates=("fever",)).fit(results)
    medians = [
        fitted.forecast(
            COMING,
            roll=pd.DataFrame({"city": ["Kota"], "registered": [100_000], "fever": [value]}),
            draws=2000,
            seed=1,
        )
        .intervals()["median"]
        .iloc[0]
        for value in (-1.0, 1.0)
    ]
    np.testing.assert_allclose(medians, expit([0.5, 1.1]), atol=0.03)


def test_numbers_are_read_as_people_write_them() -> None:
    results = town().assign(candidates=["2.848", "591", "1.084.000", "3", "4", "5", "6"])
    (covariate,) = read_covariates(build_panel(results), ["candidates"])
    assert np.nanmax(covariate.values) == 1_084_000
    assert 2848 in covariate.values


@pytest.mark.parametrize("name", ["registered", "voters", "district"])
def test_a_column_of_every_results_table_is_no_covariate(name: str) -> None:
    with pytest.raises(DataError, match=f"'{name}' is a column of every results table"):
        HierarchicalModel(covariates=(name,)).fit(town())


def crowded(rng: np.random.Generator, caps: list[float]) -> pd.DataFrame:
    """Return 40 areas where a crowded station sends people to the next one: no more, no fewer."""
    areas, contests = 40, len(caps)
    own = rng.normal(0.0, 20.0, (areas, 1)) + rng.normal(0.0, 10.0, (areas, contests))
    own -= own.mean(axis=0)
    logits = 0.8 - 0.006 * own + 0.1 * rng.standard_normal(contests)
    area, contest = np.divmod(np.arange(areas * contests), contests)
    return pd.DataFrame(
        {
            "date": [f"{2000 + 5 * one}-06-01" for one in contest],
            "election_type": "pilkada",
            "area": [f"area {one}" for one in area],
            "registered": 4_000,
            "voters": rng.binomial(4_000, expit(logits)).ravel(),
            "crowd": (own + np.array(caps)).ravel(),
        }
    )


@pytest.mark.slow
def test_what_sets_places_apart_does_not_move_the_whole() -> None:
    """The cap of voters per station doubles, and the places' slope must not be taken for its."""
    results = crowded(np.random.default_rng(8), [280.0, 290.0, 285.0, 275.0, 283.0])
    newest = results[results["date"] == "2020-06-01"][["area", "registered", "crowd"]]
    roll = newest.assign(crowd=newest["crowd"] + 290.0)
    forecasts = [
        HierarchicalModel(covariates=names).fit(results).forecast(COMING, roll=roll, seed=1)
        for names in ((), ("crowd",))
    ]
    plain, told = (one.at("total").intervals().iloc[0] for one in forecasts)
    assert abs(told["median"] - plain["median"]) < 0.03
    # How the whole answers is not known, and the interval says so.
    assert told["upper"] - told["lower"] > 1.2 * (plain["upper"] - plain["lower"])
    (said,) = [note.say("en") for note in forecasts[1].about.notes if "crowd" in note.say("en")]
    assert "is 573 in the coming election; in past ones it lay between 275 and 290" in said


@pytest.mark.slow
@pytest.mark.parametrize("past", [[300, 301, 299, 300, 302], [300] * 5])
def test_what_hardly_ever_varied_cannot_move_a_forecast_anywhere(past: list[float]) -> None:
    rng = np.random.default_rng(2)
    results = crowded(rng, [300.0] * 5)
    results["rule"] = np.tile(past, 40)
    roll = results[results["date"] == "2020-06-01"][["area", "registered"]].assign(rule=600)
    plain, told = (
        HierarchicalModel(covariates=names)
        .fit(results)
        .forecast(COMING, roll=roll, seed=1)
        .at("total")
        .draws[:, 0]
        for names in ((), ("rule",))
    )
    sizes = [np.log(draws / (1 - draws)).std() for draws in (plain, told)]
    np.testing.assert_allclose(np.sqrt(sizes[1] ** 2 - sizes[0] ** 2), CONTEST_SD, rtol=0.15)


@pytest.mark.slow
@pytest.mark.parametrize("name", ["fever", "months_since_last"])
def test_trees_say_what_they_cannot_use(name: str) -> None:
    results = simulated(np.random.default_rng(4), of_contest=0.1, of_place=0.0)
    fitted = BoostedTrees(covariates=(name, "crowd")).fit(results)
    roll = coming_roll(results, fever=10.0, crowd=500.0)
    notes = fitted.forecast(COMING, roll=roll, draws=50, seed=1).about.notes
    (said,) = [note.say("en") for note in notes if "have no effect in it" in note.say("en")]
    assert f"have no effect in it: {name}. HierarchicalModel" in said
