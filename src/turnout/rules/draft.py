"""`Draft`: what a file says, under canonical headers, with the place that each value came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot

Read = Mapping[str, tuple[str, ...]]
"""What a file writes, and the columns that it was read as."""


@dataclass(frozen=True)
class Understood:
    """What was read as which columns in one sheet, where it is not called so itself.

    Parameters
    ----------
    file, sheet
        Their names.
    columns
        Headers of columns.
    titles
        Lines above the table.
    names
        The name of the sheet.
    """

    file: str
    sheet: str
    columns: Read
    titles: Read
    names: Read


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
        it (for a DataFrame: blank, blank and the index label). Where a row of `table` is no row of
        the file, further columns tell more: ``column`` is the header that the whole row stands
        under, ``header:registered`` and ``row:registered`` where its registered voters stand,
        ``said:date`` whether the user says its day instead of the file, and ``called_total``
        whether the row calls itself a total. Of sums of stations, ``size_doubted`` tells whether
        one is told to be too large or too small, ``part_wrong`` whether a row of one is an error,
        ``unit_wrong`` whether one has no counts of people, ``stations_above`` the share that has
        more voters than registered, ``stations_empty`` those that tell 0 voters, ``stations`` the
        rows that all of them stand in, ``numbers`` their numbers, ``row:station`` where the highest
        stands, and ``stations_told`` how many there are by the file.
    headers
        The header in the file of each column of `table`.
    findings
        What reading itself found, such as numbers that cannot be read.
    totals_used
        Rows that were the totals of all others, named no place and were used up: their figures
        were held against the rows.
    understood
        What was read as which column, sheet by sheet.
    role
        What the file is to a run, as a `Setting` names it.
    """

    table: pd.DataFrame
    written: pd.DataFrame
    origin: pd.DataFrame
    headers: Mapping[str, str]
    findings: tuple[Finding, ...] = ()
    totals_used: int = 0
    understood: tuple[Understood, ...] = ()
    role: str = "results"

    @classmethod
    def of_table(cls, table: pd.DataFrame, labels: pd.Index | None = None) -> Draft:
        """Return a DataFrame as the rules look at it; its spots tell the labels of its rows.

        Parameters
        ----------
        table
            Columns under their canonical names; its index numbers each row once.
        labels
            What the user's table calls each row; its index where not given.
        """
        told = table.index if labels is None else labels
        origin = pd.DataFrame({"file": "", "sheet": "", "row": told}, index=table.index)
        return cls(table, table, origin, {})

    def called_total(self) -> pd.Series[bool]:
        """Mark the rows that call themselves a total, such as *Jumlah*, and name no place."""
        return self._marked("called_total")

    def size_doubted(self) -> pd.Series[bool]:
        """Mark the rows that are told to be of a wrong size, or a station of which is.

        Held against these, the right figure of another row would be blamed.
        """
        return self._marked("size_doubted")

    def doubting(self, rows: pd.Index) -> Draft:
        """Return the draft with some rows marked as of another size than they tell."""
        doubted = self.size_doubted() | self.origin.index.isin(rows)
        return replace(self, origin=self.origin.assign(size_doubted=doubted))

    def part_wrong(self) -> pd.Series[bool]:
        """Mark the rows that are sums of stations one of which is an error."""
        return self._marked("part_wrong")

    def unit_wrong(self) -> pd.Series[bool]:
        """Mark the rows that are sums of stations one of which has figures of another unit."""
        return self._marked("unit_wrong")

    def _marked(self, name: str) -> pd.Series[bool]:
        if name not in self.origin:
            return pd.Series(data=False, index=self.origin.index)
        return self.origin[name].eq(other=True)

    def without(self, rows: pd.Index, findings: Sequence[Finding]) -> Draft:
        """Return the draft without some rows, the others numbered anew, and with what is told."""
        stays = self.table.index.difference(rows)
        return replace(
            self,
            table=self.table.loc[stays].reset_index(drop=True),
            written=self.written.loc[stays].reset_index(drop=True),
            origin=self.origin.loc[stays].reset_index(drop=True),
            findings=(*self.findings, *findings),
        )

    def spot(self, index: int, column: str | None = None) -> Spot:
        """Return where row `index` (and its cell in `column`) stands in the user's file."""
        return self.spots([index], column)[0]

    def spots(self, rows: list[int] | pd.Index, column: str | None = None) -> list[Spot]:
        """Return where each of `rows` (and its cell in `column`) stands in the user's file."""
        source = self.origin.loc[rows]
        values = [""] * len(rows)
        if column is not None and column in self.written:
            values = [str(cell) for cell in self.written.loc[rows, column]]
        unnamed = column if column in self.written else None
        own = self.headers.get(column) if column else None
        usual = own or unnamed or ""
        special = "column" if column is None else f"header:{column}"
        headers = source[special].fillna(usual) if special in source else [usual] * len(rows)
        headed = source[special].notna() if special in source else [False] * len(rows)
        labels = source["row"]
        if f"row:{column}" in source:
            labels = source[f"row:{column}"].where(source[f"row:{column}"].notna(), labels)
        places = zip(source["file"], source["sheet"], labels, headers, values, headed, strict=True)
        return [
            Spot(str(file), str(sheet), _row_number(row), header, value, bool(own or its))
            for file, sheet, row, header, value, its in places
        ]

    def beside(self, rows: pd.Index, others: Iterable[Any]) -> list[Spot]:
        """Return where other rows stand, each as it is told of one of `rows`.

        The file, and the sheet, are told where these are not the same.
        """
        told = zip(self.spots(rows), self.spots(pd.Index([*others])), strict=True)
        return [
            replace(
                other,
                file="" if other.file == one.file else other.file,
                sheet="" if (other.file, other.sheet) == (one.file, one.sheet) else other.sheet,
                column="",
            )
            for one, other in told
        ]

    def rows_at(self, spots: Iterable[Spot]) -> pd.Index:
        """Return the rows of `table` that findings at `spots` concern."""
        places = {(spot.file, spot.sheet, str(spot.row), spot.column) for spot in spots}
        if not places:
            return self.table.index[:0]
        if "column" not in self.origin:  # a row of the file is a row of the table
            rows = {place[:3] for place in places}
            keys = zip(self.origin["file"], self.origin["sheet"], self.origin["row"], strict=True)
            hit = [(file, sheet, str(_row_number(row))) in rows for file, sheet, row in keys]
            return self.table.index[hit]
        hit = [False] * len(self.table)
        for column in (None, *self.table.columns):
            for number, spot in enumerate(self.spots(self.table.index, column)):
                hit[number] |= (spot.file, spot.sheet, str(spot.row), spot.column) in places
        return self.table.index[hit]


def _row_number(row: Any) -> int | str:
    """Return a spreadsheet row as int, any other index label as text."""
    try:
        return int(row)
    except (TypeError, ValueError):
        return str(row)
