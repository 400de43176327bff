"""What the folder in which a command is started says of figures: heard by the drawing library."""

from __future__ import annotations

import sys
from pathlib import Path

from turnout.errors import TurnoutError
from turnout.language import Text

FILE = "matplotlibrc"


def check_readable() -> None:
    """Refuse a file of settings that the drawing library cannot open when it is loaded.

    It reads ``matplotlibrc`` of the current folder before anything can be said, and stops where
    that is no text. Settings that it can read are left to it; figures do not follow them.

    Raises
    ------
    TurnoutError
        If the file is there and cannot be read as text.
    """
    if "matplotlib" in sys.modules:
        return
    try:
        if Path(FILE).is_file():
            Path(FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TurnoutError(_UNREADABLE, file=FILE) from error


_UNREADABLE = Text(
    en="{file} in the current folder cannot be read as text, so that no figure can be drawn here. "
    "Delete or rename it, or work in another folder.",
    id="{file} di folder ini tidak dapat dibaca sebagai teks, sehingga tidak ada gambar yang dapat "
    "dibuat di sini. Hapus atau ganti namanya, atau bekerjalah di folder lain.",
)
