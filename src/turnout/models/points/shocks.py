"""Errors of simple forecasts: one heavy-tailed shock that all areas share, and each area's own.

The shared shock is what independent errors of areas miss: they average out in a city, the shock
does not. Its scale is learned from few past elections, so it is integrated over, not plugged in:
normal errors with a scaled inverse chi-squared prior of the variance predict a Student t
(Gelman et al., Bayesian Data Analysis, 3rd ed., section 3.2).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import expit, stdtrit

from turnout.arrays import Bools, Floats, Ints, Singles
from turnout.models.binomial import binomial_counts

PRIOR_SHOCK = 0.25
"""Prior scale of a shared change between two elections of a type, in logit."""

PRIOR_SHOCK_OTHER_TYPE = 0.5
"""The same between elections of different types."""

PRIOR_AREA = 0.15
"""Prior standard deviation of an area's own change, in logit."""

_PRIOR_ELECTIONS = 3.0
_PRIOR_AREAS = 10.0
_LEAST_AREA_SD = 0.02
_BLOCK_CELLS = 4_000_000


@dataclass(frozen=True)
class Errors:
    """The errors of a forecast, on the logit scale.

    Parameters
    ----------
    scale, freedom
        Scale and degrees of freedom of the shared Student t shock.
    area_sd
        Standard deviation of an area's own error.
    """

    scale: float
    freedom: float
    area_sd: float


@dataclass(frozen=True)
class Changes:
    """Past errors of forecasts, or changes of turnout, on the logit scale; places x elections.

    Parameters
    ----------
    values
        The errors; NaN where not known.
    noise
        Binomial variance of each error, which is not the place's own.
    own
        Whether the place itself was observed; where only a total was, its error is the total's.
    """

    values: Floats
    noise: Floats
    own: Bools

    @classmethod
    def none(cls, places: int) -> Changes:
        """Return what is known where nothing is."""
        empty = np.empty((places, 0))
        return cls(empty, empty, np.empty((places, 0), dtype=bool))


def learn_errors(changes: Changes, weights: Floats, *, prior_scale: float = PRIOR_SHOCK) -> Errors:
    """Learn shared and own errors from past ones.

    Parameters
    ----------
    changes
        Past errors.
    weights
        Registered voters per place.
    prior_scale
        Prior scale of the shared shock; it counts as three elections.
    """
    shocks = shared_changes(changes, weights)
    freedom = _PRIOR_ELECTIONS + len(shocks)
    scale = np.sqrt((_PRIOR_ELECTIONS * prior_scale**2 + (shocks**2).sum()) / freedom)
    return Errors(float(scale), float(freedom), _own_sd(changes))


def learn_swing(
    changes: Changes, weights: Floats, *, prior_scale: float = PRIOR_SHOCK
) -> tuple[float, Errors]:
    """Learn the mean change that all places share, and the errors of a forecast with it.

    The arguments are those of :func:`learn_errors`. The mean of k changes is itself uncertain,
    which widens the shock by the factor sqrt(1 + 1/k); without any change it is 0.

    Returns
    -------
    swing
        Mean shared change, logit.
    errors
        Errors around it.
    """
    shocks = shared_changes(changes, weights)
    if not len(shocks):
        return 0.0, learn_errors(changes, weights, prior_scale=prior_scale)
    swing = float(shocks.mean())
    freedom = _PRIOR_ELECTIONS + len(shocks) - 1
    squares = _PRIOR_ELECTIONS * prior_scale**2 + ((shocks - swing) ** 2).sum()
    scale = np.sqrt(squares / freedom * (1 + 1 / len(shocks)))
    return swing, Errors(float(scale), freedom, _own_sd(changes))


def shared_changes(changes: Changes, weights: Floats) -> Floats:
    """Return the mean change over places, weighted, of every election that has any."""
    known = np.isfinite(changes.values)
    total = np.where(known, weights[:, None], 0.0).sum(axis=0)
    summed = np.where(known, changes.values * weights[:, None], 0.0).sum(axis=0)
    return summed[total > 0] / total[total > 0]


def _own_sd(changes: Changes) -> float:
    """Return the standard deviation of places' own errors: the scatter less binomial noise."""
    known = changes.own & np.isfinite(changes.values)
    count = known.sum(axis=0)
    center = np.where(known, changes.values, 0.0).sum(axis=0) / np.maximum(count, 1)
    own = np.where(known, (changes.values - center) ** 2 - changes.noise, 0.0)
    # Each election's mean takes up one place's worth of freedom.
    freedom = np.maximum(count - 1, 0).sum()
    variance = (_PRIOR_AREAS * PRIOR_AREA**2 + own.sum()) / (_PRIOR_AREAS + freedom)
    return float(np.sqrt(max(variance, _LEAST_AREA_SD**2)))


@dataclass(frozen=True)
class Shocks:
    """Draws of the shared shock under several error laws, and which law holds where.

    Parameters
    ----------
    values
        Logits, draws x laws; the columns rise and fall together.
    law
        Column of `values` that holds for each area.
    """

    values: Floats
    law: Ints

    @classmethod
    def of(
        cls,
        errors: Sequence[Errors],
        law: Ints,
        draws: int,
        rng: np.random.Generator,
    ) -> Shocks:
        """Draw the shock under all laws from one and the same chance."""
        chance = rng.uniform(size=draws)
        drawn = [one.scale * stdtrit(one.freedom, chance) for one in errors]
        return cls(np.stack(drawn, axis=1), law)


def draw_turnout(
    point: Floats,
    own_sd: Floats,
    registered: Floats,
    shocks: Shocks,
    effects: Singles,
    rng: np.random.Generator,
) -> Singles:
    """Draw turnout jointly: effects, a shared shock, own errors, binomial noise of small areas.

    Parameters
    ----------
    point
        Forecast of each area, logit.
    own_sd
        Standard deviation of each area's own error, logit.
    registered
        Registered voters of each area.
    shocks
        Shared shocks.
    effects
        What linear effects add to the logit, draws x areas.
    rng
        Source of the draws.

    Returns
    -------
    numpy.ndarray
        Shares, draws x areas.
    """
    size, areas = len(shocks.values), len(point)
    draws = np.empty((size, areas), dtype=np.float32)
    step = max(1, _BLOCK_CELLS // size)
    for start in range(0, areas, step):
        block = slice(start, start + step)
        own = own_sd[block] * rng.standard_normal((size, len(point[block])))
        shared = shocks.values[:, shocks.law[block]]
        rate = expit(point[block] + shared + own + effects[:, block])
        people = np.maximum(np.round(registered[block]), 1.0)
        draws[:, block] = binomial_counts(people, rate.T, rng).T / people
    return draws
