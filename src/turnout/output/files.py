"""Files written whole or not at all: texts, records and arrays."""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.reasons import reason_of

if TYPE_CHECKING:
    import numpy as np

_PART = ".part"

SEAL = "seal.json"
"""The file that makes a folder a seal, which whatever is added breaks."""


def write_bytes(content: bytes, path: str | os.PathLike[str]) -> Path:
    """Write a file in one step: whoever opens it finds the old content or the new, never a part.

    Parameters
    ----------
    content
        What the file is to hold.
    path
        File to write; its folder must be there.

    Raises
    ------
    TurnoutError
        If it cannot be written; what was there before stays.
    """
    return _in_one_step(Path(path), lambda file: file.write(content))


def _in_one_step(target: Path, write: Callable[[IO[bytes]], object]) -> Path:
    """Let a file be written beside its place, and put it there when it is whole."""
    part = target.with_name(f".{target.name[:100]}{_PART}")
    try:
        with part.open("wb") as file:
            write(file)
        part.replace(target)
    except (OSError, ValueError) as error:
        with contextlib.suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        raise not_written(target, error) from None
    return target


def write_text(text: str, path: str | os.PathLike[str]) -> Path:
    """Write a text as UTF-8 with Unix line ends, see `write_bytes`."""
    return write_bytes(text.encode("utf-8", errors="replace"), path)


class Lines(list[str]):
    """The rows of a table, each as JSON already."""


def write_json(record: Mapping[str, Any], path: str | os.PathLike[str]) -> Path:
    """Write a record of plain values as JSON, a line for each of its parts; see `write_bytes`.

    Raises
    ------
    ValueError
        If a number is none that JSON knows.
    """
    fields = (f"  {_in_line(str(key))}: {_laid_out(one, '  ')}" for key, one in record.items())
    text = ",\n".join(fields)
    return write_text(f"{{\n{text}\n}}\n", path)


def _laid_out(value: Any, margin: str) -> str:
    """Return a value as JSON: a table has a line for each row, as one of a nation has very many."""
    parts = value.values() if isinstance(value, dict) else value
    is_table = isinstance(value, Lines) and len(value) > 0
    if not isinstance(value, (dict, list)) or not (is_table or _NESTED & {*map(type, parts)}):
        return _in_line(value)
    deeper = f"{margin}  "
    told = [*value] if is_table else [_laid_out(one, deeper) for one in parts]
    if isinstance(value, dict):
        told = [f"{_in_line(str(key))}: {one}" for key, one in zip(value, told, strict=True)]
    begin, end = "{}" if isinstance(value, dict) else "[]"
    lines = f",\n{deeper}".join(told)
    return f"{begin}\n{deeper}{lines}\n{margin}{end}"


_NESTED = frozenset((dict, list, Lines))
_in_line = json.JSONEncoder(ensure_ascii=False, allow_nan=False).encode


def write_arrays(path: str | os.PathLike[str], **arrays: np.ndarray) -> Path:
    """Write arrays as a compressed npz file, see `write_bytes`."""
    import numpy as np

    def write(file: IO[bytes]) -> None:
        np.savez_compressed(file, allow_pickle=False, **arrays)

    return _in_one_step(Path(path), write)


def make_folder(folder: Path) -> None:
    """Make a folder and those above it where they are not there.

    Raises
    ------
    TurnoutError
        If that cannot be done, or the folder is a seal or lies in one.
    """
    refuse_seal(folder)
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (OSError, ValueError) as error:
        raise not_written(folder, error) from None


def refuse_seal(folder: Path) -> None:
    """Refuse to write into a folder that is sealed, itself or one above it.

    Raises
    ------
    TurnoutError
        With the sealed folder.
    """
    where = Path(os.path.realpath(folder))
    for one in (where, *where.parents):
        if (one / SEAL).is_file() and (one / "check.py").is_file():
            raise TurnoutError(_SEALED, folder=str(folder), seal=str(one))


def not_written(path: Path, error: OSError | ValueError) -> TurnoutError:
    """Return the error to raise where a file or folder cannot be written."""
    return TurnoutError(_NOT_WRITTEN, path=str(path), reason=reason_of(error))


_NOT_WRITTEN = Text(
    en="{path} cannot be written ({reason}). Close it where it is open, make room, or choose "
    "another place with --out.",
    id="{path} tidak dapat ditulis ({reason}). Tutup berkas itu bila sedang dibuka, sediakan "
    "ruang, atau pilih tempat lain dengan --out.",
)
_SEALED = Text(
    en="{folder} lies in the sealed folder {seal}, and whatever is written there breaks the seal. "
    "Name the original folder of the run, or a copy of the seal's run/ elsewhere; or another "
    "place with --out.",
    id="{folder} berada di folder segel {seal}, dan apa pun yang ditulis di sana merusak segelnya. "
    "Sebutkan folder asli prakiraannya, atau salinan run/ dari segel itu di tempat lain; atau "
    "tempat lain dengan --out.",
)
