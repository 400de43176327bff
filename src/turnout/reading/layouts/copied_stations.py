"""Stations of one area that stand under another as well, or twice in it, with the same figures.

Their sums hide it: a village that has the stations of another is as large as villages are. Stations
of two areas that have both figures in common are held against the chance that it is none; of one
area, where stations are of one size, a row that was pasted over the next takes more figures.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import place_names
from turnout.rules.rule import Rule
from turnout.schema import CONTEST_COLUMNS, PLACE_COLUMNS

_FEWEST = 3
"""Stations that are copies, where an area has others; of all its stations, one less."""
_LIKELY = 0.01
"""Tables of so many hundredths may have such stations by chance."""
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
        id="Ganti salinan itu dengan angkanya sendiri.",
    ),
)

STATION_COPIED = Rule(
    "station_copied",
    "warning",
    Text(
        en="station {station} of {place} has exactly the registered, voters and other counts of "
        "station {usual}, {n:count} figures that do not follow from each other: one of the two is "
        "a copy of the other; the sum of the stations does not show it.",
        id="{n:count} angka TPS {station} {place} yang tidak saling bergantung (pemilih terdaftar, "
        "pengguna hak pilih, dan lainnya) persis sama dengan TPS {usual}: salah satunya salinan "
        "dari yang lain. Hal ini tidak tampak pada jumlah per kelurahan.",
    ),
    STATIONS_COPIED.remedy,
)


def find_copies(
    draft: Draft, stations: pd.DataFrame, group: pd.Series[int], numbers: pd.Series[str]
) -> tuple[list[Finding], list[int]]:
    """Return what is told of stations that are copies, and the numbers of both their areas.

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
        return [], []
    pairs = _pairs(stations, group.loc[stations.index], numbers)
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
    pasted = _pasted(stations, group.loc[stations.index], numbers)
    pasted = pasted[~pasted.index.isin(copies[["copy", "source"]].to_numpy().ravel())]
    findings += STATION_COPIED.at(
        draft, pasted.index, "voters", pasted.assign(place=names.loc[pasted.index])
    )
    areas = [*copies[_AREAS].to_numpy().ravel(), *group.loc[pasted.index]]
    return findings, pd.unique(pd.Series(areas, dtype="int64")).tolist()


def _pasted(stations: pd.DataFrame, group: pd.Series[int], numbers: pd.Series[str]) -> pd.DataFrame:
    """Return stations with all figures of the one above them in their area, if it is no chance.

    How often a figure is the same in two such stations is seen in the table, and is at least what
    stations of one size have.
    """
    figures = [name for name in _AS_OFTEN if name in stations and stations[name].notna().any()]
    if not {"registered", "voters"} <= set(figures):
        return pd.DataFrame(columns=["station", "usual", "n"])
    rows = stations[figures].assign(station=numbers[stations.index])
    above = rows.groupby(group, sort=False).shift()
    pairs = above[figures].notna().all(axis=1) & rows[figures].notna().all(axis=1)
    pairs &= (rows["station"] != above["station"]) & (rows[["registered", "voters"]] > 0).all(
        axis=1
    )
    same = rows[figures] == above[figures]
    n = int(pairs.sum())
    chance = pd.Series(float(n), rows.index)
    for name in figures:
        often = max((int((same[name] & pairs).sum()) + 1) / (n + 1), _AS_OFTEN[name])
        chance *= (_ALIKE / np.sqrt(rows[name].clip(lower=_ALIKE**2))).clip(lower=often)
    copies = pairs & same.all(axis=1) & (chance < _LIKELY)
    told = pd.DataFrame({"station": rows["station"], "usual": above["station"]})
    return told.assign(n=len(figures))[copies]


_ALIKE = 1 / math.sqrt(4 * math.pi)
"""Chance that two Poisson counts of one mean are the same, times the root of the count."""
_AS_OFTEN = {
    "registered": 0.02,
    "registered_l": 0.05,
    "voters": 0.04,
    "voters_l": 0.05,
    "invalid": 0.1,
}
"""Figures that do not follow from each other, and how often each is the same in two stations of
one size: men vary by five, voters by ten."""


def _pairs(stations: pd.DataFrame, group: pd.Series[int], numbers: pd.Series[str]) -> pd.DataFrame:
    """Return stations of two areas of a contest that have both figures in common, and no third.

    Each pair with the ``chance`` of it, whether both have the same number (``alike``), how many
    stations the areas have (``size`` and ``size_other``), and how many pairs of areas there are.
    """
    rows = stations[(stations[_FIGURES] > 0).all(axis=1)]
    by = [name for name in (*CONTEST_COLUMNS, "data_until") if name in rows]
    contest = rows.groupby(by, dropna=False, sort=False).ngroup() if by else 0
    rows = rows[_FIGURES].assign(contest=contest, area=group[rows.index], row=rows.index)
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
    return several & (by_chance < math.log(_LIKELY))


_FIGURES: Sequence[str] = ["registered", "voters"]
_TWO = 2
