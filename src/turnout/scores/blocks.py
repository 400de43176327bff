"""Scores of draws, taken block by block of areas."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]


_BLOCK_CELLS = 4_000_000


def by_block(
    actual: ArrayLike,
    draws: ArrayLike,
    score: Callable[[Array, Array], Array],
    *,
    name: str = "actual",
) -> Array:
    """Apply `score(actual, draws)` to blocks of areas, their draws in rows, in float64.

    The errors call `actual` by its `name`.
    """
    y = np.atleast_1d(np.asarray(actual, float))
    x = np.asarray(draws)
    if x.ndim == 1:
        x = x[:, None]
    if y.ndim != 1:
        raise ValueError(
            f"{name} must have one value per area, got {name} {y.shape}, draws {x.shape}."
        )
    if x.ndim != 2 or x.shape[1] != len(y) or len(x) < 2:
        raise ValueError(
            f"draws must have shape (at least 2 draws, {len(y)} areas) to fit {name} {y.shape}, "
            f"got {x.shape}."
        )
    step = max(1, _BLOCK_CELLS // len(x))
    parts = [
        score(y[start : start + step], np.ascontiguousarray(x[:, start : start + step].T, float))
        for start in range(0, len(y), step)
    ]
    return np.concatenate(parts) if parts else np.empty(0)
