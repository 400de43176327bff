"""Scores of places against each other: how far each lies from the whole, and in what order."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.stats import norm, rankdata

from turnout.scores.inputs import alike


def deviation_errors(
    actual: ArrayLike, forecast: ArrayLike, *, weights: ArrayLike
) -> tuple[float, float]:
    """Return the mean absolute error of deviations from the whole, and that of a flat whole.

    The whole is the weighted mean; a flat whole says that no place deviates from it. Their ratio
    is 1 for a forecast that knows nothing of the places, 0 for one that knows all.

    Parameters
    ----------
    actual, forecast
        Turnout of places, shares or points.
    weights
        Registered voters.

    Returns
    -------
    tuple of float
        In the units of `actual`.

    Raises
    ------
    ValueError
        If the shapes differ.

    Examples
    --------
    >>> deviation_errors([0.5, 0.7], [0.65, 0.75], weights=[1, 1])
    (0.05, 0.1)
    """
    happened, said, shares = alike(actual=actual, forecast=forecast, weights=weights)
    away = happened - np.average(happened, weights=shares)
    foretold = said - np.average(said, weights=shares)
    error = np.average(np.abs(foretold - away), weights=shares)
    flat = np.average(np.abs(away), weights=shares)
    return round(float(error), 12), round(float(flat), 12)


def spearman(
    actual: ArrayLike, forecast: ArrayLike, *, level: float = 0.95
) -> tuple[float, float, float]:
    """Return Spearman's rank correlation and its confidence interval.

    The interval is normal on Fisher's z scale, with the variance (1 + r^2 / 2) / (n - 3) [1]_.

    Parameters
    ----------
    actual, forecast
        Turnout of places.
    level
        Nominal coverage.

    Returns
    -------
    tuple of float
        Correlation, lower and upper end; NaN for fewer than 4 places or where all are alike.

    References
    ----------
    .. [1] Bonett & Wright (2000), Psychometrika 65, 23-28.

    Examples
    --------
    >>> [round(one, 2) for one in spearman([1, 2, 3, 4, 5, 6], [1, 3, 2, 4, 6, 5])]
    [0.89, 0.07, 0.99]
    """
    happened, said = (rankdata(one) for one in alike(actual=actual, forecast=forecast))
    nothing = float("nan")
    if len(happened) < 4 or np.ptp(happened) == 0 or np.ptp(said) == 0:
        return nothing, nothing, nothing
    r = float(np.corrcoef(happened, said)[0, 1])
    bounded = np.clip(r, -1 + 1e-12, 1 - 1e-12)
    half = float(norm.ppf((1 + level) / 2)) * np.sqrt((1 + r**2 / 2) / (len(happened) - 3))
    low, high = np.tanh(np.arctanh(bounded) + half * np.array([-1.0, 1.0]))
    return r, float(low), float(high)
