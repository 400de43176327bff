"""Places of a count that have the figures of another, and which of them cannot be their own."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.areas.stations_told import COMPLETE
from turnout.arrays import Bools, Ints
from turnout.rules.copied_places import LIKELY
from turnout.rules.measures import chance_of_both

# How far the registered of a place may lie from its roll, and from an estimate of it.
_AWAY, _AWAY_ESTIMATE = 1 - COMPLETE, 0.25


def without_others_figures(parent: Ints, figures: pd.DataFrame) -> pd.DataFrame:
    """Return a count without the figures of places that have those of another by a copy.

    Parameters
    ----------
    parent
        (nodes,) parent of every place, -1 for the root.
    figures
        (nodes) registered, voters and stations_counted, NaN where a place has none; the roll and
        whether it is estimated; the share that is in, whether stations tell it (told) and it is all
        (complete); and how many are registered in the whole place.

    Returns
    -------
    pandas.DataFrame
        With ``copied``, places that have the figures of another, and ``others_figures``, those of
        them whose registered are not the roll's, and totals with such figures: these are not in.
    """
    copied = _copied(parent, figures)
    others = _of_others(parent, figures, copied)
    complete = figures["complete"] & ~others
    by_roll = copied & ~complete & (figures["roll"] > 0)
    left = figures.assign(
        copied=copied,
        others_figures=others,
        share=figures["share"].where(~others, 0.0),
        complete=complete,
        whole=figures["whole"].where(~by_roll, figures["roll"]),
    )
    left.loc[others, ["registered", "voters", "stations_counted"]] = np.nan
    return left


def _copied(parent: Ints, figures: pd.DataFrame) -> Bools:
    """Return places that have both figures of another, where that is no chance.

    The copy may be taken for partly in, where its place is larger than what was copied. Of places
    as large as they should be any two may be alike; where one is not of the size that the roll
    tells, it is one of a few.
    """
    leaf = ~np.isin(np.arange(len(parent)), parent)
    rows = figures[leaf & (figures["registered"] > 0) & (figures["voters"] > 0)]
    off = (rows["registered"] / rows["roll"] - 1).abs() > _AWAY
    rows = rows.assign(off=off & rows["complete"] & ~rows["estimated"])
    same = rows.groupby(["registered", "voters"])["off"]
    odd = min(rows["off"].sum(), len(rows) / 2)
    pairs = len(rows) * np.where(same.transform("any"), odd, len(rows) / 2)
    copied = (same.transform("size") > 1) & (chance_of_both(rows) * pairs < LIKELY)
    return np.isin(np.arange(len(parent)), rows.index[copied])


def _of_others(parent: Ints, figures: pd.DataFrame, copied: Bools) -> Bools:
    """Return the copied places whose registered are not the roll's: their figures are another's.

    Of stations that are some of all only more than all tell it. With them come the complete totals
    above, which are sums with such figures.
    """
    marks = ("complete", "told", "estimated")
    complete, told, estimated = (figures[name].to_numpy(bool) for name in marks)
    roll = figures["roll"].to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        away = figures["registered"].to_numpy() / roll - 1
    away = np.where(told & ~complete, away, np.abs(away))
    found = copied & (roll > 0) & (away > np.where(estimated, _AWAY_ESTIMATE, _AWAY))
    above = found.copy()
    for node in range(len(parent) - 1, 0, -1):
        above[parent[node]] |= above[node]
    return np.asarray(found | (above & complete))
