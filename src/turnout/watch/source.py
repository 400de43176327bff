"""Where the count comes from: a file or a folder, and whether what lies there has changed."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from pathlib import Path

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.reasons import reason_of
from turnout.reading.files.sheets import tables_in


@dataclass(frozen=True)
class Look:
    """What lay where the count comes from, at one moment.

    Parameters
    ----------
    digest
        SHA-256 of the names and bytes of all files; two looks at the same content have the same.
    files
        The files, by name; none where there is nothing yet.
    changed
        When the newest of them was written, by the clock of the disk.
    """

    digest: str
    files: tuple[Path, ...]
    changed: dt.datetime | None

    @property
    def is_empty(self) -> bool:
        """Whether there is no count yet."""
        return not self.files


def look(source: Path) -> Look:
    """Look at the file or folder of a count.

    Parameters
    ----------
    source
        A file, or a folder whose tables together are the count. It may not be there yet.

    Raises
    ------
    TurnoutError
        If what is there cannot be read.

    Examples
    --------
    >>> look(Path("not-there-yet.csv")).is_empty
    True
    """
    try:
        files = tables_in(source) if source.is_dir() else [source] if source.exists() else []
        digest, newest = hashlib.sha256(), 0.0
        for path in files:
            # A pipe is never at its end; the gate for input refuses it by name.
            content = _digest(path) if path.is_file() else "no file"
            digest.update(f"{path.name}\n{content}\n".encode(errors="surrogateescape"))
            newest = max(newest, path.stat().st_mtime)
    except (OSError, ValueError) as error:
        why = reason_of(error)
        raise TurnoutError(_UNREADABLE, path=str(source), why=why) from None
    changed = dt.datetime.fromtimestamp(newest).replace(second=0, microsecond=0) if files else None
    return Look(digest.hexdigest(), tuple(files), changed)


def _digest(path: Path) -> str:
    with path.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()


_UNREADABLE = Text(
    en="The count cannot be read: {path} ({why}).",
    id="Hasil hitung tidak dapat dibaca: {path} ({why}).",
)
