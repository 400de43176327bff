"""What in a folder is ours: the files that its run.json or seal.json lists, and nothing else."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.files import SEAL, not_written

RECORD = "run.json"

_TEXTS = (".csv", ".json")
_DIGESTED = (*_TEXTS, ".npz", ".docx", ".pdf")

# Left by file browsers wherever they look; no one's work.
_JUNK = (".DS_Store", "Thumbs.db", "desktop.ini", "Desktop.ini")


def files_in(folder: Path) -> list[str]:
    """Return what lies in a folder and its folders, by path from it, in order; empty ones too."""
    return sorted(_files_in(folder, folder))


def check_ours(folder: Path, command: str) -> None:
    """Refuse a folder whose content is not, file by file, what `command` wrote before.

    Raises
    ------
    TurnoutError
        If there are files that no list of ours names, the folder holds what another command
        wrote, or one of the files is open elsewhere or protected.
    """
    if not folder.exists():
        return
    try:
        found = [name for name in files_in(folder) if Path(name).name not in _JUNK]
    except OSError as error:
        raise not_written(folder, error) from None
    check_closed(folder)
    record = record_of(folder)
    ours = set(record.get("files", ())) if record.get("command") == command else set()
    others = [name for name in found if name not in ours]
    if others and record.get("command") not in (None, command):
        raise TurnoutError(
            _OF_ANOTHER, folder=str(folder), other=record["command"], command=command
        )
    if others:
        raise TurnoutError(_NOT_OURS, folder=str(folder), names=others, command=command)


def check_closed(folder: Path) -> None:
    """Refuse a folder of which a file is open in another program, or protected.

    Excel and LibreOffice show what they have open by files of their own; on Windows the system
    refuses such a file too.

    Raises
    ------
    TurnoutError
        With the file's name.
    """
    for name in files_in(folder):
        last = Path(name).name
        opened = last.removeprefix("~$") if last.startswith("~$") else ""
        if last.startswith(".~lock.") and last.endswith("#"):
            opened = last.removeprefix(".~lock.").removesuffix("#")
        if opened:
            raise TurnoutError(_OPEN, file=opened, folder=str(folder))
        _check_replaceable(folder / name)


def digest(path: Path) -> str:
    """Return the SHA-256 of a file; of a text whatever ends its lines, which tools may turn."""
    if path.suffix in _TEXTS:
        return hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def digests(folder: Path, names: Iterable[str]) -> dict[str, str]:
    """Return the digests of the tables, records, draws and documents among a folder's files."""
    return {name: digest(folder / name) for name in names if Path(name).suffix in _DIGESTED}


def _files_in(folder: Path, top: Path) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            name = Path(entry.path).relative_to(top).as_posix()
            if not entry.is_dir(follow_symlinks=False):
                yield name
            elif below := list(_files_in(Path(entry.path), top)):
                yield from below
            else:
                yield f"{name}/"


def record_of(folder: Path) -> dict[str, Any]:
    """Return the command that wrote a folder, and its files; nothing where no record tells them.

    A seal has no run.json, for nothing may lie in it that seal.json does not list.
    """
    with contextlib.suppress(OSError, ValueError, RecursionError):
        name = RECORD if (folder / RECORD).exists() else SEAL
        if not (folder / name).is_file():
            return {}  # a pipe would be waited for without end
        record = json.loads((folder / name).read_text(encoding="utf-8"))
        if not isinstance(record, dict):
            return {}
        if name == SEAL:
            record = {"command": "seal", "files": record.get("files")}
        files = record.get("files", [])
        if isinstance(files, (list, dict)) and all(isinstance(one, str) for one in files):
            return {**record, "files": [name, *files]}
    return {}


def _check_replaceable(path: Path) -> None:
    # A spreadsheet program on Windows locks what it shows.
    if path.is_symlink() or not path.is_file():
        return
    try:
        path.open("r+b").close()
    except OSError as error:
        raise not_written(path, error) from None


_NOT_OURS = Text(
    en="The folder {folder} holds files that are not listed in its run.json as written by "
    "`forecast {command}` ({names:list3}), and your files are not overwritten. Name another "
    "folder with --out, or move these files.",
    id="Folder {folder} berisi berkas yang tidak tercatat di run.json sebagai hasil `forecast "
    "{command}` ({names:list3}), dan berkas Anda tidak akan ditimpa. Sebutkan folder lain dengan "
    "--out, atau pindahkan berkas itu.",
)
_OF_ANOTHER = Text(
    en="The folder {folder} holds the result of `forecast {other}`, which `forecast {command}` "
    "does not overwrite. Name another folder with --out.",
    id="Folder {folder} berisi hasil `forecast {other}`, yang tidak akan ditimpa oleh `forecast "
    "{command}`. Sebutkan folder lain dengan --out.",
)
_OPEN = Text(
    en="{file} in {folder} is open in another program. Close it there, then try again.",
    id="{file} di {folder} sedang dibuka di program lain. Tutup dahulu, lalu coba lagi.",
)
