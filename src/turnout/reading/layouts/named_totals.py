"""Totals that name their place as the table does, and rows that only seem to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

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
