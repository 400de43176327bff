"""Figures of one area that stand under another of its district.

A row under a wrong name leaves the sum of the district as it is: one area is as large as two, and
the other is missing. That is told as one thing, in place of a jump.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_name, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places
from turnout.rules.nearest_contests import NearestContests
from turnout.rules.rule import Rule

_LEAST = 0.15
"""Places grow by less than this part of themselves otherwise than the others around them."""
_ABOUT = 0.25
"""What an area has too many may differ by this part from the one that is missing."""
_SDS, _SD = 3.0, 1.4826
"""Of the places' growth about what is usual so many standard deviations are no chance; a standard
deviation is so many times the median of what they are off."""
_TWO = 2

_REMEDY = Text(
    en="Look in the source document, and put what is of {missing} under its own name. If {missing} "
    "was part of {name} then, say so in a crosswalk; if the figures are right, leave them.",
    id="Periksa di dokumen sumbernya, lalu pindahkan yang milik {missing} ke namanya sendiri. Bila "
    "{missing} waktu itu memang bagian dari {name}, nyatakan dalam tabel pemekaran "
    "(--crosswalk); bila angkanya benar, biarkan.",
)
_REMEDY_TWICE = Text(
    en="Look in the source document, and put what is of {missing} under its own name. If all of it "
    "is of {name}, stations stand twice: keep the rows that are right, or correct the stations' "
    "numbers.",
    id="Periksa di dokumen sumbernya, lalu pindahkan yang milik {missing} ke namanya sendiri. Bila "
    "semuanya memang milik {name}, ada TPS yang tercantum dua kali: sisakan baris yang benar, atau "
    "perbaiki nomor TPS-nya.",
)

UNDER_ANOTHER = Rule(
    "under_another",
    "warning",
    Text(
        en="{registered:count} registered in {place}, about as many as in {name} and {missing} "
        "together in {earlier:contest} ({before:count} and {lacking:count}), and {missing} is "
        "missing in {contest:contest}: its figures may stand under {name}.",
        id="{registered:count} pemilih terdaftar di {place}, kira-kira sebanyak {name} dan "
        "{missing} bersama-sama pada {earlier:contest} ({before:count} dan {lacking:count}), "
        "sedangkan {missing} tidak ada pada {contest:contest}: angkanya mungkin tercantum di bawah "
        "nama {name}.",
    ),
    _REMEDY,
)

STATIONS_UNDER_ANOTHER = Rule(
    UNDER_ANOTHER.name,
    "warning",
    Text(
        en="{registered:count} registered in {place}, about as many as in {name} and {missing} "
        "together in {earlier:contest} ({before:count} and {lacking:count}), and {missing} is "
        "missing in {contest:contest}: some of the stations under {name} (rows {stations:list}) "
        "may be those of {missing}.",
        id="{registered:count} pemilih terdaftar di {place}, kira-kira sebanyak {name} dan "
        "{missing} bersama-sama pada {earlier:contest} ({before:count} dan {lacking:count}), "
        "sedangkan {missing} tidak ada pada {contest:contest}: sebagian TPS di bawah nama {name} "
        "(baris {stations:list}) mungkin TPS {missing}.",
    ),
    _REMEDY,
)

BECAUSE_OF_IT = frozenset(("repeated_station", "absent_stations"))
"""Rules on the numbers of stations: those of two areas stand twice, or have a gap."""
_WHEN_GONE = frozenset(("unmatched_area", "without_history"))


@dataclass(frozen=True)
class UnderAnother:
    """An area whose figures stand under another.

    Parameters
    ----------
    finding
        What is said of it, at the row of the other.
    row
        Label of that row.
    times
        How many times as large as in another contest it is.
    of_missing
        Labels of the area's rows in other contests.
    """

    finding: Finding
    row: int
    times: float
    of_missing: pd.Index


def check_under_another(
    draft: Draft, rows: pd.DataFrame, accounted: pd.Index
) -> list[UnderAnother]:
    """Find areas that are as large as two of which the other is missing.

    Parameters
    ----------
    draft
        The rows that findings point at.
    rows
        Those rows, described, perhaps with those of other tables, labelled below 0.
    accounted
        Labels of rows whose areas a crosswalk ties to others.
    """
    areas = finest_places(rows, ["contest", "date", "key", "place", "registered"])
    usable = areas["date"].notna() & (areas["registered"] > 0) & areas["around"].notna()
    areas = areas[usable & ~areas.index.isin(draft.table.index[draft.size_doubted()])]
    ours = areas["contest"][areas.index >= 0].unique()
    if not len(ours) or areas["contest"].nunique() < _TWO:
        return []
    areas = areas.sort_values("date", kind="stable")
    nearest = NearestContests.of(areas)
    told = pd.concat([_of_contest(nearest, contest) for contest in ours])
    told = told[~told.index.isin(accounted) & ~told["row"].isin(accounted)]
    if told.empty:
        return []
    told = told.set_index("row")
    stations = draft.origin.reindex(columns=["stations"])["stations"].loc[told.index]
    told = told.assign(stations=stations)
    of_stations = stations.notna()
    return [
        UnderAnother(one, row, times, areas.index[(areas["key"] == key) & (areas.index >= 0)])
        for rule, part in (
            (STATIONS_UNDER_ANOTHER, told[of_stations]),
            (UNDER_ANOTHER, told[~of_stations]),
        )
        for row, key, times, one in zip(
            part.index,
            part["key"],
            part["registered"] / part["before"],
            rule.at(draft, part.index, "registered", part),
            strict=True,
        )
    ]


def _of_contest(nearest: NearestContests, contest: Hashable) -> pd.DataFrame:
    """Return the missing areas of a contest beside those that may have their figures."""
    here = nearest.here(contest).rename_axis("row").reset_index()
    there = nearest.beside(contest)
    missing = there[there["for_a_day"] & ~there["key"].isin(here["key"])]
    both = here.merge(there[["key", "registered"]], on="key", suffixes=("", "_then"))
    growth = pd.Series(np.log(both["registered"] / both["registered_then"]))
    usual = float(growth.median())
    spread = _SD * float((growth - usual).abs().median())
    both = both[both["within"].isin(missing["within"])]
    named = each_name(missing["place"], _own_name)
    missing = missing.assign(name=named)[
        ~each_name(named, bare_name).isin(_bare(here, missing["within"]))
    ]
    pairs = missing.reset_index().merge(both, on="within", suffixes=("", "_other"))
    own, other = (
        np.exp(usual) * pairs[name].astype(float) for name in ("registered", "registered_then")
    )
    off = (pairs["registered_other"] - other - own).abs() / own
    no_chance = (own >= _LEAST * other) & (np.log1p(own / other) > _SDS * spread)
    pairs = pairs.assign(off=off)[(off <= _ABOUT) & no_chance].sort_values("off", kind="stable")
    pairs = pairs.drop_duplicates("key").drop_duplicates("row")
    return pd.DataFrame(
        {
            "row": pairs["row"],
            "key": pairs["key"],
            "contest": contest,
            "place": pairs["place_other"],
            "name": each_name(pairs["place_other"], _own_name),
            "missing": pairs["name"],
            "registered": pairs["registered_other"],
            "before": pairs["registered_then"],
            "lacking": pairs["registered"],
            "earlier": pairs["contest"],
        }
    ).set_axis(pairs["index"])


def _bare(areas: pd.DataFrame, within: pd.Series) -> pd.Series:
    """Return the bare names of the areas that lie in some places."""
    names = areas["place"][areas["within"].isin(within)]
    return each_name(each_name(names, _own_name), bare_name)


def _own_name(place: str) -> str:
    """Return a place's name without that of what it lies in."""
    return place.split(" (")[0]


def because_under_another(
    draft: Draft, findings: Sequence[Finding], found: Iterable[UnderAnother]
) -> list[Finding]:
    """Return findings with what stands under another, without what is said because of it.

    Parameters
    ----------
    draft
        The rows.
    findings
        What was found in them.
    found
        Of `check_under_another`.
    """
    found = list(found)
    gone = [row for one in found for row in one.of_missing]
    spots = {spot for name in ("area", "area_id") for spot in draft.spots(gone, name)}
    kept = [one for one in findings if one.rule not in _WHEN_GONE or one.spot not in spots]
    return [*kept, *(one.finding for one in found)]


def without_numbers_of_two(
    told: Sequence[Finding], found: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...]]:
    """Return what reading found, and rules, with one thing said of stations of two areas.

    Where two areas number their stations alike nothing of them can be used: that is an error.

    Parameters
    ----------
    told
        What reading found.
    found
        What the rules found.
    """
    of_two = {_at(one) for one in found if one.rule == UNDER_ANOTHER.name}
    because = [one for one in told if one.rule in BECAUSE_OF_IT and _at(one) in of_two]
    twice = {_at(one) for one in because if one.severity == "error"}
    return tuple(one for one in told if one not in because), tuple(
        replace(one, severity="error", remedy=_REMEDY_TWICE)
        if one.rule == UNDER_ANOTHER.name and _at(one) in twice
        else one
        for one in found
    )


def _at(finding: Finding) -> tuple[str, object]:
    return finding.spot.file, finding.values.get("place")
