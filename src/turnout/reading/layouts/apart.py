"""Several tables of one kind on one sheet: side by side, or one below the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from turnout.reading.files.cells import as_text
from turnout.reading.files.grid import Grid
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.match import Header
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.tables import (
    SEARCHED_ROWS,
    blank_rows,
    find_header,
    head_begins,
    repeats,
)
from turnout.schema import SCALES

_MOST_TITLES = 12
"""Lines above a header that may be its title."""


def tables_apart(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> list[Grid]:
    """Return a grid for each table of a sheet, the whole sheet where it holds one.

    Tables beside each other are parted by a blank column and have the same headers, places and
    counts among them. A table below another begins with the same header again under lines of its
    own, its title, or names other elections in it; a header alone is that of the next printed page.

    Parameters
    ----------
    grid
        The sheet.
    vocabulary
        The columns to look for.
    columns
        What the user says of headers.
    """
    if grid.headers is not None:
        return [grid]
    beside = _beside(grid, vocabulary, columns)
    return [part for one in beside for part in _below(one, vocabulary, columns)]


def _beside(grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None) -> list[Grid]:
    parts = [_columns(grid, first, last) for first, last in _runs_of_columns(grid)]
    if len(parts) < 2:
        return [grid]
    headers = [find_header(_top(part), vocabulary, columns)[2] for part in parts]
    alike = {frozenset(_named(one)) for one in headers}
    return parts if len(alike) == 1 and _is_table(headers[0], vocabulary) else [grid]


def _runs_of_columns(grid: Grid) -> list[tuple[int, int]]:
    """Return first and last column of each run between wholly blank columns."""
    blank = [
        not (_is_filled(column.head(SEARCHED_ROWS)) or _is_filled(column))
        for _, column in grid.cells.items()
    ]
    edges = [-1, *(position for position, one in enumerate(blank) if one), len(blank)]
    return [(left + 1, right - 1) for left, right in pairwise(edges) if right - left > 1]


def _is_filled(column: pd.Series[Any]) -> bool:
    return bool((column.notna() & (column != "")).any())


def _columns(grid: Grid, first: int, last: int) -> Grid:
    """Return the columns of a grid between two, numbered from 0 again."""
    cells = grid.cells.iloc[:, first : last + 1]
    return replace(
        grid,
        cells=cells.set_axis(range(cells.shape[1]), axis=1),
        private={
            column - first: rows for column, rows in grid.private.items() if first <= column <= last
        },
        hidden_columns=frozenset(
            column - first for column in grid.hidden_columns if first <= column <= last
        ),
    )


def _below(grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None) -> list[Grid]:
    top = _top(grid)
    first, height, headers = find_header(top, vocabulary, columns)
    if not _is_table(headers, vocabulary):
        return [grid]
    head = top[head_begins(top, first)]
    places = ["" if _names_election(text) else text for text in head]
    below = first + height
    again = below + np.flatnonzero(repeats(grid.cells.iloc[below:], places))
    # A row below another is the rest of a header that is merged over both.
    found = (_begins(grid, int(row), head) for row in again if row - 1 not in again)
    edges = [0, *(start for start in found if start is not None), len(grid.cells)]
    return [replace(grid, cells=grid.cells.iloc[start:end]) for start, end in pairwise(edges)]


def _names_election(text: str) -> bool:
    return bool(text) and not find_contest(text)[0].silent


def _begins(grid: Grid, header: int, first: Sequence[str]) -> int | None:
    """Return the row at which a table begins whose header says the `first` one again, if one does.

    One that names other elections is of a table without a title too.
    """
    titled = _title_begins(grid, header)
    if titled is not None:
        return titled
    said = {as_text(cell) for cell in grid.cells.iloc[header]}
    others = filter(_names_election, said)
    return header if any(text not in first for text in others) else None


def _title_begins(grid: Grid, header: int) -> int | None:
    """Return the row at which the title above a header begins; None where there is none."""
    start = header
    while start > max(0, header - _MOST_TITLES) and _is_title(grid, start - 1):
        start -= 1
    return start if not blank_rows(grid.cells.iloc[start:header]).all() else None


def _is_title(grid: Grid, row: int) -> bool:
    """Whether a row is blank or holds words alone, in no more than two cells."""
    texts = [text for cell in grid.cells.iloc[row] if (text := as_text(cell))]
    return len(texts) <= 2 and all(any(sign.isalpha() for sign in text) for text in texts)


def _top(grid: Grid) -> list[list[str]]:
    return [[as_text(cell) for cell in row] for row in grid.cells.head(SEARCHED_ROWS).to_numpy()]


def _named(headers: Sequence[Header]) -> set[str]:
    return {header.names[0] for header in headers if header.meaning == "column"}


def _is_table(headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """Whether headers name places and counts."""
    named = _named(headers)
    counts = {name for name in named if vocabulary.kind(name) == "count"}
    return bool(counts) and bool(named & {*SCALES, "area_id"})
