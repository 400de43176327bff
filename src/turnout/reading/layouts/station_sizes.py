"""Stations far larger or smaller than those around them: a digit too many or too few."""

from __future__ import annotations

import pandas as pd

from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.reading.layouts.postal import is_special
from turnout.reading.layouts.station_numbers import station_numbers
from turnout.rules.rule import Rule
from turnout.rules.sizes import alike_elsewhere, far_from_others
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

STATION_SIZE = Rule(
    "station_size_far_off",
    "warning",
    Text(
        en="{registered:count} registered at station {station} of {place}, where stations usually "
        "have about {usual:count}; the sum of its stations does not show it.",
        id="{registered:count} pemilih terdaftar di TPS {station} {place}, padahal TPS di sana "
        "umumnya sekitar {usual:count}. Kekeliruan ini tidak tampak pada jumlah per kelurahan.",
    ),
    Text(
        en="Compare registered and voters with the station's form: a digit may be too many or "
        "missing. If the station is that large or small, leave it.",
        id="Bandingkan pemilih terdaftar dan pengguna hak pilihnya dengan formulir TPS itu: "
        "periksa digit yang kurang atau berlebih. Bila ukuran TPS itu memang demikian, "
        "biarkan.",
    ),
)


def contests_of(stations: pd.DataFrame, area: pd.Series[int]) -> pd.Series[int]:
    """Return the number of each station's contest.

    Parameters
    ----------
    stations
        Rows of stations.
    area
        The number of each row's contest and area.
    """
    told = [name for name in CONTEST_COLUMNS if name in stations]
    if not told:
        return pd.Series(0, index=stations.index)
    first = area.drop_duplicates()
    contests = stations.loc[first.index, told].groupby(told, dropna=False).ngroup()
    return area.map(pd.Series(contests.to_numpy(), index=first.to_numpy()))


def usual_sizes(
    stations: pd.DataFrame, contest: pd.Series[int], area: pd.Series[int]
) -> pd.Series[float]:
    """Return the usual registered of stations that are far from it, by their rows.

    Special stations, by their name or number, may be small; and so may one that is of the same
    size in other contests. With more voters than registered it is told as such.

    Parameters
    ----------
    stations
        Rows of stations with a name and registered voters.
    contest, area
        The number of each row's contest, and of its contest and area.
    """
    usual = far_from_others(stations["registered"], contest, area).dropna()
    if usual.empty:
        return usual
    odd = stations.loc[usual.index]
    fewer = odd["registered"] < usual
    special = odd[STATION].map(is_special).astype(bool) | station_numbers(odd).isna()
    above = odd["voters"] > odd["registered"] if "voters" in odd else False
    keys = [*(name for name in (*PLACE_COLUMNS, "area_id") if name in stations), STATION]
    same = stations[stations[STATION].isin(odd[STATION])]
    alike = alike_elsewhere(same["registered"], same[keys]).loc[odd.index]
    return usual[~(fewer & (special | above)) & ~alike]
