"""The sheets of an OpenDocument workbook, looked through before they are read."""

from __future__ import annotations

from turnout.reading.files.sheet_marks import SheetMarks, XmlStream

_LARGEST = 1 << 21


def read_ods_xml(content: bytes, file: str) -> dict[str, SheetMarks]:
    """Look through the sheets of an .ods workbook: cells and rows say how often they stand.

    Raises
    ------
    DataError
        If it is damaged, or declares entities.
    """
    book = _OdsXml()
    XmlStream(file, book.start, book.end, book.text).parse(content)
    return book.sheets


class _OdsXml:
    """The elements of content.xml: table > table-column; table-row > table-cell > p."""

    def __init__(self) -> None:
        self.sheets: dict[str, SheetMarks] = {}
        self._marks = SheetMarks()
        self._row = self._column = self._rows = 0
        self._hidden = False
        self._cell: dict[str, str] | None = None
        self._text: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "table" and "table:name" in attributes:
            self._marks = self.sheets.setdefault(attributes["table:name"], SheetMarks())
            self._row = self._column = 0
        elif name == "table-column":
            times = _times(attributes, "table:number-columns-repeated")
            if attributes.get("table:visibility") in _HIDDEN:
                self._marks.hide_columns(self._column, self._column + times - 1)
            self._column += times
        elif name == "table-row":
            self._rows = _times(attributes, "table:number-rows-repeated")
            self._hidden = attributes.get("table:visibility") in _HIDDEN
            self._column = 0
        elif name in ("table-cell", "covered-table-cell"):
            self._cell, self._text = attributes, []

    def text(self, piece: str) -> None:
        if self._cell is not None:
            self._text.append(piece)

    def end(self, name: str) -> None:
        if name in ("table-cell", "covered-table-cell") and self._cell is not None:
            self._settle(self._cell)
            self._cell = None
        elif name == "table-row":
            self._row = min(self._row + self._rows, _LARGEST)

    def _settle(self, cell: dict[str, str]) -> None:
        times = _times(cell, "table:number-columns-repeated")
        last, below = self._column + times - 1, self._row + self._rows - 1
        self._column = min(last + 1, _LARGEST)
        kind, formula = cell.get("office:value-type", ""), cell.get("table:formula", "")
        text = "".join(self._text)
        failed = cell.get("calcext:value-type") == "error" or (formula and text[:1] == "#")
        if failed or (formula and not kind):
            written = text if failed else "=" + formula.partition("=")[2]
            self._marks.fault(below, last, written)
        elif kind:
            self._marks.fill(below, last, times * self._rows)
            self._marks.text += len(text) * times * self._rows
        else:
            return
        if self._hidden:
            last_told = self._marks.hidden_rows[-1:]
            rows = range(self._row, min(below, self._row + 1000) + 1)
            self._marks.hidden_rows += [row for row in rows if [row] != last_told]


_HIDDEN = ("collapse", "filter")


def _times(attributes: dict[str, str], name: str) -> int:
    text = attributes.get(name, "1")
    return max(1, min(int(text), _LARGEST)) if text.isdecimal() and len(text) < 10 else 1
