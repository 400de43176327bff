"""Two folders change places, in one step where the system can."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
from functools import lru_cache
from pathlib import Path
from typing import Any

_AT_FDCWD, _RENAME_EXCHANGE, _RENAME_SWAP = -100, 2, 2
_CANNOT = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)


def put_in_place(stage: Path, folder: Path, aside: Path) -> None:
    """Let `stage` take the place of `folder`, whose old content goes.

    On Linux and macOS the two change places in one step. Elsewhere the old folder is moved
    `aside` first; should the process end in between, `recover` finishes the work.

    Raises
    ------
    OSError
        If the system refuses; then `folder` is as it was.
    """
    if not folder.exists():
        stage.rename(folder)
        return
    shutil.copymode(folder, stage)
    if not _exchanged(stage, folder):
        folder.rename(aside)
        try:
            stage.rename(folder)
        except OSError:
            aside.rename(folder)
            raise
    discard(stage)
    discard(aside)


def recover(stage: Path, folder: Path, aside: Path) -> None:
    """Put right what a command that was killed has left: the old folder back, the rest away."""
    if aside.is_dir() and not folder.exists():
        aside.rename(folder)
    discard(aside)
    discard(stage)


def discard(path: Path) -> None:
    """Remove a folder of ours as far as the system lets; the next command removes the rest."""
    if path.is_symlink() or path.is_file():
        path.unlink(missing_ok=True)
    elif path.is_dir():
        shutil.rmtree(path, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where the system or the disk cannot."""
    call = _exchange_call()
    if call is None:
        return False
    if call(os.fsencode(one), os.fsencode(other)) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


@lru_cache(maxsize=1)
def _exchange_call() -> Any:
    """Return the system's own exchange of two names; None where it has none."""
    try:
        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            swap = system.renamex_np
            return lambda one, other: swap(one, other, ctypes.c_uint(_RENAME_SWAP))
        if sys.platform.startswith("linux"):
            rename = system.renameat2
            return lambda one, other: rename(
                ctypes.c_int(_AT_FDCWD), one, ctypes.c_int(_AT_FDCWD), other,
                ctypes.c_uint(_RENAME_EXCHANGE),
            )  # fmt: skip
    except (OSError, AttributeError, TypeError):
        return None
    return None
