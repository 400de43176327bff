"""Tables as CSV, with every text guarded against formulas, and read back; and as Parquet."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Collection
from json.encoder import encode_basestring
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Bools
from turnout.escaping import clean, guarded, unguarded
from turnout.output.files import Lines, write_bytes

MOST_CSV_ROWS = 200_000
"""Rows beyond which `write_rows` writes Parquet."""


def write_table(
    table: pd.DataFrame, path: str | PathLike[str], *, float_format: str | None = None
) -> Path:
    """Write a table as CSV: UTF-8, Unix line ends, texts that no spreadsheet calculates.

    Parameters
    ----------
    table
        What to write; its index is left out.
    path
        File to write.
    float_format
        How numbers are written, such as ``%.6g``; with all their digits when not given.

    Raises
    ------
    TurnoutError
        If the file cannot be written.
    """
    safe = table.copy(deep=False)
    safe.columns = pd.Index([_safe(name) for name in table.columns])
    for number in range(table.shape[1]):
        if not _is_number(table.iloc[:, number]):
            texts = table.iloc[:, number].astype("object").map(_safe, na_action="ignore")
            safe.isetitem(number, texts.to_numpy())
    text = safe.to_csv(index=False, lineterminator="\n", float_format=float_format)
    return write_bytes(text.encode("utf-8", errors="replace"), path)


def write_rows(table: pd.DataFrame, path: Path, most: int = MOST_CSV_ROWS) -> Path:
    """Write a table as CSV, or as Parquet where it has more rows than spreadsheets open well.

    Parameters
    ----------
    table
        What to write; its index is left out.
    path
        File to write, named as CSV; as Parquet it ends with ``.parquet``.
    most
        Rows of a CSV at most.

    Returns
    -------
    pathlib.Path
        The file that was written; `read_rows` reads either.

    Raises
    ------
    TurnoutError
        If the file cannot be written.
    """
    if len(table) <= most:
        return write_table(table, path)
    return write_parquet(table, path.with_suffix(".parquet"))


def read_rows(path: Path, texts: Collection[str] = ()) -> pd.DataFrame:
    """Read a table that `write_rows` wrote; see `read_table`."""
    if path.suffix != ".parquet":
        return read_table(path, texts)
    import pyarrow.parquet as pq

    table: pd.DataFrame = pq.read_table(path).to_pandas()
    for name in table.columns:
        if not _is_number(table[name]) or name in texts:
            column = table[name].astype("object")
            table[name] = column.where(column.notna(), np.nan)
    return table


def write_parquet(table: pd.DataFrame, path: str | PathLike[str]) -> Path:
    """Write a table as Parquet, see `write_bytes`; the same table gives the same bytes.

    Parameters
    ----------
    table
        What to write; its index is left out.
    path
        File to write.

    Raises
    ------
    TurnoutError
        If the file cannot be written.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    content = io.BytesIO()
    arrow = pa.Table.from_pandas(table, preserve_index=False).replace_schema_metadata(None)
    pq.write_table(arrow, content, compression="zstd")
    return write_bytes(content.getvalue(), path)


def read_table(path: str | PathLike[str], texts: Collection[str] = ()) -> pd.DataFrame:
    """Read a table that `write_table` wrote.

    Parameters
    ----------
    path
        The file.
    texts
        Columns that are texts whatever they look like, such as codes.
    """
    table = pd.read_csv(path, dtype=dict.fromkeys(texts, "str"), encoding="utf-8")
    for name in table.columns:
        if not _is_number(table[name]):
            table[name] = table[name].map(
                lambda value: unguarded(value) if isinstance(value, str) else value
            )
    return table.rename(columns=unguarded)


def rows_in_json(table: pd.DataFrame, digits: int = 6) -> Lines:
    """Return the rows of a table as JSON, made by columns: of a nation they are very many.

    Parameters
    ----------
    table
        Numbers, flags and texts; its index is left out.
    digits
        After the point of a number at most. What is missing, or no number, is null.

    Examples
    --------
    >>> rows_in_json(pd.DataFrame({"area": ["Legok", None], "median": [0.71234567, np.nan]}))
    ['{"area": "Legok", "median": 0.712346}', '{"area": null, "median": null}']
    """
    names = [encode_basestring(str(name)).replace("%", "%%") for name in table.columns]
    row = f"{{{', '.join(f'{name}: %s' for name in names)}}}"
    told = [_in_json(table.iloc[:, number], digits) for number in range(table.shape[1])]
    return Lines(row % values for values in zip(*told, strict=True))


def _in_json(column: pd.Series, digits: int) -> list[str]:
    known = column.notna().to_numpy()
    if column.dtype.kind == "f":
        known = known & np.isfinite(column.to_numpy(float, na_value=np.nan))
        return _told(column, known, lambda number: repr(round(number, digits)))
    if column.dtype.kind == "b":
        return _told(column, known, lambda flag: "true" if flag else "false")
    return _told(column, known, str if column.dtype.kind in "iu" else _text_in_json)


def _told(column: pd.Series, known: Bools, told: Callable[[Any], str]) -> list[str]:
    """Return each value as it is told; null where it is not known."""
    if known.all():
        return [*map(told, column.tolist())]
    values = zip(column.tolist(), known.tolist(), strict=True)
    return [told(value) if is_known else "null" for value, is_known in values]


def _text_in_json(value: object) -> str:
    return encode_basestring(value) if isinstance(value, str) else json.dumps(value)


def _is_number(column: pd.Series) -> bool:
    return bool(
        pd.api.types.is_numeric_dtype(column.dtype)
        or pd.api.types.is_datetime64_any_dtype(column.dtype)
    )


def _safe(value: object) -> object:
    return guarded(clean(value)) if isinstance(value, str) else value
