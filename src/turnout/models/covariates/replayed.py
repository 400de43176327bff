"""How far past contests lay off when the same places were in: the inflation of what is left.

Places still out are foreseen from those that are in. Where these are all small, or all of one end
of a city, what is foreseen of the others can be further off than the model believes, and only the
record of past contests tells how much. Each is taken apart as the night is now: from the places
that are in now, its level, its slopes and its districts are fitted, and the mean of the places that
are out is set against what that says, in standard errors z. The variance of what is left is
multiplied by

    kappa^2 = max(1, (sum z^2 + 3) / (contests + 3))

three contests in which all was right counted in: multiplicative covariance inflation [1]_,
estimated from the innovations [2]_. It never narrows (docs/model.md, section 14).

References
----------
.. [1] Anderson & Anderson (1999), Monthly Weather Review 127, 2741-2758.
.. [2] Wang & Bishop (2003), Journal of the Atmospheric Sciences 60, 1140-1158.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from turnout.areas import Panel
from turnout.arrays import Bools, Floats, Ints
from turnout.models.covariates.night import FEWEST, Deviations, least_squares, night_sizes

_PRIOR_CONTESTS = 3.0
_FREE = 1e-6
"""Precision of the level, which is left to the places that are in."""


def inflation(panel: Panel, contest: int) -> float:
    """Return the factor on the standard deviation of what is left of a contest in progress.

    Parameters
    ----------
    panel
        Places by contests.
    contest
        Row of the coming election.

    Returns
    -------
    float
        At least 1; 1 before the count, and where all places are in, at least in part.
    """
    if panel.count is None:
        return 1.0
    leaves = np.flatnonzero(panel.is_leaf)
    inside = panel.count.share[leaves] > 0
    if inside.sum() < FEWEST or inside.all():
        return 1.0
    away = np.array(list(_standard_errors(panel, contest, leaves, inside)))
    squared = ((away**2).sum() + _PRIOR_CONTESTS) / (len(away) + _PRIOR_CONTESTS)
    return float(np.sqrt(max(squared, 1.0)))


def _standard_errors(panel: Panel, contest: int, leaves: Ints, inside: Bools) -> Iterator[float]:
    """Give how far every past contest lay off, in standard errors."""
    deviations = Deviations.of(panel, leaves)
    registered = panel.nodes["registered"].to_numpy(float)[leaves]
    parent = np.unique(panel.parent[leaves], return_inverse=True)[1]
    sizes = night_sizes(panel, contest).slopes
    for past in deviations.before(contest):
        earlier = deviations.before(past)
        told = deviations.told[:, past] & deviations.told[:, earlier].any(axis=1)
        out = told & ~inside & (registered > 0)
        if (told & inside).sum() < FEWEST or not out.any():
            continue
        size = np.where(told, deviations.registered[:, past], np.nan)
        columns = deviations.columns(past, earlier, size)
        change, chance = deviations.change(past, earlier), deviations.chance[:, past]
        within, between = _variances(change[told], columns[told], parent[told])
        own = np.maximum(within, chance)
        design = np.column_stack([np.ones(len(change)), columns])
        prior = [_FREE, *sizes.clip(1e-6) ** -2.0]
        if between > 0:
            districts = np.eye(parent.max() + 1)
            design = np.column_stack([design, districts[parent]])
            prior += [1 / between] * len(districts)
        here = told & inside
        weighted = design[here] / own[here, None]
        spread = np.linalg.inv(weighted.T @ design[here] + np.diag(prior))
        share = registered[out] / registered[out].sum()
        row = share @ design[out]
        off = share @ change[out] - row @ spread @ weighted.T @ change[here]
        yield float(off / np.sqrt(row @ spread @ row + share**2 @ own[out]))


def _variances(change: Floats, columns: Floats, parent: Ints) -> tuple[float, float]:
    """Return how places vary within their districts, and districts between each other."""
    rest = least_squares(change, columns[:, columns.any(axis=0)])[2]
    codes = np.unique(parent, return_inverse=True)[1]
    number = np.bincount(codes)
    if len(number) < 2 or number.max() < 2:
        return float((rest**2).sum() / max(len(rest) - columns.shape[1] - 1, 1)), 0.0
    mean = np.bincount(codes, rest) / number
    within = float(((rest - mean[codes]) ** 2).sum() / max(len(rest) - len(number), 1))
    between = float(np.average(mean**2 - within / number, weights=number))
    return within, max(between, 0.0)
