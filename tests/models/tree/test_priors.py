"""The Indonesian prior: what it knows of Pemilu and Pilkada, and where it matters."""

import numpy as np
import pandas as pd
import pytest
from scipy.special import expit

from turnout import Election, HierarchicalModel, load_jambi
from turnout.forecast import Forecast
from turnout.models.tree.priors import prior_named

PILKADA = Election("2024-11-27", "pilkada")


def width(forecast: Forecast) -> float:
    row = forecast.intervals(level=0.9).iloc[0]
    return float(row["upper"] - row["lower"])


def forecast_of(totals: pd.DataFrame, prior: str) -> Forecast:
    model = HierarchicalModel(prior=prior, integration=512)
    return model.fit(totals).forecast(PILKADA, draws=2000, seed=1)


@pytest.fixture(scope="module")
def totals() -> pd.DataFrame:
    results = load_jambi().results
    return results[results["area"].isna()]


@pytest.mark.slow
def test_without_a_pilkada_of_its_own_it_is_narrower(totals: pd.DataFrame) -> None:
    pemilu = totals[totals["type_group"] == "pemilu"]
    known, general = (forecast_of(pemilu, prior) for prior in ("indonesia", "default"))
    assert width(known) <= 0.30
    assert width(known) < width(general)
    # A Pilkada lies below the Pemilu before it, which came to 80%.
    assert np.median(known.draws) < 0.78


@pytest.mark.slow
def test_with_pilkada_of_its_own_it_changes_little(totals: pd.DataFrame) -> None:
    known, general = (forecast_of(totals, prior) for prior in ("indonesia", "default"))
    np.testing.assert_allclose(np.median(known.draws), np.median(general.draws), atol=0.04)


@pytest.mark.parametrize("name", ["default", "indonesia"])
def test_what_moves_turnout_between_elections_is_points_and_no_landslides(name: str) -> None:
    top = prior_named(name)
    sizes = {size: prior.median for size, prior in top.sizes.items()}
    years = sizes.pop("memory")
    # At 60% a logit of 0.1 is 2.4 points: by none of them does turnout usually move by 10.
    assert all(0.01 < 0.6 * 0.4 * size < 0.1 for size in sizes.values())
    assert 10 < years < 100
    assert 0.5 < expit(top.mean) < 0.85
