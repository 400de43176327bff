"""Scores of draws: the whole predictive distribution against what happened."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.special import gammaln, logsumexp, xlog1py, xlogy

from turnout.scores.blocks import Array, by_block
from turnout.scores.inputs import alike, told


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
        If the shapes do not fit, there is a single draw, or a draw is infinite.

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
        if np.isinf(block).any():
            raise ValueError(f"draws must be finite; {np.isinf(block).sum()} are not.")
        size = block.shape[1]
        ordered = np.sort(block, axis=1)
        ranks = 2 * np.arange(size) - (size - 1)
        spread = (ordered @ ranks) / (size * (size - 1))
        return np.abs(block - observed[:, None]).mean(axis=1) - spread

    return by_block(actual, draws, score)


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

    Raises
    ------
    ValueError
        If the shapes do not fit, a count lies outside of its roll, or a rate outside of 0 to 1.

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
    k, n = (np.atleast_1d(values) for values in alike(voters=voters, registered=registered))
    if k.shape != n.shape or k.ndim != 1:
        raise ValueError(
            "voters and registered must have one count per area, got "
            f"{told(voters=k, registered=n)}."
        )
    if np.any((k < 0) | (k > n)):
        outside = np.count_nonzero((k < 0) | (k > n))
        raise ValueError(f"voters must lie between 0 and registered; {outside} area(s) do not.")
    choose = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)

    def score(areas: Array, block: Array) -> Array:
        own = areas.astype(np.intp)
        votes, others = k[own, None], (n - k)[own, None]
        if np.any((block < 0) | (block > 1)):
            raise ValueError("draws of a rate must lie between 0 and 1.")
        logs = xlogy(votes, block) + xlog1py(others, -block)
        return choose[own] + logsumexp(logs, axis=1) - np.log(block.shape[1])

    return -by_block(np.arange(len(k)), draws, score, name="voters")


def pit(actual: ArrayLike, draws: ArrayLike, *, rng: np.random.Generator | int) -> Array:
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
        Source of the random split, or its seed.

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
    source = np.random.default_rng(rng)

    def score(observed: Array, block: Array) -> Array:
        y = observed[:, None]
        below = np.count_nonzero(block < y, axis=1)
        equal = np.count_nonzero(block == y, axis=1)
        place = (below + source.random(len(block)) * (equal + 1)) / (block.shape[1] + 1)
        return np.where(np.isnan(y[:, 0] + block.sum(axis=1)), np.nan, place)

    return by_block(actual, draws, score)
