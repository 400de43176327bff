"""Scores of quantiles and central intervals."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from turnout.scores.blocks import Array, by_block
from turnout.scores.inputs import alike, check_ends, shares, told

LEVELS = (0.5, 0.8, 0.9)
"""Central intervals that the weighted interval score is made of, here and in every backtest."""


class IntervalParts(NamedTuple):
    """The parts of an interval score; their sum is the score.

    Parameters
    ----------
    width
        Length of the interval.
    below, above
        Penalty where the actual value lies below the lower, above the upper end.
    """

    width: Array
    below: Array
    above: Array


def interval_parts(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, level: float | ArrayLike
) -> IntervalParts:
    r"""Return width and penalties of central intervals, so that a bad score explains itself.

    The terms of the interval score [1]_, kept apart as its dispersion and the penalties for what
    lies below and above [2]_:

    .. math:: u - l, \quad \frac{2}{1 - c} \max(l - y, 0), \quad \frac{2}{1 - c} \max(y - u, 0)

    Parameters
    ----------
    actual
        What happened, one value per area.
    lower, upper
        Ends of the interval, in the units of `actual`: one per area, or ``(levels, areas)``.
    level
        Nominal coverage :math:`c`, e.g. 0.9 for a 90% interval; one, or any that fit `lower`.

    Returns
    -------
    IntervalParts
        The three parts of :func:`interval_score`.

    Raises
    ------
    ValueError
        If the shapes do not fit, a level is not a share, or an interval ends below its start.

    References
    ----------
    .. [1] Gneiting & Raftery (2007), JASA 102(477), section 6.2.
    .. [2] Bracher, Ray, Gneiting & Reich (2021), PLOS Comput. Biol. 17(2), e1008618.

    Examples
    --------
    >>> interval_parts([0.58], [0.60], [0.70], level=0.8).below.round(3)
    array([0.2])
    """
    nominal = np.asarray(level, float)
    if not np.all((nominal > 0) & (nominal < 1)):
        raise ValueError(
            f"level must lie between 0 and 1, got {level!r}; for a 90% interval pass level=0.9."
        )
    y = np.asarray(actual, float)
    low, high = alike(lower=lower, upper=upper)
    _check_fit(y, low, high, nominal)
    check_ends(low, high)
    penalty = 2 / (1 - nominal)
    below, above = penalty * np.maximum(low - y, 0), penalty * np.maximum(y - high, 0)
    width, below, above = np.broadcast_arrays(high - low, below, above)
    return IntervalParts(width, below, above)


def _check_fit(y: Array, low: Array, high: Array, nominal: Array) -> None:
    """Refuse ends that are not one per area, or one per level and area."""
    shape = low.shape or high.shape
    areas = not shape or not y.ndim or y.shape in (shape, shape[1:])
    levels = nominal.ndim == 0 or np.broadcast_shapes(nominal.shape, y.shape, shape) == (
        shape or y.shape
    )
    if not (areas and levels):
        raise ValueError(
            "ends must be one per area, or per level and area, got "
            f"{told(actual=y, lower=low, upper=high, level=nominal)}."
        )


def interval_score(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, level: float | ArrayLike
) -> Array:
    r"""Score one central prediction interval per area.

    The width plus a penalty for a miss, so narrow *and* honest intervals win [1]_:

    .. math:: (u - l) + \frac{2}{1 - c} \max(l - y, y - u, 0)

    Parameters
    ----------
    actual
        What happened, one value per area.
    lower, upper
        Ends of the interval, in the units of `actual`.
    level
        Nominal coverage :math:`c`, e.g. 0.9 for a 90% interval.

    References
    ----------
    .. [1] Gneiting & Raftery (2007), JASA 102(477), section 6.2.

    Examples
    --------
    The second area fell 0.02 short of its 80% interval, which costs 0.2:

    >>> interval_score([0.70, 0.58], [0.65, 0.60], [0.75, 0.70], level=0.8).round(3)
    array([0.1, 0.3])
    """
    width, below, above = interval_parts(actual, lower, upper, level=level)
    return width + below + above


def weighted_interval_score(
    actual: ArrayLike,
    median: ArrayLike,
    lower: ArrayLike,
    upper: ArrayLike,
    *,
    levels: float | Sequence[float],
) -> Array:
    r"""Score the median and several central intervals of each area together.

    .. math:: \frac{1}{K + 1/2} \Big(\frac12 |y - m|
              + \sum_k \frac{1 - c_k}{2} \mathrm{IS}_{c_k}(l_k, u_k; y)\Big)

    with the interval scores of :func:`interval_score` [1]_.

    Parameters
    ----------
    actual, median
        What happened and the forecast's median, one value per area.
    lower, upper
        Ends of the intervals, shape ``(levels, areas)``.
    levels
        Nominal coverages :math:`c_k`; with a single one, the ends may be one per area.

    Raises
    ------
    ValueError
        If the shapes do not fit, a level is not a share, or an interval ends below its start.

    References
    ----------
    .. [1] Bracher, Ray, Gneiting & Reich (2021), PLOS Comput. Biol. 17(2), e1008618, eq. 1.

    Examples
    --------
    Miss of the median .1, an 80% interval of width .2 missed by nothing: (.05 + .1 x .2) / 1.5

    >>> weighted_interval_score([0.7], [0.6], [[0.5]], [[0.7]], levels=[0.8]).round(4)
    array([0.0467])
    """
    nominal = shares(levels)[:, None]
    y, middle = (np.atleast_1d(values) for values in alike(actual=actual, median=median))
    low, high = alike(lower=lower, upper=upper)
    due = (len(nominal), *y.shape)
    if len(nominal) == 1 and low.shape in (y.shape, ()):
        low, high = low.reshape(due), high.reshape(due)
    if not y.shape == middle.shape == due[1:] or not low.shape == high.shape == due:
        raise ValueError(
            f"ends must have shape {due}, one per level and area, got "
            f"{told(actual=y, median=middle, lower=low, upper=high)}."
        )
    scores = interval_score(y, low, high, level=nominal)
    miss = np.abs(y - middle)
    total: Array = (miss / 2 + ((1 - nominal) / 2 * scores).sum(axis=0)) / (len(nominal) + 0.5)
    return total


def wis(actual: ArrayLike, draws: ArrayLike, *, levels: float | Sequence[float] = LEVELS) -> Array:
    r"""Score draws by the weighted interval score of their central intervals and their median.

    The formula of :func:`weighted_interval_score` [1]_ with the draws' own median :math:`m` and
    quantiles :math:`l_k, u_k`; the more levels, the nearer it comes to the :func:`crps`.

    Parameters
    ----------
    actual
        What happened, one value per area.
    draws
        Draws of it, shape ``(draws, areas)``.
    levels
        Nominal coverages :math:`c_k` of the intervals.

    Raises
    ------
    ValueError
        If the shapes do not fit or a level is not a share.

    References
    ----------
    .. [1] Bracher, Ray, Gneiting & Reich (2021), PLOS Comput. Biol. 17(2), e1008618, eq. 1.

    Examples
    --------
    >>> wis([0.5], [[0.4], [0.5], [0.6]], levels=[0.5]).round(4)
    array([0.0167])
    """

    def score(observed: Array, block: Array) -> Array:
        median, lower, upper = central_intervals(block.T, levels)
        return weighted_interval_score(observed, median, lower, upper, levels=levels)

    return by_block(actual, draws, score)


def central_intervals(
    draws: ArrayLike, levels: float | Sequence[float]
) -> tuple[Array, Array, Array]:
    r"""Return median, lower and upper ends (levels x areas) of the draws' central intervals.

    The ends of level :math:`c` are the quantiles at :math:`(1 - c) / 2` and :math:`(1 + c) / 2`
    [1]_, interpolated between the draws [2]_.

    Parameters
    ----------
    draws
        Draws, shape ``(draws, areas)``.
    levels
        Nominal coverages :math:`c`.

    Raises
    ------
    ValueError
        If there is no draw, or a level is not a share.

    References
    ----------
    .. [1] Bracher, Ray, Gneiting & Reich (2021), PLOS Comput. Biol. 17(2), e1008618.
    .. [2] Hyndman & Fan (1996), American Statistician 50(4), 361-365, definition 7.

    Examples
    --------
    >>> median, lower, upper = central_intervals([[0.0], [1.0], [2.0]], [0.5])
    >>> median, lower, upper
    (array([1.]), array([[0.5]]), array([[1.5]]))
    """
    x = np.asarray(draws, float)
    if not len(np.atleast_1d(x)):
        raise ValueError(f"draws must hold at least one draw, got {x.shape}.")
    tails = (1 - shares(levels)) / 2
    probabilities = np.concatenate([[0.5], tails, 1 - tails])
    ends = np.quantile(x, probabilities, axis=0)
    return ends[0], ends[1 : 1 + len(tails)], ends[1 + len(tails) :]


def pinball(actual: ArrayLike, quantile: ArrayLike, *, probability: float | ArrayLike) -> Array:
    r"""Score a quantile: :math:`(p - [y < q]) (y - q)` [1]_.

    Parameters
    ----------
    actual
        What happened, one value per area.
    quantile
        The forecast quantile, in the units of `actual`.
    probability
        Its probability :math:`p`.

    References
    ----------
    .. [1] Koenker & Bassett (1978), Econometrica 46(1), 33-50.

    Examples
    --------
    >>> pinball([0.7, 0.5], [0.6, 0.6], probability=0.9).round(3)
    array([0.09, 0.01])
    """
    p = np.asarray(probability, float)
    if not np.all((p > 0) & (p < 1)):
        raise ValueError(f"probability must lie between 0 and 1, got {probability!r}.")
    y, q, p = alike(actual=actual, quantile=quantile, probability=p)
    miss = y - q
    return np.maximum(p * miss, (p - 1) * miss)
