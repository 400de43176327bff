"""Tables that a user made are held to the rules of reading before a model sees them."""

import numpy as np
import pandas as pd
import pytest

from turnout.areas import build_panel
from turnout.backtesting import backtest
from turnout.elections import Election
from turnout.errors import DataError
from turnout.language import LANGUAGES
from turnout.models.mixture.model import Mixture
from turnout.models.points.glm import BinomialGLM
from turnout.models.points.naive import LastOfType
from turnout.models.tree.model import HierarchicalModel

COMING = Election("2024-11-27", "pilkada")
RESULTS = pd.DataFrame(
    {
        "date": ["2015-12-09"] * 3 + ["2020-12-09"] * 3,
        "election_type": "pilkada",
        "district": ["Utara", "Utara", "Selatan"] * 2,
        "area": ["Murni", "Legok", "Kasang"] * 2,
        "registered": [1000, 3000, 2000, 1100, 3300, 2200],
        "voters": [700, 1800, 1500, 800, 2000, 1600],
    },
    index=[f"r{row}" for row in range(6)],
)
ROLL = RESULTS.iloc[3:][["district", "area"]].assign(registered=[1200.0, 3400.0, 2300.0])


def changed(table: pd.DataFrame, row: int, column: str, value: float) -> pd.DataFrame:
    table = table.astype({column: float})
    table.iloc[row, table.columns.get_loc(column)] = value
    return table


@pytest.mark.parametrize(
    ("value", "says"),
    [
        (0, "row r4, column registered.*no registered voters in Legok"),
        (np.nan, "no registered voters given for Legok"),
        (-3, "row r4, column registered.*below zero"),
    ],
)
@pytest.mark.parametrize("model", [HierarchicalModel(), Mixture(), BinomialGLM(), LastOfType()])
def test_a_roll_without_voters_is_refused(model: LastOfType, value: float, says: str) -> None:
    roll = changed(ROLL, 1, "registered", value)
    with pytest.raises(DataError, match=says) as raised:
        model.fit(RESULTS).forecast(COMING, roll=roll, draws=10)
    assert len(raised.value.findings) == 1
    assert raised.value.say("id") != raised.value.say("en")


def test_every_bad_row_of_a_roll_is_counted_and_the_first_are_told() -> None:
    with pytest.raises(DataError, match="3 problem") as raised:
        build_panel(RESULTS, roll=ROLL.assign(registered=0), election=COMING)
    assert "row r3" in str(raised.value)


def test_a_roll_without_rows_is_refused() -> None:
    with pytest.raises(DataError, match="The roll has no rows") as raised:
        build_panel(RESULTS, roll=ROLL.iloc[:0], election=COMING)
    assert all(raised.value.say(lang) for lang in LANGUAGES)


def test_a_roll_that_repeats_a_place_is_refused() -> None:
    twice = pd.concat([ROLL, ROLL.iloc[[1]].assign(area=" legok")])
    with pytest.raises(DataError, match=r"1 row of the roll for .*legok \(Utara\)"):
        build_panel(RESULTS, roll=twice, election=COMING)


def test_results_that_repeat_a_place_are_refused() -> None:
    twice = pd.concat([RESULTS, RESULTS.iloc[:2]])
    with pytest.raises(DataError, match=r"2 rows .*Murni \(Utara\) in pilkada 2015"):
        build_panel(twice)


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("voters", -4, "row r1, column voters .*below zero"),
        ("registered", -4, "row r1, column registered .*below zero"),
        ("registered", 0, "no registered voters in Legok"),
        ("voters", 4600, "4,600 voters of 3,000 registered in Legok"),
    ],
)
def test_results_that_cannot_be_counts_are_refused(column: str, value: float, says: str) -> None:
    with pytest.raises(DataError, match=says):
        build_panel(changed(RESULTS, 1, column, value))


def test_shares_and_percents_are_no_counts() -> None:
    share = RESULTS["voters"] / RESULTS["registered"]
    with pytest.raises(DataError, match=r"6 counts .*between 0 and 1"):
        build_panel(RESULTS.assign(voters=share))
    with pytest.raises(DataError, match="a percentage where a count of people is due"):
        build_panel(RESULTS.assign(voters=(100 * share).round(1)))


def test_estimates_need_not_be_whole_and_a_few_more_voters_than_registered_are_odd_only() -> None:
    build_panel(changed(RESULTS, 1, "voters", 1800.5))
    build_panel(changed(RESULTS, 1, "voters", 3050))
    build_panel(changed(RESULTS, 1, "voters", np.nan))


def test_what_happens_later_is_not_judged() -> None:
    coming = Election("2019-04-17", "pilkada")
    build_panel(changed(RESULTS, 4, "voters", -4), election=coming)


def test_a_place_whose_voters_were_never_counted_is_not_forecast() -> None:
    unknown = changed(RESULTS, 3, "registered", np.nan)
    build_panel(unknown, election=COMING)  # the count of 2015 is known
    never = changed(unknown, 0, "registered", np.nan)
    with pytest.raises(DataError, match=r"1 of the 3 places .*\(first: Murni \(Utara\)\)"):
        build_panel(never, election=COMING)


@pytest.mark.slow
def test_a_backtest_leaves_out_the_places_whose_registered_are_blank() -> None:
    blank = changed(RESULTS, 4, "registered", np.nan)
    tested = backtest({}, blank, min_history=1)
    assert tested.failures.empty
    areas = tested.forecasts[tested.forecasts["scale"] == "area"]
    assert set(areas["area"]) == {"Murni", "Kasang"}


CROSSWALK = pd.DataFrame(
    {"new_area": ["Baru", "Baru"], "old_area": ["Murni", "Legok"], "weight": [0.5, 0.5]}
)
SPLIT = pd.concat([ROLL, ROLL.iloc[:1].assign(area="Baru")])


@pytest.mark.parametrize(
    ("crosswalk", "says"),
    [
        (CROSSWALK.assign(weight=0.4), "row 0, column weight .*weights of Baru sum to 80%"),
        (CROSSWALK.drop(columns="weight"), "not a share above 0"),
        (CROSSWALK.assign(old_area=None), "does not name both a new and an old area"),
        (
            pd.DataFrame(
                {"new_area": ["Murni", "Legok"], "old_area": ["Legok", "Murni"], "weight": 1.0}
            ),
            "row 0: Murni is said to come from Legok, which is said to come from Murni",
        ),
    ],
)
def test_a_crosswalk_that_cannot_be_followed_is_refused(crosswalk: pd.DataFrame, says: str) -> None:
    with pytest.raises(DataError, match=says):
        build_panel(RESULTS, roll=SPLIT, election=COMING, crosswalk=crosswalk)


def test_a_crosswalk_needs_no_codes() -> None:
    panel = build_panel(RESULTS, roll=SPLIT, election=COMING, crosswalk=CROSSWALK)
    new = panel.nodes.index[panel.nodes["area"] == "Baru"]
    assert panel.cells["node"].isin(new).sum() == 2
