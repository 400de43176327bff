"""Grids to tables: where the header stands, what it names, and what is told above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.kinds import says_total
from turnout.identity.reports import UNTIL
from turnout.reading.files.cells import as_text
from turnout.reading.files.sheets import Grid
from turnout.reading.headers import wording
from turnout.reading.headers.complaints import THOUSANDS
from turnout.reading.headers.groups import of_lists, said_once
from turnout.reading.headers.match import Header, understand, understand_all
from turnout.reading.headers.measures import measure_of_title
from turnout.reading.headers.unnamed_elections import without_sexes_of_all
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.by_content import by_content, in_thousands
from turnout.reading.layouts.items import items_to_columns
from turnout.reading.layouts.levels import levels_to_columns
from turnout.reading.layouts.nesting import nest
from turnout.reading.layouts.preamble import read_preamble
from turnout.reading.layouts.sexes import sexes_to_columns
from turnout.reading.layouts.table import Table, Told
from turnout.voter_lists import lists_divided_by, lists_named

SEARCHED_ROWS = 60
"""Rows at the top of a sheet among which its header stands."""
_TALLEST = 3
_NOTHING = ("", "-", "--", "---", "–", "—")

# A block that names two columns is a header unless one that names more follows soon.
_CERTAIN, _PATIENCE = 2, 15


def find_table(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> Table | None:
    """Return the table of a grid, a row per place; None where the grid is empty.

    The header is the block of up to three rows, somewhere at the top, that names most of the
    columns of the vocabulary. Items, sexes and levels of places that stand in rows become columns.
    """
    table = _as_it_stands(grid, vocabulary, columns)
    if table is None:
        return None
    table = replace(table, headers=without_sexes_of_all(table.headers))
    by_place = sexes_to_columns(items_to_columns(table, vocabulary, columns), vocabulary)
    return nest(levels_to_columns(by_place, vocabulary), vocabulary)


def _as_it_stands(
    grid: Grid, vocabulary: Vocabulary, columns: Mapping[str, str] | None
) -> Table | None:
    if grid.headers is not None:
        headers = understand_all(grid.headers, vocabulary, columns)
        return Table(grid, by_content(grid, headers, grid.cells, vocabulary), grid.cells, {})
    top = [[as_text(cell) for cell in row] for row in grid.cells.head(SEARCHED_ROWS).to_numpy()]
    first, height, headers = find_header(top, vocabulary, columns)
    if not headers:
        return None
    below = first + height
    end = below + _TALLEST
    if first and (reaching := _reaching_down(top[first - 1], headers, vocabulary, columns)):
        first, headers = first - 1, reaching
    elif (begins := head_begins(top, first)) < first:
        first, headers = begins, understand_all(compose(top[begins:below]), vocabulary, columns)
    while below < min(len(top), end) and (
        _counts_columns(top[below]) or _says_again(top[below], headers, vocabulary)
    ):
        below += 1
    if not grid.ragged:  # words beside a table of a workbook stand under no header
        headers += [Header("", "blank")] * (grid.cells.shape[1] - len(headers))
    width = len(headers)
    body = grid.cells.iloc[below:]
    body = body[~blank_rows(body) & ~repeats_head(body, top[first:below])]
    beyond = body.iloc[:, width:]
    cells = body.iloc[:, :width]
    told = _basis_of_lines(grid, top[:first], vocabulary, headers)
    told |= read_preamble(grid, top[:first], vocabulary)
    return Table(
        grid=grid,
        headers=by_content(grid, headers, cells, vocabulary),
        cells=cells,
        told=_untold(told, headers),
        longer=tuple(body.index[~blank_rows(beyond)]) if grid.ragged and beyond.size else (),
        findings=_told_in_thousands(grid, top[:first], headers),
    )


def _told_in_thousands(
    grid: Grid, lines: Sequence[Sequence[str]], headers: Sequence[Header]
) -> tuple[Finding, ...]:
    """Return an error where a line says that the counts below it are in thousands or more."""
    titles = [" ".join(dict.fromkeys(filter(None, line))) for line in lines]
    told = [at for at, title in enumerate(titles) if measure_of_title(title) == "thousands"]
    if not told or list(headers) == in_thousands(headers):
        return ()
    row, title = grid.cells.index[told[0]], titles[told[0]]
    spot = Spot(grid.file, grid.sheet, row=row, value=title)
    return (Finding(THOUSANDS, "error", wording.TITLE_IN_THOUSANDS, wording.IN_FULL_OR_NOT, spot),)


def _basis_of_lines(
    grid: Grid, lines: Sequence[Sequence[str]], vocabulary: Vocabulary, headers: Sequence[Header]
) -> dict[str, Told]:
    """Return the lists of voters by which the lines say that turnout is divided.

    A header of the registered that names its lists goes before; lines that differ tell nothing.
    """
    registered = [one.written for one in headers if one.names[:1] == ("registered",)]
    if _BASIS not in vocabulary.names or any(map(lists_named, registered)):
        return {}
    found: dict[str, Told] = {}
    for number, line in zip(grid.cells.index, lines, strict=False):
        title = " ".join(dict.fromkeys(filter(None, line)))
        if basis := "+".join(lists_divided_by(title)):
            found.setdefault(basis, Told(basis, title, number, in_title=True))
    return {_BASIS: next(iter(found.values()))} if len(found) == 1 else {}


_BASIS = "registered_basis"


def find_header(
    top: Sequence[Sequence[str]], vocabulary: Vocabulary, columns: Mapping[str, str] | None
) -> tuple[int, int, list[Header]]:
    """Return first row, height and headers of the block that names most columns.

    Of blocks that name as many the smallest is taken: the rows that it leaves out are remarks.
    """
    best: tuple[float, int, int, list[Header]] = (-1.0, 0, 0, [])
    for first, row in enumerate(top):
        if best[0] >= _CERTAIN and first - best[1] > _PATIENCE:
            break
        if not any(row):
            continue
        for height in range(1, min(_TALLEST, len(top) - first) + 1):
            headers = understand_all(compose(top[first : first + height]), vocabulary, columns)
            if _is_cut(headers, top[first + height :], vocabulary):
                continue
            score = _score(headers)
            inside = best[1] <= first and first + height <= best[1] + best[2]
            if score > best[0] or (score == best[0] and inside and height < best[2]):
                best = (score, first, height, headers)
    return best[1], best[2], best[3]


def _reaching_down(
    above: Sequence[str],
    headers: Sequence[Header],
    vocabulary: Vocabulary,
    columns: Mapping[str, str] | None,
) -> list[Header]:
    """Return headers with those of the row above that reach down to them, where some do.

    Under a title over all figures the names of the places stand beside that title, in cells that
    are merged over all rows of the header: they are several, and one of them names a column.
    """
    blank = [at for at, header in enumerate(headers) if header.meaning == "blank"]
    filled = [at for at in blank if at < len(above) and above[at]]
    titled = any(text for at, text in enumerate(above) if at not in blank)
    if len(filled) < 2 or not titled:
        return []
    written = [above[at] if at in filled else one.written for at, one in enumerate(headers)]
    whole = understand_all(written, vocabulary, columns)
    return whole if any(whole[at].meaning == "column" for at in filled) else []


def _is_cut(
    headers: Sequence[Header], below: Sequence[Sequence[str]], vocabulary: Vocabulary
) -> bool:
    """Whether a header of counts stands over several columns that the next row parts.

    Under *Ballots cast* over *Election day*, *Early* and *Total* the first column is not the total.
    """
    if not below:
        return False
    words_below = [any(sign.isalpha() for sign in cell) for cell in below[0]]
    return any(
        header.meaning == "column"
        and vocabulary.kind(header.names[0]) == "count"
        and behind.meaning == "blank"
        and all(words_below[position : position + 2])
        for position, (header, behind) in enumerate(pairwise([*headers, Header("", "blank")]))
        if position + 1 < len(words_below)
    )


def _score(headers: Sequence[Header]) -> float:
    """Count the columns that headers name and, as half, what else they speak of; each once.

    *L*, *P*, *JML* under every group of a header say little without the groups' names above them.
    """
    named = {(h.names[0], h.contest) for h in headers if h.meaning in ("column", "thousands")}
    asked = {(h.names, h.contest) for h in headers if h.meaning == "question"}
    personal = sum(h.meaning == "personal" for h in headers)
    return len(named) + (len(asked) + personal) / 2


def compose(rows: Sequence[Sequence[str]]) -> list[str]:
    """Join header rows into one header per column; a header over several columns heads each.

    >>> compose([["Desa", "DPT", "", ""], ["", "L", "P", "JML"]])
    ['Desa', 'DPT L', 'DPT P', 'DPT JML']
    >>> compose([["Pengguna DPT", "DPTb", "DPK"]]), compose([["Pemilih"], ["Pemilih DPT"]])
    (['Pengguna DPT', 'Pengguna DPTb', 'Pengguna DPK'], ['Pemilih DPT'])
    >>> compose([["Pengguna DPT", "Pengguna DPT", "DPTb"], ["L", "P", "DPTb"]])  # merged down
    ['Pengguna DPT L', 'Pengguna DPT P', 'Pengguna DPTb']
    """
    written, rows = rows, [of_lists(row) for row in rows]
    width = max(
        (len(row) - next((i for i, c in enumerate(row[::-1]) if c), len(row))) for row in rows
    )
    parts: list[list[str]] = [[] for _ in range(width)]
    for depth, row in enumerate(rows):
        over = ""
        for column in range(width):
            below = any(lower[column] for lower in rows[depth + 1 :])
            text = row[column]
            if text:
                over = text if below or _total_behind(rows[depth:], column) else ""
            elif below:
                text = over
            # A cell that is merged over several rows is one text, whatever group it is of.
            again = row[column] and any(
                one[column] == written[depth][column] for one in written[:depth]
            )
            if text and not again and text not in parts[column]:
                parts[column].append(text)
    return [" ".join(said_once(texts)) for texts in parts]


def _total_behind(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a header stands over columns behind its own, one of which says to be their total.

    >>> _total_behind([["DPT", "", ""], ["", "P", "JML"]], 0)
    True
    """
    for behind in range(column + 1, len(rows[0])):
        if rows[0][behind]:
            return False
        if any(says_total(lower[behind]) for lower in rows[1:]):
            return True
    return False


def _counts_columns(row: Sequence[str]) -> bool:
    """Whether a row only numbers the columns: 1, 2, 3 ... or (1), (2), (3) ..."""
    numbers = [cell.strip("() ") for cell in row if cell]
    if len(numbers) < 3 or not all(number.isdigit() for number in numbers):
        return False
    return [int(number) for number in numbers] == list(range(1, len(numbers) + 1))


def _says_again(row: Sequence[str], headers: Sequence[Header], vocabulary: Vocabulary) -> bool:
    """Whether a row says the headers in a second language: words where counts are due."""
    counts = [
        (cell, header.names[0])
        for cell, header in zip(row, headers, strict=False)
        if header.meaning == "column" and vocabulary.kind(header.names[0]) == "count"
    ]
    if not counts or not all(any(s.isalpha() for s in cell) for cell, _ in counts):
        return False
    meant = [(understand(cell, vocabulary), name) for cell, name in counts]
    return any(name in one.names for one, name in meant)


def blank_rows(cells: pd.DataFrame) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Mark the rows without anything in them but dashes."""
    filled = np.zeros(len(cells), dtype=bool)
    for _, column in cells.items():
        if filled.all():
            break
        filled |= (column.notna() & ~column.isin(_NOTHING)).to_numpy(dtype=bool)
    return ~filled


def repeats_head(
    body: pd.DataFrame, head: Sequence[Sequence[str]]
) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Mark the rows that say a row of the header again, as at the top of each printed page.

    What is merged over several rows of a header stands in its first one alone.
    """
    same = np.zeros(len(body), dtype=bool)
    for above, row in pairwise([[""] * len(head[0]) if head else [], *head]):
        own = [text if text != over else "" for text, over in zip(row, above, strict=True)]
        same |= repeats(body, own)
    return same


def head_begins(top: Sequence[Sequence[str]], first: int) -> int:
    """Return the row at which a header begins of which some cells are merged over several rows.

    A row of it may stand above those that name columns: one that tells the election alone.
    """
    while first and sum(map(_same_text, top[first - 1], top[first])) > 1:
        first -= 1
    return first


def _same_text(one: str, other: str) -> bool:
    return bool(one) and one == other


def repeats(body: pd.DataFrame, header: Sequence[str]) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Mark the rows that say a row of the header again."""
    same = np.ones(len(body), dtype=bool)
    said = [(column, text) for column, text in enumerate(header) if text]
    for column, text in said[:4]:
        if same.any():
            same &= (body[column] == text).to_numpy(dtype=bool)
    return same if len(said) > 1 else np.zeros(len(body), dtype=bool)


def _untold(told: Mapping[str, Told], headers: Sequence[Header]) -> dict[str, Told]:
    """Return what is told above the table and stands in none of its columns.

    Columns that tell elections apart leave nothing to the year of a title.
    """
    named = {name for header in headers if header.meaning == "column" for name in header.names}
    if not named.isdisjoint(("date", "election")):
        named |= {"year"}
    named |= {header.written for header in headers} & {UNTIL}
    return {name: value for name, value in told.items() if name not in named}
