"""Stations of one area that stand under another as well, or twice in it, with the same figures.

Their sums hide it: a village that has the stations of another is as large as villages are. Several
stations of two areas that have both figures in common are held against the chance that it is none;
a single one takes more figures, see `turnout.reading.layouts.alike_stations`.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.layouts.alike_stations import LIKELY, alike_stations
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

_FEWEST = 3
"""Stations that are copies, where an area has others; of all its stations, one less."""
_AS_MANY = 10.0
"""Chance that as many vote, times the voters: of as many registered they vary by a tenth."""
_AREAS = ["one", "other"]

STATIONS_COPIED = Rule(
    "stations_copied",
    "warning",
    Text(
        en="{n:count} stations of {place} ({stations:list}) have exactly the registered and voters "
        "of stations of {usual} ({others:list}): one of the two is a copy of the other; the sums "
        "of the stations do not show it.",
        id="pemilih terdaftar dan pengguna hak pilih {n:count} TPS di {place} ({stations:list}) "
        "persis sama dengan TPS di {usual} ({others:list}): salah satunya salinan dari yang lain. "
        "Hal ini tidak tampak pada jumlah per kelurahan.",
    ),
    Text(
        en="Put in the figures of its own in place of the copy.",
        id="Ganti salinannya dengan angkanya sendiri.",
    ),
)

STATION_COPIED = Rule(
    "station_copied",
    "warning",
    Text(
        en="station {station} of {place} has exactly the registered, voters and other counts of "
        "station {usual} of {source}: perhaps a copy.",
        id="DPT, pengguna hak pilih, dan angka lain TPS {station} {place} persis sama dengan TPS "
        "{usual} {source}: mungkin salinan.",
    ),
    STATIONS_COPIED.remedy,
)


def find_copies(
    draft: Draft, stations: pd.DataFrame, group: pd.Series[int], numbers: pd.Series[str]
) -> tuple[list[Finding], pd.Index]:
    """Return what is told of stations that are copies, and the rows of these and their sources.

    Parameters
    ----------
    draft
        All rows.
    stations
        Those of stations with registered and voters.
    group
        The number of each row's contest and area.
    numbers
        What each station is called.
    """
    if "voters" not in stations:
        return [], stations.index[:0]
    area, contest = group.loc[stations.index], _contests(stations)
    pairs = _pairs(stations, contest, area, numbers)
    copies = pairs[_are_no_chance(pairs)]
    findings: list[Finding] = []
    names = place_names(stations.reindex(columns=list(PLACE_COLUMNS)))
    for _, block in copies.sort_values("copy").groupby(_AREAS, sort=False):
        first = block.iloc[0]
        told = {
            "n": len(block),
            "place": names[first["copy"]],
            "usual": names[first["source"]],
            "stations": [list(numbers[block["copy"]])],
            "others": [list(numbers[block["source"]])],
        }
        at = pd.DataFrame(told, [first["copy"]])
        findings += STATIONS_COPIED.at(draft, at.index, "voters", at)
    several = pd.Index(copies[["copy", "source"]].to_numpy().ravel())
    single = _single(stations, contest, area, numbers)
    single = single[~single["copy"].isin(several) & ~single["source"].isin(several)]
    copy, source = pd.Index(single["copy"]), pd.Index(single["source"])
    told_of = pd.DataFrame(
        {
            "station": numbers[copy].to_numpy(),
            "place": names[copy].to_numpy(),
            "usual": numbers[source].to_numpy(),
            "source": names[source].to_numpy(),
            "n": single["n"].to_numpy(),
        },
        copy,
    ).sort_index()
    findings += STATION_COPIED.at(draft, told_of.index, "voters", told_of)
    return findings, several.append([copy, source]).unique()


def _contests(stations: pd.DataFrame) -> pd.Series[int]:
    """Return the number of each row's contest, and of the hour of a count that it is of."""
    by = [name for name in (*CONTEST_COLUMNS, "data_until") if name in stations]
    if not by:
        return pd.Series(0, stations.index)
    return stations.groupby(by, dropna=False, sort=False).ngroup()


def _single(
    stations: pd.DataFrame, contest: pd.Series[int], area: pd.Series[int], numbers: pd.Series[str]
) -> pd.DataFrame:
    """Return single stations with all figures of another one, but for those told twice."""
    alike = alike_stations(stations, contest, area)
    copy, source = pd.Index(alike["copy"]), pd.Index(alike["source"])
    again = numbers[copy].to_numpy() == numbers[source].to_numpy()
    again &= area[copy].to_numpy() == area[source].to_numpy()
    return alike[~again]


def _pairs(
    stations: pd.DataFrame, contest: pd.Series[int], area: pd.Series[int], numbers: pd.Series[str]
) -> pd.DataFrame:
    """Return stations of two areas of a contest that have both figures in common, and no third.

    Each pair with the ``chance`` of it, whether both have the same number (``alike``), how many
    stations the areas have (``size`` and ``size_other``), and how many pairs of areas there are.
    """
    rows = stations[(stations[_FIGURES] > 0).all(axis=1)]
    at = rows.index
    rows = rows[_FIGURES].assign(contest=contest[at], area=area[at], row=at)
    rows["size"] = rows.groupby("area")["row"].transform("size")
    rows["areas"] = rows.groupby("contest")["area"].transform("nunique")
    as_large = rows.groupby(["contest", "registered"])["row"].transform("size")
    share = as_large / rows.groupby("contest")["row"].transform("size")
    rows["chance"] = share * (_AS_MANY / rows["voters"]).clip(upper=1.0)
    alike = rows.groupby(["contest", *_FIGURES], sort=False)["row"]
    twice = rows[alike.transform("size") == _TWO].sort_values(["contest", *_FIGURES, "row"])
    first, second = twice.iloc[::2], twice.iloc[1::2]
    areas = np.sort(np.column_stack([first["area"], second["area"]]), axis=1)
    pairs = second.rename(columns={"row": "copy"}).assign(
        source=first["row"].to_numpy(),
        one=areas[:, 0],
        other=areas[:, 1],
        size_other=first["size"].to_numpy(),
        alike=numbers[first["row"]].to_numpy() == numbers[second["row"]].to_numpy(),
    )
    return pairs[pairs["one"] != pairs["other"]]


def _are_no_chance(pairs: pd.DataFrame) -> pd.Series[bool]:
    """Mark the pairs of two areas that have more in common than chance explains.

    Areas of a and b stations have a x b pairs of them, or as many as the smaller one has stations
    where those of the same number are alike. Of chances p in w ways, k come true with one of
    (w p)^k / k! at most.
    """
    by_areas = pairs.groupby(_AREAS, sort=False)
    k = by_areas["copy"].transform("size")
    fewer = pairs[["size", "size_other"]].min(axis=1)
    ways = fewer.where(by_areas["alike"].transform("all"), pairs["size"] * pairs["size_other"])
    logs = pairs.assign(each=np.log(pairs["chance"] * ways))
    by_chance = logs.groupby(_AREAS, sort=False)["each"].transform("sum")
    by_chance -= k.map(lambda n: math.lgamma(n + 1))
    by_chance += np.log(pairs["areas"] * (pairs["areas"] - 1) / 2)
    several = (k >= _FEWEST) | ((k == fewer) & (k >= _TWO))
    return several & (by_chance < math.log(LIKELY))


_FIGURES: Sequence[str] = ["registered", "voters"]
_TWO = 2
