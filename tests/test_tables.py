"""The numbers behind the figures, worked out by hand."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast, TurnoutError, check_goal
from turnout.tables import (
    check_of,
    density,
    ends_of,
    goal_steps,
    past_of_whole,
    place_labels,
    ranked_places,
    scale_below_top,
    turnout_grid,
)

# Three areas in two districts; draws without spread, so that every quantile is the value itself.
PLACES = pd.DataFrame(
    {
        "city": ["Kota"] * 3,
        "district": ["Utara", "Utara", "Selatan"],
        "area": ["Murni", "Legok", "Murni"],
        "registered": [100.0, 300.0, 600.0],
    }
)
HISTORY = pd.DataFrame(
    [
        # scale, district, area, election, type, registered, voters, official, coverage
        ("city", None, None, "2019", "pemilu", 1000.0, 800.0, True, 1.0),
        ("district", "Utara", None, "2019", "pemilu", 400.0, 300.0, False, 0.8),
        ("district", "Selatan", None, "2019", "pemilu", 200.0, 100.0, False, 0.4),
        ("area", "Utara", "Murni", "2019", "pemilu", 100.0, 90.0, True, 1.0),
        ("area", "Utara", "Legok", "2019", "pemilu", 300.0, 210.0, True, 1.0),
        ("area", "Selatan", "Murni", "2019", "pemilu", 200.0, 100.0, True, 1.0),
        ("city", None, None, "2018", "pilkada", 1000.0, 600.0, True, 1.0),
        ("area", "Utara", "Murni", "2018", "pilkada", 100.0, 50.0, True, 1.0),
    ],
    columns=[
        *("scale", "district", "area", "election", "election_type"),
        *("registered", "voters", "official", "coverage"),
    ],
).assign(
    city="Kota",
    nation=None,
    province=None,
    area_id=None,
    date=lambda table: pd.to_datetime(table["election"] + "-06-27"),
    type_group=lambda table: table["election_type"],
    turnout=lambda table: table["voters"] / table["registered"],
)


def sure(*shares: float) -> Forecast:
    draws = np.tile(np.array(shares), (40, 1))
    return Forecast(Election("2024-11-27", "pilkada"), PLACES, draws, "area", HISTORY)


def test_ranking_is_by_median_with_the_goal_of_each_place() -> None:
    forecast = sure(0.5, 0.7, 0.6)
    check = check_goal(forecast, 0.65, goals_by_place={"Legok": 0.75})
    ranked = ranked_places(forecast, "area", check)
    assert ranked["name"].tolist() == ["Legok", "Murni (Selatan)", "Murni (Utara)"]
    assert ranked["place"].tolist() == [1, 2, 0]
    np.testing.assert_allclose(ranked["median"], [0.7, 0.6, 0.5])
    np.testing.assert_allclose(ranked["goal"], [0.75, 0.65, 0.65])
    assert ranked["own_goal"].tolist() == [True, False, False]
    np.testing.assert_allclose(ranked["probability"], 0.0)


def test_ranking_without_a_goal_has_no_probability() -> None:
    assert ranked_places(sure(0.5, 0.7, 0.6), "district")["probability"].isna().all()


def test_intervals_of_the_ranking_are_quantiles_of_the_draws() -> None:
    draws = np.linspace(0, 1, 101)[:, None] * [1, 1, 1]
    forecast = Forecast(Election("2024-11-27", "pilkada"), PLACES, draws, "area")
    row = ranked_places(forecast, "area").iloc[0]
    np.testing.assert_allclose(
        row[["lower_90", "lower_50", "median", "upper_50", "upper_90"]].to_numpy(float),
        [0.05, 0.25, 0.5, 0.75, 0.95],
    )


def test_names_that_two_places_bear_tell_the_district() -> None:
    assert place_labels(sure(0.5, 0.7, 0.6)) == ["Murni (Utara)", "Legok", "Murni (Selatan)"]


def test_goal_steps_lead_from_the_median_to_the_goal() -> None:
    # Utara: 50 + 210 of 400; Selatan: 360 of 600; the city 620 of 1,000, its goal 700.
    way = goal_steps(sure(0.5, 0.7, 0.6), "70%", "district", most=20)
    steps = way.table
    assert steps["name"].tolist() == ["Selatan", "Utara"]
    np.testing.assert_allclose(steps["start"], [620, 680])  # Selatan lacks 420 - 360
    np.testing.assert_allclose(steps["end"], [680, 700])  # Utara lacks 280 - 260
    assert (way.goal, way.start, way.end) == (0.7, 620, 700)


def test_places_above_the_goal_step_back_and_the_smallest_share_a_step() -> None:
    # Goal 65%: Murni/Utara lacks 15, Legok has 15 too many, Murni/Selatan lacks 30.
    steps = goal_steps(sure(0.5, 0.7, 0.6), 0.65, "area", most=2).table
    assert steps["places"].tolist() == [1, 2]
    np.testing.assert_allclose(steps["end"] - steps["start"], [30, 0])


def test_goal_steps_ignore_goals_of_single_places() -> None:
    forecast = sure(0.5, 0.7, 0.6)
    check = check_goal(forecast, 0.7, goals_by_place={"Legok": 0.9})
    ours, plain = (goal_steps(forecast, goal, "area", most=20) for goal in (check, 0.7))
    pd.testing.assert_frame_equal(ours.table, plain.table)


def test_past_of_the_whole_tells_totals_beside_what_the_areas_add_up_to() -> None:
    past = past_of_whole(sure(0.5, 0.7, 0.6))
    assert past["election"].tolist() == ["2018", "2019"]
    np.testing.assert_allclose(past["turnout"], [0.6, 0.8])
    # 2018 only 100 of 1,000 voters are known by area; 2019 400 of 600 in three areas voted.
    np.testing.assert_allclose(past["parts"], [np.nan, 400 / 600])


def test_past_of_a_forecast_without_history_is_empty() -> None:
    forecast = Forecast(Election("2024-11-27", "pilkada"), PLACES, np.full((9, 3), 0.5), "area")
    assert past_of_whole(forecast).empty


def test_the_grid_leaves_out_figures_of_less_than_half_the_voters() -> None:
    grid = turnout_grid(sure(0.5, 0.7, 0.6), "district")
    assert grid.names == ["Utara", "Selatan", "Kota"]  # 65% against 60%
    assert grid.contests["election"].tolist() == ["2018", "2019", "2024-11-27-pilkada"]
    np.testing.assert_allclose(
        grid.turnout, [[np.nan, 0.75, 0.65], [np.nan, np.nan, 0.6], [0.6, 0.8, 0.62]]
    )
    np.testing.assert_allclose(grid.coverage[0], [np.nan, 0.8, 1])


def test_grid_of_areas_tells_places_of_equal_name_apart() -> None:
    grid = turnout_grid(sure(0.5, 0.7, 0.6), "area")
    assert grid.names[:3] == ["Legok", "Murni (Selatan)", "Murni (Utara)"]
    np.testing.assert_allclose(grid.turnout[:3, 1], [0.7, 0.5, 0.9])


@pytest.mark.parametrize(("n", "most", "shown"), [(5, 5, 5), (9, 4, 4), (9, 5, 5)])
def test_ends_keep_every_row_once(n: int, most: int, shown: int) -> None:
    ranked = pd.DataFrame({"rank": range(n)})
    kept, between = ends_of(ranked, most)
    assert len(kept) == shown
    assert sorted([*kept["rank"], *between["rank"]]) == list(range(n))


def test_density_is_one_and_lies_between_0_and_100_percent() -> None:
    draws = np.random.default_rng(1).beta(30, 2, 4000)
    curve = density(draws)
    assert curve["turnout"].between(0, 1, inclusive="neither").all()
    steps = np.gradient(curve["turnout"])
    area = (curve["density"] * steps).sum()
    np.testing.assert_allclose(area, 1, atol=0.01)
    mean = (curve["density"] * curve["turnout"] * steps).sum() / area
    np.testing.assert_allclose(mean, draws.mean(), atol=0.005)


def test_density_of_equal_draws_is_a_narrow_peak() -> None:
    curve = density(np.full(100, 0.7))
    np.testing.assert_allclose(curve["turnout"][curve["density"].idxmax()], 0.7, atol=1e-3)


def test_the_scale_below_the_top_is_the_coarsest_with_several_places() -> None:
    forecast = sure(0.5, 0.7, 0.6)
    assert scale_below_top(forecast) == "district"
    with pytest.raises(TurnoutError, match="single place"):
        scale_below_top(forecast.at("city"))


def test_a_goal_may_be_a_check_already() -> None:
    forecast = sure(0.5, 0.7, 0.6)
    check = check_goal(forecast, [0.7, 0.8])
    assert check_of(forecast, check) is check
    assert check_of(forecast, None) is None
    made = check_of(forecast, "70%")
    assert made is not None
    assert made.goal == 0.7
