"""Past turnout of places on the logit scale, with totals spread over areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Bools, Floats, Ints
from turnout.models.outliers import believable_voters, logit_of_counts
from turnout.models.ranges import range_variance


@dataclass(frozen=True)
class Lags:
    """What is known of the past turnout of places, places x contests.

    Parameters
    ----------
    nodes
        Node of each row in the panel.
    targets
        Rows of the places to forecast; the other rows are areas of the past, such as those of
        older boundaries, which tell how much turnout changes.
    logit
        Empirical logit of turnout, also where only the total of a coarser place is known; NaN
        where nothing is.
    variance
        Binomial variance of `logit`; 0 where it comes from a total.
    observed
        Whether the place itself, or most of what lies in it, was observed.
    borrowed
        Whether a place was never observed, so that its whole row is its district's (or city's).
    registered
        The newest count of registered voters per place, the coming election's for targets.
    """

    nodes: Ints
    targets: Ints
    logit: Floats
    variance: Floats
    observed: Bools
    borrowed: Bools
    registered: Floats


def known_lags(panel: Panel) -> Lags:
    """Arrange what is known of the past of the targets and of all other areas.

    A contest that is known only as the total of a coarser place is spread over its areas: the
    total's logit, shifted by how far the area used to lie from that place. Where a total is known
    beside its areas, these are moved together so as to agree with it. A place that was never
    observed takes the turnout of the finest place above it that was.
    """
    rows = np.union1d(np.flatnonzero(panel.is_leaf), panel.targets)
    whole = _Whole.of(panel)
    logit, variance = whole.logit[rows], whole.variance[rows]
    observed = whole.known[rows]
    borrowed = np.logical_not(observed.any(axis=1))
    settled = whole.settled[rows]
    above = panel.parent[rows]
    while (above >= 0).any():
        place, exists = np.maximum(above, 0), (above >= 0)[:, None]
        move = observed & exists & ~settled
        logit = np.where(move, logit + whole.off[place], logit)
        settled = settled | (whole.settled[place] & exists)
        shift = _mean(np.where(observed, logit - whole.logit[place], np.nan))
        spread = whole.has_row[place] | (borrowed[:, None] & whole.known[place])
        fill = np.isnan(logit) & spread & exists
        logit = np.where(fill, whole.logit[place] + np.nan_to_num(shift)[:, None], logit)
        variance = np.where(fill, 0.0, variance)
        above = np.where(above >= 0, panel.parent[place], -1)
    registered = panel.nodes["registered"].fillna(1.0).to_numpy(float)[rows]
    targets = np.searchsorted(rows, panel.targets).astype(np.intp)
    return Lags(rows, targets, logit, variance, observed, borrowed, registered)


@dataclass(frozen=True)
class _Whole:
    """Every node's turnout as a whole: its own row, else the sum of the areas below it.

    `off` is how far a place's own row lies from the sum of its areas, where these are most of it
    (`settled`): counts of a part of the stations lie off the official total.
    """

    logit: Floats
    variance: Floats
    known: Bools
    has_row: Bools
    settled: Bools
    off: Floats

    @classmethod
    def of(cls, panel: Panel) -> _Whole:
        voters = believable_voters(panel)
        registered = np.where(np.isfinite(voters), panel.grid("registered"), np.nan)
        has_row = np.isfinite(registered)
        own, own_variance = logit_of_counts(voters, registered)
        low, high = panel.grid("voters_low"), panel.grid("voters_high")
        own_variance = own_variance + range_variance(low, high, registered)
        below, below_registered = _sums(panel, voters), _sums(panel, registered)
        summed, summed_variance = logit_of_counts(below, below_registered)
        known = has_row | (below_registered > 0)
        inner = ~panel.is_leaf[:, None]
        settled = has_row & inner & (below_registered >= np.nan_to_num(registered) / 2)
        return cls(
            logit=np.where(has_row, own, np.where(known, summed, np.nan)),
            variance=np.where(has_row, own_variance, summed_variance),
            known=known,
            has_row=has_row,
            settled=settled,
            off=np.where(settled, own - summed, 0.0),
        )


def _sums(panel: Panel, values: Floats) -> Floats:
    """Sum the observed leaves below every node."""
    sums = np.where(panel.is_leaf[:, None] & np.isfinite(values), values, 0.0)
    for level in range(int(panel.level.max()), 0, -1):
        nodes = panel.levels[level]
        np.add.at(sums, panel.parent[nodes], sums[nodes])
    return sums


def _mean(values: Floats) -> Floats:
    """Return the mean of each row without NaN; NaN for empty rows."""
    known = np.isfinite(values)
    total = np.where(known, values, 0.0).sum(axis=1)
    count = known.sum(axis=1)
    return np.divide(total, count, out=np.full(len(values), np.nan), where=count > 0)
