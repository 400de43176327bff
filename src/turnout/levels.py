"""Levels of central intervals, and the quantiles at their ends."""

from __future__ import annotations

USUAL = 0.9
"""Level of the intervals that words and figures tell."""


def tails(level: float) -> tuple[float, float]:
    """Return the probabilities below the lower and the upper end of a central interval.

    Parameters
    ----------
    level
        Nominal coverage, a share.

    Examples
    --------
    >>> tails(0.9), tails(0.5)
    ((0.05, 0.95), (0.25, 0.75))
    """
    # Rounded, so that 90% means 0.05 and not 0.04999999999999999.
    return round((1 - level) / 2, 12), round((1 + level) / 2, 12)


def with_median(level: float) -> tuple[float, float, float]:
    """Return the same with the median between them: lower end, 0.5, upper end.

    >>> with_median(0.8)
    (0.1, 0.5, 0.9)
    """
    lower, upper = tails(level)
    return lower, 0.5, upper


def is_point(low: float, high: float) -> bool:
    """Whether an interval has no width: its figure is fixed, by a what-if or a complete count.

    >>> is_point(0.65, 0.65), is_point(0.64, 0.66)
    (True, False)
    """
    return high - low < _NO_WIDTH


_NO_WIDTH = 1e-6
