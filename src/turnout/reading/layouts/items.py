"""Tables with a row per item: *Registered Voters* in one row, *Ballots Cast* in the next.

OpenElections publishes precincts so (county, precinct, office, district, party, candidate, votes),
and statistical offices their open data (place, variable, value).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from turnout.identity.kinds import says_total
from turnout.reading.files.cells import Distinct, as_text, as_texts, listed
from turnout.reading.headers.match import Header, understand, words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.layouts.levels import PLACE_WORDS
from turnout.reading.layouts.table import Table

_VALUE_HEADERS = listed(
    "votes | vote | value | values | count | number | jumlah | nilai | total | suara | n | wert"
    " | anzahl"
)
_MOST_ITEMS = 2000


def items_to_columns(table: Table, vocabulary: Vocabulary) -> Table:
    """Return a table with a row per place, where the one given has a row per place and item.

    Items that are no column of the vocabulary, such as the votes of candidates, are left out.
    Where an item is told by party or mode and as a whole, the whole counts; by party alone, the
    sum.
    """
    if not {"registered", "voters"} <= set(vocabulary.names):
        return table
    for position in range(len(table.headers)):
        meaning = _items(table, position, vocabulary)
        value = _value_column(table, position, meaning) if meaning else None
        if value is not None:
            return _pivoted(table, position, value, meaning, vocabulary)
    return table


def _items(table: Table, position: int, vocabulary: Vocabulary) -> dict[str, str]:
    """Return which column each cell of a column of items names, if it is one."""
    if table.headers[position].meaning == "personal":
        return {}
    column = table.cells.iloc[:, position]
    if column.iloc[: _MOST_ITEMS + 1].is_unique and len(column) > _MOST_ITEMS:
        return {}  # a nation's codes: all else would take long to count
    items = column.drop_duplicates()
    if len(items) > _MOST_ITEMS:
        return {}
    meaning = {}
    for text in items.map(as_text):
        if not text or any(sign.isdigit() for sign in text):
            continue
        header = understand(text, vocabulary)
        if header.meaning == "column" and vocabulary.kind(header.names[0]) == "count":
            meaning[text] = header.names[0]
    return meaning if {"registered", "voters"} <= set(meaning.values()) else {}


def _value_column(table: Table, items: int, meaning: dict[str, str]) -> int | None:
    """Return the column of the figures: one that is called so, else the only one of numbers."""
    rows = table.cells.iloc[:, items].map(as_text).isin(meaning)
    numeric = []
    for position in range(len(table.headers)):
        texts = as_texts(table.cells.iloc[:, position][rows])
        filled = texts[texts != ""]
        share = filled.str.fullmatch(r"[\d.,\s']+").mean() if len(filled) else 0.0
        if position != items and share > 0.9 and len(filled) > len(texts) / 2:
            numeric.append(position)
    called = [one for one in numeric if words(table.headers[one].written) in _VALUE_HEADERS]
    return called[0] if called else numeric[0] if len(numeric) == 1 else None


def _pivoted(
    table: Table, items: int, value: int, meaning: dict[str, str], vocabulary: Vocabulary
) -> Table:
    item = table.cells.iloc[:, items].map(as_text).map(meaning)
    rows = table.cells[item.notna()]
    keys = [
        position
        for position, header in enumerate(table.headers)
        if position not in (items, value)
        and _of_place(header, vocabulary)
        and as_texts(rows.iloc[:, position]).ne("").any()
    ]
    others = [p for p in range(len(table.headers)) if p not in (*keys, items, value)]
    texts = [as_texts(rows.iloc[:, position]) for position in keys]
    long = pd.DataFrame(
        {
            "place": pd.Series(list(zip(*texts, strict=True)), index=rows.index, dtype="object"),
            "item": item[item.notna()],
            "value": rows.iloc[:, value],
            "part": _parts([as_texts(rows.iloc[:, position]) for position in others], rows.index),
        }
    )
    coarsest = long.groupby(["place", "item"], sort=False)["part"].transform("min")
    kept = long[long["part"] == coarsest]
    whole = kept[kept["part"] == 0].drop_duplicates(["place", "item"])
    parts = kept[kept["part"] > 0]
    by_party = parts["item"].isin(("registered", "voters"))
    repeated = parts.duplicated(["place", "item"], keep=False)
    parts = parts[by_party | ~repeated]  # votes of each of two ballots do not add up
    summed = parts.groupby(["place", "item"], sort=False)["value"].agg(_sum).reset_index()
    figures = pd.concat([whole[["place", "item", "value"]], summed], ignore_index=True)
    wide = figures.pivot(index="place", columns="item", values="value")
    first = long.drop_duplicates("place")
    names = [name for name in vocabulary.names if name in wide]
    cells = rows.loc[first.index].iloc[:, keys].copy()
    for name in names:
        cells[name] = wide[name].reindex(pd.Index(first["place"], tupleize_cols=False)).to_numpy()
    cells.columns = pd.RangeIndex(cells.shape[1])
    written = {name: text for text, name in reversed(meaning.items())}
    headers = [table.headers[position] for position in keys]
    headers += [Header(written[name], "column", (name,)) for name in names]
    return replace(table, headers=tuple(headers), cells=cells, longer=())


def _parts(columns: Sequence[pd.Series], rows: pd.Index) -> pd.Series[int]:
    """Return by which columns each row tells a part of its item only: 0 is the whole.

    A part by party and mode is finer than one by mode: a smaller number is coarser. Cells that are
    blank, or that say *Total*, tell no part.
    """
    told = pd.Series(0, index=rows)
    for number, texts in enumerate(columns):
        part = texts.ne("") & ~Distinct.of(texts).where(says_total)
        told += part * (2**number + 2 ** len(columns))
    return told


def _of_place(header: Header, vocabulary: Vocabulary) -> bool:
    """Whether a column tells of a place or a contest, not of an item."""
    if header.meaning == "column":
        return vocabulary.kind(header.names[0]) != "count"
    return header.meaning == "own" and words(header.written) in PLACE_WORDS


def _sum(values: pd.Series) -> object:
    """Return the sum of counts written as plain digits; a single one as it is written."""
    texts = as_texts(values)
    if len(values) == 1 or not texts.str.fullmatch(r"\d+").all():
        return values.iloc[0]
    return str(texts.astype("int64").sum())
