"""Names of the tables' columns, and the canonical form of a results table and of a roll.

Files become this form in `turnout.reading`; a DataFrame that a user made is brought to it by
`canonical_results` and `canonical_roll`. All other modules trust it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

import numpy as np
import pandas as pd

from turnout.cells import counts_of, flags, text_categories, texts_of, types_of, written_out
from turnout.dates import days_of, iso_days
from turnout.elections import group_of_type
from turnout.errors import DataError
from turnout.language import Text

Scale = Literal["area", "district", "city", "province", "nation", "total"]

SCALES: tuple[Scale, ...] = ("area", "district", "city", "province", "nation")
"""Scales of places that have a column of their own, finest to coarsest."""

PLACE_COLUMNS: tuple[str, ...] = tuple(reversed(SCALES))
"""The place columns as tables show them: coarsest to finest."""

IDENTITY_COLUMNS: tuple[str, ...] = (*PLACE_COLUMNS, "area_id")
"""What tells a place: its names, and its code."""

CATEGORY_COLUMNS = ("election", "election_type", "type_group", "kind", *IDENTITY_COLUMNS)
"""Texts that stand in many rows each."""

SCALE_WORDS: dict[str, Text] = {
    "area": Text(en="area", id="kelurahan/desa"),
    "district": Text(en="district", id="kecamatan"),
    "city": Text(en="city/county", id="kabupaten/kota"),
    "province": Text(en="province/state", id="provinsi"),
    "nation": Text(en="nation", id="nasional"),
    "total": Text(en="total", id="total"),
}
"""A scale as people read it."""

_WORDS_OF_SCALES = {
    word: scale
    for scale, text in SCALE_WORDS.items()
    for told in (scale, text.en, text.id)
    for word in (told, *told.split("/"))
}


def scale_of(word: str) -> str:
    """Return the scale that a word names in either language; the word itself where it names none.

    >>> scale_of("county"), scale_of("Kecamatan"), scale_of("province/state"), scale_of("parish")
    ('city', 'district', 'province', 'parish')
    """
    return _WORDS_OF_SCALES.get(word.strip().casefold(), word)


WHOLE_NAME = Text(en="Total", id="Keseluruhan")
"""What the whole is called where a place is named."""

CONTEST_COLUMNS = ("election", "date", "election_type", "type_group")

RESULTS_COLUMNS: tuple[str, ...] = (
    *CONTEST_COLUMNS,
    "kind",
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "voters",
    "registered_basis",
    "voters_low",
    "voters_high",
    "stations_counted",
    "stations_total",
    "valid",
    "invalid",
    "registered_l",
    "registered_p",
    "voters_l",
    "voters_p",
    "note",
)
"""Columns of a results table, in order; all are present in the canonical form."""

ROLL_COLUMNS: tuple[str, ...] = (
    *PLACE_COLUMNS,
    "area_id",
    "registered",
    "registered_basis",
    "estimated",
    "note",
)
"""Columns of a roll; `estimated` tells rolls that are not the official list."""

CROSSWALK_COLUMNS = ("new_id", "new_area", "old_id", "old_area", "weight", "note")

OUTREACH_COLUMNS: tuple[str, ...] = (
    "date",
    *PLACE_COLUMNS,
    "area_id",
    "kind",
    "segment",
    "reached",
    "cost",
    "note",
)

LISTED = "stations_listed"
"""Stations that the rows of a place in a count show there to be, where nobody says how many."""

LACKING = "voters_lacking"
"""Voters that stations of a place in a count lack if they are what they look like."""

COPIED = "registered_copied"
"""Registered of stations of a place in a count that are copies: half of them, as of each pair one
is, and which one nobody knows."""

IN_EXCESS = "voters_in_excess"
"""Voters at stations of a place in a count that have far more of them than registered."""

OF_STATIONS = (LACKING, COPIED, IN_EXCESS)
"""What doubts of single stations leave open in a place of a count, a column for each cause."""

OF_ALL_STATIONS = "registered_of_all_stations"
"""Registered of a place in a count that is partly in, where these were said to be of all of it."""

COUNT_COLUMNS = (
    "registered",
    "voters",
    "voters_low",
    "voters_high",
    "stations_counted",
    "stations_total",
    "valid",
    "invalid",
    "registered_l",
    "registered_p",
    "voters_l",
    "voters_p",
)

_PART_OF_A_COUNT = re.compile(r"(?:registered|voters)_(?:l|p|disabled|dpt|dptb|dpk|age_\w+)")

_TEXT_COLUMNS = (
    "election",
    "election_type",
    "type_group",
    "kind",
    *PLACE_COLUMNS,
    "area_id",
    "registered_basis",
    "note",
)


_NO_NAMES = pd.CategoricalDtype(pd.Index([], dtype=object))


def canonical_results(results: pd.DataFrame) -> pd.DataFrame:
    """Bring a results table to its canonical form; columns of the user's own are kept behind.

    Parameters
    ----------
    results
        One row per contest and place, with at least ``date``, ``election_type``, ``registered``,
        ``voters`` (counts) and one place column; ``election`` is made of date and type where
        absent.

    Returns
    -------
    pandas.DataFrame
        Every column of `RESULTS_COLUMNS` first: dates as datetime64, counts as float64, names and
        codes as text with missing as None, types in lower case, sorted by date (stable).

    Raises
    ------
    TypeError
        If it is not a table, such as the path of one.
    DataError
        If a needed column is missing or there twice, a type is blank, or a cell is no day, count
        or yes and no.

    Examples
    --------
    >>> table = pd.DataFrame({"date": ["2020-12-09"], "election_type": ["Pilkada"],
    ...                       "area": ["Murni"], "registered": [100], "voters": [70]})
    >>> canonical_results(table)[["election", "type_group", "area"]].iloc[0].tolist()
    ['2020-12-09-pilkada', 'pilkada', 'Murni']
    """
    return with_names_written(categorical_results(results)).reset_index(drop=True)


def categorical_results(results: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical form with the places' names and codes as categories.

    What is worked out for a category holds for all its rows; the index tells what the user's table
    calls them. Arguments and errors are those of `canonical_results`.
    """
    require_table(results, "results")
    _require(results, ("date", "election_type", "registered", "voters"))
    table = results.set_axis(results.index.set_names([None] * results.index.nlevels))
    table["date"] = days_of(table["date"])
    table["election_type"] = types_of(table["election_type"])
    table = _typed(table, RESULTS_COLUMNS)
    if table["election"].isna().any():
        label = iso_days(table["date"]) + "-" + table["election_type"]
        table["election"] = table["election"].fillna(label)
    untold = table["type_group"].isna().to_numpy()
    if untold.any():
        codes, kinds = pd.factorize(table["election_type"])
        groups = np.array([*map(group_of_type, kinds)], dtype=object)[codes]
        told = np.where(untold, groups, table["type_group"].to_numpy(object))
        table["type_group"] = pd.Series(told, index=table.index, dtype="object")
    in_order = table["date"].is_monotonic_increasing
    return table if in_order else table.sort_values("date", kind="stable")


def canonical_roll(roll: pd.DataFrame) -> pd.DataFrame:
    """Bring a roll to its canonical form: every column of `ROLL_COLUMNS`, typed.

    Raises
    ------
    TypeError
        If it is not a table, such as the path of one.
    DataError
        If `registered` or every place column is missing.
    """
    return with_names_written(categorical_roll(roll))


def categorical_roll(roll: pd.DataFrame) -> pd.DataFrame:
    """Return the canonical form with the places' names and codes as categories.

    Arguments and errors are those of `canonical_roll`.
    """
    require_table(roll, "roll")
    _require(roll, ("registered",))
    table = _typed(roll.copy(), ROLL_COLUMNS)
    table["estimated"] = flags(table["estimated"])
    return table.reset_index(drop=True)


def with_names_written(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the names that are categories in every row, None where blank."""
    names = [
        name
        for name in CATEGORY_COLUMNS
        if name in table and isinstance(table[name].dtype, pd.CategoricalDtype)
    ]
    return table.assign(**{name: written_out(table[name]) for name in names})


def canonical_crosswalk(crosswalk: pd.DataFrame) -> pd.DataFrame:
    """Bring a crosswalk to its canonical form: every column of `CROSSWALK_COLUMNS`, typed.

    Raises
    ------
    TypeError
        If it is not a table, such as the path of one.
    """
    require_table(crosswalk, "crosswalk")
    blank = {"weight": float("nan")}
    missing = [name for name in CROSSWALK_COLUMNS if name not in crosswalk]
    whole = crosswalk.assign(**{name: blank.get(name) for name in missing})
    own = [name for name in whole.columns if name not in CROSSWALK_COLUMNS]
    return whole[[*CROSSWALK_COLUMNS, *own]].astype({"weight": "float64"})


def require_table(table: object, role: str) -> None:
    """Refuse what is no DataFrame, such as the path of a file that is yet to be read.

    Parameters
    ----------
    table
        What was given.
    role
        What it is: ``results``, ``roll`` or ``crosswalk``.

    Raises
    ------
    TypeError
        If it is no DataFrame.
    """
    if not isinstance(table, pd.DataFrame):
        raise TypeError(
            f"the {role} must be a pandas DataFrame, got {type(table).__name__} {table!r}; read a "
            f"file first: turnout.read_{role}(path)."
        )


def parts_of_counts(names: Iterable[object]) -> list[str]:
    """Return the names that are counts of a group of registered or of voters.

    By sex (``registered_l``), disability (``voters_disabled``), age (``registered_age_17_25``) or
    list (``voters_dpk``); ages are whatever the table has.

    >>> parts_of_counts(["registered", "voters_p", "registered_age_60_up", "voters_low"])
    ['voters_p', 'registered_age_60_up']
    """
    return [str(name) for name in names if _PART_OF_A_COUNT.fullmatch(str(name))]


def place_columns(table: pd.DataFrame) -> list[str]:
    """Return the place columns that hold at least one name, coarsest first."""
    return [name for name in PLACE_COLUMNS if name in table and table[name].notna().any()]


def codes_stand_for_areas(table: pd.DataFrame) -> bool:
    """Whether areas have codes but no names: several codes in one place of one contest.

    >>> codes_stand_for_areas(pd.DataFrame({"district": ["Jelutung"] * 2, "area_id": ["1", "2"]}))
    True
    >>> codes_stand_for_areas(pd.DataFrame({"district": ["Jelutung"], "area_id": ["1"]}))
    False
    """
    named = "area" in table and table["area"].notna().any()
    if named or "area_id" not in table or table["area_id"].isna().all():
        return False
    places = place_columns(table)
    coded = table[table["area_id"].notna()]
    within = [*places, *(name for name in ("election", "date") if name in table)]
    told = coded[[*within, "area_id"]].drop_duplicates()
    return not coded.empty and (not places or bool(told.duplicated(within).any()))


def _typed(table: pd.DataFrame, columns: Iterable[str]) -> pd.DataFrame:
    """Add missing columns, set the types, and put the known columns first."""
    order = list(columns)
    own = [name for name in table.columns if name not in order]
    parts = {name: counts_of(table[name]) for name in parts_of_counts(own)}
    typed = pd.DataFrame(
        {
            **{name: _column(table, name) for name in order},
            **{name: parts.get(name, table[name]) for name in own},
        },
        index=table.index,
        copy=False,
    )
    if codes_stand_for_areas(typed):
        typed["area"] = typed["area_id"]
    return typed


def _column(table: pd.DataFrame, name: str) -> pd.Series:
    """Return a known column in its type; blank where the table lacks it."""
    if name not in table:
        if name in COUNT_COLUMNS:
            return pd.Series(np.nan, index=table.index, dtype="float64")
        if name in IDENTITY_COLUMNS:
            nothing = pd.Categorical.from_codes(np.full(len(table), -1), dtype=_NO_NAMES)
            return pd.Series(nothing, index=table.index)
        return pd.Series(np.full(len(table), None, dtype=object), index=table.index, copy=False)
    if name in IDENTITY_COLUMNS:
        return text_categories(table[name])
    if name in _TEXT_COLUMNS:
        return texts_of(table[name])
    return counts_of(table[name]) if name in COUNT_COLUMNS else table[name]


def _require(table: pd.DataFrame, needed: Iterable[str]) -> None:
    if table.columns.nlevels > 1:
        raise DataError(_LEVELS, n=table.columns.nlevels)
    known = {*RESULTS_COLUMNS, *ROLL_COLUMNS}
    twice = table.columns[table.columns.duplicated() & table.columns.isin(known)].unique()
    if len(twice):
        raise DataError(_TWICE, n=len(twice), names=list(twice))
    missing = [name for name in needed if name not in table.columns]
    if missing:
        raise DataError(_MISSING, missing=", ".join(missing), found=", ".join(map(str, table)))


_LEVELS = Text(
    en="The headers of the table have {n:count} levels. Keep one row of headers, for example "
    "table.columns = table.columns.get_level_values(0), or read the table with "
    "turnout.read_results.",
    id="Judul kolom tabel memuat {n:count} tingkat. Sisakan satu baris judul, misalnya "
    "table.columns = table.columns.get_level_values(0), atau baca tabel itu dengan "
    "turnout.read_results.",
)
_TWICE = Text(
    en="{n:count:column is:columns are} in the table more than once: {names:list}. Keep one of "
    "each, or rename the others.",
    id="{n:count} kolom muncul lebih dari sekali dalam tabel: {names:list}. Sisakan satu saja, "
    "atau ganti nama yang lain.",
)
_MISSING = Text(
    en="The table lacks {missing} (found: {found}). Rename the columns that hold "
    "them, or read the file with turnout.read_results, which knows many headers.",
    id="Tabel tidak memuat kolom {missing} (yang ada: {found}). Ganti nama kolom yang memuatnya, "
    "atau baca berkas dengan turnout.read_results yang mengenal banyak judul kolom.",
)
