"""What the rules look at: a draft's table with every column, and figures made of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd

from turnout.arrays import Cells, Ints
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
    blank = {name: blank_column(name, table.index) for name in columns if name not in table}
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
    if name in COUNT_COLUMNS:
        return pd.Series(float("nan"), index=index, dtype="float64")
    if name == "date":
        return pd.Series(pd.NaT, index=index, dtype="datetime64[s]")
    return pd.Series(np.full(len(index), None, dtype=object), index=index)


def contest_names(table: pd.DataFrame) -> pd.Series:
    """Return each row's contest: its label, or date and type where no label is written."""
    blank = table["election"].isna()
    if not blank.any():
        return table["election"].astype("object")
    days = iso_days(parse_days(table["date"]).values)
    made = days.fillna("") + "-" + table["election_type"].fillna("")
    return table["election"].where(~blank, made).astype("object")


def row_scales(table: pd.DataFrame) -> pd.Series:
    """Return the scale of each row: its finest named place; "total" where none is named."""
    scales = np.full(len(table), "total", dtype=object)
    for column in PLACE_COLUMNS:
        scales[table[column].notna().to_numpy()] = column
    return pd.Series(scales, index=table.index, dtype="object")


def place_names(table: pd.DataFrame) -> pd.Series:
    """Return each row's place as people say it: ``Kasang (Jambi Timur)``."""
    names = np.full(len(table), "", dtype=object)
    for column in PLACE_COLUMNS:
        named = table[column].notna().to_numpy()
        here = table[column].to_numpy(object)[named]
        names[named] = _inside(here, names[named]) if column == "area" else here
    return pd.Series(names, index=table.index, dtype="object")


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
    known = rows["contest"].notna() & (rows["scale"] != "total")
    ranks = rows["scale"].map({name: at for at, name in enumerate(PLACE_COLUMNS)})[known]
    finest = ranks.index[ranks == ranks.groupby(rows["contest"][known]).transform("max")]
    looked_at = [*columns, "scale", "within", *PLACE_COLUMNS]
    finest_rows = rows[list(dict.fromkeys(looked_at))].loc[finest]
    around = np.full(len(finest), None, dtype=object)
    within = finest_rows["within"].to_numpy().copy()
    for scale in finest_rows["scale"].unique():
        here = (finest_rows["scale"] == scale).to_numpy()
        coarser = list(PLACE_COLUMNS[: PLACE_COLUMNS.index(scale)])
        if coarser:
            around[here] = finest_rows[coarser[-1]].to_numpy(object)[here]
        if scale != "area":
            within[here] = _numbers(finest_rows[here], coarser)
    return finest_rows[list(columns)].assign(around=around, within=within)


def _numbers(rows: pd.DataFrame, columns: list[str]) -> Ints | int:
    """Return the number of what each row lies in, told by these columns; 0 where none is."""
    if not columns:
        return 0
    return np.asarray(rows.groupby(columns, dropna=False, sort=False).ngroup(), dtype=np.intp)


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
