"""Which rows speak of the same place, and how the places hang together."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from turnout.schema import PLACE_COLUMNS, SCALES

Ints = NDArray[np.intp]


def plain_name(name: str) -> str:
    """Return a name as it is compared: case, punctuation and spacing do not count.

    >>> plain_name("  Simpang  IV SIPIN. ")
    'simpang iv sipin'
    """
    letters = "".join(sign if sign.isalnum() else " " for sign in name.casefold())
    return " ".join(letters.split())


def name_codes(entries: pd.DataFrame) -> pd.DataFrame:
    """Number the names of every place column, -1 where blank.

    A blank above a known name is filled where the column knows one name only, so that a roll
    without its city's column still matches.
    """
    codes = {}
    finer = np.zeros(len(entries), dtype=bool)
    for column in SCALES:
        names, labels = pd.factorize(entries[column])
        _, plain = np.unique([plain_name(str(label)) for label in labels], return_inverse=True)
        code = np.where(names >= 0, np.append(plain, -1)[names], -1).astype(np.intp)
        if len(labels) and plain.max() == 0:
            code[finer & (code < 0)] = 0
        finer |= code >= 0
        codes[column] = code
    return pd.DataFrame(codes)[list(PLACE_COLUMNS)]


def path_codes(codes: pd.DataFrame, columns: Sequence[str]) -> Ints:
    """Number the distinct combinations of `columns`."""
    path = np.zeros(len(codes), dtype=np.int64)
    for column in columns:
        width = int(codes[column].max()) + 2 if len(codes) else 1
        path = pd.factorize(path * width + codes[column].to_numpy() + 1)[0]
    return path.astype(np.intp)


def identify(entries: pd.DataFrame, codes: pd.DataFrame) -> Ints:
    """Number the place of every row.

    An area is its code where it has one; else its name, together with its district where two
    districts know the name. A row whose area is blank is its path.
    """
    is_area = (codes["area"] >= 0).to_numpy()
    place = path_codes(codes, PLACE_COLUMNS)
    areas = codes[is_area]
    if len(areas):
        offset = int(place.max()) + 1
        place[is_area] = offset + _area_identity(entries[is_area], areas)
    return pd.factorize(place)[0].astype(np.intp)


def _area_identity(entries: pd.DataFrame, codes: pd.DataFrame) -> Ints:
    by_name = path_codes(codes, [*PLACE_COLUMNS[:-2], "area"])
    by_path = path_codes(codes, PLACE_COLUMNS)
    contest = pd.factorize(entries["election"].fillna("roll"))[0]
    paths_of_name = pd.DataFrame({"contest": contest, "name": by_name, "path": by_path})
    known = paths_of_name.drop_duplicates()
    doubled = known.loc[known.duplicated(["contest", "name"]), "name"].unique()
    is_doubled = np.isin(by_name, doubled)
    key = np.where(is_doubled, by_path + by_name.max() + 1, by_name)
    id_code, ids = pd.factorize(entries["area_id"])
    if not len(ids):
        return pd.factorize(key)[0].astype(np.intp)
    coded = id_code >= 0
    ids_of_key = pd.DataFrame({"key": key[coded], "id": id_code[coded]}).drop_duplicates()
    single = ids_of_key[~ids_of_key["key"].duplicated(keep=False)]
    looked_up = single.set_index("key")["id"].reindex(key).to_numpy()
    identity = np.where(coded, id_code, looked_up)
    return np.where(np.isnan(identity), key + len(ids), identity).astype(np.intp)


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
    return pd.concat(nodes, ignore_index=True), node_of_place[place]


def _newest(entries: pd.DataFrame, codes: pd.DataFrame, place: Ints) -> pd.DataFrame:
    """Return one row per place: its newest names, codes of the names, and area_id."""
    names = entries[[*PLACE_COLUMNS, "area_id"]]
    numbered = codes.where(codes >= 0).add_suffix("_code")
    newest = pd.concat([names.reset_index(drop=True), numbered], axis=1).groupby(place).last()
    number_columns = list(numbered.columns)
    newest[number_columns] = newest[number_columns].fillna(-1).astype(np.intp)
    return newest


def _levels(newest: pd.DataFrame) -> tuple[str, list[str]]:
    """Return the root's scale, the finest that all finer places share, and the scales below it."""
    present = [name for name in PLACE_COLUMNS if (newest[f"{name}_code"] >= 0).any()]
    root = "total"
    for scale in present[:-1] if "area" in present or len(present) > 1 else []:
        code = newest[f"{scale}_code"]
        below = PLACE_COLUMNS[PLACE_COLUMNS.index(scale) + 1 :]
        finer = (newest[[f"{name}_code" for name in below]] >= 0).any(axis=1)
        if code[code >= 0].nunique() > 1 or (code[finer] < 0).any():
            break
        root = scale
    return root, present[present.index(root) + 1 :] if root != "total" else present


def _finest_scale(newest: pd.DataFrame) -> pd.Series:
    scale = pd.Series("total", index=newest.index)
    for name in PLACE_COLUMNS:
        scale[newest[f"{name}_code"] >= 0] = name
    return scale


def _node(rows: pd.DataFrame, scale: str, above: Sequence[str], parent: Ints) -> pd.DataFrame:
    node = rows[[*PLACE_COLUMNS, "area_id"]].reset_index(drop=True).astype("object")
    below = [name for name in PLACE_COLUMNS if name not in above]
    node[below] = None
    is_own = _finest_scale(rows).to_numpy() == scale
    node["area_id"] = node["area_id"].where(is_own & node["area_id"].notna().to_numpy(), None)
    node.insert(0, "scale", scale)
    node.insert(1, "parent", parent)
    return node
