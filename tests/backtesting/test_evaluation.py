"""After the election: the forecast's table against what happened."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from turnout import Election, Forecast
from turnout.backtesting import coverage_table, evaluate, pit_table
from turnout.backtesting.evaluation_words import doubts
from turnout.backtesting.result import Backtest
from turnout.errors import DataError
from turnout.forms.participation import participation_table
from turnout.schema import canonical_results

PLACES = pd.DataFrame(
    {
        "scale": ["city", "area", "area", "area"],
        "city": ["K"] * 4,
        "area": [None, "A", "B", "C"],
        "median": [0.62, 0.60, 0.65, 0.70],
        "lower": [0.55, 0.50, 0.55, 0.60],
        "upper": [0.70, 0.70, 0.75, 0.80],
        "level": 0.9,
    }
)
GOALS = pd.DataFrame({"goal": [0.6, 0.86], "probability": [0.6, 0.004]})


def results(**voters) -> pd.DataFrame:
    return canonical_results(
        pd.DataFrame(
            {
                "date": "2024-11-27",
                "election_type": "pilkada",
                "city": "K",
                "area": list(voters),
                "registered": 100,
                "voters": list(voters.values()),
            }
        )
    )


@pytest.fixture(scope="module")
def evaluation():
    return evaluate(PLACES, results(A=65, B=50, C=70), goals=GOALS)


def test_errors_and_coverage_by_hand(evaluation):
    table = evaluation.table.set_index("scale")
    # city (65 + 50 + 70) / 300 = .6167 in [.55, .70]; A and C inside, B outside
    np.testing.assert_allclose(table.loc["city", "bias"], 62 - 61.6667, atol=1e-3)
    assert table.loc["area", ["n", "held"]].tolist() == [3, 2]
    # median minus actual: -5, +15, 0
    np.testing.assert_allclose(table.loc["area", ["mae", "bias"]].astype(float), [20 / 3, 10 / 3])


def test_a_whole_that_cannot_be_judged_is_told_with_the_remedy():
    # neither the city's row nor all of its areas: its turnout is not known
    partial = evaluate(PLACES, results(A=65, B=50))
    assert partial.whole.empty
    assert "Add the missing places, or a total on a row that names its place." in partial.text
    assert "atau baris total yang menyebut nama wilayahnya" in partial.say("id")


@pytest.mark.parametrize("blank", ["registered", "voters"])
def test_a_row_with_a_blank_count_is_no_result_of_its_place(blank):
    # B is not in yet: neither an area without voters nor a city of A and C
    night = results(A=65.0, B=50.0, C=70.0)
    night.loc[night["area"] == "B", blank] = np.nan
    evaluation = evaluate(PLACES, night, goals=GOALS)
    assert dict(evaluation.missing) == {"city": 1, "area": 1}
    assert set(evaluation.places["area"]) == {"A", "C"}
    assert evaluation.whole.empty
    assert evaluation.goals.empty
    assert "Add the missing places" in evaluation.text


@pytest.mark.parametrize("blank", ["registered", "voters"])
def test_a_total_that_lacks_a_count_is_worked_out_from_its_places(blank):
    night = results(A=65.0, B=50.0, C=70.0)
    total = night.iloc[[0]].assign(area=None, registered=400.0, voters=200.0)
    whole = evaluate(PLACES, pd.concat([night, total.assign(**{blank: np.nan})])).whole
    # both counts are the areas': 185 of 300, never 185 of the total's 400 or its 200 of 300
    np.testing.assert_allclose(whole["registered"], [300])
    np.testing.assert_allclose(whole["actual"], [185 / 300])


@pytest.mark.parametrize(
    ("voters", "kind", "asked"),
    [
        ({"A": 20, "B": 20, "C": 19}, "pileg", "and turnout was never below 30.0%"),
        ({"A": 20, "B": 20, "C": 20}, "pileg", ""),
        ({"A": 24, "B": 24, "C": 23}, "pilkada", "turnout of this type of election was never"),
        ({"A": 24, "B": 24, "C": 24}, "pilkada", ""),
        (
            {"A": 76, "B": 75, "C": 75},
            "pilkada",
            "comparable earlier elections it was 50.0% at most",
        ),
        ({"A": 75, "B": 75, "C": 75}, "pilkada", ""),
    ],
)
def test_a_result_far_below_or_above_all_that_ever_was_is_asked_about(voters, kind, asked):
    history = pd.DataFrame(
        {
            "scale": ["city", "city", "city", "area"],
            "turnout": [0.5, 0.3, 0.1, 0.05],
            "coverage": [1.0, 1.0, 0.5, 1.0],  # what is not known of all places is no measure
            "election": ["a", "b", "c", "b"],
            "date": pd.to_datetime(["2015-12-09", "2018-06-27", "2020-12-09", "2018-06-27"]),
            "election_type": kind,
            "type_group": {"pileg": "pemilu"}.get(kind, kind),
            "city": "K",
            "area": [None, None, None, "A"],
        }
    )
    places = pd.DataFrame({"city": "K", "area": ["A", "B", "C"], "registered": 100.0})
    draws = np.full((4, 3), 0.6)
    joint = Forecast(Election("2024-11-27", "pilkada"), places, draws, "area", history=history)
    said = evaluate(PLACES, results(**voters), joint=joint)
    told = said.text.splitlines()[0]
    assert told.startswith("Are these") is bool(asked)
    assert asked in told
    assert said.say("id").startswith("Apakah") is bool(asked)
    assert len(doubts(said)) == bool(asked)


def with_past(**turnout: float) -> Forecast:
    """Return a forecast of A, B and C, whose past turnout in two contests is given."""
    past = pd.DataFrame(
        {
            "scale": "area",
            "turnout": [*turnout.values(), *(one + 0.1 for one in turnout.values())],
            "coverage": 1.0,
            "election": ["a"] * len(turnout) + ["b"] * len(turnout),
            "date": pd.Timestamp("2018-06-27"),
            "election_type": "pilkada",
            "type_group": "pilkada",
            "city": "K",
            "area": [*turnout, *turnout],
        }
    )
    places = pd.DataFrame({"city": "K", "area": ["A", "B", "C"], "registered": 100.0})
    coming = Election("2024-11-27", "pilkada")
    return Forecast(coming, places, np.full((4, 3), 0.6), "area", history=past)


@pytest.mark.slow
def test_a_place_far_below_its_own_past_is_named_and_marked():
    night, joint = results(A=24, B=62, C=64), with_past(A=0.6, B=0.6, C=0.6)
    told = evaluate(PLACES, night, joint=joint)
    marked = told.places[told.places["doubtful"]]
    assert marked["area"].dropna().tolist() == ["A"]
    assert "Turnout in 1 place is far below all past turnout there (A 24.0%)" in told.text
    assert "Partisipasi di 1 wilayah jauh di bawah" in told.say("id")
    assert any("are all stations in?" in note.say("en") for note in doubts(told))
    # the forecast's own scale is judged even where a place is missing, and the whole unknown
    without = evaluate(PLACES, night[night["area"] != "C"], joint=joint)
    assert without.places["doubtful"].sum() == 1


@pytest.mark.parametrize(
    ("night", "joint"),
    [
        (results(A=45, B=62, C=64), with_past(A=0.6, B=0.6, C=0.6)),  # not as far below
        (results(A=24, B=62, C=64), with_past(A=0.3, B=0.6, C=0.6)),  # was as low before
        (results(A=33, B=42, C=44), with_past(A=0.6, B=0.6, C=0.6)),  # a low day everywhere
        (results(A=24, B=62, C=64), None),  # nothing is known of the past
        (
            results(A=24, B=62, C=64).assign(stations_counted=5, stations_total=5),
            with_past(A=0.6, B=0.6, C=0.6),
        ),
    ],
)
def test_a_place_that_is_told_or_usual_is_not_doubted(night, joint):
    told = evaluate(PLACES, night, joint=joint)
    assert not told.places["doubtful"].any()
    assert not doubts(told)
    assert "Are all stations in?" not in told.text


def test_a_district_of_which_some_areas_are_in_is_incomplete():
    places = pd.DataFrame(
        {
            "scale": ["city", "district", "district", "area", "area", "area"],
            "city": "K",
            "district": [None, "N", "S", "N", "N", "S"],
            "area": [None, None, None, "A", "B", "C"],
            "median": 0.6,
            "lower": 0.5,
            "upper": 0.7,
            "level": 0.9,
        }
    )
    night = results(A=65, B=50, C=70).assign(district=["N", "N", "S"])
    part = evaluate(places, night.iloc[[0, 2]])
    assert "not complete for 1 place (district): N (K) 1 of 2 (area)." in part.text
    assert "N (K) 1 dari 2 kelurahan/desa." in part.say("id")
    assert "No result was given for 1 place (area): B (N)." in part.text
    none = evaluate(places, night.iloc[:2])
    assert "No result was given for 1 place (district): S (K)." in none.text
    assert "not complete" not in none.text
    assert "not complete" not in evaluate(places, night).text


def with_rolls(**rolls: int) -> pd.DataFrame:
    """Return the forecast's places with a roll of each, and of the city."""
    return PLACES.assign(registered=[sum(rolls.values()), *rolls.values()])


def test_a_roll_far_below_that_of_the_forecast_may_lack_stations():
    """A station without a row takes its roll away with it; what lacks stations is told already."""
    night = results(A=65, B=50, C=70)
    told = evaluate(with_rolls(A=130, B=105, C=100), night)
    assert told.places.loc[told.places["doubtful"], "area"].tolist() == ["A"]
    assert "In 1 place fewer are registered than in the forecast (A 100 of 130)" in told.text
    assert "Pemilih terdaftar di 1 wilayah lebih sedikit" in told.say("id")
    assert [note.say() for note in doubts(told)] == [
        "doubtful: fewer registered than in the forecast in 1 place; are all stations in?"
    ]
    clean = evaluate(with_rolls(A=110, B=105, C=90), night)
    assert not clean.places["doubtful"].any()
    assert not doubts(clean)
    lacks = night.assign(stations_counted=[4, 5, 5], stations_total=5)
    assert not evaluate(with_rolls(A=130, B=105, C=100), lacks).places["doubtful"].any()


def test_a_place_with_fewer_stations_than_on_the_roll_may_lack_some():
    """One of eight takes an eighth of the roll: less than the limit of a short roll."""
    joint = with_past(A=0.6, B=0.6, C=0.6)
    joint = replace(joint, places=joint.places.assign(stations_total=[8.0, 8.0, np.nan]))
    rolls = with_rolls(A=114, B=102, C=110)

    def told(stations):
        told = dict.fromkeys(["stations_counted", "stations_total"], stations)
        return evaluate(rolls, results(A=65, B=60, C=62).assign(**told), joint=joint)

    lacking = told([7, 8, 7])
    assert lacking.places.loc[lacking.places["doubtful"], "area"].tolist() == ["A"]
    assert "In 1 place the results hold fewer stations than the roll (A 7 of 8)" in lacking.text
    assert "Di 1 wilayah TPS dalam hasil lebih sedikit" in lacking.say("id")
    assert [note.say() for note in doubts(lacking)] == [
        "doubtful: fewer stations than on the roll in 1 place; are all in?"
    ]
    # All are in; larger stations than on the roll, with nearly all the registered.
    for clean in ([8, 8, 8], [8, 4, 4]):
        assert not told(clean).places["doubtful"].any()


@pytest.mark.parametrize(("others", "doubted"), [(100, True), (106, False)])
def test_without_stations_a_roll_that_lacks_one_is_doubted_where_the_others_agree(others, doubted):
    """A roll that differs nearly everywhere is another one, and tells nothing of a station."""
    joint = with_past(A=0.6, B=0.6, C=0.6)
    joint = replace(joint, places=joint.places.assign(stations_total=8.0))
    told = evaluate(with_rolls(A=114, B=others, C=others), results(A=65, B=60, C=62), joint=joint)
    assert told.places["doubtful"].any() == doubted
    assert ("fewer are registered than in the forecast (A 100 of 114)" in told.text) == doubted


def test_stations_still_missing_are_told_first():
    night = results(A=65, B=50, C=70).assign(stations_counted=[3, 5, 5], stations_total=5)
    evaluation = evaluate(PLACES, night, goals=GOALS)
    assert evaluation.text.startswith("Not the final result: stations are still missing in 1 place")
    assert "(A), so all figures and verdicts here may still change" in evaluation.text
    assert evaluation.say("id").startswith("Belum hasil akhir: masih ada TPS yang belum masuk")
    # A, and the city that its sum is part of
    assert evaluation.places.set_index(["scale", "area"])["partial"].tolist() == [
        True, True, False, False,
    ]  # fmt: skip


def test_an_official_total_is_final_though_its_places_are_not():
    night = results(A=65, B=50, C=70).assign(stations_counted=[3, 5, 5], stations_total=5)
    total = night.iloc[[1]].assign(area=None, registered=300.0, voters=200.0)
    evaluation = evaluate(PLACES, pd.concat([night, total]))
    assert not evaluation.whole["partial"].any()
    assert "Stations are still missing in 1 place (A), whose figures" in evaluation.text
    assert "final" not in evaluation.text


@pytest.mark.parametrize("stations", [{}, {"stations_counted": 15.0}, {"stations_total": 15.0}])
def test_a_total_without_word_of_stations_is_no_more_final_than_its_places(stations):
    night = results(A=65, B=50, C=70).assign(stations_counted=[3, 5, 5], stations_total=5)
    blank = dict.fromkeys(["stations_counted", "stations_total"], np.nan) | stations
    total = night.iloc[[1]].assign(area=None, registered=300.0, voters=185.0, **blank)
    evaluation = evaluate(PLACES, pd.concat([night, total]))
    assert evaluation.whole["partial"].all()
    assert "all figures and verdicts here may still change" in evaluation.text
    complete = night.assign(stations_counted=5)
    assert not evaluate(PLACES, pd.concat([complete, total])).whole["partial"].any()


def test_a_place_that_lacks_stations_is_no_surprise():
    names = [f"area {number}" for number in range(20)]
    places = PLACES.iloc[[1] * 20].assign(area=names)
    night = results(**dict.fromkeys(names, 60) | {"area 3": 20})
    assert "1 of 20 places lay outside" in evaluate(places, night).text
    lacking = [2 if name == "area 3" else 5 for name in night["area"]]
    partial = night.assign(stations_counted=lacking, stations_total=5)
    told = evaluate(places, partial).text
    assert "lay outside" not in told
    assert "(area 3)" in told


def test_a_total_with_a_place_of_which_nothing_is_in_yet_is_not_final():
    night = results(A=65, B=50, C=70).assign(stations_counted=[0, 5, 5], stations_total=5)
    night.loc[night["area"] == "A", ["registered", "voters"]] = np.nan
    nothing = {"stations_counted": np.nan, "stations_total": np.nan}
    total = night.iloc[[1]].assign(area=None, registered=200.0, voters=120.0, **nothing)
    assert evaluate(PLACES, pd.concat([night, total])).whole["partial"].all()


def test_places_outside_are_told_with_how_many_are_usual():
    names = [f"area {number}" for number in range(20)]
    places = PLACES.iloc[[1] * 20].assign(area=names)
    told = evaluate(places, results(**dict.fromkeys(names, 60) | {"area 3": 40})).text
    # 10% of 20 places
    assert "1 of 20 places lay outside their 90% interval (about 2 in the long run)" in told


def test_the_most_surprising_places_come_first(evaluation):
    # B lies 15 points below its median, whose lower end is 10 away; A 5 of 10; C none
    np.testing.assert_allclose(evaluation.surprises["surprise"], [-1.5, 0.5, 0])
    assert evaluation.surprises["area"].tolist() == ["B", "A", "C"]


def test_goals_are_told_with_what_they_lacked(evaluation):
    assert evaluation.goals["reached"].tolist() == [True, False]
    # .86 - .6167 = 24.3 points, of 300 voters 73
    assert "goal of 86.0% was missed by 24.3 points (73 voters)" in evaluation.text
    assert "probability of <1%" in evaluation.text
    assert "probability of <2.4%" in replace(evaluation, draws=200).text
    assert "Target 60,0% tercapai, lebih 1,7 poin" in evaluation.say("id")


def test_the_text_says_what_is_one_elections_evidence(evaluation):
    assert "K: turnout was 61.67% (185 of 300), inside the 90% interval" in evaluation.text
    assert "the intervals held: 90% in 2 of 3" in evaluation.text
    assert "evidence from one election" in evaluation.text
    assert "1 of 3 places lay outside their 90% interval; most surprising: B 50.0%" in (
        evaluation.text
    )


def test_places_without_a_result_are_counted():
    known = evaluate(PLACES, results(A=65, C=70))
    assert dict(known.missing) == {"city": 1, "area": 1}
    assert "No result was given for 1 place (area): B" in known.text
    assert "Tidak ada hasil untuk 1 wilayah (kelurahan/desa): B" in known.say("id")
    # The whole has a sentence of its own, and is not told again as a place.
    assert "The whole cannot be judged yet" in known.text
    assert "(city/county)" not in known.text


@pytest.mark.slow
def test_results_of_no_place_and_another_roll_are_told():
    known = evaluate(PLACES, results(A=65, C=70, X=1, Y=2))
    assert "Of no place of the forecast: 2 rows of the results (X" in known.text
    assert "registered where the forecast had" not in known.text
    actual = results(A=65, B=50, C=70)
    twice = evaluate(
        PLACES.assign(registered=100), actual.assign(registered=2 * actual["registered"])
    )
    assert "The results have 600 registered where the forecast had 300" in twice.text
    assert "selisihnya lebih dari 25%" in twice.say("id")


def test_an_official_total_is_enough():
    total = results(A=65).assign(area=None, registered=300.0, voters=300 * 0.72)
    evaluation = evaluate(PLACES, total)
    assert evaluation.places["scale"].tolist() == ["city"]
    assert "outside the 90% interval of 55.0% to 70.0%; 10.0 points above" in evaluation.text


def test_results_of_elsewhere_are_refused():
    with pytest.raises(DataError, match="None of the forecast's 3 places"):
        evaluate(PLACES, results(X=65).assign(city="L"))


# Calibration of a backtest


def backtest_of(pits, actual=0.6, contests_a_day=1) -> Backtest:
    """Forecasts of the whole and of two areas, in as many elections as `pits`."""
    rows = [
        {
            "panel": "p",
            "election": f"e{number}",
            "date": pd.Timestamp(2000 + number // contests_a_day, 5, 1),
            "model": "M",
            "scale": scale,
            "is_top": scale == "total",
            "level": 0.9,
            "actual": actual if scale == "total" or area else 0.9,
            "lower": 0.5,
            "upper": 0.7,
            "pit": pit,
        }
        for number, pit in enumerate(pits)
        for scale, areas in (("area", 2), ("total", 1))
        for area in range(areas)
    ]
    return Backtest(pd.DataFrame({"model": ["M"]}), pd.DataFrame(rows), pd.DataFrame())


def test_coverage_counts_elections():
    table = coverage_table(backtest_of([0.1, 0.5, 0.9]), "M").set_index("scale")
    # of the areas one of two holds in each election; the whole always
    np.testing.assert_allclose(table["coverage"], [0.5, 1.0])
    assert table["elections"].tolist() == [3, 3]
    # 3 of 3: Clopper-Pearson from .025^(1/3)
    np.testing.assert_allclose(table.loc["total", "lower"], 0.025 ** (1 / 3))
    assert np.isnan(table.loc["area", "lower"])


def test_contests_of_one_day_are_one_trial():
    table = coverage_table(backtest_of([0.1] * 6, contests_a_day=3), "M").set_index("scale")
    assert table["elections"].tolist() == [6, 6]
    assert table["days"].tolist() == [2, 2]
    # two days held: Clopper-Pearson's 2 of 2, not 6 of 6
    np.testing.assert_allclose(table.loc["total", "lower"], 0.025 ** (1 / 2))


def test_fifths_of_the_pit():
    table = pit_table(backtest_of([0.1, 0.15, 1.0, 0.5]), "M")
    whole = table[table["is_top"]].set_index("fifth")["share"]
    np.testing.assert_allclose(whole, [0.5, 0, 0.25, 0, 0.25])


def test_an_unknown_model_is_named():
    with pytest.raises(ValueError, match="no model 'N'; it has: M"):
        coverage_table(backtest_of([0.1]), "N")


DISTRICTS = pd.DataFrame(
    {
        "scale": ["total", "district", "district", "area", "area", "area"],
        "district": [None, "N", "S", "N", "N", "S"],
        "area": [None, None, None, "A", "B", "C"],
        "median": 0.6,
        "lower": 0.5,
        "upper": 0.7,
        "level": 0.9,
    }
)


def with_totals(*totals: tuple[str | None, int, int, int]) -> pd.DataFrame:
    """Return 60 voters in each of three areas of 100, and totals of districts or of the whole."""
    rows = [("N", "A", 100, 60, 0), ("N", "B", 100, 60, 0), ("S", "C", 100, 60, 0)]
    rows += [(place, None, *figures) for place, *figures in totals]
    columns = ["district", "area", "registered", "voters", "voters_without_roll"]
    table = pd.DataFrame(rows, columns=columns)
    return canonical_results(table.assign(date="2024-11-27", election_type="pilkada"))


@pytest.mark.parametrize(
    ("totals", "voters"),
    [
        ((("N", 200, 150, 30), ("S", 100, 75, 15)), 225),  # both districts have postal votes
        ((("N", 200, 150, 30),), 210),  # of one the areas are all there is
        ((("N", 200, 150, 0),), 210),  # an official total holds votes that nobody tells
        (((None, 300, 240, 60),), 240),  # they are known of the whole alone
        (((None, 300, 240, 60), ("N", 200, 150, 30)), 240),
    ],
)
def test_votes_that_no_area_holds_are_told_beside_the_figures_of_the_places(totals, voters):
    told = evaluate(DISTRICTS, with_totals(*totals), goals=GOALS)
    np.testing.assert_allclose(told.whole["actual"], [0.6])
    np.testing.assert_allclose(told.beyond, voters - 180)
    np.testing.assert_allclose(told.places["actual"], 0.6)
    assert f"Not in these figures are {voters - 180} voters (" in told.text
    assert f"With them turnout is {voters / 3:.2f}%" in told.text
    assert "The votes in the places' own figures missed the goal of 86.0%" in told.text
    assert "tidak di kelurahan/desa mana pun" in told.say("id")
    (note,) = doubts(told)
    assert note.say("en").startswith(f"{voters - 180} voters (postal or the like) are in the tot")
    participation = participation_table(DISTRICTS, with_totals(*totals))
    assert participation["voters"].iloc[0] == voters


def test_totals_that_their_areas_explain_are_not_told():
    told = evaluate(DISTRICTS, with_totals(("N", 200, 120, 0), ("S", 100, 60, 0)))
    np.testing.assert_allclose(told.whole["actual"], [0.6])
    assert told.beyond == 0
    assert not doubts(told)
    assert "Not in these figures" not in told.text


def test_a_total_is_unknown_where_an_area_and_its_districts_total_are_missing():
    outcome = with_totals(("N", 200, 150, 30))
    assert evaluate(DISTRICTS, outcome[outcome["area"] != "C"]).whole.empty
    # the district's own total stands for its areas
    assert len(evaluate(DISTRICTS, outcome[outcome["area"] != "A"]).whole) == 1


def test_counts_of_groups_that_votes_without_a_roll_lack_are_unknown_above():
    outcome = with_totals(("N", 200, 150, 30))
    sexes = {"registered_l": 50.0, "registered_p": 50.0, "voters_l": 30.0, "voters_p": 30.0}
    is_area = outcome["area"].notna()
    outcome = outcome.assign(
        **{name: outcome[name].mask(is_area, n) for name, n in sexes.items()},
        valid=outcome["voters"],
        invalid=0.0,
    )
    table = participation_table(DISTRICTS, outcome)
    assert table["voters_p"].isna().tolist() == [True, True, False, False, False, False]
    assert table["ballots"].tolist() == [210, 150, 60, 60, 60, 60]
    # an official total that merely does not tell them is no such total
    table = participation_table(DISTRICTS, outcome.assign(voters_without_roll=0.0))
    assert table["voters_p"].tolist()[:3] == [90, 60, 30]
