"""Text made clean, once and for all that read it: no signs that steer a screen or hide."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pandas as pd

from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.files.cells import Distinct, objects
from turnout.reading.files.limits import LONGEST_CELL

# Signs that part words become a space; those that steer, turn the direction of writing or cannot be
# seen, and halves of signs, go. Tabs and ends of lines stay.
_SPACES = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")
_STEERING = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff\U000e0000-\U000e007f]"
)
# More marks upon one letter than any language writes run over the lines above and below.
_PILED = re.compile(
    "([\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]{3})"
    "[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff]+"
)


def clean_text(text: str) -> str:
    r"""Return a text without signs that steer, turn or hide.

    Examples
    --------
    >>> clean_text("Kas\x00ang\x1b Jaya"), clean_text("\u202eruliaK\u202c"), clean_text("a\x0cb")
    ('Kasang Jaya', 'ruliaK', 'a b')
    """
    if text.isascii() and text.isprintable():
        return text
    text = _STEERING.sub("", _SPACES.sub(" ", text))
    return text if text.isascii() else _PILED.sub(r"\1", text)


def clean_cells(cells: pd.DataFrame, file: str, sheet: str = "") -> pd.DataFrame:
    """Return cells with every text in them clean.

    Raises
    ------
    DataError
        If a cell holds more text than a spreadsheet takes.
    """
    return pd.DataFrame(
        {
            position: _clean_column(column, file, sheet, position)
            for position, column in cells.items()
        },
        index=cells.index,
        columns=cells.columns,
        dtype="object",
        copy=False,
    )


def _clean_column(column: pd.Series[Any], file: str, sheet: str, position: Any) -> pd.Series[Any]:
    distinct = Distinct.of(column)
    clean = clean_distinct(distinct, column.index, file, sheet, position)
    if clean is distinct:
        return column
    return pd.Series(clean.all(), index=column.index, dtype="object")


def clean_distinct(
    distinct: Distinct, rows: pd.Index, file: str, sheet: str, position: int
) -> Distinct:
    """Return the distinct cells of a column with every text in them clean: themselves, if it was.

    Parameters
    ----------
    distinct
        The cells.
    rows
        What the rows are called.
    file, sheet, position
        Where the column stands; its number counts from 0.

    Raises
    ------
    DataError
        If a cell holds more text than a spreadsheet takes.
    """
    cells = distinct.cells.tolist()
    texts = [cell for cell in cells if isinstance(cell, str)]
    if max(map(len, texts), default=0) > LONGEST_CELL:
        long = distinct.where(lambda cell: isinstance(cell, str) and len(cell) > LONGEST_CELL)
        raise too_long(file, sheet, str(rows[long][0]), position + 1)
    written = "".join(texts)
    if written.isascii() and written.isprintable():  # as most are
        return distinct
    clean = [_clean_cell(cell) for cell in cells]
    if all(new is old for new, old in zip(clean, cells, strict=True)):
        return distinct
    return Distinct(distinct.codes, objects(clean))


def _clean_cell(cell: Any) -> Any:
    """Return a cell, or the clean text where it holds one that is not."""
    if not isinstance(cell, str) or (clean := clean_text(cell)) == cell:
        return cell
    return clean


def too_long(file: str, sheet: str, row: str, column: int) -> DataError:
    """Return the error of a cell with more text than a spreadsheet takes."""
    place = f"{file} ({sheet})" if sheet else file
    return DataError(_TOO_LONG, place=place, row=row, column=column, most=LONGEST_CELL)


def printable_name(name: str) -> str:
    r"""Return the name of a file as it can be told, whatever bytes it is made of.

    >>> printable_name("hasil\x1b[31m.csv"), printable_name("a\udce9.csv")
    ('hasil[31m.csv', 'a.csv')
    """
    return unicodedata.normalize("NFC", clean_text(name.replace("\n", " ").replace("\t", " ")))


_TOO_LONG = Text(
    en="{place}, row {row}, column {column}: a cell holds more than {most:count} characters, more "
    "than any spreadsheet takes. Shorten it; in a .csv look for a quotation mark that is not "
    "closed.",
    id="{place}, baris {row}, kolom {column}: satu sel berisi lebih dari {most:count} karakter, "
    "melebihi batas lembar kerja. Pendekkan isinya; di berkas .csv cari tanda kutip yang tidak "
    "ditutup.",
)
