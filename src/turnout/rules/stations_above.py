"""Stations of a place above the number that it has: rows of another place may stand under it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.codes import each_code
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule

NUMBERS_ABOVE = Rule(
    "station_numbers_above",
    "warning",
    Text(
        en="{n:count:station number stands:station numbers stand} under {place} ({numbers:list3}), "
        "which has {total:count:station:stations}.",
        id="{n:count} nomor TPS ({numbers:list3}) tercatat di {place}, padahal di sana hanya ada "
        "{total:count} TPS.",
    ),
    Text(
        en="Look whether these rows are of another place, or a number is wrong; if the stations "
        "are there, correct the number of all stations, in the roll or in the file.",
        id="Periksa apakah baris itu milik desa/kelurahan lain, atau nomornya keliru; bila TPS itu "
        "memang ada, perbaiki jumlah TPS-nya, di daftar pemilih atau di berkas.",
    ),
)

IN_ABOVE_ROLL = Rule(
    "stations_in_above_roll",
    "warning",
    Text(
        en="{n:count:station:stations} of {place} {n:count:is:are} in, which has {total:count} by "
        "the roll.",
        id="{n:count} TPS di {place} sudah masuk, padahal menurut daftar pemilih hanya ada "
        "{total:count} TPS.",
    ),
    Text(
        en="Look whether figures of another place are among them; if the stations are right, "
        "correct the roll.",
        id="Periksa apakah angka wilayah lain ikut terhitung; bila jumlah TPS-nya benar, perbaiki "
        "daftar pemilihnya.",
    ),
)

_FEW = 0.25
"""Share of the places above their stations up to which it is they that are odd: elsewhere numbers
run on from place to place, are codes, or the stations are those of another election."""


def check_stations_above(draft: Draft, known: pd.DataFrame | None = None) -> list[Finding]:
    """Find places with station numbers, or stations in, above the stations that they have.

    Parameters
    ----------
    draft
        The rows, sums of stations among them.
    known
        The areas to forecast, with the stations of the roll, where there is one.
    """
    rows = draft.table[draft.table["area"].notna()]
    of_roll = _of_roll(rows, known)
    numbers = _origin(draft, "numbers", rows.index)
    total = _origin(draft, "stations_told", rows.index).astype(float).fillna(of_roll)
    numbered = rows.index[numbers.notna() & (total > 0)]
    highest = numbers.loc[numbered].map(max).astype(float)
    above = _few(highest > total.loc[numbered])
    over = pd.Series({row: [str(n) for n in numbers[row] if n > total[row]] for row in above})
    over = over.astype(object).reindex(above)
    told = rows.loc[above].assign(n=over.map(len), numbers=over, total=total.loc[above])
    summed = numbers.index[numbers.isna() & (of_roll > 0)]
    counted = rows.loc[summed, "stations_counted"]
    more = _few(counted > of_roll.loc[summed])
    stations = rows.loc[more].assign(n=counted.loc[more], total=of_roll.loc[more])
    return [
        *NUMBERS_ABOVE.at(draft, above, "station", told),
        *IN_ABOVE_ROLL.at(draft, more, "stations_counted", stations),
    ]


def _few(above: pd.Series) -> pd.Index:
    """Return the rows that are so, if few are."""
    return above.index[above & (above.mean() <= _FEW)]


def _origin(draft: Draft, name: str, rows: pd.Index) -> pd.Series:
    """Return what reading kept of the stations that rows are sums of; blank of other rows."""
    if name not in draft.origin:
        return pd.Series(np.nan, rows, dtype=object)
    return draft.origin.loc[rows, name].astype(object)


def _of_roll(rows: pd.DataFrame, known: pd.DataFrame | None) -> pd.Series:
    """Return the stations that the roll has of the place of each row, found by code or by name."""
    found = pd.Series(np.nan, rows.index)
    if known is None or "stations_total" not in known:
        return found
    roll = known[known["stations_total"].notna() & known["area"].notna()]
    if roll.empty:
        return found
    both = (rows, roll.reindex(columns=["area", "area_id", "district", "stations_total"]))
    area, district = (
        [each_name(table[name], bare_name) for table in both] for name in ("area", "district")
    )
    inside = [
        (one + "\n" + other).where(other != "", "")
        for one, other in zip(area, district, strict=True)
    ]
    for ours, theirs in (each_code(*(table["area_id"] for table in both)), inside, area):
        once = (theirs != "") & ~theirs.duplicated(keep=False)
        of_key = roll.loc[once, "stations_total"].set_axis(theirs[once].to_numpy())
        found = found.fillna(ours.map(of_key).astype(float))
    return found
