"""The sheets of a binary workbook (.xlsb), looked through before they are read.

A part is a row of records: a number of one or two bytes that says what it is, its length in one to
four bytes of seven bits, and its content ([MS-XLSB], 2.1.4).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from turnout.reading.files.sheet_marks import SheetMarks

_ROW, _BLANK, _SHARED_TEXT, _ITEM = 0, 1, 7, 19
_CELLS, _ERRORS = range(2, 12), (3, 11)
_CODES = {
    0: "#NULL!", 7: "#DIV/0!", 15: "#VALUE!", 23: "#REF!", 29: "#NAME?", 36: "#NUM!", 42: "#N/A",
}  # fmt: skip


def records(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Return number and content of each record of a part; a damaged end is left out."""
    place, end = 0, len(content)
    while place < end:
        number = content[place]
        place += 1
        if number & 0x80 and place < end:
            number = (number & 0x7F) | (content[place] << 7)
            place += 1
        size = shift = 0
        while place < end and shift < 28:
            byte = content[place]
            place += 1
            size |= (byte & 0x7F) << shift
            shift += 7
            if not byte & 0x80:
                break
        yield number, content[place : place + size]
        place += size


def read_sheet_records(content: bytes) -> SheetMarks:
    """Look through a sheet of an .xlsb workbook: its extent and its failed formulas."""
    marks, row = SheetMarks(), 0
    for number, data in records(content):
        if number == _ROW and len(data) >= 4:
            (row,) = struct.unpack_from("<I", data)
        elif number in _CELLS and len(data) >= 8:
            (column,) = struct.unpack_from("<I", data)
            if number in _ERRORS and len(data) > 8:
                marks.fault(row, column, _CODES.get(data[8], "#N/A"))
            else:
                marks.fill(row, column)
            if number == _SHARED_TEXT and len(data) >= 12:
                (index,) = struct.unpack_from("<I", data, 8)
                marks.shared[index] = marks.shared.get(index, 0) + 1
    return marks


def shared_lengths(content: bytes) -> list[int]:
    """Return the length of each shared text."""
    return [len(data) // 2 for number, data in records(content) if number == _ITEM]
