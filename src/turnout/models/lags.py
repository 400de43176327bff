"""Past turnout of the places to forecast, on the logit scale, with totals spread over areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from turnout.areas import Panel

Array = NDArray[np.float64]
Bools = NDArray[np.bool_]


@dataclass(frozen=True)
class Lags:
    """What is known of the past turnout of each target, targets x contests.

    Parameters
    ----------
    logit
        Empirical logit of turnout, also where only the total of a coarser place is known; NaN
        where nothing is.
    variance
        Binomial variance of `logit`; 0 where it comes from a total.
    observed
        Whether the target itself was observed.
    borrowed
        Whether a target was never observed, so that its whole row is its district's (or city's).
    registered
        Registered voters of the coming election, per target.
    """

    logit: Array
    variance: Array
    observed: NDArray[np.bool_]
    borrowed: NDArray[np.bool_]
    registered: Array


def empirical_logit(voters: Array, registered: Array) -> tuple[Array, Array]:
    """Return the empirical logit of a share and its variance; voters above registered are cut.

    logit (y + 1/2) / (n + 1) and 1 / (y + 1/2) + 1 / (n - y + 1/2), with a bias of higher order
    (Gart & Zweifel 1967, Biometrika 54, 181-187).

    >>> logit, variance = empirical_logit(np.array([50.0]), np.array([100.0]))
    >>> logit, variance.round(3)
    (array([0.]), array([0.04]))
    """
    yes = np.minimum(voters, registered) + 0.5
    no = np.maximum(registered - voters, 0) + 0.5
    return np.log(yes / no), 1 / yes + 1 / no


def known_lags(panel: Panel) -> Lags:
    """Arrange what is known of the targets' past.

    A contest that is known only as the total of a coarser place is spread over its areas: the
    total's logit, shifted by how far the area used to lie from that place. Where a total is known
    beside its areas, these are moved together so as to agree with it. A target that was never
    observed takes the turnout of the finest place above it that was.
    """
    registered, voters = panel.grid("registered"), panel.grid("voters")
    has_row: Bools = np.isfinite(registered)
    own_logit, own_variance = empirical_logit(voters, registered)
    summed_voters, summed_registered = _sums(panel, voters), _sums(panel, registered)
    summed_logit, _ = empirical_logit(summed_voters, summed_registered)
    place_logit = np.where(
        has_row, own_logit, np.where(summed_registered > 0, summed_logit, np.nan)
    )
    targets = panel.targets
    # Counts of a part of the stations lie off the official total of the whole: they are moved.
    known_half = has_row & (summed_registered >= registered / 2) & ~panel.is_leaf[:, None]
    off = np.where(known_half, own_logit - summed_logit, 0.0)
    logit, variance = own_logit[targets].copy(), own_variance[targets].copy()
    observed = has_row[targets]
    borrowed = np.logical_not(observed.any(axis=1))
    settled = np.zeros_like(observed)
    above = panel.parent[targets]
    while (above >= 0).any():
        place = np.maximum(above, 0)
        partial = observed & (above >= 0)[:, None] & ~settled
        logit = np.where(partial, logit + off[place], logit)
        settled |= known_half[place] & (above >= 0)[:, None]
        shift = _mean(np.where(observed, logit - place_logit[place], np.nan))
        shift = np.where(np.isnan(shift), 0.0, shift)
        use = has_row[place] | borrowed[:, None]
        fill = np.isnan(logit) & use & (above >= 0)[:, None]
        logit = np.where(fill, place_logit[place] + shift[:, None], logit)
        variance = np.where(fill, 0.0, variance)
        above = np.where(above >= 0, panel.parent[place], -1)
    sizes = panel.nodes["registered"].to_numpy(float)[targets]
    return Lags(logit, variance, observed, borrowed, sizes)


def _sums(panel: Panel, values: Array) -> Array:
    """Sum the observed leaves below every node."""
    sums = np.where(panel.is_leaf[:, None] & ~np.isnan(values), values, 0.0)
    for level in range(int(panel.level.max()), 0, -1):
        nodes = np.flatnonzero(panel.level == level)
        np.add.at(sums, panel.parent[nodes], sums[nodes])
    return sums


def _mean(values: Array) -> Array:
    """Return the mean of each row without NaN; NaN for empty rows."""
    known = ~np.isnan(values)
    total = np.where(known, values, 0.0).sum(axis=1)
    count = known.sum(axis=1)
    return np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
