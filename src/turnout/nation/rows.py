"""Which rows of a table belong to a part, and a digest of what they tell."""

from __future__ import annotations

import hashlib

import numpy as np
import pandas as pd

from turnout.arrays import Ints
from turnout.schema import PLACE_COLUMNS

_TEXTS = ("election", "election_type", "area_id", "registered_basis")
_COUNTS = (
    "registered", "voters", "voters_low", "voters_high", "stations_counted", "stations_total",
)  # fmt: skip


def same_name(name: object) -> str:
    """Return a name as it is compared: without regard to case and spaces; blank for none.

    >>> same_name(" JAMBI ") == same_name("Jambi"), same_name(None)
    (True, '')
    """
    return " ".join(name.split()).casefold() if isinstance(name, str) else ""


def compared(names: pd.Series) -> pd.Series:
    """Return names as they are compared, see `same_name`."""
    codes, distinct = pd.factorize(names.astype("object"), use_na_sentinel=True)
    same = np.array([*(same_name(name) for name in distinct), ""], dtype=object)
    return pd.Series(same[codes], names.index, dtype=object)


def rows_by_name(table: pd.DataFrame, scale: str) -> dict[str, Ints]:
    """Return the positions of the rows that lie in each place of a scale, by its compared name.

    >>> rows_by_name(pd.DataFrame({"province": ["Jambi", None, "JAMBI"]}), "province")["jambi"]
    array([0, 2])
    """
    if scale not in table:
        return {}
    codes, names = pd.factorize(compared(table[scale]))
    order = np.argsort(codes, kind="stable")
    parts = np.split(order, np.flatnonzero(np.diff(codes[order])) + 1)
    return {str(names[codes[part[0]]]): part.astype(np.intp) for part in parts if len(part)}


def digests_by_name(results: pd.DataFrame, scale: str, before: pd.Timestamp) -> dict[str, str]:
    """Return a digest of what results tell of each place: in whatever order, file or case.

    Parameters
    ----------
    results
        Canonical results.
    scale
        Scale of the places; what names coarser ones does not count.
    before
        Rows of this day and later do not count.
    """
    table = results[results["date"] < before]
    told = {"date": table["date"].dt.strftime("%Y-%m-%d").astype("object")}
    for column in (*PLACE_COLUMNS[PLACE_COLUMNS.index(scale) :], *_TEXTS):
        values = table[column] if column in table else pd.Series(None, table.index, dtype=object)
        told[column] = compared(values)
    for column in _COUNTS:
        values = table[column] if column in table else pd.Series(np.nan, table.index)
        told[column] = values.astype("float64")
    hashed = pd.util.hash_pandas_object(pd.DataFrame(told), index=False).to_numpy("<u8")
    return {
        name: hashlib.sha256(np.sort(hashed[rows]).tobytes()).hexdigest()
        for name, rows in rows_by_name(table, scale).items()
    }
