"""Rules on rows in which two columns have changed places: voters and registered, or names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import is_partial
from turnout.rules.plausible import LOW_TURNOUT
from turnout.rules.rule import Rule

_CLEARLY = 1.1
"""Voters per registered from which on the figures may be swapped; less may be added voters."""

_NEARER = 0.5
"""How much nearer to the place's usual roll the voters must be than the registered (logs)."""

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


def _counts(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    whole = rows[(rows["registered"] > 0) & (rows["voters"] > 0) & ~is_partial(rows)]
    over = whole["voters"] > _CLEARLY * whole["registered"]
    sound = whole[whole["voters"] <= whole["registered"]]
    told = whole[over & (whole.index >= 0)]
    usual = told["key"].map(sound.groupby("key")["registered"].median())
    told = told.assign(usual=usual)[usual.notna()]
    away = {name: abs(np.log(told[name] / told["usual"])) for name in ("voters", "registered")}
    exchanged = told["registered"] >= LOW_TURNOUT * told["voters"]  # else a digit is missing
    odd = told[exchanged & (away["voters"] < _NEARER * away["registered"])]
    return SWAPPED_COUNTS.at(draft, odd.index, "voters", odd)


def _names(draft: Draft, rows: pd.DataFrame) -> list[Finding]:
    named = rows[rows["area"].notna() & rows["district"].notna()]
    if named.empty:
        return []
    area, district = (each_name(named[name], bare_name) for name in ("area", "district"))
    pairs = pd.MultiIndex.from_arrays([area, district])
    turned = pairs.isin(pd.MultiIndex.from_arrays([district, area])) & (area != district)
    areas = area.groupby(district).nunique()
    # A district of this one area, whose name is that of a district of several.
    alone = (district.map(areas) == 1) & (area.map(areas) > 1)
    odd = np.asarray(turned & alone) & (named.index >= 0)
    return SWAPPED_NAMES.at(draft, named.index[odd], "area", named)
