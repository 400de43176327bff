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


def test_the_order_of_rows_and_areas_is_irrelevant(
    results: pd.DataFrame, forecast: Forecast
) -> None:
    shuffled = forecast_of(results.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(by_area(shuffled), by_area(forecast))


def test_the_order_of_the_roll_is_irrelevant(results: pd.DataFrame) -> None:
    roll = results[results["election"] == "pemilu 3"][["city", "district", "area", "registered"]]
    one, other = forecast_of(results, roll=roll), forecast_of(results, roll=roll[::-1])
    pd.testing.assert_frame_equal(by_area(one), by_area(other))


@pytest.mark.parametrize("date", ["2024-11-27", "2025-02-01"])
def test_changing_the_future_changes_no_forecast(
    results: pd.DataFrame, forecast: Forecast, date: str
) -> None:
    """Areas enough that the fitted variances could have learned from the future."""
    many = simulated(districts=4, areas=10)
    future = many[many["election"] == "pilkada 2"].assign(
        election="later", date=date, voters=lambda table: table["registered"] // 3
    )
    unchanged, changed = forecast_of(many), forecast_of(pd.concat([many, future]))
    np.testing.assert_array_equal(unchanged.draws, changed.draws)
    pd.testing.assert_frame_equal(unchanged.places, changed.places)
    pd.testing.assert_frame_equal(unchanged.history, changed.history)
