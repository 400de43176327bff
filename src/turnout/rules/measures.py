"""What the rules look at: a draft's table with every column, and figures made of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Cells, Ints
from turnout.dates import iso_days, parse_days
from turnout.identity.keys import identify, name_codes, path_codes
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.schema import COUNT_COLUMNS, PLACE_COLUMNS, codes_stand_for_areas


def completed(draft: Draft, *columns: str) -> Draft:
    """Return the draft as the rules look at it: `columns` all there, and each row described.

    Parameters
    ----------
    draft
        A file's rows.
    *columns
        Columns that the rules need; those that the file lacks are blank.

    Returns
    -------
    Draft
        Its table has these columns more: ``contest`` (label), ``scale``, ``key`` (number
        of the place), ``place`` (its name in words) and ``within`` (number of what it lies in).
    """
    return replace(draft, table=described(with_columns(draft.table, columns)))


def with_columns(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return a table with `columns` all there, blank where it lacks them.

    The codes of areas without names are their names.
    """
    whole = with_blanks(table, columns)
    if codes_stand_for_areas(whole):
        whole["area"] = whole["area_id"]
    return whole


def with_blanks(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Return a table with `columns` all there, blank where it lacks them."""
    lacking = [name for name in columns if name not in table]
    # Of a nation each takes eight megabytes: those of one kind are one.
    kinds = {_kind(name): name for name in lacking}
    of_kind = {kind: blank_column(name, table.index) for kind, name in kinds.items()}
    blank = {name: of_kind[_kind(name)] for name in lacking}
    return pd.concat([table, pd.DataFrame(blank, index=table.index, copy=False)], axis=1)


def described(table: pd.DataFrame) -> pd.DataFrame:
    """Return the table with ``contest``, ``scale``, ``key``, ``place`` and ``within``."""
    contest = contest_names(table)
    codes = name_codes(table, contest)
    places = place_names(table)
    more = pd.DataFrame(
        {
            "contest": contest,
            "scale": row_scales(table),
            "key": identify(table[["area_id"]].assign(election=contest), codes),
            "place": places.where(places != "", _WHOLE),
            "within": path_codes(codes, PLACE_COLUMNS[:-1]),
        },
        index=table.index,
        copy=False,
    )
    others = table.drop(columns=list(more), errors="ignore")
    whole = pd.concat([others, more], axis=1)
    # A table of hundreds of columns is slow in as many pieces; to copy a nation's takes memory.
    return whole.copy() if len(whole.columns) > _PIECES else whole


_PIECES = 50
_WHOLE = Text(en="the whole", id="keseluruhan")
"""What a row without a place is of."""
"""Columns from which on a table is put together: of twice as many pieces pandas warns."""


def blank_column(name: str, index: pd.Index) -> pd.Series:
    """Return a column without values, of the type that `name` has."""
    kind = _kind(name)
    if kind == "count":
        return pd.Series(float("nan"), index=index, dtype="float64")
    if kind == "date":
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    return pd.Series(np.full(len(index), None, dtype=object), index=index, copy=False)


def _kind(name: str) -> Literal["count", "date", "text"]:
    return "count" if name in COUNT_COLUMNS else "date" if name == "date" else "text"


def contest_names(table: pd.DataFrame) -> pd.Series:
    """Return each row's contest: its label, or date and type where no label is written."""
    blank = table["election"].isna()
    if not blank.any():
        return table["election"].astype("object")
    days = iso_days(parse_days(table["date"][blank]).values)
    made = days.fillna("") + "-" + table["election_type"][blank].fillna("")
    return table["election"].where(~blank, made).astype("object")


def row_scales(table: pd.DataFrame) -> pd.Series:
    """Return the scale of each row: its finest named place; "total" where none is named."""
    scales = np.full(len(table), "total", dtype=object)
    for column in PLACE_COLUMNS:
        scales[table[column].notna().to_numpy()] = column
    return pd.Series(scales, index=table.index, dtype="object", copy=False)


def place_names(table: pd.DataFrame) -> pd.Series:
    """Return each row's place as people say it: ``Kasang (Jambi Timur)``."""
    names = np.full(len(table), "", dtype=object)
    for column in PLACE_COLUMNS:
        named = table[column].notna().to_numpy()
        here = table[column].to_numpy(object)[named]
        names[named] = _inside(here, names[named]) if column == "area" else here
    return pd.Series(names, index=table.index, dtype="object", copy=False)


def _inside(areas: Cells, around: Cells) -> Cells:
    """Return areas with the place around each behind it; each pair is put into words once."""
    codes, named = pd.factorize(areas)
    outer, places = pd.factorize(around)
    pairs, distinct = pd.factorize(codes * len(places) + outer)
    said = [
        _in_words(*pair)
        for pair in zip(named[distinct // len(places)], places[distinct % len(places)], strict=True)
    ]
    return np.array([*said, ""], dtype=object)[pairs]


def _in_words(area: str, around: str) -> str:
    return f"{area} ({around})" if around else area


def finest_places(rows: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """Return the rows of each contest's finest scale, of which its sums are made.

    Parameters
    ----------
    rows
        Described rows.
    columns
        Those of their columns that are asked for.

    Returns
    -------
    pandas.DataFrame
        The columns, and ``around``, the name of what each row lies in (None where not told), with
        its number, ``within``: of an area its district, of a district its city.
    """
    contest, contests = pd.factorize(rows["contest"])
    scale, scales = pd.factorize(rows["scale"])
    rank_of = [PLACE_COLUMNS.index(one) if one in PLACE_COLUMNS else -1 for one in scales]
    rank = np.array(rank_of, dtype=np.intp)[scale]
    known = (contest >= 0) & (rank >= 0)
    finest = np.full(len(contests) + 1, -1)
    np.maximum.at(finest, contest[known], rank[known])
    held = known & (rank == finest[contest])
    around = np.full(len(rows), None, dtype=object)
    within = rows["within"].to_numpy().copy()
    for at in np.unique(rank[held]).tolist():
        here = held & (rank == at)
        coarser = list(PLACE_COLUMNS[:at])
        if coarser:
            around[here] = rows[coarser[-1]].to_numpy(object)[here]
        if PLACE_COLUMNS[at] != "area":
            within[here] = _numbers(rows.loc[here, coarser])
    return marked(rows[list(columns)].assign(around=around, within=within), held)


def _numbers(places: pd.DataFrame) -> Ints | int:
    """Return the number of what each row lies in, told by all its columns; 0 where none is."""
    if places.columns.empty:
        return 0
    by = list(places.columns)
    return np.asarray(places.groupby(by, dropna=False, sort=False).ngroup(), dtype=np.intp)


def marked(rows: pd.DataFrame, mark: pd.Series[bool] | Bools) -> pd.DataFrame:
    """Return the rows that are marked: the very table where all are, which needs no copy."""
    return rows if mark.all() else rows[mark]


def are_counted(rows: pd.DataFrame, figures: Iterable[str]) -> Bools:
    """Return whether each row tells a whole number above 0 for every figure.

    >>> rows = pd.DataFrame({"registered": [801, 800.5, 0], "voters": [501, 501, 0]})
    >>> are_counted(rows, ["registered", "voters"]).tolist()
    [True, False, False]
    """
    told = np.ones(len(rows), dtype=bool)
    for name in figures:
        figure = rows[name].to_numpy(float)
        told &= (figure > 0) & np.isfinite(figure) & (figure == np.floor(figure))
    return told


def is_partial(table: pd.DataFrame) -> pd.Series:
    """Return whether a row lacks some of its stations."""
    return table["stations_counted"] < table["stations_total"]


def chance_of_both(rows: pd.DataFrame) -> pd.Series:
    """Return how likely another place has both figures; round ones may be rounded.

    >>> rows = pd.DataFrame({"registered": [801, 800, 1], "voters": [501, 501, 1]})
    >>> chance_of_both(rows).round(4).tolist()
    [0.0001, 0.02, 1.0]
    """
    chances = []
    for name, times in (("registered", _ALIKE), ("voters", _AS_MANY)):
        figure = rows[name]
        chances.append((times / figure).where(figure % 10 != 0, 1.0).clip(upper=1.0))
    return chances[0] * chances[1]


_ALIKE = 4.0
"""Chance that another has the registered, times the figure: sizes vary by a quarter at least."""
_AS_MANY = 10.0
"""The same of the voters of as many registered, whose share varies by a tenth."""
