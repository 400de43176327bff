"""How large an input may be; what is larger is refused before it is read."""

from __future__ import annotations

from turnout.errors import DataError
from turnout.language import Text

MEGABYTE = 1_000_000

MOST_BYTES = 600 * MEGABYTE
"""Of a file: the figures of all 820,000 polling stations of Indonesia take a quarter of it."""

MOST_CELLS = 60_000_000
"""Of a sheet or table, blank ones counted: all villages of Indonesia in 60 contests are 54."""

FREE_CELLS = 2_000_000
"""So many cells may be blank; beyond it blank ones must be in proportion to those filled in."""

MOST_COLUMNS = 1_000
"""Of a sheet or table."""

LONGEST_CELL = 32_767
"""Characters in a cell: Excel's own limit."""

MOST_TEXT = 500 * MEGABYTE
"""Characters in a sheet, counting a text as often as cells hold it."""

MOST_PARTS = 5_000
"""Files within a workbook or an archive."""

_FREE_BYTES, _MOST_PACKED = 64 * MEGABYTE, 100


def most_unpacked(packed: int) -> int:
    """Return how many bytes a packed file may hold: a hundred times its own, and 64 MB are free.

    Tables pack to a tenth or a thirtieth; files made to fill a memory to a thousandth.

    >>> most_unpacked(1_000_000), most_unpacked(500_000_000)
    (164000000, 600000000)
    """
    return min(MOST_BYTES, _FREE_BYTES + _MOST_PACKED * packed)


def too_large(file: str, most: int = MOST_BYTES) -> DataError:
    """Return the error of a file that is or unpacks to more than may be read."""
    return DataError(_TOO_LARGE, file=file, most=round(most / MEGABYTE))


def too_packed(file: str) -> DataError:
    """Return the error of a file that unpacks to far more than tables do."""
    return DataError(_TOO_PACKED, file=file)


def check_cells(rows: int, columns: int, place: str, filled: int | None = None) -> None:
    """Refuse a table of too many columns or cells.

    Parameters
    ----------
    rows, columns
        The extent of the table.
    place
        The file, and the sheet if there is one, in words.
    filled
        Number of the cells that hold something; all, if it is not given.

    Raises
    ------
    DataError
        If the table is wider or larger than what is read, or mostly blank and large.
    """
    if columns > MOST_COLUMNS:
        raise DataError(_TOO_WIDE, place=place, n=columns, most=MOST_COLUMNS)
    cells = rows * columns
    sparse = filled is not None and cells > max(FREE_CELLS, 50 * filled)
    if cells > MOST_CELLS or sparse:
        raise DataError(_TOO_MANY, place=place, rows=rows, columns=columns, most=MOST_CELLS)


_TOO_LARGE = Text(
    en="{file} holds more than {most:count} MB, the most that is read. Keep only the columns that "
    "are needed, or split it by province or year and give the parts together.",
    id="{file} berisi lebih dari {most:count} MB, batas yang dapat dibaca. Sisakan kolom yang "
    "diperlukan saja, atau pecah per provinsi atau tahun dan berikan bagiannya bersama-sama.",
)
_TOO_PACKED = Text(
    en="{file} unpacks to far more than its size, as no table does, and is not read. Ask for the "
    "file again from where it came, or save its table as .csv.",
    id="{file} mengembang jauh melebihi ukurannya, tidak seperti tabel mana pun, sehingga tidak "
    "dibaca. Minta lagi berkasnya dari sumbernya, atau simpan tabelnya sebagai .csv.",
)
_TOO_WIDE = Text(
    en="{place} has {n:count} columns; at most {most:count} are read. Keep only the columns that "
    "are needed; a stray entry far to the right counts too (Ctrl+End shows it).",
    id="{place} memuat {n:count} kolom; paling banyak {most:count} yang dibaca. Sisakan kolom yang "
    "diperlukan saja; isian yang tercecer jauh di kanan ikut dihitung (Ctrl+End menunjukkannya).",
)
_TOO_MANY = Text(
    en="{place} spans {rows:count} rows and {columns:count} columns, more than can be read (at "
    "most {most:count} cells, most of them filled in). Delete stray entries far from the table "
    "(Ctrl+End shows the last), or split the file.",
    id="{place} membentang {rows:count} baris dan {columns:count} kolom, lebih dari yang dapat "
    "dibaca (paling banyak {most:count} sel, sebagian besar terisi). Hapus isian yang tercecer "
    "jauh dari tabel (Ctrl+End menunjukkan yang terakhir), atau pecah berkasnya.",
)
