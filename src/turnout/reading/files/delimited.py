"""Delimited text to a grid: any common encoding, delimiter and line end."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import DataError, Finding
from turnout.language import Text
from turnout.reading.files.cells import Distinct, is_filled
from turnout.reading.files.cleaning import clean_text, too_long
from turnout.reading.files.grid import Grid
from turnout.reading.files.limits import LONGEST_CELL, check_cells

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES, _SAMPLE = 60, 200_000
_TALLEST_CELL = 100
_TOP = 100  # rows among which headers are looked for, where a blank row tells something

# Excel's own first line, which it does not show.
_SEPARATOR = re.compile('"?sep=([,;\t|:^~ ])"?[ \t]*(?:\n|$)', re.IGNORECASE)


def text_grid(text: str, file: str, findings: tuple[Finding, ...] = ()) -> Grid:
    """Return delimited text as a grid.

    Raises
    ------
    DataError
        If there is nothing in it, or it cannot be parted into rows and cells.
    """
    text = clean_text(text.replace("\r\n", "\n").replace("\r", "\n")).rstrip("\n \t")
    separator = _SEPARATOR.match(text)
    if separator:
        text = text[separator.end() :]
    if not text.strip():
        raise DataError(EMPTY, file=file)
    try:
        delimiter = separator[1] if separator else _delimiter(text)
        rows, width = _extent(text, delimiter, file)
        check_cells(rows, width, file, filled=text.count(delimiter) + rows)
        cells = pd.read_csv(
            io.BytesIO(text.encode()),  # io.StringIO takes four bytes for every sign
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype="object",
            na_filter=False,
            skip_blank_lines=False,
        )
    except (csv.Error, pd.errors.ParserError) as error:
        raise DataError(_BROKEN_TEXT, file=file, why=str(error)) from error
    cells = _without_blank_rows(_once_each(cells))
    return Grid(file, "", cells, ragged=True, findings=findings)


def _once_each(cells: pd.DataFrame) -> pd.DataFrame:
    """Return cells of which equal ones of a column are one text in memory; rows count from 1."""
    rows = pd.RangeIndex(1, len(cells) + 1)
    names: list[Any] = list(cells)
    columns = {name: Distinct.of(cells.pop(name)).all() for name in names}
    return pd.DataFrame(columns, index=rows, dtype="object", copy=False)


def _without_blank_rows(cells: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows below the top without anything; the others keep their numbers."""
    filled = np.arange(len(cells)) < _TOP
    for _, column in cells.items():
        if filled.all():
            return cells
        filled |= is_filled(column).to_numpy()
    return cells[filled]


def _extent(text: str, delimiter: str, file: str) -> tuple[int, int]:
    """Return number of rows and most cells of a row; cells that swallowed rows are refused."""
    if '"' not in text:  # a line is a row, and no cell is longer than the longest line
        told = np.array(
            [
                (len(lines), max(map(len, lines)), max(line.count(delimiter) for line in lines))
                for lines in _lines_of(text)
            ]
        )
        if told[:, 1].max() <= LONGEST_CELL:
            return int(told[:, 0].sum()), 1 + int(told[:, 2].max())
    width, line, rows = 0, 0, 0
    reader = csv.reader(io.StringIO(text), delimiter=delimiter)
    try:
        for rows, row in enumerate(reader, 1):
            width = max(width, len(row))
            if reader.line_num - line > _TALLEST_CELL:
                raise DataError(_OPEN_QUOTE, file=file, row=rows, n=reader.line_num - line)
            line = reader.line_num
            if (row and len(row[0]) > LONGEST_CELL) or max(map(len, row), default=0) > LONGEST_CELL:
                longest = max(range(len(row)), key=lambda one: len(row[one]))
                raise too_long(file, "", str(rows), longest + 1)
    except csv.Error as error:
        if "field larger" not in str(error):
            raise
        raise too_long(file, "", str(rows + 1), 1) from error
    return rows, width


def _lines_of(text: str) -> Iterator[list[str]]:
    """Yield the lines of a text, some at a time: all at once take more room than the text."""
    start = 0
    while start <= len(text):
        end = text.find("\n", start + _SAMPLE)
        end = len(text) if end < 0 else end
        yield text[start:end].split("\n")
        start = end + 1


def _delimiter(text: str) -> str:
    """Return the sign that parts most lines into equally many fields."""
    lines = [line for line in text[:_SAMPLE].split("\n") if line.strip()][:_SAMPLE_LINES]

    def fit(delimiter: str) -> float:
        try:
            widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        except csv.Error:  # a line longer than any field may be
            widths = [line.count(delimiter) + 1 for line in lines]
        usual = max(set(widths), key=lambda width: (width > 1) * widths.count(width))
        return usual * widths.count(usual) / len(widths) if usual > 1 else 0

    return max(_DELIMITERS, key=fit)


EMPTY = Text(en="{file} is empty.", id="{file} kosong.")
_BROKEN_TEXT = Text(
    en="{file} cannot be read as a table ({why}). Look for a quotation mark that is not closed.",
    id="{file} tidak dapat dibaca sebagai tabel ({why}). Cari tanda kutip yang tidak ditutup.",
)
_OPEN_QUOTE = Text(
    en="{file}, row {row}: one cell spans {n:count} lines, so a quotation mark is not closed. "
    "Delete or close it.",
    id="{file}, baris {row}: satu sel mencakup {n:count} baris, jadi ada tanda kutip yang tidak "
    "ditutup. Hapus atau tutup tanda kutipnya.",
)
