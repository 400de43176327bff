"""Workbooks by xlsxwriter: texts stay texts, and the same content gives the same bytes."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import xlsxwriter
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from turnout.escaping import CELL, clean, cut

Series = dict[str, Any]
"""What xlsxwriter takes for a series of a chart: its name, its categories, its values."""

FONT, INK = "Calibri", "#1A1A1A"
_NO_TIME = dt.datetime(1980, 1, 1, tzinfo=dt.UTC)


class Book:
    """A workbook in the making.

    Examples
    --------
    >>> book = Book()
    >>> book.write(book.page("Places"), 0, 0, "=1+1")
    >>> book.content()[:2]
    b'PK'
    """

    def __init__(self) -> None:
        self._content = io.BytesIO()
        options = {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        self._book = xlsxwriter.Workbook(self._content, options)
        # A workbook tells no time of its own.
        self._book.set_properties({"created": _NO_TIME})
        self._formats: dict[tuple[tuple[str, Any], ...], Format] = {}

    def page(self, title: str) -> Worksheet:
        """Add a sheet."""
        return self._book.add_worksheet(title)

    def style(self, **properties: Any) -> Format:
        """Return a format of cells, made once."""
        wanted = {"font_name": FONT, "font_size": 11, "font_color": INK, **properties}
        key = tuple(sorted(wanted.items()))
        if key not in self._formats:
            self._formats[key] = self._book.add_format(wanted)
        return self._formats[key]

    def write(
        self, page: Worksheet, row: int, column: int, value: Any, style: Format | None = None
    ) -> None:
        """Write a value into a cell; rows and columns count from 0, None leaves it blank.

        A text is a text, whatever it looks like: formulas, addresses and numbers in it stay as
        they stand.
        """
        style = style or self.style()
        if value is None:
            page.write_blank(row, column, None, style)
        elif isinstance(value, str):
            page.write_string(row, column, cut(clean(value), CELL), style)
        elif isinstance(value, (dt.date, dt.datetime)):
            page.write_datetime(row, column, value, style)
        else:
            page.write_number(row, column, value, style)

    def chart_page(self, title: str, chart: Chart) -> None:
        """Add a sheet that is a chart; it prints on A4 across."""
        page = self._book.add_chartsheet(title)
        page.set_chart(chart)
        page.set_landscape()
        page.set_paper(9)

    def ranges(self, high: Series, low: Series, middle: Series) -> Chart:
        """Return a chart of ranges with a mark inside each, from three series of cells."""
        chart = self._book.add_chart({"type": "stock"})
        ends = {"line": {"none": True}, "marker": {"type": "none"}}
        mark = {"type": "diamond", "size": 7, "fill": {"color": INK}, "border": {"color": INK}}
        chart.add_series({**high, **ends})
        chart.add_series({**low, **ends})
        chart.add_series({**middle, "line": {"none": True}, "marker": mark})
        chart.set_legend({"none": True})
        return chart

    def content(self) -> bytes:
        """Return the finished workbook as a file holds it."""
        self._book.close()
        return self._content.getvalue()


def fit_to_page(page: Worksheet, *, header: bool = True, wide: bool = True) -> None:
    """Let a sheet print on A4, as wide as it is, with its header on every page.

    Parameters
    ----------
    page
        The sheet.
    header
        Whether its first row is a header.
    wide
        Whether it lies across.
    """
    if wide:
        page.set_landscape()
    else:
        page.set_portrait()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    if header:
        page.repeat_rows(0)
