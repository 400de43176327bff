"""Axes in the numbers and dates of the language."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import numpy as np
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.dates import MonthLocator, YearLocator, num2date
from matplotlib.ticker import Formatter, FuncFormatter, MaxNLocator
from numpy.typing import ArrayLike

from turnout.language import Language, count, day, percent
from turnout.plots.style.sheet import WIDTH, fewer, width_of

_NAMES = 1.2
"""Inches that the names of rows take."""


def percent_axis(axis: Axis, lang: Language, ticks: int = 7) -> None:
    """Show shares on `axis` as percentages in the numbers of `lang`."""
    axis.set_major_locator(MaxNLocator(fewer(ticks, axis.axes), steps=[1, 2, 2.5, 5, 10]))
    axis.set_major_formatter(_PercentFormatter(lang))


def count_axis(axis: Axis, lang: Language, ticks: int = 6) -> None:
    """Show counts on `axis` in the numbers of `lang`."""
    # Beside the names of rows a narrow figure has little room, and counts are long.
    room = (width_of(axis.axes) - _NAMES) / (WIDTH - _NAMES)
    few = max(1, min(ticks, round(ticks * room)))
    steps, least = [1, 2, 2.5, 5, 10], min(2, few)
    axis.set_major_locator(MaxNLocator(few, steps=steps, integer=True, min_n_ticks=least))
    axis.set_major_formatter(FuncFormatter(lambda value, _: count(value, lang)))


def year_axis(ax: Axes, lang: Language, ticks: int = 9) -> None:
    """Show dates on the x axis as years, or as months where years are too coarse."""
    ticks = fewer(ticks, ax)
    low, high = ax.get_xlim()
    years = (high - low) / 365.25
    if years < 3:
        intervals = (months for months in (1, 2, 3, 6) if 12 * years / months <= min(ticks, 5))
        interval = next(intervals, 12)
        ax.xaxis.set_major_locator(MonthLocator(range(1, 13, interval)))
    else:
        steps = (1, 2, 5, 10, 20, 50, 100)
        ax.xaxis.set_major_locator(YearLocator(next(s for s in steps if years / s <= ticks)))
    ax.xaxis.set_major_formatter(
        FuncFormatter(lambda value, _: _date_words(num2date(value), lang, months=years < 3))
    )


def share_limits(
    values: ArrayLike, margin: float = 0.06, *, beyond: float = 0.0
) -> tuple[float, float]:
    """Return limits that hold all finite `values` with a margin, within 0 and 1 if these are.

    Parameters
    ----------
    values
        What is drawn, shares.
    margin
        Room at both ends, as a part of their range.
    beyond
        How far, as a part of their range, the limits may reach beyond 0 and 1, so that marks
        there are whole.

    Examples
    --------
    >>> share_limits([0.5, 0.7], margin=0.1)
    (0.48, 0.72)
    >>> share_limits([0.5, 1.0], beyond=0.02)
    (0.47, 1.01)
    >>> share_limits([0.5, 1.2], margin=0.1)  # voters on added lists
    (0.43, 1.27)
    """
    finite = np.asarray(values, dtype=float)
    finite = finite[np.isfinite(finite)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    room = max(margin * (high - low), 0.005)
    past = min(beyond * (high - low), room)
    most = 1.0 + past if high <= 1 else np.inf
    return round(max(-past, low - room), 4), round(min(most, high + room), 4)


def _date_words(date: dt.date, lang: Language, *, months: bool) -> str:
    return day(date, lang).split(" ", 1)[1] if months else str(date.year)


class _PercentFormatter(Formatter):
    """Shares as percentages, with as many decimals as the ticks need, two at most."""

    def __init__(self, lang: Language) -> None:
        self.lang: Language = lang

    def __call__(self, value: float, pos: int | None = None) -> str:  # noqa: ARG002
        return self.format_ticks([value])[0]

    def format_ticks(self, values: Sequence[float]) -> list[str]:
        shares = np.asarray(values, dtype=float)
        exact = (n for n in (0, 1) if np.allclose(shares, shares.round(n + 2), atol=1e-8))
        decimals = next(exact, 2)
        return [percent(value, self.lang, decimals) for value in values]
