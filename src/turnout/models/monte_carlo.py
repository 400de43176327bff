"""What a forecast's draws are asked for with, their number and seed; and how many vote in one."""

from __future__ import annotations

import operator
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from turnout.arrays import Floats, Ints
from turnout.errors import TurnoutError
from turnout.language import Text

Real = TypeVar("Real", np.float32, np.float64)
Bits = TypeVar("Bits", np.uint16, np.uint32)

_FEW = 50
"""Voters, or others, that are due: a binomial count of fewer is not drawn as a normal one."""

_RARE = 5
"""A count of fewer is drawn exactly; of these or more, its distribution is met to 0.001."""

_ONE_BY_ONE = 32
"""Of so many people it is faster to ask each than to draw their number."""

MOST_DRAWS = 1_000_000
"""More draws fill the memory and change no answer: with 4,000 a probability is known to a point."""


def check_draws(draws: int) -> None:
    """Refuse a number of draws that is not a whole number from 1 to a million.

    Raises
    ------
    TypeError
        If it is not a whole number.
    ValueError
        If it is less than 1.
    TurnoutError
        If it is over `MOST_DRAWS`.
    """
    if _whole(draws, "draws") < 1:
        raise ValueError(f"draws must be at least 1, got {draws!r}; the default is 4000.")
    if draws > MOST_DRAWS:
        raise TurnoutError(_TOO_MANY, draws=draws, most=MOST_DRAWS)


def check_seed(seed: int | None) -> None:
    """Refuse a seed that is not a whole number of at least 0; None is a seed that nobody knows.

    Raises
    ------
    TypeError
        If it is not a whole number.
    ValueError
        If it is below 0.
    """
    if seed is not None and _whole(seed, "seed") < 0:
        raise ValueError(
            f"seed must be at least 0, got {seed!r}; with None every forecast is drawn anew."
        )


def generator(seed: int | None) -> np.random.Generator:
    """Return the random numbers of a seed; see `check_seed` for what it may be.

    >>> round(generator(1).random(), 2)
    0.51
    """
    check_seed(seed)
    return np.random.default_rng(seed)


def symmetric_root(covariance: Floats) -> Floats:
    """Return the symmetric square root of covariances, which may lack full rank, (..., n, n).

    Of all roots it is the one that does not depend on the signs of eigenvectors, nor on which of
    them are taken where values are equal: these differ from one linear algebra library to another.

    >>> symmetric_root(np.array([[4.0, 0.0], [0.0, 0.0]])).tolist()
    [[2.0, 0.0], [0.0, 0.0]]
    """
    values, axes = np.linalg.eigh((covariance + covariance.swapaxes(-1, -2)) / 2)
    scaled = axes * np.sqrt(values.clip(0.0))[..., None, :]
    return np.asarray(scaled @ axes.swapaxes(-1, -2))


def binomial_counts(
    size: NDArray[Real], share: NDArray[Real], rng: np.random.Generator
) -> NDArray[Real]:
    """Draw how many of `size` people vote who vote with probability `share` each.

    Where at least 50 voters and 50 others are due the count is drawn from the normal law of the
    same mean and variance, which is faster, and stays between 0 and `size`. Where 5 to 50 are due
    it is the nearest whole number to the quantile of the Cornish-Fisher expansion; where fewer
    are, and in a place of at most 32 people, it is drawn exactly.

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
    >>> binomial_counts(np.array([3.0]), np.full((1, 4), 0.5), generator(1)).tolist()
    [[3.0, 2.0, 0.0, 1.0]]
    """
    precision: Any = share.dtype
    people = np.maximum(np.round(size), 1)
    hamlet = people <= _ONE_BY_ONE
    counts = np.empty_like(share)
    if hamlet.any():
        asked = _asked_one_by_one(people[hamlet].astype(np.intp), share[hamlet], rng)
        counts[hamlet] = asked * (size / people)[hamlet, None]
    if not hamlet.all():
        noise = rng.standard_normal((int((~hamlet).sum()), share.shape[1]), dtype=precision)
        counts[~hamlet] = _of_many(size[~hamlet, None], share[~hamlet], noise, rng)
    return counts


def _of_many(
    size: NDArray[Real], share: NDArray[Real], noise: NDArray[Real], rng: np.random.Generator
) -> NDArray[Real]:
    """Draw counts of places (places, 1) that are too large to ask everyone."""
    due = size * share
    counts = np.sqrt(due * (1 - share))
    counts *= noise
    counts += due
    few = np.minimum(due, size - due) < _FEW
    some = few.any(axis=1)
    if some.any():
        expected = np.broadcast_to(size[some], (int(some.sum()), share.shape[1]))
        counts[some] = np.where(
            few[some],
            _count_of_few(expected, share[some], noise[some], rng),
            counts[some],
        )
    return np.clip(counts, 0, size, out=counts)


def _count_of_few(
    expected: NDArray[Real], share: NDArray[Real], noise: NDArray[Real], rng: np.random.Generator
) -> NDArray[Real]:
    """Draw counts of which few are due, or few others, as many as expected on average."""
    people = np.round(expected)
    rare = people * np.minimum(share, 1 - share) < _RARE
    counts = _cornish_fisher(people, share, noise)
    counts[rare] = rng.binomial(people[rare].astype(np.int64), share[rare])
    counts *= expected / people
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
    votes = (share[largest_first] * 2.0**31).astype(np.uint32)
    counts = np.zeros(share.shape, dtype=np.uint8)
    # All places have a first person, fewer a second one, and so on.
    bits = random_bits(int(people.sum()) * share.shape[1], np.uint32, rng)
    bits >>= 1
    bits, start = bits.reshape(-1, share.shape[1]), 0
    for places in (len(people) - np.bincount(people, minlength=1).cumsum()[:-1]).tolist():
        counts[:places] += bits[start : start + places] < votes[:places]
        start += places
    asked = np.empty_like(counts)
    asked[largest_first] = counts
    return asked


def random_bits(count: int, kind: type[Bits], rng: np.random.Generator) -> NDArray[Bits]:
    """Return so many random unsigned whole numbers, each as likely as any other of its type.

    >>> random_bits(3, np.uint16, generator(1)).tolist()
    [58623, 31010, 48627]
    """
    words = -(-count * np.dtype(kind).itemsize // 8)
    filled = rng.integers(0, 2**64, words, dtype=np.uint64)
    return filled.view(kind)[:count]


def _whole(number: int, name: str) -> int:
    try:
        return operator.index(number)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {number!r}.") from None


_TOO_MANY = Text(
    en="{draws:count} draws are more than the {most:count} that can be made. 4,000 are enough: a "
    "probability is then known to within a point or two.",
    id="{draws:count} simulasi melebihi {most:count} yang dapat dibuat. Sebanyak 4.000 sudah "
    "cukup: peluang diketahui dengan ketelitian satu atau dua poin.",
)
