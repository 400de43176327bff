"""Numbers of persons, wherever they stand among the cells."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from turnout.privacy.headers import header_words
from turnout.privacy.numbers import all_maybe_personal, personal_among
from turnout.reading.files.cells import Distinct, listed

_SMALLEST = 8 * 10**8
_LARGEST = 10**17

# A telephone number that a spreadsheet took for a number lost its first 0. Codes of Maluku's
# districts (8101..., 8171...) look alike, and so do round sums.
_BARE_MOBILE = re.compile(r"8(?!171|172|201|271|272)[1-35-9][1-9]\d{6,9}(?<!000)")

# Codes of Baden-Württemberg and Colorado begin with 08, as mobile numbers of Indonesia do.
_CODES = listed(
    "kode | code | codes | id | ags | ars | geoid | fips | gisjoin | schlussel | schluessel | key"
    " | gemeindeschlussel | regionalschlussel | codice | codigo | insee | nuts"
)


def private_cells(
    cells: pd.DataFrame, headers: tuple[str, ...] | None
) -> dict[int, tuple[int | str, ...]]:
    """Return the rows with a number of a person in them, by the number of their column.

    Every row and every column is looked at: texts, and numbers by their digits.

    Parameters
    ----------
    cells
        Cells of a grid.
    headers
        Its headers where they stand apart from the cells.
    """
    found = {}
    for position, (_, column) in enumerate(cells.items()):
        header = headers[position] if headers else ""
        rows = _private_rows(column, header)
        if rows:
            found[position] = rows
    return found


def _private_rows(column: pd.Series[Any], header: str) -> tuple[int | str, ...]:
    distinct = Distinct.of(column)
    written = _suspects(distinct.cells.tolist())
    personal = personal_among([*written.values()])
    private = {cell for cell, text in written.items() if text in personal}
    eights = ((cell, text) for cell, text in written.items() if text[0] == "8")
    bare = {cell for cell, text in eights if _BARE_MOBILE.fullmatch(text)}
    if len(bare) > 2:
        filled = distinct.where(lambda cell: cell is not None and cell != "").sum()
        if 2 * distinct.where(lambda cell: _in(cell, bare)).sum() > filled:
            private |= bare
    if not private or _are_codes(private, written, [header, *_words_in(column)]):
        return ()
    hits = distinct.where(lambda cell: _in(cell, private))
    return tuple(row if isinstance(row, int) else str(row) for row in column.index[hits])


_WRITTEN = (str, int, float, np.number)


def _in(cell: Any, some: set[Any]) -> bool:
    return isinstance(cell, _WRITTEN) and cell in some


def _suspects(cells: list[Any]) -> dict[Any, str]:
    """Return the cells that may hold a number of a person, each as text."""
    texts = all_maybe_personal([cell for cell in cells if isinstance(cell, str)])
    others = [cell for cell in cells if not isinstance(cell, str)]
    figures = [
        cell
        for cell in others
        if isinstance(cell, (int, float, np.number)) and _SMALLEST <= cell < _LARGEST
    ]
    whole = {figure: str(int(figure)) for figure in figures if float(figure).is_integer()}
    return {text: text for text in texts} | whole


def _are_codes(private: set[Any], written: dict[Any, str], headers: list[str]) -> bool:
    """Whether what looks like telephone numbers are codes of one length under such a header."""
    texts = {str(cell) for cell in private}
    figures = {text for text in written.values() if text.isdigit()}
    alike = len({len(text) for text in figures | texts}) == 1
    short = all(text.isdigit() and len(text) in (11, 12) for text in texts)
    return alike and short and any(_CODES & set(header_words(header)) for header in headers)


def _words_in(column: pd.Series[Any]) -> list[str]:
    """Return the texts without digits at the top of a column, among which its header stands."""
    return [
        cell
        for cell in column.iloc[:60]
        if isinstance(cell, str) and not any(sign.isdigit() for sign in cell)
    ]
