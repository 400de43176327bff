"""Those who did not vote, entered as voters: of an election, or of the places of a district."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.reading.results import load_results

DAYS = {"2015-12-09": "pilkada", "2018-06-27": "pilgub", "2020-12-09": "pilkada"}
PLACES, INSIDE = 40, 8


def elections(usual: float = 0.8) -> pd.DataFrame:
    """Return three elections of places that keep their order, so much above one half (logit)."""
    rng = np.random.default_rng(4)
    lasting, size = rng.normal(usual, 0.3, PLACES), rng.integers(700, 4000, PLACES)
    tables = []
    for number, (day, kind) in enumerate(DAYS.items()):
        logit = lasting + 0.1 * number + rng.normal(0, 0.1, PLACES)
        registered = size + rng.integers(0, 40, PLACES)
        table = pd.DataFrame({"registered": registered, "date": day, "election_type": kind})
        table["voters"] = (registered / (1 + np.exp(-logit))).round().astype(int)
        table["district"] = [f"Kecamatan {place // INSIDE}" for place in range(PLACES)]
        tables.append(table.assign(area=[f"Desa {place:02d}" for place in range(PLACES)]))
    return pd.concat(tables, ignore_index=True)


def turned(table: pd.DataFrame, day: str, districts: int) -> pd.DataFrame:
    """Return elections of which one has those who did not vote, in its first districts."""
    inside = table["district"].isin([f"Kecamatan {number}" for number in range(districts)])
    wrong = (table["date"] == day) & inside
    return table.assign(voters=table["voters"].where(~wrong, table["registered"] - table["voters"]))


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("districts", "n"), [(0, 0), (1, INSIDE), (PLACES // INSIDE, PLACES)])
def test_those_who_did_not_vote_are_told_once(day: str, districts: int, n: int) -> None:
    reading = load_results(turned(elections(), day, districts))
    told = [one for one in reading.findings if one.rule == "abstainers"]
    assert [one.values["n"] for one in told] == [n] * (n > 0)
    assert len(reading.findings) == len(told)


def test_a_district_where_few_vote_or_half_is_no_such_case() -> None:
    table = elections()
    where = (table["date"] == "2018-06-27") & (table["district"] == "Kecamatan 1")
    low = table.assign(voters=table["voters"].where(~where, table["voters"] * 3 // 4))
    half = turned(elections(0.0), "2018-06-27", 1)
    for rows in (low, half):
        assert "abstainers" not in {one.rule for one in load_results(rows).findings}


def test_what_is_no_count_hides_no_error() -> None:
    table = elections()
    wrong = (table["date"] == "2018-06-27") & (table.index % 2 == 0)
    lost = table.assign(voters=table["voters"].where(~wrong, table["voters"] / 1_000))
    reading = load_results(lost)
    assert {one.rule for one in reading.errors} == {"lost_thousands"}
    assert {spot.row for one in reading.errors for spot in one.spots} == {*table.index[wrong]}
    assert len(reading.table) == (~wrong).sum()
