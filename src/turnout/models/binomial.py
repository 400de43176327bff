"""How many people of a place vote: binomial counts of very many places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from turnout.arrays import Ints
from turnout.models.monte_carlo import random_bits

Real = TypeVar("Real", np.float32, np.float64)

Parts = Sequence[tuple[slice, np.random.Generator]]
"""Parts of some places, one behind the other, each with its source of randomness."""

_FEW = 50
"""Voters, or others, that are due: a count of fewer is not drawn as a normal one."""

_RARE = 5
"""A count of fewer is drawn exactly; of these or more, its distribution is met to 0.001."""

_ONE_BY_ONE = 32
"""Of so many people it is faster to ask each than to draw their number."""

_LEVELS = 1 << 15
"""Probabilities that one asked person is told apart by: of 0 nobody votes, of 1 everybody."""


def binomial_counts(
    size: NDArray[Real], share: NDArray[Real], rng: np.random.Generator
) -> NDArray[Real]:
    """Draw how many of `size` people vote who vote with probability `share` each.

    Where at least 50 voters and 50 others are due the count is drawn from the normal law of the
    same mean and variance, which is faster, and stays between 0 and `size`. Where 5 to 50 are due
    it is the nearest whole number to the quantile of the Cornish-Fisher expansion; where fewer
    are, it is drawn exactly. In a place of at most 32 people each of them is asked, with the
    probability rounded to one in 32,768.

    Parameters
    ----------
    size
        People, (places,). An estimate that is no whole number keeps its mean: few people are
        drawn as the nearest whole number of them, of a little more or less than one person each.
    share
        Probabilities, (places, draws).
    rng
        Source of randomness.

    Returns
    -------
    (places, draws) float

    Examples
    --------
    >>> binomial_counts(np.array([3.0]), np.full((1, 4), 0.5), np.random.default_rng(1)).tolist()
    [[2.0, 1.0, 3.0, 2.0]]
    """
    return counts_of_parts(size, share, [(slice(0, len(size)), rng)])


def counts_of_parts(size: NDArray[Real], share: NDArray[Real], parts: Parts) -> NDArray[Real]:
    """Draw counts of several parts of the places, each as `binomial_counts` draws it alone.

    Examples
    --------
    >>> size, share, rng = np.array([90.0, 9.0]), np.full((2, 3), 0.5), np.random.default_rng
    >>> counts = counts_of_parts(size, share, [(slice(0, 1), rng(1)), (slice(1, 2), rng(2))])
    >>> bool((counts[1:] == binomial_counts(size[1:], share[1:], rng(2))).all())
    True
    """
    precision: Any = share.dtype
    people = np.maximum(np.round(size), 1)
    counts = np.empty_like(share)
    hamlets = np.flatnonzero(people <= _ONE_BY_ONE)
    for here, rng in _of_parts(hamlets, parts):
        rows = hamlets[here]
        asked = _asked_one_by_one(people[rows].astype(np.intp), share[rows], rng)
        counts[rows] = asked * (size / people)[rows, None]
    others = np.flatnonzero(people > _ONE_BY_ONE)
    noise = np.empty((len(others), share.shape[1]), dtype=precision)
    for here, rng in _of_parts(others, parts):
        noise[here] = rng.standard_normal(noise[here].shape, dtype=precision)
    counts[others] = _of_many(size[others, None], share[others], noise)
    place, draw = np.divmod(np.flatnonzero(np.isnan(counts)), share.shape[1])
    for here, rng in _of_parts(place, parts):
        rows, draws = place[here], draw[here]
        exact = rng.binomial(people[rows].astype(np.int64), share[rows, draws]).astype(precision)
        counts[rows, draws] = np.clip(exact * (size / people)[rows], 0, size[rows])
    return counts


def _of_parts(rows: Ints, parts: Parts) -> Iterator[tuple[slice, np.random.Generator]]:
    """Yield where rows, which rise, are of each part; no part that has none of them."""
    for part, rng in parts:
        first, last = np.searchsorted(rows, [part.start, part.stop])
        if first < last:
            yield slice(first, last), rng


def _of_many(size: NDArray[Real], share: NDArray[Real], noise: NDArray[Real]) -> NDArray[Real]:
    """Return counts of places (places, 1) that are too large to ask everyone; NaN of few people.

    Those are yet to be drawn exactly.
    """
    due = size * share
    counts = np.sqrt(due * (1 - share))
    counts *= noise
    counts += due
    some = np.minimum(due.min(axis=1), size[:, 0] - due.max(axis=1)) < _FEW
    if some.any():
        few = np.minimum(due[some], size[some] - due[some]) < _FEW
        expected = np.broadcast_to(size[some], few.shape)
        of_few = _count_of_few(expected, share[some], noise[some])
        counts[some] = np.where(few, of_few, counts[some])
    return np.clip(counts, 0, size, out=counts)


def _count_of_few(
    expected: NDArray[Real], share: NDArray[Real], noise: NDArray[Real]
) -> NDArray[Real]:
    """Return counts of which few are due, or few others, as many as expected on average."""
    people = np.round(expected)
    counts = _cornish_fisher(people, share, noise)
    counts *= expected / people
    counts[people * np.minimum(share, 1 - share) < _RARE] = np.nan
    return counts


def _cornish_fisher(
    people: NDArray[Real], share: NDArray[Real], noise: NDArray[Real]
) -> NDArray[Real]:
    """Return quantiles of binomial counts at standard normal ones, to the third order.

    The variance is less by that of rounding (Sheppard). Source: Abramowitz and Stegun (1972),
    26.2.49, and Cornish and Fisher (1938).
    """
    # What is drawn exactly afterwards may be certain: no variance.
    variance = (people * share * (1 - share)).clip(min=1)
    skewness = (1 - 2 * share) / np.sqrt(variance)
    kurtosis = 1 / variance - 6 / people
    square = noise**2
    quantile = noise + skewness / 6 * (square - 1)
    quantile += noise * (kurtosis / 24 * (square - 3) - skewness**2 / 36 * (2 * square - 5))
    counts = people * share + np.sqrt(variance - 1 / 12) * quantile
    return np.asarray(np.clip(np.round(counts), 0, people))


def _asked_one_by_one(
    people: Ints, share: NDArray[Real], rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Draw whether each of a place's people (places,) votes, and return how many do."""
    largest_first = np.argsort(-people, kind="stable")
    votes = np.rint(share[largest_first] * _LEVELS).astype(np.uint16)
    counts = np.zeros(share.shape, dtype=np.uint8)
    # All places have a first person, fewer a second one, and so on.
    bits = random_bits(int(people.sum()) * share.shape[1], rng)
    bits &= _LEVELS - 1
    bits, start = bits.reshape(-1, share.shape[1]), 0
    for places in (len(people) - np.bincount(people, minlength=1).cumsum()[:-1]).tolist():
        counts[:places] += bits[start : start + places] < votes[:places]
        start += places
    asked = np.empty_like(counts)
    asked[largest_first] = counts
    return asked
