"""Rules on rows in which two columns have changed places: voters and registered, or names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding, Spot
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.plausible import LOW_TURNOUT
from turnout.rules.rule import Rule
from turnout.rules.told_once import elsewhere

_CLEARLY = 1.1
"""Voters per registered from which on the figures may be swapped; less may be added voters."""

_NEARER = 0.5
"""How much nearer to the place's usual roll the voters must be than the registered (logs)."""

_FITS = 0.25
"""How far from its due the registered may be once they are exchanged (logs)."""

_AS_LOW = 3
"""How many times below the contest's median turnout may be then: else a digit is missing."""

_AS_NEAR = 1.2
"""The same where exchanging them gives a turnout like that of the other places."""

_ALIKE = 0.1
"""Distance from the contest's median within which a turnout is like that of the other places."""

_FEW_STATIONS = 0.5
"""Share of an area's stations with more voters than registered below which others are sound."""

_FEW = 3
"""Rows from which on one cause for all of them is likelier than many."""

SWAPPED_COUNTS = Rule(
    "swapped_counts",
    "error",
    Text(
        en="{voters:count} voters of {registered:count} registered in {place}, which has "
        "{usual:count} registered in other contests: the two figures have changed places.",
        id="{voters:count} pengguna hak pilih dari {registered:count} terdaftar di {place}, "
        "padahal pada pemilihan lain terdaftar {usual:count}: kedua angkanya tertukar.",
    ),
    Text(
        en="Exchange the two figures in this row.",
        id="Tukarkan kedua angka pada baris ini.",
    ),
)

SWAPPED_COLUMNS = Rule(
    "swapped_columns",
    "error",
    Text(
        en="more voters than registered in all {n:count:row:rows} of {contests:contests}: the two "
        "columns have changed places.",
        id="pengguna hak pilih melebihi pemilih terdaftar pada seluruh {n:count} baris "
        "{contests:contests}: kedua kolomnya tertukar.",
    ),
    Text(
        en="Exchange their headers, or the figures of that contest.",
        id="Tukarkan judul kedua kolom itu, atau angkanya pada pemilihan tersebut.",
    ),
)

SWAPPED_STATIONS = Rule(
    SWAPPED_COLUMNS.name,
    "error",
    Text(
        en="more stations than registered voters in all {n:count:row:rows}: the two columns have "
        "changed places.",
        id="jumlah TPS melebihi pemilih terdaftar pada seluruh {n:count} baris: kedua kolomnya "
        "tertukar.",
    ),
    Text(
        en="Exchange the headers of the two columns.",
        id="Tukarkan judul kedua kolom itu.",
    ),
)

SWAPPED_NAMES = Rule(
    "swapped_names",
    "error",
    Text(
        en="area {area} in district {district}, which other rows name the other way round.",
        id="kelurahan/desa {area} di kecamatan {district}, sedangkan baris lain menulisnya "
        "terbalik.",
    ),
    Text(
        en="Exchange the two names in this row.",
        id="Tukarkan kedua nama pada baris ini.",
    ),
)


def check_swapped(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    """Find rows whose two counts, or two names, stand in each other's place.

    The registered of a place change little between contests: where there are more voters than
    registered, and the voters are what the place has registered else, the two are swapped.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, whose labels are below zero.
    """
    return [*_counts(draft, rows), *_names(draft, rows)]


_LOOKED_AT = [
    *("contest", "key", "place", "registered", "voters", "stations_counted", "stations_total")
]


def _counts(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    rows = rows[_LOOKED_AT]
    whole = rows[(rows["registered"] > 0) & (rows["voters"] > 0) & ~is_partial(rows)]
    over = whole["voters"] > _CLEARLY * whole["registered"]
    sound = whole[whole["voters"] <= whole["registered"]]
    usual_of = sound.groupby("key")["registered"].median()
    told = whole[over & (whole.index >= 0)]
    usual = told["key"].map(usual_of)
    told = told.assign(usual=usual)[usual.notna()]
    grown = (sound["registered"] / sound["key"].map(usual_of)).groupby(sound["contest"]).median()
    due = told["usual"] * told["contest"].map(grown).fillna(1.0)
    away = {name: abs(np.log(told[name] / due)) for name in ("voters", "registered")}
    turned = told["registered"] / told["voters"]
    turnout = (sound["voters"] / sound["registered"]).groupby(sound["contest"]).median()
    others = told["contest"].map(turnout).fillna(turnout.median())
    alike = (turned - others).abs() < _ALIKE
    near = away["voters"] < np.minimum(_NEARER * away["registered"], _FITS)
    near &= turned > others / _AS_LOW
    near |= alike & (away["voters"] < _AS_NEAR * away["registered"])
    near &= ~_of_stations_that_are_not(draft, told.index)
    odd = told[(turned >= LOW_TURNOUT) & near]  # else a digit is missing
    return SWAPPED_COUNTS.at(draft, odd.index, "voters", odd)


def _of_stations_that_are_not(draft: Draft, rows: pd.Index) -> pd.Series:
    """Return which rows are sums of stations of which few have more voters than registered."""
    if "stations_above" not in draft.origin:
        return pd.Series(data=False, index=rows)
    return draft.origin.loc[rows, "stations_above"] < _FEW_STATIONS


def check_swapped_columns(draft: Draft) -> tuple[list[Finding], pd.Index]:
    """Find contests in all of whose rows the two counts stand in each other's place.

    Returns
    -------
    list of Finding
        One error for all of them, which concerns the whole file.
    pandas.Index
        Their rows.
    """
    table = draft.table[["contest", "registered", "voters"]]
    rows = table[(table["registered"] > 0) & (table["voters"] > 0)]
    ratio = rows["voters"] / rows["registered"]
    by = ratio.groupby(rows["contest"])
    middle = by.transform("median")  # beyond a turnout that there is, one is in thousands
    swapped = (by.transform("min") > 1) & (middle > _CLEARLY) & (middle <= 1 / LOW_TURNOUT)
    told = rows[swapped & (by.transform("size") >= _FEW)]
    if told.empty:
        return [], told.index
    first = draft.spot(told.index[0], "voters")
    values = {"n": len(told), "contests": list(told["contest"].unique())}
    finding = SWAPPED_COLUMNS.once(
        Spot(first.file, first.sheet, column=first.column),
        values,
    )
    return [finding], told.index


def because_swapped_columns(
    draft: Draft, findings: list[Finding], swapped: tuple[list[Finding], pd.Index]
) -> list[Finding]:
    """Return findings with one on swapped columns in place of those on the counts of its rows."""
    columns, rows = swapped
    spots = {spot for name in ("registered", "voters") for spot in draft.spots(rows, name)}
    return [*elsewhere(findings, spots), *columns]


def because_swapped_stations(draft: Draft, findings: list[Finding]) -> list[Finding]:
    """Return findings with one on stations beside voters in place of those on the rows' counts."""
    columns, rows = check_swapped_stations(draft)
    counts = ("registered", "voters", "stations_total", "stations_counted")
    spots = {spot for name in counts for spot in draft.spots(rows, name)}
    return [*elsewhere(findings, spots), *columns] if columns else findings


def check_swapped_stations(draft: Draft) -> tuple[list[Finding], pd.Index]:
    """Find contests, or a roll, whose stations and registered stand in each other's place.

    Returns
    -------
    list of Finding
        One error for all of them, which concerns the whole file.
    pandas.Index
        Their rows.
    """
    table = draft.table.reindex(columns=["contest", "registered", "stations_total"])
    rows = table[(table["registered"] > 0) & (table["stations_total"] > 0)]
    # Fractions are thousands of voters (1.234), no numbers of stations.
    stations = rows["registered"] == rows["registered"].round()
    more = (rows["stations_total"] > rows["registered"]) & stations
    by = more.groupby(rows["contest"].where(rows["contest"].notna(), ""))
    told = rows[by.transform("all") & (by.transform("size") >= _FEW)]
    if told.empty:
        return [], told.index
    rule, first = SWAPPED_STATIONS, draft.spot(told.index[0], "stations_total")
    spot = Spot(first.file, first.sheet, column=first.column)
    values = {"n": len(told)}
    finding = rule.once(spot, values)
    return [finding], told.index


def _names(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    rows = rows[["place", "area", "district"]]
    named = rows[rows["area"].notna() & rows["district"].notna()]
    area, district = (each_name(named[name], bare_name) for name in ("area", "district"))
    # Numbers in place of names: a nation's rows are compared many times.
    number, names = pd.factorize(np.concatenate([area, district]))
    one, other = np.split(number.astype(np.int64), 2)
    pairs, reverse = (first * len(names) + second for first, second in ((one, other), (other, one)))
    turned = np.isin(pairs, reverse) & (one != other)
    if not turned.any():
        return []
    areas = area.groupby(district).nunique()
    # A district of this one area, whose name is that of a district of several.
    alone = (district.map(areas) == 1) & (area.map(areas) > 1)
    odd = np.asarray(turned & alone) & (named.index >= 0)
    return SWAPPED_NAMES.at(draft, named.index[odd], "area", named)
