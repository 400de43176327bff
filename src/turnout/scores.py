"""Proper scores, coverage and calibration of forecasts: arrays in, arrays out.

Scores are in the units of `actual` (shares, or points where shares were multiplied by 100); lower
is better throughout. Draws lie on axis 0, areas on axis 1, as in `turnout.Forecast.draws`; they
are read in blocks of areas, so that a forecast of 80,000 areas needs no second copy of itself.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, gammaln, logsumexp, xlog1py, xlogy

Array = NDArray[np.float64]

LEVELS = (0.5, 0.8, 0.9)
"""Central intervals that the weighted interval score is made of, here and in every backtest."""

_BLOCK_CELLS = 4_000_000


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


def crps(actual: ArrayLike, draws: ArrayLike) -> Array:
    r"""Score draws of each area by the continuous ranked probability score, fair for few draws.

    The distance of the draws from what happened, less half their distance from one another [1]_:

    .. math:: \frac1m \sum_i |x_i - y| - \frac{1}{2 m (m - 1)} \sum_{i,j} |x_i - x_j|

    The divisor :math:`m(m-1)` makes the expected score independent of the number of draws [2]_.
    The double sum is taken from the sorted draws, so the cost is :math:`O(m \log m)` per area.

    Parameters
    ----------
    actual
        What happened, one value per area.
    draws
        Draws of it, shape ``(draws, areas)``, at least 2 draws.

    Returns
    -------
    numpy.ndarray
        One score per area, in the units of `actual`.

    Raises
    ------
    ValueError
        If the shapes do not fit or there is a single draw.

    References
    ----------
    .. [1] Gneiting & Raftery (2007), JASA 102(477), eq. 21.
    .. [2] Ferro (2014), Q. J. R. Meteorol. Soc. 140, 1917-1923.

    Examples
    --------
    Draws 0.6 and 0.8: mean distance from 0.7 is 0.1, from one another 0.2, half of it 0.1:

    >>> crps([0.7, 0.9], [[0.6, 0.6], [0.8, 0.8]]).round(3)
    array([0. , 0.1])
    """

    def score(observed: Array, block: Array) -> Array:
        size = block.shape[1]
        ordered = np.sort(block, axis=1)
        ranks = 2 * np.arange(size) - (size - 1)
        spread = (ordered @ ranks) / (size * (size - 1))
        return np.abs(block - observed[:, None]).mean(axis=1) - spread

    return _by_block(actual, draws, score)


def interval_parts(
    actual: ArrayLike, lower: ArrayLike, upper: ArrayLike, *, level: float | ArrayLike
) -> IntervalParts:
    """Return width and penalties of central intervals, so that a bad score explains itself.

    Parameters
    ----------
    actual
        What happened, one value per area.
    lower, upper
        Ends of the interval, in the units of `actual`.
    level
        Nominal coverage, e.g. 0.9 for a 90% interval.

    Returns
    -------
    IntervalParts
        The three parts of :func:`interval_score`.

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
    y, low, high = (np.asarray(values, float) for values in (actual, lower, upper))
    if np.any(low > high):
        raise ValueError(
            f"{np.count_nonzero(low > high)} interval(s) end below their start; "
            "pass the lower end first."
        )
    penalty = 2 / (1 - nominal)
    below, above = penalty * np.maximum(low - y, 0), penalty * np.maximum(y - high, 0)
    width, below, above = np.broadcast_arrays(high - low, below, above)
    return IntervalParts(width, below, above)


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
    levels: Sequence[float],
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
        Nominal coverages :math:`c_k`.

    References
    ----------
    .. [1] Bracher, Ray, Gneiting & Reich (2021), PLOS Comput. Biol. 17(2), e1008618, eq. 1.

    Examples
    --------
    Miss of the median .1, an 80% interval of width .2 missed by nothing: (.05 + .1 x .2) / 1.5

    >>> weighted_interval_score([0.7], [0.6], [[0.5]], [[0.7]], levels=[0.8]).round(4)
    array([0.0467])
    """
    y = np.asarray(actual, float)
    nominal = np.asarray(levels, float)[:, None]
    scores = interval_score(y, lower, upper, level=nominal)
    miss = np.abs(y - np.asarray(median, float))
    total: Array = (miss / 2 + ((1 - nominal) / 2 * scores).sum(axis=0)) / (len(nominal) + 0.5)
    return total


def wis(actual: ArrayLike, draws: ArrayLike, *, levels: Sequence[float] = LEVELS) -> Array:
    """Score draws by the weighted interval score of their central intervals and their median.

    Parameters
    ----------
    actual
        What happened, one value per area.
    draws
        Draws of it, shape ``(draws, areas)``.
    levels
        Nominal coverages of the intervals.

    Examples
    --------
    >>> wis([0.5], [[0.4], [0.5], [0.6]], levels=[0.5]).round(4)
    array([0.0167])
    """

    def score(observed: Array, block: Array) -> Array:
        median, lower, upper = central_intervals(block.T, levels)
        return weighted_interval_score(observed, median, lower, upper, levels=levels)

    return _by_block(actual, draws, score)


def central_intervals(draws: ArrayLike, levels: Sequence[float]) -> tuple[Array, Array, Array]:
    """Return median, lower and upper ends (levels x areas) of the draws' central intervals.

    >>> median, lower, upper = central_intervals([[0.0], [1.0], [2.0]], [0.5])
    >>> median, lower, upper
    (array([1.]), array([[0.5]]), array([[1.5]]))
    """
    tails = (1 - np.asarray(levels, float)) / 2
    probabilities = np.concatenate([[0.5], tails, 1 - tails])
    ends = np.quantile(np.asarray(draws, float), probabilities, axis=0)
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
    miss = np.asarray(actual, float) - np.asarray(quantile, float)
    return np.maximum(p * miss, (p - 1) * miss)


def binomial_log_score(voters: ArrayLike, registered: ArrayLike, draws: ArrayLike) -> Array:
    r"""Score draws of the turnout rate by minus the log probability of the count.

    The forecast of the count is the mixture of binomials over the draws [1]_:

    .. math:: -\log \frac1m \sum_i \binom{n}{k} p_i^k (1 - p_i)^{n - k}

    Parameters
    ----------
    voters, registered
        People who voted, and people on the roll, one count per area.
    draws
        Draws of the rate that a registered person votes, shape ``(draws, areas)``, **without**
        binomial noise, which the score adds itself.

    Returns
    -------
    numpy.ndarray
        One score per area, in nats; infinite where every draw excludes the count.

    References
    ----------
    .. [1] Good (1952), J. R. Stat. Soc. B 14(1), 107-114 (the logarithmic score).

    Examples
    --------
    One of two voted; binomial probabilities 1/2 at rate 1/2 and 3/8 at rate 1/4: mean 7/16

    >>> binomial_log_score([1], [2], [[0.5], [0.25]]).round(4)
    array([0.8267])
    >>> float((-np.log(np.array(7 / 16))).round(4))
    0.8267
    """
    k, n = np.asarray(voters, float), np.asarray(registered, float)
    if np.any((k < 0) | (k > n)):
        outside = np.count_nonzero((k < 0) | (k > n))
        raise ValueError(f"voters must lie between 0 and registered; {outside} area(s) do not.")
    choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

    def score(counts: Array, block: Array) -> Array:
        votes, others = counts[:, :1], counts[:, 1:2]
        if np.any((block < 0) | (block > 1)):
            raise ValueError("draws of a rate must lie between 0 and 1.")
        logs = xlogy(votes, block) + xlog1py(others, -block)
        return counts[:, 2] + logsumexp(logs, axis=1) - np.log(block.shape[1])

    return -_by_block(np.stack([k, n - k, choose], axis=-1), draws, score)


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
    squared: Array = (p - np.asarray(happened, bool)) ** 2
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
    y = np.asarray(actual, float)
    inside = (np.asarray(lower, float) <= y) & (y <= np.asarray(upper, float))
    return _mean(inside.astype(float), weights)


def width(lower: ArrayLike, upper: ArrayLike, *, weights: ArrayLike | None = None) -> float:
    """Return the mean length of the intervals.

    >>> round(width([0.6, 0.6], [0.8, 0.7], weights=[1, 1]), 3)
    0.15
    """
    return _mean(np.subtract(upper, lower), weights)


def pit(actual: ArrayLike, draws: ArrayLike, *, rng: np.random.Generator) -> Array:
    """Return where the actual value falls among the draws, as a share: uniform if calibrated.

    Ties, and the gap between two draws, are split at random, so that a calibrated forecast with
    few draws gives an exactly uniform value [1]_.

    Parameters
    ----------
    actual
        What happened, one value per area.
    draws
        Draws of it, shape ``(draws, areas)``.
    rng
        Source of the random split.

    References
    ----------
    .. [1] Czado, Gneiting & Held (2009), Biometrics 65, 1254-1261, and, for ranks among draws,
       Talts et al. (2018), arXiv:1804.06788.

    Examples
    --------
    Three of four draws lie below 0.7, so the value falls between 3/5 and 4/5:

    >>> value = pit([0.7], [[0.5], [0.6], [0.65], [0.9]], rng=np.random.default_rng(1))
    >>> bool(0.6 <= value[0] <= 0.8)
    True
    """

    def score(observed: Array, block: Array) -> Array:
        y = observed[:, None]
        below = np.count_nonzero(block < y, axis=1)
        equal = np.count_nonzero(block == y, axis=1)
        return (below + rng.random(len(block)) * (equal + 1)) / (block.shape[1] + 1)

    return _by_block(actual, draws, score)


def clopper_pearson(k: ArrayLike, n: ArrayLike, *, level: float = 0.95) -> tuple[Array, Array]:
    """Return the exact interval of a probability after `k` successes in `n` trials [1]_.

    Parameters
    ----------
    k, n
        Successes and trials.
    level
        Coverage of the interval, at least this.

    Returns
    -------
    lower, upper
        Ends of the interval, shares.

    References
    ----------
    .. [1] Clopper & Pearson (1934), Biometrika 26(4), 404-413.

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
    tail = (1 - level) / 2
    inner = (hits > 0) & (hits < trials)
    a, b = np.where(inner, hits, 1.0), np.where(inner, trials - hits, 1.0)
    lower = np.where(inner, betaincinv(a, b + 1, tail), 0.0)
    upper = np.where(inner, betaincinv(a + 1, b, 1 - tail), 1.0)
    lower = np.where(hits == trials, tail ** (1 / trials), lower)
    upper = np.where(hits == 0, 1 - tail ** (1 / trials), upper)
    return lower, upper


def _by_block(actual: ArrayLike, draws: ArrayLike, score: Callable[[Array, Array], Array]) -> Array:
    """Apply `score(actual, draws)` to blocks of areas, their draws in rows, in float64."""
    y = np.atleast_1d(np.asarray(actual, float))
    x = np.asarray(draws)
    if x.ndim == 1:
        x = x[:, None]
    if x.ndim != 2 or x.shape[1] != len(y) or len(x) < 2:
        raise ValueError(
            f"draws must have shape (at least 2 draws, {len(y)} areas) to fit actual, "
            f"got {x.shape}."
        )
    step = max(1, _BLOCK_CELLS // len(x))
    parts = [
        score(y[start : start + step], np.ascontiguousarray(x[:, start : start + step].T, float))
        for start in range(0, len(y), step)
    ]
    return np.concatenate(parts) if parts else np.empty(0)


def _mean(values: ArrayLike, weights: ArrayLike | None) -> float:
    known = None if weights is None else np.asarray(weights, float)
    return float(np.average(np.asarray(values, float), weights=known))
