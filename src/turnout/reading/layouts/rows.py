"""Rows that are no places: totals, remarks and signatures; and names written once for many rows."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.language import Text
from turnout.reading.files.cells import as_names, as_text, as_texts, is_filled
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.plain import words
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.carried_forward import without_carried_forward
from turnout.reading.layouts.contest_totals import OF_CONTEST, words_of_totals
from turnout.reading.layouts.headings import COUNTERS, headings_of, placed_below
from turnout.reading.values.numerals import parse_numbers
from turnout.rules.rule import Rule
from turnout.schema import SCALE_WORDS, SCALES

_ONCE = ("election", "date", "election_type", "nation", "province", "city", "district")


def tidy_rows(block: Block) -> tuple[Block, list[Finding]]:
    """Leave out remarks and sums of pages, blank the place of totals, and carry merged names down.

    A row without figures that names a larger place names it for the rows below. A row called
    *Jumlah* becomes a row whose place is blank: the total of the place around it.
    Names that stand once above the rows that they hold for, as in merged cells, are written into
    each of these rows, with a warning. Numbers of the rows are left out. In a log of
    activities totals are left out, and texts that stand alone below its last row.
    """
    block, carried = without_carried_forward(block)
    counts = [str(name) for name in block.cells if name in ("registered", "voters")]
    if not counts:
        is_log = "kind" in block.cells  # what was done; every row of other tables is checked
        block, findings = _without_footer(*_without_totals(block)) if is_log else (block, [])
        return block, [*carried, *findings]
    block, findings = _with_figures(block, counts)
    cells = block.cells.copy(deep=False)
    places: list[str] = [scale for scale in SCALES if scale in cells]
    once = [name for name in (*_of_stations(cells), *_ONCE) if name in cells]
    for name in dict.fromkeys((*places, *once)):
        written = cells[name]
        cells[name] = as_names(written)
        if name in places:
            findings += _words_for_blank(block, name, written[cells[name].isna()])
    for name in places:
        cells[name] = _without_numbering(cells[name])
    numbers = [name for name in cells if _numbers_rows(str(name), cells[name])]
    counters = [str(name) for name in cells if words(str(name)) in COUNTERS]
    marks = _total_names(cells[[*places, *counters]])
    totals, origin = marks.any(axis=1), block.origin
    if totals.any():
        cells[places] = cells[places].mask(marks[places])
    cells, told = _carried_down(block, cells, once, totals)
    if totals.any():
        origin = origin.assign(called_total=totals)
        for _, contest in cells.groupby(_contests(cells), sort=False):
            cells.loc[contest.index, places] = _with_subtotals(contest, places, totals)[places]
    tidy = Block(cells.drop(columns=numbers), origin, block.headers, block.told)
    return tidy, [*carried, *findings, *told]


def _words_for_blank(block: Block, name: str, blank: pd.Series[Any]) -> list[Finding]:
    """Return a warning for the cells of a place that are read as blank, and hold a word."""
    texts = as_texts(blank)
    words_of = texts[texts.str.contains("[A-Za-z]", regex=True, na=False).astype(bool)]
    if words_of.empty:
        return []
    rows = pd.Series(block.cells.index.isin(words_of.index), index=block.cells.index)
    return [_finding(block, rows, NO_NAME, block.headers.get(name, name), words_of.iloc[0])]


def _without_totals(block: Block) -> tuple[Block, list[Finding]]:
    """Leave out the rows whose place, day or number says *Jumlah*; without a day any cell may.

    Without a place either a cell may say of what: *Jumlah peserta*.
    """
    cells = block.cells
    named = [
        str(name) for name in cells if name in (*SCALES, "date") or words(str(name)) in COUNTERS
    ]
    totals = _called_total(cells[named].map(as_text), named)
    if "date" in cells:
        undated = as_texts(cells["date"]).eq("")
        places = cells[[name for name in (*SCALES, "area_id") if name in cells]]
        nowhere = undated & ~places.apply(is_filled).any(axis=1)
        totals |= undated & _total_names(cells).any(axis=1)
        called = cells[nowhere].map(says_total).any(axis=1)
        totals |= called.reindex(cells.index, fill_value=False).astype(bool)
    if not totals.any():
        return block, []
    return block.keep(~totals), [_finding(block, totals, TOTALS)]


def _without_footer(block: Block, findings: list[Finding]) -> tuple[Block, list[Finding]]:
    """Leave out the rows of one text below the last fuller row: remarks and signatures."""
    filled = block.cells.apply(is_filled).sum(axis=1)
    below = block.cells.index > filled[filled.gt(1)].index.max() if filled.gt(1).any() else False
    footer = filled.le(1) & below
    if not footer.any():
        return block, findings
    return block.keep(~footer), [*findings, _finding(block, footer, REMARKS)]


def _numbers_rows(header: str, column: pd.Series[Any]) -> bool:
    """Whether a column only counts the rows: 1, 2, 3 ... under *No*."""
    if words(header) not in COUNTERS:
        return False
    numbers = [text.rstrip(".") for text in as_texts(column) if text]
    counted = [int(number) for number in numbers if number.isdigit()]
    return len(counted) > 0 and counted == list(range(1, len(counted) + 1))


def _with_figures(block: Block, counts: Iterable[str]) -> tuple[Block, list[Finding]]:
    """Leave out the rows without figures: remarks, and headings that name the rows below them."""
    figures = _have_figures(block.cells, counts)
    headings = headings_of(block, figures)
    remarks = _remarks(block.cells, figures) & ~block.cells.index.isin(headings.index)
    findings = [_finding(block, remarks, REMARKS)] if remarks.any() else []
    if len(headings):
        findings += _headings_told(block, headings)
        remarks = remarks.drop(headings.index).reset_index(drop=True)
        block = placed_below(block, headings)
    return (block.keep(~remarks) if remarks.any() else block), findings


def _have_figures(cells: pd.DataFrame, counts: Iterable[str]) -> pd.Series[bool]:
    """Mark the rows with a count."""
    figures = pd.Series(data=False, index=cells.index)
    for name in counts:
        if figures.all():
            break
        figures |= parse_numbers(cells[name], whole=True).values.notna()
    return figures


def _remarks(cells: pd.DataFrame, figures: pd.Series[bool]) -> pd.Series[bool]:
    """Mark rows that hold words alone: one cell anywhere, or two below the last figure."""
    if not figures.any():
        return figures
    without = cells[~figures]
    filled = pd.Series(0, index=without.index)
    for name in without:
        filled += is_filled(without[name])
    last = figures[figures].index.max()
    few = filled.le(1) | (filled.le(2) & (without.index > last))
    return few.reindex(cells.index, fill_value=False)


def _total_names(cells: pd.DataFrame) -> pd.DataFrame:
    """Mark the cells that say *Jumlah* instead of a place."""
    marks = {}
    for name, column in cells.items():
        said = words_of_totals(column.unique().tolist())
        marks[name] = column.isin(said) if said else False
    return pd.DataFrame(marks, index=cells.index, columns=cells.columns, dtype=bool)


def _called_total(cells: pd.DataFrame, columns: list[str]) -> pd.Series[bool]:
    """Mark the rows of totals."""
    return _total_names(cells[columns]).any(axis=1)


def _carried_down(
    block: Block, cells: pd.DataFrame, once: list[str], totals: pd.Series[bool]
) -> tuple[pd.DataFrame, list[Finding]]:
    """Return cells with the names of `once` in each of their rows; a header is told once."""
    told: dict[str, Finding] = {}
    for name in once:
        filled = _carried(cells, name, totals)
        if filled is not None:
            carried = cells[name].isna() & filled.notna()
            header = _header_of(block, name)
            told.setdefault(header, _finding(block, carried, CARRIED, header))
            cells = cells.assign(**{name: filled})
    return cells, list(told.values())


def _carried(cells: pd.DataFrame, name: str, totals: pd.Series[bool]) -> pd.Series[Any] | None:
    """Return a column of names with the blanks below each filled; None where it is not so written.

    Written once for many rows means: the first row has a name, and no name follows itself; or,
    of an election, that there is but one. Rows of totals keep their blank place.
    """
    if not cells[name].isna().any():
        return None
    if name in _of_stations(cells):
        return _carried_to_stations(cells, name, totals)
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


def _of_stations(cells: pd.DataFrame) -> list[str]:
    """Return the columns that name the place of each station, where rows are stations."""
    finest = [scale for scale in SCALES if scale in cells][:1] if STATION in cells else []
    return [*finest, *(["area_id"] if finest and "area_id" in cells else [])]


def _carried_to_stations(
    cells: pd.DataFrame, name: str, totals: pd.Series[bool]
) -> pd.Series[Any] | None:
    """Return the names of the stations' places, each carried as far as the stations count on.

    Numbers that begin anew in a row without a name are of a place whose name is missing. A total
    of stations keeps its blank place.
    """
    stations = as_texts(cells[STATION])
    at_station = stations.ne("") & ~stations.map(says_total).astype(bool) & ~totals
    column, numbers = cells.loc[at_station, name], stations[at_station].str.extract(_NUMBER)[0]
    blank, number = column.isna(), pd.to_numeric(numbers)
    if not blank.any() or blank.iloc[0]:
        return None
    counts_on = number.gt(number.ffill().shift()) | number.isna()
    due = (counts_on | ~blank).groupby((~blank).cumsum()).cummin()
    filled = cells[name].copy()
    filled.loc[column.index] = column.mask(blank & due, column.ffill())
    return filled


_NUMBER = re.compile(r"(\d+)")


def _contests(cells: pd.DataFrame) -> pd.Series[Any]:
    """Return what tells the contest of each row; a row that tells none is of the one above it."""
    told = [as_names(cells[name]).ffill().fillna("") for name in OF_CONTEST if name in cells]
    contest = np.zeros(len(cells), dtype=np.int64)
    for column in told:
        codes, names = pd.factorize(column)
        contest = pd.factorize(contest * len(names) + codes)[0]
    return pd.Series(contest, index=cells.index)


def _with_subtotals(
    cells: pd.DataFrame, places: list[str], called: pd.Series[bool]
) -> pd.DataFrame:
    """Return rows of one contest, each of several totals in the place whose rows stand above it.

    The only total of a contest is that of all its rows, not of the last place above it.
    """
    totals = called[cells.index]
    for name in places[1:]:
        blank = totals & cells[name].isna()
        if blank.sum() < 2:
            continue
        follows_rows = ~totals.shift(fill_value=True)
        above = cells[name].where(~totals).ffill()
        return cells.assign(**{name: cells[name].where(~(blank & follows_rows), above)})
    return cells


def _without_numbering(names: pd.Series[Any]) -> pd.Series[Any]:
    """Return names without the numbers before them, where these count the rows: *1. Pasar*."""
    if not any(map(_is_numbered, names.unique())):
        return names
    parts = names.astype("str").str.extract(_NUMBERED)
    numbered = names.notna() & parts[0].notna()
    numbers = parts.loc[numbered, 0].astype("int64")
    first = numbers.eq(1) & numbers.shift().ne(1)
    counts = numbers.eq(numbers.shift() + 1) | numbers.eq(numbers.shift()) | first
    if numbered.sum() < _FEW or not counts.all():
        return names
    return names.mask(numbered, parts[1])


def _is_numbered(name: object) -> bool:
    return isinstance(name, str) and name[:1].isdigit() and bool(_NUMBERED.search(name))


_NUMBERED = re.compile(r"^(\d{1,3})[.)]\s*(\D.*)$")
_FEW = 2
"""Names from which on numbers before them that count the rows are no chance."""


def _headings_told(block: Block, headings: pd.DataFrame) -> list[Finding]:
    """Return a warning for the headings of each scale, at the first of them."""
    findings = []
    for scale, own in headings.groupby("scale", sort=False):
        rows = pd.Series(block.cells.index.isin(own.index), index=block.cells.index)
        told = _finding(block, rows, HEADINGS, value=str(own["name"].iloc[0]))
        findings.append(replace(told, values={**told.values, "scale": SCALE_WORDS[str(scale)]}))
    return findings


def _header_of(block: Block, name: str) -> str:
    """Return the header that a column was read from; what the user says stands under its label."""
    said = f"said:{name}" in block.origin
    labels = [block.headers[one] for one in ("year", "election") if said and one in block.headers]
    return labels[0] if labels else block.headers.get(name, name)


def _finding(
    block: Block, rows: pd.Series[bool], about: Rule, header: str = "", value: str = ""
) -> Finding:
    """Return one warning for all of `rows`, at the first of them."""
    first = block.origin[rows].iloc[0]
    spot = Spot(str(first["file"]), str(first["sheet"]), first["row"], header, value)
    values = {"n": int(rows.sum())}
    return about.once(spot, values)


TOTALS = Rule(
    "totals_left_out",
    "warning",
    Text(
        en="{n:count:row is a total:rows are totals}, left out.",
        id="{n:count} baris adalah jumlah dan tidak dipakai.",
    ),
    Text(
        en="If one is an activity, give its date and its place.",
        id="Bila salah satunya adalah kegiatan, isi tanggal dan wilayahnya.",
    ),
)
REMARKS = Rule(
    "remark_rows",
    "warning",
    Text(
        en="{n:count:row:rows} of words without figures, such as remarks or signatures, left out.",
        id="{n:count} baris hanya berisi kata tanpa angka, seperti catatan atau tanda tangan, dan "
        "tidak dipakai.",
    ),
    Text(
        en="Nothing needs to be done, unless one of them is a place: then fill in its figures.",
        id="Tidak perlu tindakan, kecuali salah satunya adalah wilayah: isikan angkanya.",
    ),
)
HEADINGS = Rule(
    "heading_rows",
    "warning",
    Text(
        en="{n:count:row without figures names:rows without figures name} the {scale} of the rows "
        "below.",
        id="{n:count} baris tanpa angka dibaca sebagai nama {scale} bagi baris-baris di bawahnya.",
    ),
    Text(
        en="If they do not, add a column {scale} and fill it in on every row.",
        id="Bila keliru, tambahkan kolom {scale} dan isi di setiap baris.",
    ),
)
NO_NAME = Rule(
    "word_for_blank",
    "warning",
    Text(
        en="read as 'no name' in {n:count:row:rows}, not as the name of a place.",
        id="dibaca sebagai 'tanpa nama' pada {n:count} baris, bukan sebagai nama wilayah.",
    ),
    Text(
        en="If a place has that name, give the places codes (area_id), or write it out.",
        id="Bila ada wilayah bernama demikian, isi kode wilayahnya (kolom kode_wilayah), atau "
        "tulis lengkap.",
    ),
)
CARRIED = Rule(
    "carried_names",
    "warning",
    Text(
        en="{n:count:blank cell:blank cells} read as the cell above.",
        id="{n:count} sel kosong dibaca sama dengan sel di atasnya.",
    ),
    Text(
        en="If that is wrong, write what holds into every row.",
        id="Bila keliru, tuliskan isinya pada setiap baris.",
    ),
)
