"""The Indonesian prior: what it knows of Pemilu and Pilkada, and where it matters."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, HierarchicalModel, load_jambi
from turnout.forecast import Forecast

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
