"""What a count says without a model: the raw count, and the uniform swing.

Both take the places that are in for a fair sample of all. The raw count says of each place still
out that its turnout is that of the counted voters; the uniform swing that it moves from its last
turnout as the counted places did. As a sample they have standard errors, so that they can be
scored beside a model (Lohr 2021, *Sampling: Design and Analysis*, chapters 3 and 4: ratio and
difference estimators; places still out vary by themselves, which is the finite population
correction).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.arrays import Bools, Floats

_PRIOR_PLACES = 2.0


@dataclass(frozen=True)
class Sample:
    """The places of a count, those that are in among them.

    Parameters
    ----------
    turnout
        (places,) turnout as a share, used where counted.
    registered
        (places,) registered voters.
    counted
        (places,) what is in; at least one place.
    """

    turnout: Floats
    registered: Floats
    counted: Bools


def swing_draws(
    sample: Sample, last: Floats, spread: float, draws: int, rng: np.random.Generator
) -> Floats:
    """Draw the turnout of all places from how the counted ones moved from their last turnout.

    With r the counted places' change, weighted by registered voters w, and s their standard
    deviation, a place still out moves by the mean of r, with an error that all share of variance
    s² Σw² / (Σw)² and one of its own of variance s²; both have Student-t tails. `spread` counts
    in s as two more places.

    Parameters
    ----------
    sample
        The places.
    last
        (places,) last turnout as a share; a constant makes this the raw count. NaN where there
        is none: such places take the counted turnout for their last.
    spread
        Standard deviation of the places (share) expected before any is in.
    draws
        Number of draws.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        (draws, places) turnout as a share, that of the counted places in every draw.

    Examples
    --------
    >>> sample = Sample(np.array([0.55, 0]), np.array([10.0, 10.0]), np.array([True, False]))
    >>> shares = swing_draws(sample, np.array([0.5, 0.6]), 1e-9, 2, np.random.default_rng(1))
    >>> shares.round(4).tolist()
    [[0.55, 0.65], [0.55, 0.65]]
    """
    counted = sample.counted
    turnout, weight = sample.turnout[counted], sample.registered[counted]
    start = np.where(np.isnan(last), np.average(turnout, weights=weight), last)
    moved = turnout - start[counted]
    mean = float(np.average(moved, weights=weight))
    freedom = counted.sum() - 1 + _PRIOR_PLACES
    variance = (((moved - mean) ** 2).sum() + _PRIOR_PLACES * spread**2) / freedom
    sd = np.sqrt(variance / (rng.chisquare(freedom, draws) / freedom))[:, None]
    shared = np.sqrt((weight**2).sum()) / weight.sum() * rng.standard_normal((draws, 1))
    own = rng.standard_normal((draws, len(start)))
    drawn = (start + mean + sd * (shared + own)).clip(0, 1)
    drawn[:, counted] = turnout
    return np.asarray(drawn)
