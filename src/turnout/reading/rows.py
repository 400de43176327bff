"""Rows that are no places: totals, remarks and signatures; and names written once for many rows."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.block import Block
from turnout.reading.cells import as_names, listed
from turnout.reading.headers import words
from turnout.reading.numerals import parse_numbers
from turnout.schema import SCALES

_TOTAL = listed(
    "jumlah | jml | total | subtotal | sub total | sub jumlah | grand total | jumlah total"
    " | total jumlah | jumlah akhir | total akhir | jumlah seluruhnya | total seluruhnya"
    " | jumlah keseluruhan | total keseluruhan | jumlah kecamatan | total kecamatan"
    " | jumlah kelurahan | jumlah desa | jumlah kota | jumlah kabupaten | jumlah kabupaten kota"
    " | total kota | total kabupaten | jumlah pindahan | jumlah provinsi | total provinsi"
)
_ONCE = ("election", "date", "election_type", "nation", "province", "city", "district")


def tidy_rows(block: Block) -> tuple[Block, list[Finding]]:
    """Leave out remarks, blank the place of total rows, and carry merged names down.

    A row called *Jumlah* becomes a row whose place is blank: the total of the place around it.
    Names that stand once above the rows that they hold for, as in merged cells, are written into
    each of these rows, with a warning.
    """
    counts = [str(n) for n in block.cells if n in ("registered", "voters")]
    if not counts:
        return block, []
    remarks = _remarks(block.cells, counts)
    findings = [_remark(block, remarks)] if remarks.any() else []
    block = block.keep(~remarks) if remarks.any() else block
    cells = block.cells.copy()
    places: list[str] = [scale for scale in SCALES if scale in cells]
    for name in (*places, *(name for name in _ONCE if name in cells and name not in places)):
        cells[name] = as_names(cells[name])
    totals = _blank_totals(cells, places)
    for name in [name for name in _ONCE if name in cells]:
        filled = _carried(cells, name, totals)
        if filled is not None:
            findings.append(_carry(block, name, cells[name].isna() & filled.notna()))
            cells[name] = filled
    _place_subtotals(cells, places, totals)
    return Block(cells, block.origin, block.headers, block.told), findings


def _remarks(cells: pd.DataFrame, counts: Iterable[str]) -> pd.Series[bool]:
    """Mark rows that hold words alone: one cell anywhere, or two below the last figure."""
    filled = pd.Series(0, index=cells.index)
    for name in cells:
        filled += cells[name].map(_filled).astype(int)
    figures = pd.Series(data=False, index=cells.index)
    for name in counts:
        figures |= parse_numbers(cells[name], whole=True).values.notna()
        if name == "registered" and not figures.any():
            return figures
    last = figures[figures].index.max() if figures.any() else -1
    few = filled.le(1) | (filled.le(2) & (cells.index > last))
    return few & ~figures


def _filled(cell: object) -> bool:
    return not (cell is None or cell == "" or cell != cell)


def _blank_totals(cells: pd.DataFrame, places: Iterable[str]) -> pd.Series[bool]:
    """Blank the place of rows called *Jumlah*, in `cells`; mark these rows."""
    totals = pd.Series(data=False, index=cells.index)
    for name in places:
        called = {label: words(str(label)) in _TOTAL for label in cells[name].dropna().unique()}
        here = cells[name].map(called).eq(other=True)
        if here.any():
            totals |= here
            cells[name] = cells[name].where(~here, None)
    return totals


def _carried(cells: pd.DataFrame, name: str, totals: pd.Series[bool]) -> pd.Series[Any] | None:
    """Return a column of names with the blanks below each filled; None where it is not so written.

    Written once for many rows means: the first row has a name, and no name follows itself; or,
    of an election, that there is but one. Rows of totals keep their blank place.
    """
    due = pd.Series(data=True, index=cells.index)
    if name in SCALES:
        finer = [scale for scale in SCALES[: SCALES.index(name)] if scale in cells]
        due = ~totals & cells[finer].notna().any(axis=1)
    column = cells.loc[due, name]
    blank = column.isna()
    if not blank.any() or blank.all() or blank.iloc[0]:
        return None
    names = column[~blank]
    follows_itself = (names == names.shift()).any()
    if follows_itself and (name in SCALES or names.nunique() > 1):
        return None
    filled = cells[name].copy()
    filled.loc[column.index] = column.ffill()
    return filled


def _place_subtotals(cells: pd.DataFrame, places: list[str], totals: pd.Series[bool]) -> None:
    """Put each of several total rows into the place whose rows stand above it, in `cells`."""
    if totals.sum() < 2:
        return
    for name in places[1:]:
        blank = totals & cells[name].isna()
        if blank.sum() < 2:
            continue
        follows_rows = ~totals.shift(fill_value=True)
        above = cells[name].where(~totals).ffill()
        cells[name] = cells[name].where(~(blank & follows_rows), above)
        return


def _remark(block: Block, rows: pd.Series[bool]) -> Finding:
    first = block.origin[rows].iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]), first["row"])
    return Finding("remark_rows", "warning", _REMARKS, _LOOK, spot, {"n": int(rows.sum())})


def _carry(block: Block, name: str, rows: pd.Series[bool]) -> Finding:
    first = block.origin[rows].iloc[0]
    header = block.headers.get(name, name)
    spot = Spot(str(first["file"]), str(first["sheet"]), first["row"], header)
    return Finding("carried_names", "warning", _CARRIED, _FILL, spot, {"n": int(rows.sum())})


_REMARKS = Text(
    en="{n:count} row(s) hold words without figures and are left out.",
    id="{n:count} baris hanya berisi keterangan tanpa angka dan tidak dipakai.",
)
_LOOK = Text(
    en="If one of them is a place, fill in its figures.",
    id="Bila salah satunya adalah wilayah, isikan angkanya.",
)
_CARRIED = Text(
    en="{n:count} blank cell(s) are read as the name above them.",
    id="{n:count} sel kosong dibaca sama dengan nama di atasnya.",
)
_FILL = Text(
    en="If they are meant to be blank, say so with a row per total.",
    id="Bila memang kosong, pisahkan sebagai baris jumlah.",
)
