"""Two places of a district whose figures have changed places in one contest."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

ALIKE = 0.1
"""Difference between two sizes, as a share, within which one place's may be the other's."""

EXCHANGED_PLACES = Rule(
    "exchanged_places",
    "warning",
    Text(
        en="{place} and {other} have {registered:count} and {of_other:count} registered; otherwise "
        "each has about what the other has here.",
        id="{place} dan {other} memiliki {registered:count} dan {of_other:count} pemilih "
        "terdaftar; pada pemilihan lain angka keduanya justru sebaliknya.",
    ),
    Text(
        en="Look whether the two have changed places, here or in the contest before; "
        "if both are right, leave them.",
        id="Periksa apakah angka kedua wilayah ini tertukar, di sini atau pada pemilihan "
        "sebelumnya; bila keduanya benar, biarkan.",
    ),
)


def exchanged(jumps: pd.DataFrame) -> pd.DataFrame:
    """Return pairs of places of one district each of which has the size that the other had.

    Parameters
    ----------
    jumps
        Rows of places far larger or smaller than otherwise: contest, district, key, place,
        registered, size, and ``otherwise``, the size before or mostly.

    Returns
    -------
    pandas.DataFrame
        A row per pair, with the label of its first place's row: other (what the second is called),
        of_other (its registered) and of_other_row (its label). A place of several pairs is in none.
    """
    rows = jumps[jumps["district"].notna()].assign(row=lambda table: table.index)
    pairs = rows.merge(rows, on=["contest", "district"], suffixes=("", "_other"))
    pairs = pairs[pairs["row"] < pairs["row_other"]]
    are_alike = _alike(pairs["size"], pairs["otherwise_other"]) & _alike(
        pairs["size_other"], pairs["otherwise"]
    )
    pairs = pairs[are_alike]
    both = pd.concat([pairs["row"], pairs["row_other"]])
    several = both[both.duplicated(keep=False)]
    pairs = pairs[~pairs["row"].isin(several) & ~pairs["row_other"].isin(several)].set_index("row")
    told = {"place_other": "other", "registered_other": "of_other", "row_other": "of_other_row"}
    return pairs.rename(columns=told).rename_axis(None)


def tell_exchanged(draft: Draft, jumps: pd.DataFrame) -> tuple[list[Finding], pd.Index]:
    """Return what is said of exchanged places, and the rows of which it is said.

    A pair is told once: where the figures change back, both rows are said already.

    Parameters
    ----------
    draft
        The rows that findings point at; those of other tables have labels below zero.
    jumps
        As of `exchanged`, with ``earlier``: the contest before.
    """
    pairs = exchanged(jumps)
    if pairs.empty:
        return [], pairs.index
    who = pairs["key"].astype(str) + " " + pairs["key_other"].astype(str)
    first = ~who.duplicated()
    own = pairs.index[first & (pairs.index >= 0)]
    explained = pairs.index.union(pd.Index(pairs["of_other_row"]))
    return EXCHANGED_PLACES.at(draft, own, "registered", pairs), explained


def _alike(one: pd.Series, other: pd.Series) -> pd.Series[bool]:
    return np.abs(np.log(one / other)) < np.log1p(ALIKE)
