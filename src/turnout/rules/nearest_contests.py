"""Of every place around a contest its row in the contest before, or else after."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Ints


@dataclass(frozen=True)
class NearestContests:
    """The finest places, and for every contest the nearest other contest of each of them.

    All contests are gone through once in the order of their days and once against it, so that a
    contest costs as much among many others as among few.

    Parameters
    ----------
    areas
        Rows of the finest places in the order of their days: contest, date, key and within.
    rows
        By contest, positions of its own rows.
    before, after
        By contest, of every place that any contest knows in its districts the position of the row
        in the nearest other contest of its day or before, and of its day or after; -1 for none.
    held
        (districts, days) whether a contest of the day knows the district.
    """

    areas: pd.DataFrame
    rows: dict[Hashable, Ints]
    before: dict[Hashable, Ints]
    after: dict[Hashable, Ints]
    held: Bools

    @classmethod
    def of(cls, areas: pd.DataFrame) -> NearestContests:
        """Look for the nearest contests.

        Examples
        --------
        >>> areas = pd.DataFrame({"contest": ["a", "a", "b", "c", "c"], "key": [0, 1, 0, 0, 1]})
        >>> days = {"a": "2014-07-09", "b": "2018-06-27", "c": "2019-04-17"}
        >>> areas = areas.assign(within=0, date=pd.to_datetime(areas["contest"].map(days)))
        >>> there = NearestContests.of(areas).beside("b")
        >>> there[["contest", "key", "for_a_day"]].values.tolist()
        [['a', 0, True], ['a', 1, True]]
        """
        within, key = (areas[name].to_numpy(np.intp) for name in ("within", "key"))
        day, days = pd.factorize(areas["date"])
        grouped = areas.reset_index(drop=True).groupby("contest", sort=False)
        rows = {contest: np.asarray(own) for contest, own in grouped.indices.items()}
        inside = _inside(within, key, rows)
        in_order = sorted(rows, key=lambda contest: day[rows[contest][0]])
        by_day = [[*some] for _, some in groupby(in_order, lambda one: day[rows[one][0]])]
        held = np.zeros((within.max(initial=-1) + 1, len(days)), dtype=bool)
        held[within, day] = True
        before = _newest_of_others(by_day, rows, key, inside)
        after = _newest_of_others([some[::-1] for some in by_day[::-1]], rows, key, inside)
        return cls(areas, rows, before, after, held)

    def here(self, contest: Hashable) -> pd.DataFrame:
        """Return the rows of a contest."""
        return self.areas.iloc[self.rows[contest]]

    def beside(self, contest: Hashable) -> pd.DataFrame:
        """Return of every place in a contest's districts its row in the nearest other contest.

        With ``for_a_day``, whether the place is there both before and after, or was on the day
        next to a first or last one: what is gone for longer was merged, or was not there yet.
        """
        before, after, here = self.before[contest], self.after[contest], self.here(contest)
        near = np.where(before >= 0, before, after)
        there = self.areas.iloc[near[near >= 0]].assign(
            for_a_day=((before >= 0) & (after >= 0))[near >= 0]
        )
        days = self.areas["date"].unique()[self.held[here["within"].unique()].any(axis=0)]
        day = here["date"].iloc[0]
        ends = [*days[days < day][-1:], *days[days > day][:1]]
        if len(ends) == 1:
            there["for_a_day"] |= there["date"].isin(ends)
        return there[there["within"].isin(here["within"])]


def _inside(within: Ints, key: Ints, rows: Mapping[Hashable, Ints]) -> dict[Hashable, Ints]:
    """Return by contest the places that any contest knows in its districts."""
    pairs = pd.DataFrame({"within": within, "key": key}).drop_duplicates().sort_values("within")
    known = pairs["key"].to_numpy(np.intp)
    size = np.bincount(pairs["within"], minlength=1)
    first = np.cumsum(size) - size
    found: dict[Hashable, Ints] = {}
    for contest, own in rows.items():
        districts = pd.unique(within[own])
        of_each = size[districts]
        start = np.repeat(first[districts] - (np.cumsum(of_each) - of_each), of_each)
        found[contest] = np.sort(pd.unique(known[start + np.arange(len(start))]))
    return found


def _newest_of_others(
    by_day: Iterable[list[Hashable]],
    rows: dict[Hashable, Ints],
    key: Ints,
    inside: dict[Hashable, Ints],
) -> dict[Hashable, Ints]:
    """Return by contest the newest row of each place inside it in another, of its day or earlier.

    Of every place the newest row and that of the contest before it are kept: one of the two is of
    another contest.
    """
    newest, second = np.full((2, key.max(initial=-1) + 1), -1)
    number = {contest: at for at, contest in enumerate(rows)}
    of_row = np.full(len(key) + 1, -1)
    for contest, own in rows.items():
        of_row[own] = number[contest]
    found: dict[Hashable, Ints] = {}
    for contests in by_day:
        for contest in contests:
            places = key[rows[contest]]
            second[places] = np.where(newest[places] >= 0, newest[places], second[places])
            newest[places] = rows[contest]
        for contest in contests:
            places = inside[contest]
            mine = of_row[newest[places]] == number[contest]
            found[contest] = np.where(mine, second[places], newest[places])
    return found
