"""The geometry of the page's pictures; the template draws them, and escapes what they say."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from turnout.language import Language, clock, percent
from turnout.watch.update import Point, Update

WIDE, NARROW = 880, 350
"""Widths of a picture on a desk and on a telephone, in pixels."""

_HEIGHT, _TOP, _BOTTOM, _RIGHT = 220, 12, 26, 12
_LEFT = 48
_PAST = 0.92
_NAME = 24
"""Pixels that a goal's name and the air around it take."""
_STEPS = (0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.25)
_MOST_TICKS = 5


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: where it is (pixels) and what it says."""

    at: float
    label: str


@dataclass(frozen=True)
class Line:
    """A figure over time, as steps: it holds until the next update.

    Parameters
    ----------
    width, height
        Of the picture, in pixels.
    path
        The line, as an SVG path.
    band
        Its interval, likewise; blank without.
    end
        Where the line ends: x and y.
    rows, columns
        Marks of the vertical and of the horizontal axis.
    goal
        Height of the goal's line; None without one.
    named
        Height of the goal's name: on the side of its line where the figure does not begin.
    left, right, top, bottom
        Edges of the frame.
    """

    width: int
    height: int
    path: str
    band: str
    end: tuple[float, float]
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    goal: float | None
    named: float
    left: float
    right: float
    top: float
    bottom: float


@dataclass(frozen=True)
class Bar:
    """The voters of the whole in one bar, from nobody to everybody on the roll.

    Parameters
    ----------
    width
        Of the picture, in pixels.
    counted, expected
        Ends of the part that is counted and of what is expected (pixels from the left).
    lower, upper
        Ends of the 90% interval.
    goal
        The goal's mark; None without one.
    ticks
        Marks of the axis, in shares of the roll.
    """

    width: int
    counted: float
    expected: float
    lower: float
    upper: float
    goal: float | None
    ticks: tuple[Tick, ...]


def total_over_time(
    points: Sequence[Point], goal: float | None, width: int, lang: Language
) -> Line:
    """Return the median of the whole over time, with its 90% interval."""
    middle = [point.whole.median for point in points]
    low = [point.whole.lower[1] for point in points]
    high = [point.whole.upper[1] for point in points]
    inside = [*low, *high, *([] if goal is None else [goal])]
    room = max(0.06 * (max(inside) - min(inside)), 0.004)
    ends = (max(min(inside) - room, 0.0), min(max(inside) + room, max(1.0, *inside)))
    return _line(points, (middle, low, high), ends, goal, width, lang)


def chance_over_time(points: Sequence[Point], width: int, lang: Language) -> Line:
    """Return the probability of the goal over time."""
    chances = [point.whole.chance or 0.0 for point in points]
    return _line(points, (chances, None, None), (0.0, 1.0), None, width, lang)


def voters_bar(update: Update, width: int, lang: Language) -> Bar:
    """Return the voters that are counted and those that are expected, in one bar."""
    whole = update.whole
    inner = width - 2 * _RIGHT

    def at(share: float) -> float:
        return round(_RIGHT + inner * min(max(share, 0.0), 1.0), 1)

    return Bar(
        width=width,
        counted=at(whole.counted_voters / whole.registered),
        expected=at(whole.mean),
        lower=at(whole.lower[1]),
        upper=at(whole.upper[1]),
        goal=None if update.goal is None else at(update.goal),
        ticks=tuple(Tick(at(share), percent(share, lang, 0)) for share in (0, 0.25, 0.5, 0.75, 1)),
    )


def moments(points: Sequence[Point]) -> list[dt.datetime]:
    """Return when updates were made, as time that never goes back: a clock may be set."""
    return list(accumulate((point.at for point in points), max))


def _line(
    points: Sequence[Point],
    values: tuple[Sequence[float], Sequence[float] | None, Sequence[float] | None],
    ends: tuple[float, float],
    goal: float | None,
    width: int,
    lang: Language,
) -> Line:
    left, right, top, bottom = _LEFT, width - _RIGHT, _TOP, _HEIGHT - _BOTTOM
    times = moments(points)
    seconds = np.array([(time - times[0]).total_seconds() for time in times])
    span = max(float(seconds[-1]), 1.0)
    # The newest update holds until the edge; a single one from edge to edge.
    along = _PAST * seconds / span
    x: list[float] = (left + (right - left) * along).tolist()

    def height(share: float) -> float:
        return float(bottom - (bottom - top) * (share - ends[0]) / (ends[1] - ends[0]))

    middle, low, high = values
    y = [height(one) for one in middle]
    band = ""
    if low is not None and high is not None:
        above = _stepped(x, [height(one) for one in high], right)
        below = _stepped(x, [height(one) for one in low], right)
        band = f"M{_told(above)} L{_told(below[::-1])} Z"
    return Line(
        width=width,
        height=_HEIGHT,
        path=f"M{_told(_stepped(x, y, right))}",
        band=band,
        end=(right, round(y[-1], 1)),
        rows=_rows(ends, height, lang),
        columns=_columns(times, x, lang, most=3 if width < WIDE else _MOST_TICKS),
        goal=None if goal is None else round(height(goal), 1),
        named=0.0 if goal is None else _beside(height(goal), y[0], top),
        left=left,
        right=right,
        top=top,
        bottom=bottom,
    )


def _beside(goal: float, start: float, top: float) -> float:
    """Return where a goal's name stands: above its line, unless the figure begins there."""
    above = goal - top > _NAME and not goal - _NAME < start < goal
    return round(goal - 5 if above else goal + 15, 1)


def _stepped(x: Sequence[float], y: Sequence[float], edge: float) -> list[tuple[float, float]]:
    """Return the corners of a line that holds each value until the next."""
    corners = [(x[0], y[0])]
    for number in range(1, len(y)):
        corners += [(x[number], y[number - 1]), (x[number], y[number])]
    return [*corners, (edge, y[-1])]


def _told(corners: Sequence[tuple[float, float]]) -> str:
    return " L".join(f"{x:.1f},{y:.1f}" for x, y in corners)


def _rows(
    ends: tuple[float, float], height: Callable[[float], float], lang: Language
) -> tuple[Tick, ...]:
    span = ends[1] - ends[0]
    step = next((one for one in _STEPS if span / one <= _MOST_TICKS), _STEPS[-1])
    first = int(np.ceil(ends[0] / step - 1e-9))
    last = int(np.floor(ends[1] / step + 1e-9))
    decimals = 0 if step >= 0.01 else 1
    shares = [number * step for number in range(first, last + 1)]
    return tuple(Tick(round(height(one), 1), percent(one, lang, decimals)) for one in shares)


def _columns(
    times: Sequence[dt.datetime], x: Sequence[float], lang: Language, most: int
) -> tuple[Tick, ...]:
    # Ticks tell no zone: the time of the update does.
    first, last = (time.replace(tzinfo=None) for time in (times[0], times[-1]))
    if len(times) == 1:
        return (Tick(round(float(x[0]), 1), clock(first, lang)),)
    parts = np.linspace(0, 1, most)
    ticks: dict[str, Tick] = {}
    for part in parts:
        time = first + float(part) * (last - first)
        at = float(x[0]) + float(part) * (float(x[-1]) - float(x[0]))
        ticks.setdefault(clock(time, lang), Tick(round(at, 1), clock(time, lang)))
    return tuple(ticks.values())
