"""Places of a count with far more voters than they had, or than the other places let expect.

A digit too many, votes in place of voters, or those who did not vote make a goal reached that is
not. Where turnout is high such figures lie above the registered; where it is low nothing else
tells them.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats, Ints
from turnout.rules.coming import FAR_BELOW

_TIMES = 1 / FAR_BELOW
"""Turnout is far above what is usual where that is far below it."""

_FEWEST = 10
"""What a count shows against a past contest is known from so many places that both tell."""

_LOWER = 0.25
"""Figures that are too many raise turnout: that of places without them is near the lower end."""


def all_high(figures: pd.DataFrame, usable: Bools, past: pd.DataFrame) -> tuple[float, ...]:
    """Return the turnout of what is in and the highest of these places, if it is far above.

    The highest is that of contests of the same type, or ever where there is none: local elections
    draw far fewer voters than others. Of 204 past contests of 20 panels none was so high.

    Parameters
    ----------
    figures
        (nodes) registered and voters of the count.
    usable
        (nodes,) the finest places that are in, or partly.
    past
        Observations of past contests; kin tells which are of the same type.
    """
    counted = figures.loc[usable, ["registered", "voters"]].dropna()
    both = past.merge(counted, left_on="node", right_index=True, suffixes=("", "_now"))
    by = both.groupby(["contest", "kin"])
    sums = by[["registered", "voters", "registered_now", "voters_now"]].sum().assign(n=by.size())
    sums = sums[(sums["n"] >= max(_FEWEST, len(counted) / 2)) & (sums["registered_now"] > 0)]
    kin = sums.index.get_level_values("kin").to_numpy(bool)
    sums = sums[kin] if kin.any() else sums
    now, then = sums["voters_now"] / sums["registered_now"], sums["voters"] / sums["registered"]
    if sums.empty or not (now > _TIMES * then).all():
        return ()
    highest = int(then.to_numpy().argmax())
    return float(now.iloc[highest]), float(then.iloc[highest])


def perhaps_too_many(
    parent: Ints, figures: pd.DataFrame, usable: Bools, part: Bools, past: pd.DataFrame
) -> Floats:
    """Return of how many registered the voters may be too many, 0 where nothing speaks for it.

    That is where turnout is far above what the other places let expect: of 204 past contests of
    20 panels, complete, 17 had such places, together 89 of 46,265. Places that are partly in are
    told where it is as far above their highest past turnout too: 32 places of 7 contests.

    Parameters
    ----------
    parent
        (nodes,) parent of every place, -1 for the root.
    figures
        (nodes) registered and voters of the count.
    usable, part
        (nodes,) the places that are in, or partly, and the latter.
    past
        Observations of past contests.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        turnout = (figures["voters"] / figures["registered"]).to_numpy(float)
    rows = past.assign(turnout=past["voters"] / past["registered"])
    highest = rows.groupby("node")["turnout"].max().reindex(figures.index).to_numpy()
    rows = rows[usable[rows["node"].to_numpy(np.intp)] & (rows["turnout"] > 0)]
    own = rows["node"].to_numpy(np.intp)
    rows = rows.assign(times=turnout[own] / rows["turnout"].to_numpy(), level=depths(parent)[own])
    alike = rows.groupby(["contest", "level"])["times"]
    lower = alike.quantile(_LOWER)[alike.size() >= _FEWEST].rename("lower")
    rows = rows.join(lower[lower > 0], on=["contest", "level"], how="inner")
    times = (rows["times"] / rows["lower"]).groupby(rows["node"]).min()
    beside = times.reindex(np.arange(len(parent))).to_numpy(float)
    with np.errstate(invalid="ignore"):
        high = (beside > _TIMES) & (~part | (turnout > _TIMES * highest))
    registered = figures["registered"].to_numpy(float)
    return np.where(high & usable, registered * turnout * (1 - 1 / beside), 0.0)


def depths(parent: Ints) -> Ints:
    """Return how many places lie above each, (nodes,); parents stand before their parts.

    >>> depths(np.array([-1, 0, 1])).tolist()
    [0, 1, 2]
    """
    depth = np.zeros(len(parent), dtype=np.intp)
    for node in range(1, len(parent)):
        depth[node] = depth[parent[node]] + 1
    return depth
