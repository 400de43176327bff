"""The voters of a draw, split between two groups by a log odds ratio."""

from __future__ import annotations

import numpy as np

from turnout.arrays import Floats

GRID = 2.0**-20
"""Voters are kept to a millionth: sums of such numbers are exact, in whatever order."""


def on_grid(voters: Floats) -> Floats:
    """Return counts to the nearest `GRID`, so that parts add up to their sum exactly."""
    return np.round(voters / GRID) * GRID


def part_of(
    voters: Floats, others: Floats, group: Floats, gap: Floats, rng: np.random.Generator
) -> Floats:
    r"""Draw how many of the voters are of a group.

    Given their sum, two binomial counts with log odds ratio `gap` follow Fisher's noncentral
    hypergeometric distribution [1]_. Its mean is taken from the root of

    .. math:: x (m - v + x) = e^{d} (w - x)(v - x)  % m others, w of the group

    (Cornfield) and its variance as the harmonic one of the four cells (Levin); the draw is normal,
    kept to what is possible, and 0 of 0.

    Parameters
    ----------
    voters
        Voters of both groups, draws x places, on the grid.
    others, group
        Registered, places.
    gap
        Log odds of voting of the group less that of the others, draws x places.
    rng
        Source of randomness.

    Returns
    -------
    numpy.ndarray
        Voters of the group, draws x places, on the grid; those of the others are the rest, exactly.

    References
    ----------
    .. [1] McCullagh & Nelder (1989), Generalized Linear Models, section 7.3.2.

    Examples
    --------
    >>> rng = np.random.default_rng(1)
    >>> votes = part_of(np.full((4000, 1), 140.0), np.array([100.0]), np.array([100.0]),
    ...                  np.full((4000, 1), 0.5), rng)
    >>> float(votes.mean().round(0)), float(votes.std().round(1))
    (75.0, 3.2)
    """
    low, high = np.maximum(voters - others, 0.0), np.minimum(voters, group)
    mean = np.clip(_common_level(voters, others, group, np.exp(gap)), low, high)
    with np.errstate(divide="ignore"):
        cells = 1 / mean + 1 / (group - mean) + 1 / (voters - mean) + 1 / (others - voters + mean)
    drawn = mean + rng.standard_normal(mean.shape) * np.sqrt(1 / np.abs(cells))
    return np.clip(on_grid(drawn), np.ceil(low / GRID) * GRID, np.floor(high / GRID) * GRID)


def _common_level(voters: Floats, others: Floats, group: Floats, ratio: Floats) -> Floats:
    """Return the group's voters at the level common to both groups: the root of a quadratic."""
    square = 1 - ratio
    linear = others - voters + ratio * (group + voters)
    product = ratio * group * voters
    root = np.sqrt(np.maximum(linear**2 + 4 * square * product, 0.0))
    with np.errstate(divide="ignore", invalid="ignore"):
        stable = 2 * product / (linear + root)
        other = (root - linear) / (2 * square)
    return np.where(linear >= 0, np.nan_to_num(stable), np.nan_to_num(other))
