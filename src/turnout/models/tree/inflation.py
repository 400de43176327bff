"""Draws of a night whose whole is more uncertain than the model believes, places and all."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from turnout.arrays import Bools, Floats, Ints, Singles
from turnout.forecast.room import by_block
from turnout.models.tree.targets import Targets

# Places whose draws a processor keeps at hand.
_AT_HAND = 100


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
    for _, still, voters in _open_voters(shares, targets, moving):
        total += voters.sum(axis=0)
        slope += (voters * (1 - voters / still)).sum(axis=0)
    odds = np.exp((factor - 1) * (total - total.mean()) / slope.clip(min=1e-9))
    less = (odds - 1).astype(np.float32)
    for rows, still, voters in _open_voters(shares, targets, moving):
        voters *= (1 + less) / (1 + less * (voters / still))
        voters += _column(targets.counted_voters, rows)
        voters /= _column(targets.registered, rows)
        shares[rows] = voters


def _open_voters(
    shares: Singles, targets: Targets, moving: Bools
) -> Iterator[tuple[Ints, Singles, Singles]]:
    """Yield the rows that move bit by bit, who is registered still (rows, 1), and who votes."""
    open_roll = targets.registered - targets.counted_registered
    for part, _ in by_block(shares.T):
        every = part.start + np.flatnonzero(moving[part])
        for start in range(0, len(every), _AT_HAND):
            rows = every[start : start + _AT_HAND]
            still = _column(open_roll, rows)
            voters = shares[rows]
            voters *= _column(targets.registered, rows)
            voters -= _column(targets.counted_voters, rows)
            yield rows, still, np.clip(voters, 0, still, out=voters)


def _column(people: Floats, rows: Ints) -> Singles:
    return people[rows, None].astype(np.float32)
