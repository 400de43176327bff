"""Polling stations with far more voters than registered.

A special station (a hospital, a prison) may have more voters of added lists than of its own: as
long as its place has not, it is told, and on the night the place is in doubt.
"""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.row_rules import VOTERS_LIMIT
from turnout.rules.rule import Rule

STATION_ABOVE = Rule(
    "station_above_registered",
    "warning",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}; the sum of its stations does not show it.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}. Hal ini tidak tampak pada jumlah per kelurahan.",
    ),
    Text(
        en="Look for a digit too many or missing; if voters came who were added to the roll "
        "later (in Indonesia DPTb, DPK), leave it.",
        id="Periksa digit yang kurang atau berlebih; bila memang dari DPTb dan DPK, biarkan.",
    ),
)

STATION_FAR_ABOVE = Rule(
    "station_far_above_registered",
    "error",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}; with it all stations of the area have more than 1.5 times as many voters as "
        "registered.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}; dengan angka ini pengguna hak pilih semua TPS di wilayah itu lebih "
        "dari 1,5 kali lipat pemilih terdaftarnya.",
    ),
    Text(
        en="Compare with the station's form and correct the row: a digit may be too many or "
        "missing.",
        id="Bandingkan dengan formulir TPS itu lalu perbaiki barisnya: periksa digit yang kurang "
        "atau berlebih.",
    ),
)


def check_above(draft: Draft, stations: pd.DataFrame, group: pd.Series[int]) -> list[Finding]:
    """Return stations with far more voters than registered, by whether their area has, too.

    Parameters
    ----------
    draft
        All rows.
    stations
        Those of stations, with what each (``station``) and its place are called.
    group
        The number of each row's contest and area.
    """
    far = with_too_many(stations)
    if not len(far):
        return []
    of_area = stations[["registered", "voters"]].groupby(group.loc[stations.index])
    shown = _far_above(of_area.transform("sum"))[far].to_numpy()
    return [
        *STATION_ABOVE.at(draft, far[~shown], "voters", stations.loc[far]),
        *STATION_FAR_ABOVE.at(draft, far[shown], "voters", stations.loc[far]),
    ]


def with_too_many(stations: pd.DataFrame) -> pd.Index:
    """Return stations with far more voters than registered; postal ones have none of their own."""
    if "voters" not in stations:
        return stations.index[:0]
    return stations.index[_far_above(stations) & (stations["registered"] > 0)]


def _far_above(rows: pd.DataFrame) -> pd.Series[bool]:
    return rows["voters"] > VOTERS_LIMIT * rows["registered"]
