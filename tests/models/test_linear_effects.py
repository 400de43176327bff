"""One set of linear effects for all models."""

import numpy as np
import pandas as pd
import pytest

from turnout import BinomialGLM, Election, HierarchicalModel, Mixture
from turnout.synthetic import simulate_panel

COMING = Election("2024-11-27", "pilkada")


def gain(model, results, reached):
    """Return the points that activities in every area add to the whole."""
    areas = results.drop_duplicates("area")[["area", "district", "registered"]]
    activities = pd.DataFrame(
        {
            "date": "2024-11-01",
            "area": areas["area"],
            "district": areas["district"],
            "kind": "tatap muka",
            "reached": areas["registered"] * reached,
        }
    )
    fitted = model.fit(results)
    with_them, without = (
        fitted.forecast(COMING, activities=given, draws=2000, seed=1).at("city").draws.mean()
        for given in (activities, None)
    )
    return 100 * (with_them - without)


@pytest.mark.slow
def test_activities_count_alike_in_every_model():
    results = simulate_panel("random", np.random.default_rng(3)).results
    gains = [gain(model, results, 0.5) for model in (HierarchicalModel(), BinomialGLM(), Mixture())]
    assert gains[0] > 0.3
    np.testing.assert_allclose(gains[1:], gains[0], rtol=0.25)


@pytest.mark.slow
def test_another_denominator_is_no_change_of_turnout():
    # Voters stay; the newest contest counts them over a roll that is a tenth larger.
    rows = pd.DataFrame(
        {
            "date": ["2013-06-29", "2015-12-09", "2018-06-27"] * 30,
            "election_type": "pilkada",
            "area": np.repeat([f"A{number:02}" for number in range(30)], 3),
            "city": "Kota",
            "registered": [5000, 5000, 5500] * 30,
            "voters": 3500,
            "registered_basis": ["DPT", "DPT", "DPT + DPK"] * 30,
        }
    )
    roll = rows.drop_duplicates("area")[["area", "city", "registered"]]
    told = roll.assign(registered_basis="DPT")
    model = BinomialGLM()
    aware, blind = (
        model.fit(table).forecast(COMING, roll=given, draws=2000, seed=1).at("city").draws.mean()
        for table, given in ((rows, told), (rows.drop(columns="registered_basis"), roll))
    )
    # 70% over the DPT; 63.6% where nothing tells that the roll is another one.
    assert aware > blind + 0.005


@pytest.mark.slow
@pytest.mark.parametrize("model", [BinomialGLM(covariates=("rain",))])
def test_a_covariate_of_the_regression_is_linear(model):
    results = simulate_panel("random", np.random.default_rng(3)).results
    days = results["date"].rank(method="dense")
    past = results.assign(rain=(days % 2).astype(float))
    roll = past.drop_duplicates("area")[["area", "district", "city", "registered"]]
    fitted = model.fit(past)
    means = [
        fitted.forecast(COMING, roll=roll.assign(rain=rain), draws=500, seed=1).draws.mean()
        for rain in (0.0, 1.0)
    ]
    assert means[0] != means[1]
