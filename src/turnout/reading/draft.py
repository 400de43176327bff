"""`Draft`: what a file says, under canonical headers, with the place that each value came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot


@dataclass(frozen=True)
class Draft:
    """A file's rows under canonical headers, before any rule has looked at them.

    Parameters
    ----------
    table
        The values: counts as float64 (NaN where missing), dates as datetime64, names and codes as
        text (None where missing). Rows are numbered from 0; a needed column that the file lacks
        is absent and told in `findings`. Columns of the user's own stand behind the known ones.
    written
        The same rows and columns, each cell as it was written ("" where blank).
    origin
        The same rows: ``file`` (name only), ``sheet`` and ``row`` as the user's spreadsheet numbers
        it (for a DataFrame: blank, blank and the index label).
    headers
        The header in the file of each column of `table`.
    findings
        What reading itself found, such as numbers that cannot be read.
    """

    table: pd.DataFrame
    written: pd.DataFrame
    origin: pd.DataFrame
    headers: Mapping[str, str]
    findings: tuple[Finding, ...] = ()

    def spot(self, index: int, column: str | None = None) -> Spot:
        """Return where row `index` (and its cell in `column`) stands in the user's file."""
        source = self.origin.loc[index]
        value = ""
        if column is not None and column in self.written:
            value = str(self.written.at[index, column])
        return Spot(
            file=str(source["file"]),
            sheet=str(source["sheet"]),
            row=_row_number(source["row"]),
            column="" if column is None else self.headers.get(column, column),
            value=value,
        )


def _row_number(row: Any) -> int | str:
    """Return a spreadsheet row as int, any other index label as text."""
    try:
        return int(row)
    except (TypeError, ValueError):
        return str(row)
