"""What must hold of every forecast of the hierarchical model, whatever the numbers."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel

COMING = Election("2024-11-27", "pilkada")
MODEL = HierarchicalModel(integration=256)
KINDS = ("pilkada", "pemilu", "pilkada", "pemilu", "pilkada")


def simulated(districts: int = 3, areas: int = 4, contests: int = 4, seed: int = 1) -> pd.DataFrame:
    """Return results of an invented city; contests three years apart, types in turn."""
    rng = np.random.default_rng(seed)
    shock = rng.normal(0, 0.2, contests)
    rows = []
    for district in range(districts):
        for area in range(areas):
            size = int(rng.integers(300, 6_000))
            level = 0.7 + rng.normal(0, 0.25)
            for contest in range(contests):
                kind = KINDS[contest]
                logit = level + shock[contest] + 0.3 * (kind == "pemilu") + rng.normal(0, 0.1)
                rows.append(
                    {
                        "election": f"{kind} {contest}",
                        "date": f"{2010 + 3 * contest}-06-27",
                        "election_type": kind,
                        "city": "Kota Contoh",
                        "district": f"Kecamatan {district}",
                        "area": f"Kelurahan {district}.{area}",
                        "registered": size,
                        "voters": rng.binomial(size, 1 / (1 + np.exp(-logit))),
                    }
                )
    return pd.DataFrame(rows)


def forecast_of(results: pd.DataFrame, **options: object) -> Forecast:
    settings = {"draws": 400, "seed": 1} | options
    return MODEL.fit(results).forecast(COMING, **settings)


@pytest.fixture(scope="module")
def results() -> pd.DataFrame:
    return simulated()


@pytest.fixture(scope="module")
def forecast(results: pd.DataFrame) -> Forecast:
    return forecast_of(results)


def by_area(forecast: Forecast) -> pd.DataFrame:
    """Return the draws with one column per area, in the order of the names."""
    return pd.DataFrame(np.asarray(forecast.draws), columns=forecast.places["area"]).sort_index(
        axis=1
    )


@pytest.mark.slow
def test_the_order_of_rows_and_areas_is_irrelevant(
    results: pd.DataFrame, forecast: Forecast
) -> None:
    shuffled = forecast_of(results.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(by_area(shuffled), by_area(forecast))


@pytest.mark.slow
def test_the_order_of_the_roll_is_irrelevant(results: pd.DataFrame) -> None:
    roll = results[results["election"] == "pemilu 3"][["city", "district", "area", "registered"]]
    one, other = forecast_of(results, roll=roll), forecast_of(results, roll=roll[::-1])
    pd.testing.assert_frame_equal(by_area(one), by_area(other))


@pytest.mark.parametrize("date", ["2024-11-27", pytest.param("2025-02-01", marks=pytest.mark.slow)])
def test_changing_the_future_changes_no_forecast(date: str) -> None:
    """Areas enough that the fitted variances could have learned from the future."""
    many = simulated(districts=4, areas=10)
    future = many[many["election"] == "pilkada 2"].assign(
        election="later", date=date, voters=lambda table: table["registered"] // 3
    )
    unchanged, changed = forecast_of(many), forecast_of(pd.concat([many, future]))
    np.testing.assert_array_equal(unchanged.draws, changed.draws)
    pd.testing.assert_frame_equal(unchanged.places, changed.places)
    pd.testing.assert_frame_equal(unchanged.history, changed.history)


# --- views ---------------------------------------------------------------------------------------


def test_wider_intervals_contain_narrower_ones(forecast: Forecast) -> None:
    for scale in forecast.scales:
        levels = (0.5, 0.8, 0.9, 0.95)
        table = forecast.intervals(by=scale, level=levels)
        lower = np.array([table.loc[table["level"] == level, "lower"] for level in levels])
        upper = np.array([table.loc[table["level"] == level, "upper"] for level in levels])
        assert (np.diff(lower, axis=0) <= 0).all()
        assert (np.diff(upper, axis=0) >= 0).all()
        assert (lower[0] <= table["median"].iloc[: lower.shape[1]]).all()


def test_a_higher_goal_is_never_likelier(forecast: Forecast) -> None:
    goals = np.linspace(0.02, 0.99, 41)
    for scale in forecast.scales:
        chance = np.array([forecast.prob(goal, by=scale) for goal in goals])
        assert (np.diff(chance, axis=0) <= 0).all()
        np.testing.assert_array_equal(chance[0], 1)


def test_weighted_areas_equal_the_whole_in_every_draw(forecast: Forecast) -> None:
    registered = forecast.places["registered"].to_numpy()
    voters = forecast.draws.astype(float) * registered
    city = forecast.at("city")
    np.testing.assert_allclose(city.draws[:, 0], voters.sum(axis=1) / registered.sum(), rtol=1e-6)
    district = forecast.at("district")
    for column, name in enumerate(district.places["district"]):
        own = (forecast.places["district"] == name).to_numpy()
        np.testing.assert_allclose(
            district.draws[:, column],
            voters[:, own].sum(axis=1) / registered[own].sum(),
            rtol=1e-6,
        )
    np.testing.assert_allclose(district.at("city").draws, city.draws, rtol=1e-6)


# --- what the forecast answers to ----------------------------------------------------------------


def lowered(results: pd.DataFrame, points: float) -> pd.DataFrame:
    share = results["voters"] / results["registered"] - points / 100
    return results.assign(voters=(share.clip(0, 1) * results["registered"]).round())


@pytest.mark.slow
def test_lower_past_turnout_lowers_the_forecast_by_about_as_much(results: pd.DataFrame) -> None:
    now = forecast_of(results, draws=2000).at("city").intervals()["median"].iloc[0]
    then = forecast_of(lowered(results, 10), draws=2000).at("city").intervals()["median"].iloc[0]
    assert 0.05 < now - then < 0.13


@pytest.mark.slow
@pytest.mark.parametrize("factor", [0.5, 2.0])
def test_the_prior_scale_matters_as_told(results: pd.DataFrame, factor: float) -> None:
    """Twice the prior standard deviations widen the city's interval, half of them narrow it."""

    def width(scale: float) -> float:
        model = HierarchicalModel(integration=256, scale=scale)
        table = model.fit(results).forecast(COMING, draws=3000, seed=2).at("city").intervals()
        return float((table["upper"] - table["lower"]).iloc[0])

    ratio = width(factor) / width(1.0)
    assert ratio < 0.95 if factor < 1 else ratio > 1.05


@pytest.mark.parametrize("contests", [1, 2])
@pytest.mark.parametrize(("districts", "areas"), [(1, 1), (1, 3), (3, 1)])
def test_small_panels_give_wide_forecasts(contests: int, districts: int, areas: int) -> None:
    small = simulated(districts=districts, areas=areas, contests=contests)
    forecast = forecast_of(small)
    assert len(forecast.places) == districts * areas
    width = np.diff(forecast.at(forecast.top).quantiles([0.05, 0.95])[:, 0])
    assert 0.15 < width < 0.7


@pytest.mark.slow
def test_draws_are_exchangeable(results: pd.DataFrame) -> None:
    """No trend and no neighbourhood among the draws: any part of them is as good as another."""
    city = forecast_of(results, draws=4000).at("city").draws[:, 0]
    half = len(city) // 2
    spread = city.std() / np.sqrt(half / 2)
    assert abs(city[:half].mean() - city[half:].mean()) < 4 * spread
    away = city - city.mean()
    assert abs((away[1:] * away[:-1]).mean() / away.var()) < 4 / np.sqrt(len(city))


def test_the_same_seed_gives_the_same_draws(results: pd.DataFrame, forecast: Forecast) -> None:
    np.testing.assert_array_equal(forecast_of(results).draws, forecast.draws)
    assert (forecast_of(results, seed=2).draws != forecast.draws).any()


@pytest.mark.slow
def test_a_new_area_is_forecast_like_its_district_with_less_certainty(
    results: pd.DataFrame,
) -> None:
    roll = results[results["election"] == "pemilu 3"][["city", "district", "area", "registered"]]
    new = pd.DataFrame(
        [
            {
                "city": "Kota Contoh",
                "district": "Kecamatan 1",
                "area": "Kelurahan Baru",
                "registered": 2000,
            }
        ]
    )
    table = forecast_of(results, roll=pd.concat([roll, new]), draws=3000).intervals()
    width = (table["upper"] - table["lower"]).to_numpy()
    is_new = (table["area"] == "Kelurahan Baru").to_numpy()
    neighbours = (table["district"] == "Kecamatan 1").to_numpy() & ~is_new
    assert width[is_new][0] > width[neighbours].max()
    median = table["median"].to_numpy()
    assert median[neighbours].min() < median[is_new][0] < median[neighbours].max()


# --- during the count ----------------------------------------------------------------------------


def count_of(results: pd.DataFrame, areas: int, share: float, turnout: float) -> pd.DataFrame:
    """Return a count of the first areas: so many of 20 stations, at a turnout."""
    places = results[results["election"] == "pemilu 3"].head(areas)
    counted = (places["registered"] * share).round()
    return places[["city", "district", "area"]].assign(
        registered=counted,
        voters=(counted * turnout).round(),
        stations_counted=round(20 * share),
        stations_total=20,
    )


@pytest.mark.slow
def test_a_counted_area_has_its_counted_turnout_in_every_draw(results: pd.DataFrame) -> None:
    counted = count_of(results, 5, 1.0, 0.58)
    counted["registered"] += 7  # the roll of the day differs from the one before
    forecast = forecast_of(results, counted=counted)
    done = forecast.places["area"].isin(counted["area"]).to_numpy()
    names = forecast.places.loc[done, "area"]
    known = counted.set_index("area").loc[names]
    np.testing.assert_array_equal(forecast.places.loc[done, "registered"], known["registered"])
    expected = np.tile(known["voters"] / known["registered"], (len(forecast.draws), 1))
    np.testing.assert_allclose(forecast.draws[:, done], expected, rtol=1e-6)
    assert (forecast.draws[:, ~done].std(axis=0) > 0.01).all()


@pytest.mark.slow
def test_a_complete_count_leaves_nothing_open(results: pd.DataFrame) -> None:
    counted = count_of(results, 12, 1.0, 0.58)
    city = forecast_of(results, counted=counted).at("city").draws
    np.testing.assert_allclose(
        city, counted["voters"].sum() / counted["registered"].sum(), rtol=1e-6
    )


@pytest.mark.slow
def test_the_more_is_counted_the_less_is_open(results: pd.DataFrame) -> None:
    def width(share: float) -> float:
        counted = count_of(results, 12, share, 0.6) if share else None
        ends = forecast_of(results, counted=counted, draws=2000).at("city").quantiles([0.05, 0.95])
        return float(ends[1, 0] - ends[0, 0])

    widths = [width(share) for share in (0, 0.1, 0.5, 0.9, 1.0)]
    assert (np.diff(widths) < 0).all()
    assert widths[1] < 0.6 * widths[0]
    assert widths[-1] == pytest.approx(0, abs=1e-6)


@pytest.mark.slow
@pytest.mark.parametrize("turnout", [0.15, 0.6, 0.98])
def test_the_forecast_keeps_what_is_counted(results: pd.DataFrame, turnout: float) -> None:
    """Counted voters stay voters, those counted absent stay absent."""
    counted = count_of(results, 12, 0.4, turnout)
    forecast = forecast_of(results, counted=counted)
    known = counted.set_index("area").loc[forecast.places["area"]]
    registered = forecast.places["registered"].to_numpy()
    least = known["voters"].to_numpy() / registered
    most = 1 - (known["registered"] - known["voters"]).to_numpy() / registered
    assert (forecast.draws >= least - 1e-6).all()
    assert (forecast.draws <= most + 1e-6).all()


@pytest.mark.slow
def test_areas_that_are_counted_move_those_that_are_not(results: pd.DataFrame) -> None:
    def rest(turnout: float) -> float:
        forecast = forecast_of(results, counted=count_of(results, 6, 1.0, turnout))
        return float(forecast.intervals()["median"].iloc[6:].mean())

    assert rest(0.5) < rest(0.6) - 0.05


@pytest.mark.slow
def test_the_uncounted_rest_does_not_inherit_the_selection_of_the_first_stations(
    results: pd.DataFrame,
) -> None:
    """With all but the last station counted, the city is known to within that station."""
    counted = count_of(results, 12, 0.95, 0.6)
    ends = forecast_of(results, counted=counted, draws=2000).at("city").quantiles([0.05, 0.95])
    assert ends[1, 0] - ends[0, 0] < 0.05 * 0.3


# --- tables of every kind ------------------------------------------------------------------------


def summed(results: pd.DataFrame, *places: str) -> pd.DataFrame:
    keys = ["election", "date", "election_type", *places]
    return results.groupby(keys, as_index=False)[["registered", "voters"]].sum()


@pytest.mark.slow
def test_a_roll_may_be_finer_than_the_history(results: pd.DataFrame) -> None:
    roll = results[results["election"] == "pemilu 3"][["city", "district", "area", "registered"]]
    for known in (["city"], ["city", "district"]):
        forecast = forecast_of(summed(results, *known), roll=roll)
        assert len(forecast.places) == 12
        assert 0.55 < np.median(forecast.at("city").draws) < 0.8


@pytest.mark.slow
def test_many_areas_of_the_roll_below_many_districts_of_the_history() -> None:
    districts = simulated(districts=40, areas=1, contests=3)
    newest = districts[districts["election"] == "pilkada 2"]
    roll = pd.concat(
        [
            newest[["city", "district", "area", "registered"]].assign(
                area=lambda table, number=number: table["area"] + f" {number}"
            )
            for number in range(3)
        ]
    )
    forecast = forecast_of(districts.drop(columns="area"), roll=roll)
    assert len(forecast.places) == 120
    width = np.diff(np.quantile(forecast.draws, [0.05, 0.95], axis=0), axis=0)
    whole = np.diff(np.quantile(forecast.at("district").draws, [0.05, 0.95], axis=0), axis=0)
    assert width.mean() > whole.mean()


def test_a_history_of_totals_alone_is_enough(results: pd.DataFrame) -> None:
    forecast = forecast_of(summed(results, "city"))
    assert len(forecast.places) == 1
    assert forecast.scale == "city"


@pytest.mark.slow
def test_areas_without_anything_above_them_have_a_total(results: pd.DataFrame) -> None:
    forecast = forecast_of(results.drop(columns=["city", "district"]))
    assert forecast.scales == ("area", "total")


@pytest.mark.slow
def test_more_contests_than_weighting_can_bear(results: pd.DataFrame) -> None:
    """Twelve contests of twelve areas in three districts: dozens of variances to integrate."""
    older = [
        results.assign(
            election=results["election"] + f" {back}",
            date=pd.to_datetime(results["date"]) - pd.DateOffset(months=14 * back),
        )
        for back in range(3)
    ]
    forecast = forecast_of(pd.concat(older))
    assert forecast.about.diagnostics["effective_sample_size"] >= 50
