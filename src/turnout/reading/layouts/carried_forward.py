"""Sums of a printed page, at its foot and again at the head of the next: no places, no totals."""

from __future__ import annotations

import re
from collections.abc import Callable

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import Distinct, as_text
from turnout.reading.headers.plain import words
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.headings import COUNTERS
from turnout.rules.rule import Rule
from turnout.schema import SCALES

_TOTAL = r"(?:(?:sub ?)?(?:jumlah|jml|total)\s+(?:yang\s+)?)"
_PAGE = r"(?:(?:pada|per|di|dari|ke|of|on|this|from|to)\s+)*(?:halaman|hal|page)\b.*"
_CARRIED = re.compile(
    rf"{_TOTAL}(?:pindahan|dipindahkan)\b.*|{_TOTAL}{_PAGE}|dipindahkan(?:\s+{_PAGE})?"
    rf"|pindahan\s+{_PAGE}|page\s+(?:sub)?total"
    rf"|(?:{_TOTAL}|(?:amount|balance)\s+)?(?:carried|brought)\s+(?:forward|over|down)\b.*",
    re.IGNORECASE,
)
_FIRST = (
    *("sub", "jumlah", "jml", "total", "dipindah", "pindah", "page", "amount", "balance"),
    *("carried", "brought"),
)
"""What such a cell begins with: a quick look before a slow one."""
_ALONE = re.compile(r"pindahan", re.IGNORECASE)
"""Voters who moved are called so, too."""


def carries_forward(cell: object) -> bool:
    """Whether a cell calls its row the sum of a page, or of the pages before.

    >>> carries_forward("Jumlah dipindahkan"), carries_forward("JUMLAH HALAMAN INI :")
    (True, True)
    >>> carries_forward("Pindahan"), carries_forward("Jumlah"), carries_forward("Halaman")
    (False, False, False)
    """
    text = as_text(cell).strip(" .:")
    return text.casefold().startswith(_FIRST) and bool(_CARRIED.fullmatch(text))


def without_carried_forward(block: Block) -> tuple[Block, list[Finding]]:
    """Return the block without the sums that are carried from page to page, and what is told.

    *Pindahan* alone is such where another row is called so for certain.
    """
    cells = block.cells
    named = [name for name in cells if name in SCALES or words(str(name)) in COUNTERS]
    carried = _with_cells(cells[named], carries_forward)
    if not carried.any():
        return block, []
    rows = carried | _with_cells(cells[named], _is_alone)
    first = block.origin[rows].iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]), first["row"])
    about, values = CARRIED_FORWARD, {"n": int(rows.sum())}
    told = about.once(spot, values)
    return block.keep(~rows), [told]


def _is_alone(cell: object) -> bool:
    return bool(_ALONE.fullmatch(as_text(cell).strip(" .:")))


def _with_cells(cells: pd.DataFrame, test: Callable[[object], bool]) -> pd.Series[bool]:
    """Mark the rows in which a cell passes a test."""
    marks = pd.Series(data=False, index=cells.index)
    for name in cells:
        marks |= Distinct.of(cells[name]).where(test)
    return marks


CARRIED_FORWARD = Rule(
    "carried_forward",
    "warning",
    Text(
        en="{n:count:row carries:rows carry} a sum from page to page, left out.",
        id="{n:count} baris hanya memindahkan jumlah ke halaman berikutnya dan tidak dipakai.",
    ),
    Text(
        en="If one of them is a place, write its kind before its name (Desa ...).",
        id="Bila salah satunya adalah wilayah, tulis jenisnya di depan namanya (Desa ...).",
    ),
)
