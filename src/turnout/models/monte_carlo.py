"""What a forecast's draws are asked for with, their number and seed, and what they are made of."""

from __future__ import annotations

import operator

import numpy as np
from numpy.typing import NDArray

from turnout.arrays import Floats
from turnout.errors import TurnoutError
from turnout.language import Text

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


def random_bits(count: int, rng: np.random.Generator) -> NDArray[np.uint16]:
    """Return so many random whole numbers, each from 0 to 65,535 as likely as any other.

    >>> random_bits(3, generator(1)).tolist()
    [58623, 31010, 48627]
    """
    words = rng.bit_generator.random_raw(-(-count // 4))
    return words.view(np.uint16)[:count]


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
