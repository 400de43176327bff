"""How places hang together: the tree."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Ints
from turnout.schema import IDENTITY_COLUMNS, PLACE_COLUMNS


def place_tree(
    entries: pd.DataFrame, codes: pd.DataFrame, place: Ints
) -> tuple[pd.DataFrame, Ints]:
    """Hang the places on a tree, each where its newest row says.

    Returns
    -------
    nodes
        scale, parent, place columns and area_id; parents before children, the root first.
    node_of
        Node of every row; -1 for rows coarser than the root.
    """
    newest = _newest(entries, codes, place)
    root, levels = _levels(newest)
    scale_of = _finest_scale(newest)
    node_of_place = np.full(len(newest), -1, dtype=np.intp)
    above = [*PLACE_COLUMNS[: PLACE_COLUMNS.index(root) + 1]] if root != "total" else []
    node_of_place[(scale_of == root) | ~scale_of.isin([*above, "total"]).to_numpy()] = 0
    rows = node_of_place >= 0
    pointer = np.zeros(len(newest), dtype=np.intp)
    first = int(np.argmax(rows)) if rows.any() else 0
    nodes = [_node(newest.iloc[[first]], root, above, np.array([-1]))]
    total = 1
    for scale in levels:
        here = rows & (newest[f"{scale}_code"].to_numpy() >= 0)
        if scale == "area":
            key = np.arange(len(newest))[here]
        else:
            width = int(newest[f"{scale}_code"].max()) + 1
            key = pointer[here] * width + newest[f"{scale}_code"].to_numpy()[here]
        number, distinct = pd.factorize(key)
        firsts = np.flatnonzero(here)[np.unique(number, return_index=True)[1]]
        above = [*PLACE_COLUMNS[: PLACE_COLUMNS.index(scale) + 1]]
        nodes.append(_node(newest.iloc[firsts], scale, above, pointer[firsts]))
        pointer[here] = total + number
        total += len(distinct)
    node_of_place[rows] = pointer[rows]
    return _named_by_parents(pd.concat(nodes, ignore_index=True)), node_of_place[place]


def _named_by_parents(nodes: pd.DataFrame) -> pd.DataFrame:
    """Call a place above by one name in all places below it, however their rows spell it."""
    parent = nodes["parent"].to_numpy(np.intp)
    level = nodes["scale"].to_numpy(object)
    for scale in list(dict.fromkeys(level))[1:]:
        here = np.flatnonzero(level == scale)
        for column in PLACE_COLUMNS[: PLACE_COLUMNS.index(scale)]:
            names = nodes[column].to_numpy(object, copy=True)
            above = names[parent[here]]
            names[here] = np.where(pd.notna(above), above, names[here])
            nodes[column] = pd.Series(names, dtype=object)
    return nodes


def _newest(entries: pd.DataFrame, codes: pd.DataFrame, place: Ints) -> pd.DataFrame:
    """Return one row per place: its newest names, codes of the names, and area_id."""
    newest: dict[str, pd.Series] = {}
    places = place.max(initial=-1) + 1
    for name in IDENTITY_COLUMNS:
        last = last_rows(entries[name].notna().to_numpy(), place, places)
        written = entries[name].iloc[last].to_numpy(object, copy=True)
        written[last < 0] = None
        newest[name] = pd.Series(written, dtype="object")
    for name in PLACE_COLUMNS:
        numbers = codes[name].to_numpy()
        last = last_rows(numbers >= 0, place, places)
        newest[f"{name}_code"] = pd.Series(np.where(last < 0, -1, numbers[last]))
    return pd.DataFrame(newest, copy=False)


def last_rows(known: Bools, place: Ints, places: int) -> Ints:
    """Return every place's last row where something is known of it; -1 where there is none."""
    last = np.full(places, -1, dtype=np.intp)
    rows = np.flatnonzero(known)
    last[place[rows]] = rows  # of several rows the last one stays
    return last


def _levels(newest: pd.DataFrame) -> tuple[str, list[str]]:
    """Return the root's scale, the finest whose one place holds all rows, and those below it."""
    present = [name for name in PLACE_COLUMNS if (newest[f"{name}_code"] >= 0).any()]
    root = "total"
    for scale in present:
        code = newest[f"{scale}_code"]
        if code.nunique() > 1 or (code < 0).any():
            break
        root = scale
    return root, present[present.index(root) + 1 :] if root != "total" else present


def _finest_scale(newest: pd.DataFrame) -> pd.Series:
    scale = np.full(len(newest), "total", dtype=object)
    for name in PLACE_COLUMNS:
        scale[newest[f"{name}_code"].to_numpy() >= 0] = name
    return pd.Series(scale, index=newest.index, dtype="object")


def _node(rows: pd.DataFrame, scale: str, above: Sequence[str], parent: Ints) -> pd.DataFrame:
    is_own = _finest_scale(rows).to_numpy() == scale
    known = is_own & rows["area_id"].notna().to_numpy()
    nothing = np.full(len(rows), None, dtype=object)
    names = {
        name: rows[name].to_numpy(object) if name in above else nothing for name in PLACE_COLUMNS
    }
    names["area_id"] = np.where(known, rows["area_id"].to_numpy(object), nothing)
    return pd.DataFrame(
        {"scale": scale, "parent": parent}
        | {name: pd.Series(column, dtype="object") for name, column in names.items()}
    )
