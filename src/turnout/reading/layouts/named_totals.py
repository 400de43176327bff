"""Totals that name their place as the table does, and rows that only seem to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from turnout.identity.kinds import kind_of_place
from turnout.identity.match import loose_form
from turnout.identity.names import bare_name
from turnout.schema import PLACE_COLUMNS


def names_its_place(contest: pd.DataFrame, compared: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of coarser places that some finer row of the contest names as its own.

    Names of the places, as they are `compared`, are known of all contests.
    """
    marked = pd.Series(data=False, index=contest.index)
    paths = np.zeros(len(contest), dtype=np.int64)
    scales = set(contest["scale"])
    coarser = [at for at, scale in enumerate(PLACE_COLUMNS[:-1], 1) if scale in scales]
    for at, scale in enumerate(PLACE_COLUMNS[: max(coarser, default=0)], 1):
        names, labels = pd.factorize(compared.loc[contest.index, scale])
        paths = pd.factorize(paths * len(labels) + names)[0]
        own = contest["scale"].eq(scale).to_numpy()
        if own.any():
            finer = contest["scale"].isin(PLACE_COLUMNS[at:]).to_numpy()
            marked |= own & np.isin(paths, paths[finer])
    return marked


def shares_its_place(
    rows: pd.DataFrame, origin: pd.DataFrame, figures: Sequence[str]
) -> pd.Series[bool]:
    """Mark the rows of coarser places that stand on one sheet with other figures again.

    Subtotals without a name lie in the place that the title of their sheet tells, all of them.

    Parameters
    ----------
    rows
        The places of the rows with their ``contest``, ``scale`` and figures.
    origin
        Where they stand.
    figures
        Names of the figures.
    """
    coarse = rows[~rows["scale"].isin(["total", "area"])]
    if coarse.empty:
        return pd.Series(data=False, index=rows.index)
    keys = coarse[["contest", *PLACE_COLUMNS]].join(origin[["file", "sheet"]])
    again = keys.duplicated(keep=False)
    alike = keys.join(coarse[[*figures]]).duplicated(keep=False)
    return (again & ~alike).reindex(rows.index, fill_value=False)


def bare(name: Any) -> str:
    """Return a name as it is compared, "" where there is none."""
    return bare_name(name) if isinstance(name, str) else ""


def names_a_coarser_place(row: Mapping[str, Any]) -> bool:
    """Whether a row has, among finer places, the name of a coarser kind: *Kota Jambi*.

    Where it tells another place of that kind around it, it is a village called *Kota Raja*.

    Parameters
    ----------
    row
        Its places by their scales, and its own ``scale``.

    Examples
    --------
    >>> names_a_coarser_place({"scale": "area", "area": "Kota Jambi", "city": None})
    True
    >>> names_a_coarser_place({"scale": "area", "area": "Kota Raja", "city": "Bogor"})
    False
    """
    scale = row["scale"]
    name = row[scale] if scale in PLACE_COLUMNS else None
    kind = kind_of_place(name)
    if kind is None or not is_coarser(kind[0], scale):
        return False
    around = row[kind[0]]
    same = loose_form(str(around), kind[0]) == loose_form(str(name), kind[0])
    return same or not isinstance(around, str)


def scale_of_total(name: object, parts: pd.DataFrame, leaf: str, level: int, sums: int) -> str:
    """Return the scale of a row that is the sum of others.

    Parameters
    ----------
    name
        What it is called; None where nothing names it.
    parts
        The rows that it is the sum of.
    leaf
        The finest scale of the list.
    level, sums
        How many sums it is the sum of, one above the other, and how many sums the list has.
    """
    kind = kind_of_place(name)
    above = [scale for scale in PLACE_COLUMNS if is_coarser(scale, leaf)]
    told = [scale for scale in above if parts[scale].notna().any()]
    within = {
        scale: bare(parts[scale].iloc[0])
        for scale in told[::-1]
        if parts[scale].notna().all() and parts[scale].map(bare).nunique() == 1
    }
    for scale in told[::-1]:
        # Whatever the name says else, Kota Baru may be a kecamatan; a row of it may not tell it.
        if {bare(place) for place in parts[scale].dropna()} == {bare(name)}:
            return scale
    if kind is not None and kind[0] in above and kind[0] not in told:
        return kind[0]
    if within:
        return next(iter(within))
    free = [scale for scale in above if not told or is_coarser(scale, told[0])]
    if name is None or not free:
        return "total"
    if not told and leaf == "area" and (sums == 1 or level > 0):
        return "city"  # a list of areas without districts is a city's
    return free[-1]


def is_coarser(scale: str, than: str) -> bool:
    """Whether a scale is above another.

    >>> is_coarser("city", "area"), is_coarser("area", "area")
    (True, False)
    """
    return PLACE_COLUMNS.index(scale) < PLACE_COLUMNS.index(than)
