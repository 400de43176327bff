"""Room for draws: of very many places on disk, where they are looked at block by block.

Draws are an array wherever they lie, so that whatever reads them is the same. Those on disk are a
file without a name, mapped into memory: the system reads what is looked at, and `released` tells it
what is no longer needed.
"""

from __future__ import annotations

import mmap
import os
import tempfile
from collections.abc import Iterator
from typing import IO, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from turnout.arrays import Floats
from turnout.errors import TurnoutError
from turnout.language import Text
from turnout.output.reasons import reason_of
from turnout.threads import in_threads

Draws = NDArray[np.float32] | NDArray[np.float64]
Real = TypeVar("Real", np.float32, np.float64)

MOST_IN_MEMORY = 256 * 1024**2
"""Bytes of draws that are kept in memory; more lie on disk."""

_BLOCK = 2_000
_CHUNK = 16 * 1024**2


def room_for(places: int, draws: int, kind: type[Real]) -> NDArray[Real]:
    """Return room for draws, (places, draws); what it holds before is not told.

    Raises
    ------
    TurnoutError
        If there is no room on disk either.
    """
    size = places * draws * np.dtype(kind).itemsize
    if size <= MOST_IN_MEMORY:
        return np.empty((places, draws), dtype=kind)
    try:
        with tempfile.TemporaryFile() as file:  # it goes when nobody holds the array any more
            _take(file, size)
            held = _Held(file.fileno(), size)
            held.descriptor = os.dup(file.fileno())
    except OSError as error:
        reason = reason_of(error)
        raise TurnoutError(
            _NO_ROOM, n=places, size=size / 1e9, folder=tempfile.gettempdir(), reason=reason
        ) from None
    return cast("NDArray[Real]", np.frombuffer(held, dtype=kind).reshape(places, draws))


def put(draws: Draws, rows: NDArray[np.intp] | slice, values: Draws) -> None:
    """Write the draws of some places, (places, draws), into the room made for all.

    Examples
    --------
    >>> draws = room_for(2, 3, np.float32)
    >>> put(draws, slice(0, 2), np.ones((2, 3), dtype=np.float32))
    >>> float(draws.sum())
    6.0
    """
    held = _held(draws)
    if held is None or not isinstance(rows, slice) or not hasattr(os, "pwrite"):
        draws[rows] = values
        released(draws)
        return
    # A write at once: pages that are written through memory are first filled with zeros each.
    left = np.ascontiguousarray(values, dtype=draws.dtype).data.cast("B")
    at = rows.start * draws.strides[0]
    while left:
        written = os.pwrite(held.descriptor, left, at)
        left, at = left[written:], at + written


def released(draws: Draws) -> None:
    """Give back the memory of draws that lie on disk; they are read again when looked at."""
    held = _held(draws)
    if held is not None and hasattr(mmap, "MADV_DONTNEED"):
        held.madvise(mmap.MADV_DONTNEED)


class _Held(mmap.mmap):
    """A file mapped into memory, and its descriptor."""

    descriptor = -1

    def __del__(self) -> None:
        if self.descriptor >= 0:
            os.close(self.descriptor)


def _held(draws: Draws) -> _Held | None:
    """Return the file that draws lie in; None of those in memory."""
    base: object = draws
    while isinstance(base, np.ndarray):
        base = base.base
    if isinstance(base, memoryview):
        base = base.obj
    return base if isinstance(base, _Held) else None


def by_block(draws: Draws) -> Iterator[tuple[slice, Draws]]:
    """Yield some places at a time: where they stand, and their draws (draws, places).

    Examples
    --------
    >>> [(part, block.shape) for part, block in by_block(np.zeros((3, 2_500)))]
    [(slice(0, 2000, None), (3, 2000)), (slice(2000, 2500, None), (3, 500))]
    """
    for start in range(0, draws.shape[1], _BLOCK):
        part = slice(start, min(start + _BLOCK, draws.shape[1]))
        yield part, draws[:, part]
        released(draws)


def means_of(draws: Draws, rows: NDArray[np.intp] | slice = slice(None)) -> Floats:
    """Return the mean of every place's draws, or of some rows of them.

    >>> means_of(np.array([[0.25, 0.5], [0.75, 0.5]])).tolist()
    [0.5, 0.5]
    """

    def of_block(placed: tuple[slice, Draws]) -> Floats:
        return np.asarray(placed[1][rows].mean(axis=0, dtype=np.float64))

    return np.concatenate(list(in_threads(of_block, by_block(draws))))


def _take(file: IO[bytes], size: int) -> None:
    """Take room on disk now: a file that finds none later ends the program without a word."""
    if hasattr(os, "posix_fallocate"):
        os.posix_fallocate(file.fileno(), 0, size)
        return
    for start in range(0, size, _CHUNK):
        file.write(bytes(min(_CHUNK, size - start)))
    file.flush()


_NO_ROOM = Text(
    en="The draws of {n:count} places need {size:amount} GB on disk, and {folder} does not hold "
    "them ({reason}). Make room there, name another folder in the variable TMPDIR (on Windows "
    "TEMP), or ask for fewer draws.",
    id="Simulasi untuk {n:count} wilayah memerlukan {size:amount} GB di disk, dan {folder} tidak "
    "dapat menampungnya ({reason}). Sediakan ruang di sana, sebutkan folder lain pada variabel "
    "TMPDIR (di Windows TEMP), atau minta lebih sedikit simulasi.",
)
