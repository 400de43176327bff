"""`Block`: cells under canonical columns, before anything is read from them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from turnout.errors import Finding
from turnout.reading.layouts.table import Told
from turnout.rules.draft import Understood


@dataclass(frozen=True)
class Block:
    """Rows of one table and one election, still as they stand in the file.

    Parameters
    ----------
    cells
        Canonical columns and those of the user's own; rows numbered from 0.
    origin
        Where each row came from, as in `Draft.origin`.
    headers
        The header in the file of each column.
    told
        What holds for all rows and stands elsewhere than in a column.
    findings
        What is wrong with the layout.
    """

    cells: pd.DataFrame
    origin: pd.DataFrame
    headers: Mapping[str, str]
    told: Mapping[str, Told]
    findings: tuple[Finding, ...] = ()

    @property
    def names(self) -> frozenset[str]:
        """Columns that the block holds or is told."""
        return frozenset(map(str, self.cells.columns)) | frozenset(self.told)

    @property
    def understood(self) -> Understood:
        """What was read as which columns: headers, lines above the table, the sheet's name."""
        file, sheet = (str(self.origin[name].iloc[0]) for name in ("file", "sheet"))
        read: dict[str, dict[str, list[str]]] = {"columns": {}, "titles": {}, "names": {}}
        for name, header in self.headers.items():
            if header != name and name not in self.told:
                read["columns"].setdefault(header, []).append(name)
        for name, told in self.told.items():
            if not told.said:
                by = "titles" if told.row is not None else "names"
                by = by if by == "titles" or told.label == sheet else "columns"
                read[by].setdefault(told.label, []).append(name)
        each = {by: {one: tuple(names) for one, names in some.items()} for by, some in read.items()}
        return Understood(file, sheet, **each)

    def keep(self, rows: pd.Series[bool]) -> Block:
        """Return the block with only the rows that are marked."""
        return Block(
            self.cells[rows].reset_index(drop=True),
            self.origin[rows].reset_index(drop=True),
            self.headers,
            self.told,
            self.findings,
        )


def origin_of(file: str, sheet: str, rows: pd.Index) -> pd.DataFrame:
    """Return the origin of rows that stand in one sheet under the labels `rows`."""
    return pd.DataFrame(
        {
            "file": pd.Series([file] * len(rows), dtype="object"),
            "sheet": pd.Series([sheet] * len(rows), dtype="object"),
            "row": pd.Series(list(rows), dtype="object"),
        },
        copy=False,
    )
