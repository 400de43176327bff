"""Rows that name the place of the rows below them: *KECAMATAN JELUTUNG* above its kelurahan."""

from __future__ import annotations

import re
from typing import Any, cast

import pandas as pd

from turnout.identity.kinds import kind_of_place, says_total, without_kind
from turnout.reading.files.cells import as_text
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.plain import words
from turnout.reading.layouts.block import Block
from turnout.schema import SCALES, Scale

COUNTERS = frozenset({"no", "nomor", "no urut", "nomor urut"})
"""Headers of columns that only count the rows."""

_NUMBERING = re.compile(r"^(?:[IVXLC]+|[A-Z]|\d{1,3})[.)]\s*(?=\S)")
_YEAR = re.compile(r"\b\d{4}\b")
_LONGEST_NAME = 5
_FEWEST_BELOW = 2
"""Rows that headings without a word such as *Kecamatan* have below them on average, at least: else
they may be places whose figures are missing."""


def headings_of(block: Block, figures: pd.Series[bool]) -> pd.DataFrame:
    """Return which rows name the place of the rows below them, with scale and name.

    A heading holds one text beside its number and no figure. Its scale is the one that it says
    itself, else that of its column, else the next one above the places of the table. One that does
    not say it is taken for a heading only where nothing else tells its scale, several differ, and
    each has rows below it. All rows with figures stand below headings; at the end of a table stand
    remarks and signatures.

    Parameters
    ----------
    block
        The rows.
    figures
        Whether a row has a figure.

    Returns
    -------
    pandas.DataFrame
        scale and name by the index of the block's cells; no rows where there are no headings.
    """
    nothing = pd.DataFrame({"scale": [], "name": []}, dtype="object")
    cells = block.cells
    held = [scale for scale in SCALES if scale in cells]
    if not held or not figures.any():
        return nothing
    finest = held[0]
    above = cells[~figures & (cells.index < figures[figures].index.max())]
    found = [
        (row, *told)
        for row in above.index[_holds_one_text(above)]
        if (told := _heading(cells.loc[row], finest)) is not None
    ]
    table = pd.DataFrame(found, columns=["row", "scale", "name", "sure"]).set_index("row")
    sure = table["sure"].astype(bool)
    kept = pd.concat(
        [
            rows
            for scale, rows in table.groupby("scale")
            if _head_all(cells, figures, rows.index)
            and (sure[rows.index].all() or _are_names(block, figures, rows, str(scale)))
        ]
        or [nothing]
    )
    return kept[["scale", "name"]].sort_index()


def placed_below(block: Block, headings: pd.DataFrame) -> Block:
    """Return the block without its headings, each row in the places whose headings stand above it.

    A total that stands below other rows is left without: whether it is that of the place above it
    or of all is told by the totals themselves.
    """
    cells = block.cells
    is_heading = cells.index.isin(headings.index)
    totals = _called_totals(cells) & ~pd.Series(is_heading, cells.index).shift(fill_value=False)
    part = pd.Series(0, index=cells.index)
    for scale in reversed(SCALES):
        own = headings[headings["scale"] == scale]["name"]
        if own.empty:
            continue
        above = own.reindex(cells.index).groupby(part).ffill().mask(totals)
        written = cells[scale] if scale in cells else pd.Series(None, cells.index, dtype="object")
        blank = written.map(as_text).eq("")
        cells = cells.assign(**{scale: written.mask(blank, above)})
        part += cells.index.isin(own.index).cumsum()
    told = {key: value for key, value in block.told.items() if key not in set(headings["scale"])}
    placed = Block(cells, block.origin, block.headers, told, block.findings)
    return placed.keep(pd.Series(~is_heading, index=cells.index))


def _holds_one_text(cells: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows with one cell filled beside their number, if they have one."""
    filled, numbered = (pd.Series(0, index=cells.index) for _ in range(2))
    for name, column in cells.items():
        here = (column.notna() & (column != "")).astype(int)
        filled += here
        if words(str(name)) in COUNTERS:
            numbered += here
    return filled.eq(1) | (filled.eq(2) & numbered.eq(1))


def _heading(row: pd.Series[Any], finest: str) -> tuple[str, str, bool] | None:
    """Return scale and name that a row without figures tells, and whether it says the scale."""
    texts = {str(name): as_text(cell) for name, cell in row.items()}
    filled = {name: text for name, text in texts.items() if text}
    number = ""
    if len(filled) == 2:
        number = next((filled.pop(name) for name in [*filled] if words(name) in COUNTERS), "")
    if len(filled) != 1:
        return None
    [(column, written)] = filled.items()
    name = _NUMBERING.sub("", written)
    if says_total(name) or not any(sign.isalpha() for sign in name) or _speaks(name):
        return None
    kind = kind_of_place(name)
    if kind is not None and kind[1] and _coarser(kind[0], finest):
        return kind[0], without_kind(name, kind[0]), True
    if number.rstrip(".").isdigit():  # it counts with the places, and lacks its figures
        return None
    scale = column if column in SCALES and column != finest else _above(finest)
    return None if scale is None else (scale, name, False)


def _speaks(text: str) -> bool:
    """Whether a text is of an election or a sentence, and so no place's name."""
    if len(text.split()) > _LONGEST_NAME or ":" in text or _YEAR.search(text):
        return True
    return not find_contest(text)[0].silent


def _coarser(scale: str, finest: str) -> bool:
    return SCALES.index(cast(Scale, scale)) > SCALES.index(cast(Scale, finest))


def _above(scale: str) -> str | None:
    place = SCALES.index(cast(Scale, scale)) + 1
    return SCALES[place] if place < len(SCALES) else None


def _head_all(cells: pd.DataFrame, figures: pd.Series[bool], rows: pd.Index) -> bool:
    """Whether all rows with figures, but totals, stand below these."""
    places = figures & ~_called_totals(cells)
    return bool(places.any() and rows.min() < places[places].index.min())


def _are_names(block: Block, figures: pd.Series[bool], headings: pd.DataFrame, scale: str) -> bool:
    """Whether headings that do not say their scale are names of larger places.

    They are different, each has rows with figures below it, and nothing else tells the larger place
    of those.
    """
    cells = block.cells
    if scale in block.told:
        return False
    places = figures & ~_called_totals(cells)
    if scale in cells and cells.loc[places, scale].map(as_text).ne("").any():
        return False
    part = pd.Series(cells.index.isin(headings.index), cells.index).cumsum()
    below = figures.groupby(part).sum().drop(0, errors="ignore")
    return bool(
        len(headings) > 1
        and headings["name"].is_unique
        and (below > 0).all()
        and below.mean() >= _FEWEST_BELOW
    )


def _called_totals(cells: pd.DataFrame) -> pd.Series[bool]:
    """Mark the rows that say in a place's column, or in that of the numbers, to be totals."""
    named = [name for name in cells if name in SCALES or words(str(name)) in COUNTERS]
    marks = cells[named].map(lambda cell: says_total(as_text(cell)))
    return marks.any(axis=1)
