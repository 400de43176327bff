"""Sheets that tell figures of the same places, under whatever header."""

from __future__ import annotations

from collections.abc import Set

from turnout.reading.files.cells import as_text, as_texts
from turnout.reading.files.grid import Grid
from turnout.reading.headers.plain import words
from turnout.reading.layouts.block import Block
from turnout.reading.layouts.table import Table
from turnout.schema import SCALES

_LOOKED_AT = 100
"""Rows at the top of a sheet among which figures of places stand, if it has such."""


def places_in(content: Table | Block) -> set[str]:
    """Return the names of places that stand in the rows of a table."""
    cells = content.cells
    if isinstance(content, Block):
        columns = [cells[name] for name in SCALES if name in cells]
    else:
        named = enumerate(header.names[:1] for header in content.headers)
        columns = [cells.iloc[:, at] for at, name in named if name and name[0] in SCALES]
    return {words(name) for column in columns for name in as_texts(column).unique()} - {""}


def tells_figures(grid: Grid, places: Set[str]) -> bool:
    """Whether two rows or more of a grid tell several figures of one of `places`."""
    rows = ([as_text(cell) for cell in row] for row in grid.cells.head(_LOOKED_AT).to_numpy())
    told = [row for row in rows if not places.isdisjoint(map(words, row))]
    return sum(sum(map(_is_figure, row)) > 1 for row in told) > 1


def _is_figure(text: str) -> bool:
    return text.replace(".", "").replace(",", "").isdigit()
