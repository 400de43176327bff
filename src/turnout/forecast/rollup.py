"""From places to coarser places: registered x turnout summed draw by draw."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.arrays import as_slice
from turnout.elections import Election
from turnout.forecast.basis import with_basis
from turnout.forecast.room import Draws, by_block, released, room_for
from turnout.schema import PLACE_COLUMNS
from turnout.threads import in_threads

# A past contest is known of a place if so much of its registered voters was.
_KNOWN = 0.5

# Voters of so many places and draws are held at once: what a processor keeps at hand.
_CELLS = 250_000


def summed_draws(places: pd.DataFrame, draws: Draws, scale: str) -> NDArray[np.float64]:
    """Return the turnout of every place of a coarser scale, draw by draw."""
    order, starts = place_groups(places, scale)
    weights = places["registered"].to_numpy(float)[order]
    voters = room_for(len(starts), len(draws), np.float64)
    step = max(1, _CELLS // len(draws))

    def of_some(begin: int) -> NDArray[np.float64]:
        rows = order[begin : begin + step]
        shares = draws[:, as_slice(rows)].T
        part = np.multiply(shares, weights[begin : begin + step, None], order="C")
        first = np.searchsorted(starts, begin, side="right") - 1
        here = starts[first : np.searchsorted(starts, begin + len(rows))]
        return np.add.reduceat(part, (here - begin).clip(0), axis=0)

    begins = range(0, len(order), step)
    for begin, sums in zip(begins, in_threads(of_some, begins), strict=True):
        first = np.searchsorted(starts, begin, side="right") - 1
        if starts[first] < begin:  # the rest of a place
            sums[0] += voters[first]
        voters[first : first + len(sums)] = sums
        for held in (draws, voters):
            released(held)
    registered = np.add.reduceat(weights, starts)
    for part, block in by_block(voters.T):
        block /= registered[part]
    return voters.T


def summed_places(
    places: pd.DataFrame, history: pd.DataFrame, election: Election, scale: str
) -> pd.DataFrame:
    """Return the places of a coarser scale, and what their forecast rests on."""
    order, starts = place_groups(places, scale)
    summed = np.add.reduceat(places["registered"].to_numpy(float)[order], starts)
    coarse = places.iloc[order[starts]][_names_of(places, scale)]
    coarse = coarse.reindex(columns=list(PLACE_COLUMNS)).reset_index(drop=True)
    coarse = coarse.assign(area_id=None, registered=summed)
    estimated = np.zeros(len(order), dtype=bool)
    if "roll_estimated" in places:
        estimated = places["roll_estimated"].to_numpy(bool)[order]
    any_estimated = pd.Series(np.logical_or.reduceat(estimated, starts))
    if history.empty:
        return coarse.assign(roll_estimated=any_estimated)
    return _with_history(coarse, any_estimated, history, election, scale)


def _names_of(places: pd.DataFrame, scale: str) -> list[str]:
    """Return the columns that name a place of a scale."""
    columns = [name for name in PLACE_COLUMNS if name in places]
    return [] if scale == "total" else columns[: columns.index(scale) + 1]


def place_groups(places: pd.DataFrame, scale: str) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Return an order of the places, those of one coarser place together, and where each starts."""
    names = _names_of(places, scale)
    if not names:
        return np.arange(len(places)), np.zeros(1, dtype=np.intp)
    group = places.groupby(names, dropna=False, sort=False).ngroup().to_numpy()
    order = np.argsort(group, kind="stable")
    return order, np.flatnonzero(np.diff(group[order], prepend=-1))


def _with_history(
    places: pd.DataFrame,
    estimated: pd.Series,
    history: pd.DataFrame,
    election: Election,
    scale: str,
) -> pd.DataFrame:
    """Tell what the forecast of summed places rests on, from the history at their scale."""
    past = history[(history["scale"] == scale) & (history["coverage"] >= _KNOWN)]
    contests = (
        history[["election", "date", "election_type", "type_group"]]
        .drop_duplicates("election")
        .sort_values("date", kind="stable")
    )
    turnout = np.full((len(places), len(contests)), np.nan)
    counted = np.ones_like(turnout)
    names = _names_of(past, scale)
    row_of = {key: row for row, key in enumerate(_keys(places, names))}
    rows = np.array([row_of.get(key, -1) for key in _keys(past, names)], dtype=np.intp)
    columns = pd.Index(contests["election"]).get_indexer(past["election"])
    found = rows >= 0
    turnout[rows[found], columns[found]] = past["turnout"].to_numpy(float)[found]
    counted[rows[found], columns[found]] = past["coverage"].to_numpy(float)[found]
    return with_basis(places, estimated, turnout, counted, contests, election)


def _keys(table: pd.DataFrame, columns: Sequence[str]) -> list[tuple[object, ...]]:
    if not columns:
        return [()] * len(table)
    texts = table[list(columns)].astype("object")
    return list(texts.where(texts.notna(), None).itertuples(index=False, name=None))
