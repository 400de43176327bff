"""Small tables with columns of their own names, such as what staff can do: read as they stand."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Any

import pandas as pd

from turnout.errors import DataError
from turnout.language import Text
from turnout.privacy.headers import is_personal_header
from turnout.reading.files.cells import as_names, as_text, as_texts
from turnout.reading.files.sheets import Grid, open_grids
from turnout.reading.headers.complaints import complain_of_private
from turnout.reading.values.numerals import parse_numbers


def read_own_table(path: Path, texts: Collection[str]) -> pd.DataFrame:
    """Read the first sheet of a file under the headers in its first row.

    Parameters
    ----------
    path
        A file of any kind that results come in.
    texts
        Columns that stay text whatever stands in them, such as codes; of the others those that hold
        numbers alone become numbers.

    Raises
    ------
    DataError
        If the file cannot be read, holds no table, or holds data of persons.
    """
    grids = open_grids(path)
    found = complain_of_private(grids, ())
    if found:
        raise DataError.of(found)
    headers, cells = _under_headers(grids[0])
    personal = [header for header in headers if is_personal_header(header)]
    if personal:
        raise DataError(_PERSONAL, file=grids[0].file, column=personal[0])
    columns = {
        header: as_names(column) if header in texts else _column(column)
        for header, (_, column) in zip(headers, cells.items(), strict=True)
        if header
    }
    return pd.DataFrame(columns).reset_index(drop=True)


def _under_headers(grid: Grid) -> tuple[list[str], pd.DataFrame]:
    """Return the headers of a grid and the cells under them, without blank rows."""
    columns = [as_texts(column).ne("") for _, column in grid.cells.items()]
    filled = pd.concat(columns, axis=1).any(axis=1)
    cells = grid.cells[filled]
    if grid.headers is not None:
        return list(grid.headers), cells
    if cells.empty:
        raise DataError(_NO_TABLE, file=grid.file)
    return [as_text(cell) for cell in cells.iloc[0]], cells.iloc[1:]


def _column(cells: pd.Series[Any]) -> pd.Series[Any]:
    """Return a column as numbers or as yes and no where all its cells are; else as text."""
    numbers = parse_numbers(cells)
    if not numbers.unreadable.any():
        return numbers.values
    names = as_names(cells)
    said = set(names.dropna())
    if all(name.casefold() in _YES_OR_NO for name in said):
        return names.map(lambda name: _YES_OR_NO.get(str(name).casefold())).astype("boolean")
    return names


_YES_OR_NO = {
    **dict.fromkeys(("true", "yes", "ya", "y", "benar"), True),
    **dict.fromkeys(("false", "no", "tidak", "n", "t", "salah"), False),
}


_NO_TABLE = Text(en="{file} holds no table.", id="{file} tidak memuat tabel.")
_PERSONAL = Text(
    en="{file}, column {column}: personal data; nothing was read. Delete the column.",
    id="{file}, kolom {column}: data pribadi; tidak ada yang dibaca. Hapus kolomnya.",
)
