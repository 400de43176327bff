"""Quantiles of draws, all of them from putting the draws in order once."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from turnout.arrays import Floats
from turnout.forecast.room import Draws, by_block
from turnout.threads import in_threads

MOST_ORDERED = 10_000_000
"""Draws of more cells are put in order block by block at every question, for want of memory."""


def in_order(draws: Draws) -> Draws:
    """Return draws (draws, places) in rising order, as (places, draws)."""
    return np.concatenate(list(in_threads(_block_in_order, by_block(draws))))


def quantiles_of(ordered: Draws, probabilities: Sequence[float]) -> Floats:
    """Return quantiles (probabilities, places) of draws that are in order.

    Between two draws a quantile is interpolated linearly, as `numpy.quantile` does by default.

    Parameters
    ----------
    ordered
        (places, draws), each row in rising order.
    probabilities
        Between 0 and 1.

    Examples
    --------
    >>> ordered = in_order(np.array([[0.3], [0.1], [0.2]]))
    >>> quantiles_of(ordered, [0.25, 0.5]).ravel().round(2).tolist()
    [0.15, 0.2]
    """
    last = ordered.shape[1] - 1
    place = last * np.asarray(probabilities, dtype=np.float64)
    below = np.floor(place).astype(np.intp).clip(0, last)
    above = np.minimum(below + 1, last)
    low, high = (ordered[:, at].T.astype(np.float64) for at in (below, above))
    return np.asarray(low + (place - below)[:, None] * (high - low))


def quantiles_by_block(draws: Draws, probabilities: Sequence[float]) -> Floats:
    """Return quantiles (probabilities, places) of draws (draws, places) of very many places."""

    def of_block(placed: tuple[slice, Draws]) -> Floats:
        return quantiles_of(_block_in_order(placed), probabilities)

    return np.concatenate(list(in_threads(of_block, by_block(draws))), axis=1)


def _block_in_order(placed: tuple[slice, Draws]) -> Draws:
    return np.sort(np.ascontiguousarray(placed[1].T), axis=1)
