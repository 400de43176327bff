"""Bytes to text: the encodings that tables come in."""

from __future__ import annotations

import codecs
import re

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.kinds import BINARY, refusal

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1b\x7f]")


def decode(content: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    """Return the text of a file in any common encoding, and what could not be read.

    Raises
    ------
    DataError
        If it is no text.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            whole = content[: len(content) // 2 * 2] if "16" in encoding else content
            return whole.decode(encoding, errors="replace").removeprefix("\ufeff"), ()
    head = content[:4000].rstrip(b"\x00")  # what a disk that was full left behind
    for zeros, encoding in ((1, "utf-16-le"), (0, "utf-16-be")):
        if _is_utf_16(head, zeros):
            return content.decode(encoding, errors="replace"), ()
    if not head or len(_CONTROLS.findall(head)) > max(8, len(head) // 20):
        raise refusal(BINARY, file)
    return _eight_bits(content, file)


def _eight_bits(content: bytes, file: str) -> tuple[str, tuple[Finding, ...]]:
    try:
        return content.decode("utf-8"), ()
    except UnicodeDecodeError:
        pass
    told = content.decode("utf-8", errors="replace")
    broken = told.count("\ufffd")
    if len(_MULTIBYTE.findall(content)) > broken:  # UTF-8 with some bytes broken, not an old code
        row = told[: told.index("\ufffd")].count("\n") + 1
        return told, (_finding(file, broken, row),)
    try:
        return content.decode("cp1252"), ()
    except UnicodeDecodeError:
        return content.decode("latin-1"), ()


_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MULTIBYTE = re.compile(
    rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)


def _is_utf_16(head: bytes, start: int) -> bool:
    """Whether zeros stand in every other byte from `start` on, and hardly elsewhere."""
    zeros, others = head[start::2], head[1 - start :: 2]
    return zeros.count(b"\x00") > len(head) // 4 and others.count(b"\x00") <= len(others) // 20


def _finding(file: str, n: int, row: int) -> Finding:
    spot = Spot(file, row=row)
    return Finding("unreadable_signs", "warning", _BROKEN_SIGNS, _SAVE_UTF8, spot, {"n": n})


_BROKEN_SIGNS = Text(
    en="{n:count:character:characters} cannot be read, the first of them here.",
    id="{n:count} huruf tidak terbaca, yang pertama di sini.",
)
_SAVE_UTF8 = Text(
    en="Check whether names are damaged, and save the file again as CSV UTF-8.",
    id="Periksa apakah ada nama yang rusak, lalu simpan lagi sebagai CSV UTF-8.",
)
