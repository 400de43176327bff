"""Areas that one list calls by their kind and another by their name alone: *Desa Sukamaju*."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Ints
from turnout.identity.kinds import without_villages

_AROUND = ["nation", "province", "city"]


def of_one_name(codes: pd.DataFrame, plain: list[str], lists: pd.Series) -> Ints:
    """Return for every row the position in `plain` of the name that its area goes by.

    *Desa Sukamaju* and *Sukamaju* of one district are one place, by whichever kind it is called,
    where no list knows both of them and no two codes part them. Of a row that tells no district
    that is known only if all others of the name in its city lie in one.

    Parameters
    ----------
    codes
        A number for each name of every place column and for each code (``area_id``), -1 where
        blank; of ``area`` its position in `plain`.
    plain
        The distinct names of areas in their plain form, in order.
    lists
        (rows,) what each row is listed in: a contest, or the roll.
    """
    area = codes["area"].to_numpy(np.intp)
    names = without_villages(plain)
    if names == plain:  # of which each is another
        return area
    bare, own = pd.factorize(np.array(names, dtype=object))
    several = np.bincount(bare, minlength=len(own))[bare] > 1
    rows = np.flatnonzero(np.append(several, False)[area])
    if not len(rows):
        return area
    told = codes[[*_AROUND, "district", "area_id"]].iloc[rows].reset_index(drop=True)
    told = told.assign(
        form=area[rows],
        bare=bare[area[rows]],
        list=pd.factorize(lists.iloc[rows])[0],
    )
    told["district"] = _known_districts(told)
    place = told.groupby([*_AROUND, "district", "bare"], sort=False).ngroup().to_numpy(np.intp)
    rank = _kinds_first(plain, [own[number] for number in bare])
    chosen = pd.Series(rank[told["form"]]).groupby(place).transform("min").to_numpy(np.intp)
    found = area.copy()
    apart = _apart(told.assign(place=place))[place]
    found[rows] = np.where(apart, area[rows], np.argsort(rank)[chosen])
    return found


def _known_districts(told: pd.DataFrame) -> Ints:
    """Return each row's district; where it tells none, the only one that its name lies in.

    Where there are several, each of its names stays for itself.
    """
    name = told.groupby([*_AROUND, "bare"], sort=False).ngroup()
    district = told["district"].where(told["district"] >= 0)
    lowest, highest = (district.groupby(name).transform(how) for how in ("min", "max"))
    only = np.where(lowest == highest, lowest, -2 - told["form"])
    only = np.where(lowest.isna(), -1, only)
    return np.where(district.notna(), district, only).astype(np.intp)


def _kinds_first(plain: Sequence[str], own: Sequence[str]) -> Ints:
    """Return the rank of each name: with its kind first, as another goes by the name alone."""
    ordered = sorted(range(len(plain)), key=lambda at: (plain[at] == own[at], plain[at]))
    rank = np.empty(len(plain), dtype=np.intp)
    rank[ordered] = np.arange(len(plain))
    return rank


def _apart(told: pd.DataFrame) -> Bools:
    """Return for every place whether a list knows it by two names, or it has two codes."""
    by_list = told.groupby(["place", "list"])["form"].nunique().groupby("place").max()
    codes = told["area_id"].where(told["area_id"] >= 0).groupby(told["place"]).nunique()
    return ((by_list > 1) | (codes > 1)).to_numpy(bool)
