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
