"""Places that one contest lacks, though those before and after it have them: a page was lost."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Ints
from turnout.errors import Finding
from turnout.language import Text
from turnout.rules.draft import Draft
from turnout.rules.measures import finest_places
from turnout.rules.one_part_off import MISSING_PART
from turnout.rules.rule import Rule
from turnout.rules.under_another import UnderAnother

MISSING_BETWEEN = Rule(
    "missing_between",
    "warning",
    Text(
        en="{contest:contest} lacks {n:count} of {all:count} places that the elections before and "
        "after it have: {places:list}.",
        id="pada {contest:contest} tidak ada {n:count} dari {all:count} wilayah yang ada pada "
        "pemilihan sebelum dan sesudahnya: {places:list}.",
    ),
    Text(
        en="Look in the source document whether a page or sheet is missing, and add the rows; its "
        "turnout is that of the other places alone.",
        id="Periksa di dokumen sumbernya apakah ada halaman atau lembar yang tertinggal, lalu "
        "tambahkan barisnya; partisipasinya hanya dari wilayah yang ada.",
    ),
)
_NEXT_TO = Text(
    en="Look in the source document whether a page or sheet is missing, and add the rows, that of "
    "{first} next to row {row} ({beside}); its turnout is that of the other places alone.",
    id="Periksa di dokumen sumbernya apakah ada halaman atau lembar yang tertinggal, lalu "
    "tambahkan barisnya, baris {first} di dekat baris {row} ({beside}); partisipasinya hanya dari "
    "wilayah yang ada.",
)
_FILL_IN = Text(
    en="Look for the figures in the source document and fill them in; its turnout is that of the "
    "other places alone.",
    id="Cari angkanya di dokumen sumbernya, lalu isikan; partisipasinya hanya dari wilayah yang "
    "ada.",
)
_MOST = 0.5
"""Part of the places beyond which an election was held in some of them, such as a repeat poll."""


_DAYS = 3
"""Days of which one lies between two."""


def check_missing_between(draft: Draft, found: Iterable[UnderAnother]) -> list[Finding]:
    """Find contests that lack places which stand in the elections before and after.

    Those whose figures stand under another are left out, what no election of the type has, and what
    may be held under another name: where a contest has places that neither election knows.

    Parameters
    ----------
    draft
        The described rows.
    found
        Areas whose figures stand under another.
    """
    columns = ["contest", "election_type", "date", "scale", "key", "place", "city"]
    areas = finest_places(draft.table, columns)
    inside = areas["scale"].isin(("area", "district"))  # each city votes on days of its own
    areas = areas[areas["date"].notna() & areas["around"].notna() & inside]
    if areas["date"].nunique() < _DAYS:
        return []
    gone = areas["key"].reindex([row for one in found for row in one.of_missing])
    history = _History.of(areas)
    findings: list[Finding] = []
    for _, own in areas.groupby("contest", sort=False):
        expected = history.expected(own)
        missing = np.sort(expected[~np.isin(expected, own["key"]) & ~np.isin(expected, gone)])
        if 0 < len(missing) <= _MOST * len(expected):
            names = history.places.loc[missing, "place"].to_list()
            first = own.iloc[:1].assign(n=len(missing), all=len(expected))
            told = first.assign(places=pd.Series([names], first.index, dtype=object))
            [finding] = MISSING_BETWEEN.at(draft, first.index, None, told)
            findings.append(_placed(draft, finding, areas, own, int(missing[0])))
    return findings


def _placed(
    draft: Draft, finding: Finding, areas: pd.DataFrame, own: pd.DataFrame, missing: int
) -> Finding:
    """Return a finding where the first place that is missing belongs.

    That is its row where the elections stand side by side, else next to the place that is nearest
    to it, in its district and the order of another election. Where that is not known, only the
    sheet is told.
    """
    others = areas[areas["key"].eq(missing)]
    place = int(others.index[-1])
    other = areas[areas["contest"].eq(others["contest"].iloc[-1])]
    at = [
        pd.MultiIndex.from_frame(draft.origin.loc[rows, ["file", "sheet", "row"]])
        for rows in (own.index, other.index)
    ]
    if at[1].isin(at[0]).mean() > _MOST:
        spot = replace(draft.spot(place), column=finding.spot.column)
        return replace(finding, spot=spot, remedy=_FILL_IN)
    nowhere = replace(finding, spot=replace(finding.spot, row=None, value=""))
    there = other[other["within"].eq(others["within"].iloc[-1]) & other["key"].isin(own["key"])]
    if there.empty:
        return nowhere
    nearest = there["key"].iloc[int(np.abs(there.index.to_numpy() - place).argmin())]
    row = own[own["key"].eq(nearest)]
    said = {"first": others["place"].iloc[-1], "beside": row["place"].iloc[0]}
    said["row"] = draft.spot(int(row.index[0])).row
    return replace(nowhere, remedy=_NEXT_TO, values={**finding.values, **said})


def totals_lacking(draft: Draft, missing: list[Finding]) -> pd.Index:
    """Return the rows of totals of the districts that lack a place: they are no measure.

    Parameters
    ----------
    draft
        The described rows.
    missing
        As of `check_missing_between`.
    """
    table = draft.table
    totals = table[table["scale"] == "district"]
    lacking = pd.Series(data=False, index=totals.index)
    for one in missing:
        districts = table["district"][table["place"].isin(_names(one, "places"))].dropna()
        own = totals["contest"] == one.values["contest"]
        lacking |= own & totals["district"].isin(districts)
    return totals.index[lacking]


def told_by_totals(missing: list[Finding], others: list[Finding]) -> list[Finding]:
    """Return what is said of missing places without those that a total has told already.

    Parameters
    ----------
    missing
        As of `check_missing_between`.
    others
        What else was found.
    """
    told: dict[object, set[object]] = {}
    for one in others:
        if one.message == MISSING_PART.message:
            told.setdefault(one.values["contest"], set()).update(_names(one, "which"))
    return [
        one
        for one in missing
        if not told.get(one.values["contest"], set()).issuperset(_names(one, "places"))
    ]


def _names(finding: Finding, field: str) -> list[object]:
    names = finding.values[field]
    return list(names) if isinstance(names, list) else [names]


@dataclass(frozen=True)
class _History:
    """On which days places were there, and the cities that they lie in.

    Parameters
    ----------
    places
        By key: the number of the city, within, and the name.
    day
        Number of the day of each row of the areas, by label.
    there, held
        (keys, days) whether a place, (cities, days) whether any of a city is there.
    times
        Of every type with several contests, how many of them each key is in.
    """

    places: pd.DataFrame
    day: pd.Series
    there: Bools
    held: Bools
    times: dict[str, Ints]

    @classmethod
    def of(cls, areas: pd.DataFrame) -> _History:
        """Look at all areas."""
        day = pd.Series(pd.factorize(areas["date"], sort=True)[0], areas.index)
        city = pd.factorize(areas["city"], use_na_sentinel=False)[0]
        areas = areas.assign(city=city)
        places = areas.drop_duplicates("key").set_index("key")[["city", "within", "place"]]
        there = np.zeros((areas["key"].max() + 1, day.max() + 1), dtype=bool)
        there[areas["key"], day] = True
        held = np.zeros((areas["city"].max() + 1, there.shape[1]), dtype=bool)
        held[areas["city"], day] = True
        times = {
            str(kind): np.bincount(own.drop_duplicates(["contest", "key"])["key"])
            for kind, own in areas.groupby("election_type")
            if own["contest"].nunique() > 1
        }
        return cls(places, day, there, held, times)

    def expected(self, own: pd.DataFrame) -> Ints:
        """Return the places that a contest should have, without those of other names in it."""
        today = self.day[own.index[0]]
        keys = self.places.index.to_numpy(np.intp)
        city, within = (self.places[name].to_numpy(np.intp) for name in ("city", "within"))
        before = self._on(self.held[:, :today][:, ::-1], self.there[:, :today][:, ::-1])
        after = self._on(self.held[:, today + 1 :], self.there[:, today + 1 :])
        here = np.isin(keys, own["key"])
        strange = here & ~before & ~after
        known = within[before | after]
        of_city = np.isin(city, city[here])
        renamed = np.isin(within, within[strange])
        if not np.isin(within[strange], known).all():
            renamed |= ~np.isin(within, within[here])
        times = self.times.get(str(own["election_type"].iloc[0]))
        usual = np.ones(len(keys), bool) if times is None else np.isin(keys, np.flatnonzero(times))
        return keys[before & after & of_city & (here | (usual & ~renamed))]

    def _on(self, held: Bools, there: Bools) -> Bools:
        """Return whether each place is there on the first of some days on which its city voted."""
        city = self.places["city"].to_numpy(np.intp)
        if not held.shape[1]:
            return np.zeros(len(city), dtype=bool)
        first = held.argmax(axis=1)[city]  # a city that never voted has no place there either
        return np.asarray(there[self.places.index.to_numpy(np.intp), first])
