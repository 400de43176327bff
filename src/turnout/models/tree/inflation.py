"""Draws of a night whose whole is more uncertain than the model believes, places and all."""

from __future__ import annotations

import numpy as np

from turnout.arrays import Bools, Singles
from turnout.models.tree.targets import Targets


def inflated(shares: Singles, targets: Targets, free: Bools, factor: float) -> Singles:
    """Return draws in which the voters of the free places together spread more about their mean.

    In every draw all open voters of these places move by one step on the logit scale, as the day's
    shock moves them: the places stay as far apart as they were, and whatever they add up to spreads
    with them. The step is that which moves their sum as far as asked for, to first order.

    Parameters
    ----------
    shares
        (targets, draws) turnout as a share.
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
    >>> inflated(shares, targets, np.array([False, True]), 1.5).astype(float).round(2).tolist()
    [[0.5, 0.5, 0.5], [0.57, 0.6, 0.63]]
    """
    still_open = (targets.registered - targets.counted_registered).clip(0)
    rows = np.flatnonzero(free & (still_open > 0))
    if not len(rows) or factor <= 1:
        return shares
    registered, still = targets.registered[rows, None], still_open[rows, None]
    counted = targets.counted_voters[rows, None]
    rest = ((shares[rows] * registered - counted) / still).clip(0, 1)
    total = (still * rest).sum(axis=0)
    slope = (still * rest * (1 - rest)).sum(axis=0).clip(min=1e-9)
    odds = np.exp((factor - 1) * (total - total.mean()) / slope)
    out = shares.copy()
    out[rows] = (counted + still * rest * odds / (1 + rest * (odds - 1))) / registered
    return out
