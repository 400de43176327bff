"""Places that are all of the place above them: the two are one, and both are shown."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel
from turnout.areas import build_panel
from turnout.models.tree.surrogate import surrogate

COMING = Election("2024-11-27", "pilkada")
DAYS = ("2005-06-27", "2010-06-27", "2015-12-09", "2018-06-27", "2020-12-09")


def city(areas: int, seed: int = 1) -> pd.DataFrame:
    """Return results of areas that keep their rank, each within three points of its own level."""
    rng = np.random.default_rng(seed)
    level = 0.65 + 0.05 * rng.standard_normal(areas)
    turnout = level + rng.normal(0, 0.05, (len(DAYS), 1)) + rng.normal(0, 0.01, (len(DAYS), areas))
    day, area = (grid.ravel() for grid in np.indices(turnout.shape))
    return pd.DataFrame(
        {
            "date": np.array(DAYS)[day],
            "election_type": "pilkada",
            "city": "Kota",
            "area": [f"A{one:02d}" for one in area],
            "registered": 5_000,
            "voters": (5_000 * turnout.ravel()).round(),
        }
    )


def forecast_of(results: pd.DataFrame, roll: pd.DataFrame | None = None) -> Forecast:
    fitted = HierarchicalModel(integration=256).fit(results)
    return fitted.forecast(COMING, roll=roll, draws=2_000, seed=1)


def width_of(draws: np.ndarray) -> np.ndarray:
    return np.diff(np.quantile(draws, [0.05, 0.95], axis=0), axis=0)[0]


def width_in_the_city(forecast: Forecast) -> np.ndarray:
    """Return how wide the areas lie about their city."""
    return width_of(forecast.draws - forecast.at("city").draws)


@pytest.mark.slow
@pytest.mark.parametrize("areas", [8, 40])  # integrated over, fitted
def test_districts_of_one_area_each_are_the_areas(areas: int) -> None:
    alone = city(areas)
    one, other = forecast_of(alone), forecast_of(alone.assign(district="Kec. " + alone["area"]))
    np.testing.assert_allclose(
        np.median(other.draws, axis=0), np.median(one.draws, axis=0), atol=0.006
    )
    mine, theirs = width_in_the_city(other).mean(), width_in_the_city(one).mean()
    assert mine == pytest.approx(theirs, rel=0.05)
    assert other.scales == ("area", "district", "city")
    np.testing.assert_allclose(other.at("district").draws, other.draws, rtol=1e-6)


@pytest.mark.slow
def test_a_level_that_repeats_the_one_above_has_no_part_in_the_uncertainty() -> None:
    results = city(8)
    fitted = HierarchicalModel(integration=256).fit(
        results.assign(district="Kec. " + results["area"])
    )
    components = fitted.diagnose(COMING).table
    assert set(components["scale"]) == {"city", "district"}
    assert fitted.summary()
    assert fitted.summary("id")


@pytest.mark.slow
def test_a_district_whose_other_area_was_seen_once_or_is_new_has_two() -> None:
    results = city(8)
    results = results.assign(district="Kec. " + results["area"])
    gone = results.iloc[[0]].assign(area="Lama")
    seen = surrogate(build_panel(pd.concat([gone, results])), (), 0.3, np.array(0.6)).tree
    assert not seen.is_as_above(2)
    assert surrogate(build_panel(results), (), 0.3, np.array(0.6)).tree.is_as_above(2)
    assert not surrogate(build_panel(results), (), 0.3, np.array(0.6)).tree.is_as_above(1)


@pytest.mark.slow
@pytest.mark.parametrize("areas", [8, 40])
def test_a_new_area_beside_an_only_one_is_not_taken_for_it(areas: int) -> None:
    results = city(areas)
    results = results.assign(district="Kec. " + results["area"])
    newest = results[results["date"] == DAYS[-1]][["city", "district", "area", "registered"]]
    new = newest.iloc[[0]].assign(area="Baru")
    forecast = forecast_of(results, roll=pd.concat([newest, new]))
    wide = width_in_the_city(forecast)
    is_new = (forecast.places["area"] == "Baru").to_numpy()
    assert wide[is_new][0] > 1.3 * wide[~is_new].mean()
