"""How places hang together: the tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Cells, Ints, as_slice
from turnout.schema import IDENTITY_COLUMNS, PLACE_COLUMNS

_AREA = PLACE_COLUMNS.index("area")


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
    finest = _finest_scale(newest)
    root, levels = _levels(newest)
    node_of_place = np.where(finest >= root, 0, -1)
    rows = node_of_place >= 0
    pointer = np.zeros(len(newest), dtype=np.intp)
    first = int(np.argmax(rows)) if rows.any() else 0
    nodes = [_Level(root, np.array([first]), np.array([-1]))]
    total = 1
    for scale in levels:
        code = _code(newest, scale)
        here = rows & (code >= 0)
        if scale == _AREA:
            key = np.arange(len(newest))[here]
        else:
            key = pointer[here] * (int(code.max()) + 1) + code[here]
        number, distinct = pd.factorize(key)
        firsts = np.flatnonzero(here)[np.unique(number, return_index=True)[1]]
        nodes.append(_Level(scale, firsts, pointer[firsts]))
        pointer[here] = total + number
        total += len(distinct)
    node_of_place[rows] = pointer[rows]
    return _named(nodes, newest, finest), node_of_place[place]


@dataclass(frozen=True)
class _Level:
    """Nodes of one scale, a position in `PLACE_COLUMNS`, -1 for the whole.

    Parameters
    ----------
    scale
        Their scale.
    first
        The first place in each of them.
    parent
        Their parents.
    """

    scale: int
    first: Ints
    parent: Ints


def _named(levels: Sequence[_Level], newest: pd.DataFrame, finest: Ints) -> pd.DataFrame:
    """Return the nodes with their names; those above are written as in the place above."""
    first = np.concatenate([level.first for level in levels])
    parent = np.concatenate([level.parent for level in levels])
    scale = np.repeat([level.scale for level in levels], [len(level.first) for level in levels])
    columns: dict[str, Cells] = {}
    for position, column in enumerate(PLACE_COLUMNS):
        names = newest[column].to_numpy(object)[first]
        names[scale < position] = None
        for finer in [level.scale for level in levels[1:] if level.scale > position]:
            here = as_slice(np.flatnonzero(scale == finer))
            above = names[parent[here]]
            names[here] = np.where(pd.notna(above), above, names[here])
        columns[column] = names
    columns["area_id"] = newest["area_id"].to_numpy(object)[first]
    columns["area_id"][finest[first] != scale] = None
    texts = {name: pd.Series(column, dtype="object") for name, column in columns.items()}
    called = np.array([*PLACE_COLUMNS, "total"], dtype=object)[scale]
    return pd.DataFrame({"scale": called, "parent": parent, **texts}, copy=False)


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
        number = np.where(last < 0, -1, numbers[last])
        newest[f"{name}_code"] = pd.Series(number)
        if name != "area":
            newest[name] = _in_one_style(newest[name], number, entries[name], numbers)
    return pd.DataFrame(newest, copy=False)


def _in_one_style(names: pd.Series, number: Ints, written: pd.Series, numbers: Ints) -> pd.Series:
    """Return names of places as the newest row of the same name writes them, of whatever place.

    A total that only a past contest tells is called as the roll calls the places in it, and where
    its own row leaves a name above it blank, that is the one that all others tell.
    """
    told = (numbers >= 0) & written.notna().to_numpy()
    newest = last_rows(told, numbers, int(numbers.max(initial=-1)) + 1)
    known = np.flatnonzero(number >= 0)
    forms = names.to_numpy(object, copy=True)
    forms[known] = written.iloc[newest[number[known]]].to_numpy(object)
    return pd.Series(forms, dtype="object")


def last_rows(known: Bools, place: Ints, places: int) -> Ints:
    """Return every place's last row where something is known of it; -1 where there is none."""
    last = np.full(places, -1, dtype=np.intp)
    rows = np.flatnonzero(known)
    last[place[rows]] = rows  # of several rows the last one stays
    return last


def _levels(newest: pd.DataFrame) -> tuple[int, list[int]]:
    """Return the root's scale, the finest whose one place holds all rows, and those below it."""
    scales = range(len(PLACE_COLUMNS))
    present = [scale for scale in scales if (_code(newest, scale) >= 0).any()]
    root = -1
    for scale in present:
        code = _code(newest, scale)
        if code.min() < 0 or code.min() < code.max():
            break
        root = scale
    return root, [scale for scale in present if scale > root]


def _code(newest: pd.DataFrame, scale: int) -> Ints:
    return newest[f"{PLACE_COLUMNS[scale]}_code"].to_numpy()


def _finest_scale(newest: pd.DataFrame) -> Ints:
    """Return the finest scale that each place names; -1 for the whole."""
    finest = np.full(len(newest), -1, dtype=np.intp)
    for scale in range(len(PLACE_COLUMNS)):
        finest[_code(newest, scale) >= 0] = scale
    return finest
