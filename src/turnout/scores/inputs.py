"""What scores are given: arrays that fit, levels that are shares, ends in order, weights."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from turnout.scores.blocks import Array


def alike(**given: ArrayLike) -> list[Array]:
    """Return arrays of one shape in float64; a single number stands for every area.

    Raises
    ------
    ValueError
        If the shapes differ: numpy would score every value against every other.

    Examples
    --------
    >>> alike(actual=[0.5, 0.6], forecast=0.5)
    [array([0.5, 0.6]), array(0.5)]
    """
    arrays = {name: np.asarray(values, float) for name, values in given.items()}
    if len({array.shape for array in arrays.values() if array.ndim}) > 1:
        raise ValueError(f"shapes must be equal, got {told(**arrays)}.")
    return list(arrays.values())


def told(**arrays: Array) -> str:
    """Return the shapes of arrays in words.

    >>> told(actual=np.zeros(2), forecast=np.zeros((2, 1)))
    'actual (2,), forecast (2, 1)'
    """
    return ", ".join(f"{name} {array.shape}" for name, array in arrays.items())


def shares(levels: ArrayLike) -> Array:
    """Return one or several levels as an array.

    Raises
    ------
    ValueError
        If a level does not lie between 0 and 1.
    """
    nominal = np.atleast_1d(np.asarray(levels, float))
    if nominal.ndim != 1 or not np.all((nominal > 0) & (nominal < 1)):
        raise ValueError(
            f"levels must lie between 0 and 1, got {levels!r}; for a 90% interval pass "
            "levels=[0.9]."
        )
    return nominal


def check_ends(lower: Array, upper: Array) -> None:
    """Refuse intervals whose upper end lies below the lower one.

    Raises
    ------
    ValueError
        With the number of such intervals.
    """
    if np.any(lower > upper):
        raise ValueError(
            f"{np.count_nonzero(lower > upper)} interval(s) end below their start; "
            "pass the lower end first."
        )


def mean(values: Array, weights: ArrayLike | None) -> float:
    """Return the mean of values, weighted where weights are given; NaN of none.

    Raises
    ------
    ValueError
        If the weights have another shape, are not known, negative, or all zero.
    """
    if not values.size:
        return float("nan")
    if weights is None:
        return float(values.mean())
    known = np.asarray(weights, float)
    if known.shape != values.shape:
        raise ValueError(
            f"weights must have one value per area: weights {known.shape}, areas {values.shape}."
        )
    wrong = np.count_nonzero(~(known >= 0) | np.isinf(known))
    if wrong:
        raise ValueError(f"weights must be 0 or more; {wrong} of {known.size} are not.")
    if not known.any():
        raise ValueError("weights must not all be 0; leave them out for a plain mean.")
    return float(np.average(values, weights=known))
