"""Sheets of an Excel workbook that people read: typed columns, a fixed header, bars, widths."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd
from openpyxl import Workbook
from openpyxl.formatting.rule import DataBarRule
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from turnout.language import Language, Text

Kind = Literal["text", "count", "percent", "percent0", "points", "date", "number", "flag"]

_FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "count": "#,##0",
    "percent": "0.0%",
    "percent0": "0%",
    "points": "0.0",
    "date": "yyyy-mm-dd",
    "number": "0.00",
    "flag": "General",
}
_NARROWEST, _WIDEST = 9, 60
_PAGE = 100
_FONT, _LINE = "Calibri", 15.0
_INK, _HEAD, _RULE = "FF1A1A1A", "FFE4EDF5", "FF5A5A5A"
# Excel's day 0 in a zip archive; a workbook tells no time of its own.
_NO_TIME = (1980, 1, 1, 0, 0, 0)

YES = Text(en="yes", id="ya")
NO = Text(en="no", id="tidak")


@dataclass(frozen=True)
class Column:
    """A column of a sheet.

    Parameters
    ----------
    key
        Its name in the table that the sheet shows.
    header, meaning
        What stands over it, and what the sheet of explanations says.
    kind
        What it holds; shares are shown as percentages.
    bar
        Colour of the bars behind its numbers; none when blank.
    """

    key: str
    header: Text
    meaning: Text
    kind: Kind = "text"
    bar: str = ""


@dataclass(frozen=True)
class Sheet:
    """A table with what is needed to show it.

    Parameters
    ----------
    title
        Name of the sheet.
    columns
        Columns to show; those that the table does not have, or that are all blank, are left out.
    table
        What is shown, a row per row.
    fixed
        How many columns stay in sight when the others are moved.
    """

    title: Text
    columns: tuple[Column, ...]
    table: pd.DataFrame
    fixed: int = 1

    @property
    def shown(self) -> list[Column]:
        """The columns that hold anything."""
        return [
            column
            for column in self.columns
            if column.key in self.table and self.table[column.key].notna().any()
        ]


def empty_book() -> Workbook:
    """Return a workbook without a sheet."""
    book = Workbook()
    book.remove(book.worksheets[0])
    return book


def add_sheet(book: Workbook, sheet: Sheet, lang: Language) -> Worksheet:
    """Add a sheet to a workbook: header row, typed cells, bars, widths, a fixed header."""
    page = book.create_sheet(sheet.title.say(lang))
    columns = sheet.shown
    long: dict[int, list[int]] = {}
    for number, column in enumerate(columns, start=1):
        _head(page, number, column.header.say(lang))
        values = [_cell_value(value, column.kind, lang) for value in sheet.table[column.key]]
        for row, value in enumerate(values, start=2):
            if value is not None:
                cell = page.cell(row, number, value)
                cell.number_format = _FORMATS[column.kind]
                if isinstance(value, str) and len(value) > _WIDEST:
                    long.setdefault(row, []).append(number)
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = _width(column, values, lang)
        if column.bar and values:
            _add_bars(page, f"{letter}2:{letter}{len(values) + 1}", column)
    for row, numbers in long.items():
        _wrap(page, row, numbers)
    page.row_dimensions[1].height = 2 * _LINE
    fixed = get_column_letter(min(sheet.fixed, len(columns)) + 1)
    page.freeze_panes = f"{fixed}2"
    if len(sheet.table) > 1:
        page.auto_filter.ref = page.dimensions
    set_page(page)
    return page


def add_lines(book: Workbook, title: str, lines: Iterable[tuple[str, bool]]) -> Worksheet:
    """Add a sheet of text, a line per row; the marked ones are headings."""
    page = book.create_sheet(title)
    for row, (line, heading) in enumerate(lines, start=1):
        cell = page.cell(row, 1, line)
        cell.font = Font(_FONT, bold=heading, size=13 if heading else 11, color=_INK)
        _wrap(page, row, [1], _PAGE)
    page.column_dimensions["A"].width = _PAGE
    set_page(page)
    return page


def explanation(sheets: Iterable[Sheet], lang: Language) -> pd.DataFrame:
    """Return every column that is shown with its meaning and the sheets that it is on."""
    found = pd.DataFrame(
        [
            (column.header.say(lang), column.meaning.say(lang), sheet.title.say(lang))
            for sheet in sheets
            for column in sheet.shown
        ],
        columns=["column", "meaning", "sheets"],
    )
    same = found.groupby(["column", "meaning"], sort=False)["sheets"]
    return same.agg(", ".join).reset_index()


def workbook_bytes(book: Workbook) -> bytes:
    """Return a workbook as a file holds it, without the time of writing: same in, same out."""
    raw = io.BytesIO()
    book.save(raw)
    undated = io.BytesIO()
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(undated, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "docProps/core.xml":
                stamp = dt.datetime(*_NO_TIME).isoformat().encode() + b"Z"
                content = re.sub(rb"\d{4}-\d\d-\d\dT[\d:.]+Z", stamp, content)
            info = zipfile.ZipInfo(name, _NO_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(info, content)
    return undated.getvalue()


def _head(page: Worksheet, number: int, header: str) -> None:
    cell = page.cell(1, number, header)
    cell.font = Font(_FONT, bold=True, color=_INK)
    cell.fill = PatternFill("solid", fgColor=_HEAD)
    cell.border = Border(bottom=Side("medium", color=_RULE))
    cell.alignment = Alignment(wrap_text=True, vertical="center")


def _wrap(page: Worksheet, row: int, long: Sequence[int], width: int = _WIDEST) -> None:
    """Break the long texts of a row into lines, and make the row as high as they need."""
    height = 0.0
    for number in long:
        cell = page.cell(row, number)
        lines = -(-len(str(cell.value)) * 11 // (10 * width))  # words do not fill their lines
        height = max(height, lines * _LINE * float(cell.font.sz or 11) / 11)
    page.row_dimensions[row].height = height
    for cell in page[row]:
        cell.alignment = Alignment(wrap_text=cell.column in long, vertical="top")


def _cell_value(value: Any, kind: Kind, lang: Language) -> Any:
    """Return a value as a cell holds it; None for what is not known."""
    if value is None or pd.isna(value):
        return None
    if kind == "flag":
        return (YES if value else NO).say(lang)
    if kind == "text":
        return str(value)
    if kind == "date":
        return pd.Timestamp(value).to_pydatetime()
    number = float(value)
    if not np.isfinite(number):
        return None
    return round(number) if kind == "count" else round(number, 6)


def _width(column: Column, values: list[Any], lang: Language) -> float:
    longest = max((len(str(value)) for value in values if isinstance(value, str)), default=0)
    words = max(len(word) for word in column.header.say(lang).split())
    room = {"text": longest, "flag": longest, "count": 9, "date": 11}.get(column.kind, 8)
    bars = 20 if column.bar else 0
    return min(max(room, words + 3, bars, _NARROWEST), _WIDEST) + 2


def _add_bars(page: Worksheet, cells: str, column: Column) -> None:
    whole = column.kind in ("percent", "percent0")
    page.conditional_formatting.add(
        cells,
        DataBarRule(  # type: ignore[no-untyped-call]
            start_type="num",
            start_value=0,
            end_type="num" if whole else "max",
            end_value=1 if whole else None,
            color=column.bar,
        ),
    )


def set_page(page: Worksheet) -> None:
    """Let a sheet print on A4 across, as wide as it is, with its header on every page."""
    page.page_setup.orientation = "landscape"
    page.page_setup.paperSize = 9
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.print_title_rows = "1:1"
