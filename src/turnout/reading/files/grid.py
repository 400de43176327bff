"""`Grid`: one sheet before anything is known of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from turnout.errors import Finding

Source = str | Path | pd.DataFrame
"""The path of a file or of a folder of files, or a DataFrame."""

Sources = Source | Sequence[Source]
"""One source, or several that are read as one table."""


@dataclass(frozen=True)
class Grid:
    """One sheet before anything is known of it.

    Parameters
    ----------
    file, sheet
        Name of the file (never its folder) and of the sheet; blank where there is none.
    cells
        Texts, native numbers and dates; columns numbered from 0; the index holds the rows' numbers
        as a spreadsheet shows them, or a DataFrame's own labels. A formula that failed stands as
        ``#REF!`` or the like, one that was never calculated as it is written: ``=B2+C2``.
    headers
        The headers where the source has them apart from its cells (a DataFrame, Parquet, records);
        None where they are somewhere among the cells.
    ragged
        Whether rows may be longer than the header by mistake, as in delimited text.
    findings
        What deserves a look: rows and columns that a spreadsheet hides, sheets that are not read.
    private
        Labels of the rows with the number of a person in them, by the number of their column.
    hidden_columns
        Numbers of the columns that a spreadsheet hides; they are read.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    headers: tuple[str, ...] | None = None
    ragged: bool = False
    findings: tuple[Finding, ...] = ()
    private: Mapping[int, tuple[int | str, ...]] = field(default_factory=dict)
    hidden_columns: frozenset[int] = frozenset()
