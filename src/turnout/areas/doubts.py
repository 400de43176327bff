"""Places of a count that are read as complete, and in which stations may still be out."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.areas.stations_told import COMPLETE
from turnout.arrays import Bools, Floats, Ints
from turnout.rules.coming import FAR_BELOW


@dataclass(frozen=True)
class Doubts:
    """What speaks against complete places: too few voters, or less than the roll.

    Parameters
    ----------
    far_below
        (nodes,) places without word of their stations, with far less turnout than ever.
    lacks
        (nodes,) registered (count) that places whose stations are told lack of the roll.
    out
        (nodes,) registered (count) of stations that may be out of places whose stations are told:
        too many for their voters.
    lacking, may_be_out
        `lacks` and `out` of the whole (counts).
    """

    far_below: Bools
    lacks: Floats
    out: Floats
    lacking: float
    may_be_out: float

    @classmethod
    def of(
        cls,
        parent: Ints,
        figures: pd.DataFrame,
        roll: Floats,
        complete: Bools,
        told: Bools,
        past: pd.DataFrame,
    ) -> Doubts:
        """Return the doubts about a count.

        Parameters
        ----------
        parent
            (nodes,) parent of every place, -1 for the root.
        figures
            (nodes) registered and voters of the count; NaN where a place has none.
        roll
            (nodes,) the official roll; NaN where there is none.
        complete, told
            (nodes,) whether a place is read as complete, and whether its stations say so.
        past
            Observations of past contests.
        """
        out = np.where(complete, _perhaps_out(figures, past), 0.0)
        by_stations = np.where(told, out, 0.0)
        lacks = np.where(complete & told, _lacking(figures, roll), 0.0)
        return cls(
            far_below=~told & (out > 0),
            lacks=lacks,
            out=by_stations,
            lacking=_most_upward(parent, lacks),
            may_be_out=_most_upward(parent, by_stations),
        )


def _perhaps_out(figures: pd.DataFrame, past: pd.DataFrame) -> Floats:
    """Return of how many registered the stations may be out: too many for the voters, else 0.

    That is where turnout is far below what the places, or without a past the whole, ever had.
    """
    past = past[(past["registered"] > 0) & past["voters"].notna()]
    lowest = (past["voters"] / past["registered"]).groupby(past["node"]).min()
    contests = past.groupby("contest")[["registered", "voters"]].sum()
    of_all = float((contests["voters"] / contests["registered"]).min())
    usual = lowest.reindex(figures.index).fillna(of_all).to_numpy()
    voters, registered = figures["voters"].to_numpy(), figures["registered"].to_numpy()
    far = voters < FAR_BELOW * usual * registered
    return np.where(far, registered - voters / np.where(far, usual, 1.0), 0.0)


def _lacking(figures: pd.DataFrame, roll: Floats) -> Floats:
    """Return how many registered places clearly lack of their roll, where it is known."""
    lacks = np.nan_to_num(roll - figures["registered"].to_numpy())
    return np.where(lacks > (1 - COMPLETE) * np.nan_to_num(roll), lacks, 0.0)


def _most_upward(parent: Ints, lacks: Floats) -> float:
    """Return what the root lacks: every place what it lacks itself, or its parts do if more."""
    found = lacks.copy()
    below = np.zeros(len(parent))
    for node in range(len(parent) - 1, 0, -1):
        found[node] = max(found[node], below[node])
        below[parent[node]] += found[node]
    return float(max(found[0], below[0]))
