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
from dataclasses import dataclass

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
        here = told & inside
        districts = _Grouped(parent, int(parent.max()) + 1)
        fitted = _Fitted.of(
            design[here],
            change[here],
            1 / own[here],
            np.array([_FREE, *sizes.clip(1e-6) ** -2.0]),
            districts.of(here),
            between,
        )
        share = registered[out] / registered[out].sum()
        mean, variance = fitted.foreseen(share @ design[out], districts.of(out).sums(share))
        yield float((share @ change[out] - mean) / np.sqrt(variance + share**2 @ own[out]))


@dataclass(frozen=True)
class _Grouped:
    """Which of so many districts each place lies in."""

    number: Ints
    count: int

    def of(self, places: Bools) -> _Grouped:
        return _Grouped(self.number[places], self.count)

    def sums(self, values: Floats) -> Floats:
        """Return the sums of (places,) values over the districts."""
        return np.asarray(np.bincount(self.number, values, self.count), dtype=np.float64)


@dataclass(frozen=True)
class _Fitted:
    """Level and slopes of the places that are in, and what their districts add to these.

    The districts' precisions are diagonal: they are taken out of the normal equations (Schur
    complement), so that thousands of them take no room.

    Parameters
    ----------
    slopes, spread
        Of level and slopes, with their covariance.
    cross, kept, pull
        (slopes, districts) weights shared with the districts; (districts,) variances of the
        districts given the slopes, and what the places say of them.
    """

    slopes: Floats
    spread: Floats
    cross: Floats
    kept: Floats
    pull: Floats

    @classmethod
    def of(
        cls,
        design: Floats,
        change: Floats,
        weight: Floats,
        precision: Floats,
        districts: _Grouped,
        between: float,
    ) -> _Fitted:
        weighted = design.T * weight
        cross = np.stack([districts.sums(row) for row in weighted])
        kept = between / (1 + between * districts.sums(weight))
        pull = districts.sums(weight * change)
        normal = weighted @ design + np.diag(precision) - (cross * kept) @ cross.T
        spread = np.asarray(np.linalg.inv(normal), dtype=np.float64)
        return cls(spread @ (weighted @ change - cross @ (kept * pull)), spread, cross, kept, pull)

    def foreseen(self, row: Floats, above: Floats) -> tuple[float, float]:
        """Return mean and variance of (slopes,) and (districts,) weights of what was fitted."""
        own = self.kept * above
        rest = row - self.cross @ own
        return float(rest @ self.slopes + own @ self.pull), float(
            rest @ self.spread @ rest + own @ above
        )


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
