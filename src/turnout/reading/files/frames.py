"""Tables with their headers apart: DataFrames, Parquet, JSON records."""

from __future__ import annotations

import datetime as dt
import decimal
import io
import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from turnout.arrays import Cells
from turnout.errors import DataError, Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import Distinct, objects
from turnout.reading.files.cleaning import clean_distinct, clean_text
from turnout.reading.files.grid import Grid
from turnout.reading.files.kinds import GEOJSON, refusal
from turnout.reading.files.limits import check_cells, most_unpacked, too_packed


def frame_grid(frame: pd.DataFrame, file: str = "") -> Grid:
    """Return a DataFrame as a grid; the rows of a file are counted from 1.

    A named index is a column like the others. Columns whose cells hold lists or tables of their own
    are left out, and told.
    """
    named = [position for position, name in enumerate(frame.index.names) if name is not None]
    columns: list[tuple[str, pd.Series[Any]]] = []
    written = {_joined(column) for column in frame.columns}
    for position in named:
        name = _joined(frame.index.names[position])
        if name not in written:
            columns.append((name, frame.index.get_level_values(position).to_series()))
    columns += [(_joined(name), frame.iloc[:, n]) for n, name in enumerate(frame.columns)]
    check_cells(len(frame), len(columns), file or "DataFrame")
    labels = pd.RangeIndex(1, len(frame) + 1) if file else frame.index
    cells: dict[int, Cells] = {}
    headers: list[str] = []
    findings: list[Finding] = []
    for name, column in columns:
        plain = _plain(column)
        if plain is None:
            findings.append(_nested(file, clean_text(name)))
            continue
        clean = clean_distinct(plain, labels, file or "DataFrame", "", len(cells))
        cells[len(cells)] = clean.all()
        headers.append(clean_text(name))
    held = pd.DataFrame(cells, index=labels, dtype="object", copy=False)
    return Grid(file, "", held, tuple(headers), findings=tuple(findings))


def _joined(column: object) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if str(part).strip())


def _plain(column: pd.Series[Any]) -> Distinct | None:
    """Return a column's cells as texts, numbers and days; None where they hold more than that."""
    if isinstance(column.dtype, pd.DatetimeTZDtype):
        column = column.dt.tz_localize(None)
    if column.dtype == "object" and any(kind.__hash__ is None for kind in set(map(type, column))):
        cells = [_plain_cell(cell) for cell in column]
        hold_more = any(cell is _NESTED for cell in cells)
        return None if hold_more else Distinct.of(pd.Series(cells, dtype="object"))
    distinct = Distinct.of(column)
    plain = [
        cell if type(cell) in _PLAIN else _plain_cell(cell) for cell in distinct.cells.tolist()
    ]
    hold_more = any(cell is _NESTED for cell in plain)
    return None if hold_more else Distinct(distinct.codes, objects(plain))


_NESTED = object()
_PLAIN = frozenset({str, float, bool})
_MOST_WHOLE, _MOST_FLOAT = 2**63, int(np.finfo(float).max)


def _plain_cell(cell: Any) -> Any:
    """Return one cell in a form that reading knows; `_NESTED` for lists, tables and bytes."""
    if isinstance(cell, int) and abs(cell) >= _MOST_WHOLE:
        return math.copysign(math.inf, cell) if abs(cell) > _MOST_FLOAT else float(cell)
    if cell is None or isinstance(cell, (str, bool, int, float, np.number, np.bool_)):
        return cell
    if isinstance(cell, (pd.Timestamp, dt.datetime)):
        return cell.replace(tzinfo=None)
    if isinstance(cell, decimal.Decimal):
        return _plain_decimal(cell)
    if isinstance(cell, (bytes, bytearray)):
        try:
            return bytes(cell).decode("utf-8")
        except UnicodeDecodeError:
            return _NESTED
    if isinstance(cell, (Mapping, set, frozenset, np.ndarray)) or (
        isinstance(cell, Sequence) and not isinstance(cell, str)
    ):
        return _NESTED
    return None if cell is pd.NA else cell


def _plain_decimal(cell: decimal.Decimal) -> float:
    whole = cell.is_finite() and cell.adjusted() < 30 and cell == cell.to_integral_value()
    return int(cell) if whole else float(cell)


def _nested(file: str, header: str) -> Finding:
    spot = Spot(file, column=header)
    return Finding("nested_column", "warning", _HOLDS_LISTS, _FLATTEN, spot)


def parquet_grid(content: bytes, file: str) -> Grid:
    """Return a Parquet file as a grid; the index that pandas kept in it is a column.

    Raises
    ------
    DataError
        If it is damaged, or holds more than may be read.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.ParquetFile(io.BytesIO(content))
        meta = table.metadata
        check_cells(meta.num_rows, meta.num_columns, file)
        groups = [meta.row_group(n) for n in range(meta.num_row_groups)]
        if sum(group.total_byte_size for group in groups) > most_unpacked(len(content)):
            raise too_packed(file)
        held = table.read()
        held.validate(full=True)  # texts that are none fail wherever they are looked at, later
        frame = held.to_pandas(ignore_metadata=True, deduplicate_objects=True)
    except (pa.ArrowException, OSError, ValueError, OverflowError, MemoryError, KeyError) as error:
        if isinstance(error, DataError):
            raise
        raise DataError(_BROKEN_PARQUET, file=file) from error
    numbered = [name for name in frame.columns if str(name).startswith("__index_level_")]
    return frame_grid(frame.drop(columns=numbered), file)


def records_grid(text: str, file: str) -> Grid:
    """Return JSON as a grid: a list of records, one under a name or a few, or a record per line.

    Raises
    ------
    DataError
        If it is no JSON, or holds no records.
    """
    records = _records(_loaded(text, file), file)
    names = list(dict.fromkeys(name for record in records for name in record))
    check_cells(len(records), len(names), file, filled=sum(map(len, records)))
    rows = {n: [record.get(name) for record in records] for n, name in enumerate(names)}
    frame = pd.DataFrame(rows, dtype="object").set_axis(names, axis=1)
    return frame_grid(frame, file)


def _loaded(text: str, file: str) -> Any:
    try:
        return json.loads(text, object_pairs_hook=_record)
    except _DoubledNameError as error:
        raise DataError(_DOUBLED_NAME, file=file, name=str(error)) from None
    except (ValueError, RecursionError) as whole:
        lines = [line for line in text.split("\n") if line.strip()]
        try:
            if len(lines) > 1 and lines[0].startswith("{"):
                return [json.loads(line, object_pairs_hook=_record) for line in lines]
        except (ValueError, RecursionError):
            pass
        raise DataError(_BROKEN_JSON, file=file) from whole


class _DoubledNameError(Exception):
    """A record names one column twice."""


def _record(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    record = dict(pairs)
    if len(record) < len(pairs):
        names = [name for name, _ in pairs]
        raise _DoubledNameError(next(name for name in names if names.count(name) > 1))
    return record


def _records(loaded: Any, file: str) -> list[dict[str, Any]]:
    if isinstance(loaded, dict) and loaded.get("type") in ("FeatureCollection", "Topology"):
        raise refusal(GEOJSON, file)
    lists = _lists_in(loaded)
    if len(lists) == 1:
        return lists[0]
    names = list(loaded) if isinstance(loaded, dict) else []
    told = [clean_text(str(name))[:60] for name in names] or ["-"]
    raise DataError(_NO_RECORDS, file=file, names=told)


def _lists_in(loaded: Any, depth: int = 3) -> list[list[dict[str, Any]]]:
    """Return the lists of records in what an interface answers: bare, or under a few names."""
    if _are_records(loaded):
        return [loaded]
    if not isinstance(loaded, dict) or not depth:
        return []
    return _tables([one for part in loaded.values() for one in _lists_in(part, depth - 1)])


def _tables(lists: list[list[dict[str, Any]]]) -> list[list[dict[str, Any]]]:
    """Leave out the lists that only describe the fields of another: type, id, label."""
    rows = [one for one in lists if not all(set(record) <= _FIELD for record in one)]
    return rows or lists


_FIELD = frozenset({"id", "type", "name", "label", "info", "title", "description", "notes"})


def _are_records(loaded: Any) -> bool:
    return (
        isinstance(loaded, list)
        and bool(loaded)
        and all(isinstance(record, dict) and record for record in loaded)
    )


_HOLDS_LISTS = Text(
    en="the cells hold lists or tables of their own; the column is left out.",
    id="selnya memuat daftar atau tabel tersendiri; kolom ini tidak dibaca.",
)
_FLATTEN = Text(
    en="If it matters, give it one text or number per row.",
    id="Bila diperlukan, isi dengan satu teks atau angka per baris.",
)
_BROKEN_PARQUET = Text(
    en="{file} is a damaged Parquet file. Copy it again, or save the table as .csv.",
    id="{file} adalah berkas Parquet yang rusak. Salin lagi, atau simpan tabelnya sebagai .csv.",
)
_BROKEN_JSON = Text(
    en="{file} begins like JSON, but is not whole or not valid. Download it again, or save the "
    "table as .csv.",
    id="{file} tampak seperti JSON, tetapi tidak utuh atau tidak sah. Unduh lagi, atau simpan "
    "tabelnya sebagai .csv.",
)
_NO_RECORDS = Text(
    en="{file} is JSON without records (it holds: {names:list}). A table is a list of records, "
    "such as "
    '[{{"area": "Kasang", "registered": 4512}}]; or save it as .csv.',
    id="{file} adalah JSON tanpa rekaman (isinya: {names:list}). Tabel berupa daftar rekaman, "
    "misalnya "
    '[{{"area": "Kasang", "registered": 4512}}]; atau simpan sebagai .csv.',
)
_DOUBLED_NAME = Text(
    en="{file}: a record names '{name}' twice. Keep the one that is meant.",
    id="{file}: satu rekaman memuat '{name}' dua kali. Sisakan yang dimaksud.",
)
