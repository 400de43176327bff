"""A place in doubt leaves a goal open that it may decide, however small it is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, HierarchicalModel, check_goal
from turnout.goals.night import standing
from turnout.watch.appraisal import place_figures, whole_figures

COMING = Election("2024-11-27", "pilkada")
PLACES = 240
USUAL = np.linspace(0.82, 0.7, PLACES)


def table(turnout: np.ndarray, **told: object) -> pd.DataFrame:
    rows = pd.DataFrame(
        {
            "city": "Kota",
            "district": np.where(np.arange(PLACES) < PLACES // 2, "Utara", "Selatan"),
            "area": [f"A{one:03d}" for one in range(PLACES)],
            "registered": 1000 + 7 * np.arange(PLACES),
        }
    )
    return rows.assign(voters=(rows["registered"] * turnout).round(), **told)


@pytest.fixture(scope="module")
def complete() -> Forecast:
    """Return the forecast of a count of which all is in, one village with a third of its voters."""
    past = pd.concat(
        [
            table(0.75 * USUAL, date="2018-06-27", election_type="pilkada"),
            table(USUAL, date="2019-04-17", election_type="pemilu"),
        ]
    )
    low = np.where(np.arange(PLACES) == 5, 0.25, 1.0)
    count = table(USUAL * low, stations_counted=4, stations_total=4)
    roll = table(USUAL).drop(columns="voters")
    fitted = HierarchicalModel(integration=64).fit(past)
    return fitted.forecast(COMING, roll=roll, counted=count, draws=200, seed=1)


def test_a_goal_within_what_is_in_doubt_is_not_clear(complete: Forecast) -> None:
    counted = complete.counted
    assert counted is not None
    assert not counted.is_doubtful
    assert not counted.is_whole
    turnout = float(np.median(complete.at("city").draws))
    reach = float(counted.places["in_doubt"].iloc[0])
    assert 0.001 < reach < 0.005
    for goal, verdict, call in (
        (turnout + 0.5 * reach, "unclear", "open"),
        (turnout - 0.5 * reach, "unclear", "open"),
        (turnout + 2 * reach, "out_of_reach", "missed"),
        (turnout - 2 * reach, "likely", "reached"),
    ):
        assert check_goal(complete, goal).table["verdict"].iloc[0] == verdict
        assert standing(complete, goal).call == call
        districts = place_figures(complete, complete, goal, "district")
        whole = whole_figures(complete, districts, goal)
        assert whole.doubtful == (call == "open")
    assert "All counts are in" not in standing(complete, turnout + 2 * reach).text


def test_stations_of_a_roll_do_not_tell_that_none_is_in() -> None:
    past = table(USUAL, date="2019-04-17", election_type="pemilu")
    roll = table(USUAL, stations_total=4).drop(columns="voters")
    whole = {"city": "Kota", "registered": roll["registered"].sum(), "stations_total": 4 * PLACES}
    roll = pd.concat([roll, pd.DataFrame([whole])], ignore_index=True)
    count = table(USUAL).head(PLACES // 2)
    fitted = HierarchicalModel(integration=64).fit(past)
    counted = fitted.forecast(COMING, roll=roll, counted=count, draws=200, seed=1).counted
    assert counted is not None
    assert counted.finest["complete"].sum() == PLACES // 2
    assert counted.share == pytest.approx(count["registered"].sum() / whole["registered"])
