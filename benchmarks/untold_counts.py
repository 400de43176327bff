"""How often a count without word of stations is doubted: whole ones, and ones of some stations.

    python benchmarks/untold_counts.py                    all panels, as docs/accuracy.md tells
    python benchmarks/untold_counts.py --set own

Every contest of the panels that has a past is given as a count without columns of stations: once as
it was, and once per share with the voters of that share of each area's stations (of 400 voters,
each in or out by chance) beside the roll of all. The rules of `turnout.rules.coming` judge it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
import pandas as pd

from panels import SETS, add_data_option, load_panel, names_of
from turnout.elections import group_of_type
from turnout.rules.coming import STATIONS_UNTOLD, TOGETHER_UNTOLD, check_stations
from turnout.rules.draft import Draft
from turnout.rules.measures import described
from turnout.schema import canonical_results

SHARES = (1.0, 0.8, 0.75, 0.7, 0.6, 0.5, -0.5)
"""Shares of the stations that are in; -0.5: of half of the areas, the others being whole."""
_STATION = 400
_AFTER = pd.Timestamp("2024-11-27")  # nothing is ever measured on this day or after


def judged(name: str, data: Path, rng: np.random.Generator) -> pd.DataFrame:
    """Return a row per contest of a panel and share: its kin, and which rules doubt it."""
    table = canonical_results(load_panel(name, data))
    table = table[table["date"] < _AFTER]
    rows = []
    for (day, kind), count in table.groupby(["date", "election_type"]):
        past = table[table["date"] < day]
        if past.empty or len(count) < 3:
            continue
        of_type = past["election_type"].map(group_of_type) == group_of_type(str(kind))
        kin = past.loc[of_type, "election"].nunique()
        count = count.reset_index(drop=True)
        before = past.set_axis(pd.RangeIndex(-len(past), 0))
        beside = described(pd.concat([before, count]))
        draft = Draft.of_table(beside[beside.index >= 0])
        for share in SHARES:
            stations = np.maximum(1, np.round(count["registered"].fillna(1) / _STATION)).astype(int)
            of_all = rng.binomial(stations, abs(share)) / stations
            if share < 0:
                of_all[rng.permutation(len(count))[: len(count) // 2]] = 1.0
            given = beside.copy()
            given.loc[count.index, "voters"] = np.floor(count["voters"] * of_all)
            found = check_stations(draft, given)
            alone = sum(one.rule == STATIONS_UNTOLD.name for one in found) / len(count)
            together = any(one.rule == TOGETHER_UNTOLD.name for one in found)
            rows.append((name, str(day.date()), kin, share, together, alone > 0, alone))
    columns = ["panel", "day", "kin", "share", "together", "alone", "places"]
    return pd.DataFrame(rows, columns=columns)


def main() -> None:
    """Print the table of docs/accuracy.md."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--set", choices=SETS, default="all")
    add_data_option(parser)
    asked = parser.parse_args()
    rng = np.random.default_rng(1)
    names = names_of(asked.set, asked.data)
    table = pd.concat([judged(name, asked.data, rng) for name in names])
    table["known"] = np.where(table["kin"] >= 2, "2 or more", np.where(table["kin"] == 1, "1", "0"))
    by = table.groupby(["known", "share"], sort=True)
    told = by[["together", "alone"]].sum().assign(contests=by.size())
    told["either"] = (
        (table["together"] | table["alone"]).groupby([table["known"], table["share"]]).sum()
    )
    told["places alone"] = by["places"].mean().round(3)
    print(told.to_string())


if __name__ == "__main__":
    main()
