"""How many stations a place of a count has in all, where the count does not tell it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats
from turnout.schema import LISTED

COMPLETE = 0.98
"""A count without word of its stations is complete if it holds this share of the roll."""

# Voters of a typical station, where a partial count does not tell how many stations there are.
_STATION = 400.0

# Stations listed hold about as much of the roll as they are of all stations: this part at least.
_AGREED = 0.9


def with_all_stations(figures: pd.DataFrame, roll: Floats, stations: Floats) -> pd.DataFrame:
    """Return figures with the number of all stations where the count does not tell it.

    Stations that hold the roll are all there are. Where they do not, the roll may tell how many
    there are. Else, where some that are listed are still out, they and the others are all there
    are, unless the roll says that fewer of its voters are in.

    Parameters
    ----------
    figures
        The count's figures per place; NaN where a place has none.
    roll, stations
        Registered voters and stations of each place by the roll; NaN where it does not tell.
    """
    counted, listed, told = (
        figures[name].to_numpy() for name in ("stations_counted", LISTED, "stations_total")
    )
    with np.errstate(divide="ignore", invalid="ignore"):
        of_listed = np.where(np.isnan(listed), 1.0, counted / listed)
        of_roll = np.where(roll > 0, figures["registered"].to_numpy() / roll, of_listed)
    enough = np.where(of_listed < 1, (1 + of_listed) / 2, COMPLETE)
    whole = of_roll >= np.maximum(enough, COMPLETE)
    agreed = (of_listed < 1) & (of_roll >= _AGREED * of_listed)
    found = np.where(whole, counted, np.where(agreed, listed, np.nan))
    found = np.where(np.isnan(listed), told, found)
    known = np.nan_to_num(np.fmax(listed, counted))
    out = np.isnan(counted) & figures["registered"].isna().to_numpy()  # nothing is in yet
    by_roll = ~whole & (stations >= known) & np.isnan(told) & ((counted > 0) | out)
    return figures.assign(stations_total=np.where(by_roll, stations, found))


def with_open_stations(
    cells: pd.DataFrame, of_count: Bools, part: Bools, share: Floats, size: Floats
) -> pd.DataFrame:
    """Give partial counts without word of all stations as many as their voters make up.

    Where rows of stations are in, these tell how large one is.
    """
    node = cells["node"].to_numpy()
    lacking = of_count & part[node]
    if not lacking.any():
        return cells
    filled = cells.copy()
    node, rows = node[lacking], cells[lacking]
    total = np.maximum(1.0, np.round(size / _STATION))[node]
    counted = share[node] * total
    if LISTED in rows:
        listed = rows[LISTED].notna().to_numpy() & (share[node] > 0)
        counted = np.where(listed, rows["stations_counted"], counted)
        total = np.where(listed, counted / np.where(listed, share[node], 1.0), total)
    filled.loc[lacking, "stations_total"] = total
    filled.loc[lacking, "stations_counted"] = counted
    return filled
