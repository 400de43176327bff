"""The flagship from tables to draws: Kota Jambi, totals, offsets, and what it says of itself."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel, check_goal
from turnout.areas import build_panel
from turnout.datasets import Jambi, load_jambi
from turnout.models.covariates.offsets import PARTIAL_SD, offsets

COMING = Election("2024-11-27", "pilkada")


@pytest.fixture(scope="module")
def jambi() -> Jambi:
    return load_jambi()


def forecast_jambi(jambi: Jambi, results: pd.DataFrame, draws: int = 2000) -> Forecast:
    fitted = HierarchicalModel(integration=512).fit(results, crosswalk=jambi.crosswalk)
    return fitted.forecast(COMING, roll=jambi.roll, draws=draws, seed=1)


@pytest.fixture(scope="module")
def forecast(jambi: Jambi) -> Forecast:
    return forecast_jambi(jambi, jambi.results)


def test_kota_jambi_lies_among_its_pilkada_and_below_its_pemilu(forecast: Forecast) -> None:
    """Its four Pilkada came to 62.7 to 69.5%, its last two Pemilu to 80%."""
    city = forecast.at("city").intervals().iloc[0]
    assert 0.627 < city["median"] < 0.72
    assert 0.13 < city["upper"] - city["lower"] < 0.25
    assert check_goal(forecast, 0.86).probability < 0.02


def test_the_kelurahan_lie_where_kelurahan_lie(forecast: Forecast) -> None:
    table = forecast.intervals()
    assert len(table) == 68
    assert table["median"].between(0.45, 0.9).all()
    assert forecast.about.diagnostics["effective_sample_size"] >= 200


@pytest.mark.slow
def test_it_is_a_computation_and_no_display(jambi: Jambi, forecast: Forecast) -> None:
    """Ten points less in every past contest are about as much less in the forecast."""
    results = jambi.results
    tenth = 0.1 * results["registered"]
    counts = ["voters", "voters_low", "voters_high"]
    lower = results.assign(**{name: results[name] - tenth for name in counts})
    then = forecast_jambi(jambi, lower).at("city").intervals()["median"].iloc[0]
    now = forecast.at("city").intervals()["median"].iloc[0]
    assert 0.07 < now - then < 0.14


def test_the_ranking_of_the_kelurahan_rests_on_what_is_known_of_them(forecast: Forecast) -> None:
    """Those low in both Pemilu are low in the forecast too."""
    places = forecast.places
    past = forecast.history[forecast.history["scale"] == "area"]
    mean = past.groupby("area_id")["turnout"].mean().reindex(places["area_id"])
    median = np.median(forecast.draws, axis=0)
    assert np.corrcoef(mean, median)[0, 1] > 0.8


# --- totals --------------------------------------------------------------------------------------


def city(totals: list[tuple[str, str, float]], areas: list[tuple[str, str, float]]) -> pd.DataFrame:
    """Return a city's totals, and equal results of its eight areas, of contests by turnout."""
    rows = [
        {"date": date, "election_type": kind, "registered": 40_000, "voters": 40_000 * share}
        for date, kind, share in totals
    ]
    for date, kind, share in areas:
        for number in range(8):
            rows.append(
                {
                    "date": date,
                    "election_type": kind,
                    "district": f"Kecamatan {number // 4}",
                    "area": f"Kelurahan {number}",
                    "registered": 5_000,
                    "voters": 5_000 * (share + 0.02 * (number % 4 - 1.5)),
                }
            )
    return pd.DataFrame(rows).assign(city="Kota")


def median_of(results: pd.DataFrame, **options: object) -> float:
    fitted = HierarchicalModel(integration=256).fit(results)
    view = fitted.forecast(COMING, draws=2000, seed=1, **options).at("city")
    return float(np.median(view.draws))


@pytest.mark.slow
def test_totals_of_the_type_move_the_forecast_of_every_area() -> None:
    areas = [("2019-04-17", "pemilu", 0.8)]
    high = [("2015-12-09", "pilkada", 0.78), ("2018-06-27", "pilkada", 0.8)]
    low = [(date, kind, share - 0.2) for date, kind, share in high]
    assert median_of(city(high, areas)) - median_of(city(low, areas)) > 0.1


@pytest.mark.slow
def test_a_total_beside_all_its_areas_changes_nothing() -> None:
    areas = [("2015-12-09", "pilkada", 0.65), ("2019-04-17", "pemilu", 0.8)]
    with_total = city([("2019-04-17", "pemilu", 0.8)], areas)
    assert median_of(with_total) == pytest.approx(median_of(city([], areas)), abs=1e-6)


@pytest.mark.slow
def test_a_district_known_as_a_total_is_as_good_as_its_areas_for_the_city() -> None:
    areas = [("2015-12-09", "pilkada", 0.65), ("2018-06-27", "pilkada", 0.7)]
    whole = city([], [*areas, ("2019-04-17", "pemilu", 0.8)])
    past = whole["date"] == "2019-04-17"
    summed = (
        whole[past]
        .groupby(["date", "election_type", "city", "district"], as_index=False)[
            ["registered", "voters"]
        ]
        .sum()
    )
    one, other = median_of(whole), median_of(pd.concat([whole[~past], summed]))
    assert one == pytest.approx(other, abs=0.015)


# --- offsets -------------------------------------------------------------------------------------


def partial(results: pd.DataFrame, date: str, share: float, selection: float) -> pd.DataFrame:
    """Count only a share of the stations of a contest, those that turned out so much more."""
    here = (results["date"] == date) & results["area"].notna()
    out = results.assign(stations_counted=np.nan, stations_total=np.nan)
    counted = out["registered"] * share
    turnout = out["voters"] / out["registered"] + selection
    out.loc[here, "voters"] = (counted * turnout)[here]
    out.loc[here, "registered"] = counted[here]
    out.loc[here, ["stations_counted", "stations_total"]] = [20 * share, 20]
    return out


@pytest.mark.slow
def test_an_official_total_settles_partial_rows() -> None:
    """The counted stations are three points too high, in all areas alike; the total tells."""
    past = [("2015-12-09", "pilkada", 0.65), ("2018-06-27", "pilkada", 0.7)]
    newest = ("2022-06-27", "pilkada", 0.7)
    truth = median_of(city([], [*past, newest]))
    counted = partial(city([], [*past, newest]), newest[0], 0.5, 0.03)
    benchmarked = partial(city([newest], [*past, newest]), newest[0], 0.5, 0.03)
    bias = median_of(counted) - truth
    assert bias > 0.008
    assert abs(median_of(benchmarked) - truth) < 0.6 * bias


def test_partial_rows_of_a_contest_share_one_offset() -> None:
    results = partial(city([], [("2018-06-27", "pilkada", 0.7)]), "2018-06-27", 0.5, 0.0)
    panel = build_panel(results, election=COMING)
    (offset,) = offsets(panel)
    assert offset.sd == PARTIAL_SD
    assert not offset.of_turnout
    np.testing.assert_array_equal(offset.values[:, 0] == 1, panel.is_leaf)
    assert not offset.values[:, 1].any()


def test_other_denominators_have_an_offset_and_the_rolls_own_has_none() -> None:
    results = city([("2018-06-27", "pilkada", 0.7), ("2019-04-17", "pemilu", 0.8)], []).assign(
        registered_basis=["DPT", "DPT + DPK"]
    )
    roll = pd.DataFrame({"city": ["Kota"], "registered": [41_000], "registered_basis": ["DPT"]})
    panel = build_panel(results, roll=roll, election=COMING)
    (offset,) = offsets(panel, roll)
    assert "DPT + DPK" in offset.name
    np.testing.assert_array_equal(np.flatnonzero(offset.values.any(axis=0)), [1])
    # Without word of the roll's, the newest contest's is the measure.
    (other,) = offsets(panel, None)
    np.testing.assert_array_equal(np.flatnonzero(other.values.any(axis=0)), [0])


# --- counted so far ------------------------------------------------------------------------------


@pytest.mark.slow
def test_a_counted_district_total_narrows_the_city() -> None:
    results = city([], [("2015-12-09", "pilkada", 0.65), ("2018-06-27", "pilkada", 0.7)])
    counted = pd.DataFrame(
        {"city": ["Kota"], "district": ["Kecamatan 0"], "registered": [20_000], "voters": [11_000]}
    )
    fitted = HierarchicalModel(integration=256).fit(results)

    def interval(**options: object) -> np.ndarray:
        view = fitted.forecast(COMING, draws=2000, seed=1, **options).at("city")
        return view.quantiles([0.05, 0.5, 0.95])[:, 0]

    before, during = interval(), interval(counted=counted)
    assert during[2] - during[0] < 0.6 * (before[2] - before[0])
    assert during[1] < before[1] - 0.03


# --- what it tells of itself ---------------------------------------------------------------------


def test_many_areas_are_fitted_and_few_are_integrated() -> None:
    rng = np.random.default_rng(1)
    rows = [
        {
            "date": date,
            "election_type": "pilkada",
            "city": "Kota",
            "district": f"D{number % 5}",
            "area": f"A{number}",
            "registered": 3000,
            "voters": rng.binomial(3000, 0.65),
        }
        for date in ("2010-06-27", "2015-06-27", "2020-06-27")
        for number in range(40)
    ]
    fitted = HierarchicalModel().fit(pd.DataFrame(rows))
    assert list(fitted.levels) == ["area"]


def test_the_settings_are_frozen() -> None:
    model = HierarchicalModel()
    with pytest.raises(AttributeError):
        model.memory = 3.0  # type: ignore[misc]
