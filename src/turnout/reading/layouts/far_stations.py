"""Stations far below the others, and what their voters may be instead: percents, or the rest.

A station of 300 with 62 voters where its neighbours have 62% has most likely a percentage for its
voters; with 114, those who did not vote. The sum of its stations hides it.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.arrays import Bools, Floats, Ints

_PERCENT = 100
"""A percentage is at most it, and of fewer registered it is no other number than the voters."""
_FAR, _NEAR, _BELOW = 4.0, 2.0, 2.0
"""Standard deviations that a station is far below the others of its area, that what it may be
instead is at most off, and that it is below all stations."""
_SD, _LEAST_SD, _USUAL_SD = 1.4826, 0.15, 0.35
"""A standard deviation is so many times the median deviation; logits: the least, and that of few
stations."""
_LACKS = 30
"""Voters that are missing at least."""
_OTHERS, _MANY = 3, 20
"""Stations of an area, and of all, that tell what is usual there, and how far they lie apart."""
_NEARLY_ALL = 0.9
"""Share of the stations of an area that tells it as a whole."""
_FLAT, _SURE = 0.5, 3.0
"""Voters that rise with the registered by less than this power, by so many standard errors."""
_ROUNDS = 3


@dataclass(frozen=True)
class FarStations:
    """What is found of stations, in their order.

    Parameters
    ----------
    percent, rest
        Whether turnout is far below that of the others, and the voters fit as a percentage of the
        registered, or as those who did not vote.
    others
        Turnout of the others (share).
    """

    percent: Bools
    rest: Bools
    others: Floats


def far_stations(voters: Floats, registered: Floats, area: Ints) -> FarStations:
    """Find the stations of one contest that are far below the others, and what they may be.

    Turnout is compared as its logit, with the median of the other stations of the area where there
    are two or more, else of all. What may be a percentage counts as one there if it then lies
    nearer to them, so that many of them do not hide each other. Where all stations of an area
    have numbers up to 100, these are percentages if they do not rise with the registered.

    Parameters
    ----------
    voters, registered
        Of each station; turnout is between 0 and 1.
    area
        A number of the area of each.

    Examples
    --------
    >>> registered = np.array([300.0, 280, 310, 290, 305, 295])
    >>> voters = np.array([180.0, 174, 62, 176, 190, 175])
    >>> far_stations(voters, registered, np.zeros(6, dtype=int)).percent.tolist()
    [False, False, True, False, False, False]
    """
    small = (voters <= _PERCENT) & (registered > _PERCENT)
    logit = _logit(voters, registered)
    as_percent = np.where(small, _logit(voters / _PERCENT * registered, registered), np.nan)
    whole = _areas_of(small, area)
    flat = whole & _are_flat(voters, registered, whole)
    known = ~whole if not whole.all() else whole
    level, sd, held = _settled(logit, as_percent, small, known)
    if not whole.all() and flat.any():
        flat &= abs(float(np.median(as_percent[flat & small])) - level) <= _SURE * sd
    others = _others(held, area)
    inside = ~np.isnan(others)
    usual = np.where(inside, others, level)
    own = _deviation((held - others)[inside & known]) if (inside & known).sum() >= _MANY else None
    within = np.where(inside, own or _USUAL_SD, max(sd, own or _USUAL_SD))
    expected = 1 / (1 + np.exp(-usual))
    low = (logit < usual - _FAR * within) & (logit < level - _BELOW * sd) & ~whole
    low &= expected * registered - voters >= _LACKS
    percent = (low & (np.abs(as_percent - usual) <= _NEAR * within)) | (flat & small)
    rest = low & (np.abs(-logit - usual) <= _NEAR * within)
    return FarStations(percent, rest, expected)


def _logit(voters: Floats, registered: Floats) -> Floats:
    return np.log((voters + 0.5) / np.maximum(registered - voters + 0.5, 0.5))


def _areas_of(small: Bools, area: Ints) -> Bools:
    """Mark the stations of areas nearly all of whose stations have numbers up to 100, or all."""
    if small.mean() >= _NEARLY_ALL:
        return np.ones(len(small), dtype=bool)
    size = np.bincount(area)
    share = np.bincount(area, weights=small) / np.maximum(size, 1)
    return np.asarray(((share >= _NEARLY_ALL) & (size >= _OTHERS))[area])


def _are_flat(voters: Floats, registered: Floats, rows: Bools) -> bool:
    """Whether voters do not rise with the registered, by a regression of their logarithms."""
    x, y = (np.log(values[rows]) for values in (registered, voters))
    if len(x) < _MANY or x.std() <= 0:
        return False
    x, y = x - x.mean(), y - y.mean()
    slope = (x @ y) / (x @ x)
    residual = y - slope * x
    error = np.sqrt((residual @ residual) / (len(x) - 2) / (x @ x))
    return bool(slope + _SURE * error < _FLAT)


def _settled(
    logit: Floats, as_percent: Floats, small: Bools, rows: Bools
) -> tuple[float, float, Floats]:
    """Return the level of turnout, its standard deviation, and what each station is held for.

    Many percents pull the median of all down, so that it is tried without numbers up to 100, too;
    the level about which stations lie closer is right.
    """
    starts = [rows] if (rows & ~small).sum() < _OTHERS else [rows, rows & ~small]
    found = []
    for start in starts:
        level = float(np.median(logit[start]))
        for _ in range(_ROUNDS):
            nearer = np.abs(as_percent - level) < np.abs(logit - level)
            held = np.where(nearer & (logit < level), as_percent, logit)
            level = float(np.median(held[rows]))
        found.append((_deviation(held[rows] - level), level, held))
    sd, level, held = min(found, key=lambda one: one[0])
    return level, sd, held


def _deviation(off: Floats) -> float:
    return max(_SD * float(np.median(np.abs(off))), _LEAST_SD)


def _others(values: Floats, area: Ints) -> Floats:
    """Return the median of the others of each one's area; NaN where there are fewer than two."""
    order = np.lexsort((values, area))
    size = np.bincount(area)[area[order]]
    first = np.searchsorted(area[order], area[order])
    rank, ranked = np.arange(len(order)) - first, values[order]
    # Without itself the middle ones are those of the area, moved up where it stands before them.
    middle = [(size - 2) // 2, (size - 1) // 2]
    ends = [first + one + (rank <= one) for one in middle]
    medians = np.mean([ranked[np.minimum(end, len(order) - 1)] for end in ends], axis=0)
    found = np.empty(len(values))
    found[order] = np.where(size >= _OTHERS, medians, np.nan)
    return found
