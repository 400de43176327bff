"""Figures of one area that stand under another of its district.

Rows under a wrong name leave the sum of the district as it is: one area is as large as two, or two
hold a third, and that one is missing. That is told as one thing, in place of jumps.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from turnout.errors import Finding
from turnout.identity.names import bare_names, each_name
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.excess import Excess, excess_beside
from turnout.rules.measures import finest_places
from turnout.rules.nearest_contests import NearestContests
from turnout.rules.rule import Rule

_TWO = 2

_REMEDY = Text(
    en="Look in the source document, and move what belongs to {missing} to its own name. If "
    "{missing} was part of {name} then, say so in a crosswalk; if the figures are right, leave "
    "them.",
    id="Periksa di dokumen sumbernya, lalu pindahkan yang milik {missing} ke namanya sendiri. Bila "
    "{missing} waktu itu memang bagian dari {name}, nyatakan dalam tabel pemekaran "
    "(--crosswalk); bila angkanya benar, biarkan.",
)
_REMEDY_TWICE = Text(
    en="Look in the source document, and move what belongs to {missing} to its own name. If all of "
    "it belongs to {name}, stations stand twice: keep the rows that are right, or correct the "
    "stations' numbers.",
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

UNDER_OTHERS = Rule(
    UNDER_ANOTHER.name,
    "warning",
    Text(
        en="missing in {contest:contest}: {missing:list} ({lacking:count} registered in "
        "{earlier:contest}). Beside that, {places:list} ({around}) grew by {more:count} registered "
        "more than other places did: the missing figures may stand there.",
        id="tidak ada pada {contest:contest}: {missing:list} ({lacking:count} pemilih terdaftar "
        "pada {earlier:contest}). Di sekitarnya, {places:list} ({around}) bertambah {more:count} "
        "pemilih terdaftar lebih banyak daripada wilayah lain: angka yang hilang itu mungkin "
        "tercantum di sana.",
    ),
    Text(
        en="Look in the source document, and put each figure under its own name. If {missing:list} "
        "was part of another then, say so in a crosswalk; if the figures are right, leave them.",
        id="Periksa di dokumen sumbernya, lalu pindahkan tiap angka ke namanya sendiri. Bila "
        "{missing:list} waktu itu memang bagian dari wilayah lain, nyatakan dalam tabel pemekaran "
        "(--crosswalk); bila angkanya benar, biarkan.",
    ),
)

BECAUSE_OF_IT = frozenset(("repeated_station", "absent_stations"))
"""Rules on the numbers of stations: those of two areas stand twice, or have a gap."""
_WHEN_GONE = frozenset(("unmatched_area", "without_history"))


@dataclass(frozen=True)
class UnderAnother:
    """Areas whose figures stand under others.

    Parameters
    ----------
    finding
        What is said of them, at the first row of the others.
    rows
        Labels of the others' rows.
    times
        How many times as large as in another contest these are.
    of_missing
        Labels of the areas' rows in other contests.
    """

    finding: Finding
    rows: pd.Index
    times: float
    of_missing: pd.Index


def check_under_another(
    draft: Draft, rows: pd.DataFrame, accounted: pd.Index
) -> list[UnderAnother]:
    """Find areas that are too large by one to three that are missing beside them.

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
    nearest, names = NearestContests.of(areas), _BareNames()
    found = [one for contest in ours for one in _of_contest(nearest, contest, names)]
    tied = set(accounted)
    found = [one for one in found if tied.isdisjoint((*one.rows, *one.missing))]
    gone = areas["key"].loc[[label for one in found for label in one.missing]]
    own = areas[(areas.index >= 0) & areas["key"].isin(gone)]
    of_key = own.groupby("key").groups
    return [
        UnderAnother(
            _finding(draft, areas, one),
            pd.Index(one.rows),
            one.times,
            pd.Index([row for key in gone[[*one.missing]] for row in of_key.get(key, ())]),
        )
        for one in found
    ]


def _of_contest(nearest: NearestContests, contest: Hashable, names: _BareNames) -> list[Excess]:
    """Return the missing areas of a contest beside those that may have their figures."""
    here, there = nearest.here(contest), nearest.beside(contest)
    missing = there[there["for_a_day"] & ~there["key"].isin(here["key"])]
    then = there.drop_duplicates("key").set_index("key")["registered"]
    both = here.assign(registered_then=here["key"].map(then))
    both = both[both["registered_then"].notna()]
    around = here["place"][here["within"].isin(missing["within"])]
    held = {*names.of(around)}
    lacking = [one not in held for one in names.of(missing["place"])]
    return excess_beside(both, missing[np.array(lacking, dtype=bool)])


def _finding(draft: Draft, areas: pd.DataFrame, one: Excess) -> Finding:
    """Return what is said of places that are too large by missing ones."""
    held, gone = areas.loc[[*one.rows]], areas.loc[[*one.missing]]
    registered = held["registered"].sum()
    names, missing = ([*each_name(part["place"], _own_name)] for part in (held, gone))
    values = {
        "contest": held["contest"].iloc[0],
        "earlier": gone["contest"].iloc[0],
        "registered": registered,
        "before": registered / one.times,
        "lacking": gone["registered"].sum(),
    }
    stations = draft.origin["stations"].loc[one.rows[0]] if "stations" in draft.origin else None
    if len(names) == len(missing) == 1:
        rule = UNDER_ANOTHER if not isinstance(stations, Sequence) else STATIONS_UNDER_ANOTHER
        values |= {"place": held["place"].iloc[0], "name": names[0], "missing": missing[0]}
        values["stations"] = stations
    else:
        rule = UNDER_OTHERS
        values |= {"places": names, "missing": missing, "around": held["around"].iloc[0]}
        values["more"] = round(one.more)
    table = pd.DataFrame({name: [value] for name, value in values.items()}, [one.rows[0]])
    [finding] = rule.at(draft, table.index, "registered", table)
    return finding


class _BareNames:
    """Bare names of places without those of what they lie in, each worked out once."""

    def __init__(self) -> None:
        self._known: dict[str, str] = {}

    def of(self, places: pd.Series) -> list[str]:
        """Return the bare name of each."""
        written = [*map(str, places)]
        new = [one for one in dict.fromkeys(written) if one not in self._known]
        self._known.update(zip(new, bare_names([*map(_own_name, new)]), strict=True))
        return [self._known[one] for one in written]


def _own_name(place: str) -> str:
    """Return a place's name without that of what it lies in."""
    return place.split(" (")[0]


def rows_of(found: Iterable[UnderAnother]) -> pd.Index:
    """Return the labels of the rows that hold figures of others."""
    return pd.Index([row for one in found for row in one.rows])


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
