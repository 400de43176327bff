"""What past contests let expect of a count: of all that is in, and of a place beside the others."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints

_FEWEST = 10
"""What a count shows against a past contest is known from so many places that both tell."""

_QUANTILES: Mapping[Literal["max", "min"], float] = {"max": 0.75, "min": 0.25}
"""Figures that are too few lower turnout, those that are too many raise it: that of places without
such figures is near the other end."""


def then_and_now(figures: pd.DataFrame, usable: Bools, past: pd.DataFrame) -> pd.DataFrame:
    """Return the turnout of what is in, and that of the same places in each past contest.

    Parameters
    ----------
    figures
        (nodes) registered and voters of the count.
    usable
        (nodes,) the finest places that are in, or partly.
    past
        Observations of past contests; kin tells which are of the same type.

    Returns
    -------
    pandas.DataFrame
        now, then (shares) and kin; a row per contest that knows at least half of the places.
    """
    counted = figures.loc[usable, ["registered", "voters"]].dropna()
    both = past.merge(counted, left_on="node", right_index=True, suffixes=("", "_now"))
    by = both.groupby("contest")
    sums = by[["registered", "voters", "registered_now", "voters_now"]].sum()
    enough = (by.size() >= max(_FEWEST, len(counted) / 2)) & (sums["registered_now"] > 0)
    sums = sums.assign(kin=by["kin"].first().astype(bool))[enough]
    return pd.DataFrame(
        {
            "now": sums["voters_now"] / sums["registered_now"],
            "then": sums["voters"] / sums["registered"],
            "kin": sums["kin"],
        }
    )


def beside_others(
    parent: Ints,
    turnout: Floats,
    usable: Bools,
    past: pd.DataFrame,
    of_contests: Literal["max", "min"],
) -> Floats:
    """Return the turnout of usable places beside that expected of them; NaN where nothing is.

    A past contest lets expect that all places of a level keep their order: places of the count
    without a fault tell how many times as many vote as then.

    Parameters
    ----------
    parent
        (nodes,) parent of every place, -1 for the root.
    turnout
        (nodes,) share of the count.
    usable
        (nodes,) the places that are in, or partly.
    past
        Observations of past contests, with their turnout.
    of_contests
        Which of what several contests let expect: ``max`` where places may be too low, and the
        upper ones of the count are right, ``min`` where they may be too high.
    """
    rows = past[["node", "contest", "turnout"]]
    rows = rows[usable[rows["node"].to_numpy(np.intp)] & (rows["turnout"] > 0)]
    own = rows["node"].to_numpy(np.intp)
    rows = rows.assign(times=turnout[own] / rows["turnout"].to_numpy(), level=_depths(parent)[own])
    alike = rows.groupby(["contest", "level"])["times"]
    usual = alike.quantile(_QUANTILES[of_contests])[alike.size() >= _FEWEST].rename("usual")
    rows = rows.join(usual[usual > 0], on=["contest", "level"], how="inner")
    beside = (rows["times"] / rows["usual"]).groupby(rows["node"]).agg(of_contests)
    return beside.reindex(np.arange(len(parent))).to_numpy(float)


def _depths(parent: Ints) -> Ints:
    """Return how many places lie above each, (nodes,); parents stand before their parts."""
    depth = np.zeros(len(parent), dtype=np.intp)
    for node in range(1, len(parent)):
        depth[node] = depth[parent[node]] + 1
    return depth
