"""Cities that one list calls by their kind and another by their name alone: *Kota Jambi*."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import numpy as np
import pandas as pd

from turnout.arrays import Ints
from turnout.identity.kinds import without_city

_MOST = 0.5
"""Share of the names in a city, of the one that tells fewer, above which they are of one place."""


def of_one_city(codes: pd.DataFrame, plain: Sequence[str], lists: pd.Series) -> Ints:
    """Return for every row the position in `plain` of the name that its city goes by.

    *Jambi* is *Kota Jambi* where no list of their province knows both, most names in them are the
    same, and it can be no *Kabupaten Jambi* as well.

    Parameters
    ----------
    codes
        A number for each name of every place column, -1 where blank; of ``city`` its position in
        `plain`.
    plain
        The distinct names of cities in their plain form.
    lists
        (rows,) what each row is listed in: a contest, or the roll.
    """
    city = codes["city"].to_numpy(np.intp)
    kinds = _with_kinds(plain)
    if not kinds:
        return city
    rows = np.flatnonzero(np.isin(city, [*kinds, *(one for of in kinds.values() for one in of)]))
    told = codes[["nation", "province", "city", "district", "area"]].iloc[rows]
    told = told.assign(list=pd.factorize(lists.iloc[rows])[0])
    groups = told.groupby(["nation", "province", "city"], sort=False)
    target = groups["city"].first().to_numpy(np.intp, copy=True)
    once = told.drop_duplicates().groupby(["nation", "province", "city"], sort=False)
    here = {
        cast("tuple[int, int, int]", key): (number, of_city)
        for number, (key, of_city) in enumerate(once)
    }
    for (nation, province, form), (number, bare) in here.items():
        known = [kind for kind in kinds.get(form, ()) if (nation, province, kind) in here]
        fits = [kind for kind in known if _may_be_one(bare, here[nation, province, kind][1])]
        if len(fits) == 1:
            target[number] = fits[0]
    found = city.copy()
    found[rows] = target[groups.ngroup().to_numpy()]
    names = np.unique(found[found >= 0])
    if len(names) == 1 and (found != city).any():  # a blank above a known name is the only one
        inside = (codes[["district", "area"]] >= 0).any(axis=1).to_numpy()
        found[inside & (found < 0)] = names[0]
    return found


def _with_kinds(plain: Sequence[str]) -> dict[int, list[int]]:
    """Return by the position of a name without a kind those of the same name with one."""
    position = {name: at for at, name in enumerate(plain)}
    kinds: dict[int, list[int]] = {}
    for at, name in enumerate(plain):
        own = without_city(name)
        if own != name and own in position:
            kinds.setdefault(position[own], []).append(at)
    return kinds


def _may_be_one(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    """Whether no list knows both cities, and they hold the same places as far as is told."""
    if np.isin(one["list"].unique(), other["list"].unique()).any():
        return False
    for finer in ("district", "area"):
        names, others = (set(rows[finer]) - {-1} for rows in (one, other))
        if names and others:
            return len(names & others) > _MOST * min(len(names), len(others))
    return True
