"""Packed files, unpacked no further than a table can reach."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from turnout.errors import DataError
from turnout.language import Text
from turnout.reading.files.cleaning import printable_name
from turnout.reading.files.limits import (
    MOST_BYTES,
    MOST_PARTS,
    most_unpacked,
    too_large,
    too_packed,
)

_PIECE = 1 << 20

# What a damaged archive can make zipfile and zlib raise.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    IndexError,
    KeyError,
    NotImplementedError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
    struct.error,
)


def gunzip(content: bytes, file: str) -> bytes:
    """Return what a gzip file holds; several members follow one another.

    Raises
    ------
    DataError
        If it is damaged, or unpacks to more than may be read.
    """
    most = most_unpacked(len(content))
    pieces, total = [], 0
    try:
        while content:
            member = zlib.decompressobj(wbits=31)
            while not member.eof:
                piece = member.decompress(content, _PIECE)
                content = member.unconsumed_tail
                total += len(piece)
                if total > most:
                    raise too_large(file) if most == MOST_BYTES else too_packed(file)
                pieces.append(piece)
                if not content and not piece and not member.eof:
                    raise DataError(_CUT_OFF, file=file)
            content = member.unused_data.lstrip(b"\x00")
    except zlib.error as error:
        raise DataError(_CUT_OFF, file=file) from error
    return b"".join(pieces)


class Parts:
    """The files within a zip archive, each read whole and checked.

    Parameters
    ----------
    content
        The archive.
    file
        Its name, for messages.

    Raises
    ------
    DataError
        If it is damaged, locked with a password, or says that it unpacks to too much.
    """

    def __init__(self, content: bytes, file: str) -> None:
        self._file = file
        self._left = most_unpacked(len(content))
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(content))
            infos = self._archive.infolist()
        except _DAMAGE as error:
            raise DataError(_CUT_OFF, file=file) from error
        self._infos = {info.filename.replace("\\", "/"): info for info in infos}
        if len(infos) > MOST_PARTS:
            raise too_packed(file)

    @property
    def names(self) -> list[str]:
        """Names of the files, in the order of the archive; folders are none."""
        return [name for name in self._infos if not name.endswith("/")]

    @property
    def locked(self) -> bool:
        """Whether a file within is locked with a password."""
        return any(info.flag_bits & 1 for info in self._infos.values())

    def read(self, name: str) -> bytes:
        """Return what one of the files holds.

        Raises
        ------
        DataError
            If it is damaged, or unpacks with those before it to more than may be read.
        """
        info = self._infos[name]
        if info.file_size > self._left:
            raise too_packed(self._file)
        try:
            with self._archive.open(info) as part:
                content = part.read(self._left + 1)
        except _DAMAGE as error:
            raise DataError(_CUT_OFF, file=self._file) from error
        self._left -= len(content)
        if self._left < 0:
            raise too_packed(self._file)
        return content


def repacked(parts: dict[str, bytes]) -> bytes:
    """Return an archive of `parts`, as they are: what reads it sees nothing that was not read."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()


def only_table(parts: Parts, file: str) -> tuple[str, bytes]:
    """Return name and content of the one file in an archive.

    Raises
    ------
    DataError
        If there is none, there are several, or a password is needed.
    """
    names = [name for name in parts.names if not _is_noise(name)]
    tables = [name for name in names if not _describes(name)]
    names = tables if len(tables) == 1 else names
    if not names:
        raise DataError(_NOTHING_INSIDE, file=file)
    if len(names) > 1:
        told = [printable_name(name) for name in names]
        raise DataError(_SEVERAL_INSIDE, file=file, n=len(names), names=told)
    if parts.locked:
        raise DataError(LOCKED, file=file)
    return names[0].rpartition("/")[2], parts.read(names[0])


def _is_noise(name: str) -> bool:
    """Whether a system put a file into the archive beside those of the user."""
    last = name.rpartition("/")[2].casefold()
    return name.startswith("__MACOSX/") or last.startswith(".") or last in _NOISE


def _describes(name: str) -> bool:
    """Whether a file of an archive only describes the table beside it: README.txt, metadata.pdf."""
    stem, _, ending = name.rpartition("/")[2].casefold().rpartition(".")
    told = any(word in stem for word in _DESCRIPTIONS)
    return ending in ("pdf", "md", "html", "htm") or (ending in ("txt", "") and told)


_DESCRIPTIONS = ("readme", "liesmich", "baca", "licen", "lizenz", "metadata")
_NOISE = ("thumbs.db", "desktop.ini")

_CUT_OFF = Text(
    en="{file} is damaged or was not downloaded whole. Download or copy it again.",
    id="{file} rusak atau tidak terunduh utuh. Unduh atau salin lagi.",
)
LOCKED = Text(
    en="{file} is locked with a password. Save a copy without the password.",
    id="{file} dikunci dengan kata sandi. Simpan salinan tanpa kata sandi.",
)
_NOTHING_INSIDE = Text(
    en="{file} is a zip file without any file in it. Give the table itself.",
    id="{file} adalah berkas zip tanpa isi. Berikan tabelnya.",
)
_SEVERAL_INSIDE = Text(
    en="{file} is a zip of {n:count} files: {names:list}. Unpack it and give the one that is "
    "meant; parts of one table can be given together, or as a folder.",
    id="{file} adalah zip berisi {n:count} berkas: {names:list}. Ekstrak dahulu, lalu berikan yang "
    "dimaksud; bagian-bagian satu tabel dapat diberikan bersama-sama atau sebagai folder.",
)
