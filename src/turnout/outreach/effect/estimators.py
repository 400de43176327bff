"""Estimators of an effect from a panel of places, side by side with the one in the likelihood.

Each takes `Observations` and returns an `Estimate` per kind of activity, in logit per unit of
dose. All but the cross-section compare a place with itself.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.linalg import qr
from statsmodels.regression.linear_model import OLS

from turnout.arrays import Floats, Ints
from turnout.outreach.effect.observations import Observations, doses_of_next

_ROUNDS = 500
_CONVERGED = 1e-10
_UNSEEN = 1e-6


@dataclass(frozen=True)
class Estimate:
    """An effect per kind, NaN where the data say nothing of it.

    Parameters
    ----------
    mean, sd
        Estimate and standard error, logit per unit of dose.
    """

    mean: Floats
    sd: Floats

    @classmethod
    def none(cls, kinds: int) -> Estimate:
        """Return an estimate that says nothing."""
        return cls(np.full(kinds, np.nan), np.full(kinds, np.nan))


def two_way_within(data: Observations) -> Estimate:
    """Compare every place with itself and every contest with itself, by least squares.

    Standard errors are clustered by place and by contest; where that is smaller than clustered by
    place alone, as few contests can make it, the latter.
    """
    return _within(data, data.doses)


def placebo(data: Observations) -> Estimate:
    """Estimate the effect of the next election's activities on this one, which can be none.

    Anything else tells that staff chose places by their last turnout.
    """
    earlier, following = doses_of_next(data)
    kinds = data.doses.shape[1]
    if not len(earlier.logit):
        return Estimate.none(kinds)
    both = _within(earlier, np.column_stack([following, earlier.doses]))
    return Estimate(both.mean[:kinds], both.sd[:kinds])


def mundlak(data: Observations) -> Estimate:
    """Estimate with random place effects and every place's mean dose beside its dose.

    The mean dose takes up what places with more activities have in common (Mundlak 1978,
    Econometrica 46); standard errors are clustered by place.
    """
    if not len(data.logit):
        return Estimate.none(data.doses.shape[1])
    places, place = np.unique(data.place, return_inverse=True)
    number = np.bincount(place, minlength=len(places))[place]
    means = _group_means(data.doses, place)[place]
    dummies = np.eye(data.contest.max() + 1)[data.contest]
    columns = np.column_stack([data.doses, means, dummies[:, dummies.any(axis=0)]])
    noise, lasting = _components(data, columns, place)
    share = 1 - np.sqrt(noise / (noise + number * lasting))
    stacked = np.column_stack([data.logit, columns])
    quasi = stacked - share[:, None] * _group_means(stacked, place)[place]
    return _clustered(quasi[:, 0], quasi[:, 1:], [place], data.doses.shape[1])


def cross_section(data: Observations) -> Estimate:
    """Compare places with activities to places without, within contests: not an effect.

    It mixes the effect with the reasons for which staff chose the places.
    """
    kinds = data.doses.shape[1]
    active = np.isin(data.contest, data.contest[data.treated])
    rows = data.rows(active)
    if not len(rows.logit):
        return Estimate.none(kinds)
    weights = 1 / (rows.variance + _spread(rows.logit, rows.contest))
    stacked = np.column_stack([rows.logit, rows.doses])
    centred = _seen(_less_means(stacked, rows.contest, weights), stacked)
    centred = centred * np.sqrt(weights)[:, None]
    return _clustered(centred[:, 0], centred[:, 1:], [rows.place], kinds)


def two_way_demeaned(columns: Floats, first: Ints, second: Ints, weights: Floats) -> Floats:
    """Take the weighted means of two groupings out of columns, by turns until nothing changes."""
    away = columns
    scale = np.abs(columns).max(axis=0, initial=0.0) + 1e-300
    for _ in range(_ROUNDS):
        before = away
        away = _less_means(_less_means(away, first, weights), second, weights)
        if (np.abs(away - before).max(axis=0, initial=0.0) <= _CONVERGED * scale).all():
            break
    return away


def _within(data: Observations, doses: Floats) -> Estimate:
    if not len(data.logit):
        return Estimate.none(doses.shape[1])
    stacked = np.column_stack([data.logit, doses])
    even = two_way_demeaned(stacked, data.place, data.contest, np.ones(len(data.logit)))
    noise = max(1e-4, float(np.median(np.abs(even[:, 0])) / 0.6745) ** 2)
    # The noise just taken holds the sampling error too; a floor keeps small places in their place.
    weights = 1 / (data.variance + max(noise - float(np.median(data.variance)), noise / 4))
    away = _seen(two_way_demeaned(stacked, data.place, data.contest, weights), stacked)
    scaled = away * np.sqrt(weights)[:, None]
    return _clustered(scaled[:, 0], scaled[:, 1:], [data.place, data.contest], doses.shape[1])


def _seen(away: Floats, columns: Floats) -> Floats:
    """Return what is left of columns, with what is left of rounding only set to zero."""
    left = np.abs(away).max(axis=0) >= _UNSEEN * np.abs(columns).max(axis=0)
    return np.where(left, away, 0.0)


def _clustered(outcome: Floats, columns: Floats, groups: list[Ints], kinds: int) -> Estimate:
    """Return the first `kinds` coefficients of least squares, with clustered errors."""
    seen = _independent(columns, kinds)
    result = Estimate.none(kinds)
    wanted = seen[seen < kinds]
    if not len(wanted) or len(np.unique(groups[0])) < 2 or len(outcome) <= len(seen):
        return result
    codes = [np.unique(group, return_inverse=True)[1] for group in groups]
    fitted = OLS(outcome, columns[:, seen])
    variances = []
    for clusters in {1, len(codes)}:
        by = codes[0] if clusters == 1 else np.column_stack(codes)
        fit = fitted.fit(cov_type="cluster", cov_kwds={"groups": by})
        variances.append(np.diag(fit.cov_params()))
        result.mean[wanted] = fit.params[: len(wanted)]
    result.sd[wanted] = np.sqrt(np.maximum.reduce(variances)[: len(wanted)])
    return result


def _independent(columns: Floats, kinds: int) -> Ints:
    """Return the columns that are no combination of columns behind `kinds` or before them."""
    size = np.linalg.norm(columns, axis=0)
    kept: list[int] = []
    for column in np.roll(np.arange(columns.shape[1]), -kinds).tolist():
        trial = [*kept, column]
        if size[column] > 0 and _last_pivot(columns[:, trial] / size[trial]) > _UNSEEN:
            kept.append(column)
    return np.sort(np.array(kept, dtype=np.intp))


def _last_pivot(columns: Floats) -> float:
    """Return how much of the last column (of length 1) the others leave."""
    return float(abs(np.diag(qr(columns, mode="r")[0])[-1]))


def _components(data: Observations, columns: Floats, place: Ints) -> tuple[float, float]:
    """Return the variance of a place's own at one contest, and of its lasting difference."""
    fitted = columns @ np.linalg.lstsq(columns, data.logit, rcond=None)[0]
    residual = data.logit - fitted
    means = _group_means(residual[:, None], place)[:, 0]
    number = np.bincount(place)
    several = number > 1
    inside = (residual - means[place]) ** 2
    noise = inside[several[place]].sum() / max(1, (number[several] - 1).sum())
    lasting = max(0.0, float(np.mean(means**2) - noise * np.mean(1 / number)))
    return max(float(noise), 1e-8), lasting


def _spread(values: Floats, group: Ints) -> float:
    away = _less_means(values[:, None], group, np.ones(len(values)))[:, 0]
    return float((np.median(np.abs(away)) / 0.6745) ** 2)


def _less_means(columns: Floats, group: Ints, weights: Floats) -> Floats:
    codes = np.unique(group, return_inverse=True)[1]
    total = np.bincount(codes, weights)
    sums = np.column_stack([np.bincount(codes, weights * column) for column in columns.T])
    return np.asarray(columns - (sums / total[:, None])[codes])


def _group_means(columns: Floats, codes: Ints) -> Floats:
    number = np.bincount(codes)
    sums = np.column_stack([np.bincount(codes, column) for column in columns.T])
    return np.asarray(sums / number[:, None])
