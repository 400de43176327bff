"""plan_outreach on forecasts: what it is worth, what it obeys, and what it says."""

import re
import time
from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

from turnout.datasets import load_jambi
from turnout.elections import Election
from turnout.errors import DataError, TurnoutError
from turnout.forecast import Forecast
from turnout.models.tree.model import HierarchicalModel
from turnout.outreach import EffectPosterior
from turnout.outreach.plan import (
    Budget,
    Floor,
    Means,
    Option,
    OutreachPlan,
    options_of_log,
    options_of_table,
    plan_outreach,
    required_uplift,
)
from turnout.outreach.plan.files import write_plan

ELECTION = Election("2030-11-27", "pilkada")


def make_forecast(areas: int = 12, draws: int = 800, seed: int = 1) -> Forecast:
    rng = np.random.default_rng(seed)
    places = pd.DataFrame(
        {
            "city": "Kota",
            "district": [f"Kecamatan {one // 4 + 1}" for one in range(areas)],
            "area": [f"Kelurahan {one + 1}" for one in range(areas)],
            "area_id": [f"{one + 1:02d}" for one in range(areas)],
            "registered": rng.integers(1000, 9000, areas).astype(float),
        }
    )
    level = rng.normal(0.9, 0.3, areas) + rng.normal(0, 0.2, (draws, 1))
    turnout = 1 / (1 + np.exp(-level - rng.normal(0, 0.1, (draws, areas))))
    return Forecast(ELECTION, places, turnout.astype(np.float32), "area")


FORECAST = make_forecast()


@pytest.fixture(scope="module")
def coming() -> Forecast:
    data = load_jambi()
    fitted = HierarchicalModel().fit(data.results, crosswalk=data.crosswalk)
    return fitted.forecast(Election("2024-11-27", "pilkada"), roll=data.roll, seed=1)


@pytest.fixture(scope="module")
def jambi(coming) -> OutreachPlan:
    return plan_outreach(coming, 200, goal="86%")


@pytest.mark.slow
def test_what_200_meetings_of_100_people_are_worth_in_jambi(coming, jambi):
    """By hand: dose times effect (.080, sd .107) times p (1 - p), about .07 points.

    No such plan reaches 86%.
    """
    plan = jambi.rule("plan")
    assert plan["activities"] == 200
    assert plan["people"] == 20_000
    whole = coming.at("city")
    turnout = float(np.median(whole.draws))
    met = 20_000 / float(whole.places["registered"].iloc[0])
    dose = 0.5 * (1 - np.exp(-met / 0.5))
    effect = 0.080 + 0.107 * np.array([0, -1.645, 1.645])
    figures = np.array([plan["gain"], plan["lower"], plan["upper"]])
    # Chance of 4,000 draws moves the figures by some hundredths of a thousandth.
    np.testing.assert_allclose(figures, turnout * (1 - turnout) * dose * effect, atol=1e-4)
    assert jambi.out_of_reach
    assert "No such plan reaches 86.0%" in jambi.text
    assert "Tidak ada rencana seperti ini yang mencapai 86,0%" in jambi.say("id")
    assert abs(plan["prob_goal"] - jambi.figures["prob_before"]) < 0.005


@pytest.mark.slow
def test_in_jambi_the_plan_is_not_told_from_an_equal_split(jambi):
    assert jambi.like_equal
    assert "cannot be told from an equal split" in jambi.text
    assert "dibagi merata" in jambi.say("id")
    assert 0 < jambi.figures["better"] < 0.0001


@pytest.mark.parametrize("budget", [1, 7, 40, 300])
@pytest.mark.parametrize("unit", ["activities", "people", "money"])
def test_never_worse_than_the_rivals_in_expected_gain(budget, unit):
    options = (
        Option("tatap muka", 100, 4.0),
        Option("rumah ke rumah", 20, 1.0, "women"),
        Option("jalan sehat", 500, 30.0),
    )
    scale = {"activities": 1, "people": 100, "money": 4}[unit]
    plan = plan_outreach(FORECAST, Budget(budget * scale, unit), means=Means(options))
    assert "are registered" not in plan.text
    gains = plan.comparison.set_index("rule")["gain"]
    doubt = 0.01 * gains["plan"]  # expected gains agree up to the linear approximation
    assert gains["plan"] >= gains[["equal", "largest"]].max() - doubt
    spent = plan.rule("plan")[unit]
    assert spent <= budget * scale * (1 + 1e-9)
    assert plan.rule("everyone")["gain"] >= gains["plan"]


def test_minima_maxima_floors_and_unreachable_areas_are_obeyed():
    areas = pd.DataFrame(
        {
            "area": ["Kel. 1", "kelurahan 2", None],
            "area_id": ["01", None, "05"],
            "minimum": [3, None, None],
            "maximum": [3, 1, None],
            "reachable": [True, True, False],
        }
    )
    options = (Option("tatap muka", 100), Option("diskusi", 30, segment="women"))
    floors = (Floor("district", 4), Floor("segment", {"women": 5}))
    plan = plan_outreach(FORECAST, 20, means=Means(options, areas, floors))
    table = plan.table.set_index("area_id")
    assert table.loc["01", "activities"] == 3
    assert table.loc["02", "activities"] <= 1
    assert table.loc["05", "activities"] == 0
    assert (table.groupby("district")["activities"].sum() >= 4).all()
    assert table["activities_discussion:women"].sum() >= 5
    assert table["activities"].sum() == 20


def test_places_of_limits_that_are_unknown_are_named():
    areas = pd.DataFrame({"area": ["Nowhere"], "maximum": [1]})
    with pytest.raises(DataError, match="Nowhere"):
        plan_outreach(FORECAST, 5, means=Means(areas=areas))
    with pytest.raises(DataError, match="Mars"):
        plan_outreach(FORECAST, 5, means=Means(floors=(Floor("district", {"Mars": 1}),)))
    with pytest.raises(TurnoutError, match="floors are by"):
        plan_outreach(FORECAST, 5, means=Means(floors=(Floor("planet", 1),)))


def test_floors_beyond_the_budget_are_refused():
    with pytest.raises(TurnoutError, match="cannot be met"):
        plan_outreach(FORECAST, 5, means=Means(floors=(Floor("district", 2),)))


def test_meeting_the_same_area_again_is_worth_less():
    done = pd.DataFrame(
        {"date": ["2030-11-01"], "area": ["Kelurahan 3"], "kind": ["tatap muka"], "reached": [4000]}
    )
    before = plan_outreach(FORECAST, 60).table
    after = plan_outreach(FORECAST, 60, means=Means(done=done)).table
    assert after["activities"][2] < before["activities"][2]
    assert after["activities"].sum() == 60


def test_gain_by_hand():
    # One area of 1000 at 60%, ten meetings of 10: h(.1) = .09063; .24 x 1000 x .08 x .09063 = 1.74.
    places = pd.DataFrame({"area": ["A"], "area_id": ["1"], "registered": [1000.0]})
    forecast = Forecast(ELECTION, places, np.full((4000, 1), 0.6), "area")
    sure = EffectPosterior(("face_to_face",), np.array([0.08]), np.array([[0.0]]))
    plan = plan_outreach(forecast, 10, means=Means((Option(reach=10),)), effect=sure, goal=0.601)
    assert plan.table["gain_voters"][0] == pytest.approx(1.74, abs=0.01)
    assert plan.rule("plan")["gain"] == pytest.approx(0.00174, abs=0.00001)
    assert plan.figures["prob_before"] == 0
    assert plan.rule("plan")["prob_goal"] == 1
    assert "probability from <1% to >99%" in plan.text
    few = replace(plan, figures={**plan.figures, "draws": 200})
    assert "probability from <1.5% to >98.5%" in few.text
    np.testing.assert_allclose(
        plan.curve.loc[plan.curve["budget"] == 10, "gain"], 0.00174, atol=0.00001
    )


def test_a_plan_that_is_better_than_equal_says_so():
    places = pd.DataFrame({"area": list("AB"), "area_id": list("12"), "registered": [1e5, 500.0]})
    forecast = Forecast(ELECTION, places, np.full((2000, 2), 0.6), "area")
    sure = EffectPosterior(("face_to_face",), np.array([0.1]), np.array([[1e-6]]))
    plan = plan_outreach(forecast, 10, effect=sure)
    assert not plan.like_equal
    assert "points more than an equal split" in plan.text


def test_a_goal_within_reach_is_not_called_out_of_reach():
    near = float(np.median(FORECAST.at("city").draws)) + 0.002
    plan = plan_outreach(FORECAST, 100, goal=near)
    assert not plan.out_of_reach
    assert plan.rule("plan")["prob_goal"] >= plan.figures["prob_before"]
    assert "No such plan" not in plan.text
    low = plan_outreach(FORECAST, 10, goal=0.3)
    assert "above the goal" in low.text


def test_uplift_rules_add_up_to_the_goal():
    median = float(np.median(FORECAST.at("city").draws))
    goal = median + 0.08
    uplift = required_uplift(FORECAST, goal)
    weights = FORECAST.places["registered"] / FORECAST.places["registered"].sum()
    assert (weights * uplift["expected"]).sum() == pytest.approx(median, abs=1e-6)
    for rule in ("uplift_equal_shift", "uplift_non_voters"):
        reached = (weights * (uplift["expected"] + uplift[rule])).sum()
        assert reached == pytest.approx(goal, abs=1e-6)
        assert (uplift[rule] > 0).all()
    # The same share of non-voters everywhere; the same logit everywhere.
    share = uplift["uplift_non_voters"] / (1 - uplift["expected"])
    np.testing.assert_allclose(share, share[0])
    start, end = uplift["expected"], uplift["expected"] + uplift["uplift_equal_shift"]
    shift = np.log(end / (1 - end)) - np.log(start / (1 - start))
    np.testing.assert_allclose(shift, shift[0], rtol=1e-6)
    met = required_uplift(FORECAST, 0.1)
    np.testing.assert_allclose(met[["uplift_equal_shift", "uplift_non_voters"]], 0, atol=1e-12)


@pytest.mark.slow
def test_own_best_takes_the_type_before_its_family():
    rng = np.random.default_rng(1)
    rows = [
        ("2015-12-09", "pilkada", [800, 700, 500]),
        ("2018-06-27", "pilwako", [900, 600, 400]),
        ("2019-04-17", "pemilu", [990, 990, 990]),
    ]
    results = pd.concat(
        [
            pd.DataFrame(
                {
                    "date": date,
                    "election_type": kind,
                    "area": list("ABC"),
                    "registered": 1000,
                    "voters": voters,
                }
            )
            for date, kind, voters in rows
        ]
    )
    # No pilkada of C is known below: its best is that of the family.
    results = results[~((results["election_type"] == "pilkada") & (results["area"] == "C"))]
    forecast = HierarchicalModel().fit(results).forecast(ELECTION, draws=500, seed=1)
    fixed = np.full((50, 3), 0.5) + rng.normal(0, 1e-6, (50, 1))
    flat = Forecast(ELECTION, forecast.places, fixed, "area", forecast.history)
    best = required_uplift(flat, 0.9).set_index(flat.places["area"])["uplift_own_best"]
    np.testing.assert_allclose(best[list("ABC")], [0.3, 0.2, 0.0], atol=1e-4)


def test_money_without_costs_and_wrong_means_are_refused():
    with pytest.raises(TurnoutError, match="cost"):
        plan_outreach(FORECAST, Budget(1e6, "money"))
    with pytest.raises(ValueError, match="once"):
        Means((Option(), Option()))
    with pytest.raises(ValueError, match="must be a number above 0"):
        Budget(0)
    with pytest.raises(ValueError, match="unit"):
        Budget(1, "hours")
    with pytest.raises(ValueError, match="reach"):
        Option(reach=0)
    with pytest.raises(TurnoutError, match="kind and reach"):
        options_of_table(pd.DataFrame({"kind": ["x"]}))


def test_options_from_tables_and_logs():
    table = pd.DataFrame(
        {"kind": ["Tatap Muka", "sms"], "reach": [80, 500], "segment": ["pemula", None]}
    )
    first, second = options_of_table(table)
    assert (first.name, second.name) == ("face_to_face:pemula", "personal_message")
    log = pd.DataFrame({"date": "2024-01-01", "area": "A", "kind": ["baliho", "seminar"]})
    assert [option.reach for option in options_of_log(log)] == [100]


def test_the_files_are_what_staff_work_from(tmp_path):
    plan = plan_outreach(
        FORECAST, 20, means=Means((Option(cost=5e6), Option("diskusi", 30, 1e6))), goal=0.8
    )
    write_plan(plan, tmp_path, "id")
    table = pd.read_csv(tmp_path / "plan.csv", dtype={"area_id": "str"})
    assert len(table) == 12
    assert table["activities"].sum() == 20
    assert {"people", "money", "gain_voters", "uplift_non_voters"} <= set(table)
    book = load_workbook(tmp_path / "plan.xlsx")
    assert book.sheetnames == ["rencana", "ringkasan"]
    sheet = book["rencana"]
    header = [cell.value for cell in sheet[1]]
    assert {"Kecamatan", "Jumlah kegiatan", "Tatap muka", "Biaya"} <= {
        str(one)[0].upper() + str(one)[1:] for one in header
    }
    assert header[-2:] == ["Kegiatan terlaksana (diisi)", "Orang ditemui (diisi)"]
    assert sheet.max_row == 13
    column = header.index("Jumlah kegiatan") + 1
    counts = [sheet.cell(row, column).value for row in range(2, 14)]
    assert sum(counts) == 20
    assert counts == sorted(counts, reverse=True)


def test_the_order_of_areas_is_irrelevant():
    order = np.random.default_rng(2).permutation(12)
    mixed = Forecast(
        ELECTION,
        FORECAST.places.iloc[order].reset_index(drop=True),
        FORECAST.draws[:, order],
        "area",
    )
    one = plan_outreach(FORECAST, 30).table.set_index("area_id")["activities"]
    other = plan_outreach(mixed, 30).table.set_index("area_id")["activities"]
    assert one.to_dict() == other.to_dict()


@pytest.mark.slow
def test_ten_thousand_areas_and_five_kinds_take_seconds():
    rng = np.random.default_rng(0)
    number = 10_000
    places = pd.DataFrame(
        {
            "district": [f"D{one // 50}" for one in range(number)],
            "area": [f"A{one}" for one in range(number)],
            "area_id": [f"{one:05d}" for one in range(number)],
            "registered": rng.integers(800, 6000, number).astype(float),
        }
    )
    draws = rng.beta(70, 30, (1000, number)).astype(np.float32)
    kinds = (("tatap muka", 100), ("rumah ke rumah", 30), ("konser", 500), ("sms", 1000))
    options = (*(Option(kind, reach) for kind, reach in kinds), Option("seminar", 80))
    means = Means(options, floors=(Floor("district", 3),))
    started = time.process_time()
    plan = plan_outreach(Forecast(ELECTION, places, draws, "area"), 20_000, means=means, goal=0.75)
    assert time.process_time() - started < 10
    assert plan.rule("plan")["activities"] == 20_000


@pytest.mark.parametrize("amount", [float("inf"), float("nan"), 0.0, -3.0])
def test_a_budget_must_be_a_number_above_zero(amount):
    with pytest.raises(TurnoutError, match="must be a number above 0"):
        Budget(amount)


@pytest.mark.parametrize(
    ("budget", "told"),
    [
        (Budget(5e7), r"50,000,000 activities is impossible: .* takes 3,\d\d\d\..* --unit money"),
        (Budget(5e7, "people"), r"50,000,000 people is impossible: .* makes 12\d,\d\d\d\."),
    ],
)
def test_more_than_every_voter_by_every_kind_is_refused(budget, told):
    options = (Option("tatap muka", 50, 4.0), Option("rumah ke rumah", 25, 1.0))
    with pytest.raises(TurnoutError, match=told):
        plan_outreach(FORECAST, budget, means=Means(options))


def test_a_plan_says_what_it_takes_of_the_budget_and_when_people_are_met_twice():
    options = (Option("tatap muka", 50, 4.0), Option("Rumah Sehat", 25, 1.0))
    rich = plan_outreach(FORECAST, Budget(5e7, "money"), means=Means(options))
    assert re.search(r"Used of the budget: [1-9],\d\d\d of 50,000,000 \(0\.0%\)", rich.text)
    assert "counts for each" in rich.text
    poor = plan_outreach(FORECAST, 40, means=Means(options))
    assert "Anggaran terpakai: 40 dari 40 kegiatan (100,0%)." in poor.say("id")
    assert "untuk setiap jenis" not in poor.say("id")
    assert "rumah sehat" in rich.text


def test_a_plan_of_nothing_is_refused():
    places = pd.DataFrame({"area": ["A", "B"], "registered": [4000.0, 8000.0]})
    draws = np.random.default_rng(1).beta(70, 30, (100, 2))
    forecast = Forecast(Election("2030-11-27", "pilkada"), places, draws, "area")
    costly = Means(options=(Option(cost=100.0),))
    with pytest.raises(TurnoutError, match="the budget is 50 and the cheapest activity takes 100"):
        plan_outreach(forecast, Budget(50, "money"), means=costly)
