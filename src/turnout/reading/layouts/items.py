"""Tables with a row per item: *Registered Voters* in one row, *Ballots Cast* in the next.

OpenElections publishes precincts so (county, precinct, office, district, party, candidate, votes),
and statistical offices their open data (place, variable, value).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from turnout.identity.kinds import says_total
from turnout.reading.files.cells import Distinct, as_text, as_texts, listed
from turnout.reading.headers.match import Header, understand, understand_all
from turnout.reading.headers.plain import words
from turnout.reading.headers.vocabulary import Vocabulary
from turnout.reading.headers.voting_ways import way_of
from turnout.reading.layouts.levels import PLACE_WORDS
from turnout.reading.layouts.table import Table

_VALUE_HEADERS = listed(
    "votes | vote | value | values | count | number | jumlah | nilai | total | suara | n | wert"
    " | anzahl"
)
_MOST_ITEMS = 2000


def items_to_columns(
    table: Table, vocabulary: Vocabulary, columns: Mapping[str, str] | None = None
) -> Table:
    """Return a table with a row per place, where the one given has a row per place and item.

    Items that are no column of the vocabulary, such as the votes of candidates, are left out.
    Where an item is told by party or mode and as a whole, the whole counts, and voters by mode
    stay beside it as columns of their own; by party alone, the sum. `columns` says what the new
    columns are.
    """
    if not {"registered", "voters"} <= set(vocabulary.names):
        return table
    for position in range(len(table.headers)):
        meaning = _items(table, position, vocabulary)
        value = _value_column(table, position, meaning) if meaning else None
        if value is not None:
            wide = _pivoted(table, position, value, meaning, vocabulary)
            return replace(wide, headers=_as_said(wide.headers, vocabulary, columns))
    return table


def _as_said(
    headers: Sequence[Header], vocabulary: Vocabulary, columns: Mapping[str, str] | None
) -> tuple[Header, ...]:
    """Return headers as the user says them to be read, the others as they are."""
    said = set(map(words, columns or {}))
    again = understand_all([one.written for one in headers], vocabulary, columns)
    both = zip(headers, again, strict=True)
    return tuple(new if words(one.written) in said else one for one, new in both)


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
    told = [as_texts(rows.iloc[:, position]) for position in others]
    texts = [as_texts(rows.iloc[:, position]) for position in keys]
    long = pd.DataFrame(
        {
            "place": pd.Series(list(zip(*texts, strict=True)), index=rows.index, dtype="object"),
            "item": item[item.notna()],
            "value": rows.iloc[:, value],
            "part": _parts(told, rows.index),
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
    written = {name: text for text, name in reversed(meaning.items())}
    ways = _beside_whole(long.assign(way=_ways(told, long["part"])), set(whole["place"]))
    for way in ways:
        cells[f"way {way}"] = (
            ways[way].reindex(pd.Index(first["place"], tupleize_cols=False)).to_numpy()
        )
    cells.columns = pd.RangeIndex(cells.shape[1])
    headers = [table.headers[position] for position in keys]
    headers += [Header(written[name], "column", (name,)) for name in names]
    headers += [Header(f"{written['voters']} ({way})", "own") for way in ways]
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


def _ways(columns: Sequence[pd.Series], part: pd.Series[int]) -> pd.Series[Any]:
    """Return the way of voting of rows that are told by this alone; None of all others."""
    ways = pd.Series(None, index=part.index, dtype="object")
    for number, texts in enumerate(columns):
        alone = part.eq(2**number + 2 ** len(columns))
        named = alone & Distinct.of(texts).where(lambda text: way_of(words(text)) is not None)
        ways = ways.mask(named, texts)
    return ways


def _beside_whole(long: pd.DataFrame, whole: set[object]) -> pd.DataFrame:
    """Return the voters by the ways of voting, a column each, of places that tell all as well."""
    by_way = long[long["item"].eq("voters") & long["way"].notna() & long["place"].isin(whole)]
    once = by_way.drop_duplicates(["place", "way"])
    return once.pivot(index="place", columns="way", values="value")


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
