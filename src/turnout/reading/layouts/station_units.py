"""Stations whose voters are in another unit, or are those who did not vote.

The sum of an area's stations hides them. Fractions are no counts wherever they stand; whole numbers
are told by the other stations (`far_stations`).
"""

from __future__ import annotations

import pandas as pd

from turnout.errors import Finding
from turnout.language import Text
from turnout.reading.headers.aliases import STATION
from turnout.reading.layouts.far_stations import far_stations
from turnout.reading.layouts.postal import is_special
from turnout.rules.draft import Draft
from turnout.rules.rule import Rule
from turnout.rules.units import PERCENTS, unit_of_fractions
from turnout.schema import COUNT_COLUMNS

_FEW, _PART = 5, 0.02
"""Stations of a contest, and the share of all of its, from which on percents are no chance."""
_OTHERS = 3
"""Stations that tell one which is far from the others."""

_FAR_BELOW = 0.25
"""Share of the turnout of an area's other stations below which a station's is doubted."""

_LACKS = 30
"""Voters that are missing then, at least: of few people one in four may come by chance."""

STATIONS_IN_PERCENT = Rule(
    PERCENTS.name,
    "error",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}, as at {n:count} of {all:count} stations: percentages where counts of people are "
        "due.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}, seperti di {n:count} dari {all:count} TPS: berisi persentase, padahal "
        "seharusnya jumlah orang.",
    ),
    PERCENTS.remedy,
)

STATION_PERCENT = Rule(
    "station_percent",
    "warning",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}, where the other stations have {others:percent}: perhaps a percentage. The sum of "
        "its stations does not show it.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}, padahal di TPS lainnya {others:percent}: mungkin ini persentase. "
        "Kekeliruan ini tidak tampak pada jumlah per kelurahan.",
    ),
    Text(
        en="Compare with the station's form, and put in how many people voted.",
        id="Bandingkan dengan formulir TPS itu, lalu isikan jumlah orang yang memilih.",
    ),
)

STATION_PERCENT_OR_REST = Rule(
    STATION_PERCENT.name,
    "warning",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}, where the other stations have {others:percent}: perhaps a percentage, or those "
        "who did not vote. The sum of its stations does not show it.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}, padahal di TPS lainnya {others:percent}: mungkin ini persentase, atau "
        "yang tidak memilih. Kekeliruan ini tidak tampak pada jumlah per kelurahan.",
    ),
    STATION_PERCENT.remedy,
)

STATION_ABSTAINERS = Rule(
    "station_abstainers",
    "warning",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}, where the other stations have {others:percent}: perhaps those who did not vote. "
        "The sum of its stations does not show it.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}, padahal di TPS lainnya {others:percent}: mungkin ini yang tidak "
        "memilih. Kekeliruan ini tidak tampak pada jumlah per kelurahan.",
    ),
    STATION_PERCENT.remedy,
)


STATION_FAR_BELOW = Rule(
    "station_far_below_others",
    "warning",
    Text(
        en="{voters:count} voters of {registered:count} registered at station {station} of "
        "{place}, where the other stations have {others:percent}; the sum of its stations does "
        "not show it.",
        id="{voters:count} pengguna hak pilih dari {registered:count} pemilih terdaftar di TPS "
        "{station} {place}, padahal di TPS lainnya {others:percent}. Kekeliruan ini tidak tampak "
        "pada jumlah per kelurahan.",
    ),
    Text(
        en="Compare with the station's form: a digit may be missing or too many.",
        id="Bandingkan dengan formulir TPS itu: periksa digit yang kurang atau berlebih.",
    ),
)


def fractions_at_stations(draft: Draft, stations: pd.DataFrame) -> list[Finding]:
    """Find figures of stations with a fraction, each at its own row.

    Parameters
    ----------
    draft
        All rows.
    stations
        Those of stations.
    """
    findings: list[Finding] = []
    for column in (name for name in COUNT_COLUMNS if name in stations):
        values = stations[column].dropna()
        parts = values[values % 1 != 0]
        registered = stations["registered"].iloc[: 0 if column == "registered" else None]
        for some in (parts[parts <= 1], parts[parts > 1]):
            if len(some):
                rule, rows = unit_of_fractions(some, registered.reindex(some.index).dropna())
                findings += rule.at(draft, rows, column)
    return findings


def check_far_stations(
    draft: Draft,
    told: pd.DataFrame,
    contest: pd.Series[int],
    area: pd.Series[int],
    percents: int,
) -> tuple[list[Finding], pd.Series[float]]:
    """Find stations far below the others; their voters may be percents, or who did not vote.

    Parameters
    ----------
    draft
        All rows.
    told
        Those of stations with registered and voters, with the names that the texts mention.
    contest, area
        The number of each one's contest, and of its contest and area.
    percents
        How many others are percents with a fraction.

    Returns
    -------
    list of Finding, Series
        An error per row where many are percents, else warnings; and the voters that each station
        lacks by them.
    """
    found = _looked_at(told, contest, area)
    rows = told.join(found)
    many = rows["n"] + percents >= (_PART * rows["all"]).clip(lower=_FEW)
    below = _far_below(told, area)
    rows = rows.assign(others=rows["others"].fillna(below))
    percent, rest = rows["percent"], rows["rest"]
    told_by = {
        STATIONS_IN_PERCENT: percent & many,
        STATION_PERCENT: percent & ~many & ~rest,
        STATION_PERCENT_OR_REST: percent & ~many & rest,
        STATION_ABSTAINERS: rest & ~percent,
        STATION_FAR_BELOW: below.notna() & ~percent & ~rest,
    }
    odd = pd.concat(told_by, axis=1).any(axis=1)
    findings = [
        one
        for rule, at in told_by.items()
        for one in rule.at(draft, rows.index[at], "voters", rows)
    ]
    lacks = rows["others"] * rows["registered"] - rows["voters"]
    return findings, lacks.where(odd, 0.0).clip(lower=0.0)


def _looked_at(told: pd.DataFrame, contest: pd.Series[int], area: pd.Series[int]) -> pd.DataFrame:
    """Return what stations may be instead, with how many of all of a contest are percents."""
    usable = told["voters"].between(0, told["registered"], inclusive="right")
    rows = told[usable & ~told[STATION].map(is_special).astype(bool)]
    parts = []
    for _, some in rows.groupby(contest[rows.index], sort=False):
        if len(some) >= _OTHERS:
            voters, registered = (some[name].to_numpy(float) for name in ("voters", "registered"))
            found = far_stations(voters, registered, pd.factorize(area[some.index])[0])
            part = pd.DataFrame(vars(found), some.index)
            parts.append(part.assign(n=part["percent"].sum(), all=len(part)))
    empty = pd.DataFrame({"percent": [], "rest": [], "others": [], "n": [], "all": []})
    looked_at = pd.concat(parts) if parts else empty
    looked_at = looked_at.reindex(told.index)[[*empty]]
    return looked_at.assign(
        **{name: looked_at[name].eq(other=True) for name in ("percent", "rest")}
    )


def _far_below(told: pd.DataFrame, area: pd.Series[int]) -> pd.Series[float]:
    """Return turnout of the others of an area beside stations with far less; two others at least.

    NaN where a station is not far below.
    """
    of_area = told[["registered", "voters"]].groupby(area.loc[told.index])
    others = of_area.transform("sum") - told[["registered", "voters"]]
    share = (others["voters"] / others["registered"]).where(of_area["voters"].transform("size") > 2)
    due = share * told["registered"]
    far = (told["voters"] < _FAR_BELOW * due) & (due - told["voters"] >= _LACKS)
    return share.where(far & (told["voters"] > 0))
