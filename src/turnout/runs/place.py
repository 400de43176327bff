"""Where a result is to go, and all that can be known against it before anything is computed."""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from turnout.errors import TurnoutError
from turnout.escaping import cut
from turnout.language import Text
from turnout.output.files import not_written

ROOM = 32 * 2**20
"""Bytes that a disk must have left for a result."""

_PROBE = 8 * 2**20
_LONGEST_NAME = "figures/calibration.svg"


@dataclass(frozen=True)
class Place:
    """A folder to write and, beside it, the names that writing needs.

    Parameters
    ----------
    folder
        The folder, with links resolved.
    lock, stage, aside
        The lock file, where the new result is prepared, and where the old one waits.
    """

    folder: Path
    lock: Path
    stage: Path
    aside: Path

    @classmethod
    def of(cls, folder: Path) -> Place:
        """Return the place of a folder as the user names it.

        Raises
        ------
        TurnoutError
            If no folder can be there: a file is in the way, the name is too long, a link leads
            nowhere, or it is a folder that cannot be replaced.
        """
        where = _resolved(folder)
        # Not by the folder's own name, which may be as long as names can be.
        key = hashlib.sha256(os.fsencode(where.name)).hexdigest()[:10]
        names = (f".turnout-{key}.{part}" for part in ("lock", "new", "old"))
        return cls(where, *(where.parent / name for name in names))

    def refuse_inputs(self, inputs: Iterable[Path]) -> None:
        """Refuse a folder that holds a file which the command is to read.

        Raises
        ------
        TurnoutError
            With the file's name.
        """
        for path in inputs:
            resolved = Path(os.path.realpath(path))
            if resolved.is_relative_to(self.folder):
                raise TurnoutError(_INPUT_INSIDE, file=path.name, folder=str(self.folder))

    def prepare(self) -> None:
        """Make the stage, and make sure that a result can be written.

        Raises
        ------
        TurnoutError
            If nothing can be written here, or there is no room.
        """
        try:
            free = shutil.disk_usage(self.folder.parent).free
            if free < ROOM:
                raise TurnoutError(
                    _FULL, folder=str(self.folder), free=free // 2**20, room=ROOM // 2**20
                )
            self.stage.mkdir()
            longest = self.stage / _LONGEST_NAME
            longest.parent.mkdir()
            longest.write_bytes(bytes(_PROBE))
            longest.unlink()
            longest.parent.rmdir()
            # The folder's own path may be longer than that of the stage.
            with contextlib.suppress(FileNotFoundError):
                os.lstat(self.folder / _LONGEST_NAME)
        except OSError as error:
            raise not_written(self.folder, error) from None


def _resolved(folder: Path) -> Path:
    """Return a folder with links resolved, if a folder can be there."""
    try:
        if folder.is_symlink() and not folder.exists():
            raise TurnoutError(_DANGLING, folder=str(folder))
        where = Path(os.path.realpath(folder))
        # The name itself, and the nearest of those above that is there.
        first = next(path for path in (where, *where.parents) if path.exists())
        if not first.is_dir():
            raise TurnoutError(_NOT_A_FOLDER, folder=str(first))
        if where.is_mount() or Path.cwd().is_relative_to(where):
            raise TurnoutError(_IN_USE, folder=str(folder))
    except OSError as error:
        raise not_written(Path(cut(str(folder), 120)), error) from None
    except TurnoutError:
        raise
    except ValueError as error:  # a name that no system takes
        raise not_written(Path(cut(str(folder), 120)), error) from None
    return where


_NOT_A_FOLDER = Text(
    en="{folder} is a file, not a folder. Name another folder with --out.",
    id="{folder} adalah berkas, bukan folder. Sebutkan folder lain dengan --out.",
)
_DANGLING = Text(
    en="{folder} is a link to a folder that is not there. Name another folder with --out.",
    id="{folder} adalah tautan ke folder yang tidak ada. Sebutkan folder lain dengan --out.",
)
_IN_USE = Text(
    en="{folder} is the folder that you work in, or holds it, and a result takes the place of its "
    "folder. Name a folder inside it, for example --out forecast-out.",
    id="{folder} adalah folder tempat Anda bekerja, atau memuatnya, sedangkan hasil menggantikan "
    "seluruh isi foldernya. Sebutkan folder di dalamnya, misalnya --out forecast-out.",
)
_INPUT_INSIDE = Text(
    en="The file {file} lies in {folder}, where the result is to be written. Name another folder "
    "with --out, or move the file.",
    id="Berkas {file} berada di {folder}, tempat hasil akan ditulis. Sebutkan folder lain dengan "
    "--out, atau pindahkan berkasnya.",
)
_FULL = Text(
    en="There is no room for a result in {folder}: {free:count} MB are left, and {room:count} MB "
    "are needed. Make room, or name another folder with --out.",
    id="Tidak ada ruang untuk hasil di {folder}: tersisa {free:count} MB, padahal perlu "
    "{room:count} MB. Sediakan ruang, atau sebutkan folder lain dengan --out.",
)
