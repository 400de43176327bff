"""How many stations are in, told in one cell with how many there are: *3/15*, *3 dari 15*."""

from __future__ import annotations

import re
from dataclasses import replace

import pandas as pd

from turnout.reading.files.cells import Distinct, is_missing
from turnout.reading.layouts.block import Block

_COUNTED, _TOTAL = "stations_counted", "stations_total"
_OF = re.compile(r"\s*(\d+)\s*(?:/|(?:dari|of|out of|von|sur|de|di)\b)\s*(\d+)\s*", re.IGNORECASE)


def with_stations_parted(block: Block) -> Block:
    """Return a block with the stations that are in, and all stations, in columns of their own.

    That is done where every cell of the one column that is filled tells both, and a column of all
    stations, where there is one, tells the same.

    Parameters
    ----------
    block
        The cells.
    """
    if _COUNTED not in block.cells:
        return block
    cells = block.cells[_COUNTED]
    filled = cells[~Distinct.of(cells).where(is_missing)]
    if filled.empty or not _OF.fullmatch(str(filled.iloc[0])):
        return block
    told = [_OF.fullmatch(str(cell)) for cell in filled]
    parted = [one.groups() for one in told if one is not None]
    if len(parted) < len(filled):
        return block
    both = pd.DataFrame(parted, index=filled.index, columns=[_COUNTED, _TOTAL], dtype="object")
    both = both.reindex(block.cells.index)
    if _TOTAL in block.cells:
        said = pd.to_numeric(block.cells[_TOTAL], errors="coerce")[filled.index]
        if not (said == both[_TOTAL][filled.index].astype(float)).all():
            return block
    headers = {_TOTAL: block.headers[_COUNTED], **block.headers}
    parts = {name: both[name] for name in (_COUNTED, _TOTAL)}
    return replace(block, cells=block.cells.assign(**parts), headers=headers)
