"""The one gate for input: from paths and DataFrames to grids, each file opened once."""

from __future__ import annotations

import re
import stat
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pandas as pd

from turnout.errors import DataError, Finding, Spot
from turnout.language import Text
from turnout.output.reasons import reason_of
from turnout.reading.files import kinds
from turnout.reading.files.archives import Parts, gunzip, only_table
from turnout.reading.files.cleaning import printable_name
from turnout.reading.files.delimited import EMPTY, text_grid
from turnout.reading.files.encodings import decode
from turnout.reading.files.frames import frame_grid, parquet_grid, records_grid
from turnout.reading.files.grid import Grid, Source, Sources
from turnout.reading.files.limits import MOST_BYTES, too_large
from turnout.reading.files.private import private_cells
from turnout.reading.files.workbooks import old_grids, packed_grids

__all__ = ["Grid", "Source", "Sources", "open_grids"]


def open_grids(source: Sources) -> list[Grid]:
    """Return the grids of a file's visible sheets, of a folder's files, or of a DataFrame.

    What a file holds is told by its first bytes, not by its name: many ``.xls`` files are text.
    Every kind, size and extent is checked before the cells are read; texts are made clean, and
    numbers of persons are found, here and nowhere else.

    Parameters
    ----------
    source
        A path, a DataFrame, or several, whose grids follow one another; a folder stands for the
        files in it, by name.

    Raises
    ------
    DataError
        If a file is not there, cannot be opened, is larger than may be read, or is of a kind that
        cannot be read; it says which and what to do.

    Examples
    --------
    >>> [grid] = open_grids(pd.DataFrame({"area": ["Kasang"], "note": ["0812-3456-7890"]}))
    >>> grid.headers, dict(grid.private)
    (('area', 'note'), {1: (0,)})
    """
    if isinstance(source, pd.DataFrame):
        return [_with_private(frame_grid(source))]
    if not isinstance(source, (str, Path)):
        if source is None or (isinstance(source, Sequence) and not source):
            raise DataError(_NOTHING_GIVEN)
        if not isinstance(source, Sequence) or isinstance(source, (bytes, bytearray)):
            raise DataError(_NO_TABLE, kind=type(source).__name__)
        return _told_apart([open_grids(one) for one in source])
    path = Path(source)
    if _is_folder(path):
        return _folder_grids(path)
    return list(_opened(path))


def _told_apart(groups: Sequence[list[Grid]]) -> list[Grid]:
    """Return the grids of several sources; files of one name get a number."""
    seen: dict[str, int] = {}
    grids: list[Grid] = []
    for group in groups:
        file = group[0].file if group else ""
        seen[file] = seen.get(file, 0) + 1
        name = f"{file} ({seen[file]})" if file and seen[file] > 1 else ""
        grids += [replace(grid, file=name) if name else grid for grid in group]
    return grids


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def tables_in(folder: Path) -> list[Path]:
    """Return the files of a folder that hold tables by their endings, by name.

    Raises
    ------
    OSError
        If the folder cannot be listed.
    """
    return [path for path in _files_in(folder) if _is_table(path)]


def files_of(path: Path) -> list[Path]:
    """Return the files that are read where a path is given: a folder's tables, else itself.

    A folder that cannot be listed, or holds no table, stands for itself: `open_grids` refuses it.
    """
    if not _is_folder(path):
        return [path]
    try:
        return tables_in(path) or [path]
    except OSError:
        return [path]


def _files_in(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if not _is_noise(path.name))


def _is_table(path: Path) -> bool:
    return path.suffix.casefold() in _ENDINGS and path.is_file()


def _folder_grids(folder: Path) -> list[Grid]:
    """Return the grids of the tables in a folder; other files in it are left out, and told."""
    try:
        files = _files_in(folder)
    except OSError as error:
        raise DataError(_UNREADABLE, path=_told(folder), why=reason_of(error)) from error
    tables = [path for path in files if _is_table(path)]
    if not tables:
        raise DataError(_NO_TABLES, folder=_told(folder), endings=", ".join(_ENDINGS))
    grids = [grid for path in tables for grid in _opened(path)]
    others = [printable_name(path.name) for path in files if path not in tables]
    if others:
        spot = Spot(printable_name(folder.name))
        values = {"n": len(others), "names": others}
        told = Finding("files_left_out", "warning", _LEFT_OUT, _GIVE_THEM, spot, values)
        grids = [replace(grid, findings=(*grid.findings, told)) for grid in grids]
    return grids


_ENDINGS = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xlsb", ".xls", ".ods", ".parquet", ".json",
            ".jsonl", ".gz", ".zip")  # fmt: skip


def _is_noise(name: str) -> bool:
    """Whether a system or a program put a file there: hidden ones, locks of open workbooks."""
    return name.startswith((".", "~$")) or name.casefold() in ("thumbs.db", "desktop.ini")


_Key = tuple[str, int, int, int, int]
_kept: OrderedDict[_Key, tuple[Grid, ...]] = OrderedDict()
_MOST_KEPT, _MOST_CELLS_KEPT = 64, 10_000_000


def _opened(path: Path) -> tuple[Grid, ...]:
    """Return a file's grids; a file that did not change since is not opened again."""
    try:
        status = path.stat()
    except (OSError, ValueError) as error:
        raise DataError(_UNREADABLE, path=_told(path), why=reason_of(error)) from error
    if not stat.S_ISREG(status.st_mode):
        raise DataError(_NO_FILE, path=_told(path))
    if status.st_size > MOST_BYTES:
        raise too_large(printable_name(path.name))
    # The time of the last change of status cannot be set back, as that of the content can.
    times = (status.st_mtime_ns, status.st_ctime_ns)
    key = (str(path.absolute()), *times, status.st_size, status.st_ino)
    if key in _kept:
        _kept.move_to_end(key)
        return _kept[key]
    try:
        with path.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise DataError(_UNREADABLE, path=_told(path), why=reason_of(error)) from error
    grids = tuple(map(_with_private, _grids_of(content, printable_name(path.name))))
    _keep(key, grids)
    return grids


def _keep(key: _Key, grids: tuple[Grid, ...]) -> None:
    _kept[key] = grids
    while _kept and (len(_kept) > _MOST_KEPT or _cells_kept() > _MOST_CELLS_KEPT):
        _kept.popitem(last=False)


def _cells_kept() -> int:
    return sum(grid.cells.size for grids in _kept.values() for grid in grids)


def _with_private(grid: Grid) -> Grid:
    return replace(grid, private=private_cells(grid.cells, grid.headers))


def _grids_of(content: bytes, file: str, depth: int = 0) -> list[Grid]:
    """Return the grids of a file's content; archives hold one file, at most two deep."""
    if depth > 2:
        raise kinds.refusal(kinds.PACKED, file)
    if not content:
        raise DataError(EMPTY, file=file)
    if content.startswith(b"\x1f\x8b"):
        return _grids_of(gunzip(content, file), file, depth + 1)
    if content.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped_grids(content, file, depth)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        return old_grids(content, file)
    if content.startswith(b"PAR1"):
        return [parquet_grid(content, file)]
    kinds.refuse_other_kinds(content, file)
    text, findings = decode(content, file)
    _refuse_markup(text, file)
    if _RECORDS.match(text):
        return [records_grid(text, file)]
    return [text_grid(text, file, findings)]


def _zipped_grids(content: bytes, file: str, depth: int) -> list[Grid]:
    parts = Parts(content, file)
    names = set(parts.names)
    folders = {name.partition("/")[0] for name in names}
    if names & {"xl/workbook.xml", "xl/workbook.bin"}:
        return packed_grids(parts, file)
    if "[Content_Types].xml" in names and "xl" in folders:
        return packed_grids(parts, file)
    if "mimetype" in names and "content.xml" in names:
        if b"spreadsheet" not in parts.read("mimetype"):
            raise kinds.refusal(kinds.WRITER, file)
        return packed_grids(parts, file)
    for mark, kind in _ZIPPED_KINDS:
        if any(name.startswith(mark) or name.casefold().endswith(mark) for name in names):
            raise kinds.refusal(kind, file)
    if "[Content_Types].xml" in names:  # a workbook of which a part is lost or has another name
        return packed_grids(parts, file)
    name, inside = only_table(parts, file)
    return [
        replace(grid, file=f"{file} ({printable_name(name)})")
        for grid in _grids_of(inside, printable_name(name), depth + 1)
    ]


_ZIPPED_KINDS = (
    ("word/", kinds.WORD),
    ("ppt/", kinds.PRESENTATION),
    ("Index/", kinds.IWORK),
    ("Index.zip", kinds.IWORK),
    (".shp", kinds.SHAPEFILE),
    (".kml", kinds.KML),
)


def _refuse_markup(text: str, file: str) -> None:
    """Refuse web pages and other markup, by how it begins."""
    start = text.lstrip()[:2000].casefold()
    if start.startswith("<?xml") or start.startswith("<!--"):
        if "urn:schemas-microsoft-com:office:spreadsheet" in start:
            raise kinds.refusal(kinds.SPREADSHEET_XML, file)
        page = "<html" in start or "<!doctype html" in start
        raise kinds.refusal(kinds.WEB_PAGE if page else kinds.XML, file)
    if _PAGE.match(start):
        raise kinds.refusal(kinds.WEB_PAGE, file)
    if start.startswith("<kml"):
        raise kinds.refusal(kinds.KML, file)


_RECORDS = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]\d])")
_PAGE = re.compile(r"<(?:!doctype|html|head|body|table|meta|style|div|script|center|title)\b")


def _told(path: Path) -> str:
    return printable_name(str(path))


_UNREADABLE = Text(
    en="The file {path} cannot be opened ({why}). Check its name and folder.",
    id="Berkas {path} tidak dapat dibuka ({why}). Periksa nama dan foldernya.",
)
_NO_FILE = Text(
    en="{path} is a pipe or a device, not a file. Save what it gives as a file and name that.",
    id="{path} adalah pipa atau perangkat, bukan berkas. Simpan isinya sebagai berkas, lalu "
    "sebutkan berkas itu.",
)
_NO_TABLES = Text(
    en="The folder {folder} holds no table. Tables end in {endings}.",
    id="Folder {folder} tidak memuat tabel. Nama tabel berakhiran {endings}.",
)
_NOTHING_GIVEN = Text(en="No file is named.", id="Tidak ada berkas yang disebutkan.")
_NO_TABLE = Text(
    en="A table is given as the path of a file or folder, as a pandas.DataFrame, or as a list of "
    "them, not as {kind}.",
    id="Tabel diberikan sebagai alamat berkas atau folder, sebagai pandas.DataFrame, atau sebagai "
    "daftar berisi keduanya, bukan sebagai {kind}.",
)
_LEFT_OUT = Text(
    en="{n:count:file in the folder is not a table:files in the folder are not tables} and left "
    "out: {names:list}.",
    id="{n:count} isi folder bukan tabel dan tidak dibaca: {names:list}.",
)
_GIVE_THEM = Text(
    en="Save them as .csv or .xlsx if they belong to the table.",
    id="Simpan sebagai .csv atau .xlsx bila termasuk tabel.",
)
