"""The fonts of figures: our own, and for letters that it does not have those of the machine."""

from __future__ import annotations

import functools
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from matplotlib import font_manager
from matplotlib.ft2font import FT2Font

from turnout.errors import ToldWarning
from turnout.language import Text

FIRST = "Turnout Sans"
"""Made for screens and tables, and comes with the package, so that figures are alike everywhere."""

_OWN = Path(__file__).parent / "type"

# matplotlib's own, which has many signs; then fonts of Linux, Windows and macOS for scripts that
# matplotlib can set letter by letter.
_OTHERS = (
    "DejaVu Sans",
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
    if FIRST not in known:
        for path in sorted(_OWN.glob("*.ttf")):
            font_manager.fontManager.addfont(path)
    return (FIRST, *(name for name in _OTHERS if name in known))


def folders() -> tuple[Path, ...]:
    """Return the folders in which the fonts of `families` lie."""
    return tuple(dict.fromkeys(path.parent for path in _files()))


def boxed(text: str) -> str:
    """Return a text with a box for every letter that none of the fonts of `families` has.

    >>> boxed("Paal Merah \U000f0000")
    'Paal Merah □'
    """
    if text.isascii():
        return text
    known = _letters()
    return "".join(one if one.isspace() or ord(one) in known else _BOX for one in text)


@functools.cache
def _files() -> tuple[Path, ...]:
    return tuple(Path(font_manager.findfont(name)) for name in families())


@functools.cache
def _letters() -> frozenset[int]:
    return frozenset(letter for path in _files() for letter in FT2Font(str(path)).get_charmap())


_BOX = "□"


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
        warnings.warn(ToldWarning(BOXES), stacklevel=4)


BOXES = Text(
    en="Some letters of the names are in no font of this machine; figures show them as boxes. "
    "Install a font that has them, for example Noto Sans CJK for Chinese, Japanese and Korean.",
    id="Sebagian huruf pada nama wilayah tidak ada dalam fon komputer ini dan tampak sebagai kotak "
    "pada gambar. Pasang fon yang memilikinya, misalnya Noto Sans CJK untuk huruf Tionghoa, "
    "Jepang, dan Korea.",
)
