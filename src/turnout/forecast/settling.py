"""Draws of places that add up to a known sum, by one shift on the logit scale."""

from __future__ import annotations

import numpy as np
from scipy.special import expit, logit

from turnout.arrays import Floats

_STEPS = 60
_CLOSE = 1e-7
# Logits of all and of nobody are kept finite: as far out as half a voter of 100,000.
_EDGE = 5e-6
_CELLS = 2_000_000


def settled(voters: Floats, size: Floats, needed: Floats) -> Floats:
    """Return voters of places that sum to what is needed, draw by draw.

    In every draw all places move by the same distance on the logit scale: as the binomial chance
    of single voters does given their sum, and so that no place leaves the range from nobody to
    all.

    Parameters
    ----------
    voters
        (places, draws) voters that are still open.
    size
        (places,) registered voters that are still open.
    needed
        (draws,) what the voters must sum to; between 0 and the sum of `size`.

    Returns
    -------
    numpy.ndarray
        (places, draws).

    Examples
    --------
    >>> found = settled(np.array([[50.0], [150.0]]), np.array([100.0, 200.0]), np.array([180.0]))
    >>> found.ravel().round(2).tolist(), float(found.sum().round(6))
    ([42.38, 137.62], 180.0)
    """
    out = np.empty(voters.shape)
    step = max(1, _CELLS // max(1, len(size)))
    for start in range(0, voters.shape[1], step):
        part = slice(start, start + step)
        out[:, part] = _settled(voters[:, part], size, needed[part])
    return out


def _settled(voters: Floats, size: Floats, needed: Floats) -> Floats:
    room = size > 0
    total = size.sum()
    out = np.zeros(voters.shape)
    if not room.any():
        return out
    n = size[room][:, None]
    wanted = np.clip(needed, 0.0, total)
    start = logit(np.clip(voters[room] / n, _EDGE, 1 - _EDGE))
    # The shift lies between those that bring every place to the ends; Newton's step where it
    # stays between them, else their middle.
    low, high = np.full(len(wanted), -60.0), np.full(len(wanted), 60.0)
    shift = np.zeros(len(wanted))
    for _ in range(_STEPS):
        share = expit(start + shift)
        away = (n * share).sum(axis=0) - wanted
        if np.abs(away).max(initial=0.0) <= _CLOSE * max(total, 1.0):
            break
        low, high = np.where(away < 0, shift, low), np.where(away > 0, shift, high)
        slope = (n * share * (1 - share)).sum(axis=0)
        newton = shift - away / np.maximum(slope, 1e-12)
        shift = np.where((newton > low) & (newton < high), newton, (low + high) / 2)
    found = n * expit(start + shift)
    # What rounding leaves is less than a voter.
    spare = found * (1 - found / n)
    whole = spare.sum(axis=0)
    away = wanted - found.sum(axis=0)
    found += np.where(whole > 0, spare * away / np.where(whole > 0, whole, 1.0), 0.0)
    found[:, wanted <= 0] = 0.0
    found[:, wanted >= total] = np.broadcast_to(n, found.shape)[:, wanted >= total]
    out[room] = np.clip(found, 0.0, n)
    return out
