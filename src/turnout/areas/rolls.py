"""Whom a forecast is about: the places of the roll, and how many voters each has."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.areas.places import last_rows
from turnout.arrays import Floats, Ints
from turnout.cells import flags
from turnout.schema import ROLL_COLUMNS

# A contest knows the areas of a place if it has this share of those that any contest has.
_KNOWS = 0.5


def default_roll(table: pd.DataFrame) -> pd.DataFrame:
    """Take the newest contest with area rows as the roll, scaled up where partly counted.

    Among contests of one day it is the one with most rows.
    """
    areas = table[table["area"].notna()]
    rows = areas if len(areas) else table
    newest = rows[rows["date"] == rows["date"].max()]
    rows_of = newest["election"].value_counts()
    newest = newest[newest["election"] == min(rows_of.index, key=lambda one: (-rows_of[one], one))]
    whole = (newest["registered"] / _counted(newest)).round()
    roll = newest.assign(registered=whole, estimated=True, note=None)
    return roll[[*ROLL_COLUMNS]].reset_index(drop=True)


def with_registered(
    nodes: pd.DataFrame, entries: pd.DataFrame, node_of: Ints, on_roll: NDArray[np.bool_]
) -> pd.DataFrame:
    """Add each node's newest registered count, the roll's where it is on the roll.

    Parameters
    ----------
    nodes
        Places of the tree.
    entries
        Rows of results and roll, oldest first.
    node_of, on_roll
        Node of every row (-1 for none), and whether it is one of the roll.
    """
    order = np.argsort(on_roll, kind="stable")
    order = order[node_of[order] >= 0]
    rows, node = entries.iloc[order], node_of[order]
    whole = (rows["registered"] / _counted(rows)).to_numpy(float)
    last = last_rows(~np.isnan(whole), node, len(nodes))
    registered = np.where(last < 0, np.nan, whole[last])
    last = last_rows(rows["estimated"].notna().to_numpy(), node, len(nodes))
    estimated = flags(rows["estimated"].iloc[last]).to_numpy(bool) & (last >= 0)
    return nodes.assign(registered=registered, estimated=estimated)


def whom_to_forecast(
    nodes: pd.DataFrame, cells: pd.DataFrame, on_roll: Ints
) -> tuple[pd.DataFrame, Ints]:
    """Return the places to forecast: the finest of the roll, or the areas known below them.

    A roll of districts with a history of areas is shared out among the areas of the newest
    contest that knows them, by their newest size; their registered are then estimates.

    Parameters
    ----------
    nodes
        Places with registered and estimated.
    cells
        Observations, with the rows of node and contest.
    on_roll
        Nodes of the roll.

    Returns
    -------
    nodes
        With the registered of such areas.
    targets
        Rows of the places to forecast.
    """
    parent = nodes["parent"].to_numpy(np.intp)
    finest = _finest(parent, on_roll)
    inner = np.zeros(len(nodes), dtype=bool)
    inner[parent[1:]] = True
    roll_place = _ancestor_among(parent, finest[inner[finest]])
    seen = cells[["node", "contest"]][~inner[cells["node"]]]
    seen = seen.assign(above=roll_place[seen["node"]])
    seen = seen[seen["above"] >= 0]
    if seen.empty:
        return nodes, finest
    known = seen.groupby(["above", "contest"]).size().rename("areas").reset_index()
    most = known.groupby("above")["areas"].transform("max")
    newest = known[known["areas"] >= _KNOWS * most].groupby("above")["contest"].max()
    areas = seen[seen["contest"].to_numpy() == newest.loc[seen["above"]].to_numpy()]
    area, above = areas["node"].to_numpy(), areas["above"].to_numpy()
    registered = nodes["registered"].to_numpy(float, copy=True)
    size = np.bincount(above, weights=registered[area], minlength=len(nodes))
    registered[area] *= registered[above] / size[above]
    estimated = nodes["estimated"].to_numpy(bool, copy=True)
    estimated[area] = True
    targets = np.union1d(finest[~inner[finest]], area).astype(np.intp)
    return nodes.assign(registered=registered, estimated=estimated), targets


def _counted(rows: pd.DataFrame) -> Floats:
    """Return the share of stations that each row counts; 1 where not told."""
    share = (rows["stations_counted"] / rows["stations_total"]).to_numpy(float)
    return np.where((share > 0) & (share < 1), share, 1.0)


def _finest(parent: Ints, on_roll: Ints) -> Ints:
    """Drop the totals that a roll carries beside its areas."""
    inner = np.zeros(len(parent), dtype=bool)
    above = parent[on_roll]
    while (above >= 0).any():
        above = np.unique(above[above >= 0])
        inner[above] = True
        above = parent[above]
    return on_roll[~inner[on_roll]]


def _ancestor_among(parent: Ints, places: Ints) -> Ints:
    """Return every node's nearest ancestor among `places`, or -1."""
    wanted = np.zeros(len(parent) + 1, dtype=bool)
    wanted[places] = True
    found = np.full(len(parent), -1, dtype=np.intp)
    pointer = parent.copy()
    while (pointer >= 0).any():
        hit = (found < 0) & wanted[pointer]
        found[hit] = pointer[hit]
        pointer = np.where(pointer >= 0, parent[pointer], -1)
    return found
