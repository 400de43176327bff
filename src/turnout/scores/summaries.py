"""Means over areas, scores of probabilities, and how sure a coverage is."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import betaincinv

from turnout.scores.blocks import Array
from turnout.scores.inputs import alike, check_ends, mean


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
    truth, p = alike(happened=happened, probability=probability)
    if np.any((p < 0) | (p > 1)):
        raise ValueError("probability must lie between 0 and 1.")
    if not np.isin(truth, (0.0, 1.0)).all():
        raise ValueError("happened must be true or false (1 or 0) for every event.")
    squared: Array = (p - truth) ** 2
    return squared


def mae(actual: ArrayLike, forecast: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    r"""Return the mean absolute error over areas, least for a forecast's median [1]_.

    .. math:: \sum_i w_i |x_i - y_i| \Big/ \sum_i w_i

    Parameters
    ----------
    actual, forecast
        What happened :math:`y_i` and what was forecast :math:`x_i`, one value per area.
    weights
        Weights :math:`w_i`, such as registered voters; equal ones when not given.

    Returns
    -------
    float
        In the units of `actual`; NaN without areas.

    Raises
    ------
    ValueError
        If the shapes differ, or the weights are negative or all 0.

    References
    ----------
    .. [1] Gneiting (2011), JASA 106(494), 746-762.

    Examples
    --------
    >>> round(mae([0.7, 0.5], [0.6, 0.6], weights=[3, 1]), 3)
    0.1
    """
    y, x = alike(actual=actual, forecast=forecast)
    return mean(np.abs(x - y), weights)


def bias(actual: ArrayLike, forecast: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    r"""Return the mean of forecast minus actual: positive when the forecast was too high [1]_.

    .. math:: \sum_i w_i (x_i - y_i) \Big/ \sum_i w_i

    Parameters
    ----------
    actual, forecast, weights
        As in :func:`mae`, whose errors are the same.

    Returns
    -------
    float
        In the units of `actual`; NaN without areas.

    References
    ----------
    .. [1] Jolliffe & Stephenson (2012), Forecast Verification, 2nd edition.

    Examples
    --------
    >>> round(bias([0.7, 0.5], [0.6, 0.6], weights=[3, 1]), 3)
    -0.05
    """
    y, x = alike(actual=actual, forecast=forecast)
    return mean(x - y, weights)


def coverage(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, weights: ArrayLike | None = None
) -> float:
    r"""Return the share of actual values inside their intervals, ends included [1]_.

    .. math:: \sum_i w_i [l_i \le y_i \le u_i] \Big/ \sum_i w_i

    Areas of one election share its shock: count elections, not areas, to judge the coverage.

    Parameters
    ----------
    actual
        What happened :math:`y_i`, one value per area.
    lower, upper
        Ends of the intervals, :math:`l_i` and :math:`u_i`.
    weights
        Weights :math:`w_i`; equal ones when not given.

    Returns
    -------
    float
        A share; NaN without areas, or where a value is not known.

    Raises
    ------
    ValueError
        If the shapes differ, an interval ends below its start, or the weights are negative or all
        0.

    References
    ----------
    .. [1] Gneiting & Raftery (2007), JASA 102(477), section 6.2.

    Examples
    --------
    >>> coverage([0.7, 0.5], [0.6, 0.6], [0.8, 0.8], weights=[3, 1])
    0.75
    """
    y, low, high = alike(actual=actual, lower=lower, upper=upper)
    check_ends(low, high)
    unknown = np.isnan(y) | np.isnan(low) | np.isnan(high)
    inside = np.where(unknown, np.nan, (low <= y) & (y <= high))
    return mean(inside, weights)


def width(lower: ArrayLike, upper: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    r"""Return the mean length of the intervals: how sharp a forecast is [1]_.

    .. math:: \sum_i w_i (u_i - l_i) \Big/ \sum_i w_i

    Parameters
    ----------
    lower, upper, weights
        As in :func:`coverage`, whose errors are the same.

    Returns
    -------
    float
        In the units of the ends; NaN without areas.

    References
    ----------
    .. [1] Gneiting & Raftery (2007), JASA 102(477), section 6.2.

    Examples
    --------
    >>> round(width([0.6, 0.6], [0.8, 0.7], weights=[1, 1]), 3)
    0.15
    """
    low, high = alike(lower=lower, upper=upper)
    check_ends(low, high)
    return mean(high - low, weights)


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
        Ends of the interval, shares; NaN where `k` or `n` is not known.

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
    hits, trials = alike(k=k, n=n)
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
    unknown = np.isnan(hits + trials)
    return np.where(unknown, np.nan, lower), np.where(unknown, np.nan, upper)
