"""How a figure is rounded where it is shown, and how many decimals it has beside another."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal
from typing import Self


def half_up(value: float, decimals: int = 0) -> float:
    """Round a figure to be shown, as spreadsheets do: half a unit away from zero.

    What lies within the inexactness of binary figures of a half is one.

    >>> half_up(2.5), half_up(100 * 72.74 / 80, 2), half_up(-0.125, 2)
    (3.0, 90.93, -0.13)
    """
    if not math.isfinite(value) or abs(value) >= _WHOLE:
        return value
    exact = Decimal(f"{value:.{decimals + _EXACT}f}")
    return float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


_WHOLE = 2.0**53
"""From here on every binary figure is a whole number."""

_EXACT = 7
"""Digits behind the last shown from which on a binary figure is inexact."""


class Beside(float):
    """A share, or a difference, of which is said on which side of another figure it lies.

    It is written with as many decimals as tell the two apart, and no fewer than usual.

    Parameters
    ----------
    figure
        The share, or difference of shares.
    other
        What it is told beside, such as a goal; 0 for a difference.

    Examples
    --------
    >>> [Beside(share, 0.75).decimals(1) for share in (0.74962, 0.7, 0.75)]
    [2, 1, 1]
    >>> Beside(-0.0004, 0).decimals(1)
    2
    """

    other: float

    def __new__(cls, figure: float, other: float) -> Self:
        """Keep the other figure beside the number that this is."""
        made = super().__new__(cls, figure)
        made.other = float(other)
        return made

    def decimals(self, least: int) -> int:
        """Return how many decimals of a percentage tell the two apart; `least` for one figure."""
        both = [100 * float(self), 100 * self.other]
        for many in range(least, _EXACT):
            if half_up(both[0], many) != half_up(both[1], many):
                return many
        return least
