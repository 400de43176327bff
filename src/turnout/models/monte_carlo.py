"""What a forecast's draws are asked for with: their number and their seed."""

from __future__ import annotations

import operator

import numpy as np


def check_draws(draws: int) -> None:
    """Refuse a number of draws that is no whole number of at least 1.

    Raises
    ------
    TypeError
        If it is no whole number.
    ValueError
        If it is less than 1.
    """
    if _whole(draws, "draws") < 1:
        raise ValueError(f"draws must be at least 1, got {draws!r}; the default is 4000.")


def check_seed(seed: int | None) -> None:
    """Refuse a seed that is no whole number of at least 0; None is a seed that nobody knows.

    Raises
    ------
    TypeError
        If it is no whole number.
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


def _whole(number: int, name: str) -> int:
    try:
        return operator.index(number)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {number!r}.") from None
