"""Means over areas, scores of probabilities, and how sure a coverage is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from turnout.scores.blocks import Array


def brier(happened: ArrayLike, probability: ArrayLike) -> Array:
    """Score the probability of an event by its squared error [1]_.

    Parameters
    ----------
    happened
        Whether it happened, one truth value per event.
    probability
        The forecast probability.

    References
    ----------
    .. [1] Brier (1950), Monthly Weather Review 78(1), 1-3.

    Examples
    --------
    >>> brier([True, False], [0.9, 0.5]).round(3)
    array([0.01, 0.25])
    """
    p = np.asarray(probability, float)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("probability must lie between 0 and 1.")
    truth = np.asarray(happened, float)
    if not np.isin(truth, (0.0, 1.0)).all():
        raise ValueError("happened must be true or false (1 or 0) for every event.")
    squared: Array = (p - truth) ** 2
    return squared


def mae(actual: ArrayLike, forecast: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Return the mean absolute error over areas, weighted by `weights` (such as registered).

    >>> round(mae([0.7, 0.5], [0.6, 0.6], weights=[3, 1]), 3)
    0.1
    """
    return _mean(np.abs(np.subtract(forecast, actual)), weights)


def bias(actual: ArrayLike, forecast: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Return the mean of forecast minus actual: positive when the forecast was too high.

    >>> round(bias([0.7, 0.5], [0.6, 0.6], weights=[3, 1]), 3)
    -0.05
    """
    return _mean(np.subtract(forecast, actual), weights)


def coverage(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, weights: ArrayLike | None = None
) -> float:
    """Return the share of actual values inside their intervals, ends included.

    Areas of one election share its shock: count elections, not areas, to judge the coverage.

    >>> coverage([0.7, 0.5], [0.6, 0.6], [0.8, 0.8], weights=[3, 1])
    0.75
    """
    y, low, high = (np.asarray(values, float) for values in (actual, lower, upper))
    unknown = np.isnan(y) | np.isnan(low) | np.isnan(high)
    inside = np.where(unknown, np.nan, (low <= y) & (y <= high))
    return _mean(inside, weights)


def width(lower: ArrayLike, upper: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Return the mean length of the intervals.

    >>> round(width([0.6, 0.6], [0.8, 0.7], weights=[1, 1]), 3)
    0.15
    """
    return _mean(np.subtract(upper, lower), weights)


def clopper_pearson(k: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[Array, Array]:
    """Return the exact interval of a probability after `k` successes in `n` trials [1]_.

    Parameters
    ----------
    k, n
        Successes and trials. Where trials come in groups that share their outcome, pass the
        effective numbers, the sum of the groups' shares of successes and their count [2]_.
    level
        Coverage of the interval, at least this.

    Returns
    -------
    lower, upper
        Ends of the interval, shares.

    References
    ----------
    .. [1] Clopper & Pearson (1934), Biometrika 26(4), 404-413.
    .. [2] Korn & Graubard (1998), Survey Methodology 24(2), 193-201.

    Examples
    --------
    Nine of ten intervals held: that fits a coverage of 55% as well as one of 99%.

    >>> lower, upper = clopper_pearson([9], [10])
    >>> lower.round(3), upper.round(3)
    (array([0.555]), array([0.997]))
    """
    hits, trials = np.asarray(k, float), np.asarray(n, float)
    if np.any((hits < 0) | (hits > trials) | (trials < 1)):
        raise ValueError("k must lie between 0 and n, and n must be at least 1.")
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, got {level!r}; for 95% pass level=0.95.")
    tail = (1 - level) / 2
    inner = (hits > 0) & (hits < trials)
    a, b = np.where(inner, hits, 1.0), np.where(inner, trials - hits, 1.0)
    lower = np.where(inner, betaincinv(a, b + 1, tail), 0.0)
    upper = np.where(inner, betaincinv(a + 1, b, 1 - tail), 1.0)
    lower = np.where(hits == trials, tail ** (1 / trials), lower)
    upper = np.where(hits == 0, 1 - tail ** (1 / trials), upper)
    return lower, upper


def _mean(values: ArrayLike, weights: ArrayLike | None) -> float:
    known = None if weights is None else np.asarray(weights, float)
    return float(np.average(np.asarray(values, float), weights=known))
