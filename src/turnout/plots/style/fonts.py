"""Fonts for names in letters that DejaVu Sans does not have: those of the machine, in turn."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

from matplotlib import font_manager

from turnout.errors import ToldWarning
from turnout.language import Text

FIRST = "DejaVu Sans"
"""Comes with matplotlib, so that figures are alike everywhere."""

# Fonts of Linux, Windows and macOS for scripts that matplotlib can set letter by letter.
_OTHERS = (
    "Noto Sans CJK JP",
    "Noto Sans CJK KR",
    "Noto Sans CJK SC",
    "Noto Sans JP",
    "Noto Sans KR",
    "Noto Sans SC",
    "Yu Gothic",
    "Malgun Gothic",
    "Microsoft YaHei",
    "Hiragino Sans",
    "Apple SD Gothic Neo",
    "PingFang SC",
    "WenQuanYi Zen Hei",
    "NanumGothic",
    "Noto Sans Thai",
    "Leelawadee UI",
    "Thonburi",
    "Noto Sans Ethiopic",
    "Ebrima",
)


@functools.cache
def families() -> tuple[str, ...]:
    """Return the fonts that figures are set in: each letter in the first that has it."""
    known = {font.name for font in font_manager.fontManager.ttflist}
    return (FIRST, *(name for name in _OTHERS if name in known))


@contextmanager
def boxes_told() -> Iterator[None]:
    """Tell once, with the remedy, of letters that no font has, instead of each by its number."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        yield
    others = [one for one in caught if "missing from font" not in str(one.message)]
    for one in others:
        warnings.warn_explicit(one.message, one.category, one.filename, one.lineno)
    if len(others) < len(caught):
        warnings.warn(ToldWarning(_BOXES), stacklevel=4)


_BOXES = Text(
    en="Some letters of the names are in no font of this machine; figures show them as boxes. "
    "Install a font that has them, for example Noto Sans CJK for Chinese, Japanese and Korean.",
    id="Sebagian huruf pada nama wilayah tidak ada dalam fon komputer ini dan tampak sebagai kotak "
    "pada gambar. Pasang fon yang memilikinya, misalnya Noto Sans CJK untuk huruf Tionghoa, "
    "Jepang, dan Korea.",
)
