"""Groups that are too small to be told of, and what would give them away."""

from __future__ import annotations

import numpy as np

from turnout.arrays import Bools, Floats, Ints

FEWEST = 10
"""Of a group of fewer people nothing is told."""


def suppressed(registered: Floats, above: Ints, above_hidden: Bools) -> Bools:
    """Return the places whose groups are not told.

    Those with fewer than `FEWEST` people of one group. Where a place is not told, or the place
    above is not, the smallest beside it are not told either until two are hidden that have
    `FEWEST` people of each group together: else the sums would give them away.

    Parameters
    ----------
    registered
        (groups, places).
    above
        (places,) number of the place above.
    above_hidden
        Whether those are hidden.

    Examples
    --------
    >>> men_women = np.array([[9, 80, 70, 60], [90, 90, 90, 90]])
    >>> suppressed(men_women, np.array([0, 0, 0, 1]), np.array([False, False])).tolist()
    [True, False, True, False]
    """
    smallest = registered.min(axis=0)
    hidden = np.asarray(smallest < FEWEST)
    order = np.lexsort((smallest, above))
    for inside in np.split(order, np.flatnonzero(np.diff(above[order])) + 1):
        concealed = hidden[inside]
        if concealed.all() or not (concealed.any() or above_hidden[above[inside[0]]]):
            continue
        sums = registered[:, inside].cumsum(axis=1).min(axis=0)
        enough = (sums >= FEWEST) & (np.arange(1, len(inside) + 1) >= 2)
        fewest = int(np.argmax(enough)) + 1 if enough.any() else len(inside)
        hidden[inside[:fewest]] = True
    return hidden
