"""Tables with a row per sex: men in one row, women in the next, as open data of Indonesia are."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from turnout.reading.files.cells import as_text, as_texts
from turnout.reading.headers.match import Header
from turnout.reading.headers.plain import SEXES, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.table import Table

_BY_SEX = ("registered", "voters")


def sexes_to_columns(table: Table, vocabulary: Vocabulary) -> Table:
    """Return a table with a row per place, where the one given has a row per place and sex.

    Registered and voters become columns by sex, from which their sums are derived; a row of both
    is the sum as the file gives it. Other figures keep those of the first row.
    """
    found = next(
        (p for p, header in enumerate(table.headers) if _tells_sex(table, p, header)), None
    )
    counts = {
        p: header.names[0]
        for p, header in enumerate(table.headers)
        if header.meaning == "column" and header.names[0] in _BY_SEX and header.contest.silent
    }
    if found is None or not counts:
        return table
    keys = [
        p
        for p, header in enumerate(table.headers)
        if header.meaning == "column"
        and (vocabulary.kind(header.names[0]) in ("name", "date") or header.names[0] == "year")
    ]
    ending = table.cells.iloc[:, found].map(lambda cell: SEXES[words(as_text(cell))])
    place = pd.Series(
        list(zip(*(as_texts(table.cells.iloc[:, p]) for p in keys), strict=True)),
        index=table.cells.index,
        dtype="object",
    )
    if pd.DataFrame({"place": place, "ending": ending}).duplicated().any():
        return table
    first = place.drop_duplicates()
    kept = [p for p in range(len(table.headers)) if p != found and p not in counts]
    cells = table.cells.loc[first.index].iloc[:, kept].copy()
    headers = [table.headers[p] for p in kept]
    for position, name in counts.items():
        values = table.cells.iloc[:, position]
        for one in ("", "_l", "_p"):
            column = name + one
            rows = ending == one
            if not rows.any() or column not in vocabulary.names:
                continue
            told = dict(zip(place[rows], values[rows], strict=True))
            cells[column] = [told.get(one) for one in first]
            written = f"{table.headers[position].written} {one.removeprefix('_').upper()}".strip()
            headers.append(Header(written, "column", (column,), strength=3))
    cells.columns = pd.RangeIndex(cells.shape[1])
    return replace(table, headers=tuple(headers), cells=cells, longer=())


def _tells_sex(table: Table, position: int, header: Header) -> bool:
    """Whether a column says the sex of each row, and names both."""
    if header.meaning in ("personal", "column") or position >= table.cells.shape[1]:
        return False
    if not len(table.cells):
        return False
    said = {words(text) for text in table.cells.iloc[:, position].map(as_text).unique()}
    return said <= set(SEXES) and {"_l", "_p"} <= {SEXES[word] for word in said}
