"""The nearest contests of every place, against a search through all rows."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from turnout.rules.nearest_contests import NearestContests


def panel(seed: int) -> pd.DataFrame:
    """Return places of a few districts in contests of which some share a day, or some districts."""
    rng = np.random.default_rng(seed)
    contests, places, districts = rng.integers(2, 9), rng.integers(4, 20), rng.integers(1, 4)
    within, days = rng.integers(0, districts, places), rng.integers(0, 6, contests)
    rows = pd.DataFrame([(one, key) for one in range(contests) for key in range(places)])
    rows = rows.set_axis(["contest", "key"], axis=1)
    rows["within"] = within[rows["key"]]
    rows["date"] = pd.Timestamp("2010-01-01") + pd.to_timedelta(100 * days[rows["contest"]], "D")
    there = rng.random((contests, districts))[rows["contest"], rows["within"]] < 0.7
    rows = rows[there & (rng.random(len(rows)) < 0.7)]
    return rows.sort_values("date", kind="stable").set_axis(np.arange(len(rows)) - 3)


def searched(areas: pd.DataFrame, contest: int) -> dict[int, tuple[pd.Timestamp, bool]]:
    """Return by place the day of its nearest row, and whether it is gone for a day at most."""
    here = areas[areas["contest"] == contest]
    others = areas[areas["within"].isin(here["within"]) & (areas["contest"] != contest)]
    day, found = here["date"].iloc[0], {}
    ends = [others["date"][others["date"] < day].max(), others["date"][others["date"] > day].min()]
    for key, rows in others.groupby("key"):
        before, after = (rows["date"][rows["date"] <= day], rows["date"][rows["date"] >= day])
        near = before.max() if len(before) else after.min()
        at_end = pd.isna(ends).sum() == 1 and near in ends
        found[int(str(key))] = (near, (len(before) > 0 and len(after) > 0) or at_end)
    return found


@pytest.mark.parametrize("seed", range(20))
def test_nearest_contests_are_those_of_a_search_through_all_rows(seed: int) -> None:
    areas = panel(seed)
    nearest = NearestContests.of(areas)
    for contest in areas["contest"].unique():
        there = nearest.beside(contest)
        assert (there["contest"] != contest).all()
        told = zip(there["key"], there["date"], there["for_a_day"], strict=True)
        assert {key: (day, gone) for key, day, gone in told} == searched(areas, contest)
