"""Totals beside the rows that they are the sums of."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from turnout.identity.keys import name_codes, path_codes
from turnout.language import Text
from turnout.schema import PLACE_COLUMNS

BY = ["contest", "basis", "within"]
"""What a total shares with its parts."""

FIND_THE_WRONG_ONE = Text(
    en="Find in the source document which is wrong: the total, one of its parts, or a part that is "
    "missing or too many. Correct that.",
    id="Cari di dokumen sumbernya mana yang keliru: jumlahnya, salah satu rinciannya, atau ada "
    "rincian yang kurang atau berlebih. Perbaiki yang keliru itu.",
)
"""The remedy of a total that its rows contradict; without it a row may be wrong unseen."""


def mixed(table: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows of contests with places of several scales."""
    return table.groupby("contest")["scale"].transform("nunique") > 1


def wholes_and_parts(table: pd.DataFrame) -> Iterator[tuple[pd.DataFrame, pd.DataFrame]]:
    """Yield the totals of each scale with the rows of each finer scale, matched by ``within``.

    Parameters
    ----------
    table
        Rows that are described, see `turnout.rules.measures.completed`.
    """
    table = table[mixed(table)].rename_axis("index")
    codes = name_codes(table)
    present = [scale for scale in ("total", *PLACE_COLUMNS) if (table["scale"] == scale).any()]
    for position, scale in enumerate(present[:-1]):
        prefix = PLACE_COLUMNS[: PLACE_COLUMNS.index(scale) + 1] if scale != "total" else ()
        rows = table.assign(within=path_codes(codes, prefix))
        totals = rows[rows["scale"] == scale]
        for finer in present[position + 1 :]:
            yield totals, rows[rows["scale"] == finer]


def first_and_last(first: pd.Series, last: pd.Series) -> pd.Series:
    """Return the names of the first and the last of some rows, of one alone its name."""
    return first.where(first == last, first + " ... " + last)
