"""How many stations are in, told in one cell with how many there are: *3/15*, *3 dari 15*."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.errors import Finding, Spot
from turnout.language import Text
from turnout.reading.files.cells import Distinct, as_text, is_missing
from turnout.reading.layouts.block import Block
from turnout.reading.values.complaints import DATE_NOT_COUNT, is_date
from turnout.rules.rule import Rule

_COUNTED, _TOTAL, _SHARE = "stations_counted", "stations_total", "stations_share"
_OF = re.compile(r"\s*(\d+)\s*(?:/|(?:dari|of|out of|von|sur|de|di)\b)\s*(\d+)\s*", re.IGNORECASE)


def with_stations_parted(block: Block) -> tuple[Block, list[Finding]]:
    """Return a block with the stations that are in, and all stations, in columns of their own.

    That is done where half of the filled cells of the one column or more tell both, and a column
    of all stations, where there is one, mostly tells the same. The others are each an error: how
    many stations there are is not known, or told twice.

    Parameters
    ----------
    block
        The cells.
    """
    block = _of_progress(block)
    if _COUNTED not in block.cells:
        return block, []
    cells = block.cells[_COUNTED]
    distinct = Distinct.of(cells)
    filled = cells[~distinct.where(is_missing)]
    told = cells[distinct.where(_tells_both)]
    dates = int(distinct.where(is_date).sum())  # a spreadsheet makes some of *3/12* dates
    if told.empty or 2 * (len(told) + dates) < len(filled):
        return block, []
    both = told.astype("str").str.extract(_OF).set_axis([_COUNTED, _TOTAL], axis=1)
    both = both.astype("object").reindex(block.cells.index)
    others, differ = filled.drop(told.index), told.iloc[:0]
    if _TOTAL in block.cells:
        said = pd.to_numeric(block.cells[_TOTAL], errors="coerce")[told.index]
        differ = told[said != both.loc[told.index, _TOTAL].astype(float)]
        if 2 * len(differ) > len(told):
            return block, []
        both[_TOTAL] = block.cells[_TOTAL]
        both.loc[differ.index, _COUNTED] = None
        numbers = pd.to_numeric(others, errors="coerce").dropna()
        both.loc[numbers.index, _COUNTED] = numbers
        others = others.drop(numbers.index)
    headers = {_TOTAL: block.headers[_COUNTED], **block.headers}
    parts = {name: both[name] for name in (_COUNTED, _TOTAL)}
    parted = replace(block, cells=block.cells.assign(**parts), headers=headers)
    return parted, [
        *(_finding(block, row, cell, NOT_OF_TOTAL) for row, cell in others.items()),
        *(_finding(block, row, cell, OTHER_TOTAL) for row, cell in differ.items()),
    ]


def _of_progress(block: Block) -> Block:
    """Return a block whose column of progress has the stations that are in, if it tells *3/15*."""
    if _SHARE not in block.cells or _COUNTED in block.cells:
        return block
    if not Distinct.of(block.cells[_SHARE]).where(_tells_both).any():
        return block
    names = {_SHARE: _COUNTED}
    headers = {names.get(name, name): header for name, header in block.headers.items()}
    return replace(block, cells=block.cells.rename(columns=names), headers=headers)


def _tells_both(cell: Any) -> bool:
    return isinstance(cell, str) and _OF.fullmatch(cell) is not None


def _finding(block: Block, row: Any, cell: Any, about: Rule) -> Finding:
    rule = DATE_NOT_COUNT if is_date(cell) else about
    at = block.origin.loc[row]
    spot = Spot(at["file"], at["sheet"], at["row"], block.headers[_COUNTED], as_text(cell))
    return rule.once(spot, {})


NOT_OF_TOTAL = Rule(
    "stations_not_of_total",
    "error",
    Text(
        en="does not tell how many stations are in of how many, as the other cells of the column.",
        id="tidak menyebutkan berapa TPS masuk dari berapa TPS, seperti sel lain di kolom ini.",
    ),
    Text(
        en="Write both, such as 3/15; leave the cell blank if nothing is known.",
        id="Tulis keduanya, misalnya 3/15; kosongkan selnya bila tidak diketahui.",
    ),
)
OTHER_TOTAL = Rule(
    NOT_OF_TOTAL.name,
    "error",
    Text(
        en="tells another number of all stations than the column of these.",
        id="menyebutkan jumlah seluruh TPS yang berbeda dari kolom jumlah TPS.",
    ),
    Text(
        en="Correct one of the two.",
        id="Perbaiki salah satunya.",
    ),
)
