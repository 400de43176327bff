"""Excel and OpenDocument workbooks to grids."""

from __future__ import annotations

import datetime as dt
import io
import os
import re
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Protocol

import pandas as pd

from turnout.errors import DataError, Finding, Spot
from turnout.language import Text
from turnout.reading.files import kinds
from turnout.reading.files.archives import LOCKED, Parts, repacked
from turnout.reading.files.cells import Fault
from turnout.reading.files.cleaning import clean_cells, clean_text
from turnout.reading.files.grid import Grid
from turnout.reading.files.limits import MOST_TEXT, check_cells, too_packed
from turnout.reading.files.sheet_marks import (
    BROKEN_PART,
    SheetMarks,
    Table,
    XmlStream,
    column_letters,
    read_sheet_xml,
)
from turnout.reading.files.sheet_marks_ods import read_ods_xml
from turnout.reading.files.sheet_marks_xlsb import read_sheet_records, shared_lengths


class Book(Protocol):
    """A workbook as its reader shows it: names of the sheets of cells, and their tables."""

    shown: list[str]
    hidden: list[str]

    def table(self, name: str, place: str) -> Table:
        """Read a sheet; `place` names it in messages."""
        ...


class _NewBook:
    """A workbook whose parts were looked through before its reader gets them.

    Parameters
    ----------
    content
        What the reader of workbooks is given.
    marks
        What is known of the sheets, by name.
    """

    def __init__(self, content: bytes, marks: Mapping[str, SheetMarks]) -> None:
        import python_calamine as calamine  # only for those who read workbooks

        self._marks = marks
        self._reader = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        tables = [
            sheet
            for sheet in self._reader.sheets_metadata
            if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        visible = calamine.SheetVisibleEnum.Visible
        self.shown = [sheet.name for sheet in tables if sheet.visible == visible]
        self.hidden = [sheet.name for sheet in tables if sheet.visible != visible]

    def table(self, name: str, place: str) -> Table:
        sheet = self._reader.get_sheet_by_name(name)
        marks = self._marks.get(name, SheetMarks())
        rows, columns = sheet.end or (-1, -1)
        check_cells(rows + 1, columns + 1, place, filled=marks.filled)
        cells = sheet.to_python(skip_empty_area=False)
        return Table(cells, sheet.merged_cell_ranges or (), marks)


def packed_grids(parts: Parts, file: str) -> list[Grid]:
    """Return the grids of a workbook that is a zip archive: .xlsx, .xlsm, .xlsb, .ods.

    Raises
    ------
    DataError
        If it is damaged, locked, larger than may be read, or has no visible sheet.
    """
    names = set(parts.names)
    if parts.locked or "EncryptedPackage" in names:
        raise DataError(LOCKED, file=file)
    if "content.xml" in names:
        content, marks = _open_document(parts, file)
    else:
        content, marks = _office_book(parts, file)
    return _grids(lambda: _opened(content, marks, file), file)


def old_grids(content: bytes, file: str) -> list[Grid]:
    """Return the grids of an old Excel workbook (.xls).

    Raises
    ------
    DataError
        If it is damaged, locked, no workbook, or has no visible sheet.
    """
    if _named(content, "EncryptedPackage"):
        raise DataError(LOCKED, file=file)
    for stream, kind in _OLD_KINDS:
        if _named(content, stream):
            raise kinds.refusal(kind, file)
    from turnout.reading.files.old_workbooks import OldBook  # only for those who read one

    return _grids(lambda: OldBook(content, file), file)


_OLD_KINDS = (
    ("WordDocument", kinds.WORD),
    ("PowerPoint Document", kinds.PRESENTATION),
    ("__properties_version1.0", kinds.MESSAGE),
)


def _named(content: bytes, stream: str) -> bool:
    """Whether a compound file has a stream of this name."""
    return stream.encode("utf-16-le") in content


def _office_book(parts: Parts, file: str) -> tuple[bytes, dict[str, SheetMarks]]:
    kept = {name: parts.read(name) for name in parts.names if _is_read(name)}
    sheets = _sheet_parts(kept, file)
    binary = "xl/workbook.bin" in kept
    lengths = _shared(kept, binary=binary)
    marks: dict[str, SheetMarks] = {}
    for name, part in sheets.items():
        if part not in kept:
            continue
        marks[name] = read_sheet_records(kept[part]) if binary else read_sheet_xml(kept[part], file)
        marks[name].text += sum(
            lengths[index] * times for index, times in marks[name].shared.items()
            if 0 <= index < len(lengths)
        )  # fmt: skip
    return repacked(kept), marks


def _is_read(name: str) -> bool:
    """Whether a part matters to reading: no pictures, drawings, themes, macros."""
    return name.endswith((".xml", ".rels", ".bin")) and not name.startswith(_LEFT_OUT)


_LEFT_OUT = (
    "xl/media/", "xl/drawings/", "xl/charts/", "xl/theme/", "xl/vbaProject", "xl/embeddings/",
    "xl/printerSettings/", "xl/externalLinks/", "xl/calcChain", "docProps/", "customXml/",
    "xl/pivotCache/", "xl/pivotTables/",
)  # fmt: skip


def _shared(parts: Mapping[str, bytes], *, binary: bool) -> list[int]:
    """Return the lengths of a workbook's shared texts, markup counted."""
    content = parts.get("xl/sharedStrings.bin" if binary else "xl/sharedStrings.xml", b"")
    if binary:
        return shared_lengths(content)
    return [len(text) for text in _ITEM_END.split(content)[:-1]]


_ITEM_END = re.compile(rb"</(?:[\w.-]+:)?si\s*>|<(?:[\w.-]+:)?si\s*/>")


def _sheet_parts(parts: Mapping[str, bytes], file: str) -> dict[str, str]:
    """Return the part of each sheet by the sheet's name."""
    if "xl/workbook.xml" not in parts:  # binary: sheets in the order of their parts
        return {name: name for name in parts if re.fullmatch(r"xl/worksheets/\w+\.bin", name)}
    targets: dict[str, str] = {}
    sheets: dict[str, str] = {}

    def relation(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            target = attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            targets[attributes.get("Id", "")] = path.replace("xl/./", "xl/")

    def sheet(name: str, attributes: dict[str, str]) -> None:
        if name == "sheet":
            key = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            sheets[attributes.get("name", "")] = targets.get(key, "")

    XmlStream(file, relation).parse(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
    XmlStream(file, sheet).parse(parts["xl/workbook.xml"])
    return sheets


def _open_document(parts: Parts, file: str) -> tuple[bytes, dict[str, SheetMarks]]:
    wanted = ("mimetype", "content.xml", "styles.xml", "META-INF/manifest.xml")
    kept = {name: parts.read(name) for name in wanted if name in parts.names}
    if b"encryption-data" in kept.get("META-INF/manifest.xml", b""):
        raise DataError(LOCKED, file=file)
    return repacked(kept), read_ods_xml(kept["content.xml"], file)


def _opened(content: bytes, marks: Mapping[str, SheetMarks], file: str) -> Book:
    """Return a workbook of parts that were looked through.

    Raises
    ------
    DataError
        If a sheet is larger than may be read, or locked.
    Exception
        Of any kind, if it is damaged.
    """
    import python_calamine as calamine

    for name, known in marks.items():
        check_cells(known.rows, known.columns, _place(file, name), filled=known.filled)
        if known.text > MOST_TEXT:
            raise too_packed(file)
    try:
        return _NewBook(content, marks)
    except calamine.PasswordError as error:
        raise DataError(LOCKED, file=file) from error


def _grids(opened: Callable[[], Book], file: str) -> list[Grid]:
    """Return the visible sheets of a workbook; what is not shown is told."""
    try:
        with _silenced():
            return _read(opened(), file)
    except DataError:
        raise
    except BaseException as error:
        if isinstance(error, (KeyboardInterrupt, SystemExit, MemoryError)):
            raise
        why = clean_text(str(error))[:120] or type(error).__name__
        raise DataError(BROKEN_PART, file=file, why=why) from error


@contextmanager
def _silenced() -> Iterator[None]:
    """Keep off the terminal what the reader of workbooks itself writes when a file breaks it.

    It is no Python, so it writes to the file that the system calls 2; its failure is an error all
    the same, and told as one.
    """
    try:
        kept = os.dup(2)
    except OSError:  # closed by the caller
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _read(book: Book, file: str) -> list[Grid]:
    if not book.shown:
        names = [clean_text(name) for name in book.hidden]
        raise DataError(_ALL_HIDDEN if names else _NO_SHEET, file=file, names=names)
    # A hidden sheet whose name begins with _ holds the lists of drop-downs, by a common habit.
    unread = [name for name in book.hidden if not name.startswith("_")]
    told = [_hidden_sheets(file, unread)] if unread else []
    return [
        _sheet_grid(name, book.table(name, _place(file, name)), file, told) for name in book.shown
    ]


def _sheet_grid(sheet: str, table: Table, file: str, told: list[Finding]) -> Grid:
    name, rows, marks = clean_text(sheet), table.rows, table.marks
    _fill_merged(rows, table.merged)
    _tell_faults(rows, marks.faults)
    cells = pd.DataFrame(rows, dtype="object")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    hidden = sorted(column for column in marks.hidden_columns if column < marks.columns)
    findings = [*told, *_hidden_rows(file, name, marks), *_hidden_columns(file, name, hidden)]
    return Grid(
        file,
        name,
        clean_cells(cells, file, name),
        findings=tuple(findings),
        hidden_columns=frozenset(hidden),
    )


def _fill_merged(rows: list[list[Any]], merged: Any) -> None:
    """Write a name or day that is merged over several rows into each of them.

    A number would be counted twice. Ranges may reach beyond the cells, or lie beside them.
    """
    left_over = 10 * sum(map(len, rows)) + 1000
    for (top, left), (bottom, _) in merged:
        if top >= len(rows) or left >= len(rows[top]):
            continue
        cell = rows[top][left]
        if cell == "" or not isinstance(cell, (str, dt.date)):
            continue
        for row in range(top + 1, min(bottom, len(rows) - 1) + 1):
            left_over -= 1
            if left_over < 0:
                return
            if left < len(rows[row]):
                rows[row][left] = cell


def _tell_faults(rows: list[list[Any]], faults: Mapping[tuple[int, int], str]) -> None:
    """Write what stands in place of a value where the reader of workbooks leaves a blank."""
    width = max((len(row) for row in rows), default=0)
    height = len(rows)
    if faults:
        width = max(width, 1 + max(column for _, column in faults))
        height = max(height, 1 + max(row for row, _ in faults))
        rows += [[] for _ in range(height - len(rows))]
        for row in rows:
            row += [""] * (width - len(row))
    for (below, column), text in faults.items():
        if rows[below][column] in ("", None):
            rows[below][column] = Fault(text)


def _place(file: str, sheet: str) -> str:
    return f"{file} ({clean_text(sheet)})"


def _hidden_sheets(file: str, hidden: list[str]) -> Finding:
    names = [clean_text(name) for name in hidden]
    values = {"n": len(hidden), "names": names}
    return Finding("hidden_sheet", "warning", _HIDDEN_SHEETS, _UNHIDE, Spot(file), values)


def _hidden_rows(file: str, sheet: str, marks: SheetMarks) -> list[Finding]:
    if not marks.hidden_rows:
        return []
    rows = [str(row + 1) for row in marks.hidden_rows]
    values = {"n": len(marks.hidden_rows), "rows": rows}
    spot = Spot(file, sheet)
    return [Finding("hidden_rows", "warning", _HIDDEN_ROWS, _DELETE_ROWS, spot, values)]


def _hidden_columns(file: str, sheet: str, hidden: list[int]) -> list[Finding]:
    if not hidden:
        return []
    values = {"n": len(hidden), "columns": [column_letters(n) for n in hidden]}
    spot = Spot(file, sheet)
    return [Finding("hidden_columns", "warning", _HIDDEN_COLUMNS, _DELETE_COLUMNS, spot, values)]


_ALL_HIDDEN = Text(
    en="{file} shows no sheet; hidden are: {names:list}. Unhide the one that is meant (right "
    "click on the tabs of the sheets) and save the file.",
    id="{file} tidak menampilkan satu lembar pun; yang tersembunyi: {names:list}. Tampilkan "
    "lembar yang dimaksud (klik kanan pada tab lembar), lalu simpan berkasnya.",
)
_NO_SHEET = Text(
    en="{file} has no sheet of cells, only charts or dialogs. Give the file that holds the table.",
    id="{file} tidak memuat lembar berisi sel, hanya grafik atau dialog. Berikan berkas yang "
    "memuat tabelnya.",
)
_HIDDEN_SHEETS = Text(
    en="{n:count:hidden sheet is:hidden sheets are} not read: {names:list}.",
    id="{n:count} lembar tersembunyi tidak dibaca: {names:list}.",
)
_UNHIDE = Text(
    en="Unhide what belongs to the table, delete the rest.",
    id="Tampilkan yang termasuk tabel, hapus yang lain.",
)
_HIDDEN_ROWS = Text(
    en="{n:count:hidden row is:hidden rows are} read: {rows:list10}.",
    id="{n:count} baris tersembunyi ikut dibaca: {rows:list10}.",
)
_DELETE_ROWS = Text(
    en="Rows that are hidden, by a filter or by hand, count all the same; delete those that do not "
    "belong.",
    id="Baris yang disembunyikan, dengan filter atau secara manual, tetap dihitung; hapus yang "
    "tidak termasuk.",
)
_HIDDEN_COLUMNS = Text(
    en="{n:count:hidden column is:hidden columns are} read: {columns:list}.",
    id="{n:count} kolom tersembunyi ikut dibaca: {columns:list}.",
)
_DELETE_COLUMNS = Text(
    en="Delete those that do not belong to the table.",
    id="Hapus yang tidak termasuk tabel.",
)
