"""What a workbook's own XML tells of a sheet and its reader does not.

The reader of workbooks shows neither hidden rows nor formulas, reads failed and never calculated
formulas as blanks, and reserves room for every cell up to the last. So each sheet is looked through
beforehand, as a stream: nothing is kept of it but these marks.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.files.limits import MOST_COLUMNS

_MOST_FAULTS = 100_000


@dataclass
class SheetMarks:
    """What is known of a sheet before its cells are read; rows and columns are counted from 0.

    Parameters
    ----------
    rows, columns
        Extent up to the last cell that holds something.
    filled
        Number of the cells that hold something.
    shared
        How often cells hold each of the workbook's shared texts.
    text
        Characters of the texts that stand in the sheet itself.
    faults
        What stands in place of a value: ``#REF!`` and the like, or a formula that was never
        calculated, as written.
    hidden_rows, hidden_columns
        What a spreadsheet does not show.
    """

    rows: int = 0
    columns: int = 0
    filled: int = 0
    shared: dict[int, int] = field(default_factory=dict)
    text: int = 0
    faults: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)

    def fill(self, row: int, column: int, times: int = 1) -> None:
        """Note that a cell, the last of `times`, holds something."""
        self.rows = max(self.rows, row + 1)
        self.columns = max(self.columns, column + 1)
        self.filled += times

    def hide_columns(self, first: int, last: int) -> None:
        """Note that a spreadsheet does not show these columns."""
        self.hidden_columns.update(range(first, min(last, MOST_COLUMNS) + 1))

    def fault(self, row: int, column: int, text: str) -> None:
        """Note what stands in place of a value."""
        self.fill(row, column)
        if len(self.faults) < _MOST_FAULTS:
            self.faults[row, column] = text


@dataclass(frozen=True)
class Table:
    """A sheet as the reader of workbooks gives it.

    Parameters
    ----------
    rows
        Its cells; all rows are equally long.
    merged
        The ranges that are merged: first and last cell, each by row and column from 0.
    marks
        What else is known of the sheet.
    """

    rows: list[list[Any]]
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]]
    marks: SheetMarks


class XmlStream:
    """A parser of XML that takes no document types: no entity can grow, nothing is fetched.

    Parameters
    ----------
    file
        Name of the workbook, for messages.
    start, end
        What is called with the name (without prefix) and attributes of each element, and at its
        end.
    text
        What is called with pieces of text.
    """

    def __init__(
        self,
        file: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        self._file = file
        self._parser = expat.ParserCreate()
        self._parser.StartDoctypeDeclHandler = self._refuse
        self._parser.StartElementHandler = lambda name, attributes: start(
            name.rpartition(":")[2], attributes
        )
        if end is not None:
            self._parser.EndElementHandler = lambda name: end(name.rpartition(":")[2])
        self._parser.CharacterDataHandler = text

    def _refuse(self, *_: object) -> None:
        raise DataError(_DOCUMENT_TYPE, file=self._file)

    def parse(self, content: bytes) -> None:
        """Read a whole document.

        Raises
        ------
        DataError
            If it is damaged, or declares entities or an encoding that nobody knows.
        """
        try:
            self._parser.ParseFile(io.BytesIO(content))
        except DataError:
            raise
        except (expat.ExpatError, LookupError, ValueError) as error:
            raise DataError(BROKEN_PART, file=self._file, why=str(error)) from error


def read_sheet_xml(content: bytes, file: str) -> SheetMarks:
    """Look through a sheet of an .xlsx workbook.

    Raises
    ------
    DataError
        If it is damaged, or declares entities.
    """
    sheet = _SheetXml()
    XmlStream(file, sheet.start, sheet.end, sheet.text).parse(content)
    return sheet.marks


class _SheetXml:
    """The elements of a sheet: cols > col; sheetData > row > c > f, v, is."""

    def __init__(self) -> None:
        self.marks = SheetMarks()
        self._row = self._column = -1
        self._row_hidden = False
        self._kind = ""
        self._element = ""
        self._formula: str | None = None
        self._value: str | None = None

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self._element = name
        if name == "c":
            self._cell(attributes)
        elif name == "f":
            self._formula = ""
        elif name in ("v", "t"):
            self._value = self._value or ""
        elif name == "row":
            self._row = _whole(attributes.get("r"), self._row + 2) - 1
            self._column = -1
            self._row_hidden = attributes.get("hidden") in ("1", "true")
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min"), 1), _whole(attributes.get("max"), 1)
            self.marks.hide_columns(first - 1, last - 1)

    def _cell(self, attributes: dict[str, str]) -> None:
        place = _REFERENCE.fullmatch(attributes.get("r", ""))
        if place:
            self._column, self._row = column_number(place[1]), int(place[2]) - 1
        else:
            self._column += 1
        self._kind = attributes.get("t", "n")
        self._formula = self._value = None

    def text(self, piece: str) -> None:
        if self._element in ("v", "t") and self._value is not None:
            self._value += piece
        elif self._element == "f" and self._formula is not None:
            self._formula += piece

    def end(self, name: str) -> None:
        self._element = ""
        if name == "c":
            self._settle()

    def _settle(self) -> None:
        marks, value = self.marks, self._value
        if self._kind == "e" and value:
            marks.fault(self._row, self._column, value.strip())
        elif value:
            marks.fill(self._row, self._column)
            if self._kind == "s":
                index = _whole(value, -1)
                marks.shared[index] = marks.shared.get(index, 0) + 1
        elif self._formula is not None and self._kind != "str":
            marks.fault(self._row, self._column, f"={self._formula.strip()}")
        else:
            return
        if self._row_hidden and (not marks.hidden_rows or marks.hidden_rows[-1] != self._row):
            marks.hidden_rows.append(self._row)


_REFERENCE = re.compile(r"\$?([A-Za-z]{1,3})\$?(\d{1,7})")


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,9}", text.strip()) else otherwise


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, counted from 0.

    >>> column_number("A"), column_number("XFD")
    (0, 16383)
    """
    number = 0
    for letter in letters.upper():
        number = 26 * number + ord(letter) - 64
    return number - 1


def column_letters(number: int) -> str:
    """Return the letters of a column from its number, counted from 0.

    >>> column_letters(0), column_letters(16383)
    ('A', 'XFD')
    """
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_DOCUMENT_TYPE = Text(
    en="{file} declares a document type within, as no spreadsheet does, and is not read. Open it "
    "in Excel or LibreOffice and save it as .xlsx again.",
    id="{file} memuat deklarasi jenis dokumen di dalamnya, tidak seperti lembar kerja biasa, "
    "sehingga tidak dibaca. Buka di Excel atau LibreOffice, lalu simpan lagi sebagai .xlsx.",
)
BROKEN_PART = Text(
    en="{file} cannot be read as a workbook ({why}). Open it and save it as .xlsx again.",
    id="{file} tidak dapat dibaca sebagai buku kerja ({why}). Buka dan simpan lagi sebagai .xlsx.",
)
