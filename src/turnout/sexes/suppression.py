"""Groups that are too small to be told of, and what would give them away."""

from __future__ import annotations

import numpy as np

from turnout.arrays import Bools, Floats, Ints

FEWEST = 10
"""Of a group of fewer people nothing is told."""


def suppressed(registered: Floats, group: Ints) -> Bools:
    """Return the places whose sexes are not told.

    Those with fewer than `FEWEST` people of one sex; and where a place above has one such, the
    smallest of its neighbours too, as else the sums would give it away.

    Parameters
    ----------
    registered
        (2, places): men, women.
    group
        (places,) number of the place above.

    Examples
    --------
    >>> suppressed(np.array([[9, 80, 70, 60], [90, 90, 90, 90]]), np.array([0, 0, 0, 1])).tolist()
    [True, False, True, False]
    """
    smaller = registered.min(axis=0)
    hidden = np.asarray(smaller < FEWEST)
    for number in np.unique(group[hidden]):
        inside = np.flatnonzero(group == number)
        told = inside[~hidden[inside]]
        if len(told) and hidden[inside].sum() == 1:
            hidden[told[np.argmin(smaller[told])]] = True
    return hidden
