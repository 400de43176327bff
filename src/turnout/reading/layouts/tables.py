"""Grids to tables: where the header stands, what it names, and what is told above it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd

from turnout.reading.files.cells import as_text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers.aliases import STATION
from turnout.reading.headers.contests import find_contest
from turnout.reading.headers.match import Header, understand, understand_all
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.items import items_to_columns
from turnout.reading.layouts.levels import levels_to_columns
from turnout.reading.layouts.nesting import nest
from turnout.reading.layouts.table import Table, Told

_SEARCHED_ROWS = 60
_TALLEST = 3

# A block that names two columns is a header unless one that names more follows soon.
_CERTAIN, _PATIENCE = 2, 15


def find_table(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> Table | None:
    """Return the table of a grid, a row per place; None where the grid is empty.

    The header is the block of up to three rows, somewhere at the top, that names most of the
    columns of the vocabulary. Items and levels of places that stand in rows become columns.
    """
    table = _as_it_stands(grid, vocabulary, columns)
    if table is None:
        return None
    return nest(levels_to_columns(items_to_columns(table, vocabulary), vocabulary), vocabulary)


def _as_it_stands(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None
) -> Table | None:
    if grid.headers is not None:
        headers = understand_all(grid.headers, vocabulary, columns)
        return Table(grid, _by_content(grid, headers, grid.cells, vocabulary), grid.cells, {})
    top = [[as_text(cell) for cell in row] for row in grid.cells.head(_SEARCHED_ROWS).to_numpy()]
    first, height, headers = _find_header(top, vocabulary, columns)
    if not headers:
        return None
    below = first + height
    if below < len(top) and _counts_columns(top[below]):
        below += 1
    if not grid.ragged:  # words beside a table of a workbook stand under no header
        headers += [Header("", "blank")] * (grid.cells.shape[1] - len(headers))
    width = len(headers)
    body = grid.cells.iloc[below:]
    body = body[~_blank(body) & ~_repeats(body, top[first])]
    beyond = body.iloc[:, width:]
    cells = body.iloc[:, :width]
    return Table(
        grid=grid,
        headers=_by_content(grid, headers, cells, vocabulary),
        cells=cells,
        told=_untold(read_preamble(grid, top[:first], vocabulary), headers),
        longer=tuple(body.index[~_blank(beyond)]) if grid.ragged and beyond.size else (),
    )


def _find_header(
    top: Sequence[Sequence[str]], vocabulary: Vocabulary, columns: Mapping[str, str] | None
) -> tuple[int, int, list[Header]]:
    """Return first row, height and headers of the block that names most columns."""
    best: tuple[float, int, int, list[Header]] = (-1.0, 0, 0, [])
    for first, row in enumerate(top):
        if best[0] >= _CERTAIN and first - best[1] > _PATIENCE:
            break
        if not any(row):
            continue
        for height in range(1, min(_TALLEST, len(top) - first) + 1):
            headers = understand_all(compose(top[first : first + height]), vocabulary, columns)
            score = _score(headers)
            if score > best[0]:
                best = (score, first, height, headers)
    return best[1], best[2], best[3]


def _score(headers: Sequence[Header]) -> float:
    named = {(h.names[0], h.contest) for h in headers if h.meaning == "column"}
    asked = sum(h.meaning in ("question", "personal") for h in headers)
    return len(named) + asked / 2


def compose(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join header rows into one header per column; a header over several columns heads each.

    >>> compose([["Desa", "DPT", "", ""], ["", "L", "P", "JML"]])
    ['Desa', 'DPT L', 'DPT P', 'DPT JML']
    """
    width = max((len(row) - next((i for i, c in enumerate(row[::-1]) if c), len(row)))
                for row in rows)  # fmt: skip
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        over = ""
        for column in range(width):
            below = any(lower[column] for lower in rows[depth + 1 :])
            text = row[column]
            if text:
                over = text if below else ""
            elif below:
                text = over
            if text and text not in parts[column]:
                parts[column].append(text)
    return [" ".join(texts) for texts in parts]


def _by_content(
    grid: Grid, headers: Sequence[Header], cells: pd.DataFrame, vocabulary: Vocabulary
) -> tuple[Header, ...]:
    """Settle by what stands below them the headers that do not tell enough by themselves.

    Numbers of persons are personal data under any header, counts included. A header *TPS* stands
    over the numbers of polling stations, not over counts of them, where the places repeat and only
    it tells their rows apart.
    """
    places = [
        position
        for position, header in enumerate(headers)
        if header.meaning == "column" and vocabulary.kind(header.names[0]) in ("name", "date")
    ]

    labels = set(cells.index)

    def settle(position: int, header: Header) -> Header:
        if labels & set(grid.private.get(position, ())):
            return replace(header, meaning="personal", names=())
        if header.meaning == "question":
            station = STATION in header.names and _tells_apart(cells, places, position)
            return replace(header, meaning="column", names=(STATION,)) if station else header
        return header

    return tuple(settle(position, header) for position, header in enumerate(headers))


def _tells_apart(cells: pd.DataFrame, places: list[int], position: int) -> bool:
    """Whether a column tells apart rows that are mostly alike in the columns `places`."""
    if not places:
        return False
    alike = cells.iloc[:, places].duplicated(keep=False)
    still_alike = cells.iloc[:, [*places, position]].duplicated(keep=False)
    return bool(alike.mean() > 0.5 and still_alike.mean() < alike.mean() / 2)


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 ... or (1), (2), (3) ..."""
    numbers = [cell.strip("() ") for cell in row if cell]
    if len(numbers) < 3 or not all(number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def _blank(cells: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Mark the rows without anything in them."""
    filled = np.zeros(len(cells), dtype=bool)
    for _, column in cells.items():
        filled |= (column.notna() & (column != "")).to_numpy(dtype=bool)
    return ~filled


def _repeats(body: pd.DataFrame, header: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Mark the rows that say the header again, as at the top of each printed page."""
    same = np.ones(len(body), dtype=bool)
    said = [(column, text) for column, text in enumerate(header) if text]
    for column, text in said[:4]:
        same &= (body[column] == text).to_numpy(dtype=bool)
    return same if len(said) > 1 else np.zeros(len(body), dtype=bool)


def _untold(told: Mapping[str, Told], headers: Sequence[Header]) -> dict[str, Told]:
    """Return what is told above the table and stands in none of its columns."""
    named = {name for header in headers if header.meaning == "column" for name in header.names}
    return {name: value for name, value in told.items() if name not in named}


def read_preamble(
    grid: Grid, lines: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> dict[str, Told]:
    """Return what the lines above a table, and the sheet's name, tell of its rows.

    Lines such as *Kecamatan : Jelutung* or *Tanggal: 27 November 2024* tell a column. A title tells
    its election's type, and a day only beside a type: other days in titles are those of meetings
    and decrees.
    """
    told: dict[str, Told] = {}
    titles: list[Told] = [Told(grid.sheet, grid.sheet)] if grid.sheet else []
    for number, line in zip(grid.cells.index, lines, strict=False):
        texts = list(dict.fromkeys(text for text in line if text))
        if not texts:
            continue
        pair = _pair(texts, vocabulary)
        if pair is not None:
            told.setdefault(pair[0], Told(pair[2], pair[1], number))
        else:
            titles.append(Told(" ".join(texts), " ".join(texts), number))
    known = set(vocabulary.names)
    for name, title in _title_contest(titles).items():
        if name in known:
            told.setdefault(name, title)
    return told


def _pair(texts: Sequence[str], vocabulary: Vocabulary) -> tuple[str, str, str] | None:
    """Return column, label and value of a line such as *Kecamatan : Jelutung*."""
    label, colon, value = " ".join(texts).partition(":")
    if not colon and len(texts) == 2:
        label, value = texts
    header = understand(label, vocabulary)
    if header.meaning != "column" or not value.strip():
        return None
    name = header.names[0]
    single = vocabulary.kind(name) in ("name", "date", "code")
    return (name, label.strip(), value.strip(" :")) if single else None


def _title_contest(titles: Sequence[Told]) -> dict[str, Told]:
    """Return day and type of the one election that the titles speak of."""
    days: dict[dt.date, Told] = {}
    kinds: dict[str, Told] = {}
    for title in titles:
        contest, _ = find_contest(str(title.value))
        if not contest.election_type:
            continue
        kinds.setdefault(contest.election_type, title)
        if contest.date is not None:
            days.setdefault(contest.date, title)
    found: dict[str, Told] = {}
    for name, values in (("date", days), ("election_type", kinds)):
        if len(values) == 1:
            value, title = next(iter(values.items()))
            found[name] = Told(value, title.label, title.row, in_title=True)
    return found
