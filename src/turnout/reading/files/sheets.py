"""Files to grids: the cells of every sheet as they stand, and the rows that they stand in."""

from __future__ import annotations

import csv
import gzip
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from turnout.errors import DataError
from turnout.language import Text

Source = str | Path | pd.DataFrame
"""A file's path, or a DataFrame."""

_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE_LINES = 60


@dataclass(frozen=True)
class Grid:
    """One sheet before anything is known of it.

    Parameters
    ----------
    file, sheet
        Name of the file (never its folder) and of the sheet; blank where there is none.
    cells
        Texts, native numbers and dates; columns numbered from 0; the index holds the rows' numbers
        as a spreadsheet shows them, or a DataFrame's own labels.
    headers
        The headers where the source has them apart from its cells (a DataFrame, Parquet); None
        where they are somewhere among the cells.
    ragged
        Whether rows may be longer than the header by mistake, as in delimited text.
    """

    file: str
    sheet: str
    cells: pd.DataFrame
    headers: tuple[str, ...] | None = None
    ragged: bool = False


def open_grids(source: Source) -> list[Grid]:
    """Return the grids of a file's visible sheets, or of a DataFrame.

    What a file holds is told by its first bytes, not by its name: many ``.xls`` files are text.

    Raises
    ------
    DataError
        If the file is not there, cannot be opened, or is of a kind that cannot be read.
    """
    if isinstance(source, pd.DataFrame):
        return [_frame_grid(source, "")]
    path = Path(source)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise DataError(_UNREADABLE, path=str(source), why=error.strerror or "") from error
    return _grids_of(content, path.name)


def _grids_of(content: bytes, name: str) -> list[Grid]:
    if content.startswith(b"\x1f\x8b"):
        return _grids_of(gzip.decompress(content), name)
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return _workbook_grids(content, name)
    if content.startswith(b"PAR1"):
        return [_frame_grid(pd.read_parquet(io.BytesIO(content)), name)]
    if content.startswith(b"%PDF"):
        raise DataError(_PDF, file=name)
    text = _decode(content)
    if text.lstrip()[:200].casefold().startswith(("<!doctype", "<html", "<table", "<?xml")):
        raise DataError(_WEB_PAGE, file=name)
    return [_text_grid(text, name)]


def _frame_grid(frame: pd.DataFrame, name: str) -> Grid:
    """Return a DataFrame as a grid; a Parquet file's rows are counted from 1."""
    cells = frame.astype("object")
    headers = tuple(_joined(column) for column in frame.columns)
    cells.columns = pd.RangeIndex(len(headers))
    if name:
        cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Grid(name, "", cells, headers)


def _joined(column: object) -> str:
    parts = column if isinstance(column, tuple) else (column,)
    return " ".join(str(part) for part in parts if str(part).strip())


def _workbook_grids(content: bytes, name: str) -> list[Grid]:
    """Return the visible sheets of an Excel or OpenDocument workbook."""
    import python_calamine as calamine  # only for those who read workbooks

    try:
        book = calamine.CalamineWorkbook.from_filelike(io.BytesIO(content))
        visible = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == calamine.SheetVisibleEnum.Visible
            and sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        sheets = [book.get_sheet_by_name(sheet) for sheet in visible]
        return [_sheet_grid(sheet, name) for sheet in sheets]
    except calamine.PasswordError as error:
        raise DataError(_LOCKED, file=name) from error
    except calamine.CalamineError as error:
        raise DataError(_BROKEN_WORKBOOK, file=name, why=str(error)) from error


def _sheet_grid(sheet: Any, name: str) -> Grid:
    rows = sheet.to_python(skip_empty_area=False)
    # A name merged over several rows stands for each of them; a number would be counted twice.
    for (top, left), (bottom, _) in sheet.merged_cell_ranges or ():
        if bottom < len(rows) and isinstance(rows[top][left], str):
            for row in range(top + 1, bottom + 1):
                rows[row][left] = rows[top][left]
    cells = pd.DataFrame(rows, dtype="object")
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Grid(name, sheet.name, cells)


def _decode(content: bytes) -> str:
    """Return the text of a file in any common encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if content[:400].count(b"\x00") > len(content[:400]) // 4:
        little = content[1:2] == b"\x00"
        return content.decode("utf-16-le" if little else "utf-16-be", errors="replace")
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("latin-1")


def _text_grid(text: str, name: str) -> Grid:
    """Return delimited text as a grid."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    delimiter = None
    if text[:4].casefold() == "sep=":  # Excel's own first line, which it does not show
        delimiter, text = text[4], text.partition("\n")[2]
    if not text.strip():
        raise DataError(_EMPTY, file=name)
    delimiter = delimiter or _delimiter(text)
    try:
        width = max(map(len, csv.reader(io.StringIO(text), delimiter=delimiter)))
        cells = pd.read_csv(
            io.StringIO(text),
            sep=delimiter,
            header=None,
            names=range(width),
            index_col=False,
            dtype="object",
            na_filter=False,
            skip_blank_lines=False,
        )
    except (csv.Error, pd.errors.ParserError) as error:
        raise DataError(_BROKEN_TEXT, file=name, why=str(error)) from error
    cells.index = pd.RangeIndex(1, len(cells) + 1)
    return Grid(name, "", cells, ragged=True)


def _delimiter(text: str) -> str:
    """Return the sign that parts most lines into equally many fields."""
    lines = [line for line in text[:200_000].split("\n") if line.strip()][:_SAMPLE_LINES]

    def fit(delimiter: str) -> float:
        widths = [len(row) for row in csv.reader(lines, delimiter=delimiter)]
        usual = max(set(widths), key=lambda width: (width > 1) * widths.count(width))
        return usual * widths.count(usual) / len(widths) if usual > 1 else 0

    return max(_DELIMITERS, key=fit)


_UNREADABLE = Text(
    en="The file {path} cannot be opened ({why}). Check its name and folder.",
    id="Berkas {path} tidak dapat dibuka ({why}). Periksa nama dan foldernya.",
)
_EMPTY = Text(en="{file} is empty.", id="{file} kosong.")
_PDF = Text(
    en="{file} is a PDF, which holds no table. Type its figures into a spreadsheet.",
    id="{file} adalah PDF yang tidak memuat tabel. Salin angkanya ke lembar kerja.",
)
_WEB_PAGE = Text(
    en="{file} is a web page. Open it in Excel or LibreOffice and save it as .xlsx or .csv.",
    id="{file} adalah halaman web. Buka di Excel atau LibreOffice, lalu simpan sebagai .xlsx "
    "atau .csv.",
)
_LOCKED = Text(
    en="{file} is locked with a password. Save a copy without the password.",
    id="{file} dikunci dengan kata sandi. Simpan salinan tanpa kata sandi.",
)
_BROKEN_WORKBOOK = Text(
    en="{file} cannot be read as a workbook ({why}). Open it and save it as .xlsx again.",
    id="{file} tidak dapat dibaca sebagai buku kerja ({why}). Buka dan simpan lagi sebagai .xlsx.",
)
_BROKEN_TEXT = Text(
    en="{file} cannot be read as a table ({why}). Look for a quotation mark that is not closed.",
    id="{file} tidak dapat dibaca sebagai tabel ({why}). Cari tanda kutip yang tidak ditutup.",
)
