"""Places of a contest that are too large by what is missing beside them in their district.

How far places grow otherwise is learned from the districts where none is missing: a growth that is
usual there says nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import pandas as pd

from turnout.arrays import Bools, Floats

_LEAST = 0.15
"""Places grow by less than this part of themselves otherwise, where few tell how far they grow."""
_ABOUT = 0.25
"""What is too many may differ by this part from what is missing."""
_SDS, _SD = 3.0, 1.4826
"""Of the places' growth about what is usual so many standard deviations are no chance; a standard
deviation is so many times the median of what they are off."""
_ENOUGH = 30
"""Places that tell how far they grow otherwise."""
_CHANCE = 0.05
"""Chance that any place around a missing one grew by as much without it."""
_MOST = 3
"""Places that one may be spread over, and that may stand under one."""


@dataclass(frozen=True)
class Excess:
    """Places that are too large, and those that are missing beside them.

    Parameters
    ----------
    rows
        Labels of the rows that are too large.
    missing
        Labels of the rows of the missing places, in another contest.
    more
        How many registered these have too many.
    times
        How many times as large as in the other contest these are.
    """

    rows: tuple[int, ...]
    missing: tuple[int, ...]
    more: float
    times: float


def excess_beside(places: pd.DataFrame, missing: pd.DataFrame) -> list[Excess]:
    """Return places whose growth is that of missing ones beside them, at most three.

    Parameters
    ----------
    places
        Of a contest: ``within`` (what each lies in), ``registered`` and, in the contest next to it,
        ``registered_then``.
    missing
        Places that another contest knows: ``within`` and ``registered``.

    Examples
    --------
    Legok, of 200, is missing, and one beside it grew by about as many.

    >>> then = [100, 300, 250, 220]
    >>> places = pd.DataFrame({"within": 0, "registered": [100, 301, 452, 221],
    ...     "registered_then": then})
    >>> [one] = excess_beside(places, pd.DataFrame({"within": [0], "registered": [200]}, [-1]))
    >>> one.rows, one.missing, round(one.more)
    ((2,), (-1,), 201)
    """
    if places.empty or missing.empty:
        return []
    growth = pd.Series(np.log(places["registered"] / places["registered_then"]))
    usual = float(growth.median())
    off = growth - usual
    spread = _SD * float(off.abs().median())
    around = places["within"].isin(missing["within"])
    grown = _Growth(spread, np.sort(off[~around].abs().to_numpy(float)))
    near = places[around].assign(off=off, expected=np.exp(usual) * places["registered_then"])
    near["more"] = near["registered"] - near["expected"]
    near["n"] = near.groupby("within")["within"].transform("size")
    gone = missing[["within"]].assign(own=np.exp(usual) * missing["registered"].astype(float))
    pairs = list(_pairs(near, gone, grown))
    told = {label for one in pairs for label in one.rows}
    known = {label for one in pairs for label in one.missing}
    left = near[~near.index.isin(told)], gone[~gone.index.isin(known)]
    return [*pairs, *_several(*left, grown)]


@dataclass(frozen=True)
class _Growth:
    """How far places grow otherwise: the standard deviation, and how far each is off, sorted."""

    spread: float
    off: Floats

    def no_chance(self, least: pd.Series, most: pd.Series | float, around: pd.Series) -> Bools:
        """Return whether none of `around` places is likely to grow by a part from least to most."""
        low, high = np.log1p(least.to_numpy(float)), np.log1p(np.asarray(most, dtype=float))
        n = len(self.off)
        large = low >= np.log1p(_LEAST * (1 - _ABOUT))
        if n < _ENOUGH:
            return np.asarray(large, dtype=bool)
        as_far = np.searchsorted(self.off, high, "right") - np.searchsorted(self.off, low)
        # Of few places none may be so far by chance: a small growth takes more of them.
        chance = around.to_numpy(float) * (as_far + np.where(large, 0, 1)) / n
        return np.asarray(chance <= _CHANCE, dtype=bool)


def _pairs(near: pd.DataFrame, gone: pd.DataFrame, grown: _Growth) -> Iterator[Excess]:
    """Yield places that are too large by one missing place, each once, the likeliest first."""
    pairs = (
        gone.rename_axis("missing")
        .reset_index()
        .merge(near.rename_axis("row").reset_index(), on="within")
    )
    part = pairs["own"] / pairs["expected"]
    away = (pairs["more"] - pairs["own"]).abs() / pairs["own"]
    likely = (away <= _ABOUT) & (np.log1p(part) > _SDS * grown.spread)
    likely &= grown.no_chance((1 - _ABOUT) * part, (1 + _ABOUT) * part, pairs["n"])
    best = pairs.assign(away=away)[likely].sort_values("away", kind="stable")
    best = best.drop_duplicates("missing").drop_duplicates("row")
    times = best["registered"] / best["registered_then"]
    for row, lost, more, as_large in zip(
        best["row"], best["missing"], best["more"], times, strict=True
    ):
        yield Excess((row,), (lost,), more, as_large)


def _several(near: pd.DataFrame, gone: pd.DataFrame, grown: _Growth) -> Iterator[Excess]:
    """Yield the places of a district that are together too large by all that are missing in it."""
    near = near[near["within"].isin(gone["within"]) & (near["off"] > _SDS * grown.spread)]
    part = near["more"] / near["expected"]
    near = near[grown.no_chance(part, np.inf, near["n"])]
    sums = near.groupby("within").agg(
        more=("more", "sum"),
        n=("more", "size"),
        registered=("registered", "sum"),
        then=("registered_then", "sum"),
    )
    lost = gone.groupby("within")["own"].agg(["sum", "size"]).loc[sums.index]
    few = sums["n"].clip(lower=lost["size"]) <= _MOST
    alike = sums[few & ((sums["more"] - lost["sum"]).abs() <= _ABOUT * lost["sum"])]
    chosen = near[near["within"].isin(alike.index)].groupby("within").groups
    missing = gone[gone["within"].isin(alike.index)].groupby("within").groups
    for within, more, now, then in alike[["more", "registered", "then"]].itertuples():
        yield Excess(tuple(chosen[within]), tuple(missing[within]), more, now / then)
