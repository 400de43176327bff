"""Rows added up by group: the children of a place at the place."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array

from turnout.arrays import Floats, Ints


def summed_rows(values: Floats, group: Ints, groups: int) -> Floats:
    """Add up the rows (rows, ...) of every group, (groups, ...), in their order.

    >>> summed_rows(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.array([1, 0, 1]), 3).tolist()
    [[3.0, 4.0], [6.0, 8.0], [0.0, 0.0]]
    """
    # A product with a matrix of ones, a column for each row: several times as fast as np.add.at.
    members = csc_array(
        (np.ones(len(group)), group, np.arange(len(group) + 1)), shape=(groups, len(group))
    )
    summed = np.asarray(members @ values.reshape(len(group), -1))
    return summed.reshape(groups, *values.shape[1:])


def place_sums(parent: Ints, targets: Ints, values: Floats) -> Floats:
    """Add up what the places to forecast have, at all places above them.

    Examples
    --------
    >>> parent, targets = np.array([-1, 0, 0]), np.array([1, 2])
    >>> place_sums(parent, targets, np.array([9.0, 1.0, 2.0])).tolist()
    [3.0, 1.0, 2.0]
    """
    own = np.zeros(len(parent))
    own[targets] = values[targets]
    sums, above = own.tolist(), parent.tolist()  # single numbers of lists are quicker
    for node in range(len(sums) - 1, 0, -1):
        sums[above[node]] += sums[node]
    return np.array(sums)
