"""A lock on a result folder: one command at a time writes into it."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.files import not_written

_BUSY = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)


@contextmanager
def locked(path: Path, folder: Path) -> Iterator[None]:
    """Hold the lock file `path` for as long as `folder` is written.

    The system lets go of the lock when a process ends, however it ends.

    Raises
    ------
    TurnoutError
        If another command holds it, or the file system knows no locks.
    """
    descriptor = _held(path, folder)
    try:
        yield
    finally:
        # While it is held, so that nobody waits for a file that is no longer there.
        with contextlib.suppress(OSError):
            path.unlink()
        os.close(descriptor)


def _held(path: Path, folder: Path) -> int:
    while True:
        try:
            descriptor = os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o666)
        except OSError as error:
            raise not_written(folder, error) from None
        try:
            _lock(descriptor)
            # Whoever held it before may have taken the file away meanwhile.
            if path.exists() and os.path.samestat(os.fstat(descriptor), path.stat()):
                return descriptor
        except OSError as error:
            os.close(descriptor)
            if error.errno in _BUSY:
                raise TurnoutError(_LOCKED, folder=str(folder)) from None
            raise not_written(folder, error) from None
        os.close(descriptor)


def _lock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


_LOCKED = Text(
    en="Another command is writing into {folder} right now. Wait until it has finished, or name "
    "another folder with --out.",
    id="Perintah lain sedang menulis ke {folder}. Tunggu sampai selesai, atau sebutkan folder lain "
    "dengan --out.",
)
