"""Registered voters per polling station: how far a figure lies from those around it."""

from __future__ import annotations

import numpy as np
import pandas as pd

MORE, FEWER = 3.0, 7.0
"""How many times larger, or smaller, than those around it a station deserves a look.

A digit too many makes it three times as large at least, one too few mostly ten times smaller;
stations of prisons, hospitals and far hamlets are small, and none is three times as large.
"""

_ALIKE = 1.5
"""Factor within which a place or station is as large in one contest as in the others."""

_SPREADS = 6.0
"""How many times what is usual between stations the distance must be, too (on the log scale)."""

_OF_PLACE = 3
"""Figures of a place from which on their median tells what is usual in it."""

_OF_CONTEST = 4
"""The same of a contest."""


def far_from_others(
    size: pd.Series[float], contest: pd.Series, place: pd.Series | None = None
) -> pd.Series[float]:
    """Return the usual size beside each that is far from it, NaN beside the others.

    Far both from those of its place, where it has three or more, and from those of its contest:
    where stations differ much, as in other countries, hardly any is.

    Parameters
    ----------
    size
        Registered voters per station; what is not above 0 is passed over.
    contest, place
        What each size is of, of the same rows.

    Examples
    --------
    >>> size = pd.Series([230.0, 2410.0, 245.0, 251.0, 238.0])
    >>> far_from_others(size, pd.Series("pilkada", size.index)).dropna()
    1    245.0
    dtype: float64
    """
    log = pd.Series(np.log(size.where(size > 0)), index=size.index)
    by_contest = log.groupby(contest)
    whole = by_contest.transform("median").where(by_contest.transform("count") >= _OF_CONTEST)
    usual = whole
    if place is not None:
        by_place = log.groupby(place)
        near = by_place.transform("median").where(by_place.transform("count") >= _OF_PLACE)
        usual = near.where(near.notna(), whole)
    away = log - usual
    least = _SPREADS * away.abs().groupby(contest).transform("median")
    more = np.minimum(away, log - whole) > np.maximum(least, np.log(MORE))
    fewer = np.minimum(-away, whole - log) > np.maximum(least, np.log(FEWER))
    return np.exp(usual).where(more | fewer)


def alike_elsewhere(size: pd.Series[float], of: pd.DataFrame) -> pd.Series[bool]:
    """Mark sizes that are about the same in the other rows of the table on the same thing.

    Parameters
    ----------
    size
        Registered voters per station.
    of
        What each is the size of, of the same rows: rows that are equal here are of one.

    Examples
    --------
    >>> alike_elsewhere(pd.Series([24.0, 25.0, 24.0]), pd.DataFrame({"tps": ["1", "1", "2"]}))
    0     True
    1     True
    2    False
    dtype: bool
    """
    same = size.groupby([of[name] for name in of], dropna=False, sort=False)
    times = size / same.transform("median")
    return times.between(1 / _ALIKE, _ALIKE) & (same.transform("size") > 1)
