"""Draws of a night whose whole is more uncertain than the model believes, places and all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from turnout.arrays import Bools, Floats, Singles
from turnout.forecast.room import by_block
from turnout.models.tree.targets import Targets


def inflate(shares: Singles, targets: Targets, free: Bools, factor: float) -> None:
    """Let the voters of the free places together spread more about their mean.

    In every draw all open voters of these places move by one step on the logit scale, as the day's
    shock moves them: the places stay as far apart as they were, and whatever they add up to spreads
    with them. The step is that which moves their sum as far as asked for, to first order.

    Parameters
    ----------
    shares
        (targets, draws) turnout as a share; they change in place, as very many lie on disk.
    targets
        The places, with what is counted of them: that stays.
    free
        (targets,) places that move.
    factor
        On the standard deviation of the sum.

    Examples
    --------
    >>> shares = np.array([[0.5, 0.5, 0.5], [0.58, 0.6, 0.62]], dtype=np.float32)
    >>> targets = Targets.before_the_count(np.arange(2), np.array([100.0, 100.0]))
    >>> inflate(shares, targets, np.array([False, True]), 1.5)
    >>> shares.astype(float).round(2).tolist()
    [[0.5, 0.5, 0.5], [0.57, 0.6, 0.63]]
    """
    moving = free & (targets.registered > targets.counted_registered)
    if not moving.any() or factor <= 1:
        return
    total, slope = np.zeros(shares.shape[1]), np.zeros(shares.shape[1])
    for _, still, rest in _open_voters(shares, targets, moving):
        total += (still * rest).sum(axis=0)
        slope += (still * rest * (1 - rest)).sum(axis=0)
    odds = np.exp((factor - 1) * (total - total.mean()) / slope.clip(min=1e-9))
    for rows, still, rest in _open_voters(shares, targets, moving):
        voters = targets.counted_voters[rows, None] + still * rest * odds / (1 + rest * (odds - 1))
        shares[rows] = voters / targets.registered[rows, None]


def _open_voters(
    shares: Singles, targets: Targets, moving: Bools
) -> Iterator[tuple[np.ndarray, Floats, Floats]]:
    """Yield block by block the rows that move, their open voters (rows, 1), and these's turnout."""
    for part, block in by_block(shares.T):
        rows = part.start + np.flatnonzero(moving[part])
        registered, counted = targets.registered[rows, None], targets.counted_voters[rows, None]
        still = registered - targets.counted_registered[rows, None]
        drawn = block[:, rows - part.start].T
        yield rows, still, ((drawn * registered - counted) / still).clip(0, 1)
