"""What the forecast of a place rests on: which past contests, how much of them was counted."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.elections import Election

BASIS_COLUMNS = (
    "contests",
    "contests_same_type",
    "share_counted",
    "roll_estimated",
    "last_same_type",
    "last_same_type_election",
)
"""Columns of `Forecast.places` that tell what a place's forecast rests on."""


def with_basis(
    places: pd.DataFrame,
    estimated: pd.Series,
    turnout: NDArray[np.float64],
    counted: NDArray[np.float64],
    contests: pd.DataFrame,
    election: Election,
) -> pd.DataFrame:
    """Tell of every place which past contests its forecast rests on."""
    known = ~np.isnan(turnout)
    same = (contests["election_type"] == election.election_type).to_numpy()
    order = np.arange(turnout.shape[1])
    last = np.where(known & same, order, -1).max(axis=1, initial=-1)
    has_last = last >= 0
    names = np.array([*contests["election"], None], dtype=object)
    with np.errstate(invalid="ignore"):
        share = np.where(known, counted, 0.0).sum(axis=1) / known.sum(axis=1)
    return places.assign(
        contests=known.sum(axis=1),
        contests_same_type=(known & same).sum(axis=1),
        share_counted=share,
        roll_estimated=estimated.to_numpy(bool),
        last_same_type=np.where(has_last, turnout[np.arange(len(places)), last], np.nan),
        last_same_type_election=pd.Series(names[last], places.index, dtype=object),
    )
