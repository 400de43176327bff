"""Registered of other lists: of a whole election, or of the places of one district."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results
from turnout.reading.roll import load_roll

DAYS = {
    "2015-12-09": "pilkada",
    "2019-04-17": "pilpres",
    "2020-12-09": "pilkada",
    "2024-02-14": "pilpres",
}
PLACES, INSIDE = 40, 8


def table_of(
    days: list[str], times: float = 1.0, day: str = "", districts: int = 0
) -> pd.DataFrame:
    """Return elections of growing places; one day's registered are multiplied in some districts."""
    rng = np.random.default_rng(8)
    size = rng.integers(700, 4000, PLACES)
    tables = []
    for number, one in enumerate(days):
        registered = size * 1.01**number * rng.normal(1, 0.008, PLACES)
        inside = np.arange(PLACES) < districts * INSIDE
        registered = np.where(inside & (one == day), registered * times, registered).round()
        table = pd.DataFrame({"registered": registered.astype(int), "date": one})
        table["district"] = [f"Kecamatan {place // INSIDE}" for place in range(PLACES)]
        table["area"] = [f"Desa {place:02d}" for place in range(PLACES)]
        table["voters"] = (size * 1.01**number * rng.uniform(0.6, 0.7, PLACES)).round().astype(int)
        tables.append(table.assign(election_type=DAYS.get(one, "roll")))
    return pd.concat(tables, ignore_index=True)


@pytest.mark.parametrize("times", [1.0, 0.88, 1.12, 1.4])
@pytest.mark.parametrize("day", ["2015-12-09", "2020-12-09", "2024-02-14"])
def test_a_district_of_another_list_is_told_once(day: str, times: float) -> None:
    found = load_results(table_of([*DAYS], times, day, 1)).findings
    told = [one for one in found if one.rule == "district_of_other_lists"]
    assert len(found) == len(told) == (times != 1)
    for one in told:
        assert (one.values["n"], one.values["contest"][:10]) == (INSIDE, day)
        sums = one.values["effect"].values
        np.testing.assert_allclose(sums["usual"] * times, sums["registered"], rtol=0.02)


@pytest.mark.parametrize(("times", "told"), [(1.0, 0), (0.87, 1), (1.13, 1)])
def test_a_district_that_is_a_third_of_all_places_is_told(times: float, told: int) -> None:
    table = table_of([*DAYS][:3], times, "2019-04-17", 1)
    table = table[table["district"] < "Kecamatan 3"].reset_index(drop=True)
    vary = np.random.default_rng(4).uniform(0.98, 1.025, len(table))
    varied = table.assign(registered=(table["registered"] * vary).round().astype(int))
    found = load_results(varied).findings
    assert [one.rule for one in found] == ["district_of_other_lists"] * told
    assert not told or found[0].values["district"] == "Kecamatan 0"
    two = varied[varied["district"] != "Kecamatan 1"].reset_index(drop=True)
    assert not load_results(two).findings  # either may be the one that is off


@pytest.mark.parametrize(("times", "told"), [(1.0, 0), (0.95, 1), (1.05, 1)])
@pytest.mark.parametrize("day", ["2019-04-17", "2020-12-09"])
def test_an_election_of_another_list_is_told_once(day: str, times: float, told: int) -> None:
    found = load_results(table_of([*DAYS], times, day, PLACES // INSIDE)).findings
    assert [one.rule for one in found] == ["other_lists"] * told


def test_polls_of_two_kinds_with_lists_of_their_own_are_no_such_case() -> None:
    table = table_of([*DAYS, "2024-11-27"]).assign(election_type="pilkada")
    national = table["date"].isin([day for day, kind in DAYS.items() if kind == "pilpres"])
    more = (table["registered"] * 1.05).round().astype(int)
    table = table.assign(registered=table["registered"].where(~national, more))
    assert "other_lists" not in {one.rule for one in load_results(table).findings}


@pytest.mark.parametrize(
    ("day", "districts", "rules"),
    [
        ("", 0, []),
        ("2024-02-14", PLACES // INSIDE, ["other_lists"]),
        ("2024-02-14", 1, []),
        ("2024-11-27", 1, ["district_of_other_lists"]),
    ],
)
def test_a_roll_shows_what_the_past_by_itself_does_not(
    day: str, districts: int, rules: list[str]
) -> None:
    table = table_of([*DAYS, "2024-11-27"], 1.08, day, districts)
    on_roll = table["date"] == "2024-11-27"
    past = load_results(table[~on_roll].reset_index(drop=True)).table
    roll = table.loc[on_roll, ["district", "area", "registered"]].reset_index(drop=True)
    assert [one.rule for one in load_roll(roll, past).findings] == rules


@pytest.mark.parametrize("kind", ["pilkada", "pilpres"])
def test_two_elections_under_each_others_titles_are_told_once(kind: str) -> None:
    table = table_of([*DAYS])
    one, other = [day for day, of in DAYS.items() if of == kind]
    table["date"] = table["date"].replace({one: other, other: one})
    (told,) = load_results(table).findings
    assert told.rule == "elections_exchanged"
    assert [told.values[name][:10] for name in ("contest", "usual")] == [one, other]
    assert told.values["n"] >= 0.9 * PLACES
