"""What surrounds a command: the folder it is started in, and where its words go."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from turnout.language import LANGUAGES, Text
from turnout.output.reasons import reason_of


def keep_apart() -> None:
    """Let no file of the current folder change what a command does.

    The folder may hold a ``numpy.py`` from an e-mail: processes that this one starts look for
    modules elsewhere, as ``forecast`` itself does.
    """
    os.environ.setdefault("PYTHONSAFEPATH", "1")


@contextmanager
def told_where_it_ends() -> Iterator[None]:
    """Tell in one line, and exit with 2, that what is said cannot be written where it is to go.

    The program that reads it may have ended (``| head``), or the disk is full.
    """
    sys.stdout = _open_stream(sys.stdout)
    sys.stderr = _open_stream(sys.stderr)
    try:
        try:
            yield
        finally:
            sys.stdout.flush()
    except OSError as error:
        if error.filename is not None:
            raise
        raise unsaid(error) from None


def unsaid(error: OSError) -> SystemExit:
    """Tell that the rest cannot be said, and return the exit."""
    _silence()
    reason = reason_of(error)
    told = " / ".join(_UNSAID.say(lang, reason=reason) for lang in LANGUAGES)
    with suppress(OSError, ValueError):
        sys.stderr.write(f"{told}\n")
        sys.stderr.flush()
    return SystemExit(2)


def _open_stream(stream: TextIO | None) -> TextIO:
    """Return a stream that can be written; one that takes and drops all where there is none."""
    if stream is None:
        stream = open(os.devnull, "r+", encoding="utf-8")  # noqa: PTH123, SIM115
    if isinstance(stream, io.TextIOWrapper):
        # A redirected console of Windows cannot write every sign of a table.
        stream.reconfigure(errors="replace")
    return stream


def _silence() -> None:
    """Let what is still to be said go nowhere, so that Python does not fail again at its end."""
    with suppress(OSError, ValueError, AttributeError, io.UnsupportedOperation):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)


_UNSAID = Text(
    en="Not all that was to be said could be shown ({reason}). Files that were written are whole.",
    id="Sebagian keterangan tidak dapat ditampilkan ({reason}). Berkas yang sudah ditulis tetap "
    "utuh.",
)
