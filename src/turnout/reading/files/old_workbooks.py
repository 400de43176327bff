"""Old Excel workbooks (.xls): their sheets, and what is odd in them.

They are read by a library that is Python throughout: a chain of blocks that runs in a circle, or a
length that a damaged file claims, ends in an error and not in a full memory.
"""

from __future__ import annotations

import io
from typing import Any

import xlrd  # type: ignore[import-untyped]

from turnout.errors import DataError
from turnout.reading.files.archives import LOCKED
from turnout.reading.files.limits import MOST_COLUMNS, MOST_TEXT, check_cells, too_packed
from turnout.reading.files.sheet_marks import SheetMarks, Table


class OldBook:
    """An old workbook; see `workbooks.Book`.

    Raises
    ------
    DataError
        If it is locked.
    Exception
        Of any kind, if it is damaged.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        try:
            self._book = xlrd.open_workbook(
                file_contents=content,
                formatting_info=True,
                ragged_rows=True,
                logfile=io.StringIO(),
            )
        except xlrd.XLRDError as error:
            if "encrypted" in str(error):
                raise DataError(LOCKED, file=file) from error
            raise
        sheets = self._book.sheets()
        self.shown = [sheet.name for sheet in sheets if sheet.visibility == 0]
        self.hidden = [sheet.name for sheet in sheets if sheet.visibility != 0]

    def table(self, name: str, place: str) -> Table:
        """Read a sheet; its extent and texts are looked at before its rows are filled up."""
        sheet = self._book.sheet_by_name(name)
        lengths = [sheet.row_len(row) for row in range(sheet.nrows)]
        check_cells(sheet.nrows, max(lengths, default=0), place, filled=sum(lengths))
        marks, width = SheetMarks(), max(lengths, default=0)
        rows = []
        for row in range(sheet.nrows):
            cells = [self._value(cell, marks, row, n) for n, cell in enumerate(sheet.row(row))]
            if marks.text > MOST_TEXT:
                raise too_packed(self._file)
            rows.append(cells + [""] * (width - len(cells)))
        _note_hidden(sheet, marks)
        merged = [
            ((top, left), (bottom - 1, right - 1))
            for top, bottom, left, right in sheet.merged_cells
        ]
        return Table(rows, merged, marks)

    def _value(self, cell: Any, marks: SheetMarks, row: int, column: int) -> Any:
        if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
            return ""
        marks.fill(row, column)
        if cell.ctype == xlrd.XL_CELL_TEXT:
            marks.text += len(cell.value)
        elif cell.ctype == xlrd.XL_CELL_BOOLEAN:
            return bool(cell.value)
        elif cell.ctype == xlrd.XL_CELL_ERROR:
            marks.fault(row, column, xlrd.error_text_from_code.get(cell.value, "#N/A"))
            return ""
        elif cell.ctype == xlrd.XL_CELL_DATE:
            return _day(cell.value, self._book.datemode)
        return cell.value


def _day(value: float, datemode: int) -> Any:
    """Return what a spreadsheet shows of a number in a date's format."""
    try:
        day = xlrd.xldate.xldate_as_datetime(value, datemode)
    except (ValueError, OverflowError):  # shown as #####: a number all the same
        return value
    return day.time() if 0 <= value < 1 else day


def _note_hidden(sheet: Any, marks: SheetMarks) -> None:
    marks.hidden_rows += sorted(
        row for row, info in sheet.rowinfo_map.items() if info.hidden and row < marks.rows
    )
    marks.hidden_columns.update(
        column
        for column, info in sheet.colinfo_map.items()
        if info.hidden and column < MOST_COLUMNS
    )
