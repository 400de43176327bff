"""Quantiles of draws: those of numpy, however many are asked for and however often."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast
from turnout.forecast import draws as draws_module
from turnout.forecast import room
from turnout.forecast.quantiles import in_order, quantiles_of

PROBABILITIES = [0.5, 0.005, 0.05, 0.95, 0.995, 0.0, 1.0]


@pytest.mark.parametrize("count", [1, 2, 7, 1000])
@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_quantiles_are_those_of_numpy(count: int, kind: type) -> None:
    draws = np.random.default_rng(count).random((count, 3)).astype(kind)
    found = quantiles_of(in_order(draws), PROBABILITIES)
    expected = np.quantile(draws.astype(float), PROBABILITIES, axis=0)
    np.testing.assert_allclose(found, expected, rtol=1e-12)


def test_a_forecast_too_large_to_keep_in_order_has_the_same_quantiles(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    places = pd.DataFrame({"area": list("ABCDE"), "registered": 100.0})
    draws = np.random.default_rng(1).random((40, 5)).astype(np.float32)

    def found() -> np.ndarray:
        forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
        return forecast.quantiles(PROBABILITIES)

    kept = found()
    monkeypatch.setattr(draws_module, "MOST_ORDERED", 10)
    monkeypatch.setattr(room, "_BLOCK", 2)
    np.testing.assert_allclose(found(), kept)
