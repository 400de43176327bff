"""Rows that say whose total they are, where figures that they sum are not known."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

import pandas as pd

from turnout.identity.kinds import says_total, without_total
from turnout.identity.names import bare_name
from turnout.reading.files.cells import Distinct
from turnout.reading.layouts.total_rows import Total
from turnout.schema import PLACE_COLUMNS


def open_sums(rows: pd.DataFrame, figures: Sequence[str], found: Collection[int]) -> list[Total]:
    """Return the totals of places of which some row, or the total itself, lacks a figure.

    Nothing adds up there, so the name alone tells whose total a row is: *Jumlah Kec. Pasar*.

    Parameters
    ----------
    rows
        The places of the rows with their ``contest``, ``scale`` and figures.
    figures
        Names of the figures.
    found
        Labels of the rows that are known to be totals.
    """
    unknown = rows[figures].isna().any(axis=1)
    if not unknown.any():
        return []
    own = pd.Series("", index=rows.index, dtype="object")
    for scale in PLACE_COLUMNS:
        own = own.mask(rows["scale"] == scale, rows[scale])
    called = own[Distinct.of(own).where(says_total)].drop(list(found), errors="ignore")
    named = called.map(without_total).map(bare_name)
    named = named[named != ""]
    return list(_totals(rows, unknown, named, own)) if len(named) else []


def _totals(
    rows: pd.DataFrame, unknown: pd.Series[bool], named: pd.Series[str], own: pd.Series[str]
) -> Iterator[Total]:
    """Yield the total of the one place that a row names, where its figures are not all known."""
    left = rows.drop(named.index)
    contests = rows.loc[named.index, "contest"]
    for at, scale in [*enumerate(PLACE_COLUMNS)][::-1]:
        finer = left[left[scale].notna() & left["scale"].isin(PLACE_COLUMNS[at + 1 :])]
        keys = list(zip(finer["contest"], finer[scale].map(bare_name), strict=True))
        parts_of = finer.index.to_series().groupby(pd.Index(keys, tupleize_cols=False)).agg(list)
        for row, key in zip(named.index, zip(contests, named, strict=True), strict=True):
            parts = parts_of.get(key, [])
            above = finer.loc[parts, list(PLACE_COLUMNS[:at])].drop_duplicates()
            if len(above) == 1 and unknown[[row, *parts]].any():
                yield Total(int(row), tuple(parts), 0, scale, without_total(own[row]))
