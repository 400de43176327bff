"""Base rates: counted from the shipped tables, said where they apply."""

import numpy as np
import pandas as pd
import pytest

from turnout import Election, check_goal
from turnout.datasets import load_goals, load_indonesia
from turnout.forecast import Forecast
from turnout.goals.base_rates import Frequency, LastPemilu, base_rates, last_pemilu_of

PILKADA = Election("2024-11-27", "pilwako")


def test_the_goals_tell_themselves_whether_they_were_reached() -> None:
    goals = load_goals()
    reached = np.where(goals["turnout"] >= goals["goal"], "yes", "no")
    np.testing.assert_array_equal(reached, goals["reached"])
    assert goals["source"].notna().all()


def test_nothing_is_later_than_february_2024() -> None:
    years = [int(name.split("_")[1]) for name in load_indonesia().columns[3:]]
    assert years == sorted(years)
    assert load_indonesia().columns[-1] == "pemilu_2024"
    assert load_goals()["contest"].str.extract(r"(\d{4})")[0].astype(int).max() == 2024
    assert not load_goals()["contest"].str.contains("2024 Pilkada").any()


@pytest.mark.parametrize(
    ("goal", "last", "above"),
    [
        # 69 of 269 in 2015, 8 of 12 in 2017, 4 of 4 in 2018 and 3 of 51 in 2020.
        (0.7, 0.8, Frequency(84, 336)),
        (0.8, 0.8, Frequency(84, 336)),
        (0.86, 0.8, Frequency(17, 336)),
    ],
)
def test_how_far_a_pilkada_came_above_the_pemilu_before(
    goal: float, last: float, above: Frequency
) -> None:
    rates = base_rates(PILKADA, goal, LastPemilu(last))
    assert rates is not None
    assert rates.above == above


def test_a_higher_goal_is_never_passed_more_often() -> None:
    rates = [base_rates(PILKADA, goal, LastPemilu(0.8)) for goal in (0.6, 0.7, 0.8, 0.9, 0.99)]
    for figures in ([one.passed.hits for one in rates], [one.above.hits for one in rates]):
        assert figures == sorted(figures, reverse=True)
    assert rates[-1].passed == Frequency(0, 283)


def test_a_pemilu_is_held_against_pemilu() -> None:
    rates = base_rates(Election("2029-02-14", "pemilu"), 0.8, LastPemilu(0.8))
    assert (rates.year, rates.passed.n, rates.above) == (2019, 459, None)
    assert len(rates.say("en")) == 2


def forecast_of(kind: str, history: pd.DataFrame, city: str = "Kota") -> Forecast:
    places = pd.DataFrame({"city": [city], "registered": [1000.0]})
    draws = np.linspace(0.6, 0.8, 101)[:, None]
    return Forecast(Election("2030-11-27", kind), places, draws, "city", history=history)


PAST = pd.DataFrame(
    {
        "scale": ["city"] * 3,
        "election": ["a", "b", "c"],
        "date": pd.to_datetime(["2019-04-17", "2024-02-14", "2024-11-27"]),
        "type_group": ["pemilu", "pemilu", "pilkada"],
        "turnout": [0.7, 0.8, 0.6],
        "official": [True, True, True],
        "coverage": [1.0, 1.0, 1.0],
    }
)


def test_the_goal_check_tells_them_in_both_languages() -> None:
    check = check_goal(forecast_of("pilkada", PAST), "86%")
    assert check.base_rates.last_pemilu == LastPemilu(0.8)
    assert "of 24 turnout goals" in check.text
    assert "6.0 points above the last Pemilu here (80.0%)" in check.text
    assert "17 of 336 Pilkada came that far above" in check.text
    assert "(of the kota alone: " in check.text
    assert " points above the last Pemilu here" in check.text
    assert "dari 24 target partisipasi" in check.say("id")
    assert "6,0 poin persen di atas tingkat partisipasi Pemilu terakhir" in check.say("id")


def test_elections_elsewhere_are_not_held_against_indonesia() -> None:
    check = check_goal(forecast_of("midterm", PAST), "50%")
    assert check.base_rates is None
    assert "Indonesia" not in check.text


def test_a_kabupaten_is_not_held_against_kota() -> None:
    kabupaten = check_goal(forecast_of("pilkada", PAST, "KABUPATEN KOTABARU"), "86%")
    assert "kota alone" not in kabupaten.text
    assert "khusus kota" not in kabupaten.say("id")


def test_the_last_pemilu_is_the_last_there_is_and_marked_where_it_is_of_a_part() -> None:
    assert last_pemilu_of(PAST, "city") == LastPemilu(0.8)
    summed = PAST.assign(official=[True, False, True], coverage=[1.0, 0.62, 1.0])
    assert last_pemilu_of(summed, "city") == LastPemilu(0.8, 0.62)
    said = check_goal(forecast_of("pilkada", summed), "70%").text
    assert "(the last one here: 80.0% in the places with 62% of its voters that are known)" in said
    assert last_pemilu_of(pd.DataFrame(), "city") is None
