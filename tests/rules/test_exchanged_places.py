"""Two places of a district whose figures have changed places in one contest."""

from __future__ import annotations

import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

SIZES = {"Aman": 1500, "Elok": 2400, "Indah": 5200, "Makmur": 900}
DAYS = ["2014-07-09", "2019-04-17", "2024-02-14"]


def results(day: str = "", **registered: int) -> pd.DataFrame:
    """Return results with some sizes of one day, growing by 3% from contest to contest."""
    rows = []
    for number, date in enumerate(DAYS):
        for area, size in SIZES.items():
            grown = round(size * 1.03**number)
            here = registered.get(area, grown) if date == day else grown
            district = "Selatan" if area == "Makmur" else "Utara"
            rows.append((date, "pemilu", district, area, here, round(here * 0.7) + number))
    return pd.DataFrame(
        rows, columns=["date", "election_type", "district", "area", "registered", "voters"]
    )


def told(table: pd.DataFrame) -> list[tuple[str, str]]:
    return [(one.rule, one.say("en")) for one in load_results(table).findings]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("pair", [{"Aman": 2470, "Elok": 1540}, {"Elok": 5350, "Indah": 2460}])
def test_exchanged_places_are_one_warning_that_names_both(day, pair):
    found = told(results(day, **pair))
    assert [rule for rule, _ in found] == ["exchanged_places"]
    assert all(name in found[0][1] for name in pair)


@pytest.mark.parametrize(
    ("registered", "rule"),
    [
        ({"Aman": 2470}, "roll_jump"),  # the other stays: nothing is exchanged
        ({"Aman": 2470, "Elok": 3900}, "roll_jump"),  # both grew
        ({"Makmur": 2470, "Elok": 950}, "roll_far_off"),  # of two districts
        ({"Aman": 1620, "Elok": 2300}, None),
    ],
)
def test_other_changes_are_told_as_before(registered, rule):
    assert {one for one, _ in told(results("2024-02-14", **registered))} == {rule} - {None}


def test_exchanged_places_of_a_roll_are_told_too():
    roll = results()[lambda table: table["date"] == DAYS[-1]][["district", "area", "registered"]]
    clean = load_roll(roll, results=load_results(results()).table)
    assert not clean.findings
    roll["registered"] = roll["area"].map({**SIZES, "Aman": 2500, "Elok": 1600})
    broken = load_roll(roll, results=load_results(results()).table)
    assert [one.rule for one in broken.findings] == ["exchanged_places"]
