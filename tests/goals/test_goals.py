"""Goals: what is read, what is said, and that the figures are those of the draws."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, TurnoutError, check_goal
from turnout.forecast import Forecast
from turnout.goals import parse_goal, verdict_of
from turnout.goals.words import table_to_read
from turnout.language import LANGUAGES
from turnout.tables import goal_steps


def forecast_of(draws: np.ndarray, registered: list[float] | None = None) -> Forecast:
    """Two districts, the first with two areas; Murni is also the name of the second district."""
    places = pd.DataFrame(
        {
            "city": "Kota",
            "district": ["Utara", "Utara", "Murni"],
            "area": ["Kasang", "Murni", "Legok"],
            "area_id": ["1", "2", "3"],
            "registered": registered or [1000.0, 3000.0, 6000.0],
        }
    )
    return Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")


@pytest.fixture
def forecast() -> Forecast:
    rng = np.random.default_rng(1)
    shock = rng.normal(0, 0.05, (2000, 1))
    own = rng.normal(0, 0.02, (2000, 3))
    return forecast_of(np.clip(np.array([0.6, 0.7, 0.8]) + shock + own, 0, 1))


@pytest.mark.parametrize("written", ["86%", "86", "0.86", "86,0%", " 86 % ", 86, 0.86, "0,86"])
def test_a_goal_is_read_as_people_write_it(written: float | str) -> None:
    np.testing.assert_allclose(parse_goal(written), 0.86)


@pytest.mark.parametrize("written", ["high", "", "101", "101%", 0, -0.5, "0,5%", "nan", "inf"])
def test_what_is_no_goal_is_refused_and_named(written: float | str) -> None:
    with pytest.raises(TurnoutError, match=r"86%, 86 or 0\.86"):
        parse_goal(written)


def test_a_goal_of_one_is_asked_about() -> None:
    with pytest.raises(TurnoutError, match="1% or 100%"):
        parse_goal(1)
    assert parse_goal("100%") == 1
    assert parse_goal("1%") == 0.01


@pytest.mark.parametrize(
    ("chance", "word"),
    [
        (0.0, "out_of_reach"),
        (0.0099, "out_of_reach"),
        (0.01, "unlikely"),
        (0.1949, "unlikely"),  # shown as 19%
        (0.195, "open"),
        (0.8049, "open"),
        (0.805, "likely"),  # shown as 81%
        (1.0, "likely"),
    ],
)
def test_the_words_change_where_they_should(chance: float, word: str) -> None:
    assert verdict_of(chance) == word


@pytest.mark.parametrize(
    ("draws", "word", "said"),
    [(200, "unlikely", "probability <1.5%"), (300, "out_of_reach", "probability <1%")],
)
def test_few_draws_put_no_goal_out_of_reach(draws: int, word: str, said: str) -> None:
    shares = np.random.default_rng(1).uniform(0.5, 0.6, (draws, 3))
    shares[:, 2] = 0.6  # Legok and its district are counted: whether they reach it is known
    check = check_goal(forecast_of(shares), "75%")
    words = check.table.set_index("scale")["verdict"]
    assert words.loc["city"] == word
    assert words.loc["area"].tolist() == [word, word, "out_of_reach"]
    assert said in check.text


def test_probability_median_and_gap_by_hand() -> None:
    # Kasang 1,000 and Murni 3,000 and Legok 6,000 voters; the city in the four draws:
    # .1 x .5 + .3 x .6 + .6 x .7 = .65, then .75, .85 and .95: median .8.
    draws = np.array([[0.5, 0.6, 0.7]]) + np.array([[0.0], [0.1], [0.2], [0.3]])
    check = check_goal(forecast_of(draws), "84%")
    np.testing.assert_allclose(check.probability, 0.5)
    np.testing.assert_allclose(check.median, 0.8)
    np.testing.assert_allclose(check.gap_points, 4.0)
    assert check.gap_voters == 400
    row = check.table.set_index("area_id").loc["3"]  # Legok: .7 .8 .9 1.0
    assert (row["scale"], row["probability"]) == ("area", 0.5)
    assert row["gap_voters"] == round(6000 * (0.84 - 0.85))


def test_the_turnout_reached_with_a_probability(forecast: Forecast) -> None:
    row = check_goal(forecast, 0.7).table.iloc[0]
    city = forecast.at("city").draws[:, 0]
    for name, share in (("reached_50", 0.5), ("reached_80", 0.8), ("reached_90", 0.9)):
        np.testing.assert_allclose((city >= row[name]).mean(), share, atol=0.001)


@pytest.mark.parametrize("scale", ["district", "area"])
def test_what_places_lack_adds_up_to_what_the_whole_lacks(forecast: Forecast, scale: str) -> None:
    check = check_goal(forecast, 0.86)
    parts = check.table[check.table["scale"] == scale]
    assert abs(parts["missing_voters"].sum() - check.gap_voters) <= len(parts)


def test_every_scale_is_there_the_whole_first(forecast: Forecast) -> None:
    table = check_goal(forecast, [0.7, 0.8]).table
    assert table["scale"].tolist() == ["city"] * 2 + ["district"] * 4 + ["area"] * 6
    assert table["goal"].tolist() == [0.7, 0.8] + [0.7] * 2 + [0.8] * 2 + [0.7] * 3 + [0.8] * 3


def test_the_scales_above_the_whole_are_not_told() -> None:
    places = pd.DataFrame({"province": "Jambi", "city": "Kota", "area": ["A", "B"]})
    draws = np.array([[0.6, 0.7], [0.5, 0.8]])
    election = Election("2030-11-27", "pilkada")
    forecast = Forecast(election, places.assign(registered=100.0), draws, "area")
    assert forecast.scales[-1] == "province"
    assert check_goal(forecast, 0.7).table["scale"].tolist() == ["city", "area", "area"]


def test_a_higher_goal_is_never_likelier(forecast: Forecast) -> None:
    goals = np.arange(0.5, 0.95, 0.05)
    table = check_goal(forecast, list(goals)).table
    falling = table.groupby(["scale", "area_id", "district"], dropna=False)["probability"]
    assert falling.apply(lambda chances: chances.is_monotonic_decreasing).all()


def test_places_may_have_goals_of_their_own(forecast: Forecast) -> None:
    check = check_goal(forecast, 0.7, goals_by_place={"Kasang": "90%", "2": 0.5})
    areas = check.table[check.table["scale"] == "area"].set_index("area_id")
    assert areas["goal"].to_dict() == {"1": 0.9, "2": 0.5, "3": 0.7}
    assert areas["own_goal"].to_dict() == {"1": True, "2": True, "3": False}
    np.testing.assert_allclose(areas.loc["2", "probability"], 1.0)
    assert "goal of their own (2): 1 likely, 1 out of reach" in check.text


def test_that_missing_voters_do_not_add_up_is_told_only_where_they_do_not(
    forecast: Forecast,
) -> None:
    apart = check_goal(forecast, 0.8, goals_by_place={"Legok": 0.95})
    lacking = apart.table.query("scale == 'area'")["missing_voters"].sum()
    told = f"{lacking:,} voters are missing in sum, not the {apart.gap_voters:,} of the whole"
    assert told in apart.text
    assert "in sum" not in check_goal(forecast, 0.8, goals_by_place={"Legok": 0.8}).text


def test_a_table_of_goals_tells_the_scale(forecast: Forecast) -> None:
    goals = pd.DataFrame(
        {"district": ["Murni", "utara "], "area": [None, "Murni"], "goal": ["75%", "65%"]}
    )
    own = check_goal(forecast, 0.7, goals_by_place=goals).table.query("own_goal")
    assert own[["scale", "goal"]].to_numpy().tolist() == [["district", 0.75], ["area", 0.65]]


def test_a_name_of_two_places_is_asked_about(forecast: Forecast) -> None:
    with pytest.raises(TurnoutError, match="2 places of the forecast are called 'Murni'"):
        check_goal(forecast, 0.7, goals_by_place={"Murni": 0.8})


def test_an_unknown_place_is_named(forecast: Forecast) -> None:
    with pytest.raises(TurnoutError, match="'Kasnag' has a goal but is not in the forecast"):
        check_goal(forecast, 0.7, goals_by_place={"Kasnag": 0.8})


def test_goals_of_places_need_their_column(forecast: Forecast) -> None:
    with pytest.raises(TurnoutError, match="lacks the column goal"):
        check_goal(forecast, 0.7, goals_by_place=pd.DataFrame({"area": ["Kasang"]}))


def test_no_goal_is_refused(forecast: Forecast) -> None:
    with pytest.raises(TurnoutError, match="no goal to check"):
        check_goal(forecast, [])


def test_the_text_answers_the_question(forecast: Forecast) -> None:
    check = check_goal(forecast, ["95%", "70%"])
    assert "the goal of 95.0% is out of reach, probability <1%" in check.text
    assert "The goal of 70.0% is" in check.text
    assert f"{check.gap_voters:,} voters short" in check.text
    assert "For the goal of 95.0% most voters are missing in Utara (1,1" in check.text
    assert "Goal of 95.0% by district (" in check.text
    assert "Di semua kecamatan (" in check.say("id")
    assert "), target 95,0% di luar jangkauan." in check.say("id")
    one = check_goal(forecast, "95%").text
    assert "Most voters are missing in Utara (1,1" in one
    assert "Goal of" not in one
    said = check.say("id")
    assert "target 95,0% di luar jangkauan, peluang <1%" in said
    assert f"{check.gap_voters:,}".replace(",", ".") + " pemilih dari target" in said
    assert len(said.splitlines()) == len(check.text.splitlines())


def test_of_a_fixed_turnout_no_probability_is_told() -> None:
    places = pd.DataFrame({"city": "Kota", "area": ["A", "B"], "registered": [100.0, 100.0]})
    draws = np.float32([[0.6, 0.7], [0.7, 0.6], [0.65, 0.65]])
    fixed = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    said = check_goal(fixed, "70%").say("en").splitlines()
    assert said[0].endswith("turnout is 65.0%, which misses the goal of 70.0%.")
    assert said[1] == "That is 5.0 points or 10 voters short of the goal."
    assert not any("probability" in line for line in said)
    assert "mencapai target" in check_goal(fixed, "60%").say("id")
    assert check_goal(fixed, "65%").say("en").splitlines()[1] == "That is just at the goal."
    near = replace(fixed, draws=np.float32([[0.64962, 0.64962]] * 3))
    near = replace(near, places=places.assign(registered=1e5))
    said = check_goal(near, "65%").say("id").splitlines()
    assert said[0].endswith("partisipasi 64,96%, di bawah target 65,0%.")
    assert said[1] == "Kurang 0,04 poin persen atau 76 pemilih dari target."
    places_too = Forecast(fixed.election, places, np.tile([0.6, 0.7], (3, 1)), "area")
    counts = check_goal(places_too, "65%").text.splitlines()[2]
    assert "1 reach it" in counts
    assert "1 miss it" in counts


def test_a_median_above_the_goal_is_said_so(forecast: Forecast) -> None:
    check = check_goal(forecast, 0.5)
    assert check.gap_voters < 0
    assert "voters above the goal" in check.text
    assert "missing" not in check.text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_area_alone_can_be_checked(lang: str) -> None:
    places = pd.DataFrame({"area": ["Kasang"], "registered": [500.0]})
    draws = np.linspace(0.4, 0.8, 101)[:, None]
    forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    check = check_goal(forecast, 0.6)
    np.testing.assert_allclose(check.probability, 51 / 101)
    assert "Kasang" in check.say(lang)


def test_in_a_notebook_a_check_is_words_and_a_table(forecast: Forecast) -> None:
    shown = check_goal(forecast, 0.86)._repr_html_()
    assert shown.count("<p>") >= 4
    assert "<table" in shown
    assert "&lt;1%" in shown
    # Of the finer scales only what has a goal of its own.
    assert "Utara" in shown.split("<table")[1]
    assert "Kasang" not in shown.split("<table")[1]
    own = check_goal(forecast, 0.86, goals_by_place={"Kasang": 0.5})._repr_html_()
    assert "Kasang" in own.split("<table")[1]


def test_numpy_numbers_are_goals(forecast: Forecast) -> None:
    for goal in (np.float32(0.7), np.float64(70), np.int64(70), np.array(0.7)):
        np.testing.assert_allclose(check_goal(forecast, goal).goal, 0.7)
    assert check_goal(forecast, np.array([70, 80])).goals == (0.7, 0.8)


@pytest.mark.parametrize("kind", [np.float32, np.float64])
def test_draws_exactly_at_the_goal_reach_it_at_every_scale(kind: type) -> None:
    for goal in (0.7, 0.86, 0.1, 1.0):
        check = check_goal(forecast_of(np.full((50, 3), goal, kind)), f"{100 * goal:.0f}%")
        assert (check.table["probability"] == 1).all()
        assert (check.table["gap_voters"] == 0).all()
        assert "just at the goal" in check.text
        assert "tepat pada target" in check.say("id")


def test_missing_voters_that_do_not_add_up_are_explained(forecast: Forecast) -> None:
    assert "do not have the goal of the whole" not in check_goal(forecast, 0.86).text
    check = check_goal(forecast, 0.86, goals_by_place={"Legok": "95%"})
    areas = check.table[check.table["scale"] == "area"]
    assert f"By area, {areas['missing_voters'].sum():,} voters are missing in sum" in check.text
    assert "By district" in check.text  # the districts' still add up, and nothing is said of them
    assert "By district," not in check.text


def test_a_goal_of_all_is_not_asked_about_again(forecast: Forecast) -> None:
    check = check_goal(forecast, "100%")
    assert goal_steps(forecast, check, "area", 5, "en").goal == 1.0


FEW = np.array([[-0.02], [-0.01], [0.01], [0.02]])


@pytest.mark.parametrize("away", [np.zeros((4, 1)), FEW], ids=["fixed", "drawn"])
@pytest.mark.parametrize(
    ("goal", "told", "points", "voters"),
    [
        ("84%", "9.0 points or 900 voters short of the goal", "9.0", "900"),
        ("75%", "just at the goal", "0.0", "0"),
        ("66%", "9.0 points or 900 voters above the goal", "-9.0", "-900"),
    ],
)
def test_the_gap_is_told_below_at_and_above_the_goal(
    away: np.ndarray, goal: str, told: str, points: str, voters: str
) -> None:
    check = check_goal(forecast_of(np.full((4, 3), 0.75) + away), goal)
    assert told in check.say("en")
    assert table_to_read(check.table, "en").iloc[0].tolist()[-2:] == [points, voters]


def test_places_of_which_one_is_counted_and_others_are_not_are_told_by_their_chances() -> None:
    draws = np.array([[0.75, 0.70, 0.7], [0.75, 0.72, 0.7], [0.75, 0.7, 0.74], [0.75, 0.7, 0.76]])
    said = check_goal(forecast_of(draws), "72%").say("en")
    assert "By area (3): 1 likely, 2 open." in said


def test_what_places_miss_is_read_where_the_whole_is_at_its_median() -> None:
    # The middle tenth of 100 draws is 45 to 54; a place that differs there alone shows it.
    order = np.arange(100)
    inside = (order >= 45) & (order < 55)
    other = np.where(inside, 0.2, 0.6)
    whole = 0.5 + order / 1000
    last = (10_000 * whole - 1000 * other - 3000 * 0.5) / 6000
    check = check_goal(forecast_of(np.column_stack([other, np.full(100, 0.5), last])), "90%")
    area = check.table[check.table["area"] == "Kasang"].iloc[0]
    np.testing.assert_allclose(area["missing_voters"], 1000 * (0.9 - 0.2), atol=1)


def test_a_goal_of_a_place_that_is_written_otherwise_is_that_places_and_is_told() -> None:
    forecast = forecast_of(np.full((4, 3), 0.75) + FEW)
    forecast = replace(forecast, places=forecast.places.assign(area=["Kasang", "Murni", "Le Gok"]))
    with pytest.warns(UserWarning, match="'Legok' = .*Le Gok"):
        check = check_goal(forecast, "70%", goals_by_place={"Legok": "80%"})
    own = check.table[check.table["scale"] == "area"].set_index("area")["goal"]
    assert own.to_dict() == {"Kasang": 0.7, "Murni": 0.7, "Le Gok": 0.8}


def test_the_sum_of_a_scale_with_goals_of_its_own_is_of_all_its_places() -> None:
    # Utara, the first, has 4,000 voters and lacks 15 points, Murni 6,000 and 5: 600 and 300.
    goals = pd.DataFrame({"district": ["Utara"], "goal": ["90%"]})
    check = check_goal(forecast_of(np.full((4, 3), 0.75) + FEW), "80%", goals_by_place=goals)
    assert "By district, 900 voters are missing in sum, not the 500 of the whole" in check.text
