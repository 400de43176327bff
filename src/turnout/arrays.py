"""Types of arrays, said once: what a number in them is, not what it is of."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
"""What is computed with."""

Singles = NDArray[np.float32]
"""Draws, of which there are many."""

Ints = NDArray[np.intp]
"""Row numbers."""

Bools = NDArray[np.bool_]
"""What holds and what does not."""

Cells = NDArray[np.object_]
"""Cells of a table: texts, numbers, days."""


def as_slice(rows: Ints) -> Ints | slice:
    """Return rows that follow each other as a slice, which copies nothing; others as they are.

    >>> as_slice(np.array([2, 3, 4])), as_slice(np.array([2, 4])).tolist()
    (slice(2, 5, None), [2, 4])
    """
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if (np.diff(rows) == 1).all() else rows
