"""Sheets of an Excel workbook that people read: typed columns, a fixed header, bars, widths."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

import numpy as np
import pandas as pd
from xlsxwriter.worksheet import Worksheet

from turnout.language import Language, Text
from turnout.output.workbook import Book, fit_to_page

Kind = Literal[
    "text", "count", "percent", "percent0", "probability", "points", "date", "number", "flag"
]

_FORMATS: Mapping[Kind, str] = {
    "text": "@",
    "count": "#,##0",
    "percent": "0.0%",
    "percent0": "0%",
    "probability": '[<0.01]"<1%";[>0.99]">99%";0%',  # none is certain
    "points": "0.0",
    "date": "yyyy-mm-dd",
    "number": "0.00",
    "flag": "General",
}
_NARROWEST, _WIDEST = 9, 60
_PAGE = 100
_ACROSS = 110.0  # letters; a wider table is printed across
_HIGHEST = 405.0
_LINE = 15.0
_FILTER = 3  # letters that the button of a filter covers
_HEAD, _RULE = "#E4EDF5", "#5A5A5A"

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


def add_sheet(book: Book, sheet: Sheet, lang: Language) -> None:
    """Add a sheet to a workbook: header row, typed cells, bars, widths, a fixed header."""
    page = book.page(sheet.title.say(lang))
    columns = sheet.shown
    cells = [
        [_cell_value(value, column.kind, lang) for value in sheet.table[column.key]]
        for column in columns
    ]
    high = _high_rows(cells)
    look: dict[str, Any] = {"bold": True, "bg_color": _HEAD, "bottom": 2, "bottom_color": _RULE}
    head = book.style(**look, text_wrap=True, valign="vcenter", indent=1)
    head_of_numbers = book.style(**look, text_wrap=True, valign="vcenter", align="right")
    widths: list[float] = []
    for number, (column, values) in enumerate(zip(columns, cells, strict=True)):
        words = column.kind in ("text", "flag")
        title = column.header.say(lang)
        book.write(page, 0, number, title, head if words else head_of_numbers)
        for row, value in enumerate(values, start=1):
            if value is not None:
                lines = {"valign": "top", "text_wrap": _is_long(value)} if row in high else {}
                apart = {"indent": 1} if words else {}  # words stand clear of a number before
                style = book.style(num_format=_FORMATS[column.kind], **apart, **lines)
                book.write(page, row, number, value, style)
        widths.append(_width(column, values, lang))
        page.set_column(number, number, widths[-1])
        if column.bar and values:
            _add_bars(page, number, len(values), column)
    for row, height in high.items():
        page.set_row(row, height)
    titles = [column.header.say(lang) for column in columns]
    page.set_row(0, _head_lines(titles, widths) * _LINE)
    page.freeze_panes(1, min(sheet.fixed, len(columns)))
    if len(sheet.table) > 1:
        page.autofilter(0, 0, len(sheet.table), len(columns) - 1)
    fit_to_page(page, wide=sum(widths) > _ACROSS)


def add_lines(book: Book, title: str, lines: Iterable[tuple[str, bool]]) -> None:
    """Add a sheet of text, a line per row; the marked ones are headings."""
    page = book.page(title)
    for row, (line, heading) in enumerate(lines):
        size = 13 if heading else 11
        style = book.style(bold=heading, font_size=size, text_wrap=True, valign="top")
        book.write(page, row, 0, line, style)
        page.set_row(row, _height(line, _PAGE) * size / 11)
    page.set_column(0, 0, _PAGE)
    fit_to_page(page, header=False)


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


def _head_lines(titles: Sequence[str], widths: Sequence[float]) -> int:
    """Return how many lines a header takes, of which filters cover the end of the last.

    >>> _head_lines(["Registered", "Enough with a probability"], [12, 14])
    3
    """
    rooms = (max(int(width) - _FILTER, 1) for width in widths)
    return max(2, *(len(wrap(title, room)) for title, room in zip(titles, rooms, strict=True)))


def _is_long(value: object) -> bool:
    return isinstance(value, str) and len(value) > _WIDEST


def _high_rows(columns: Sequence[Sequence[Any]]) -> dict[int, float]:
    """Return the heights of the rows in which a text is broken into lines, from 1."""
    high: dict[int, float] = {}
    for values in columns:
        for row, value in enumerate(values, start=1):
            if _is_long(value):
                high[row] = max(high.get(row, 0.0), _height(value, _WIDEST))
    return high


def _height(text: str, width: int) -> float:
    lines = -(-len(text) * 11 // (10 * width))  # words do not fill their lines
    return min(max(lines, 1) * _LINE, _HIGHEST)


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


def _add_bars(page: Worksheet, column: int, rows: int, told: Column) -> None:
    whole = told.kind in ("percent", "percent0", "probability")
    bars = {
        "type": "data_bar",
        "bar_color": f"#{told.bar}",
        "min_type": "num",
        "min_value": 0,
        **({"max_type": "num", "max_value": 1} if whole else {}),
    }
    page.conditional_format(1, column, rows, column, bars)
