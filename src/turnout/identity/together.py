"""Rows of several tables in one, with contests, places and codes as categories of them all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from turnout.cells import text_categories
from turnout.schema import CATEGORY_COLUMNS


def in_one_table(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of several tables, numbered anew.

    Parameters
    ----------
    tables
        Tables in canonical form; contests, names and codes are texts or categories.

    Returns
    -------
    pandas.DataFrame
        Each of `CATEGORY_COLUMNS` has the categories of all tables; blank where one lacks it.

    Examples
    --------
    >>> one, other = (pd.DataFrame({"area": [name]}) for name in ("Murni", "Legok"))
    >>> in_one_table([one, other])["area"].cat.categories.tolist()
    ['Murni', 'Legok']
    """
    order = dict.fromkeys(name for table in tables for name in table)
    names = [name for name in CATEGORY_COLUMNS if name in order]
    rows = stacked([table.drop(columns=names, errors="ignore") for table in tables])
    joined = {name: _joined([_column(table, name) for table in tables]) for name in names}
    return rows.assign(**joined)[list(order)]


def stacked(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Return the rows of several tables, numbered anew; blanks have no say in a column's type.

    Of a column that is blank in one table pandas takes the type from the others, and warns of it,
    or from all, as its version is.

    Parameters
    ----------
    tables
        Tables, perhaps of different columns.

    Examples
    --------
    >>> told, blank = (pd.DataFrame({"until": [day]}) for day in (pd.Timestamp(2024, 11, 27), None))
    >>> stacked([told, blank])["until"].dt.year.tolist()
    [2024.0, nan]
    """
    order = dict.fromkeys(name for table in tables for name in table)
    filled = [[name for name in table if table[name].notna().any()] for table in tables]
    blank = set(order).difference(*filled)
    parts = [
        table[[name for name in table if name in blank or name in names]]
        for table, names in zip(tables, filled, strict=True)
    ]
    return pd.concat(parts, ignore_index=True)[list(order)]


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    if name in table:
        return table[name]
    return pd.Series(np.full(len(table), None, dtype=object), index=table.index)


def _joined(parts: Sequence[pd.Series]) -> pd.Categorical:
    """Return the rows of several columns under each other, with the categories of all."""
    told = [_categorical(part) for part in parts]
    dtype, codes = told[0].dtype, [told[0].codes]
    for part in told[1:]:
        number = np.arange(len(part.categories))
        if part.dtype is not dtype:
            number = dtype.categories.get_indexer(part.categories)
            new = number < 0
            number[new] = len(dtype.categories) + np.arange(new.sum())
            if new.any():
                dtype = pd.CategoricalDtype(dtype.categories.append(part.categories[new]))
        codes.append(np.append(number, -1)[part.codes])
    return pd.Categorical.from_codes(np.concatenate(codes), dtype=dtype)


def _categorical(column: pd.Series) -> pd.Categorical:
    is_one = isinstance(column.dtype, pd.CategoricalDtype)
    return cast("pd.Categorical", (column if is_one else text_categories(column)).array)
