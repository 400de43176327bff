"""What effects take off past turnout and add to that to come."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
from scipy.special import expit, logit

from turnout import Election
from turnout.areas import build_panel
from turnout.models.tree.linear_effects import EffectDraws

RESULTS = pd.DataFrame(
    {
        "city": "Kota",
        "area": ["A", "B", "C", "D"],
        "registered": [100.0, 200.0, 100.0, 100.0],
        "voters": [60.0, 150.0, 100.0, 0.0],
        "date": "2025-11-27",
        "election_type": "pilkada",
    }
)


def test_the_mean_effect_is_taken_off_on_the_logit_scale_where_it_reaches() -> None:
    panel = build_panel(RESULTS, election=Election("2030-11-27", "pilkada"))
    values = np.zeros((len(panel.nodes), len(panel.contests)))
    reached = panel.nodes["area"].isin(["A", "C", "D"]).to_numpy()
    values[reached] = 0.5
    effect = SimpleNamespace(values=values, of_turnout=True)
    cells = EffectDraws((effect,), np.array([[1.0], [3.0]])).taken_off(panel).cells
    areas = cells["node"].map(panel.nodes["area"])
    found = cells.assign(area=areas).dropna(subset="area").set_index("area")["voters"]
    # The mean of 1 and 3 times a half; full and empty places have no logit.
    expected = {"A": 100 * expit(logit(0.6) - 1), "B": 150.0, "C": 100.0, "D": 0.0}
    np.testing.assert_allclose(found[list(expected)], list(expected.values()))
    assert EffectDraws.none(2).taken_off(panel) is panel


def test_only_effects_of_turnout_are_added() -> None:
    values = np.array([[0.0, 0.1], [0.0, 0.2], [0.0, 0.4]])
    of = [SimpleNamespace(values=values * k, of_turnout=k != 2) for k in (1, 2, 3)]
    draws = np.array([[1.0, 10.0, 100.0], [2.0, 20.0, 200.0]])
    found = EffectDraws(tuple(of), draws).added(np.array([0, 2]), 1)
    np.testing.assert_allclose(found, [[30.1, 120.4], [60.2, 240.8]], rtol=1e-6)
    nothing = EffectDraws((of[1],), draws[:, :1]).added(np.array([0, 2]), 1)
    np.testing.assert_array_equal(nothing, np.zeros((2, 2)))
