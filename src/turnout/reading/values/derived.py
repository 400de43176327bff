"""Counts that a table does not have but that follow from others: L + P, valid + invalid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.headers import wording
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.block import Block
from turnout.reading.values.numerals import parse_numbers

_SHARE_COLUMNS = ("turnout", "turnout_percent", "stations_share")


def derive_counts(block: Block, vocabulary: Vocabulary) -> tuple[Block, list[Finding]]:
    """Return a block with the counts that follow from its other columns, and what is told of them.

    A column that stands there blank is derived too; one with a single figure is left as it is.
    Where a part is blank the sum is: an unknown part is not zero.
    """
    findings: list[Finding] = []
    for name, ways in vocabulary.derived.items():
        if _filled(block, name):
            continue
        parts = next((parts for parts in ways if all(_filled(block, p) for p in parts)), None)
        if parts is None:
            continue
        counts = _counts(block, parts)
        written = " + ".join(block.headers.get(part, part) for part in parts)
        if parts[0] in _SHARE_COLUMNS:
            written = " x ".join(block.headers.get(part, part) for part in parts)
        cells = block.cells.assign(**{name: counts.astype("object").where(counts.notna(), None)})
        block = replace(block, cells=cells, headers={**block.headers, name: written})
        findings.append(_told(block, name, parts, written))
    return block, findings


def shares(cells: pd.Series) -> pd.Series[float]:
    """Return a column of shares, written as 0.62, 62 or 62%."""
    numbers = parse_numbers(cells)
    plain = numbers.values.mask(numbers.percent)
    in_percent = bool(plain.max() > _LARGEST_SHARE)
    return numbers.values.where(numbers.percent | (not in_percent), numbers.values / 100)


_LARGEST_SHARE = 1.5
"""Turnout above it is written in percent."""


def _counts(block: Block, parts: Sequence[str]) -> pd.Series[float]:
    if parts[0] in _SHARE_COLUMNS:
        registered = parse_numbers(block.cells[parts[1]], whole=True).values
        return (shares(block.cells[parts[0]]) * registered).round()
    figures = [parse_numbers(block.cells[part], whole=True).values for part in parts]
    return pd.concat(figures, axis=1).sum(axis=1, skipna=False)


def _filled(block: Block, name: str) -> bool:
    if name not in block.cells:
        return False
    return bool(parse_numbers(block.cells[name], whole=True).values.notna().any())


def _told(block: Block, name: str, parts: Sequence[str], written: str) -> Finding:
    first = block.origin.iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]))
    text, remedy = _COMPUTED, _GIVE_COUNT
    if parts[0] in _SHARE_COLUMNS:
        text, remedy = _ROUNDED, _GIVE_EXACT
    values = {"called": wording.column(name), "written": written}
    return Finding("derived_count", "warning", text, remedy, spot, values)


_COMPUTED = Text(
    en="there is no column of {called}; it is computed as {written}.",
    id="kolom {called} tidak ada; dihitung sebagai {written}.",
)
_GIVE_COUNT = Text(
    en="If that is wrong, give the count itself.",
    id="Bila keliru, berikan jumlahnya sendiri.",
)
_ROUNDED = Text(
    en="the {called} are computed as {written}, only as exactly as the percentage tells.",
    id="{called} dihitung sebagai {written}, sehingga hanya seteliti persentasenya.",
)
_GIVE_EXACT = Text(
    en="Give the counts where they are known.",
    id="Berikan jumlahnya bila diketahui.",
)
