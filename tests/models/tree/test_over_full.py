"""More voters than registered: counted as all, without a warning from the arithmetic."""

import pandas as pd
import pytest

from turnout import Election, HierarchicalModel


@pytest.mark.slow
def test_areas_and_totals_above_their_registered():
    rows = [("2015-12-09", None, 300, 310)]
    rows += zip(["2018-06-27"] * 3, "ABC", [100] * 3, [103, 70, 80], strict=True)
    rows += zip(["2020-12-09"] * 3, "ABC", [100] * 3, [99, 65, 85], strict=True)
    results = pd.DataFrame(rows, columns=["date", "area", "registered", "voters"])
    results = results.assign(city="K", election_type="pilkada")
    fitted = HierarchicalModel(integration=256).fit(results)
    forecast = fitted.forecast(Election("2024-11-27", "pilkada"), draws=200, seed=1)
    assert 0.6 < forecast.at("city").intervals()["median"].iloc[0] < 1.0
    assert forecast.draws.max() <= 1.0
